r"""Suprema with a square root: the lesser root of a quadratic whose coefficients are formulas.

The minimal polynomial of an irrational supremum gives exactly what a formula of it needs: the sum
and the product of its two roots, which are rational in the discount. At discounts at which the root
is rational (the discriminant is a square) the supremum tests both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from nashgap.numeric.root import Root

from .formula import Formula, Point, fitted, formula_of

Value = Fraction | Root


@dataclass(frozen=True)
class Surd:
    r"""\(\frac a2-\sqrt{\frac{a^2}4-\frac b{1-\gamma}}\).

    Attributes:
        total: \(a\), the sum of the roots. product: \(b\): what is left of their product when a
            factor \(1/(1-\gamma)\) is taken out.
        text: how it is written, where that is known already.
    """

    total: Formula
    product: Formula
    text: str = field(default="", compare=False)

    def holds(self, point: Point, value: Value) -> bool:
        """Whether the supremum at a point is this root."""
        a, b = self.total.at(point), self.product.at(point)
        if a is None or b is None:
            return False
        b /= 1 - point[0]
        if isinstance(value, Root):
            return _sum_and_product(value) == (a, b) and value.low + value.high < a
        return value * value - a * value + b == 0 and 2 * value <= a

    def __str__(self) -> str:
        from .printed import printed_surd

        return self.text or printed_surd(self.total, self.product)

    def json(self) -> dict[str, Any]:
        """As text, and the sum and the product of the roots."""
        return {"text": str(self), "sum": self.total.json(), "product": self.product.json()}


def surd_of(raw: Mapping[str, Any]) -> Surd:
    """Reads what `Surd.json` made."""
    return Surd(formula_of(raw["sum"]), formula_of(raw["product"]), str(raw["text"]))


def fitted_surd(variables: Sequence[str], points: Sequence[tuple[Point, Value]]) -> Surd | None:
    """The quadratic of least degrees for all points; None if there is none, or it is not theirs.

    Example:
        >>> known = {"9/10": (3600, -440, 9), "2/3": (36, -24, 1), "1/2": (16, -24, 1),
        ...          "7/8": (1792, -288, 7), "4/5": (100, -30, 1)}
        >>> ends = Fraction(0), Fraction(11)
        >>> points = [((Fraction(g),), Root(c, *ends)) for g, c in known.items()]
        >>> str(fitted_surd(("gamma",), points))
        '2*(2 - gamma - 2*sqrt(1 - gamma))/(gamma*(1 - gamma))'
    """
    quadratics = [
        (p, *_sum_and_product(y))
        for p, y in points
        if isinstance(y, Root) and len(y.polynomial) == _QUADRATIC
    ]
    total = fitted(variables, [(p, a) for p, a, _ in quadratics])
    product = fitted(variables, [(p, b * (1 - p[0])) for p, _, b in quadratics])
    if total is None or product is None:
        return None
    found = Surd(total, product)
    return found if all(found.holds(p, y) for p, y in points) else None


_QUADRATIC = 3


def _sum_and_product(root: Root) -> tuple[Fraction, Fraction]:
    constant, middle, top = root.polynomial
    return Fraction(-middle, top), Fraction(constant, top)
