"""Random exact games for the properties.

Hypothesis draws the shape, the discount, the denominators and a seed; the many entries come from
the seed, so that drawing them takes less time than testing them.
"""

from fractions import Fraction
from functools import partial
from random import Random
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

DISCOUNTS = [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)]


def steady(examples: int) -> settings:
    """The same examples in every run, without a deadline: continuous integration is no lottery."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


class Case(NamedTuple):
    """An exact game with two policies."""

    game: MarkovGame
    expert: ProductPolicy
    learner: ProductPolicy


@st.composite
def cases(
    draw: st.DrawFn,
    players: tuple[int, ...] = (1, 2, 3),
    denominators: tuple[int, ...] = (1, 2, 3, 5, 7),
    discounts: tuple[Fraction, ...] = tuple(DISCOUNTS),
) -> Case:
    """Games of 1 to 3 players, 1 to 4 states, 1 to 3 actions each; small denominators, zeros."""
    n, size = draw(st.sampled_from(players)), draw(st.integers(1, 4))
    actions = draw(st.lists(st.integers(1, 3), min_size=n, max_size=n))
    parts, discount = draw(st.sampled_from(denominators)), draw(st.sampled_from(discounts))
    random = Random(draw(st.integers(0, 2**32)))

    def policy() -> ProductPolicy:
        return ProductPolicy([_fill([size], partial(_row, random, parts, k)) for k in actions])

    def reward() -> Fraction:
        return Fraction(random.randint(-parts, parts), parts)

    game = MarkovGame(
        _fill([size, *actions], lambda: _row(random, parts, size)),
        _fill([n, size, *actions], reward),
        _row(random, parts, size),
        discount,
    )
    return Case(game, policy(), policy())


def _fill(shape: list[int], entry: Any) -> Any:
    if not shape:
        return entry()
    return [_fill(shape[1:], entry) for _ in range(shape[0])]


def _row(random: Random, parts: int, size: int) -> list[Fraction]:
    counts = [0] * size
    for _ in range(parts):
        counts[random.randrange(size)] += 1
    return [Fraction(count, parts) for count in counts]
