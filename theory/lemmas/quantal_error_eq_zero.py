r"""A quantal response equilibrium is its own soft best response: \(\eta_\tau=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("quantal_error_eq_zero", assume="quantal")
    .start("quantal_error")
    .eq("0", by=Assume("quantal"))
)
