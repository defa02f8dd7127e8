"""The place of a jump that is no fraction: a root of the polynomial that elimination leaves."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...polynomials.balls import ball, evaluate, middle, number
from ...polynomials.elimination import eliminated
from ...root import Root

WIDTH = 2**72
"""One over the width of the interval that isolates a root."""


def place_of(equations: Sequence[Any], cost: Any, balls: Sequence[Any]) -> Root | Fraction | None:
    """The value of `cost` at a solution, isolated; None where elimination does not tell.

    Args:
        equations: polynomials in as many unknowns, zero at the solution.
        cost: an affine polynomial in them.
        balls: the solution.
    """
    from flint import Ordering, fmpq_mpoly_ctx

    names = [*(f"z{k}" for k in range(len(equations))), "t"]
    ring = fmpq_mpoly_ctx.get(names, Ordering.lex)
    *unknowns, t = ring.gens()
    lifted = [p.compose(*unknowns, ctx=ring) for p in (*equations, cost)]
    at = [*balls, evaluate(cost, balls)]

    def may_vanish(p: Any) -> bool:
        return bool(evaluate(p, at).contains(0))

    system = [*lifted[:-1], t - lifted[-1]]
    found = eliminated(system, range(len(equations)), names, may_vanish)
    return isolated(found[0], at[-1]) if found is not None and len(found) == 1 else None


def isolated(polynomial: Sequence[Fraction], near: Any) -> Root | Fraction | None:
    """The root of an irreducible polynomial, the constant first, that lies in a ball."""
    scale = math.lcm(*(c.denominator for c in polynomial))
    whole = [int(c * scale) for c in polynomial]
    common = math.gcd(*whole)
    whole = [x // common for x in whole]
    if len(whole) == 2:
        return Fraction(-whole[0], whole[1])
    start = math.floor(middle(near) * WIDTH)
    low, high = Fraction(start, WIDTH), Fraction(start + 1, WIDTH)
    return Root(tuple(whole), low, high) if _isolates(whole, low, high, near) else None


def _isolates(polynomial: list[int], low: Fraction, high: Fraction, near: Any) -> bool:
    """Whether the ball lies between the ends and no more than one root does."""
    from flint import fmpz_poly

    if not bool(number(low) < near < number(high)):
        return False
    ends = ball(low, high)
    found: Any = fmpz_poly(polynomial).complex_roots()
    roots = [root for root, _ in found]
    return bool(sum(r.imag.contains(0) and r.real.overlaps(ends) for r in roots) == 1)
