r"""\(\mathrm{NashGap}(\pi)=\max_i\mathrm{NashGap}_i(\pi)\), the exploitability of the learner."""

from ..meaning import Meaning, over_players
from .nash_gap_i import gain

MEANING = Meaning(
    "NashGap",
    r"\mathrm{NashGap}(\pi)",
    "the most that one player gains by a best response to the learner, from the start",
    r"\max_i\big[\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\big]",
    over_players(gain),
)
