r"""\(h_o\le\sum_{j\ne i}h_j\): the opponents together err at most as often as each by itself."""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("opponents_disagree_le_disagreement", level="state")
    .start("TV_o")
    .le(
        "sum_others(TV_j)",
        by=Combination(
            (
                Term("1", ("TV_o <= 1 - prod_others(1 - TV_j)",)),
                Term("1", ("one_minus_agreement_le_disagreement",)),
            )
        ),
    )
)
