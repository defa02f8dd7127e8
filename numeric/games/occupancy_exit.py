r"""Occupancy errors at the one state where a deviation leaves what the expert visits.

Two players, actions 0 and 1, start on s0; only player 0 is paid:

| state | (a_0, a_1)   | outcome    |
|-------|--------------|------------|
| s0    | (0, 0)       | +1 -> N    |
| s0    | (0, 1)       | -1 -> N    |
| s0    | (1, 0)       | -1 -> s1   |
| s0    | (1, 1)       | +1 -> s1   |
| N     | any          | -1 stays   |
| s1    | a_1 = 0      | -1 stays   |
| s1    | a_1 = 1      | +1 stays   |

Expert: player 0 plays 0, player 1 is uniform at s0 and plays 0 at s1, which is never visited; every
policy of player 0 is worth the same. Learner: player 1 plays 1 at s0 with probability 1/2 + q, and
1 at s1. Both the learner's loss and the deviation's gain pay for each error once:

\(\mathrm{NashGap}=2(\gamma+\epsilon_\rho)/(1-\gamma)\) with \(\epsilon_\rho=2q(1-\gamma)\).

Source: lower side of the bounds T7_sharper and T7_delta of this catalogue.
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, number
from ._table import Row, build_game, choose, profile, stay, two_actions


def _make(gamma: Fraction, q: Fraction) -> Instance:
    half = Fraction(1, 2)
    table = {
        "s0": [
            Row(1, "N", {0: 0, 1: 0}),
            Row(-1, "N", {0: 0, 1: 1}),
            Row(-1, "s1", {0: 1, 1: 0}),
            Row(1, "s1", {0: 1, 1: 1}),
        ],
        "N": stay("N", -1),
        "s1": choose(1, (-1, "s1"), (1, "s1")),
    }
    game = build_game(table, two_actions(2), gamma, {"s0": Fraction(1)})
    error = 2 * q * (1 - gamma)
    return Instance(
        game,
        expert=profile(game, {(1, "s0"): [half, half]}),
        learner=profile(game, {(1, "s0"): [half - q, half + q], (1, "s1"): 1}),
        expected={
            "nash_gap": 2 * (gamma + error) / (1 - gamma),
            "value_gap": 2 * q,
            "eps_bc": error,
            "eps_mu": Fraction(0),
            "eps_rho": error,
            "delta": 2 * (1 - gamma),
            "C": math.inf,
        },
        assumptions={
            "nash": True,
            "strict-nash": False,
            "deterministic": True,
            "pure": False,
            "match-mu": True,
            "match-rho": False,
            "full-support": False,
        },
    )


GAME = NamedGame(
    "occupancy-exit",
    "Occupancy errors where a deviation leaves what the expert visits",
    "lower side of the bounds T7_sharper and T7_delta",
    "NashGap = 2(gamma+eps_rho)/(1-gamma) for every gamma > 0: each error is paid for twice",
    {
        "gamma": OPEN_DISCOUNT,
        "q": number("1/4", "error of player 1 at s0", "0", "1/2", ends="(]"),
    },
    _make,
)
