r"""The regularised value is what the soft response earns and its entropies, as a recursion.

\(W\le\tau\log|A|+\gamma\sum_ab^\tau_i\pi_{-i}\,P[W]\) at every state,
\(W=V^\tau_i[\pi_{-i}]-V_i^{(b^\tau_i,\pi_{-i})}\).
"""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

_SOFT, _OWN = "sum_a(bp_i*p_o*Qtau(soft, learner))", "sum_a(bp_i*p_o*Q(soft, learner))"
_GAP = "Vtau_at(soft, learner) - V_at(soft, learner)"

LEMMA = (
    derivation("soft_value_above_own", level="state")
    .start(_GAP)
    .eq(f"{_SOFT} + tau*bp_entropy_i - {_OWN}", by=Unfold(("Vtau", "V_at")))
    .le(
        f"{_SOFT} + tau*log_actions - {_OWN}",
        by=Combination((Term("1", ("tau >= 0", "bp_entropy_i <= log_actions")),)),
    )
    .eq(
        f"tau*log_actions + gamma*sum_a(bp_i*p_o*next({_GAP}))",
        by=Unfold(("Qtau", "Q")),
    )
)
