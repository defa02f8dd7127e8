r"""Expressions of the theory: what a claim and a line of a derivation are made of.

A closed union of frozen nodes. A sum keeps the sign of each term and a product the side of the
fraction of each factor, so that an expression prints as it was written, at any length without deep
nesting.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, Self, TypeVar, assert_never

Relation = str
RELATIONS = ("<=", ">=", "==", "<", ">")


@dataclass(frozen=True, slots=True)
class Number:
    """A rational constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity, a parameter, or the role of a policy."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of expressions: min, max, or an operator of a derivation."""

    function: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Sum:
    r"""\(\pm t_1\pm t_2\dots\), each term with whether it is subtracted."""

    terms: tuple[tuple[bool, "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Product:
    r"""\(f_1\cdot f_2/f_3\dots\), each factor with whether it divides."""

    factors: tuple[tuple[bool, "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Power:
    r"""\(b^k\) with an integer \(k\)."""

    base: "Expression"
    exponent: int


Expression = Number | Name | Call | Sum | Product | Power


class Arithmetic(Protocol):
    """What the numbers of a reading can do."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...
    def __neg__(self) -> Self: ...


T = TypeVar("T", bound=Arithmetic)


def fold(
    expression: Expression,
    leaf: Callable[[Name | Call], T],
    number: Callable[[Fraction], T],
    power: Callable[[T, int], T],
    guard: Callable[[T], T] = lambda value: value,
) -> T:
    """Reads an expression in some arithmetic.

    Args:
        expression: what to read.
        leaf: the value of a name or of a call.
        number: the value of a constant.
        power: how to take an integer power.
        guard: sees every intermediate value, and may raise.
    """

    def read(node: Expression) -> T:
        match node:
            case Number():
                return number(node.value)
            case Name() | Call():
                return leaf(node)
            case Power():
                return guard(power(read(node.base), node.exponent))
            case Sum():
                subtracted, first = node.terms[0]
                value = -read(first) if subtracted else read(first)
                for subtracted, term in node.terms[1:]:
                    value = guard(value - read(term) if subtracted else value + read(term))
                return value
            case Product():
                divides, first = node.factors[0]
                value = number(Fraction(1)) / read(first) if divides else read(first)
                for divides, factor in node.factors[1:]:
                    value = guard(value / read(factor) if divides else value * read(factor))
                return value
            case _:
                assert_never(node)

    return read(expression)


def children(expression: Expression) -> tuple[Expression, ...]:
    """The immediate parts of an expression."""
    match expression:
        case Number() | Name():
            return ()
        case Call():
            return expression.arguments
        case Sum():
            return tuple(term for _, term in expression.terms)
        case Product():
            return tuple(factor for _, factor in expression.factors)
        case Power():
            return (expression.base,)
        case _:
            assert_never(expression)


def nodes(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it."""
    yield expression
    for child in children(expression):
        yield from nodes(child)


def rewrite(expression: Expression, rule: Callable[[Expression], Expression | None]) -> Expression:
    """Replaces each outermost part for which `rule` gives something, which then stays as it is."""
    replaced = rule(expression)
    if replaced is not None:
        return replaced
    match expression:
        case Number() | Name():
            return expression
        case Call():
            return Call(expression.function, tuple(rewrite(a, rule) for a in expression.arguments))
        case Sum():
            return Sum(tuple((minus, rewrite(t, rule)) for minus, t in expression.terms))
        case Product():
            return Product(tuple((over, rewrite(f, rule)) for over, f in expression.factors))
        case Power():
            return Power(rewrite(expression.base, rule), expression.exponent)
        case _:
            assert_never(expression)


def text(expression: Expression) -> str:
    """The expression in plain text, which reads back with the same value.

    Example:
        >>> text(Product(((False, Number(Fraction(2))), (True, Power(Name("gamma"), 3)))))
        '2/gamma**3'
    """
    match expression:
        case Number():
            value = expression.value
            return (
                str(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
            )
        case Name():
            return expression.name
        case Call():
            return f"{expression.function}({', '.join(map(text, expression.arguments))})"
        case Sum():
            first, *rest = expression.terms
            lead = ("-" if first[0] else "") + _term(first[1])
            return lead + "".join(f" {'-' if minus else '+'} {_term(t)}" for minus, t in rest)
        case Product():
            first, *rest = expression.factors
            lead = ("1/" if first[0] else "") + _factor(first[1])
            return lead + "".join(("/" if over else "*") + _factor(f) for over, f in rest)
        case Power():
            return f"{_base(expression.base)}**{expression.exponent}"
        case _:
            assert_never(expression)


def _plain(expression: Expression) -> bool:
    match expression:
        case Number(value):
            return value >= 0 and value.denominator == 1
        case Name() | Call():
            return True
        case _:
            return False


def _term(expression: Expression) -> str:
    loose = isinstance(expression, Sum) or (isinstance(expression, Number) and expression.value < 0)
    return f"({text(expression)})" if loose else text(expression)


def _factor(expression: Expression) -> str:
    tight = _plain(expression) or isinstance(expression, Power)
    return text(expression) if tight else f"({text(expression)})"


def _base(expression: Expression) -> str:
    return text(expression) if _plain(expression) else f"({text(expression)})"
