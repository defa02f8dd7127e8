r"""A dominant expert is a best response that does not move: \(\delta=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = derivation("shift_eq_zero", assume="dominant").start("delta").eq("0", by=Assume("dominant"))
