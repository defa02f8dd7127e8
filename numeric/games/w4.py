r"""W4: the largest value gap, and every occupancy relation with equality.

n players who are paid the same, actions 0 and 1, \(c=\epsilon_{BC}/(2(1-\gamma))\):

| state       | who matters | 0         | 1         | start                                |
|-------------|-------------|-----------|-----------|--------------------------------------|
| bj          | player j    | +1 -> G   | -1 -> L   | c; beyond \(c=1/n\) as in W1         |
| G           | nobody      | +1 stays  | +1 stays  | the rest, or half of it              |
| L           | nobody      | -1 stays  | -1 stays  | 0, or half of the rest               |

Expert: 0 everywhere, a dominant strategy. Learner: player j plays 1 at bj. With support "full" the
rest of the start is split between G and L, and every state is visited.

\(\mathrm{ValueGap}=\frac2{1-\gamma}\min\{nc,1\}\), \(\epsilon_\rho=2\min\{nc,1\}\),
\(\epsilon_\mu=\gamma\epsilon_\rho\), \(\mathrm{ValueGap}=\epsilon_\rho/(1-\gamma)\).

Source: sharpness witness for the value-gap bound T4, |ValueGap| <= n eps_BC/(1-gamma)^2, and for
the occupancy relations eps_mu <= gamma n eps_BC/(1-gamma), eps_rho <= n eps_BC/(1-gamma).
"""

from fractions import Fraction

from nashgap.theory.errors import BadInput

from ._named import Instance, NamedGame
from ._parameters import DISCOUNT, choice, integer, number, within
from ._table import build_game, common, profile, stay, two_actions
from .w1 import HALF_RANGE, error_weights, gate


def _make(n: int, gamma: Fraction, eps: Fraction, support: str) -> Instance:
    c = eps / (2 * (1 - gamma))
    within("w4.eps", eps, 2 * (1 - gamma), HALF_RANGE)
    weights = error_weights(n, c)
    rest = 1 - sum(weights, start=Fraction(0))
    full = support == "full"
    if full and (rest == 0 or c == 0):
        raise BadInput("w4.eps", f"given {eps}", "0 < eps < 2(1-gamma)/n for support=full")
    table = {
        **{f"b{j}": gate(j) for j in range(n)},
        "G": stay("G", 1),
        "L": stay("L", -1),
    }
    start = {f"b{j}": weight for j, weight in enumerate(weights)}
    start |= {"G": rest / 2, "L": rest / 2} if full else {"G": rest}
    game = build_game(table, two_actions(n), gamma, start, common)
    total = min(n * c, Fraction(1))
    return Instance(
        game,
        expert=profile(game),
        learner=profile(game, {(j, f"b{j}"): 1 for j in range(n)}),
        expected={
            "value_gap": 2 / (1 - gamma) * total,
            "nash_gap": 2 / (1 - gamma) * c,
            "eps_bc": eps,
            "eps_mu": 2 * gamma * total,
            "eps_rho": 2 * total,
            "delta": Fraction(0),
            "C": Fraction(1),
        },
        assumptions={
            "nash": True,
            "dominant": True,
            "team-optimal": True,
            "common-payoff": True,
            "deterministic": True,
            "pure": True,
            "turn-based": True,
            "full-support": full,
            "match-rho": c == 0,
        },
    )


GAME = NamedGame(
    "w4",
    "Everyone errs once, all pay",
    "sharpness witness for the bound T4 and for the occupancy relations T5",
    "The largest value gap (2/(1-gamma)) min{nc, 1}, and eps_mu, eps_rho at their bounds",
    {
        "n": integer(2, "players", 1, 10),
        "gamma": DISCOUNT,
        "eps": number("1/20", "eps_BC", "0", "2", also=f"at most {HALF_RANGE}"),
        "support": choice("any", "which states the start covers", "any", "full"),
    },
    _make,
)
