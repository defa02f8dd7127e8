"""How far best responses move when the opponents err: delta, exact and regularised."""

from .modulus import modulus
from .steps import Modulus, Step

__all__ = ["Modulus", "Step", "modulus"]
