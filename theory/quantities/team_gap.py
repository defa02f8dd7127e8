r"""What the expert lacks to the best joint policy of some player.

\(\mathrm{TeamGap}(\pi^E)=\max_i\big[\max_{\pi'}V_i^{\pi'}(\nu)-V_i^{\pi^E}(\nu)\big]\), over all
joint policies. With common payoffs it is 0 exactly for a team-optimal expert.
"""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "team_gap",
    r"\mathrm{TeamGap}(\pi^E)",
    "the most that one player's value could rise from the expert's if all played for it",
    r"\max_i\big[\max_{\pi'}V_i^{\pi'}(\nu)-V_i^{\pi^E}(\nu)\big]",
    over_players(lambda model, i: model.team_best_value(i) - model.value("expert", i)),
)
