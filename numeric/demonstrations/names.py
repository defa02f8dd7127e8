"""States and actions in data: by name, or by index counted from 0."""

from collections.abc import Sequence

from nashgap.theory.errors import BadInput

from ..numbers import short


def index_of(given: object, names: Sequence[str], where: str, what: str) -> int:
    """Reads one entry of JSON: a string is a name, an integer an index.

    Raises:
        BadInput: neither a name nor an index of the game.

    Example:
        >>> index_of("up", ["down", "up"], "line 1", "an action")
        1
    """
    if isinstance(given, str):
        if given not in names:
            raise BadInput(where, f"given {short(given)}", f"{what}: {_some(names)}")
        return names.index(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < len(names):
        needed = f"{what} by name, or by index from 0 to {len(names) - 1}"
        raise BadInput(where, f"given {short(given)}", needed)
    return given


def column(
    given: Sequence[str], names: Sequence[str], places: Sequence[str], what: str
) -> list[int]:
    """Reads a column of text: names if all of its entries are names, else indices.

    Args:
        given: the entries.
        names: those that the game has.
        places: where each entry stands, for messages.
        what: "a state" or "an action".

    Raises:
        BadInput: an entry that is neither; names and indices mixed.

    Example:
        >>> column(["1", "0"], ["down", "up"], ["row 2", "row 3"], "an action")
        [1, 0]
    """
    by_name = {name: k for k, name in enumerate(names)}
    by_index = {str(k): k for k in range(len(names))}
    for table in (by_name, by_index):
        if all(entry in table for entry in given):
            return [table[entry] for entry in given]
    likely = by_name if given[0] in by_name else by_index
    wrong, place = next(
        (entry, place) for entry, place in zip(given, places, strict=True) if entry not in likely
    )
    needed = f"{what} in every row by name ({_some(names)}) or in every row by index"
    raise BadInput(place, f"given {short(wrong)}", needed)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name if len(name) <= 20 else f"{name[:17]}..." for name in names[:6])
    return shown if len(names) <= 6 else f"{shown}, ... ({len(names)} in all)"
