r"""A stochastic kernel that beats every deterministic one.

Two players, actions 0 and 1, start on s0; player 1 is never paid, and player 0's reward depends on
the state and its own action:

| state | who matters | 0            | 1                                            |
|-------|-------------|--------------|----------------------------------------------|
| s0    | player 0    | r, stays     | -1 -> s1 with probability p, else stays      |
| s1    | player 1    | +1 -> s0     | +1 stays                                     |

with \(r=(1-\gamma)U\), \(U=-(1-\gamma p)/(1-\gamma(1-p)-\gamma^2p)\), so that player 0 is
indifferent at s0. Expert: 0 everywhere, so s1 is never seen. Learner: player 1 plays 1 at s1. Then
\(\rho_\pi=\rho_{\pi^E}\), and player 0 gains

\[\mathrm{NashGap}=\frac{\gamma p/(1-\gamma)-1}{1-\gamma(1-p)}-U.\]

At discount 9/10 it is 162/19 (about 8.53) for p = 1, the most that a deterministic kernel with two
states and rewards of the own action allows, but above 10.38 for p = 7/20. The best p is irrational,
and so is the supremum, a root of \(9x^2-440x+3600\).

Source: our own example, found by the search.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, number
from ._table import build_game, choose, profile, two_actions


def _make(gamma: Fraction, p: Fraction) -> Instance:
    back = gamma * (1 - p)
    indifferent = -(1 - gamma * p) / (1 - back - gamma**2 * p)
    table = {
        "s0": choose(0, ((1 - gamma) * indifferent, "s0"), (-1, {"s0": 1 - p, "s1": p})),
        "s1": choose(1, (1, "s0"), (1, "s1")),
    }
    game = build_game(table, two_actions(2), gamma, {"s0": 1})
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(1, "s1"): 1}),
        expected={
            "nash_gap": (gamma * p / (1 - gamma) - 1) / (1 - back) - indifferent,
            "value_gap": Fraction(0),
            "eps_bc": Fraction(0),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(0),
        },
        assumptions={
            "nash": True,
            "match-rho": True,
            "own-rewards": True,
            "turn-based": True,
            "pure": True,
            "deterministic": p in (0, 1),
            "full-support": False,
            "strict-nash": False,
        },
    )


GAME = NamedGame(
    "stochastic-kernel",
    "A stochastic kernel beats every deterministic one",
    "our own example, found by the search",
    "Suprema over deterministic kernels are lower bounds only",
    {
        "gamma": DISCOUNT,
        "p": number("7/20", "probability that player 0's action 1 leads from s0 to s1", "0", "1"),
    },
    _make,
)
