"""The assumptions that exist, found by walking this folder, and the reader of their lists."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache

from ..discovery import added, by_name
from ..errors import BadInput
from ..nearest import hint
from ..written import rational
from ._kinds import Assumption, Family

_WHERE = "assumptions"
_LONGEST = 401


@cache
def known() -> Mapping[str, Assumption | Family]:
    """Every assumption by name, in alphabetical order; a `Family` needs a parameter.

    Each module of this folder whose name has no leading underscore defines one `ASSUMPTION`.

    Example:
        >>> sorted(name for name, kind in known().items() if isinstance(kind, Family))
        ['entry', 'margin', 'match-bc', 'reset', 'visited']
    """
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package).__path__
    names = [m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_")]
    kinds = [importlib.import_module(f"{package}.{name}").ASSUMPTION for name in names]
    kinds += [*added(Assumption), *added(Family)]
    return by_name("assumption", sorted(kinds, key=lambda k: k.name), lambda k: k.name)


def parse_assumptions(text: str | Sequence[str]) -> tuple[Assumption, ...]:
    """Reads a comma-separated list such as "nash,margin=1/3", in its order.

    Args:
        text: the list, or its items one by one. An empty text is the empty list. Parameters are
            integers, fractions "p/q" or decimals, read exactly.

    Raises:
        BadInput: an unknown or repeated name, a parameter that is missing, superfluous, not a
            number or out of range.

    Example:
        >>> [a.text for a in parse_assumptions("nash, margin=0.25")]
        ['nash', 'margin=1/4']
    """
    items = text.split(",") if isinstance(text, str) else list(text)
    if isinstance(text, str) and not text.strip():
        items = []
    pairs = [_split(item) for item in items]
    names = [name for name, _ in pairs]
    for name in names:
        _find(name)
        if names.count(name) > 1:
            raise BadInput(_WHERE, f"{name!r} is given {names.count(name)} times", "each name once")
    return tuple(_read(name, value, frozenset(names)) for name, value in pairs)


def _split(item: str) -> tuple[str, str | None]:
    name, equals, value = item.partition("=")
    return name.strip(), value.strip() if equals else None


def _find(name: str) -> Assumption | Family:
    found = known().get(name)
    if found is not None:
        return found
    names = [written(kind) for kind in known().values()]
    given = (
        f"no assumption is called {name[:60]!r}{hint(name, known())}" if name else "an empty name"
    )
    raise BadInput(_WHERE, given, f"names out of {', '.join(names)}, separated by commas")


def written(kind: Assumption | Family) -> str:
    """How a list of assumptions has it: "nash", or "margin=m" with the letter of its parameter."""
    return f"{kind.name}={kind.symbol}" if isinstance(kind, Family) else kind.name


def _read(name: str, value: str | None, among: frozenset[str]) -> Assumption:
    kind = _find(name)
    match kind:
        case Assumption():
            if value is not None:
                raise BadInput(
                    _WHERE, f"given {name}={value[:60]}", f"{name!r} without a parameter"
                )
            return kind
        case Family():
            example = f"an exact number, for example {name}=1/3"
            if value is None:
                raise BadInput(_WHERE, f"{name!r} without a parameter", example)
            number = rational(value, _LONGEST)
            if number is None:
                raise BadInput(_WHERE, f"given {name}={value[:60]}", example)
            return kind.at(number, among)
