r"""What the expert's policies lack to dominance, against the learner.

\(\max_i\big[\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{(\pi^E_i,\pi_{-i})}(\nu)\big]\), which is at
most the same with the worst opponents in the place of the learner's, and 0 for a dominant expert.
"""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "dominance_gap",
    r"\mathrm{DomGap}(\pi)",
    "the most that one player gains by a best response to the learner over playing the expert's "
    "policy against the learner, from the start",
    r"\max_i\big[\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{(\pi^E_i,\pi_{-i})}(\nu)\big]",
    over_players(lambda model, i: model.best_value("learner", i) - model.mixed_value(i)),
)
