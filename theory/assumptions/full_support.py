r"""The expert visits every state: \(\mu_{\pi^E}(s)>0\) for all \(s\)."""

from ..model import Answer, Model
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    missing = sorted(set(range(model.num_states)) - model.visited("expert"))
    if missing:
        return Answer(False, f"the expert does not visit state {missing[0]}")
    return Answer(True, "the expert visits every state")


ASSUMPTION = Assumption(
    "full-support",
    None,
    "the expert visits every state",
    r"\mu_{\pi^E}(s)>0\ \text{for all } s",
    _check,
    by_supports=True,
)
