r"""The family that attains the bound in the deviation concentrability C.

n >= 2 players, actions 0 and 1, \(c=\epsilon_{BC}/(2(1-\gamma))\):

| state        | joint action  | outcome        | start              |
|--------------|---------------|----------------|--------------------|
| b0           | a_0 = 0       | +1 -> G        | c                  |
| b0           | a_0 = 1       | -1 -> L        |                    |
| bj, j >= 1   | a_0 = 0       | 0 -> xj        | \(2cC/\gamma\)     |
| bj, j >= 1   | a_0 = 1       | 0 -> N         |                    |
| xj           | a_0 != a_j    | +1 -> G        | 0                  |
| xj           | a_0 = a_j     | -1 -> L        |                    |
| G / L / N    | any           | +1 / -1 / 0 stays | half the rest / half the rest / 0 |

Only player 0 is paid. Expert: player 0 plays 0 at b0 and xj and at bj with probability 1/C; player
j is uniform at xj, so that player 0 is indifferent. Learner: player j plays 0 at xj, player 0 plays
1 at b0. Player 0 reaches xj C times as often by playing 0 at bj as the expert does, and

\(\mathrm{NashGap}=(n+(n-1)C)\,\epsilon_{BC}/(1-\gamma)^2\).

Source: sharpness witness for the bound T8 (concentrability in the sense of Freihaut et al., 2025).
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, integer, number, within
from ._table import Row, Table, build_game, choose, profile, stay, two_actions
from .w1 import gate


def _differ(j: int) -> list[Row]:
    return [
        Row(1 if a != b else -1, "G" if a != b else "L", {0: a, j: b})
        for a in (0, 1)
        for b in (0, 1)
    ]


def _make(n: int, gamma: Fraction, eps: Fraction, C: Fraction) -> Instance:
    c = eps / (2 * (1 - gamma))
    weight = 2 * c * C / gamma
    formula = "2(1-gamma)/(1+2(n-1)C/gamma)"
    most = 2 * (1 - gamma) / (1 + 2 * (n - 1) * C / gamma)
    within("concentrability.eps", eps, most, formula)
    others = range(1, n)
    table: Table = {
        "b0": gate(0),
        **{f"b{j}": choose(0, (0, f"x{j}"), (0, "N")) for j in others},
        **{f"x{j}": _differ(j) for j in others},
        "G": stay("G", 1),
        "L": stay("L", -1),
        "N": stay("N", 0),
    }
    rest = 1 - c - (n - 1) * weight
    start = {"b0": c, **{f"b{j}": weight for j in others}, "G": rest / 2, "L": rest / 2}
    game = build_game(table, two_actions(n), gamma, start)
    rarely = {(0, f"b{j}"): [1 / C, 1 - 1 / C] for j in others}
    half = [Fraction(1, 2)] * 2
    moved = weight * (1 - 1 / C) + gamma * weight / C
    return Instance(
        game,
        expert=profile(game, {**rarely, **{(j, f"x{j}"): half for j in others}}),
        learner=profile(game, {**rarely, (0, "b0"): 1}),
        expected={
            "nash_gap": (n + (n - 1) * C) * eps / (1 - gamma) ** 2,
            "value_gap": n * eps / (1 - gamma) ** 2,
            "eps_bc": eps,
            "delta": 2 * (1 - gamma) * (n - 1) * moved,
            "C": C,
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "deterministic": True,
            "pure": False,
            "dominant": False,
            "full-support": C > 1,
            "match-rho": False,
        },
    )


GAME = NamedGame(
    "concentrability",
    "A deviation that visits the errors C times as often",
    "sharpness witness for the bound T8",
    "NashGap = (n+(n-1)C) eps_BC/(1-gamma)^2 for every C >= 1",
    {
        "n": integer(2, "players", 2, 6),
        "gamma": OPEN_DISCOUNT,
        "eps": number(
            "1/100",
            "eps_BC",
            "0",
            "2",
            ends="(]",
            also="at most 2(1-gamma)/(1+2(n-1)C/gamma)",
        ),
        "C": number("3", "deviation concentrability", "1", "1000000"),
    },
    _make,
)
