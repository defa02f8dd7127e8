r"""The expert's policy of each player is a best response to every product of the others.

Weakly, from the start, against every stationary product:
\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)\ge V_i^{(b_i,\pi_{-i})}(\nu)\) for all \(i\), \(b_i\), \(\pi_{-i}\).
Deterministic opponents alone do not decide it.
"""

from ..model import Answer, Model
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    answers = []
    for player in range(model.players):
        answer = model.dominance(player)
        if answer.holds is False:
            return answer
        answers.append(answer)
    unknown = next((answer for answer in answers if answer.holds is None), None)
    return unknown or Answer(True, "; ".join(answer.reason for answer in answers))


ASSUMPTION = Assumption(
    "dominant",
    None,
    "each player's expert policy is a best response from the start to every stationary product of "
    "the others (weak dominance)",
    r"V_i^{(\pi^E_i,\pi_{-i})}(\nu)=\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)"
    r"\ \text{for all } i,\pi_{-i}",
    _check,
)
