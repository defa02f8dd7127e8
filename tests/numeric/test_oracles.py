"""The same numbers from other libraries: QuantEcon's decision processes, pygambit's equilibria."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from quantecon.markov import DiscreteDP

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value

# Rock, paper, scissors; a coordination game with three equilibria; a game with a continuum of them
# (degenerate); the prisoner's dilemma; a random one is added for each seed.
RPS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
TABLES = {
    "rock-paper-scissors": (RPS, [[-x for x in row] for row in RPS]),
    "coordination": ([[2, 0], [0, 1]], [[2, 0], [0, 1]]),
    "battle": ([[3, 0], [0, 2]], [[2, 0], [0, 3]]),
    "degenerate": ([[1, 1, 0], [1, 0, 1]], [[1, 1, 1], [0, 2, 2]]),
    "dilemma": ([[2, 0], [3, 1]], [[2, 3], [0, 1]]),
}


def random_tables(seed: int) -> tuple[list[list[int]], list[list[int]]]:
    draw = random.Random(seed)
    return tuple([[draw.randint(-5, 5) for _ in range(3)] for _ in range(3)] for _ in range(2))  # type: ignore[return-value]


CASES = TABLES | {f"random {seed}": random_tables(seed) for seed in range(6)}


def one_state(first: list[list[int]], second: list[list[int]], discount: str) -> MarkovGame:
    """The repeated bimatrix game, payoffs divided by 5."""
    rewards = [[[[Fraction(x, 5) for x in row] for row in table]] for table in (first, second)]
    kernel = [[[[1] for _ in row] for row in first]]
    return MarkovGame(kernel, rewards, [1], discount)


def equilibria(first: list[list[int]], second: list[list[int]]) -> list[ProductPolicy]:
    """All extreme equilibria, exactly."""
    pygambit = pytest.importorskip("pygambit", reason="pygambit is not installed: the extra games")
    stage = pygambit.Game.from_arrays(np.array(first), np.array(second))
    found = pygambit.nash.enummixed_solve(stage, rational=True).equilibria
    return [
        ProductPolicy(
            [
                [[Fraction(str(profile[choice])) for choice in player.strategies]]
                for player in stage.players
            ]
        )
        for profile in found
    ]


@pytest.mark.parametrize("discount", ["0", "9/10"])
@pytest.mark.parametrize("name", CASES)
def test_every_exact_equilibrium_of_pygambit_has_gap_exactly_0(name: str, discount: str) -> None:
    game, found = one_state(*CASES[name], discount), equilibria(*CASES[name])
    assert found
    for policy in found:
        assert gaps(game, policy).tolist() == [Fraction(0), Fraction(0)]


@pytest.mark.parametrize("discount", ["0", "9/10"])
@pytest.mark.parametrize("name", CASES)
def test_a_perturbed_equilibrium_has_exactly_the_regret_of_its_worse_action(
    name: str, discount: str
) -> None:
    """Mass 1/100 on an action that is worse by d costs its player d/100, summed over time."""
    game, seen = one_state(*CASES[name], discount), 0
    for policy, player in product(equilibria(*CASES[name]), range(2)):
        q = best_response(game, policy, player).q[0]
        worst = int(q.argmin())
        if q[worst] == q.max():
            continue
        share = Fraction(1, 100)
        table = [[(1 - share) * x for x in policy[player][0]]]
        table[0][worst] += share
        found = gaps(game, policy.replace(player, table))[player]
        # q counts the worse action at the first step only; the policy repeats it for ever.
        assert found == share * (q.max() - q[worst]) / (1 - game.discount)
        assert found > 0
        seen += 1
    assert seen or name == "rock-paper-scissors"


def distributions(rng: np.random.Generator, *shape: int) -> np.ndarray:
    drawn: np.ndarray = rng.random(shape) ** 4
    scaled: np.ndarray = drawn / drawn.sum(axis=-1, keepdims=True)
    return scaled


@pytest.mark.parametrize("discount", [0.3, 0.9, 0.99])
@pytest.mark.parametrize("shape", [(6, 3, 2), (20, 5, 5), (3, 1, 4)])
def test_best_responses_are_those_of_quantecon(shape: tuple[int, ...], discount: float) -> None:
    size, first, second = shape
    rng = np.random.default_rng([*shape, int(100 * discount)])
    kernel = distributions(rng, *shape, size)
    rewards = rng.uniform(-1, 1, (2, *shape))
    game = MarkovGame(kernel, rewards, distributions(rng, size), discount)
    tables = [distributions(rng, size, first), distributions(rng, size, second)]
    policy = ProductPolicy(tables)
    induced = [
        (
            np.einsum("sab,sb->sa", rewards[0], tables[1]),
            np.einsum("sabt,sb->sat", kernel, tables[1]),
        ),
        (
            np.einsum("sab,sa->sb", rewards[1], tables[0]),
            np.einsum("sabt,sa->sbt", kernel, tables[0]),
        ),
    ]
    for player, (reward, moves) in enumerate(induced):
        found = best_response(game, policy, player)
        peer = DiscreteDP(reward, moves, discount).solve(method="policy_iteration")
        assert np.max(abs(found.state_values - peer.v)) <= 1e-9 / (1 - discount)
        gap = peer.v @ game.start - value(game, policy)[player]
        assert gaps(game, policy)[player] == pytest.approx(gap, abs=1e-9 / (1 - discount))
