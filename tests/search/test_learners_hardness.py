"""The reduction from equilibria to best learners, against pygambit's exact equilibria."""

import random
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_rho
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.learners import equilibrium_as_learner, nearest_equilibrium, smallest_gap
from nashgap.theory.errors import BadInput

Pair = tuple[tuple[F, ...], tuple[F, ...]]


def payoffs(seed: int, size: int) -> tuple[list[list[int]], list[list[int]]]:
    rng = random.Random(seed)
    first, second = (
        [[rng.randrange(-9, 10) for _ in range(size)] for _ in range(size)] for _ in range(2)
    )
    return first, second


def equilibria(first: Any, second: Any) -> list[Pair]:
    """All extreme equilibria, exact."""
    pygambit = pytest.importorskip("pygambit", reason="pygambit is not installed: the extra games")
    stage = pygambit.Game.from_arrays(np.array(first), np.array(second))
    found = pygambit.nash.enummixed_solve(stage, rational=True).equilibria
    pairs = []
    for profile in found:
        one, two = (
            tuple(F(str(profile[choice])) for choice in player.strategies)
            for player in stage.players
        )
        pairs.append((one, two))
    return pairs


def is_generic(found: list[Pair]) -> bool:
    """Finitely many equilibria: an odd number, supports of equal size, no mixture twice."""
    same_size = all(sum(x > 0 for x in p) == sum(y > 0 for y in q) for p, q in found)
    alone = len({p for p, _ in found}) == len(found) == len({q for _, q in found})
    return same_size and alone and len(found) % 2 == 1


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_the_best_learner_is_an_equilibrium(seed: int, size: int) -> None:
    first, second = payoffs(seed, size)
    made = equilibrium_as_learner(first, second)
    found = smallest_gap(made.game, made.expert, made.eps, "rho")
    assert found.value == 0
    assert nash_gap(made.game, found.learner) == 0
    known = equilibria(first, second)
    if is_generic(known):
        assert made.equilibrium(found.learner) in known


@pytest.mark.parametrize("eps", ["1/100", "1/2", "2"])
def test_learners_of_gap_0_are_the_equilibria(eps: str) -> None:
    rng = random.Random(1)
    for seed in range(6):
        first, second = payoffs(seed, 3)
        made = equilibrium_as_learner(first, second, eps=eps, discount="9/10")
        known = equilibria(first, second)
        for p, q in known:
            learner = made.learner(p, q)
            assert nash_gap(made.game, learner) == 0
            assert eps_rho(made.game, made.expert, learner) <= made.eps
        for _ in range(5):
            mixed = []
            for _ in range(2):
                weights = [rng.randrange(1, 9) for _ in range(3)]
                mixed.append([F(w, sum(weights)) for w in weights])
            learner = made.learner(*mixed)
            assert eps_rho(made.game, made.expert, learner) <= made.eps
            if is_generic(known):
                is_known = made.equilibrium(learner) in known
                assert (nash_gap(made.game, learner) == 0) == is_known


@pytest.mark.parametrize("seed", range(10))
def test_nearest_equilibrium_is_the_nearest_of_gambit(seed: int) -> None:
    first, second = payoffs(100 + seed, 3)
    known = equilibria(first, second)
    made = equilibrium_as_learner(first, second)
    rng = random.Random(seed)
    rows = []
    for _ in range(2):
        weights = [rng.randrange(4) + 1 for _ in range(3)]
        rows.append([[F(w, sum(weights)) for w in weights]])
    expert = ProductPolicy(rows)
    found = nearest_equilibrium(made.game, expert)
    assert nash_gap(made.game, found.equilibrium) == 0
    least = min(
        max(
            sum(abs(x - y) for x, y in zip(row, table[0].tolist(), strict=True))
            for row, table in zip(pair, expert, strict=True)
        )
        for pair in known
    )
    # A continuum of equilibria may come nearer than its extreme points, never less near.
    assert found.error <= least
    if is_generic(known):
        assert found.error == least
        assert smallest_gap(made.game, expert, found.error, "bc").value == 0
        below = smallest_gap(
            made.game, expert, found.error * F(9, 10), "bc", nodes=60, tolerance="1/100"
        )
        assert below.upper > 0


def test_a_continuum_of_equilibria_is_found_too() -> None:
    # Player 1 has one payoff for everything; against 1/2, 1/2 and above player 0 plays 0.
    made = equilibrium_as_learner([[1, 0], [0, 1]], [[0, 0], [0, 0]])
    expert = ProductPolicy([[["1", "0"]], [["1/3", "2/3"]]])
    found = nearest_equilibrium(made.game, expert)
    assert found.error == F(1, 3)
    assert found.equilibrium == ProductPolicy([[["1", "0"]], [["1/2", "1/2"]]])


def test_misuse_is_refused() -> None:
    with pytest.raises(BadInput, match="one shape"):
        equilibrium_as_learner([[1]], [[1, 2]])
    with pytest.raises(BadInput, match="eps"):
        equilibrium_as_learner([[1]], [[1]], eps=0)
