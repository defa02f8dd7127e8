r"""The rows within a total variation of a given row, by the vertices of that polytope.

For a row e and a mass t the polytope is \(\{p:\sum_a(p_a-e_a)^+\le t\}\) within the simplex. At a
vertex one action a gains, and others lose: some, B, all that they have and one more, c, the rest,
\(e(B)\le t<e(B)+e_c\); or a is all that is left, \(1-e_a\le t\). (What is taken away is an extreme
point of \(\{0\le r\le e,\sum r=t\}\), and what is added one of a simplex.)
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sympy.polys.rings import PolyElement

from .clause import Atom, Sign
from .opponents import Vertex
from .ranges import Ranges


def ball(
    row: Mapping[int, PolyElement],
    mass: PolyElement,
    whole: PolyElement,
    ranges: Ranges,
    names: Mapping[int, str],
) -> list[Vertex]:
    r"""The vertices, with the relations under which each is one.

    Args:
        row: e times `whole`, for the actions that may be played.
        mass: t times `whole`.
        whole: a positive factor that clears denominators; the vertices come times it as well.
        ranges: the symbols.
        names: of the actions.

    Example:
        Around (1/3, 2/3), by t in (0, 1): either action gains t, or all that the other has.

        >>> from fractions import Fraction
        >>> ranges = Ranges({"t": (Fraction(0), Fraction(1))})
        >>> t, one = ranges.ring.gens[0], ranges.ring.one
        >>> for v in ball({0: one / 3, 1: 2 * one / 3}, t, one, ranges, {0: "l", 1: "r"}):
        ...     print(v.told, v.weights, [(a.polynomial, a.sign.value) for a in v.guard])
        l more, r less {0: t + 1/3, 1: -t + 2/3} [(-t + 2/3, '> 0')]
        l {0: 1} [(t - 2/3, '>= 0')]
        r more, l less {0: -t + 1/3, 1: t + 2/3} [(-t + 1/3, '> 0')]
        r {1: 1} [(t - 1/3, '>= 0')]
    """
    found = []
    for gains in row:
        for lost, last in _losers([a for a, w in row.items() if w and a != gains]):
            taken: Any = sum((row[a] for a in lost), ranges.ring.zero)
            left = taken + row[last] - mass
            relations = (Atom(mass - taken, Sign.AT_LEAST_ZERO), Atom(left, Sign.POSITIVE))
            moved = {a: w for a, w in row.items() if a not in lost} | {last: left}
            moved[gains] = row[gains] + mass
            losers = ", ".join(names[a] for a in (*lost, last))
            found.append(Vertex(moved, f"{names[gains]} more, {losers} less", relations))
        alone = Atom(mass - (whole - row[gains]), Sign.AT_LEAST_ZERO)
        found.append(Vertex({gains: whole}, names[gains], (alone,)))
    return [
        Vertex({a: w for a, w in v.weights.items() if w}, v.told, _open(v.guard, ranges))
        for v in found
        if possible(v.guard, ranges)
    ]


def _losers(actions: list[int]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Which actions lose all that they have, and which one a part."""
    for size in range(len(actions)):
        for lost in itertools.combinations(actions, size):
            for last in actions:
                if last not in lost:
                    yield lost, last


def _open(relations: Iterable[Atom], ranges: Ranges) -> tuple[Atom, ...]:
    """Those that are not known to hold."""
    return tuple(a for a in relations if not _known(a, ranges))


def _known(atom: Atom, ranges: Ranges) -> bool:
    sign = ranges.sign(atom.polynomial)
    return sign is not None and atom.sign.of(sign)


def possible(relations: Iterable[Atom], ranges: Ranges) -> bool:
    """Whether no relation, and no two inequalities together, are known never to hold."""
    given = list(relations)
    for atom in given:
        sign = ranges.sign(atom.polynomial)
        if sign is not None and not atom.sign.of(sign):
            return False
    for one, two in itertools.combinations(given, 2):
        sign = ranges.sign(one.polynomial + two.polynomial)
        if sign == -1 or (sign == 0 and Sign.POSITIVE in (one.sign, two.sign)):
            return False
    return True
