"""What a misspelt word may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def hint(given: str, names: Iterable[str]) -> str:
    """The nearest of the names as " (did you mean 'name'?)", "" where none is near.

    Example:
        >>> hint("Nsh", ["dominant", "nash"]), hint("chess", ["nash"])
        (" (did you mean 'nash'?)", '')
    """
    spelt = {name.lower(): name for name in names}
    near = get_close_matches(given.lower(), spelt, n=1)
    return f" (did you mean {spelt[near[0]]!r}?)" if near else ""
