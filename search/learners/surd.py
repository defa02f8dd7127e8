r"""Numbers \(a+b\sqrt d\) with rational a, b and d >= 0: where two quadratic pieces meet."""

import math
from dataclasses import dataclass
from fractions import Fraction

ZERO = Fraction(0)


@dataclass(frozen=True)
class Surd:
    r"""\(a+b\sqrt d\); rational where b = 0.

    Example:
        >>> root = Surd(Fraction(1), Fraction(-1, 2), Fraction(2))
        >>> root.sign(), root.against(Surd(Fraction(3, 10))), str(root)
        (1, -1, '1 - 1/2*sqrt(2)')
    """

    a: Fraction
    b: Fraction = ZERO
    d: Fraction = ZERO

    @property
    def is_rational(self) -> bool:
        """Whether the number is a fraction."""
        return self.b == 0

    def sign(self) -> int:
        """-1, 0 or 1."""
        return sign_of(self.a, self.b, self.d)

    def against(self, other: "Surd") -> int:
        r"""The sign of self minus other, the roots may differ.

        With X = A + B sqrt(d) and Y = C sqrt(e), X + Y has the sign that X and Y share, or else
        that of the larger square; X squared is a surd of the same root.
        """
        gap = self.a - other.a
        left, right = sign_of(gap, self.b, self.d), _sign(-other.b * (other.d > 0))
        if left == right or right == 0:
            return left
        if left == 0:
            return right
        square = gap**2 + self.b**2 * self.d - other.b**2 * other.d
        return left * sign_of(square, 2 * gap * self.b, self.d)

    def near(self, digits: int = 60) -> tuple[Fraction, Fraction]:
        """Fractions below and above; equal if the number is one. 2**-digits times b apart."""
        if self.is_rational:
            return self.a, self.a
        scale = 4**digits
        root = math.isqrt(self.d.numerator * scale * self.d.denominator)
        under = Fraction(root, 2**digits * self.d.denominator)
        over = Fraction(root + 1, 2**digits * self.d.denominator)
        ends = sorted((self.a + self.b * under, self.a + self.b * over))
        return ends[0], ends[1]

    def __float__(self) -> float:
        return float(self.a) + float(self.b) * math.sqrt(self.d)

    def __str__(self) -> str:
        if self.is_rational:
            return str(self.a)
        sign = "+" if self.b > 0 else "-"
        return f"{self.a} {sign} {abs(self.b)}*sqrt({self.d})"


def sign_of(a: Fraction, b: Fraction, d: Fraction) -> int:
    r"""The sign of \(a+b\sqrt d\)."""
    first, second = _sign(a), _sign(b * (d > 0))
    if first == second or second == 0:
        return first
    if first == 0:
        return second
    return first * _sign(a * a - b * b * d)


def roots(c0: Fraction, c1: Fraction, c2: Fraction) -> list[Surd]:
    """The real zeros of c0 + c1 x + c2 x^2, rising; none for the zero polynomial."""
    if c2 == 0:
        return [Surd(-c0 / c1)] if c1 else []
    inner = c1 * c1 - 4 * c2 * c0
    if inner < 0:
        return []
    middle, part = -c1 / (2 * c2), 1 / (2 * abs(c2))
    exact = _square_root(inner)
    if exact is not None:
        return [Surd(middle - part * exact), Surd(middle + part * exact)][: 1 if not exact else 2]
    # Under the root an integer, without its small squares.
    whole, outside = inner.numerator * inner.denominator, Fraction(1, inner.denominator)
    for k in range(2, 100):
        while whole % (k * k) == 0:
            whole, outside = whole // (k * k), outside * k
    inner, part = Fraction(whole), part * outside
    return [Surd(middle, -part, inner), Surd(middle, part, inner)]


def _square_root(x: Fraction) -> Fraction | None:
    above, below = math.isqrt(x.numerator), math.isqrt(x.denominator)
    whole = above * above == x.numerator and below * below == x.denominator
    return Fraction(above, below) if whole else None


def _sign(x: Fraction) -> int:
    return (x > 0) - (x < 0)
