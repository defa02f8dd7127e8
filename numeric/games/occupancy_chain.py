r"""A chain of small errors for a Nash expert: how much more than \(2\gamma/(1-\gamma)\) they allow.

Two players, actions 0 and 1; only player 0 is paid, and exploits. Start mass w on x and the rest in
equal parts on u1, ..., uK, d1, ..., dK:

| state  | (a_0, a_1) = (0,0) | (0,1)          | (1,0)        | (1,1)    |
|--------|--------------------|----------------|--------------|----------|
| x      | -1 -> d1           | -1 -> u1       | r_x -> z     | +1 -> z  |
| uk     | -1 -> E            | -1 -> u(k+1)   | -1 -> z      | +1 -> z  |
| dk     | r_k -> E           | +1 -> d(k+1)   | +1 -> z      | -1 -> z  |
| E      | -1 stays           | -1 stays       | -1 stays     | -1 stays |
| z      | -1 stays           | +1 stays       | -1 stays     | +1 stays |

with E for u(K+1) and d(K+1). Player 0 plays 0. Player 1 errs at x with probability y. What the
learner visits too often, at uk, it does in action 1; what it visits too seldom, at dk, the expert
does in action 1; so the error of the policies is large against that of the occupancies:
\(\varepsilon_\rho=2wy(1-\gamma^{K+1})\). The learner plays 1 at z, which the expert never visits.
The rewards r_x and r_k make both actions of player 0 worth the same against the expert, which so is
Nash.

As w and y go to 0 and K grows,
\((\mathrm{NashGap}-\tfrac{2\gamma}{1-\gamma})(1-\gamma)/\varepsilon_\rho\to1+\gamma+\gamma^2\).

Source: lower bound on the slope of the bound T7_sharper, \(2+\gamma\).
"""

from fractions import Fraction

from nashgap.theory.errors import BadInput

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, integer, number
from ._table import Row, build_game, choose, profile, stay, two_actions


def _rows(*outcomes: tuple[Fraction | int, str]) -> list[Row]:
    joint = ((0, 0), (0, 1), (1, 0), (1, 1))
    return [Row(r, to, dict(enumerate(a))) for a, (r, to) in zip(joint, outcomes, strict=True)]


def _make(gamma: Fraction, K: int, y: Fraction, w: Fraction) -> Instance:
    each, end = (1 - w) / (2 * K), Fraction(-1) / (1 - gamma)
    moved = [w * y * gamma**k for k in range(K + 1)]
    arrives = [each + (gamma * w if k == 1 else moved[k - 1] * gamma) for k in range(K + 1)]
    ups = {k: moved[k] / (each + moved[k]) for k in range(1, K + 1)}
    downs = {k: moved[k] / arrives[k] for k in range(1, K + 1)}
    table: dict[str, list[Row]] = {}
    gain = Fraction(0)
    later, shown = end, Fraction(0)
    for k in range(K, 0, -1):
        worth = 1 - 2 * downs[k] + gamma * end
        paid = (worth - downs[k] * (1 + gamma * later)) / (1 - downs[k]) - gamma * end
        if not -1 <= paid <= 1:
            raise BadInput("occupancy-chain.y", f"given {y}", "a smaller error")
        here, after = f"d{k}", f"d{k + 1}" if k < K else "E"
        table[here] = _rows((paid, "E"), (1, after), (1, "z"), (-1, "z"))
        table[f"u{k}"] = _rows((-1, "E"), (-1, f"u{k + 1}" if k < K else "E"), (-1, "z"), (1, "z"))
        shown = paid + gamma * end
        later = worth
        gain += each * (2 * ups[k] + 1 - shown)
    paid = gamma * (later - end) - 1
    table["x"] = _rows((-1, "d1"), (-1, "u1"), (paid, "z"), (1, "z"))
    table |= {"E": stay("E", -1), "z": choose(1, (-1, "z"), (1, "z"))}
    lost = (1 - gamma) * (w * y + sum(each * ups[k] + moved[k] for k in ups))
    gain += gamma / (1 - gamma) + w * (y + (1 - y) * paid) - (1 - w) / 2 * (1 + end)
    gain -= w * (gamma * ((1 - y) * shown + y * end) - 1)
    start = {"x": w, **{f"{side}{k}": each for side in "ud" for k in range(1, K + 1)}}
    game = build_game(table, two_actions(2), gamma, start)
    expert = {(1, f"d{k}"): [1 - p, p] for k, p in downs.items()}
    learner = {(1, f"u{k}"): [1 - p, p] for k, p in ups.items()}
    return Instance(
        game,
        expert=profile(game, expert),
        learner=profile(game, {**learner, (1, "x"): [1 - y, y], (1, "z"): 1}),
        expected={
            "nash_gap": gain,
            "eps_bc": 2 * lost,
            "eps_rho": 2 * w * y * (1 - gamma ** (K + 1)),
        },
        assumptions={"nash": True, "full-support": False, "deterministic": True},
    )


GAME = NamedGame(
    "occupancy-chain",
    "A chain of small errors",
    "lower bound on the slope of the bound T7_sharper",
    "Beyond 2gamma/(1-gamma) the gap grows at least by (1+gamma+gamma^2)/(1-gamma) per eps_rho",
    {
        "gamma": OPEN_DISCOUNT,
        "K": integer(2, "length of the chain", 1, 40),
        "y": number("1/100", "the first error", "0", "1/4", ends="()"),
        "w": number("1/100", "start mass of the first error", "0", "1/4", ends="()"),
    },
    _make,
)
