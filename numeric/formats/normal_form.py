"""Games in normal form: payoffs of joint actions. Here, Markov games of a single state."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array, exact
from .imported import Affine, Imported, affine_or_identity, rescaled


@dataclass(frozen=True, eq=False)
class NormalForm:
    """A game in normal form.

    Attributes:
        title: "" if it has none.
        players: their names.
        actions: each player's names of actions.
        payoffs: exact, shape [n, A_1, ..., A_n].
    """

    title: str
    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    payoffs: Array


def to_markov(form: NormalForm, discount: object = 0, lost: Sequence[str] = ()) -> Imported:
    """The game of one state in which the normal form is played once, or again and again.

    Args:
        form: the normal form.
        discount: 0 plays it once; gamma plays it forever, discounted.
        lost: what was lost before.

    Example:
        >>> table = np.array([[[Fraction(1), Fraction(0)]]], dtype=object).reshape(1, 2)
        >>> to_markov(NormalForm("", ("1",), (("a", "b"),), table)).game.summary
        '1 player, 1 state, actions (2,), discount 0, exact'
    """
    rewards, affine = rescaled(form.payoffs)
    counts = form.payoffs.shape[1:]
    kernel = np.full((1, *counts, 1), Fraction(1), dtype=object)
    game = MarkovGame(
        kernel,
        rewards[:, None],
        [1],
        exact(discount, "discount"),
        ["game"],
        [list(names) for names in form.actions],
    )
    missing = [*lost]
    if form.title:
        missing.append(f"the title {form.title!r}")
    if form.players != numbered(len(form.players)):
        missing.append(f"the players' names {', '.join(form.players)}")
    return Imported(game, affine, tuple(missing), ("a discount",))


def to_normal(
    game: MarkovGame, affine: Affine | None = None, title: str = "", players: Sequence[str] = ()
) -> tuple[NormalForm, tuple[str, ...]]:
    """The normal form of a game of one state, and what is lost.

    Args:
        game: an exact game with one state.
        affine: the map from rewards to payoffs; by default payoffs are the rewards.
        title: of the normal form.
        players: their names; by default "Player 1" and so on.

    Raises:
        BadInput: several states, or floats.
    """
    if game.num_states != 1:
        raise BadInput("game", f"{game.num_states} states", "one state, for a normal form")
    if not game.is_exact:
        raise BadInput("game", "floats", "exact numbers; as_exact() reads floats as decimals")
    if players and len(players) != game.players:
        raise BadInput("players", f"{len(players)} names", f"{game.players}")
    payoffs = affine_or_identity(affine, game.players).payoffs(game.rewards[:, 0])
    lost = []
    if game.discount:
        lost.append(f"the discount {game.discount}: the game is played once")
    if game.states not in (("game",), ("s0",)):
        lost.append(f"the name {game.states[0]!r} of the state")
    named = tuple(players) or numbered(game.players)
    return NormalForm(title, named, game.actions, payoffs), tuple(lost)


def numbered(players: int) -> tuple[str, ...]:
    """Names for players who have none."""
    return tuple(f"Player {i + 1}" for i in range(players))
