"""Entries that differ in discount and parameters alone, and the formula that fits them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .entry import PARAMETERS, Entry, assumptions, class_of
from .formula import Formula, Point, fitted, formula_of
from .pieces import Known, Pieces, in_pieces, pieces_of
from .surd import Value

LETTERS = {"reset": "b", "entry": "b", "margin": "m"}
FRESH_DISCOUNTS = frozenset(
    map(Fraction, ("4/5", "99/100", "7/10", "5/6", "3/8", "9/20", "97/100"))
)
FRESH_PARAMETERS = frozenset(map(Fraction, ("2/5", "1/6")))


@dataclass(frozen=True)
class Family:
    """A class with its parameters left open, on one shape.

    Attributes:
        name: as an entry's, with letters for the parameters and without the discount.
        variables: the discount and the parameters.
        entries: with their points, in the order of the variables.
        formula: what fits the decided entries of known discounts and parameters, and holds at every
            fresh one that is decided, perhaps in pieces; or None.
        fitted_on: how many entries it was fitted to.
        tested_on: at how many others it was tested.
    """

    name: str
    variables: tuple[str, ...]
    entries: tuple[tuple[Point, Entry], ...]
    formula: Formula | Pieces | None
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
            if entry.value is not None and not self._says(point, entry.value)
        ]

    def _says(self, point: Point, value: Value) -> bool:
        match self.formula:
            case Pieces() as pieces:
                return pieces.holds(point, value)
            case Formula() as whole:
                return whole.at(point) == value
        return False

    @property
    def decided(self) -> list[Entry]:
        """The entries whose supremum is known, rational or isolated."""
        return [entry for _, entry in self.entries if entry.value is not None]

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
    formula: Formula | Pieces | None = None
    if raw["formula"] is not None:
        formula = (pieces_of if "pieces" in raw["formula"] else formula_of)(raw["formula"])
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
    known = [(p, e.value) for p, e in members if e.value is not None]
    seen = [(p, y) for p, y in known if not is_fresh(p)]
    fresh = [(p, y) for p, y in known if is_fresh(p)]
    formula = _formula(variables, seen, fresh)
    return Family(name, variables, tuple(members), formula, len(seen), len(fresh))


def _formula(variables: tuple[str, ...], seen: Known, fresh: Known) -> Formula | Pieces | None:
    """One formula for all, or pieces; None without fresh points that test it."""
    rational = [(p, y) for p, y in seen if isinstance(y, Fraction)]
    if rational and len(rational) == len(seen):
        whole = fitted(variables, rational)
        if whole is not None and fresh and all(whole.at(p) == y for p, y in fresh):
            return whole
    return in_pieces(variables, [*seen, *fresh], is_fresh) if len(variables) == 1 else None


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
