"""Arrays of QuantEcon: `DiscreteDP` (one player) and the payoff arrays of `NormalFormGame`."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import exact
from ..tables import shape_of
from .imported import (
    Affine,
    Exported,
    Imported,
    affine_or_identity,
    exact_table,
    normalised,
    rescaled,
)
from .normal_form import to_normal
from .open_spiel import from_utilities


def from_discrete_dp(rewards: Any, transition: Any, discount: Any, start: Any = None) -> Imported:
    """The game of one player from the arrays R, Q and beta of a `DiscreteDP`.

    Args:
        rewards: R, shape [S, A], finite: every action must be feasible at every state.
        transition: Q, shape [S, A, S].
        discount: beta.
        start: a distribution on the states; QuantEcon has none, uniform by default.

    Raises:
        BadInput: a wrong shape, an infeasible action, or a row that does not sum to 1.

    Example:
        >>> from_discrete_dp([[0, 10]], [[[1], [1]]], "9/10").affine.text
        'payoff = 5*reward + (5)'
    """
    shape = shape_of(rewards)
    if len(shape) != 2 or 0 in shape:
        raise BadInput("R", f"a table of shape {list(shape)}", "shape [S, A], not pairs in a list")
    payoffs = exact_table(rewards, shape, "R")
    kernel, lost = normalised(exact_table(transition, (*shape, shape[0]), "Q"), "Q")
    found, affine = rescaled(payoffs[None])
    added = ("a start, uniform on the states",) if start is None else ("a start",)
    first = (
        [f"1/{shape[0]}"] * shape[0] if start is None else exact_table(start, shape[:1], "start")
    )
    game = MarkovGame(kernel, found, first, exact(discount, "beta"))
    return Imported(game, affine, lost, added)


def to_discrete_dp(game: MarkovGame, affine: Affine | None = None) -> Exported:
    """R, Q and beta in floats, for `quantecon.markov.DiscreteDP(*content)`.

    Raises:
        BadInput: more than one player.
    """
    if game.players != 1:
        raise BadInput("game", f"{game.players} players", "one, for a decision process")
    payoffs = affine_or_identity(affine, 1).payoffs(game.rewards)[0]
    arrays = (payoffs.astype(float), game.transition.astype(float), float(game.discount))
    lost = ["the start"]
    if game.is_exact:
        lost.append("exact fractions: the arrays are floats")
    if game.states != tuple(f"s{k}" for k in range(game.num_states)):
        lost.append("the states' names")
    return Exported(arrays, tuple(lost))


def from_payoff_arrays(arrays: Sequence[Any], discount: object = 0) -> Imported:
    """A game of one state from the payoff arrays of a `NormalFormGame`.

    Args:
        arrays: one a player, `game.players[i].payoff_array`: the player's own action on the first
            axis, then those of the players after and before it, [A_i, ..., A_n, A_1, ..., A_{i-1}].
        discount: 0 plays it once.

    Raises:
        BadInput: shapes that do not fit together.
    """
    players = len(arrays)
    tables = []
    for i, given in enumerate(arrays):
        shape = shape_of(given)
        if len(shape) != players:
            needed = f"{players} axes, one a player"
            raise BadInput(f"arrays[{i}]", f"a table of shape {list(shape)}", needed)
        table = exact_table(given, shape, f"arrays[{i}]")
        tables.append(np.transpose(table, [(j - i) % players for j in range(players)]))
    if len({t.shape for t in tables}) > 1:
        shapes = ", ".join(str(list(t.shape)) for t in tables)
        raise BadInput("arrays", f"tables for actions {shapes}", "the same actions in each")
    return from_utilities(tables, None, discount)


def to_payoff_arrays(game: MarkovGame, affine: Affine | None = None) -> Exported:
    """Float payoff arrays, for `NormalFormGame([Player(a) for a in content])`.

    Raises:
        BadInput: several states, or floats.
    """
    form, lost = to_normal(game, affine)
    n = game.players
    found = [
        np.transpose(row, [(i + k) % n for k in range(n)]).astype(float)
        for i, row in enumerate(form.payoffs)
    ]
    named = game.actions != tuple(tuple(str(k) for k in range(c)) for c in game.num_actions)
    more = ["exact fractions: the arrays are floats", *(["the actions' names"] if named else [])]
    return Exported(found, (*lost, *more))
