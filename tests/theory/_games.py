"""Exact games with expert and learner, on which statements are tested."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import isfinite
from random import Random

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading

F = Fraction


def _distribution(random: Random, size: int) -> list[Fraction]:
    weights = [random.choice([0, 0, 1, 1, 2, 3]) for _ in range(size)]
    weights[random.randrange(size)] += 1
    return [F(w, sum(weights)) for w in weights]


def _nested(shape: tuple[int, ...], make: object) -> object:
    if not shape:
        return make()  # type: ignore[operator]
    return [_nested(shape[1:], make) for _ in range(shape[0])]


def random_reading(seed: int) -> Reading:
    """One to three players, one to three states, one to three actions; learner near or far."""
    random = Random(seed)
    players, states = random.choice([1, 2, 2, 3]), random.choice([1, 2, 3])
    actions = tuple(random.choice([1, 2, 2, 3]) for _ in range(players))
    if players == 3:
        actions = tuple(min(a, 2) for a in actions)
    discount = random.choice([F(0), F(1, 3), F(1, 2), F(9, 10)])
    transition = _nested((states, *actions), lambda: _distribution(random, states))
    rewards = _nested((players, states, *actions), lambda: F(random.randint(-4, 4), 4))
    game = MarkovGame(transition, rewards, _distribution(random, states), discount)
    tables = [[_distribution(random, a) for _ in range(states)] for a in actions]
    expert = ProductPolicy(tables)
    other = [
        [row if random.random() < 0.4 else _distribution(random, len(row)) for row in table]
        for table in tables
    ]
    return Reading(game, expert, ProductPolicy(other))


@cache
def random_readings(count: int = 30) -> tuple[Reading, ...]:
    """Seeded random games."""
    return tuple(random_reading(seed) for seed in range(count))


@cache
def named_readings() -> tuple[tuple[str, Reading], ...]:
    """Every named game at its default parameters."""
    return tuple(_named())


def _named() -> Iterator[tuple[str, Reading]]:
    for name, game in catalogue().items():
        instance = game.build()
        if instance.game.num_states <= 8:
            yield name, Reading(instance.game, instance.expert, instance.learner)


def family(name: str, **parameters: object) -> Reading:
    """One member of a named family."""
    instance = catalogue()[name].build(**parameters)
    return Reading(instance.game, instance.expert, instance.learner)


@cache
def zero_sum_readings(count: int = 4) -> tuple[Reading, ...]:
    """Seeded random zero-sum games with any expert and any learner."""
    made = (random_game(seed, "zero-sum", states=2, discount="1/2") for seed in range(count))
    return tuple(Reading(one.game, one.expert, one.learner) for one in made)


def finite_concentrability(model: Reading) -> bool:
    """Whether C is finite, so that a line which names it has a value."""
    return all(isfinite(model.concentrability(i)) for i in range(model.players))
