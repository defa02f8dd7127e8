r"""A stag hunt with states: which equilibrium is imitated matters.

Two players, actions stag and hare, states habit (start) and signal, the same stage game in both;
rewards (player 0, player 1):

|      | stag       | hare       |
|------|------------|------------|
| stag | 1, 1       | -1, 1/2    |
| hare | 1/2, -1    | 1/2, 1/2   |

At habit equal actions stay and different actions lead to signal; at signal (stag, stag) stays and
all else leads back to habit. Always stag is payoff dominant, always hare is risk dominant; both are
subgame perfect, and neither ever sees signal. The learner does what the expert does at habit and
the other action at signal, so that \(\rho_\pi=\rho_{\pi^E}\):

- imitating hare, one costly signal moves both to stag for good:
  \(\mathrm{NashGap}=\max\{0,(4\gamma-3)/(2(1-\gamma))\}\);
- imitating stag, nothing can be gained: \(\mathrm{NashGap}=0\).

Source: the classical stage game (Rousseau, 1755; Harsanyi and Selten, 1988), with states of our
own.
"""

import math
from fractions import Fraction

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, choice
from ._table import Row, build_game, profile

_HALF = Fraction(1, 2)
_PAY = {(0, 0): (1, 1), (0, 1): (-1, _HALF), (1, 0): (_HALF, -1), (1, 1): (_HALF, _HALF)}


def _make(gamma: Fraction, expert: str) -> Instance:
    table = {
        "habit": [
            Row(pay, "habit" if a == b else "signal", {0: a, 1: b}) for (a, b), pay in _PAY.items()
        ],
        "signal": [
            Row(pay, "signal" if a == b == 0 else "habit", {0: a, 1: b})
            for (a, b), pay in _PAY.items()
        ],
    }
    names = ["stag", "hare"]
    game = build_game(table, [names, names], gamma, {"habit": 1})
    usual = names.index(expert)
    habits = {(i, state): usual for i in (0, 1) for state in ("habit", "signal")}
    hare = expert == "hare"
    gain = (4 * gamma - 3) / (2 * (1 - gamma)) if hare else Fraction(0)
    return Instance(
        game,
        expert=profile(game, habits),
        learner=profile(game, {**habits, (0, "signal"): 1 - usual, (1, "signal"): 1 - usual}),
        expected={
            "nash_gap": max(gain, Fraction(0)),
            "value_gap": Fraction(0),
            "expert_value_0": (_HALF if hare else 1) / (1 - gamma),
            "eps_bc": Fraction(0),
            "eps_mu": Fraction(0),
            "eps_rho": Fraction(0),
            "delta": Fraction(2 if gain > 0 else 0),
            "C": math.inf if gamma > 0 else Fraction(1),
        },
        assumptions={
            "nash": True,
            "subgame-perfect": True,
            "strict-nash": True,
            "symmetric": True,
            "deterministic": True,
            "pure": True,
            "match-rho": True,
            "dominant": False,
            "full-support": False,
            "common-payoff": False,
        },
    )


GAME = NamedGame(
    "stag-hunt",
    "A stag hunt with states",
    "classical stage game (Rousseau, 1755; Harsanyi and Selten, 1988), states of our own",
    "Exact matching is safe at the payoff-dominant equilibrium and not at the risk-dominant one",
    {
        "gamma": DISCOUNT,
        "expert": choice("hare", "the equilibrium that is imitated", "hare", "stag"),
    },
    _make,
)
