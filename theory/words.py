r"""The words of a derivation: names and operators, where they may stand, and how they print.

A line of a derivation is read at one of three levels: "scalar" (a number), "state" (a function of
the state s) and "local" (a function of s and of the joint action \(a=(a_i,a_o)\)). Throughout, i is
one player, o its opponents, j one of them; e is the expert's policy and p the learner's. At a
state,

    m_i = min(p_i, e_i)          x_i = e_i - m_i   y_i = p_i - m_i   TV_i = 1 - sum of m_i
    m_o = prod_j min(p_j, e_j)   w_o = e_o - m_o   z_o = p_o - m_o   lo = prod_j (1 - TV_j)

Further splits are in `overlaps`. Beside expert and learner, player i may play "deviation", the best
response to the learner that moves least, and "kept", the learner kept to the expert's support.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from . import overlaps
from .parsing import Vocabulary
from .quantities import meanings

Level = Literal["any", "scalar", "state", "local"]
LEVELS: tuple[Level, ...] = ("scalar", "state", "local")
PARAMETERS = frozenset({"gamma", "n"})
CONSTANTS = PARAMETERS | {
    *("tau", "precision", "log_actions", "eps_sup"),
    *("soft_apart", "soft_values_apart", "odds"),
}
"""Numbers that depend on no player, state or action, and may stand at every level."""
ROLES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "expert": (r"\pi^E", r"\pi^E_i", r"\pi^E_{-i}"),
        "learner": (r"\pi", r"\pi_i", r"\pi_{-i}"),
        "best_response": (r"b", r"b_i", r"b_{-i}"),
        "deviation": (r"\pi^*", r"\pi^*_i", r"\pi^*_{-i}"),
        "soft": (r"b^\tau", r"b^\tau_i", r"b^\tau_{-i}"),
        "kept": (r"\bar\pi", r"\bar\pi_i", r"\bar\pi_{-i}"),
    }
)
LETTERS: Mapping[str, str] = MappingProxyType({"expert": "e", "learner": "p"})
OWN_LETTERS: Mapping[str, str] = MappingProxyType({**LETTERS, "deviation": "b", "kept": "k"})
OWN_PARTS = frozenset({"e_i", "p_i", "m_i", "x_i", "y_i"}) | overlaps.OWN_PARTS
OTHERS_PARTS = frozenset({"e_o", "p_o", "m_o", "w_o", "z_o"}) | overlaps.OTHERS_PARTS


@dataclass(frozen=True)
class Word:
    """A name: its level, the player it belongs to ("", "i" or "j") and its LaTeX."""

    level: Level
    player: Literal["", "i", "j"]
    latex: str


@dataclass(frozen=True)
class Operator:
    """A function of one body: the level of the body, that of the result, and its LaTeX around `#`.

    Attributes:
        body: the level of the argument; "any" for one that keeps its level.
        result: the level of the value.
        linear: whether it is linear in its argument.
        of_player: whether it belongs to the player i.
        one: the value at the constant 1, in plain text, where it has one.
        latex: with `#` for the argument.
    """

    body: Level
    result: Level
    linear: bool
    of_player: bool
    one: str | None
    latex: str


OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "nu": Operator("state", "scalar", True, False, "1", r"\nu\cdot\big[#\big]"),
        "E_mu": Operator(
            "state", "scalar", True, False, "1", r"\mathrm{E}_{s\sim\mu_{\pi^E}}\big[#\big]"
        ),
        "E_learner": Operator(
            "state", "scalar", True, False, "1", r"\mathrm{E}_{s\sim\mu_{\pi}}\big[#\big]"
        ),
        "E_deviation": Operator(
            "state",
            "scalar",
            True,
            True,
            "1",
            r"\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}\big[#\big]",
        ),
        "R": Operator("state", "state", True, False, None, r"(I-\gamma P^{\pi^E})^{-1}\big[#\big]"),
        "K": Operator("state", "state", True, True, None, r"K\big[#\big]"),
        "next": Operator("state", "local", True, False, "1", r"P\big[#\big]"),
        "here": Operator("state", "local", True, False, "1", r"#"),
        "flow": Operator("local", "state", True, False, None, r"\big[#\big]P"),
        "sum_sa": Operator("local", "scalar", True, False, None, r"\sum_{s,a}#"),
        "norm_s": Operator("state", "scalar", False, False, None, r"\big\|#\big\|_1"),
        "norm_sa": Operator("local", "scalar", False, False, None, r"\big\|#\big\|_1"),
        "norm_a": Operator("local", "state", False, False, None, r"\big\|#\big\|_1"),
        "sum_a": Operator("local", "state", True, False, None, r"\sum_{a}#"),
        "sum_others": Operator("any", "any", True, True, "n - 1", r"\sum_{j\ne i}#"),
        "prod_others": Operator("any", "any", False, True, None, r"\prod_{j\ne i}#"),
    }
)
PROFILES: Mapping[str, Level] = MappingProxyType(
    {"V": "scalar", "V_at": "state", "Q": "local", "Vtau_at": "state", "Qtau": "local"}
)
ROWS: Mapping[str, str] = MappingProxyType(
    {"bp_i": r"b^\tau_i[\pi]", "be_i": r"b^\tau_i[\pi^E]", "any_i": r"\sigma_i"}
)
"""Soft best responses to the learner and to the expert, and an arbitrary policy of player i."""

_HERE: Mapping[str, Word] = MappingProxyType(
    {
        "ValueGap_i": Word("scalar", "i", r"\mathrm{ValueGap}_i(\pi)"),
        "eps_BC_j": Word("scalar", "j", r"\varepsilon_j"),
        "TV_i": Word("state", "i", r"h_i"),
        "TV_j": Word("state", "j", r"h_j"),
        "TV_o": Word("state", "i", r"h_o"),
        "shift_i": Word("state", "i", r"h^*_i"),
        "lost_i": Word("state", "i", r"\hat h_i"),
        "out_i": Word("state", "i", r"\bar h_i"),
        "loss_i": Word("state", "i", r"\ell_i"),
        "soft_shift_i": Word("state", "i", r"h^\tau_i"),
        "soft_move_i": Word("state", "i", r"d^\tau_i"),
        "own_shift_i": Word("state", "i", r"e^\tau_i"),
        "rise_i": Word("state", "i", r"b^\tau_i[\pi](A_+)"),
        "base_i": Word("state", "i", r"b^\tau_i[\pi^E](A_+)"),
        "bp_entropy_i": Word("state", "i", r"H(b^\tau_i[\pi])"),
        "be_entropy_i": Word("state", "i", r"H(b^\tau_i[\pi^E])"),
        "b_entropy_i": Word("state", "i", r"H(\pi^*_i)"),
        "soft_apart": Word("any", "", r"\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty"),
        "soft_values_apart": Word("any", "", r"\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty"),
        "odds": Word("any", "", r"T"),
        "start": Word("state", "", r"\nu"),
        "mu_expert": Word("state", "", r"\mu_{\pi^E}"),
        "mu_learner": Word("state", "", r"\mu_{\pi}"),
        "rho_expert": Word("local", "", r"\rho_{\pi^E}"),
        "rho_learner": Word("local", "", r"\rho_{\pi}"),
        "r": Word("local", "i", r"r_i"),
        "e_i": Word("local", "i", r"\pi^E_i"),
        "p_i": Word("local", "i", r"\pi_i"),
        "m_i": Word("local", "i", r"m_i"),
        "x_i": Word("local", "i", r"x_i"),
        "y_i": Word("local", "i", r"y_i"),
        "e_o": Word("local", "i", r"\pi^E_{-i}"),
        "p_o": Word("local", "i", r"\pi_{-i}"),
        "m_o": Word("local", "i", r"m_o"),
        "w_o": Word("local", "i", r"w_o"),
        "z_o": Word("local", "i", r"z_o"),
        "b_i": Word("local", "i", r"\pi^*_i"),
        "k_i": Word("local", "i", r"\bar\pi_i"),
        **{p: Word("local", "i", ROWS.get(p, p)) for p in overlaps.MASS if p != "b_i"},
    }
)


@cache
def words() -> Mapping[str, Word]:
    """Every name of a derivation: those of the claim language and those of its lines."""
    found: dict[str, Word] = {}
    for meaning in meanings().values():
        level: Level = "any" if meaning.name in CONSTANTS else "scalar"
        found[meaning.name] = Word(level, "i" if meaning.per_player else "", meaning.latex)
    return MappingProxyType(found | dict(_HERE))


@cache
def line_vocabulary() -> Vocabulary:
    """What a line of a derivation may be written in."""
    functions: dict[str, tuple[int, int | None]] = dict.fromkeys(PROFILES, (1, 2))
    functions |= dict.fromkeys(OPERATORS, (1, 1))
    functions |= {"min": (2, None), "tanh": (1, 1)}
    return Vocabulary((*words(), *ROLES), functions)
