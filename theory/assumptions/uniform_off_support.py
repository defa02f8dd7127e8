r"""The learner is uniform where the expert never is.

\(\pi_i(a_i\mid s)=1/|A_i|\) wherever \(\mu_{\pi^E}(s)=0\).
"""

from ..model import Answer, Model
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    for state in sorted(set(range(model.num_states)) - model.visited("expert")):
        for player, count in enumerate(model.num_actions):
            if any(p * count != 1 for p in model.policy("learner", player, state)):
                return Answer(
                    False, f"learner player {player} is not uniform at the unvisited state {state}"
                )
    return Answer(True, "the learner is uniform wherever the expert never is")


ASSUMPTION = Assumption(
    "uniform-off-support",
    None,
    "the learner is uniform at the states that the expert does not visit",
    r"\mu_{\pi^E}(s)=0\Rightarrow\pi_i(a_i\mid s)=1/|A_i|",
    _check,
)
