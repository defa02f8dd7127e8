r"""\(\mathrm{NashGap}(\pi^E)\), the expert's own gap.

\(\max_i\big[\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)-V_i^{\pi^E}(\nu)\big]\).
It is 0 exactly for an expert that is Nash from the start.
"""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "expert_gap",
    r"\mathrm{NashGap}(\pi^E)",
    "the most that one player gains by a best response to the expert, from the start",
    r"\max_i\big[\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)-V_i^{\pi^E}(\nu)\big]",
    over_players(lambda model, i: model.best_value("expert", i) - model.value("expert", i)),
)
