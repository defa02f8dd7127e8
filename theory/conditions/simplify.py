r"""Simplifies clauses without changing what they say on the range, by exact arithmetic alone.

Factors of a proved sign are cancelled, relations of a proved sign decided, alternatives that a
single condition excludes dropped, and so is what follows from one single condition: \(p\) follows
from \(q\ge0\) where \(p-cq\) has no negative Bernstein coefficient for some \(c>0\).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sympy import QQ
from sympy.polys.rings import PolyElement

from .clause import Atom, Clause, Sign
from .ranges import Ranges


def simplified(clauses: Iterable[Clause], ranges: Ranges) -> tuple[Clause, ...]:
    """Fewer and shorter clauses with the same meaning on the range."""
    short: dict[tuple[Atom, ...], Clause] = {}
    for clause in clauses:
        reduced = _reduced(clause, ranges)
        if reduced is not None:
            short.setdefault(reduced.atoms, reduced)
    if () in short:
        return (short[()],)
    units = {atoms[0] for atoms in short if len(atoms) == 1}
    pruned = dict.fromkeys(Clause(_without_excluded(c.atoms, units), c.why) for c in short.values())
    if any(not clause.atoms for clause in pruned):
        return (next(clause for clause in pruned if not clause.atoms),)
    return _independent(_distinct(pruned), ranges)


def _distinct(clauses: Iterable[Clause]) -> list[Clause]:
    found: dict[tuple[Atom, ...], Clause] = {}
    for clause in clauses:
        found.setdefault(clause.atoms, clause)
    return list(found.values())


def _reduced(clause: Clause, ranges: Ranges) -> Clause | None:
    """None where it always holds."""
    kept: dict[Atom, None] = {}
    for atom in clause.atoms:
        short, sign = atom, ranges.sign(atom.polynomial)
        if sign is None:
            short = _canonical(atom, ranges)
            sign = ranges.sign(short.polynomial)
        if sign is None:
            kept[short] = None
        elif short.sign.of(sign):
            return None
    return Clause(_merged(kept), clause.why)


def _merged(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """Joins "zero" and "positive" to "at least zero"; drops what another alternative contains."""
    found = dict.fromkeys(atoms)
    for atom in list(found):
        if atom.sign is not Sign.ZERO:
            continue
        for polynomial in (atom.polynomial, -atom.polynomial):
            weak = Atom(polynomial, Sign.AT_LEAST_ZERO)
            strict = Atom(polynomial, Sign.POSITIVE)
            if atom in found and (strict in found or weak in found):
                del found[atom]
                found.pop(strict, None)
                found[weak] = None
    for atom in list(found):
        if atom.sign is Sign.POSITIVE and Atom(atom.polynomial, Sign.AT_LEAST_ZERO) in found:
            del found[atom]
    return tuple(found)


def _canonical(atom: Atom, ranges: Ranges) -> Atom:
    """Cancels factors of a known sign; integer coefficients without a common factor.

    Minus a square is at least zero where its root is zero.
    """
    sign, factors = _factors(atom.polynomial)
    rest = root = ranges.ring.one
    even = True
    for factor, power in factors:
        known = ranges.sign(factor)
        if known is None:
            rest *= factor ** _power(power, atom.sign)
            root *= factor
            even &= power % 2 == 0
        elif known < 0:
            sign *= (-1) ** power
    wanted = atom.sign
    if even and wanted is Sign.AT_LEAST_ZERO and sign < 0:
        rest, wanted = root, Sign.ZERO
    if wanted is Sign.ZERO:
        sign = 1 if rest.LC > 0 else -1
    return Atom(_primitive(rest) * sign, wanted)


@lru_cache(maxsize=4096)
def _factors(polynomial: PolyElement) -> tuple[int, tuple[tuple[PolyElement, int], ...]]:
    """The sign of the constant factor and the other factors, irreducible over the rationals."""
    from flint import Ordering, fmpq, fmpq_mpoly_ctx

    ring = polynomial.ring
    context = fmpq_mpoly_ctx.get(tuple(map(str, ring.symbols)), Ordering.lex)
    terms = {
        tuple(place): fmpq(int(c.numerator), int(c.denominator)) for place, c in polynomial.terms()
    }
    lead, factors = context.from_dict(terms).factor()
    back = ((ring.from_dict(_plain(f.to_dict())), int(power)) for f, power in factors)
    return (1 if lead > 0 else -1), tuple(back)


def _plain(terms: Mapping[Any, Any]) -> dict[tuple[int, ...], Any]:
    return {tuple(map(int, m)): QQ(int(c.p), int(c.q)) for m, c in terms.items()}


def _power(power: int, sign: Sign) -> int:
    if sign is Sign.ZERO:
        return 1
    return 2 - power % 2


def _primitive(polynomial: PolyElement) -> PolyElement:
    coefficients = list(polynomial.coeffs())
    scale = math.lcm(*(int(c.denominator) for c in coefficients))
    content = math.gcd(*(int(c.numerator) * (scale // int(c.denominator)) for c in coefficients))
    return polynomial * polynomial.ring.domain(scale, content)


def _without_excluded(atoms: tuple[Atom, ...], units: set[Atom]) -> tuple[Atom, ...]:
    """Drops alternatives that a single condition rules out."""
    if len(atoms) == 1:
        return atoms
    return tuple(a for a in atoms if not _excluded(a, units))


def _excluded(atom: Atom, units: set[Atom]) -> bool:
    if atom.sign is Sign.ZERO:
        return False
    opposite = atom.negation
    stronger = Atom(opposite.polynomial, Sign.POSITIVE)
    return opposite in units or stronger in units


def _independent(clauses: Sequence[Clause], ranges: Ranges) -> tuple[Clause, ...]:
    """Drops, one by one, clauses of which an alternative follows from another single condition."""
    kept = sorted(clauses, key=lambda c: (-len(c.atoms), -_size(c)))
    for clause in list(kept):
        others = [c.atoms[0] for c in kept if c is not clause and len(c.atoms) == 1]
        if any(_follows(atom, other, ranges) for atom in clause.atoms for other in others):
            kept.remove(clause)
    order = {id(clause): place for place, clause in enumerate(clauses)}
    return tuple(sorted(kept, key=lambda clause: order[id(clause)]))


def _size(clause: Clause) -> int:
    return sum(len(atom.polynomial.terms()) for atom in clause.atoms)


def _follows(atom: Atom, known: Atom, ranges: Ranges) -> bool:
    if atom.sign is Sign.ZERO or known.sign is Sign.ZERO:
        return False
    for ratio in _ratios(atom.polynomial, known.polynomial):
        sign = ranges.sign(atom.polynomial - known.polynomial * ratio)
        if sign == 1 or (
            sign == 0 and (atom.sign is Sign.AT_LEAST_ZERO or known.sign is Sign.POSITIVE)
        ):
            return True
    return False


def _ratios(wanted: PolyElement, known: PolyElement) -> set[object]:
    """Factors c > 0 that cancel some term of wanted - c known."""
    terms = dict(known.terms())
    found = {value / terms[place] for place, value in wanted.terms() if place in terms}
    return {ratio for ratio in found if ratio > 0}
