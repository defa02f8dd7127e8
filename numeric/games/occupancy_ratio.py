r"""The cloning error can exceed the occupancy error, by a factor of up to 1 + gamma.

One player, actions 0 and 1, start on s1, no rewards:

| state | 0       | 1         |
|-------|---------|-----------|
| s1    | 0 -> s2 | 0 stays   |
| s2    | 0 stays | 0 stays   |

Expert: 1 at s1 with probability q, 0 at s2. Learner: 0 at s1, and 1 at s2 with probability
\(q(1-\gamma)/(1-\gamma q)\).

\(\epsilon_{BC}/\epsilon_\rho=1+\gamma(1-q)/(1-\gamma q)\to1+\gamma\) as \(q\to0\).

Source: sharpness witness for the occupancy relation T5d, eps_BC <= (1+gamma) eps_rho.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, number
from ._table import build_game, choose, profile, stay


def _make(gamma: Fraction, q: Fraction) -> Instance:
    table = {"s1": choose(0, (0, "s2"), (0, "s1")), "s2": stay("s2", 0)}
    game = build_game(table, [["0", "1"]], gamma, {"s1": 1})
    seen = (1 - gamma) / (1 - gamma * q)
    late = q * seen
    return Instance(
        game,
        expert=profile(game, {(0, "s1"): [1 - q, q]}),
        learner=profile(game, {(0, "s2"): [1 - late, late]}),
        expected={
            "nash_gap": Fraction(0),
            "value_gap": Fraction(0),
            "eps_bc": 2 * q * seen * (1 + gamma * (1 - q) / (1 - gamma * q)),
            "eps_mu": 2 * (seen - (1 - gamma)),
            "eps_rho": 2 * q * seen,
            "delta": Fraction(0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": True,
            "deterministic": True,
            "pure": False,
            "full-support": gamma > 0,
            "match-rho": False,
        },
    )


GAME = NamedGame(
    "occupancy-ratio",
    "Equal pairs at different times",
    "sharpness witness for the occupancy relation T5d",
    "eps_BC/eps_rho = 1 + gamma(1-q)/(1-gamma q), so the constant 1+gamma is optimal",
    {
        "gamma": DISCOUNT,
        "q": number("1/100", "probability that the expert stays", "0", "1", ends="()"),
    },
    _make,
)
