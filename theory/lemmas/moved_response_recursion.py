r"""What a best response gains, as a recursion that uses what the expert's own play is worth.

\(W\le c+\gamma\sum_an_ic_o\,P[W]+\gamma\sum_ar_ic_o\,P[V_i^{(b_i,\pi^E_{-i})}-V_i^{\pi}]\) at every
state, with \(W=V_i^{(\pi^*_i,\pi_{-i})}-V_i^{\pi}\), \(h_d=\hat h_i-h_i\) and
\(c=\ell_i+\tfrac2{1-\gamma}\big(h_i+\gamma(1-\hat h_i)h_o+h_d(\gamma+(2-\gamma)h_o)\big)\).

Where the deviation leaves the expert, the expert's own action is worth as much against the expert,
up to what the expert loses by not playing its best.
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_A, _B, _O = "Q(deviation, learner)", "Q(learner, learner)", "Q(best_response, expert)"
_GAP = "V_at(deviation, learner) - V_at(learner)"
_VALUE = "V_at(best_response, expert) - V_at(learner)"
_COST = (
    "loss_i + 2/(1 - gamma)"
    "*(TV_i + gamma*(1 - lost_i)*TV_o + (lost_i - TV_i)*(gamma + (2 - gamma)*TV_o))"
)
_PARTS = f"sum_a((n_i + v_i + w_i)*p_o*{_A}) - sum_a((n_i + r_i + y_i)*p_o*{_B})"
_SAME = "2*gamma/(1 - gamma)"

LEMMA = (
    derivation("moved_response_recursion", level="state")
    .start(_GAP)
    .eq(_PARTS, by=Unfold(("V_at", "split by n_i and m_i")))
    .le(
        f"loss_i + {_PARTS} + sum_a(r_i*e_o*{_O}) - sum_a(v_i*e_o*{_O})",
        by=Combination(
            (Term("1", (f"sum_a(v_i*e_o*{_O}) <= sum_a(r_i*e_o*{_O}) + loss_i",)),),
        ),
    )
    .eq(
        f"loss_i + sum_a((n_i + v_i + w_i)*(c_o + g_o)*{_A})"
        f" - sum_a((n_i + r_i + y_i)*(c_o + g_o)*{_B}) + sum_a((r_i - v_i)*(c_o + f_o)*{_O})",
        by=Unfold(("split by c_o",)),
    )
    .le(
        f"{_COST} + sum_a(n_i*c_o*({_A} - {_B})) + sum_a(r_i*c_o*({_O} - {_B}))",
        by=Local(
            (
                LocalTerm("1", ("n_i", "g_o"), f"{_A} - {_B} <= {_SAME}"),
                LocalTerm("1", ("w_i", "c_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("w_i", "g_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("y_i", "c_o"), f"-{_B} <= 1/(1 - gamma)"),
                LocalTerm("1", ("y_i", "g_o"), f"-{_B} <= 1/(1 - gamma)"),
                LocalTerm("1", ("v_i", "c_o"), f"{_A} - {_O} <= {_SAME}"),
                LocalTerm("1", ("v_i", "g_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("v_i", "f_o"), f"-{_O} <= 1/(1 - gamma)"),
                LocalTerm("1", ("r_i", "f_o"), f"{_O} <= 1/(1 - gamma)"),
                LocalTerm("1", ("r_i", "g_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(
        f"{_COST} + gamma*sum_a(n_i*c_o*next({_GAP})) + gamma*sum_a(r_i*c_o*next({_VALUE}))",
        by=Unfold(("Q",)),
    )
)
