r"""How far regularised action values rise with the opponents, under any policy of player i.

\(\sum_a\sigma_i\big(\pi_{-i}Q^\tau_i[\pi_{-i}]-\pi^E_{-i}Q^\tau_i[\pi^E_{-i}]\big)\le
\tfrac{(n-1)\varepsilon_\infty(2+\gamma\tau\log|A|)}{2(1-\gamma)}
+\gamma\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty\) at every state: what the opponents do alike costs a
discounted difference of values, what they do otherwise at most a span.
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_L, _E = "Qtau(soft, learner)", "Qtau(soft, expert)"
_SAME = f"{_L} - {_E} <= gamma*soft_values_apart"
_HIGH = f"{_E} <= (1 + gamma*tau*log_actions)/(1 - gamma)"

LEMMA = (
    derivation("soft_action_values_rise", level="state")
    .start(f"sum_a(any_i*p_o*{_L}) - sum_a(any_i*e_o*{_E})")
    .eq(
        f"sum_a(any_i*(c_o + g_o)*{_L}) - sum_a(any_i*(c_o + f_o)*{_E})",
        by=Unfold(("split by c_o",)),
    )
    .le(
        "TV_o*(2 + gamma*tau*log_actions)/(1 - gamma) + gamma*soft_values_apart",
        by=Local(
            (
                LocalTerm("1", ("any_i", "c_o"), _SAME),
                LocalTerm("1", ("any_i", "g_o"), _SAME),
                LocalTerm("1", ("any_i", "g_o"), _HIGH),
                LocalTerm("1", ("any_i", "f_o"), f"-{_E} <= 1/(1 - gamma)"),
            )
        ),
    )
    .le(
        "(n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)) + gamma*soft_values_apart",
        by=Combination(
            (
                Term("2/(1 - gamma)", ("opponents_disagree_le_largest",)),
                Term(
                    "gamma/(1 - gamma)",
                    ("tau >= 0", "log_actions >= 0", "opponents_disagree_le_largest"),
                ),
            )
        ),
    )
)
