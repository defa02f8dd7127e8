r"""W3: exact state-action matching with a Nash expert, and the largest gap that it allows.

Two players, actions 0 and 1, start on s0, any \(t\in[-1,1]\):

| state | who matters | 0                                   | 1            |
|-------|-------------|-------------------------------------|--------------|
| s0    | player 0    | \((1-\gamma)t-\gamma\), stays       | t -> s1      |
| s1    | player 1    | -1 stays                            | +1 stays     |

Expert: 0 everywhere, so s1 is never seen. Learner: player 1 plays 1 at s1. Player 1 is paid nothing
(payoffs "alone"), the same ("common") or the opposite ("zero-sum", where the expert is subgame
perfect). \(\rho_\pi=\rho_{\pi^E}\) and \(\mathrm{NashGap}=2\gamma/(1-\gamma)\), the largest
possible.

Source: sharpness witness for the bound T3, NashGap <= 2gamma/(1-gamma).
"""

import math
from fractions import Fraction

from ..game import MarkovGame
from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, choice, number
from ._table import PAYOFFS, build_game, choose, profile, two_actions


def shape(gamma: Fraction, t: Fraction, payoffs: str, rare: Fraction = Fraction(0)) -> MarkovGame:
    """The game, with start mass `rare` on s1."""
    table = {
        "s0": choose(0, ((1 - gamma) * t - gamma, "s0"), (t, "s1")),
        "s1": choose(1, (-1, "s1"), (1, "s1")),
    }
    start = {"s0": 1 - rare, "s1": rare}
    return build_game(table, two_actions(2), gamma, start, PAYOFFS[payoffs])


def _make(gamma: Fraction, t: Fraction, payoffs: str) -> Instance:
    game = shape(gamma, t, payoffs)
    moves = gamma > 0
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(1, "s1"): 1}),
        expected={
            "nash_gap": 2 * gamma / (1 - gamma),
            "value_gap": Fraction(0),
            "eps_bc": Fraction(0),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(0),
            "delta": Fraction(2) if moves else Fraction(0),
            "C": math.inf if moves else Fraction(1),
        },
        assumptions={
            "nash": True,
            "match-rho": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "full-support": False,
            "strict-nash": False,
            "dominant": not moves,
            "subgame-perfect": payoffs != "common",
            **({"zero-sum": True} if payoffs == "zero-sum" else {}),
            **({"common-payoff": True, "team-optimal": not moves} if payoffs == "common" else {}),
        },
    )


GAME = NamedGame(
    "w3",
    "Exact matching, two states, the largest possible gap",
    "sharpness witness for the bound T3",
    "State-action occupancy matched exactly and still NashGap = 2gamma/(1-gamma), in every class",
    {
        "gamma": DISCOUNT,
        "t": number("-1", "reward of leaving s0", "-1", "1"),
        "payoffs": choice(
            "alone", "what player 1 is paid of player 0's reward", "alone", "common", "zero-sum"
        ),
    },
    _make,
)
