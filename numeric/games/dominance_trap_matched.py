r"""Exact matching, an expert that passes every deterministic opponent, and a gap all the same.

Two players, actions 0 and 1, start on x; player 1 is never paid:

| state | (a_0, a_1) = (0,0)  | (0,1)   | (1,0)                | (1,1)   |
|-------|---------------------|---------|----------------------|---------|
| x     | \(1-\gamma\), stays | 0 -> T  | \(1-\gamma\) -> y    | 0 -> T  |
| T     | 0 stays             | the same | the same            | the same |

| state | a_1 = 0 | a_1 = 1 |
|-------|---------|---------|
| y     | -1 -> T | +1 -> T |

Expert: player 0 plays 0, player 1 plays 0 at x with probability p and 0 at y. Learner: the same,
but player 1 plays 1 at y. Then \(\epsilon_\rho=\epsilon_{BC}=0\) and \(\mathrm{NashGap}=\gamma
p(1-p)/(1-\gamma p)\). A dominant expert would leave no gap here, so an engine that tries
deterministic opponents alone takes this game for a refutation of true bounds.

Source: our own example, beside Lemma 3 of Bergerault, Cevher, Mehr (2026).
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, number
from ._table import Row, build_game, choose, profile, stay, two_actions


def _make(gamma: Fraction, p: Fraction) -> Instance:
    table = {
        "x": [
            Row(1 - gamma, "x", {0: 0, 1: 0}),
            Row(0, "T", {0: 0, 1: 1}),
            Row(1 - gamma, "y", {0: 1, 1: 0}),
            Row(0, "T", {0: 1, 1: 1}),
        ],
        "y": choose(1, (-1, "T"), (1, "T")),
        "T": stay("T", 0),
    }
    game = build_game(table, two_actions(2), gamma, {"x": 1})
    mixed = {(1, "x"): [p, 1 - p]}
    return Instance(
        game,
        expert=profile(game, mixed),
        learner=profile(game, {**mixed, (1, "y"): 1}),
        expected={
            "nash_gap": gamma * p * (1 - p) / (1 - gamma * p),
            "value_gap": Fraction(0),
            "eps_bc": Fraction(0),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(0),
            "delta": 2 * (1 - gamma) / (1 - gamma * p),
            "C": math.inf,
        },
        assumptions={
            "nash": True,
            "dominant": False,
            "deterministic": True,
            "pure": False,
            "full-support": False,
            "match-rho": True,
        },
    )


GAME = NamedGame(
    "dominance-trap-matched",
    "Exactly matched, best against every deterministic opponent, exploitable",
    "our own example, beside Lemma 3 of Bergerault, Cevher, Mehr (2026)",
    "Deciding dominance by deterministic opponents would refute true bounds",
    {
        "gamma": OPEN_DISCOUNT,
        "p": number("1/2", "probability of player 1's action 0 at x", "0", "1", ends="()"),
    },
    _make,
)
