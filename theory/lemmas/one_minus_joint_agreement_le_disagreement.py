r"""Some player disagrees at most as often as all of them together.

\(1-(1-h_i)\prod_{j\ne i}(1-h_j)\le h_i+\sum_{j\ne i}h_j\).
"""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("one_minus_joint_agreement_le_disagreement", level="state")
    .start("1 - (1 - TV_i)*prod_others(1 - TV_j)")
    .le(
        "TV_i + sum_others(TV_j)",
        by=Combination(
            (
                Term("1", ("TV_i <= 1", "one_minus_agreement_le_disagreement")),
                Term("1", ("TV_i >= 0", "sum_others(TV_j) >= 0")),
            )
        ),
    )
)
