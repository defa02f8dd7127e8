r"""Matching pennies, repeated: the gap at the only equilibrium, which is mixed.

Two players, actions heads and tails, one state, zero-sum; player 0's reward:

|       | heads | tails |
|-------|-------|-------|
| heads | 1     | -1    |
| tails | -1    | 1     |

Expert: both uniform. Learner: both play heads with probability \((1+\epsilon_{BC})/2\). Then
\(V_0^\pi=\epsilon_{BC}^2/(1-\gamma)\) and player 1 gains
\(\mathrm{NashGap}=\epsilon_{BC}(1+\epsilon_{BC})/(1-\gamma)\).

Source: the classical game (von Neumann, 1928).
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, number
from ._table import Row, build_game, opposite, profile


def _make(gamma: Fraction, eps: Fraction) -> Instance:
    table = {"s": [Row(1 if a == b else -1, "s", {0: a, 1: b}) for a in (0, 1) for b in (0, 1)]}
    names = ["heads", "tails"]
    game = build_game(table, [names, names], gamma, {"s": 1}, opposite)
    half = [Fraction(1, 2)] * 2
    biased = [(1 + eps) / 2, (1 - eps) / 2]
    horizon = 1 / (1 - gamma)
    return Instance(
        game,
        expert=profile(game, {(0, "s"): half, (1, "s"): half}),
        learner=profile(game, {(0, "s"): biased, (1, "s"): biased}),
        expected={
            "nash_gap": eps * (1 + eps) * horizon,
            "value_gap": eps**2 * horizon,
            "expert_value_0": Fraction(0),
            "learner_value_0": eps**2 * horizon,
            "eps_bc": eps,
            "eps_mu": Fraction(0),
            "eps_rho": eps + eps**2 / 2,
            "delta": Fraction(1 if eps else 0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "strict-nash": False,
            "dominant": False,
            "zero-sum": True,
            "symmetric": False,
            "deterministic": True,
            "pure": False,
            "full-support": True,
            "match-rho": eps == 0,
        },
    )


GAME = NamedGame(
    "matching-pennies",
    "Matching pennies, repeated",
    "classical (von Neumann, 1928)",
    "A mixed expert: every error makes the best response jump, delta = 1",
    {"gamma": DISCOUNT, "eps": number("1/10", "eps_BC", "0", "1")},
    _make,
)
