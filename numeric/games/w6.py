r"""W6: the gap of a dominant-strategy expert in the occupancy error, with no factor n.

n >= 2 players, actions 0 and 1, start w on s and the rest on G:

| state | (a_0, a_1) = (0, 0) | any other |
|-------|---------------------|-----------|
| s     | +1 -> G             | -1 -> L   |
| G     | +1 stays            | +1 stays  |
| L     | -1 stays            | -1 stays  |

Only player 0 is paid. Expert: 0 everywhere, but player 1 plays 1 at s with probability q. Learner:
0 everywhere, but player 0 plays 1 at s with probability q. The states are matched exactly,
\(\epsilon_\rho=2q(1-\gamma)w\), and \(\mathrm{NashGap}=\epsilon_\rho/(1-\gamma)^2\).

Source: sharpness witness for the bound T6, NashGap <= eps_rho/(1-gamma)^2 for a dominant expert.
"""

from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, integer, number
from ._table import Row, build_game, profile, stay, two_actions


def _make(n: int, gamma: Fraction, q: Fraction, w: Fraction) -> Instance:
    table = {
        "s": [Row(1, "G", {0: 0, 1: 0}), Row(-1, "L", {0: 0, 1: 1}), Row(-1, "L", {0: 1})],
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    game = build_game(table, two_actions(n), gamma, {"s": w, "G": 1 - w})
    eps = 2 * q * (1 - gamma) * w
    return Instance(
        game,
        expert=profile(game, {(1, "s"): [1 - q, q]}),
        learner=profile(game, {(0, "s"): [1 - q, q]}),
        expected={
            "nash_gap": 2 * q * w / (1 - gamma),
            "value_gap": Fraction(0),
            "eps_bc": eps,
            "eps_mu": Fraction(0),
            "eps_rho": eps,
            "delta": Fraction(0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": True,
            "deterministic": True,
            "pure": q in (0, 1),
            "match-mu": True,
            "match-rho": q == 0,
            "full-support": gamma > 0 and q > 0 and (q < 1 or w < 1),
            "turn-based": False,
        },
    )


GAME = NamedGame(
    "w6",
    "Dominant-strategy expert: who erred cannot be seen from the states",
    "sharpness witness for the bound T6",
    "NashGap = eps_rho/(1-gamma)^2 at exactly matched state occupancy",
    {
        "n": integer(2, "players", 2, 10),
        "gamma": DISCOUNT,
        "q": number("1/4", "probability of the error", "0", "1"),
        "w": number("1", "start mass of s", "0", "1", ends="(]"),
    },
    _make,
)
