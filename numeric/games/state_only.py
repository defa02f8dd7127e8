r"""One state: the states are matched whatever the learner does.

n players who are paid the same, actions 0 and 1, one state s:

| state | a_0 = 0  | a_0 = 1  |
|-------|----------|----------|
| s     | +1 stays | -1 stays |

Expert: 0. Learner: player 0 plays 1. Full support, \(\mu_\pi=\mu_{\pi^E}\) and
\(\mathrm{NashGap}=2/(1-\gamma)\), the largest difference of values that there is.

Source: sharpness witness for the trivial bound 2/(1-gamma), beside Lemma 1 of Bergerault, Cevher,
Mehr (2026).
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, integer
from ._table import build_game, choose, common, profile, two_actions


def _make(n: int, gamma: Fraction) -> Instance:
    game = build_game(
        {"s": choose(0, (1, "s"), (-1, "s"))}, two_actions(n), gamma, {"s": 1}, common
    )
    gap = 2 / (1 - gamma)
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(0, "s"): 1}),
        expected={
            "nash_gap": gap,
            "value_gap": gap,
            "eps_bc": Fraction(2),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(2),
            "delta": Fraction(0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": True,
            "team-optimal": True,
            "common-payoff": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "full-support": True,
            "match-mu": True,
            "match-rho": False,
        },
    )


GAME = NamedGame(
    "state-only",
    "One state, the largest gap of all",
    "sharpness witness for the bound 2/(1-gamma), beside Lemma 1 of Bergerault et al. (2026)",
    "State-only matching with full support bounds nothing: NashGap = 2/(1-gamma)",
    {"n": integer(2, "players", 1, 10), "gamma": DISCOUNT},
    _make,
)
