r"""W1: the worst game for a dominant-strategy expert, over the whole range of the cloning error.

n players, actions 0 and 1, \(c=\epsilon_{BC}/(2(1-\gamma))\); player 0 is the one who exploits:

| state       | who matters | 0         | 1         | start                       |
|-------------|-------------|-----------|-----------|-----------------------------|
| b0          | player 0    | +1 -> G   | -1 -> L   | \(w_0\)                     |
| bj, j >= 1  | player j    | +1 -> G   | +1 -> z   | \(w_j\)                     |
| z           | player 0    | +1 -> G   | -1 -> L   | 0                           |
| G           | nobody      | +1 stays  | +1 stays  | the rest                    |
| L           | nobody      | -1 stays  | -1 stays  | 0                           |

Expert: 0 everywhere. Learner: player j plays 1 at bj with probability \(q_j\), player 0 plays 1 at
z. For \(c\le1/n\) all \(w_j=c\), \(q_j=1\) (learner "pure") or \(w_j=1/n\), \(q_j=nc\) (learner
"mixed", one game for the whole range); for \(c>1/n\) \(w_0=c\), \(w_j=(1-c)/(n-1)\), \(q_j=1\). The
others are paid nothing (payoffs "alone") or the same as player 0 ("common").

\(\mathrm{NashGap}=\frac2{1-\gamma}\min\{c(1+(n-1)\gamma),\,c+\gamma(1-c),\,1\}\), the supremum over
all games with a weakly dominant expert.

Source: sharpness witness for the bound T1, NashGap <= (1+(n-1)gamma) eps_BC/(1-gamma)^2.
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, choice, integer, number, within
from ._table import PAYOFFS, Row, build_game, choose, profile, stay, two_actions

HALF_RANGE = "2(1-gamma)"


def error_weights(n: int, c: Fraction) -> list[Fraction]:
    """The start masses of b0, ..., b(n-1) that make player 0's error c and nobody's larger."""
    return [c] * n if c * n <= 1 else [c] + [(1 - c) / (n - 1)] * (n - 1)


def gate(player: int) -> list[Row]:
    """A state at which a player's 0 earns +1 forever and 1 loses 1 forever."""
    return choose(player, (1, "G"), (-1, "L"))


def _make(n: int, gamma: Fraction, eps: Fraction, payoffs: str, learner: str) -> Instance:
    c = eps / (2 * (1 - gamma))
    within("w1.eps", eps, 2 * (1 - gamma), HALF_RANGE)
    spread = learner == "mixed" and n * c <= 1
    weights = [Fraction(1, n)] * n if spread else error_weights(n, c)
    error = n * c if spread else Fraction(1)
    table = {
        "b0": gate(0),
        **{f"b{j}": choose(j, (1, "G"), (1, "z")) for j in range(1, n)},
        "z": gate(0),
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    start = {f"b{j}": weight for j, weight in enumerate(weights)}
    start["G"] = 1 - sum(weights, start=Fraction(0))
    game = build_game(table, two_actions(n), gamma, start, PAYOFFS[payoffs])
    errs = {(j, f"b{j}"): [1 - error, error] for j in range(n)}
    total = error * sum(weights, start=Fraction(0))
    gap = 2 / (1 - gamma) * min(c * (1 + (n - 1) * gamma), c + gamma * (1 - c), Fraction(1))
    reaches_z = gamma > 0 and n > 1 and weights[1] > 0
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {**errs, (0, "z"): 1}),
        expected={
            "nash_gap": gap,
            "value_gap": gap,
            "eps_bc": eps,
            "eps_mu": 2 * gamma * total,
            "eps_rho": 2 * total,
            "delta": Fraction(0),
            "C": math.inf if reaches_z else Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": True,
            "deterministic": True,
            "turn-based": True,
            "pure": error in (0, 1),
            "full-support": False,
            "match-rho": total == 0,
            **({"team-optimal": True, "common-payoff": True} if payoffs == "common" else {}),
        },
    )


GAME = NamedGame(
    "w1",
    "Dominant-strategy expert: everyone errs once, player 0 pays twice",
    "sharpness witness for the bound T1",
    "The worst case (2/(1-gamma)) min{c(1+(n-1)gamma), c+gamma(1-c), 1} for a dominant expert",
    {
        "n": integer(2, "players", 1, 10),
        "gamma": DISCOUNT,
        "eps": number("1/10", "eps_BC", "0", "2", also=f"at most {HALF_RANGE}"),
        "payoffs": choice("alone", "who is paid player 0's reward", "alone", "common"),
        "learner": choice("pure", "how it errs", "pure", "mixed"),
    },
    _make,
)
