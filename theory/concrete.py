r"""A local step written out with explicit action indices, for given numbers of players and actions.

Every action of every player gets its own variables m_j(a), x_j(a), y_j(a); the last action's are
eliminated by \(\sum m_j=1-h_j\), \(\sum x_j=\sum y_j=h_j\); so do the parts of the further splits,
those of the opponents together for each of their joint actions. Every joint action gets its own Q
for each profile. Two sides are then polynomials in these variables, compared coefficient by
coefficient. Nothing is shared with the formal sums of the local step but the arithmetic.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import product

from . import overlaps
from .expression import Call, Expression, Name, fold
from .normal import MalformedError, profile_text
from .parsing import parse_expression
from .polynomial import Monomial, Polynomial, times
from .words import CONSTANTS, line_vocabulary

SHAPES = ((1, 2), (2, 2), (2, 3), (3, 2))
Joint = tuple[int, ...]
_U = Polynomial.variable("u")
_REST = Polynomial.constant(1) - Polynomial.variable("gamma")


@dataclass(frozen=True)
class Entry:
    r"""A polynomial in which the variable u stands for \(1/(1-\gamma)\)."""

    value: Polynomial

    @staticmethod
    def variable(name: str) -> "Entry":
        """One variable."""
        return Entry(Polynomial.variable(name))

    @staticmethod
    def constant(number: Fraction) -> "Entry":
        """A constant."""
        return Entry(Polynomial.constant(number))

    def __add__(self, other: "Entry") -> "Entry":
        return Entry(self.value + other.value)

    def __sub__(self, other: "Entry") -> "Entry":
        return Entry(self.value - other.value)

    def __neg__(self) -> "Entry":
        return Entry(-self.value)

    def __mul__(self, other: "Entry") -> "Entry":
        return Entry(self.value * other.value)

    def __truediv__(self, other: "Entry") -> "Entry":
        divisor, scale = other.value, Polynomial.constant(1)
        while (quotient := divisor.divided_by(_REST)) is not None and not divisor.is_zero:
            divisor, scale = quotient, scale * _U
        number = divisor.as_constant()
        if not number:
            raise MalformedError("a local step divides by numbers and powers of 1 - gamma only")
        return Entry((self.value * scale).scale(1 / number))

    def power(self, exponent: int) -> "Entry":
        """An integer power."""
        if exponent < 0:
            return _ONE / self.power(-exponent)
        return Entry(self.value**exponent)

    @property
    def is_zero(self) -> bool:
        r"""Whether it vanishes once \(u=1/(1-\gamma)\) is put in and cleared."""
        highest = max((dict(m).get("u", 0) for m in self.value.terms), default=0)
        powers = [_REST**k for k in range(highest + 1)]
        total: dict[Monomial, Fraction] = {}
        for monomial, coefficient in self.value.terms.items():
            rest = tuple(pair for pair in monomial if pair[0] != "u")
            for other, c in powers[highest - dict(monomial).get("u", 0)].terms.items():
                key = times(rest, other)
                total[key] = total.get(key, Fraction(0)) + coefficient * c
        return not any(total.values())


_ONE = Entry.constant(Fraction(1))
_ZERO = Entry.constant(Fraction(0))


@dataclass(frozen=True)
class Written:
    """One shape, written out.

    Attributes:
        players: n; the player i is the first one.
        actions: the number of actions of each player.
        parts: "m", "x", "y" of player j at action a.
    """

    players: int
    actions: int
    parts: Mapping[tuple[str, int, int], Entry] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[tuple[str, int, int], Entry] = {}
        for j, part in product(range(self.players), "mxy"):
            h = Entry.variable(f"h{j}")
            found |= _spread(part, j, _ONE - h if part == "m" else h, self.actions)
        for part, mass in overlaps.MASS.items():
            spread = self.read(parse_expression(mass, line_vocabulary()), None)
            together = part in overlaps.OTHERS_PARTS
            count = self.actions ** (self.players - 1) if together else self.actions
            found |= _spread(part, 0, spread, count)
        object.__setattr__(self, "parts", found)

    def identical(self, left: Expression, right: Expression) -> bool:
        """Whether two expressions at state level are the same polynomial."""
        return (self.read(left, None) - self.read(right, None)).is_zero

    def read(self, expression: Expression, joint: Joint | None) -> Entry:
        """An expression at state level, or at local level for a joint action."""
        return fold(
            expression,
            lambda node: self._leaf(node, joint),
            Entry.constant,
            Entry.power,
        )

    def _leaf(self, node: Name | Call, joint: Joint | None) -> Entry:
        if isinstance(node, Name):
            if node.name in CONSTANTS:
                return _constant(node.name, self.players)
            if node.name == "TV_i":
                return Entry.variable("h0")
            if node.name in overlaps.AT_A_STATE:
                return Entry.variable(node.name)
            if joint is not None:
                return self._part(node.name, joint)
        elif node.function == "sum_a" and joint is None:
            every = product(range(self.actions), repeat=self.players)
            (body,) = node.arguments
            terms = (self.read(body, one) for one in every)
            return _sum(terms)
        elif node.function in ("sum_others", "prod_others"):
            return self._over_others(node)
        elif node.function in ("Q", "Qtau") and joint is not None:
            return Entry.variable(f"{profile_text(node)}{joint}")
        elif (after := continued(node)) is not None and joint is not None:
            return Entry.variable(f"next({profile_text(after)}){joint}")
        raise MalformedError("a local step speaks of overlaps, of Q and of total variations only")

    def _over_others(self, node: Call) -> Entry:
        (body,) = node.arguments
        values = [self._of_other(body, j) for j in range(1, self.players)]
        if node.function == "sum_others":
            return _sum(values)
        return _product(values)

    def _of_other(self, body: Expression, j: int) -> Entry:
        def leaf(node: Name | Call) -> Entry:
            if node == Name("TV_j"):
                return Entry.variable(f"h{j}")
            return self._leaf(node, None)

        return fold(body, leaf, Entry.constant, Entry.power)

    def _part(self, name: str, joint: Joint) -> Entry:
        def of(part: str, j: int) -> Entry:
            return self.parts[part, j, joint[j]]

        def policy(letter: str, j: int) -> Entry:
            return of("m", j) + of("x" if letter == "e" else "y", j)

        others = range(1, self.players)
        if name in overlaps.MASS:
            together = name in overlaps.OTHERS_PARTS
            return self.parts[name, 0, self._together(joint) if together else joint[0]]
        match name:
            case "m_i" | "x_i" | "y_i":
                return of(name[0], 0)
            case "e_i" | "p_i":
                return policy(name[0], 0)
            case "m_o":
                return _product(of("m", j) for j in others)
            case "e_o" | "p_o":
                return _product(policy(name[0], j) for j in others)
            case "w_o":
                return self._part("e_o", joint) - self._part("m_o", joint)
            case "z_o":
                return self._part("p_o", joint) - self._part("m_o", joint)
            case _:
                raise MalformedError(f"{name!r} has no place in a local step")

    def _together(self, joint: Joint) -> int:
        """The opponents' joint action as one number."""
        number = 0
        for action in joint[1:]:
            number = number * self.actions + action
        return number


