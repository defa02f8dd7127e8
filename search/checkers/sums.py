r"""How proofs are added up: sums of rows, trees of choices, cases.

A row is a linear form that is at most 0 (< 0 if strict, = 0 if an equation) for what its variables
stand for in any game of the class. A leaf gives multipliers, at least 0 but for equations. If the
sum is a number \(d>0\), or \(d=0\) and a strict row has a share, there is no such game.

A tree splits on a choice, say which of some states a maximum is at. Where states of one role that
are named nowhere on the path are interchangeable (which each kind argues for), it is enough to
treat every named state and one unnamed state of each role. 0 is always named.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from .common import ZERO, MalformedError, Statement, integer, list_, number, object_

Form = dict[str, Fraction]
"""Coefficients of variables; that of "" is the constant."""
Path = Mapping[str, int]
"""The choices made so far."""


class Row(NamedTuple):
    """A form that is at most 0."""

    form: Form
    is_equation: bool = False
    is_strict: bool = False


def add(total: Form, form: Mapping[str, Fraction], factor: Fraction) -> None:
    """Adds a multiple of a form."""
    for x, c in form.items() if factor else ():
        total[x] = total.get(x, ZERO) + factor * c


def fault_of(row_of: Callable[[str], Row | None], given: object, where: str) -> str | None:
    """Adds up rows times their multipliers; None if that is a contradiction."""
    if not isinstance(given, dict):
        raise MalformedError(f"{where}: needed an object of multipliers")
    total, strict = Form(), False
    for name, written in given.items():
        y, row = number(written, f"{where}.{name:.60}"), row_of(name)
        if row is None:
            return f"{name!r:.60} is no row in force here"
        if y < 0 and not row.is_equation:
            return f"{name!r:.60} has a negative multiplier"
        strict = strict or (y > 0 and row.is_strict)
        add(total, row.form, y)
    left = total.pop("", ZERO)
    if any(total.values()):
        return "the variables do not cancel"
    return None if left > 0 or (left == 0 and strict) else f"the sum reads {left} <= 0"


# -- trees and cases


class Case(Protocol):
    """What a tree is checked against."""

    def options(self, choice: str, path: Path) -> Mapping[int, Hashable] | None:
        """The options of a choice with their roles; None if there is no such choice."""

    def named(self, choice: str, option: int) -> set[int]:
        """The states that a choice and its option name."""
        ...

    def leaf(self, node: object, path: Path, where: str) -> str | None:
        """Why a leaf is no contradiction; None if it is one."""


def faults_of(case: Case, tree: object, where: str) -> Iterator[str]:
    """Walks a tree, without recursion; yields what is wrong."""
    todo: list[tuple[object, str, dict[str, int]]] = [(tree, where, {})]
    while todo:
        node, place, path = todo.pop()
        if not isinstance(node, dict) or "choice" not in node:
            if fault := case.leaf(node, path, place):
                yield f"{place}: {fault}"
            continue
        split, seen = object_(node, place, {"choice", "branches"}), set[int]()
        choice = split["choice"]
        if not isinstance(choice, str):
            raise MalformedError(f"{place}: needed a choice in words")
        options = case.options(choice, path)
        if options is None or choice in path:
            yield f"{place}: {choice!r:.40} is no choice here"
            continue
        for branch in list_(split["branches"], place):
            item = object_(branch, place, {"to", "tree"})
            to = integer(item["to"], f"{place}.to")
            if to not in options:
                yield f"{place}: {to} is no option"
                continue
            seen.add(to)
            todo.append((item["tree"], f"{place}.{to}", {**path, choice: to}))
        named = {0}.union(case.named(choice, 0), *(case.named(*made) for made in path.items()))
        fresh = {role for to, role in options.items() if to not in named}
        if not named & options.keys() <= seen or not fresh <= {options[t] for t in seen - named}:
            yield f"{place}: the branches do not cover every case"


def check_cases(
    said: Statement,
    missing: set[tuple[Any, ...]],
    keys: set[str],
    which: Callable[[dict[str, Any], str], tuple[Any, ...]],
    kind: Callable[[int], Hashable],
    faults: Callable[[Any, tuple[Any, ...], dict[str, Any], str], Iterator[str]],
) -> tuple[str, ...]:
    """Goes through the cases, and sees that together they are all that is to be shown.

    Args:
        said: the statement.
        missing: a player and what else names a case, of all that is to be shown.
        keys: those of a case beside "players"; one that ends in "?" may be left out.
        which: what else names a case, from its object.
        kind: all that a proof depends on of a player.
        faults: what is wrong with a case for a kind of player.
    """
    reasons: list[str] = []
    needed = {"players", *(key for key in keys if key[-1] != "?")}
    for place, item in enumerate(said.cases):
        where = f"cases[{place}]"
        case = object_(item, where, needed, {key[:-1] for key in keys - needed})
        named = [integer(p, f"{where}.players") for p in list_(case["players"], where)]
        rest = which(case, where)
        shown = {(player, *rest) for player in named}
        if not shown <= missing or len(shown) < len(named):
            reasons.append(f"{where}: not what is left to be shown")
        for one in dict.fromkeys(kind(player) for player, *_ in sorted(shown & missing, key=str)):
            reasons += faults(one, rest, case, where)
        missing -= shown
    if missing:
        reasons.append(f"{len(missing)} cases are not covered, one of player {min(missing)[0]}")
    return tuple(reasons)
