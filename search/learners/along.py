r"""\(M(\epsilon)\) and \(m(\epsilon)\) over a list of errors, for plots.

M never falls and m never rises as \(\epsilon\) grows, since the learners only become more. So a
learner found at one error serves all larger ones, and a bound proved at one error holds at all
smaller ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.numbers import exact
from nashgap.numeric.policy import ProductPolicy

from .extremes import largest_gap, smallest_gap
from .result import Error, Extreme, Kind


def extremes_along(
    game: MarkovGame,
    expert: ProductPolicy,
    errors: Sequence[object],
    kind: Kind,
    error: Error = "bc",
    **options: Any,
) -> list[Extreme]:
    r"""One `Extreme` for each error, in rising order, made consistent with each other.

    Args:
        game: an exact game.
        expert: \(\pi^E\).
        errors: values of \(\epsilon\in[0,2]\).
        kind: M or m.
        error: "bc", "mu" or "rho".
        **options: of `largest_gap`.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["matching-pennies"].build()
        >>> found = extremes_along(made.game, made.expert, ["1/2", "0", "1"], "largest")
        >>> [str(e.value) for e in found]
        ['0', '15/2', '20']
    """
    places = sorted({exact(eps, "errors") for eps in errors})
    search = largest_gap if kind == "largest" else smallest_gap
    found = [search(game, expert, eps, error, **options) for eps in places]
    return consistent(found)


def consistent(found: Sequence[Extreme]) -> list[Extreme]:
    """Extremes of one kind in rising order of the error, each as good as the others imply."""
    found = list(found)
    sign = 1 if found and found[0].kind == "largest" else -1
    for k in range(1, len(found)):
        found[k] = _at_least_as_good(found[k], found[k - 1], sign)
    for k in reversed(range(len(found) - 1)):
        found[k] = _bounded_by(found[k], found[k + 1], sign)
    return found


def _at_least_as_good(here: Extreme, before: Extreme, sign: int) -> Extreme:
    if sign > 0 and before.lower > here.lower:
        return replace(here, lower=before.lower, learner=before.learner)
    if sign < 0 and before.upper < here.upper:
        return replace(here, upper=before.upper, learner=before.learner)
    return here


def _bounded_by(here: Extreme, after: Extreme, sign: int) -> Extreme:
    if sign > 0:
        return replace(here, upper=min(here.upper, after.upper))
    return replace(here, lower=max(here.lower, after.lower, Fraction(0)))
