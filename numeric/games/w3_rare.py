r"""W3 with a rare start on the state that the expert does not reach: full support, nothing gained.

The game W3 (payoffs "alone") with start mass k on s1 and 1-k on s0:

| state | who matters | 0                                   | 1            | start |
|-------|-------------|-------------------------------------|--------------|-------|
| s0    | player 0    | \((1-\gamma)t-\gamma\), stays       | t -> s1      | 1-k   |
| s1    | player 1    | -1 stays                            | +1 stays     | k     |

\(\epsilon_{BC}=2k\to0\) with full support, yet \(\mathrm{NashGap}=(1-k)\,2\gamma/(1-\gamma)\).

Source: sharpness witness beside Lemma 2 of Bergerault, Cevher, Mehr (2026): the largest gap of its
kind.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, number
from ._table import profile
from .w3 import shape


def _make(gamma: Fraction, k: Fraction, t: Fraction) -> Instance:
    game = shape(gamma, t, "alone", k)
    moves = gamma > 0
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(1, "s1"): 1}),
        expected={
            "nash_gap": (1 - k) * 2 * gamma / (1 - gamma),
            "value_gap": Fraction(0),
            "eps_bc": 2 * k,
            "eps_mu": Fraction(0),
            "eps_rho": 2 * k,
            "delta": 2 * (1 - k) if moves else Fraction(0),
            "C": 1 + gamma * (1 - k) / k,
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "full-support": True,
            "match-mu": True,
            "match-rho": False,
            "dominant": not moves,
        },
    )


GAME = NamedGame(
    "w3-rare",
    "Full support through a rare start, and almost the largest possible gap",
    "sharpness witness beside Lemma 2 of Bergerault, Cevher, Mehr (2026)",
    "Full support with eps_BC = 2k -> 0 and NashGap = (1-k) 2gamma/(1-gamma)",
    {
        "gamma": DISCOUNT,
        "k": number("1/100", "start mass of s1", "0", "1", ends="()"),
        "t": number("-1", "reward of leaving s0", "-1", "1"),
    },
    _make,
)
