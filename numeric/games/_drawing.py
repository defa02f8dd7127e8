"""Small exact random numbers, distributions and policies, from one generator."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

Table = list[list[Fraction]]
"""One player's policy, [S][A_i]."""


def draw_number(rng: Random) -> Fraction:
    """A multiple of 1/12 in [-1, 1]."""
    return Fraction(rng.randint(-12, 12), 12)


def draw_distribution(
    rng: Random, size: int, among: Sequence[int] | None = None, *, pure: bool, full: bool = False
) -> list[Fraction]:
    """A distribution over `size` places with support in `among`.

    Args:
        rng: the generator.
        size: how many places.
        among: where mass may lie, everywhere by default.
        pure: all mass on one place.
        full: mass on all of `among`; otherwise on at most three places, so that denominators stay
            small and supports differ.
    """
    places = list(range(size)) if among is None else list(among)
    count = 1 if pure else len(places) if full else rng.randint(1, min(3, len(places)))
    weights = dict.fromkeys(rng.sample(places, count), 0)
    for place in weights:
        weights[place] = rng.randint(1, 3)
    total = sum(weights.values())
    return [Fraction(weights.get(place, 0), total) for place in range(size)]


def draw_policy(rng: Random, states: int, actions: Sequence[int], *, pure: bool) -> list[Table]:
    """One table a player; rows are pure now and then even when they need not be."""
    return [
        [draw_distribution(rng, count, pure=pure or not rng.randrange(3)) for _ in range(states)]
        for count in actions
    ]
