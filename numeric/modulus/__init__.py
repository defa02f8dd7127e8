"""How far best responses move when the opponents err: delta, exact and regularised."""

from .modulus import modulus
from .quantal import QuantalResponse, quantal_path, quantal_response
from .soft import SoftResponse, soft_best_response, soft_gap, soft_modulus, soft_value
from .steps import Modulus, Step
from .temperature import TemperatureCurve, by_temperature

__all__ = [
    "Modulus",
    "QuantalResponse",
    "SoftResponse",
    "Step",
    "TemperatureCurve",
    "by_temperature",
    "modulus",
    "quantal_path",
    "quantal_response",
    "soft_best_response",
    "soft_gap",
    "soft_modulus",
    "soft_value",
]
