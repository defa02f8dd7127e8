r"""A best response to every deterministic opponent that is not a dominant strategy.

Two players, actions 0 and 1, start on x; player 1 is never paid:

| state | (a_0, a_1) = (0,0)  | (0,1)   | (1,0)   | (1,1)   |
|-------|---------------------|---------|---------|---------|
| x     | \(1-\gamma\), stays | 0 -> T  | 1 -> T  | 0 -> T  |
| T     | 0 stays             | the same | the same | the same |

Expert: (0, 0). Learner: player 1 plays 0 at x with probability p. Against p the expert's action
earns \(p(1-\gamma)/(1-\gamma p)\) and the deviation p, hence \(\mathrm{NashGap}=\gamma
p(1-p)/(1-\gamma p)\): it vanishes at p = 0 and p = 1 and nowhere between. Weak dominance must never
be decided by deterministic opponents alone.

Source: our own example, beside Lemma 3 of Bergerault, Cevher, Mehr (2026).
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import OPEN_DISCOUNT, number
from ._table import Row, build_game, profile, stay, two_actions


def _make(gamma: Fraction, p: Fraction) -> Instance:
    table = {
        "x": [
            Row(1 - gamma, "x", {0: 0, 1: 0}),
            Row(0, "T", {0: 0, 1: 1}),
            Row(1, "T", {0: 1, 1: 0}),
            Row(0, "T", {0: 1, 1: 1}),
        ],
        "T": stay("T", 0),
    }
    game = build_game(table, two_actions(2), gamma, {"x": 1})
    mixed = 0 < p < 1
    earned = p * (1 - gamma) / (1 - gamma * p)
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(1, "x"): [p, 1 - p]}),
        expected={
            "nash_gap": gamma * p * (1 - p) / (1 - gamma * p),
            "value_gap": max(1 - earned, Fraction(0)),
            "expert_value_0": Fraction(1),
            "learner_value_0": earned,
            "eps_bc": 2 * (1 - p),
            "delta": Fraction(2 if mixed else 0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": False,
            "deterministic": True,
            "pure": not mixed,
            "full-support": False,
            "match-rho": p == 1,
        },
    )


GAME = NamedGame(
    "dominance-trap",
    "Best against every deterministic opponent, not dominant",
    "our own example, beside Lemma 3 of Bergerault, Cevher, Mehr (2026)",
    "Weak dominance is not a matter of deterministic opponents",
    {
        "gamma": OPEN_DISCOUNT,
        "p": number("1/2", "probability of action 0 of the learner's player 1", "0", "1"),
    },
    _make,
)
