"""Trees: every choice is taken in every way that matters, and every leaf is a contradiction."""

from collections.abc import Iterator
from fractions import Fraction

from ..checker import MalformedError, _integer, _list, _number, _object
from .mixing import every_share
from .nodes import Form, Path, add_to
from .rows import Rows, direction

_MIXED = {"mixed", "ends", "pieces"}


def faults(rows: Rows, tree: object, where: str) -> Iterator[str]:
    """Walks the tree; yields what is wrong."""
    todo: list[tuple[object, str, Path]] = [(tree, where, {})]
    while todo:
        node, place, path = todo.pop()
        if isinstance(node, dict) and "leaf" in node:
            fault = leaf(rows, _object(node, place, {"leaf"})["leaf"], path, place)
            if fault:
                yield f"{place}: {fault}"
            continue
        if isinstance(node, dict) and "mixed" in node:
            fault = every_share(rows, _object(node, place, _MIXED), path, place)
            if fault:
                yield f"{place}: {fault}"
            continue
        split = _object(node, place, {"choice", "branches"})
        name = split["choice"]
        open_ = options(rows, name, path) if isinstance(name, str) else None
        if open_ is None or name in path:
            yield f"{place}: {name!r:.40} is no choice here"
            continue
        seen: set[int] = set()
        for branch in _list(split["branches"], place):
            item = _object(branch, place, {"to", "tree"})
            to = _integer(item["to"], f"{place}.to")
            if to not in open_:
                yield f"{place}: {to} is no option"
            seen.add(to)
            todo.append((item["tree"], f"{place}.{to}", {**path, name: to}))
        if not covers(rows, name, seen, open_, path):
            yield f"{place}: the branches do not cover every case"


def options(rows: Rows, name: str, path: Path) -> list[int] | None:
    """What a choice may be, or None if there is no such choice."""
    match name.split(" "):
        case ["deviates", state]:
            s = _integer(state, name)
            return [0, 1] if s in rows.states and rows.is_chosen(s) else None
        case ["top", alpha, beta, support]:
            direction(alpha, beta)
            return rows.support(support)
        case ["to", kind, state, *branch] if rows.rules.is_exact:
            s = _integer(state, name)
            node = rows.node(kind, s, branch, path) if s in rows.states else None
            return None if node is None else rows.support(node.shares[0][1])
    return None


def covers(rows: Rows, name: str, seen: set[int], options: list[int], path: Path) -> bool:
    """Every named option is there, and one unnamed state of each role that has any."""
    if name.startswith("deviates"):
        return seen >= set(options)
    named = {0}
    for choice, option in {**path, name: 0}.items():
        words = choice.split(" ")
        named.add(int(words[1]) if words[0] == "deviates" else option)
        named |= {int(words[2])} if words[0] == "to" else set()
    if not named & set(options) <= seen:
        return False
    roles = {rows.role(t) for t in options if t not in named}
    return roles <= {rows.role(t) for t in seen if t not in named}


def leaf(rows: Rows, given: object, path: Path, where: str) -> str | None:
    """Adds up the rows times their multipliers; None if that is a contradiction."""
    if not isinstance(given, dict):
        raise MalformedError(f"{where}: needed an object of multipliers")
    total: Form = {}
    strict = False
    for name, written in given.items():
        y = _number(written, f"{where}.{name}")
        row = rows.row(name, path)
        if row is None:
            return f"{name!r:.60} is no row in force here"
        if y < 0:
            return f"{name!r:.60} has a negative multiplier"
        strict = strict or (name == "asked" and rows.said.strict and y > 0)
        add_to(total, row, y)
    constant = total.pop("", Fraction(0))
    if any(total.values()):
        return "the variables do not cancel"
    return None if constant > 0 or (constant == 0 and strict) else "the sum is no contradiction"
