"""Where each statement is: the rows of the paper, and the theorems of this catalogue.

A bound is proved in the catalogue. A game shows a lower bound, with exact numbers. A quantity or a
command computes what a definition defines. What is only cited is said to be.
"""

from .labels import canonical
from .paper import PAPER as PAPER
from .row import Row as Row
from .row import row as _row

THEORY = (
    _row(
        "T1",
        "dominant expert, cloned approximately",
        "bound",
        "T1 T1_one_step T1_modulus T1_approximate T1_one_step_approximate T1_modulus_approximate",
    ),
    _row("S1", "dominant expert, with the sharp constant", "bound", "T1"),
    _row(
        "Corollary 3, sharp",
        "dominant expert: the largest error that is enough",
        "bound",
        "corollary_3_sharp corollary_3_approximate",
    ),
    _row("S2", "the shift of the best response, any expert", "bound", "S2"),
    _row(
        "T2", "the shift of the best response, Nash expert", "bound", "T2_shift T2_kappa T2_modulus"
    ),
    _row("S2*", "the shift of the best response, Nash expert, at its least", "bound", "T2_modulus"),
    _row(
        "T2, robust",
        "the shift of the best response, nearly Nash expert",
        "bound",
        "T2_shift_approximate T2_kappa_approximate T2_modulus_approximate",
    ),
    _row("T3", "Nash expert, matched exactly", "bound", "T3"),
    _row("S3'", "Nash expert, cloned approximately", "bound", "T3_robust T3_modulus"),
    _row(
        "T3, robust",
        "nearly Nash expert, matched exactly",
        "bound",
        "T3_approximate T3_modulus_approximate",
    ),
    _row("S4", "state-only matching: the trivial bound is sharp", "game", "state-only"),
    _row("T4", "value gap", "bound", "value_gap value_gap_modulus"),
    _row("T5a", "eps_mu from eps_BC", "bound", "eps_mu_le_eps_BC"),
    _row("T5b'", "eps_rho from eps_BC", "bound", "eps_rho_le_eps_BC"),
    _row("T5c", "eps_mu from eps_rho", "bound", "eps_mu_le_eps_rho"),
    _row("T5d", "eps_BC from eps_rho", "bound", "eps_BC_le_eps_rho"),
    _row("T5e", "value gap from eps_rho", "bound", "value_gap_le_eps_rho"),
    _row("T5b", "team-optimal expert", "bound", "T5b T5b_approximate"),
    _row("T6", "dominant expert, occupancies", "bound", "T6 T6_approximate T6_pure"),
    _row(
        "T7",
        "Nash expert, occupancies",
        "bound",
        "T7 T7_sharper T7_delta T7_approximate T7_delta_approximate",
    ),
    _row(
        "T8",
        "Nash expert, finite concentrability of deviations",
        "bound",
        "T8 T8_visits T8_eps_rho T8_approximate T8_visits_approximate T8_eps_rho_approximate "
        "corollary_1_rate corollary_1_flow",
    ),
    _row(
        "T9",
        "entropy regularisation",
        "bound",
        "T9 T9_linear T9_approximate T9_linear_approximate",
    ),
    _row(
        "T10",
        "games of N undiscounted steps",
        "bound",
        "T10_dominant T10_shift T10_matched T10_value T10_dominant_approximate "
        "T10_shift_approximate T10_matched_approximate",
    ),
    _row(
        "weak dominance",
        "deterministic opponents do not tell whether a policy is dominant",
        "game",
        "dominance-trap",
        also=("Section 12",),
    ),
    _row(
        "delta of a learner",
        "the least shift of a best response, computed",
        "quantity",
        "delta",
        also=("Section 13",),
    ),
)


def rows() -> tuple[Row, ...]:
    """Every row, the paper's first.

    Example:
        >>> next(row.names for row in rows() if row.label == "Lemma 3")
        ('lemma_3',)
    """
    return (*PAPER, *THEORY)


def row_of(label: str) -> Row | None:
    """The row of that label, however it is spelt; None if there is none.

    Example:
        >>> [row_of(x).label for x in ("Thm 2", "lemma_3", "Cor. 1", "def 6", "regularization")]
        ['Theorem 2', 'Lemma 3', 'Corollary 1', 'Definition 6', 'regularisation']
    """
    asked = canonical(label)
    for one in rows():
        if asked in {canonical(name) for name in (one.label, *one.also)}:
            return one
    return None
