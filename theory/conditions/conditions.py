"""The conditions on the symbols under which a policy has a property, for all players together."""

from collections.abc import Iterable, Mapping
from functools import cache

from ..discovery import found
from ..errors import BadInput
from .clause import Clause, Conditions
from .concept import Concept
from .game import SymbolicGame
from .side import Side
from .simplify import simplified


@cache
def concepts() -> Mapping[str, Concept]:
    """The concepts by name.

    Example:
        >>> sorted(concepts())
        ['dominant', 'nash', 'strict-nash', 'strictly-dominant', 'subgame-perfect']
    """
    known = (c for c in found("nashgap.theory.conditions.concepts", "CONCEPT"))
    return {c.name: c for c in known if isinstance(c, Concept)}


def conditions(
    game: SymbolicGame, concept: str, *, players: Iterable[int] | None = None
) -> Conditions:
    r"""When the game's policy has a property, as inequalities in the symbols.

    Args:
        game: at most 8 states, 8 symbols and a few thousand systems of linear equations.
        concept: "nash", "strict-nash", "subgame-perfect", "dominant" or "strictly-dominant".
        players: whose policies are in question; all by default.

    Raises:
        BadInput: no such concept or player, or too many cases.

    Example:
        A prisoner's dilemma with temptation t and punishment x, everyone defecting:

        >>> from nashgap.theory.conditions import parse_symbolic, plain
        >>> game = parse_symbolic({
        ...     "discount": "1/2", "start": ["1"], "transition": [[[["1"], ["1"]]] * 1 + [[["1"],
        ...     ["1"]]]], "rewards": [[[["1/2", "-1"], ["t", "x"]]], [[["1/2", "t"], ["-1", "x"]]]],
        ...     "symbols": {"t": ["-1", "1"], "x": ["-1", "1"]},
        ...     "policies": {"expert": [[["0", "1"]], [["0", "1"]]]}})
        >>> print(plain(conditions(game, "dominant")))
        necessary and sufficient:
          t >= 1/2
    """
    known = concepts()
    if concept not in known:
        names = ", ".join(sorted(known))
        raise BadInput("concept", repr(concept), f"one of {names}")
    chosen = tuple(range(game.players)) if players is None else tuple(players)
    for player in chosen:
        if not 0 <= player < game.players:
            raise BadInput("player", str(player), f"0 to {game.players - 1}")
    sides = [known[concept].sides(Side(game, player)) for player in chosen]
    note = " ".join(sorted({s.note for s in sides} - {""}))
    sufficient = simplified(_joined(s.sufficient for s in sides), game.ranges)
    necessary = sufficient
    if note:
        necessary = simplified(_joined(s.necessary for s in sides), game.ranges)
    same = {c.atoms for c in sufficient} == {c.atoms for c in necessary}
    return Conditions(
        concept=concept,
        players=chosen,
        ranges=game.ranges,
        necessary=necessary,
        sufficient=sufficient,
        exact=not note or same,
        note="" if same else note,
    )


def _joined(groups: Iterable[tuple[Clause, ...]]) -> list[Clause]:
    return [clause for group in groups for clause in group]
