"""The games on a board as named games: small by default, exact, with an expert and a learner.

The expert is a solved profile (see `expert`), the learner errs by eps at what the expert visits.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any

import numpy as np

from ..equilibria import best_responses_in_turn, zero_sum
from ..games import Instance, NamedGame, Parameter
from ..games._learners import perturbed_learner
from ..games._parameters import integer, number
from ..gaps import nash_gap
from ..policy import ProductPolicy
from .collisions import collisions
from .soccer import soccer
from .table import GridGame
from .tag import tag

_EPS = number("1/10", "eps_BC of the learner", "0", "2")
_SLIP = number("0", "probability that a move fails", "0", "1")


def _discount(default: str) -> Parameter:
    return number(default, "discount", "0", "1", ends="[)")


def _size(rows: int, columns: int) -> dict[str, Parameter]:
    return {
        "rows": integer(rows, "rows of the board", 1, 30),
        "columns": integer(columns, "columns of the board", 2, 30),
    }


def _instance(grid: GridGame, eps: Fraction) -> Instance:
    game = grid.exact
    if grid.players == 2 and np.array_equal(grid.paid[0], -grid.paid[1]):
        policy = zero_sum(game).policy
    else:
        policy = _rounded(best_responses_in_turn(grid.sparse).policy)
    learner = perturbed_learner(Random(0), game, policy, eps)  # noqa: S311 - nothing is secret
    own = nash_gap(game, policy)
    return Instance(
        game, policy, learner, {"eps_bc": eps}, {"nash": True} if own == 0 else {"nash": False}
    )


def _rounded(policy: ProductPolicy) -> ProductPolicy:
    """A pure float policy in Fractions."""
    actions = [table.argmax(axis=1).tolist() for table in policy]
    return ProductPolicy.pure(actions, policy.num_actions)


def _soccer(rows: int, columns: int, gamma: Fraction, eps: Fraction) -> Instance:
    return _instance(soccer(rows, columns, discount=gamma), eps)


def _tag(
    rows: int, columns: int, pursuers: int, slip: Fraction, gamma: Fraction, eps: Fraction
) -> Instance:
    return _instance(tag(rows, columns, pursuers=pursuers, slip=slip, discount=gamma), eps)


def _collisions(
    rows: int, columns: int, penalty: Fraction, slip: Fraction, gamma: Fraction, eps: Fraction
) -> Instance:
    grid = collisions(rows, columns, penalty=penalty, slip=slip, discount=gamma)
    return _instance(grid, eps)


def _named(
    name: str,
    title: str,
    source: str,
    illustrates: str,
    parameters: Mapping[str, Parameter],
    make: Callable[..., Any],
) -> NamedGame:
    return NamedGame(name, title, source, illustrates, {**parameters, "eps": _EPS}, make)


@cache
def boards() -> Mapping[str, NamedGame]:
    """Soccer, Tag and the grid world with collisions by name.

    Example:
        >>> made = boards()["tag"].build(rows=1, columns=3)
        >>> made.game.num_states, made.assumptions["nash"]
        (9, True)
    """
    games = (
        _named(
            "collisions",
            "Two walkers who must not run into each other, on a grid",
            "Hu, Wellman (2003), Nash Q-learning for general-sum stochastic games, Grid Game 1",
            "Several equilibria that differ in who gives way",
            {
                **_size(2, 3),
                "penalty": number("1/100", "paid by each at a collision", "0", "1"),
                "slip": _SLIP,
                "gamma": _discount("99/100"),
            },
            _collisions,
        ),
        _named(
            "soccer",
            "Soccer on a grid, zero-sum; rows=4 columns=5 is Littman's, for nashgap.numeric.grids",
            "Littman (1994), Markov games as a framework for multi-agent reinforcement learning",
            "A game that only mixed policies solve",
            {**_size(2, 2), "gamma": _discount("9/10")},
            _soccer,
        ),
        _named(
            "tag",
            "Tag: pursuers chase an evader on a grid",
            "the pursuit domain of Benda, Jagannathan, Dodhiawala (1986); rules as in nashgap",
            "The pursuit game of the regularisation argument; zero-sum with one pursuer",
            {
                **_size(2, 3),
                "pursuers": integer(1, "pursuers", 1, 3),
                "slip": _SLIP,
                "gamma": _discount("19/20"),
            },
            _tag,
        ),
    )
    return MappingProxyType({game.name: game for game in games})
