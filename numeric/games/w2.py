r"""W2: the worst game for a Nash expert whose best response moves by delta.

n >= 2 players, actions 0 and 1, \(u=1/(2-\gamma)\), \(c=\epsilon_{BC}/(2(1-\gamma))\),
\(d=\delta/(2(1-\gamma))\), \(nc+d\le1\). The game w1, with b0, bj, z, G, L and learner errors as
there, and for each j >= 1 a gadget xj; z' is shared:

| state | (a_0, a_j) = (0,0) | (0,1)   | (1,0)     | (1,1)     |
|-------|--------------------|---------|-----------|-----------|
| xj    | -1 -> L            | +1 -> G | +1 -> z'  | -1 -> z'  |

| state | a_1 = 0   | a_1 = 1   |
|-------|-----------|-----------|
| z'    | -1 stays  | +1 stays  |

Only player 0 is paid. Expert: 0 everywhere except that player j plays 0 at xj with probability u,
which makes player 0 indifferent there. Learner: player j plays 0 at xj with probability \(u+q\) and
player 1 plays 1 at z'. Errors go to the gadgets first, up to \(q=(1-\gamma)/(2-\gamma)\), the rest
to the bj. Player 0's best response then moves at every xj, \(\delta=2(1-\gamma)\sum_j\nu(x_j)\),
and

\(\mathrm{NashGap}=[\epsilon+\min\{(2-\gamma)Y+\gamma\delta,\ \gamma
Y+\kappa\delta\}]/(1-\gamma)^2\), \(Y=(n-1)\epsilon\), \(\kappa=1-\gamma(1-\gamma)/(2-\gamma)\).

Source: sharpness witness for the bound T2 (Nash expert, delta-continuous best response).
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, integer, number, within
from ._table import Row, Table, build_game, choose, profile, stay, two_actions
from .w1 import gate


def gadgets(n: int) -> Table:
    """The states x1, ..., x(n-1) and z', where player 0 is led away from what the expert shows."""
    table = {
        f"x{j}": [
            Row(-1, "L", {0: 0, j: 0}),
            Row(1, "G", {0: 0, j: 1}),
            Row(1, "z'", {0: 1, j: 0}),
            Row(-1, "z'", {0: 1, j: 1}),
        ]
        for j in range(1, n)
    }
    return {**table, "z'": choose(1, (-1, "z'"), (1, "z'"))}


def _make(n: int, gamma: Fraction, eps: Fraction, delta: Fraction) -> Instance:
    scale = 2 * (1 - gamma)
    c, d = eps / scale, delta / scale
    within("w2.eps", n * eps + delta, scale, "2(1-gamma) for n eps + delta")
    most = (1 - gamma) / (2 - gamma)
    weight = d / (n - 1)
    error = min(most, c / weight) if d else Fraction(0)
    rest = c - weight * error
    table: Table = {
        "b0": gate(0),
        **{f"b{j}": choose(j, (1, "G"), (1, "z")) for j in range(1, n)},
        "z": gate(0),
        **gadgets(n),
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    others = range(1, n)
    start = {"b0": c, **{f"b{j}": rest for j in others}, **{f"x{j}": weight for j in others}}
    start["G"] = 1 - sum(start.values(), start=Fraction(0))
    game = build_game(table, two_actions(n), gamma, start)
    u = 1 / (2 - gamma)
    expert = {(j, f"x{j}"): [u, 1 - u] for j in others}
    errs = {(j, f"x{j}"): [u + error, 1 - u - error] for j in others}
    pure = {**{(j, f"b{j}"): 1 for j in range(n)}, (0, "z"): 1, (1, "z'"): 1}
    total, kappa = (n - 1) * eps, 1 - gamma * (1 - gamma) / (2 - gamma)
    moved = min((2 - gamma) * total + gamma * delta, gamma * total + kappa * delta)
    value_gap = c + (n - 1) * (gamma * rest + weight * error)
    return Instance(
        game,
        expert=profile(game, expert),
        learner=profile(game, {**errs, **pure}),
        expected={
            "nash_gap": (eps + moved) / (1 - gamma) ** 2,
            "value_gap": 2 / (1 - gamma) * value_gap,
            "eps_bc": eps,
            "delta": delta,
            "C": math.inf if d > 0 or rest > 0 else Fraction(1),
        },
        assumptions={
            "nash": True,
            "deterministic": True,
            "full-support": False,
            "turn-based": False,
            "dominant": d == 0,
            "match-rho": eps == 0,
        },
    )


GAME = NamedGame(
    "w2",
    "Nash expert: errors that make the best response move",
    "sharpness witness for the bound T2",
    "The exact worst case in eps_BC and delta together for a Nash expert",
    {
        "n": integer(2, "players", 2, 7),
        "gamma": OPEN_DISCOUNT,
        "eps": number("1/20", "eps_BC", "0", "2", also="n eps + delta at most 2(1-gamma)"),
        "delta": number("1/20", "shift of the best response", "0", "2"),
    },
    _make,
)
