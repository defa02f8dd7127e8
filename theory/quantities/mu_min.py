r"""\(\min_s\mu_{\pi^E}(s)\), how much the expert visits the state that it visits least."""

from ..meaning import Meaning

MEANING = Meaning(
    "mu_min",
    r"\mu_{\min}",
    "the expert's least occupancy of a state; 0 unless it visits every state",
    r"\min_s\mu_{\pi^E}(s)",
    lambda model, _: min(model.occupancy("expert")),
)
