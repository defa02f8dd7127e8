r"""Common payoff and a team-optimal expert: the gap n eps_BC/(1-gamma)^2 is attained.

n players who are paid the same, actions 0 and 1, \(c=\epsilon_{BC}/(2(1-\gamma))\le1/n\):

| state       | joint action           | outcome   | start    |
|-------------|------------------------|-----------|----------|
| b0          | a_0 = 0                | +1 -> G   | c        |
| b0          | a_0 = 1                | -1 -> L   |          |
| bj, j >= 1  | a_0 = a_j              | +1 -> G   | c        |
| bj, j >= 1  | a_0 != a_j             | -1 -> L   |          |
| G / L       | any                    | +1 / -1 stays | the rest / 0 |

Expert: 0 everywhere. Learner: player j plays 1 at bj. Player 0 repairs everyone's error.

Source: sharpness witness for the bound T5b, NashGap <= n eps_BC/(1-gamma)^2 under common payoff
with a team-optimal expert.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, integer, number, within
from ._table import Row, build_game, common, profile, stay, two_actions
from .w1 import gate


def _agree(j: int) -> list[Row]:
    return [
        Row(1 if a == b else -1, "G" if a == b else "L", {0: a, j: b})
        for a in (0, 1)
        for b in (0, 1)
    ]


def _make(n: int, gamma: Fraction, eps: Fraction) -> Instance:
    c = eps / (2 * (1 - gamma))
    within("team-optimal.eps", eps, 2 * (1 - gamma) / n, "2(1-gamma)/n")
    table = {
        "b0": gate(0),
        **{f"b{j}": _agree(j) for j in range(1, n)},
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    start = {**{f"b{j}": c for j in range(n)}, "G": 1 - n * c}
    game = build_game(table, two_actions(n), gamma, start, common)
    gap = n * eps / (1 - gamma) ** 2
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(j, f"b{j}"): 1 for j in range(n)}),
        expected={
            "nash_gap": gap,
            "value_gap": gap,
            "eps_bc": eps,
            "eps_mu": 2 * gamma * n * c,
            "eps_rho": 2 * n * c,
            "delta": (n - 1) * eps,
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "team-optimal": True,
            "common-payoff": True,
            "deterministic": True,
            "pure": True,
            "dominant": n == 1 or c == 0,
            "full-support": False,
            "match-rho": c == 0,
        },
    )


GAME = NamedGame(
    "team-optimal",
    "One player can repair everybody's error",
    "sharpness witness for the bound T5b",
    "NashGap = n eps_BC/(1-gamma)^2 with common payoff and a team-optimal expert",
    {
        "n": integer(2, "players", 1, 10),
        "gamma": DISCOUNT,
        "eps": number("1/20", "eps_BC", "0", "2", also="at most 2(1-gamma)/n"),
    },
    _make,
)
