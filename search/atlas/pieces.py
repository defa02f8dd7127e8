"""Suprema that one formula fits up to some discount, and another one from there on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.numeric.numbers import exact, text
from nashgap.numeric.root import Root

from .formula import Formula, Point, fitted, formula_of
from .surd import Surd, Value, fitted_surd, surd_of

Known = Sequence[tuple[Point, Value]]


@dataclass(frozen=True)
class Piece:
    """A formula, and the discounts between which it was fitted and tested.

    Attributes:
        formula: what it says. low, high: the least and the largest of those discounts.
        fitted_on: at how many it was fitted. tested_on: at how many fresh ones it was tested.
    """

    formula: Formula | Surd
    low: Fraction
    high: Fraction
    fitted_on: int
    tested_on: int

    def holds(self, point: Point, value: Value) -> bool:
        """Whether the supremum at a point is what the formula says."""
        if isinstance(self.formula, Surd):
            return self.formula.holds(point, value)
        return self.formula.at(point) == value


@dataclass(frozen=True)
class Pieces:
    """Formulas for ranges of the discount, in order.

    Attributes:
        pieces: at least two.
    """

    pieces: tuple[Piece, ...]

    def holds(self, point: Point, value: Value) -> bool:
        """Whether the supremum is what the piece of that discount says.

        Between two pieces nothing is said, so either of them may hold.
        """
        below = [p for p in self.pieces if p.low <= point[0]]
        above = [p for p in self.pieces if p.high >= point[0]]
        near = [p for p in self.pieces if p in below and p in above]
        return any(p.holds(point, value) for p in near or [*below[-1:], *above[:1]])

    def __str__(self) -> str:
        return "; ".join(f"{p.formula} from gamma = {p.low} to {p.high}" for p in self.pieces)

    def json(self) -> dict[str, Any]:
        """As text, and each piece with its range."""
        return {
            "text": str(self),
            "pieces": [
                {
                    "formula": p.formula.json(),
                    "from": text(p.low),
                    "to": text(p.high),
                    "fitted_on": p.fitted_on,
                    "tested_on": p.tested_on,
                }
                for p in self.pieces
            ],
        }


def pieces_of(raw: Mapping[str, Any]) -> Pieces:
    """Reads what `Pieces.json` made."""
    return Pieces(
        tuple(
            Piece(
                (surd_of if "sum" in p["formula"] else formula_of)(p["formula"]),
                exact(p["from"], "from"),
                exact(p["to"], "to"),
                p["fitted_on"],
                p["tested_on"],
            )
            for p in raw["pieces"]
        )
    )


def in_pieces(
    variables: Sequence[str], points: Known, is_fresh: Callable[[Point], bool]
) -> Pieces | None:
    """Few formulas for all points: each as long as one that holds at fresh points goes on.

    Args:
        variables: the discount alone.
        points: with the suprema there.
        is_fresh: whether a point is kept for testing.
    """
    left = sorted(points, key=lambda one: one[0])
    found: list[Piece] = []
    while left:
        ends = range(len(left), 0, -1)
        piece = next((p for n in ends if (p := _piece(variables, left[:n], is_fresh))), None)
        if piece is None:
            return None
        found.append(piece)
        left = left[piece.fitted_on + piece.tested_on :]
    return Pieces(tuple(found)) if found else None


def _piece(
    variables: Sequence[str], points: Known, is_fresh: Callable[[Point], bool]
) -> Piece | None:
    """One formula for all these points, found from those that are not fresh; None if none is."""
    seen = [(p, y) for p, y in points if not is_fresh(p)]
    fresh = len(points) - len(seen)
    rational = [(p, y) for p, y in seen if not isinstance(y, Root)]
    formula: Formula | Surd | None = None
    if len(rational) == len(seen):
        formula = fitted(variables, rational)
    elif seen:
        formula = fitted_surd(variables, seen)
    if formula is None or not fresh:
        return None
    piece = Piece(formula, points[0][0][0], points[-1][0][0], len(seen), fresh)
    return piece if all(piece.holds(p, y) for p, y in points) else None
