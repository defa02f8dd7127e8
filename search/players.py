"""Which players stand for all of them."""

from .query import Query


def players_of(query: Query) -> tuple[int, ...]:
    """Whose gap counts: one player for each number of actions, as players may be renamed.

    Example:
        >>> players_of(Query(players=3, actions=(2, 3, 2)))
        (0, 1)
    """
    if query.player is not None:
        return (query.player,)
    first: dict[int, int] = {}
    for i, count in enumerate(query.game_class.actions):
        first.setdefault(count, i)
    return tuple(first.values())
