"""How far best responses move when the opponents err: delta, exact and regularised."""

from .modulus import modulus
from .quantal import QuantalPoint, quantal_path
from .soft import SoftResponse, soft_best_response, soft_gap, soft_modulus, soft_value
from .steps import Modulus, Step
from .temperature import TemperatureCurve, by_temperature, curve, each_temperature

__all__ = [
    "Modulus",
    "QuantalPoint",
    "SoftResponse",
    "Step",
    "TemperatureCurve",
    "by_temperature",
    "curve",
    "each_temperature",
    "modulus",
    "quantal_path",
    "soft_best_response",
    "soft_gap",
    "soft_modulus",
    "soft_value",
]
