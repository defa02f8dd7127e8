r"""Every deviation that differs from the expert on a visited state is strictly worse.

Checked as: at every visited state \(s\) the expert of each player \(i\) is pure, and every other
action has \(Q_i^\circ(s,a_i)<V_i^\circ(s)\), where \(V_i^\circ,Q_i^\circ\) are the optimal values
of the player's MDP against the expert's opponents. The two are equivalent.

If the check holds, the expert's action is the only maximiser of \(Q_i^\circ\) at every visited
state, so \(V_i^{\pi^E}=V_i^\circ\) there. A deviation \(b_i\) that differs at a visited state
agrees with the expert along some path of the expert up to the first state \(s\) of difference,
hence visits \(s\), and \(V_i^\circ(\nu)-V_i^{b_i}(\nu)=\tfrac1{1-\gamma}\sum_s\mu_{b_i}(s)\sum_a
b_i(a\mid s) (V_i^\circ(s)-Q_i^\circ(s,a))>0\).

If the definition holds, the expert is Nash (a deviation that agrees on visited states has the same
value), so the actions it plays at visited states are maximisers of \(Q_i^\circ\). Were there a
second maximiser \(a\) at a visited \(s\), played or not, or a mixture, then the policy that plays
one of the maximisers which is not the expert's row at \(s\), the expert elsewhere on visited states
and optimally off them, would differ from the expert and still be worth \(V_i^\circ(\nu)\): a
contradiction.
"""

from ..model import Answer, Model, brief
from ._kinds import Assumption
from ._reasons import pure_action


def _check(model: Model) -> Answer:
    for player in range(model.players):
        q = model.optimal_q("expert", player)
        for state in sorted(model.visited("expert")):
            own = pure_action(model.policy("expert", player, state))
            if own is None:
                return Answer(False, f"player {player} mixes at the visited state {state}")
            for action, worth in enumerate(q[state]):
                if action != own and worth >= q[state][own]:
                    return Answer(
                        False,
                        f"player {player} loses nothing by action {action} at the visited state "
                        f"{state} (advantage {brief(worth - q[state][own])})",
                    )
    return Answer(True, "at every visited state each player's every other action is strictly worse")


ASSUMPTION = Assumption(
    "strict-nash",
    None,
    "every deviation that differs from the expert on a visited state is strictly worse",
    r"V_i^{(b_i,\pi^E_{-i})}(\nu)<V_i^{\pi^E}(\nu)\ \text{whenever } b_i\ne\pi^E_i"
    r"\text{ on }\{\mu_{\pi^E}>0\}",
    _check,
)
