r"""Soft maxima do not expand.

\(\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\).
"""

from ..chain import derivation
from ..reasons import Largest

LEMMA = (
    derivation("soft_values_le_action_values")
    .start("soft_values_apart")
    .le("soft_apart", by=Largest("soft_values_rise", "soft_values_fall"))
)
