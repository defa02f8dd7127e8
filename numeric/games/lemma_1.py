r"""The game of Lemma 1: state-only matching with full support leaves a gap of order 1/(1-gamma).

Two players who are paid the same, actions a and b, start uniform on three states. Joint action (a,
b) moves forwards round the cycle s0, s1, s2, every other one moves backwards:

| state | (a, b)      | any other joint action |
|-------|-------------|------------------------|
| s0    | +1 -> s1    | -1 -> s2               |
| s1    | +1 -> s2    | -1 -> s0               |
| s2    |  0 -> s0    | -1 -> s1               |

Expert: (a, b) everywhere. Learner: the constant (a, a). Every joint action permutes the states, so
whatever deterministic profile is played constantly keeps the uniform distribution and every policy
has full support; \(\mu_\pi=\mu_{\pi^E}\) exactly, while \(V^\pi=-1/(1-\gamma)\) and
\(V^{\pi^E}=\frac23/(1-\gamma)\). The second player's best response is to follow the expert, hence
\(\mathrm{NashGap}=\frac53/(1-\gamma)\).

Source: Bergerault, Cevher, Mehr (2026), Lemma 1. The game is reconstructed from the values and the
properties that the lemma states.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT
from ._table import Row, build_game, common, profile

CYCLE = ("s0", "s1", "s2")


def _make(gamma: Fraction) -> Instance:
    table = {}
    for k, state in enumerate(CYCLE):
        onward, back = CYCLE[(k + 1) % 3], CYCLE[(k + 2) % 3]
        table[state] = [
            Row(0 if state == "s2" else 1, onward, {0: 0, 1: 1}),
            Row(-1, back, {0: 0, 1: 0}),
            Row(-1, back, {0: 1}),
        ]
    start = {state: Fraction(1, 3) for state in CYCLE}
    game = build_game(table, [["a", "b"], ["a", "b"]], gamma, start, common)
    horizon = 1 / (1 - gamma)
    return Instance(
        game,
        expert=profile(game, {(1, state): 1 for state in CYCLE}),
        learner=profile(game),
        expected={
            "nash_gap": Fraction(5, 3) * horizon,
            "value_gap": Fraction(5, 3) * horizon,
            "expert_value_1": Fraction(2, 3) * horizon,
            "learner_value_1": -horizon,
            "eps_bc": Fraction(2),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(2),
            "delta": Fraction(0),
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "team-optimal": True,
            "common-payoff": True,
            "deterministic": True,
            "pure": True,
            "full-support": True,
            "match-mu": True,
            "match-rho": False,
            "turn-based": False,
        },
    )


GAME = NamedGame(
    "lemma-1",
    "A cycle walked forwards by the expert and backwards by the learner",
    "Bergerault, Cevher, Mehr (2026), Lemma 1 (reconstructed)",
    "Equal state occupancy and full support do not bound the Nash gap: (5/3)/(1-gamma)",
    {"gamma": DISCOUNT},
    _make,
)
