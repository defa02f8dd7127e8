r"""How policies are split into what they share and the rest, beside the split of `words`.

Of player i, with \(b=\pi^*_i\) the best response to the learner that moves least, e the expert, p
the learner, and k the learner kept to the expert's support:

    n_i = min(p_i, e_i, b_i)          b_i = n_i + t_i    p_i = n_i + q_i    1 - sum n_i = lost_i
    d_i = min(b_i, e_i)               b_i = d_i + u_i                       1 - sum d_i = shift_i
    m_i = n_i + r_i                   b_i = n_i + v_i + w_i             p_i = n_i + r_i + y_i
    s_i = p_i where e_i > 0, else 0   k_i = s_i + l_i    p_i = s_i + o_i    1 - sum s_i = out_i

where v_i and w_i are shares of t_i, with the masses of r_i and of y_i: lost_i - TV_i and TV_i.

Of the opponents together, over their joint action:

    c_o = min(p_o, e_o)               e_o = c_o + f_o    p_o = c_o + g_o    1 - sum c_o = TV_o
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Overlap:
    """One split.

    Attributes:
        common: the part that is shared.
        rests: policy -> the rest of it.
        lost: the mass of each rest, a word at a state.
        statement: what the common part is.
    """

    common: str
    rests: Mapping[str, str]
    lost: str
    statement: str


OF_PLAYER = (
    Overlap("n_i", {"b_i": "t_i", "p_i": "q_i"}, "lost_i", r"n_i=\min(\pi_i,\pi^E_i,\pi^*_i)"),
    Overlap("d_i", {"b_i": "u_i"}, "shift_i", r"d_i=\min(\pi^*_i,\pi^E_i)"),
    Overlap("s_i", {"k_i": "l_i", "p_i": "o_i"}, "out_i", r"s_i=\pi_i\,1[\pi^E_i>0]"),
)
OF_OTHERS = (
    Overlap("c_o", {"e_o": "f_o", "p_o": "g_o"}, "TV_o", r"c_o=\min(\pi_{-i},\pi^E_{-i})"),
)
MASS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("b_i", "bp_i", "be_i", "any_i"), "1"),
        **{o.common: f"1 - {o.lost}" for o in (*OF_PLAYER, *OF_OTHERS)},
        **{rest: o.lost for o in (*OF_PLAYER, *OF_OTHERS) for rest in o.rests.values()},
        "r_i": "lost_i - TV_i",
        "v_i": "lost_i - TV_i",
        "w_i": "TV_i",
    }
)
"""The mass of every part, as a line at a state."""

OWN_PARTS = frozenset(part for part in MASS if part.endswith("_i"))
OTHERS_PARTS = frozenset(part for part in MASS if part.endswith("_o"))
LOST = frozenset(o.lost for o in (*OF_PLAYER, *OF_OTHERS))
AT_A_STATE = LOST | {"loss_i"}
"""The words at a state that stand for numbers of their own where a local step is written out."""
