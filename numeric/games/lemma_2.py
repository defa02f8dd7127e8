r"""The chain of Lemma 2: a rare state, a vanishing cloning error, a best response that jumps.

Two players, actions 0 and 1, mass k on each of s1, G, L and 1-3k on s0; player 1 is never paid:

| state | who matters | 0          | 1          |
|-------|-------------|------------|------------|
| s0    | player 0    | 0 stays    | 0 -> s1    |
| s1    | player 1    | -1 -> L    | +1 -> G    |
| G     | nobody      | +1 stays   | +1 stays   |
| L     | nobody      | -1 stays   | -1 stays   |

Expert: 0 everywhere. Learner: player 1 plays 1 at s1. Full support and
\(\epsilon_{BC}=2(1-\gamma)k\to0\), but player 0's only best response moves from 0 to 1 at s0:
\(\delta=2(1-3k)\), \(\mathrm{NashGap}=(1-3k)\gamma/(1-\gamma)\).

Source: Bergerault, Cevher, Mehr (2026), Lemma 2 (the rare-state chain; reconstructed).
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, number
from ._table import build_game, choose, profile, stay, two_actions


def _make(gamma: Fraction, k: Fraction) -> Instance:
    table = {
        "s0": choose(0, (0, "s0"), (0, "s1")),
        "s1": choose(1, (-1, "L"), (1, "G")),
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    start = {"s0": 1 - 3 * k, "s1": k, "G": k, "L": k}
    game = build_game(table, two_actions(2), gamma, start)
    moves = gamma > 0
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(1, "s1"): 1}),
        expected={
            "nash_gap": (1 - 3 * k) * gamma / (1 - gamma),
            "value_gap": Fraction(0),
            "eps_bc": 2 * (1 - gamma) * k,
            "eps_mu": 2 * gamma * k,
            "eps_rho": 2 * k,
            "delta": 2 * (1 - 3 * k) if moves else Fraction(0),
            "C": 1 + gamma * (1 - 3 * k) / k,
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "full-support": True,
            "match-rho": False,
            "dominant": not moves,
        },
    )


GAME = NamedGame(
    "lemma-2",
    "The rare-state chain",
    "Bergerault, Cevher, Mehr (2026), Lemma 2 (reconstructed)",
    "With full support and a tiny cloning error the best response can still jump",
    {
        "gamma": DISCOUNT,
        "k": number("1/100", "start mass of each rare state", "0", "1/3", ends="()"),
    },
    _make,
)
