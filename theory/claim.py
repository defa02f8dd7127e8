r"""The claim language: one inequality between quantities of a learner and an expert.

`NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2` is read for the learner \(\pi\) against the expert
\(\pi^E\), rewards in \([-1,1]\), values as discounted sums, occupancies normalised. A name that
ends in `_i` makes the claim one for every player i, the same i throughout.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isfinite, tanh

from .enclosure import Interval, tanh_bounds
from .errors import NashgapError
from .expression import Call, Expression, Name, Relation, fold, nodes
from .formula import relation_latex
from .meaning import Meaning
from .model import Answer, Model, Number, UndeterminedError, brief
from .parsing import Vocabulary, parse_relation
from .quantities import meanings

MAX_BITS = 1_000_000
TANH = "tanh"
Pair = tuple[Number, Number]


class OutsideDomain(NashgapError):  # noqa: N818  (a place, not a fault)
    """A side of a claim has no value on a model; a claim turns it into an `Answer`."""


@dataclass(frozen=True)
class Claim:
    r"""One inequality, `left relation right`.

    Example:
        >>> claim = parse_claim("NashGap_i <= 2*eps_BC / (1-gamma)**2")
        >>> sorted(claim.names), claim.relation, claim.is_per_player
        (['NashGap_i', 'eps_BC', 'gamma'], '<=', True)
        >>> claim.latex()
        '\\mathrm{NashGap}_i(\\pi) \\le \\frac{2\\,\\varepsilon_{\\mathrm{BC}}}{(1 - \\gamma)^{2}}'
    """

    left: Expression
    relation: Relation
    right: Expression
    text: str

    @property
    def names(self) -> frozenset[str]:
        """The quantities that the claim names."""
        parts = (*nodes(self.left), *nodes(self.right))
        return frozenset(part.name for part in parts if isinstance(part, Name))

    @property
    def is_per_player(self) -> bool:
        """Whether it is a claim for every player i."""
        return any(meanings()[name].per_player for name in self.names)

    def latex(self) -> str:
        """The formula, without dollar signs."""
        return relation_latex(self.left, self.relation, self.right)

    def sides(self, model: Model) -> Pair | tuple[Pair, ...]:
        """The two sides on a model; one pair per player when the claim is per player.

        Exact on an exact model, but for a hyperbolic tangent: then the sides are rational numbers
        next to them, a little nearer to keeping the claim, so that a pair that breaks the relation
        breaks the claim.

        Raises:
            OutsideDomain: a division by zero, an infinite C, or numbers beyond all bounds.
            UndeterminedError: a quantity was not known within its budget.
        """
        if self.is_per_player:
            return tuple(self.pair(model, i) for i in range(model.players))
        return self.pair(model, None)

    def holds(self, model: Model) -> Answer:
        """Whether the claim is true on a model: True, False, or undecided with the reason.

        Floats never decide. A division by zero and an infinite C put the model outside the
        domain of the claim, which is neither true nor false of it. A claim for every player is
        false if it is so of one.
        """
        players = range(model.players) if self.is_per_player else (None,)
        found = [self._holds(model, player) for player in players]
        for settled in (False, None):
            for answer in found:
                if answer.holds is settled:
                    return answer
        return Answer(True, "; ".join(answer.reason for answer in found))

    def _holds(self, model: Model, player: int | None) -> Answer:
        try:
            left, right = self.pair(model, player)
        except (OutsideDomain, UndeterminedError) as reason:
            return Answer(None, f"{_whose(player)}{reason}")
        line = f"{_whose(player)}{brief(left)} against {brief(right)}"
        if model.is_exact and self._is_enclosed and self._settled(model, player) is None:
            return Answer(None, f"{line}, too near to tell")
        if not model.is_exact:
            return Answer(None, f"{line}, in floats, which never decide")
        if not _compare(left, self.relation, right):
            return Answer(False, f"{line} breaks {self.relation}")
        return Answer(True, line)

    @property
    def _is_enclosed(self) -> bool:
        return _is_transcendental(self.left, self.right)

    def pair(self, model: Model, player: int | None) -> Pair:
        """The two sides for one player, or for None where the claim is not per player.

        Raises:
            OutsideDomain, UndeterminedError: as `sides`.
        """
        if not (model.is_exact and self._is_enclosed):
            return evaluate(self.left, model, player), evaluate(self.right, model, player)
        left, right = (enclose(side, model, player) for side in (self.left, self.right))
        if self.relation == "==":
            common = max(left.low, right.low)
            return (
                (common, common) if common <= min(left.high, right.high) else (left.low, right.low)
            )
        return (left.low, right.high) if self.relation in ("<=", "<") else (left.high, right.low)

    def _settled(self, model: Model, player: int | None) -> bool | None:
        """Whether the claim holds of all numbers in the enclosures of its sides, or of none."""
        left, right = (enclose(side, model, player) for side in (self.left, self.right))
        corners = [(x, y) for x in (left.low, left.high) for y in (right.low, right.high)]
        found = {_compare(x, self.relation, y) for x, y in corners}
        if self.relation == "==" and max(left.low, right.low) <= min(left.high, right.high):
            found.add(True)
        return found.pop() if len(found) == 1 else None


@cache
def vocabulary() -> Vocabulary:
    """The names and functions of the claim language."""
    return Vocabulary(tuple(meanings()), {"min": (1, None), "max": (1, None), "tanh": (1, 1)})


def parse_claim(text: str) -> Claim:
    """Reads a claim such as "NashGap <= n*eps_BC/(1-gamma)**2".

    Raises:
        BadInput: anything else, naming the column, what was found and what is needed.

    Example:
        >>> parse_claim("NashGap <= 2^3")
        Traceback (most recent call last):
        nashgap.theory.errors.BadInput: claim, column 13: found '^'; needed: '**' for powers
    """
    left, relation, right = parse_relation(text, vocabulary(), "claim")
    return Claim(left, relation, right, text)


def evaluate(expression: Expression, model: Model, player: int | None) -> Number:
    """An expression of the claim language on a model, exactly when the model is exact.

    With a hyperbolic tangent it is rounded up there, by some 2**-80.

    Args:
        expression: names, numbers, + - * / **, min, max and tanh.
        model: the game with expert and learner.
        player: the i of the names that end in `_i`.

    Raises:
        OutsideDomain: a division by zero, an infinite quantity, or numbers beyond all bounds.
    """
    if model.is_exact and _is_transcendental(expression):
        return enclose(expression, model, player).high

    def leaf(node: Name | Call) -> "_Bounded":
        if isinstance(node, Call):
            values = [fold(argument, leaf, number, _power) for argument in node.arguments]
            if node.function == TANH:
                return _Bounded(tanh(values[0].value))
            choose = min if node.function == "min" else max
            return choose(values, key=lambda bounded: bounded.value)
        meaning = meanings()[node.name]
        value = _finite(meaning, meaning.on(model, player if meaning.per_player else None))
        return _Bounded(value)

    def number(value: Fraction) -> "_Bounded":
        return _Bounded(value if model.is_exact else _to_float(value))

    return fold(expression, leaf, number, _power).value


def enclose(expression: Expression, model: Model, player: int | None) -> Interval:
    """Rational numbers about the value of an expression on an exact model.

    Raises:
        OutsideDomain: as `evaluate`.
    """

    def leaf(node: Name | Call) -> Interval:
        if isinstance(node, Name):
            value = evaluate(node, model, player)
            return _point(Fraction(value))
        inner = [fold(a, leaf, _point, Interval.power) for a in node.arguments]
        if node.function == TANH:
            return inner[0].through(tanh_bounds)
        choose = min if node.function == "min" else max
        return Interval(choose(x.low for x in inner), choose(x.high for x in inner))

    try:
        return fold(expression, leaf, _point, Interval.power)
    except ZeroDivisionError:
        raise OutsideDomain("a division by zero") from None


def _point(value: Fraction) -> Interval:
    return Interval(value, value)


def _is_transcendental(*expressions: Expression) -> bool:
    every = (node for expression in expressions for node in nodes(expression))
    return any(isinstance(node, Call) and node.function == TANH for node in every)


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A number whose arithmetic refuses to divide by zero or to grow without bound."""

    value: Number

    def __add__(self, other: "_Bounded") -> "_Bounded":
        return _bounded(lambda: self.value + other.value)

    def __sub__(self, other: "_Bounded") -> "_Bounded":
        return _bounded(lambda: self.value - other.value)

    def __mul__(self, other: "_Bounded") -> "_Bounded":
        return _bounded(lambda: self.value * other.value)

    def __truediv__(self, other: "_Bounded") -> "_Bounded":
        if other.value == 0:
            raise OutsideDomain("a division by zero")
        return _bounded(lambda: self.value / other.value)

    def __neg__(self) -> "_Bounded":
        return _Bounded(-self.value)


