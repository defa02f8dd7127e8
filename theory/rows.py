"""Where each statement is: the rows of the paper, and the theorems of this catalogue.

A bound is proved in the catalogue. A game shows a lower bound, with exact numbers. A quantity or a
command computes what a definition defines. What is only cited is said to be.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["bound", "game", "quantity", "command", "cited"]


@dataclass(frozen=True)
class Row:
    """One statement.

    Attributes:
        label: as the paper or the theory calls it.
        statement: in a few words.
        kind: what it is here.
        names: the bounds, games, quantities or commands, by name.
    """

    label: str
    statement: str
    kind: Kind
    names: tuple[str, ...]


def _row(label: str, statement: str, kind: Kind, names: str = "") -> Row:
    return Row(label, statement, kind, tuple(names.split()))


PAPER = (
    _row("Theorem 1", "equal occupancies, equal policies where visited", "bound", "theorem_1"),
    _row(
        "Corollary 1",
        "full support and eps_rho = 0 give NashGap = 0",
        "bound",
        "corollary_1 corollary_1_rate",
    ),
    _row(
        "eps relations",
        "eps_rho = 0 iff eps_mu = 0 and eps_BC = 0",
        "bound",
        "eps_relations eps_relations_converse",
    ),
    _row("Lemma 1", "state-only matching: the gap is of order 1/(1-gamma)", "game", "lemma-1"),
    _row("Theorem 2", "without full support, exact matching is not enough", "game", "theorem-2"),
    _row(
        "Definition 5",
        "the smallest and the largest gap under matching up to eps",
        "command",
        "learners",
    ),
    _row(
        "Theorem 3",
        "computing m_rho(G, eps) is PPAD-hard; as worded it is 0 whenever the expert is Nash, so "
        "that it speaks of experts that are not",
        "cited",
    ),
    _row("Corollary 2", "the same already for bimatrix games", "cited"),
    _row("Definition 6", "delta-continuity of the best response", "command", "delta"),
    _row("Lemma 2", "a rare state makes the best response jump", "game", "lemma-2"),
    _row("value gap", "ValueGap <= n eps_BC/(1-gamma)^2", "bound", "value_gap"),
    _row("Lemma 3", "dominant expert", "bound", "lemma_3"),
    _row("Corollary 3", "the error that gives an eps-Nash equilibrium", "bound", "corollary_3"),
    _row(
        "Lemma 4",
        "delta-continuous; both printed versions hold",
        "bound",
        "lemma_4 lemma_4_secondary",
    ),
    _row("regularisation", "entropy makes best responses move little", "command", "temperature"),
    _row(
        "Tang et al. (2024)",
        "regret gap under full coverage",
        "bound",
        "tang_2024 tang_2024_sharper",
    ),
    _row("Freihaut et al. (2025)", "concentrability of deviations", "bound", "freihaut_2025 T8"),
)

THEORY = (
    _row("T1", "dominant expert", "bound", "T1 T1_one_step T1_modulus T1_approximate"),
    _row("S1", "as T1", "bound", "T1"),
    _row("Corollary 3, sharp", "the largest error", "bound", "corollary_3_sharp"),
    _row("S2", "the shift of the best response, any expert", "bound", "S2"),
    _row("T2", "the same, Nash expert", "bound", "T2_shift T2_kappa T2_modulus"),
    _row("S2*", "the least of both", "bound", "T2_modulus"),
    _row("T2, robust", "nearly Nash", "bound", "T2_shift_approximate T2_kappa_approximate"),
    _row("T3", "Nash expert, matched exactly", "bound", "T3"),
    _row("S3'", "Nash expert, cloned approximately", "bound", "T3_robust T3_modulus"),
    _row("T3, robust", "nearly Nash", "bound", "T3_approximate"),
    _row("S4", "state-only matching: the trivial bound is sharp", "game", "state-only"),
    _row("T4", "value gap", "bound", "value_gap value_gap_modulus"),
    _row("T5a", "eps_mu from eps_BC", "bound", "eps_mu_le_eps_BC"),
    _row("T5b'", "eps_rho from eps_BC", "bound", "eps_rho_le_eps_BC"),
    _row("T5c", "eps_mu from eps_rho", "bound", "eps_mu_le_eps_rho"),
    _row("T5d", "eps_BC from eps_rho", "bound", "eps_BC_le_eps_rho"),
    _row("T5e", "value gap from eps_rho", "bound", "value_gap_le_eps_rho"),
    _row("T5b", "team-optimal expert", "bound", "T5b T5b_approximate"),
    _row("T6", "dominant expert, occupancies", "bound", "T6 T6_approximate"),
    _row(
        "T7",
        "Nash expert, occupancies",
        "bound",
        "T7 T7_sharper T7_delta T7_approximate T7_delta_approximate",
    ),
    _row(
        "T8",
        "concentrability",
        "bound",
        "T8 T8_visits T8_eps_rho T8_approximate T8_eps_rho_approximate corollary_1_rate",
    ),
    _row("T9", "entropy regularisation", "bound", "T9"),
    _row("T10", "N steps", "bound", "T10_dominant T10_shift T10_matched T10_value"),
    _row(
        "Section 12", "weak dominance is not of deterministic opponents", "game", "dominance-trap"
    ),
    _row("Section 13", "the learner's delta, computed", "quantity", "delta"),
)


def rows() -> tuple[Row, ...]:
    """Every row, the paper's first.

    Example:
        >>> next(row.names for row in rows() if row.label == "Lemma 3")
        ('lemma_3',)
    """
    return (*PAPER, *THEORY)