def _constant(name: str, players: int) -> Entry:
    return Entry.constant(Fraction(players)) if name == "n" else Entry.variable(name)


def continued(node: Call) -> Call | None:
    """The value function in `next(V_at(...))`, a continuation value."""
    match node:
        case Call("next", (Call("V_at", _) as values,)):
            return values
        case _:
            return None


def _spread(part: str, player: int, mass: Entry, count: int) -> dict[tuple[str, int, int], Entry]:
    """One variable for each action but the last, which takes what is left of the mass."""
    found = {(part, player, a): Entry.variable(f"{part}{player}_{a}") for a in range(count - 1)}
    left = mass
    for entry in found.values():
        left = left - entry
    return {**found, (part, player, count - 1): left}


@lru_cache(maxsize=256)
def shapes_that_differ(left: Expression, right: Expression) -> tuple[tuple[int, int], ...]:
    """The shapes (n, A) out of `SHAPES` at which two expressions are not the same polynomial."""
    return tuple((n, a) for n, a in SHAPES if not Written(n, a).identical(left, right))


def _sum(entries: Iterable[Entry]) -> Entry:
    total = _ZERO
    for entry in entries:
        total = total + entry
    return total


def _product(entries: Iterable[Entry]) -> Entry:
    total = _ONE
    for entry in entries:
        total = total * entry
    return total
