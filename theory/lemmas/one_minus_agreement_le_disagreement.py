r"""Some opponent disagrees at most as often as all of them together.

\(1-\prod_{j\ne i}(1-h_j)\le\sum_{j\ne i}h_j\).
"""

from ..chain import derivation
from ..reasons import Induction, Invariant, Term

LEMMA = (
    derivation("one_minus_agreement_le_disagreement", level="state")
    .start("1 - prod_others(1 - TV_j)")
    .le(
        "sum_others(TV_j)",
        by=Induction(
            (
                Invariant(
                    "sum_others(TV_j) - 1 + prod_others(1 - TV_j)",
                    (Term("1", ("#0",)), Term("1", ("TV_j >= 0", "#1"))),
                ),
                Invariant(
                    "1 - prod_others(1 - TV_j)",
                    (Term("1", ("#1",)), Term("1", ("TV_j >= 0", "#2"))),
                ),
                Invariant("prod_others(1 - TV_j)", (Term("1", ("TV_j <= 1", "#2")),)),
            )
        ),
    )
)
