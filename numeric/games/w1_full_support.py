r"""W1': the bound for dominant-strategy experts is met with full state support as well.

n players, actions 0 and 1, \(c=\epsilon_{BC}/(2(1-\gamma))\le1/n\):

| state       | who matters | 0         | 1          | start    |
|-------------|-------------|-----------|------------|----------|
| bj, j >= 1  | player j    | +1 -> G   | +1 -> z    | c        |
| z           | player 0    | +1 -> G   | -1 stays   | c        |
| G           | nobody      | +1 stays  | +1 stays   | the rest |

Expert: 0 everywhere. Learner: player j plays 1 at bj, player 0 plays 1 at z. All n+1 states are
visited and \(\mathrm{NashGap}=(1+(n-1)\gamma)\epsilon_{BC}/(1-\gamma)^2\).

Source: sharpness witness for the bound T1 with full state support.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, choice, integer, number, within
from ._table import PAYOFFS, build_game, choose, profile, stay, two_actions


def _make(n: int, gamma: Fraction, eps: Fraction, payoffs: str) -> Instance:
    c = eps / (2 * (1 - gamma))
    within("w1-full-support.eps", eps, 2 * (1 - gamma) / n, "2(1-gamma)/n")
    table = {
        **{f"b{j}": choose(j, (1, "G"), (1, "z")) for j in range(1, n)},
        "z": choose(0, (1, "G"), (-1, "z")),
        "G": stay("G", 1),
    }
    start = {**{f"b{j}": c for j in range(1, n)}, "z": c, "G": 1 - n * c}
    game = build_game(table, two_actions(n), gamma, start, PAYOFFS[payoffs])
    gap = (1 + (n - 1) * gamma) * eps / (1 - gamma) ** 2
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(0, "z"): 1, **{(j, f"b{j}"): 1 for j in range(1, n)}}),
        expected={
            "nash_gap": gap,
            "value_gap": gap,
            "eps_bc": eps,
            "eps_mu": 2 * gamma * n * c,
            "eps_rho": 2 * n * c,
            "delta": Fraction(0),
            "C": 1 + gamma if n > 1 and c > 0 else Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "full-support": c > 0,
            "match-rho": c == 0,
            **({"team-optimal": True, "common-payoff": True} if payoffs == "common" else {}),
        },
    )


GAME = NamedGame(
    "w1-full-support",
    "Dominant-strategy expert that visits every state",
    "sharpness witness for the bound T1 with full state support",
    "Full support does not improve the bound for dominant-strategy experts",
    {
        "n": integer(2, "players", 1, 10),
        "gamma": OPEN_DISCOUNT,
        "eps": number("1/20", "eps_BC", "0", "2", also="at most 2(1-gamma)/n"),
        "payoffs": choice("alone", "who is paid player 0's reward", "alone", "common"),
    },
    _make,
)
