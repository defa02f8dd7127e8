r"""\(h_o\le\tfrac{n-1}2\,\varepsilon_\infty\): the opponents, by the largest error at a state."""

from ..chain import derivation
from ..reasons import ByLemma, SumOverOthers

LEMMA = (
    derivation("opponents_disagree_le_largest", level="state")
    .start("TV_o")
    .le("sum_others(TV_j)", by=ByLemma("opponents_disagree_le_disagreement"))
    .le("(n - 1)*(eps_sup/2)", by=SumOverOthers("TV_j <= eps_sup/2"))
)
