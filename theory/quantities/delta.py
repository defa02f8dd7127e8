r"""\(\delta\), how far a best response to the learner moves from the expert.

\(\delta=\max_i\min_{b_i}\mathrm{E}_{s\sim\mu_{\pi^E}}\|b_i(\cdot\mid s)-\pi^E_i(\cdot\mid s)\|_1\).

The minimum is over the best responses \(b_i\) of player i to the learner from the start; states
that a best response does not visit are free.
"""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "delta",
    r"\delta",
    "the largest over players of the least shift of a best response to the learner, from the "
    "expert",
    r"\max_i\min_{b_i\in\mathrm{BR}_i(\pi_{-i})}\mathrm{E}_{s\sim\mu_{\pi^E}}"
    r"\|b_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1",
    over_players(lambda model, i: model.best_response_shift(i)),
)
