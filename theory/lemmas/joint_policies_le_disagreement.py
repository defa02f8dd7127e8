r"""\(\|\pi-\pi^E\|_1\le2\sum_jh_j\) at every state: the joint policies differ by all the errors."""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("joint_policies_le_disagreement", level="state")
    .start("norm_a(p_i*p_o - e_i*e_o)")
    .le(
        "2*(TV_i + sum_others(TV_j))",
        by=Combination(
            (
                Term(
                    "1",
                    ("norm_a(p_i*p_o - e_i*e_o) <= 2*(1 - (1 - TV_i)*prod_others(1 - TV_j))",),
                ),
                Term("2", ("one_minus_joint_agreement_le_disagreement",)),
            )
        ),
    )
)
