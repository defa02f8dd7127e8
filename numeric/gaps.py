r"""Nash gap and value gap.

\(\mathrm{gap}_i(\pi)=\max_{\pi_i'}V_i(\pi_i',\pi_{-i})-V_i(\pi)\),
\(\mathrm{NashGap}=\max_i\mathrm{gap}_i\),
\(\mathrm{ValueGap}=\max_iV_i(\pi^E)-V_i(\pi)\); source: Bergerault, Cevher, Mehr (2026), Section 2.
"""

from fractions import Fraction
from typing import Literal

import numpy as np

from nashgap.theory.errors import BadInput

from .game import MarkovGame
from .linear import times
from .mdp import optimum
from .numbers import Array, frozen, public
from .policy import ProductPolicy, check_fits
from .value import induced_mdp, profile_values, value
from .whole import whole_gaps


def gaps(game: MarkovGame, policy: ProductPolicy) -> Array:
    """What each player gains by a best response, shape [n], at least 0.

    Exact ones are certified: floats only guess the best responses.
    """
    check_fits(game, policy)
    if game.whole is not None and policy.whole is not None:
        found = whole_gaps(game.whole, Fraction(game.discount), policy.whole)
        if found is not None:
            return frozen(found)
    problems = [induced_mdp(game, policy, i) for i in range(game.players)]
    values = profile_values(problems, policy.working)
    best = np.stack([optimum(problem).state_values for problem in problems])
    gained = times(best - values, game.working.start)
    # Rounding alone can make a gain negative.
    return public(gained if game.is_exact else np.maximum(gained, 0.0))


def nash_gap(
    game: MarkovGame, policy: ProductPolicy, *, reduce: Literal["max", "sum", "mean"] = "max"
) -> Fraction | float:
    """The Nash gap: the largest of the players' gaps, or on demand their sum or mean.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> nash_gap(game, ProductPolicy([[["0", "1"]]]))
        Fraction(10, 1)
    """
    each: list[Fraction | float] = gaps(game, policy).tolist()
    match reduce:
        case "max":
            return max(each)
        case "sum":
            return sum(each, start=Fraction(0))
        case "mean":
            return sum(each, start=Fraction(0)) / len(each)
        case _:
            raise BadInput("reduce", f"given {reduce!r}", '"max", "sum" or "mean"')


def value_gap(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> Fraction | float:
    r"""\(\max_iV_i(\pi^E)-V_i(\pi)\); negative when every player gains by the learner's errors."""
    difference: list[Fraction | float] = (value(game, expert) - value(game, learner)).tolist()
    return max(difference)
