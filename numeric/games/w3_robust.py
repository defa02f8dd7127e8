r"""W3': Nash expert and a small cloning error on top of the largest gap at exact matching.

n >= 2 players, actions 0 and 1, \(k=\min\{k\ge1:\gamma^k\le1-\gamma\}\),
\(x=(1-2\gamma-\gamma^k)/(1-\gamma^k)\), start 1/n on y0 and on each xj; xj and z' are the gadgets
of the game w2:

| state            | who matters | 0          | 1         |
|------------------|-------------|------------|-----------|
| y0               | player 0    | x -> y1    | +1 -> z'  |
| yt, 1 <= t < k   | nobody      | x -> y(t+1)| the same  |
| yk               | player 0    | +1 -> G    | -1 -> L   |
| G / L            | nobody      | +1 / -1 stays | the same |

Only player 0 is paid. Expert: 0 everywhere, except that player j plays 0 at xj with probability
\(1/(2-\gamma)\). Learner: player 0 plays 1 at yk with probability \(q_0\), player j plays 0 at xj
more often by q, player 1 plays 1 at z'. For
\(\epsilon_{BC}\le\frac{2(1-\gamma)}n\min\{\gamma^k,\frac{1-\gamma}{2-\gamma}\}\)

\(\mathrm{NashGap}=2\gamma/(1-\gamma)+(1+(n-1)(2-\gamma))\epsilon_{BC}/(1-\gamma)^2\).

Source: sharpness witness for the bound T3_robust (any Nash expert, no continuity).
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import integer, number, within
from ._table import Row, Table, build_game, choose, profile, stay, two_actions
from .w1 import gate
from .w2 import gadgets


def steps_before(gamma: Fraction) -> int:
    r"""\(\min\{k\ge1:\gamma^k\le1-\gamma\}\).

    Example:
        >>> steps_before(Fraction(9, 10))
        22
    """
    k, power = 1, gamma
    while power > 1 - gamma:
        k, power = k + 1, power * gamma
    return k


def _make(n: int, gamma: Fraction, eps: Fraction) -> Instance:
    k = steps_before(gamma)
    late = gamma**k
    c = eps / (2 * (1 - gamma))
    most = min(late, (1 - gamma) / (2 - gamma))
    formula = "2(1-gamma)/n min{gamma^k, (1-gamma)/(2-gamma)}"
    within("w3-robust.eps", eps, 2 * (1 - gamma) / n * most, formula)
    x = (1 - 2 * gamma - late) / (1 - late)
    table: Table = {
        "y0": choose(0, (x, "y1"), (1, "z'")),
        **{f"y{t}": [Row(x, f"y{t + 1}")] for t in range(1, k)},
        f"y{k}": gate(0),
        **gadgets(n),
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    start = {state: Fraction(1, n) for state in ["y0", *(f"x{j}" for j in range(1, n))]}
    game = build_game(table, two_actions(n), gamma, start)
    u, late_error, error = 1 / (2 - gamma), n * c / late, n * c
    others = range(1, n)
    expert = {(j, f"x{j}"): [u, 1 - u] for j in others}
    errs = {(j, f"x{j}"): [u + error, 1 - u - error] for j in others}
    late_row = [1 - late_error, late_error]
    gap = 2 * gamma / (1 - gamma) + (1 + (n - 1) * (2 - gamma)) * eps / (1 - gamma) ** 2
    return Instance(
        game,
        expert=profile(game, expert),
        learner=profile(game, {**errs, (0, f"y{k}"): late_row, (1, "z'"): 1}),
        expected={
            "nash_gap": gap,
            "value_gap": n * eps / (1 - gamma) ** 2,
            "eps_bc": eps,
            "delta": 2 * (1 - gamma),
            "C": math.inf,
        },
        assumptions={
            "nash": True,
            "deterministic": True,
            "full-support": False,
            "dominant": False,
            "match-rho": eps == 0,
        },
    )


GAME = NamedGame(
    "w3-robust",
    "Nash expert, small errors on top of the largest gap at exact matching",
    "sharpness witness for the bound T3_robust",
    "NashGap = 2gamma/(1-gamma) + (1+(n-1)(2-gamma)) eps_BC/(1-gamma)^2, attained for small eps_BC",
    {
        "n": integer(2, "players", 2, 6),
        "gamma": number("1/2", "discount", "0", "99/100", ends="(]"),
        "eps": number(
            "1/10",
            "eps_BC",
            "0",
            "1",
            also="at most 2(1-gamma)/n min{gamma^k, (1-gamma)/(2-gamma)}, gamma^k <= 1-gamma",
        ),
    },
    _make,
)
