r"""The prisoner's dilemma, repeated: a strictly dominant expert.

Two players, actions cooperate and defect, one state; rewards (player 0, player 1):

|           | cooperate    | defect       |
|-----------|--------------|--------------|
| cooperate | 1/2, 1/2     | -1, 1        |
| defect    | 1, -1        | -1/2, -1/2   |

Expert: both defect. Learner: each cooperates with probability \(\epsilon_{BC}/2\). Defecting gains
1/2 whatever the other does, so \(\mathrm{NashGap}=\frac{\epsilon_{BC}}4/(1-\gamma)\), while
everybody earns more than the expert: \(\mathrm{ValueGap}=-\frac{\epsilon_{BC}}2/(1-\gamma)\).

Source: the classical game (Flood and Dresher, 1950; named by Tucker), payoffs scaled into [-1, 1].
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, number
from ._table import Row, build_game, profile


def _make(gamma: Fraction, eps: Fraction) -> Instance:
    half = Fraction(1, 2)
    table = {
        "s": [
            Row((half, half), "s", {0: 0, 1: 0}),
            Row((-1, 1), "s", {0: 0, 1: 1}),
            Row((1, -1), "s", {0: 1, 1: 0}),
            Row((-half, -half), "s", {0: 1, 1: 1}),
        ]
    }
    names = ["cooperate", "defect"]
    game = build_game(table, [names, names], gamma, {"s": 1})
    error = [eps / 2, 1 - eps / 2]
    return Instance(
        game,
        expert=profile(game, {(0, "s"): 1, (1, "s"): 1}),
        learner=profile(game, {(0, "s"): error, (1, "s"): error}),
        expected={
            "nash_gap": eps / 4 / (1 - gamma),
            "value_gap": -eps / 2 / (1 - gamma),
            "eps_bc": eps,
            "eps_mu": Fraction(0),
            "eps_rho": 2 * (1 - (1 - eps / 2) ** 2),
            "delta": Fraction(0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "strict-nash": True,
            "dominant": True,
            "subgame-perfect": True,
            "symmetric": True,
            "deterministic": True,
            "full-support": True,
            "match-mu": True,
            "match-rho": eps == 0,
            "zero-sum": False,
            "common-payoff": False,
        },
    )


GAME = NamedGame(
    "prisoners-dilemma",
    "The prisoner's dilemma, repeated",
    "classical (Flood and Dresher, 1950)",
    "A strictly dominant expert: errors raise everyone's value and still leave a gap",
    {"gamma": DISCOUNT, "eps": number("1/10", "eps_BC", "0", "2")},
    _make,
)
