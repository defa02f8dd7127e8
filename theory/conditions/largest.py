r"""The largest error at which a best response stays: conditions solved for the level.

Errors that are allowed at a level are allowed at every larger one, so the levels at which the
condition holds are an interval from 0, and what is asked of one level is asked of all below. With
\(F(t)=a+bt\), c and d free of the level, a clause then says:

* \(F(t)\ge0\): \(a\ge0\), and \(t\le-a/b\) where \(b<0\);
* \(t\ge c\) or \(F(t)\ge0\): the same where \(F(c)<0\);
* \(t\le d\) or \(F(t)\ge0\): \(t\le d\) where \(F(d)<0\), and \(t\le-a/b\) where
  \(b<0\le F(d)\);
* and so on with several c or d.

Clauses of another kind are left as they are; at given values of the other symbols they are solved
by isolating the real roots of their polynomials.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import QQ, Poly, Symbol
from sympy.polys.rings import PolyElement

from ..errors import BadInput
from .clause import Atom, Clause, Conditions, Sign
from .linear import linear
from .ranges import Ranges

WIDTH = Fraction(1, 2**40)
"""To which an irrational level is enclosed."""


@dataclass(frozen=True)
class Cap:
    """The level is at most `top`/`under` where all of `where` holds, and `under` is positive."""

    top: PolyElement
    under: PolyElement
    where: tuple[Atom, ...]


@dataclass(frozen=True)
class Solved:
    """Clauses solved for the level.

    Attributes:
        caps: the level is at most the least of these, and of the upper end of its range.
        premises: without these no level will do.
        rest: clauses that are not solved.
    """

    caps: tuple[Cap, ...]
    premises: tuple[Clause, ...]
    rest: tuple[Clause, ...]


@dataclass(frozen=True)
class Largest:
    """The largest level at which the conditions hold.

    Attributes:
        conditions: at a level.
        level: its symbol.
    """

    conditions: Conditions
    level: str

    @property
    def lower(self) -> Solved:
        """The sufficient side: every level up to here will do."""
        return _solved(self.conditions.sufficient, self.level, self.conditions.ranges)

    @property
    def upper(self) -> Solved:
        """The necessary side: no level beyond will do."""
        return _solved(self.conditions.necessary, self.level, self.conditions.ranges)

    def at(self, values: Mapping[str, Fraction]) -> tuple[Fraction, Fraction]:
        """Two bounds on the largest level at values of the other symbols.

        They are the same where the conditions are exact and the level is rational; where it is
        irrational they differ by at most `WIDTH`. 0 says that no level will do.

        Raises:
            BadInput: a symbol has no value.
        """
        ranges = self.conditions.ranges
        missing = [name for name in ranges.bounds if name not in values and name != self.level]
        if missing:
            raise BadInput("the symbols' values", f"none for {missing[0]}", "a value for each")
        first = _first_failure(self.conditions.sufficient, self.level, ranges, values)[0]
        return first, _first_failure(self.conditions.necessary, self.level, ranges, values)[1]


def largest(found: Conditions, level: str) -> Largest:
    """The largest level of the error at which `continuity`'s conditions hold.

    Example:
        >>> from nashgap.theory.conditions import continuity, parse_symbolic
        >>> game = parse_symbolic({
        ...     "discount": "1/2", "start": ["1"], "transition": [[[["1"], ["1"]], [["1"], ["1"]]]],
        ...     "rewards": [[[["0", "0"], ["1/2", "-x"]]], [[["0", "0"], ["0", "0"]]]],
        ...     "symbols": {"t": ["0", "1"], "x": ["0", "1"]},
        ...     "policies": {"expert": [[["0", "1"]], [["1", "0"]]]}})
        >>> found = largest(continuity(game, 0, "t"), "t")
        >>> [(cap.top, cap.under) for cap in found.lower.caps]
        [(1, 2*x + 1)]
        >>> found.at({"x": Fraction(1, 2)})
        (Fraction(1, 2), Fraction(1, 2))
    """
    return Largest(found, level)


def _solved(clauses: Iterable[Clause], level: str, ranges: Ranges) -> Solved:
    place = list(ranges.bounds).index(level)
    caps: dict[Cap, None] = {}
    premises: dict[Clause, None] = {}
    rest = []
    for clause in clauses:
        bound = [a for a in clause.atoms if a.polynomial.degree(place) > 0]
        free = [a for a in clause.atoms if a not in bound]
        usable = bound and Sign.ZERO not in {a.sign for a in free}
        found = _caps(bound, place, ranges) if usable else None
        if not bound:
            premises[clause] = None
        elif found is None:
            rest.append(clause)
        else:
            first, limits = found
            if first:
                premises[Clause((*free, *first), clause.why)] = None
            for cap in limits:
                where = (*cap.where, *(atom.negation for atom in free))
                caps.update(_kept(Cap(cap.top, cap.under, where), ranges))
    return Solved(
        tuple(cap for cap in caps if not _implied(cap, caps)),
        tuple(_open(premises, ranges)),
        tuple(rest),
    )


@dataclass(frozen=True)
class _Line:
    """What is at least 0, or positive: the start plus the slope times the level."""

    slope: PolyElement
    start: PolyElement

    def at(self, level: PolyElement) -> PolyElement:
        return self.start + self.slope * level

    @property
    def edge(self) -> PolyElement:
        """Where it is 0, for a slope that is a number."""
        return self.start * (-1 / self.slope.LC)


def _caps(
    atoms: Sequence[Atom], place: int, ranges: Ranges
) -> tuple[tuple[Atom, ...], list[Cap]] | None:
    """What the atoms in which the level occurs say at 0, and above; None: they are not solved.

    Those whose slope is a number hold from an edge c on, or up to an edge d; one more may be any.
    """
    lines = []
    for atom in atoms:
        slope, start = linear(atom.polynomial, place)
        if slope is None or start is None or atom.sign is Sign.ZERO:
            return None
        lines.append(_Line(slope, start))
    ups = [one for one in lines if one.slope.is_ground and one.slope.LC > 0]
    downs = [one for one in lines if one.slope.is_ground and one.slope.LC < 0]
    others = [one for one in lines if not one.slope.is_ground]
    if len(others) > 1 or (others and len(downs) > 1):
        return None
    if not others:
        first = () if downs else tuple(Atom(one.start, Sign.AT_LEAST_ZERO) for one in ups)
        return first, [_up_to(one, downs, ups) for one in downs]
    (other,) = others
    falls = () if ups and _known_at_least_zero(ups, ranges) else (_positive(-other.slope),)
    fails = tuple(_positive(-other.at(one.edge)) for one in ups)
    if not downs:
        first = tuple(Atom(one.start, Sign.AT_LEAST_ZERO) for one in (other, *ups))
        return first, [Cap(other.start, -other.slope, (*falls, *fails))]
    (down,) = downs
    there = other.at(down.edge)
    one = _up_to(down, downs, ups)
    lower = Cap(one.top, one.under, (*one.where, _positive(-there)))
    holds = (_positive(-other.slope), Atom(there, Sign.AT_LEAST_ZERO))
    return (), [lower, Cap(other.start, -other.slope, (*holds, *fails))]


def _up_to(down: _Line, downs: Sequence[_Line], ups: Sequence[_Line]) -> Cap:
    """The edge of what holds up to it, where it is the last and nothing else begins before it."""
    last = (Atom(down.edge - one.edge, Sign.AT_LEAST_ZERO) for one in downs if one is not down)
    return Cap(
        down.edge, down.edge.ring.one, (*last, *(_positive(one.edge - down.edge) for one in ups))
    )


def _known_at_least_zero(ups: Sequence[_Line], ranges: Ranges) -> bool:
    return all(ranges.sign(one.edge) in (0, 1) for one in ups)


def _positive(polynomial: PolyElement) -> Atom:
    return Atom(polynomial, Sign.POSITIVE)


def _kept(cap: Cap, ranges: Ranges) -> Iterator[tuple[Cap, None]]:
    """The cap with what is known left out of its premises; nothing where it never applies."""
    where: dict[Atom, None] = {}
    for atom in cap.where:
        sign = ranges.sign(atom.polynomial)
        if sign is None:
            where[atom] = None
        elif not atom.sign.of(sign):
            return
    yield Cap(cap.top, cap.under, tuple(where)), None


def _implied(cap: Cap, caps: Iterable[Cap]) -> bool:
    """Whether another cap that applies as often is known to be lower."""
    for other in caps:
        if other is not cap and set(other.where) <= set(cap.where):
            lower = cap.top * other.under - other.top * cap.under
            if any(a.polynomial == lower for a in other.where):
                return True
    return False


def _open(clauses: Iterable[Clause], ranges: Ranges) -> list[Clause]:
    from .simplify import simplified

    return list(simplified(clauses, ranges))


def _first_failure(
    clauses: Sequence[Clause], level: str, ranges: Ranges, values: Mapping[str, Fraction]
) -> tuple[Fraction, Fraction]:
    """Encloses the least level at which a clause fails, else the upper end of the range."""
    start, end = ranges.bounds[level]
    symbol = Symbol(level)
    univariate = [
        [(_at(atom.polynomial, level, ranges, values, symbol), atom.sign) for atom in c.atoms]
        for c in clauses
    ]
    points = sorted({r for c in univariate for p, _ in c for r in _roots(p, start, end)})
    before = (start, start)
    for after in [*points, (end, end)]:
        if after[0] <= before[1]:  # too close to tell apart
            before = before[0], max(before[1], after[1])
            continue
        middle = (before[1] + after[0]) / 2
        there = QQ(middle.numerator, middle.denominator)
        if not all(any(sign.of(p.eval(there)) for p, sign in c) for c in univariate):
            return before
        before = after
    return end, end


def _at(
    polynomial: PolyElement,
    level: str,
    ranges: Ranges,
    values: Mapping[str, Fraction],
    symbol: Symbol,
) -> Poly:
    names = list(ranges.bounds)
    found: dict[int, Any] = {}
    for powers, coefficient in polynomial.terms():
        for name, power in zip(names, powers, strict=True):
            if name != level and power:
                value = values[name]
                coefficient *= QQ(value.numerator, value.denominator) ** power
        place = powers[names.index(level)]
        found[place] = found.get(place, QQ(0)) + coefficient
    return Poly(found or {0: QQ(0)}, symbol, domain=QQ)


def _roots(polynomial: Poly, start: Fraction, end: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Enclosures of the real roots between the ends, points where they are rational."""
    for factor, _ in polynomial.factor_list()[1]:
        if factor.degree() == 1:
            slope, rest = factor.all_coeffs()
            root = Fraction(str(-rest / slope))
            if start < root < end:
                yield root, root
        else:
            enclosures: Any = factor.intervals(eps=WIDTH, inf=start, sup=end)
            for (low, high), _ in enclosures:
                yield Fraction(str(low)), Fraction(str(high))
