r"""What the occupancy error costs a Nash expert when a deviation meets the errors C times as often.

n >= 2 players, actions 0 and 1; only player 0 is paid, players beyond the second do not matter:

| state | (a_0, a_1) | outcome           | start    |
|-------|------------|-------------------|----------|
| y     | a_0 = 0    | 0 -> x            | w        |
| y     | a_0 = 1    | 0 -> N            |          |
| x     | (0, 0)     | +1 -> N           | 0        |
| x     | (0, 1)     | -1 -> N           |          |
| x     | (1, 0)     | -1 -> L           |          |
| x     | (1, 1)     | +1 -> G           |          |
| G / L / N | any    | +1 / -1 / 0 stays | the rest on N |

Expert: at y player 0 plays 0 with probability 1/C; at x it plays 0 and player 1 is uniform, so that
every action of player 0 is worth 0. Learner: player 1 plays 1 at x with probability 1/2 + q. What
it does there changes no later state, and

\(\mathrm{NashGap}=(1-\gamma+C)\,\epsilon_\rho/(1-\gamma)^2\) with
\(\epsilon_\rho=2q\gamma(1-\gamma)w/C\).

Source: lower side of the bound T8_eps_rho of this catalogue.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, integer, number
from ._table import Row, build_game, choose, profile, stay, two_actions


def _make(n: int, gamma: Fraction, C: Fraction, q: Fraction, w: Fraction) -> Instance:
    half = Fraction(1, 2)
    table = {
        "y": choose(0, (0, "x"), (0, "N")),
        "x": [
            Row(1, "N", {0: 0, 1: 0}),
            Row(-1, "N", {0: 0, 1: 1}),
            Row(-1, "L", {0: 1, 1: 0}),
            Row(1, "G", {0: 1, 1: 1}),
        ],
        "G": stay("G", 1),
        "L": stay("L", -1),
        "N": stay("N", 0),
    }
    game = build_game(table, two_actions(n), gamma, {"y": w, "N": 1 - w})
    rarely = {(0, "y"): [1 / C, 1 - 1 / C]}
    error = 2 * q * gamma * (1 - gamma) * w / C
    return Instance(
        game,
        expert=profile(game, {**rarely, (1, "x"): [half, half]}),
        learner=profile(game, {**rarely, (1, "x"): [half - q, half + q]}),
        expected={
            "nash_gap": (1 - gamma + C) * error / (1 - gamma) ** 2,
            "value_gap": error / (1 - gamma),
            "eps_bc": error,
            "eps_mu": Fraction(0),
            "eps_rho": error,
            "delta": 2 * (1 - gamma) * w * (1 - 1 / C + gamma / C),
            "C": C,
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "deterministic": True,
            "pure": False,
            "match-mu": True,
            "match-rho": False,
            "full-support": False,
        },
    )


GAME = NamedGame(
    "concentrability-occupancy",
    "Occupancy errors that a deviation meets C times as often",
    "lower side of the bound T8_eps_rho",
    "NashGap = (1-gamma+C) eps_rho/(1-gamma)^2 for every C >= 1",
    {
        "n": integer(2, "players", 2, 6),
        "gamma": OPEN_DISCOUNT,
        "C": number("3", "deviation concentrability", "1", "1000000"),
        "q": number("1/4", "error of player 1 at x", "0", "1/2", ends="(]"),
        "w": number("1", "start mass of y", "0", "1", ends="(]"),
    },
    _make,
)
