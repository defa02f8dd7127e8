r"""Theorem 2: exact state-action matching without full support leaves a gap linear in 1/(1-gamma).

Two players, actions 0 and 1, start on s0, player 1 is never paid:

| state | who matters | 0          | 1          |
|-------|-------------|------------|------------|
| s0    | player 0    | 0 -> s1    | 0 -> s2    |
| s1    | nobody      | 0 stays    | 0 stays    |
| s2    | player 1    | 0 stays    | +1 stays   |

Expert: 0 everywhere, so s2 is never seen. Learner: the same, but player 1 plays 1 at s2. Then
\(\rho_\pi=\rho_{\pi^E}\), and going to s2 gains \(\gamma/(1-\gamma)\).

Source: Bergerault, Cevher, Mehr (2026), Theorem 2, after Tang et al. (2024), *Multi-Agent Imitation
Learning: Value is Easy, Regret is Hard*, Figure 2; a two-player game of that kind, smallest
rewards.
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT
from ._table import build_game, choose, profile, stay, two_actions


def _make(gamma: Fraction) -> Instance:
    table = {
        "s0": choose(0, (0, "s1"), (0, "s2")),
        "s1": stay("s1", 0),
        "s2": choose(1, (0, "s2"), (1, "s2")),
    }
    game = build_game(table, two_actions(2), gamma, {"s0": 1})
    moves = gamma > 0
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(1, "s2"): 1}),
        expected={
            "nash_gap": gamma / (1 - gamma),
            "value_gap": Fraction(0),
            "eps_bc": Fraction(0),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(0),
            "delta": 2 * (1 - gamma) if moves else Fraction(0),
            "C": math.inf if moves else Fraction(1),
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "match-rho": True,
            "full-support": False,
            "dominant": not moves,
        },
    )


GAME = NamedGame(
    "theorem-2",
    "A fork of which the expert shows one side",
    "Bergerault, Cevher, Mehr (2026), Theorem 2; after Tang et al. (2024), Figure 2",
    "Exact state-action matching without full support: NashGap = gamma/(1-gamma)",
    {"gamma": DISCOUNT},
    _make,
)
