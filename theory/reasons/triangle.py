r"""The triangle inequality: \(\|x\|_1\le\sum_kc_k\|x_k\|_1\) when \(x=\sum_k\pm c_kx_k\)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import ClassVar

from ..expression import Call, Expression, Number, Product, Sum
from ..ledger import BrokenStepError, Ledger, Place
from ..shapes import fields

Factors = tuple[tuple[bool, Expression], ...]
NORMS = ("norm_s", "norm_a", "norm_sa")
MOST = 4


@dataclass(frozen=True)
class Triangle:
    """Splits a norm, and takes factors out of it."""

    kind: ClassVar[str] = "triangle"

    def check(self, place: Place, ledger: Ledger) -> None:
        """The line before is a norm, the line itself a sum of multiples of norms of its parts."""
        if place.relation != "<=":
            raise BrokenStepError("the triangle inequality gives '<='")
        norm, body = _norm(place.left)
        parts = list(_parts(place.right, norm))
        if len(parts) > MOST:
            raise BrokenStepError(f"more than {MOST} norms on the right")
        for scale, _ in parts:
            ledger.nonnegative(scale, "a multiple of a norm")
        for signs in product((False, True), repeat=len(parts)):
            terms = [
                (minus, Product(((False, scale), (False, part))))
                for minus, (scale, part) in zip(signs, parts, strict=True)
            ]
            if _agree(body, Sum(tuple(terms)), ledger):
                ledger.rest("triangle inequality", "linearity")
                return
        raise BrokenStepError("what is inside the norms on the right does not add up to the left")

    def words(self) -> str:
        """In plain words."""
        return "triangle inequality"

    def latex(self) -> str:
        """In words with formulas."""
        return "triangle inequality"

    def lemmas(self) -> tuple[str, ...]:
        """None."""
        return ()

    def raw(self) -> dict[str, object]:
        """Nothing but the kind."""
        return {}

    @classmethod
    def read(cls, raw: Mapping[str, object], where: str) -> "Triangle":
        """Nothing but the kind."""
        fields(raw, where)
        return cls()


def _agree(body: Expression, sum_of_parts: Expression, ledger: Ledger) -> bool:
    try:
        ledger.identical(body, sum_of_parts, "the parts")
    except BrokenStepError:
        return False
    return True


def _norm(expression: Expression) -> tuple[str, Expression]:
    match expression:
        case Call(function, (body,)) if function in NORMS:
            return function, body
        case _:
            raise BrokenStepError("the line before must be one norm")


def _parts(expression: Expression, norm: str) -> Iterator[tuple[Expression, Expression]]:
    """The multiple and the inside of each norm in a sum."""
    match expression:
        case Sum(terms) if not any(minus for minus, _ in terms):
            for _, term in terms:
                yield from _parts(term, norm)
        case Call(function, (body,)) if function == norm:
            yield Number(Fraction(1)), body
        case Product(factors) if (inside := _scaled(factors, norm)) is not None:
            yield Product(factors[:-1]), inside
        case _:
            raise BrokenStepError(f"the line must be a sum of multiples of {norm}(...)")


def _scaled(factors: Factors, norm: str) -> Expression | None:
    """The inside of a norm that is the last of several factors."""
    match factors[-1]:
        case (False, Call(function, (body,))) if function == norm and len(factors) > 1:
            return body
        case _:
            return None


REASON = Triangle
