r"""\(\mathrm{ValueGap}(\pi)=\max_i[V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)]\); it may be negative."""

from ..meaning import Meaning, over_players

MEANING = Meaning(
    "ValueGap",
    r"\mathrm{ValueGap}(\pi)",
    "the most that one player loses when all play the learner instead of the expert",
    r"\max_i\big[V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)\big]",
    over_players(lambda model, i: model.value("expert", i) - model.value("learner", i)),
    nonnegative=False,
)