def _bounded(compute: Callable[[], Number]) -> _Bounded:
    try:
        value = compute()
    except OverflowError:
        raise OutsideDomain("a number too large for floats") from None
    if isinstance(value, Fraction):
        if value.numerator.bit_length() + value.denominator.bit_length() > MAX_BITS:
            raise OutsideDomain(f"a number of more than {MAX_BITS} bits")
    elif not isfinite(value):
        raise OutsideDomain("a number too large for floats")
    return _Bounded(value)


def _power(base: _Bounded, exponent: int) -> _Bounded:
    if exponent < 0 and base.value == 0:
        raise OutsideDomain("a division by zero")
    if isinstance(base.value, Fraction):
        bits = base.value.numerator.bit_length() + base.value.denominator.bit_length()
        if bits * abs(exponent) > MAX_BITS:
            raise OutsideDomain(f"a number of more than {MAX_BITS} bits")
    return _bounded(lambda: base.value**exponent)


def _to_float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        raise OutsideDomain("a number too large for floats") from None


def _finite(meaning: Meaning, value: Number) -> Number:
    if not isinstance(value, Fraction) and not isfinite(value):
        raise OutsideDomain(f"{meaning.name} is infinite, outside the domain of the claim")
    return value


def _compare(left: Number, relation: Relation, right: Number) -> bool:
    match relation:
        case "<=":
            return left <= right
        case ">=":
            return left >= right
        case "<":
            return left < right
        case ">":
            return left > right
        case _:
            return left == right


def _whose(player: int | None) -> str:
    return "" if player is None else f"player {player}: "
