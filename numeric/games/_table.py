"""From a readable table, state: joint action -> reward, next state, to an exact game."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..policy import ProductPolicy

LARGEST = 4_000_000
"""Kernel entries that a game built here may have."""

Next = str | Mapping[str, Fraction]
Payoffs = Callable[[Fraction, int], tuple[Fraction, ...]]


@dataclass(frozen=True)
class Row:
    """What happens at a state under the joint actions that agree with `when`.

    Attributes:
        reward: player 0's reward, from which `payoffs` makes everyone's; or one number a player.
        to: the next state, or a distribution over next states.
        when: player -> action; players that are not named may play anything.
    """

    reward: Any
    to: Next
    when: Mapping[int, int] = field(default_factory=dict)


Table = Mapping[str, Sequence[Row]]


def stay(state: str, reward: Any) -> list[Row]:
    """An absorbing state."""
    return [Row(reward, state)]


def choose(player: int, *outcomes: tuple[Any, Next]) -> list[Row]:
    """A state at which only one player matters: one (reward, next) for each of its actions."""
    return [Row(reward, to, {player: a}) for a, (reward, to) in enumerate(outcomes)]


def alone(reward: Fraction, players: int) -> tuple[Fraction, ...]:
    """Only player 0 is paid."""
    return (reward, *(Fraction(0),) * (players - 1))


def common(reward: Fraction, players: int) -> tuple[Fraction, ...]:
    """Everyone is paid the same."""
    return (reward,) * players


def opposite(reward: Fraction, players: int) -> tuple[Fraction, ...]:
    """Two players, zero-sum."""
    return (reward, -reward)


PAYOFFS: Mapping[str, Payoffs] = {"alone": alone, "common": common, "zero-sum": opposite}


def build_game(
    table: Table,
    actions: Sequence[Sequence[str]],
    discount: Fraction,
    start: Mapping[str, Fraction | int],
    payoffs: Payoffs = alone,
) -> MarkovGame:
    """The game of a table.

    Args:
        table: state -> rows; every joint action must agree with exactly one row of each state.
        actions: each player's action names.
        discount: in [0, 1).
        start: state -> mass; the others have none.
        payoffs: how player 0's reward gives everyone's, where a row has one number.

    Raises:
        BadInput: too large, an unknown state, or a joint action with no row or with several.

    Example:
        >>> table = {"up": choose(0, (1, "up"), (0, "down")), "down": stay("down", 0)}
        >>> build_game(table, [["0", "1"]], Fraction(9, 10), {"up": 1}).transition[0, 1].tolist()
        [Fraction(0, 1), Fraction(1, 1)]
    """
    states, counts = list(table), [len(names) for names in actions]
    size = len(states) ** 2
    for count in counts:
        size *= count
    if size > LARGEST:
        given = f"{len(states)} states, actions {counts}: {size} kernel entries"
        raise BadInput("game", given, f"at most {LARGEST} (fewer players or states)")
    joints = list(product(*(range(count) for count in counts)))
    rows = [[_row(table[s], s, joint) for joint in joints] for s in states]
    kernel = [[_distribution(row.to, states) for row in at] for at in rows]
    paid = [[_rewards(row.reward, len(counts), payoffs) for row in at] for at in rows]
    rewards = [[[pay[i] for pay in at] for at in paid] for i in range(len(counts))]
    return MarkovGame(
        [_nest(at, counts) for at in kernel],
        [[_nest(at, counts) for at in mine] for mine in rewards],
        _distribution(start, states),
        discount,
        states,
        actions,
    )


def two_actions(players: int) -> list[list[str]]:
    """The names 0 and 1 for each player."""
    return [["0", "1"] for _ in range(players)]


def profile(
    game: MarkovGame, plays: Mapping[tuple[int, str], int | Sequence[Fraction]] | None = None
) -> ProductPolicy:
    """The policy that plays action 0 wherever `plays` says nothing.

    Args:
        game: gives players, states and actions.
        plays: (player, state) -> an action, or one probability an action.
    """
    plays = plays or {}
    return ProductPolicy(
        [
            [_mixture(plays.get((i, state), 0), count) for state in game.states]
            for i, count in enumerate(game.num_actions)
        ]
    )


def _mixture(given: int | Sequence[Fraction], count: int) -> list[Fraction]:
    if isinstance(given, int):
        return [Fraction(int(a == given)) for a in range(count)]
    return list(given)


def _row(rows: Sequence[Row], state: str, joint: tuple[int, ...]) -> Row:
    found = [row for row in rows if all(joint[i] == a for i, a in row.when.items())]
    if len(found) != 1:
        raise BadInput(f"table[{state}]", f"{len(found)} rows for {joint}", "exactly one")
    return found[0]


def _distribution(to: Next | Mapping[str, Fraction | int], states: list[str]) -> list[Fraction]:
    masses: Mapping[str, Fraction | int] = {to: 1} if isinstance(to, str) else to
    for state in masses:
        if state not in states:
            raise BadInput("table", f"the state {state!r}", f"one of {', '.join(states)}")
    return [Fraction(masses.get(state, 0)) for state in states]


def _rewards(reward: Any, players: int, payoffs: Payoffs) -> tuple[Fraction, ...]:
    if isinstance(reward, tuple):
        return tuple(Fraction(r) for r in reward)
    return payoffs(Fraction(reward), players)


def _nest(flat: list[Any], counts: Sequence[int]) -> list[Any]:
    """Nested lists of shape `counts` from a flat list."""
    for count in reversed(counts[1:]):
        flat = [flat[k : k + count] for k in range(0, len(flat), count)]
    return flat
