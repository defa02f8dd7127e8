r"""S2: the largest gap in cloning error and shift together, for an expert that need not be Nash.

The game w1, with b0, bj, z, G, L, its expert and its learner, and one more state,
\(c=\epsilon_{BC}/(2(1-\gamma))\):

| state | who matters | 0       | 1       | start                      |
|-------|-------------|---------|---------|----------------------------|
| d     | player 0    | +1 -> G | -1 -> L | \(\delta/(2(1-\gamma))\)   |

Expert and learner play 1 at d: nothing is imitated wrongly there, and yet player 0's best response
moves, by \(\delta\). For \(n\epsilon_{BC}+\delta\le2(1-\gamma)\)

\(\mathrm{NashGap}=[(1+(n-1)\gamma)\epsilon_{BC}+\delta]/(1-\gamma)^2\).

Source: sharpness witness for the bound S2, NashGap <= ((1+(n-1)gamma) eps_BC + delta)/(1-gamma)^2,
and so for the coefficient of delta in Lemma 4 of Bergerault, Cevher, Mehr (2026).
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, integer, number, within
from ._table import build_game, choose, profile, stay, two_actions
from .w1 import gate


def _make(n: int, gamma: Fraction, eps: Fraction, delta: Fraction) -> Instance:
    scale = 2 * (1 - gamma)
    within("s2.eps", n * eps + delta, scale, "2(1-gamma) for n eps + delta")
    c, d = eps / scale, delta / scale
    table = {
        "b0": gate(0),
        **{f"b{j}": choose(j, (1, "G"), (1, "z")) for j in range(1, n)},
        "z": gate(0),
        "d": gate(0),
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    start = {**{f"b{j}": c for j in range(n)}, "d": d, "G": 1 - n * c - d}
    game = build_game(table, two_actions(n), gamma, start)
    errs = {(j, f"b{j}"): 1 for j in range(n)}
    lost = (1 + (n - 1) * gamma) * eps / (1 - gamma) ** 2
    reaches_z = gamma > 0 and n > 1 and c > 0
    return Instance(
        game,
        expert=profile(game, {(0, "d"): 1}),
        learner=profile(game, {**errs, (0, "z"): 1, (0, "d"): 1}),
        expected={
            "nash_gap": lost + delta / (1 - gamma) ** 2,
            "value_gap": lost,
            "eps_bc": eps,
            "eps_mu": 2 * gamma * n * c,
            "eps_rho": 2 * n * c,
            "delta": delta,
            "C": math.inf if reaches_z else Fraction(1),
        },
        assumptions={
            "nash": d == 0,
            "dominant": d == 0,
            "deterministic": True,
            "turn-based": True,
            "pure": True,
            "full-support": False,
            "match-rho": c == 0,
        },
    )


GAME = NamedGame(
    "s2",
    "A best response that moves, with an expert that is not Nash",
    "sharpness witness for the bound S2",
    "The coefficient 1 of delta in Lemma 4 is attained when the expert need not be Nash",
    {
        "n": integer(2, "players", 1, 9),
        "gamma": DISCOUNT,
        "eps": number("1/20", "eps_BC", "0", "2", also="n eps + delta at most 2(1-gamma)"),
        "delta": number("1/20", "shift of the best response", "0", "2"),
    },
    _make,
)
