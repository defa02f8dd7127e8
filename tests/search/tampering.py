"""Every way to change one entry of a JSON object, for tests of witnesses and certificates."""

import copy
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

F = Fraction

Place = tuple[Any, ...]


def places(tree: Any, at: Place = ()) -> Iterator[Place]:
    """Every place in the object, the root left out."""
    items = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in items:
        yield (*at, key)
        yield from places(value, (*at, key))


def look(tree: Any, place: Place) -> Any:
    """What is at a place."""
    for key in place:
        tree = tree[key]
    return tree


def changed(tree: Any, place: Place, value: Any) -> Any:
    """A copy with another value at the place."""
    found = copy.deepcopy(tree)
    look(found, place[:-1])[place[-1]] = value
    return found


def corruptions(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every leaf changed in several ways, every key and item deleted, doubled or renamed."""
    for place in places(tree):
        shown = ".".join(map(str, place))
        parent, here = look(tree, place[:-1]), look(tree, place)
        for value in others(here):
            yield f"{shown}: {here!r:.30} -> {value!r:.30}", changed(tree, place, value)
        removed = copy.deepcopy(tree)
        del look(removed, place[:-1])[place[-1]]
        yield f"{shown}: deleted", removed
        if isinstance(parent, list):
            doubled = copy.deepcopy(tree)
            look(doubled, place[:-1]).append(copy.deepcopy(here))
            yield f"{shown}: repeated at the end", doubled
            turned = copy.deepcopy(tree)
            look(turned, place[:-1]).reverse()
            yield f"{shown}: list reversed", turned
        else:
            renamed = copy.deepcopy(tree)
            target = look(renamed, place[:-1])
            target[f"{place[-1]} "] = target.pop(place[-1])
            yield f"{shown}: renamed", renamed


def others(value: Any) -> Iterator[Any]:
    """Other values of the same and of other kinds."""
    if isinstance(value, bool):
        yield from (not value, "true", 1, None)
        return
    if isinstance(value, int):
        yield from (value + 1, value - 1, 10**9, -value - 1, str(value + 1), None, True, 1.5)
        return
    if isinstance(value, str):
        try:
            number = F(value)
        except ValueError:
            yield from ("", value + "x", value[:-1], "nash", "move 0", "any-kernel", "0", None, 0)
            return
        yield from (
            str(x)
            for x in (number + 1, number - 1, -number, number / 2, F(0), number + F(1, 10**12))
        )
        yield from ("", "x", "1/0", "nan", "1e5", None, [], True)
        return
    if isinstance(value, dict):
        yield from ({}, [], None, {**value, "more": "1"})
        return
    yield from ([], {}, None, "x", [value])


def accepted(raw: Mapping[str, Any]) -> bool:
    """Whether the object is read, and is valid."""
    try:
        return verify(raw).valid
    except BadInput:
        return False


def is_excluded(
    raw: Mapping[str, Any], supremum: Callable[[Mapping[str, Any], int | None], F]
) -> bool:
    """Whether what a certificate says is so, where the supremum of a class is known."""
    excludes = raw["excludes"]
    player = int(excludes["player"]) if "player" in excludes else None
    best, gap = supremum(raw["class"], player), F(excludes["gap"])
    return gap >= best if excludes["strict"] else gap > best
