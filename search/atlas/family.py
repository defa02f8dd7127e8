"""Entries that differ in discount and parameters alone, and the formula that fits them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .entry import PARAMETERS, Entry, assumptions, class_of
from .formula import Formula, Point, fitted, formula_of

LETTERS = {"reset": "b", "entry": "b", "margin": "m"}
FRESH_DISCOUNTS = frozenset(map(Fraction, ("4/5", "99/100", "7/10", "5/6")))
FRESH_PARAMETERS = frozenset(map(Fraction, ("2/5", "1/6")))


@dataclass(frozen=True)
class Family:
    """A class with its parameters left open, on one shape.

    Attributes:
        name: as an entry's, with letters for the parameters and without the discount.
        variables: the discount and the parameters.
        entries: with their points, in the order of the variables.
        formula: what fits the decided entries of known discounts and parameters, and holds at every
            fresh one that is decided; or None.
        fitted_on: how many entries it was fitted to.
        tested_on: at how many others it was tested.
    """

    name: str
    variables: tuple[str, ...]
    entries: tuple[tuple[Point, Entry], ...]
    formula: Formula | None
    fitted_on: int
    tested_on: int

    @property
    def misses(self) -> list[Entry]:
        """The decided entries at which the formula has another value; there must be none."""
        if self.formula is None:
            return []
        return [
            entry
            for point, entry in self.entries
            if entry.supremum is not None and self.formula.at(point) != entry.supremum
        ]

    @property
    def decided(self) -> list[Entry]:
        """The entries whose supremum is known."""
        return [entry for _, entry in self.entries if entry.supremum is not None]

    def json(self) -> dict[str, Any]:
        """The family as `--json` shows it."""
        return {
            "name": self.name,
            "variables": list(self.variables),
            "entries": [entry.name for _, entry in self.entries],
            "decided": len(self.decided),
            "formula": None if self.formula is None else self.formula.json(),
            "fitted_on": self.fitted_on,
            "tested_on": self.tested_on,
        }


def family_of(raw: Mapping[str, Any], entries: Mapping[str, Entry]) -> Family:
    """Reads what `Family.json` made.

    Args:
        raw: the object.
        entries: by name.
    """
    variables = tuple(raw["variables"])
    chosen = [entries[name] for name in raw["entries"]]
    formula = None if raw["formula"] is None else formula_of(raw["formula"])
    points = [(_place(entry)[2][: len(variables)], entry) for entry in chosen]
    return Family(
        raw["name"], variables, tuple(points), formula, raw["fitted_on"], raw["tested_on"]
    )


def families(entries: Iterable[Entry]) -> list[Family]:
    """Every family of the entries, in the order of their first entry, each with its formula."""
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[Point, Entry]]] = {}
    for entry in entries:
        name, variables, point = _place(entry)
        groups.setdefault((name, variables), []).append((point, entry))
    return [
        family for (name, variables), members in groups.items()
        for family in _families(name, variables, members)
    ]  # fmt: skip


def _families(
    name: str, variables: tuple[str, ...], members: Sequence[tuple[Point, Entry]]
) -> list[Family]:
    """One family, or one for each value of the parameters if no formula holds for all."""
    whole = _family(name, variables, members)
    if whole.formula is not None or len(variables) == 1:
        return [whole]
    slices: dict[Point, list[tuple[Point, Entry]]] = {}
    for point, entry in members:
        slices.setdefault(point[1:], []).append((point[:1], entry))
    parts = []
    for fixed, some in slices.items():
        own = name
        for letter, x in zip(variables[1:], fixed, strict=True):
            own = own.replace(f"={letter},", f"={x},").replace(f"={letter}/", f"={x}/")
        parts.append(_family(own, variables[:1], some))
    return parts if any(part.formula is not None for part in parts) else [whole]


def _family(
    name: str, variables: tuple[str, ...], members: Sequence[tuple[Point, Entry]]
) -> Family:
    known = [(p, e.supremum) for p, e in members if e.supremum is not None]
    seen = [(p, y) for p, y in known if not is_fresh(p)]
    fresh = [(p, y) for p, y in known if is_fresh(p)]
    formula = fitted(variables, seen) if seen else None
    if formula is not None and (not fresh or any(formula.at(p) != y for p, y in fresh)):
        formula = None
    return Family(name, variables, tuple(members), formula, len(seen), len(fresh))


def is_fresh(point: Point) -> bool:
    """Whether a point is kept for testing."""
    return point[0] in FRESH_DISCOUNTS or bool(FRESH_PARAMETERS & set(point[1:]))


def _place(entry: Entry) -> tuple[str, tuple[str, ...], Point]:
    """The family of an entry, its variables, and the entry's point."""
    said = entry.query.game_class
    named, variables, point = [], ["gamma"], [said.discount]
    for word in assumptions(entry.query):
        kind, _, parameter = word.partition("=")
        if kind in PARAMETERS:
            letter = LETTERS[kind] if LETTERS[kind] not in variables else "c"
            named.append(f"{kind}={letter}")
            variables.append(letter)
            point.append(Fraction(parameter))
        else:
            named.append(word)
    return class_of(entry.query, named), tuple(variables), tuple(point)
