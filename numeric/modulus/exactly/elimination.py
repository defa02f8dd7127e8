"""The polynomial of a number: unknowns go by resultants, factors that do not vanish are left."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...root import Root
from .balls import ball, evaluate, middle, number

LARGEST = 400
"""Product of degrees above which no resultant is taken."""
WIDTH = 2**72
"""One over the width of the interval that isolates a root."""


def eliminated(equations: Sequence[Any], cost: Any, balls: Sequence[Any]) -> Any | None:
    """An irreducible polynomial, in flint's `fmpz_poly`, that `cost` is a root of at the solution.

    Args:
        equations: polynomials in as many unknowns, zero at the solution.
        cost: an affine polynomial in them.
        balls: the solution.
    """
    from flint import Ordering, fmpq_mpoly_ctx

    count = len(equations)
    ring = fmpq_mpoly_ctx.get([*(f"z{k}" for k in range(count)), "t"], Ordering.lex)
    *unknowns, t = ring.gens()
    lifted = [p.compose(*unknowns, ctx=ring) for p in (*equations, cost)]
    system = [*lifted[:-1], t - lifted[-1]]
    at = [*balls, evaluate(cost, balls)]
    for k in range(count):
        with_it = [p for p in system if p.degrees()[k] > 0]
        without = [p for p in system if p.degrees()[k] == 0]
        if not with_it:
            return None
        with_it.sort(key=lambda p: (p.degrees()[k], len(p.to_dict())))
        system = list(without)
        for other in with_it[1:]:
            if with_it[0].total_degree() * other.total_degree() > LARGEST:
                return None
            found = _vanishing(with_it[0].resultant(other, f"z{k}"), at)
            if found is None:
                return None
            system.append(found)
    return system[0] if len(system) == 1 else None


def _vanishing(polynomial: Any, at: Sequence[Any]) -> Any | None:
    """The one factor that may be 0 at a point."""
    if polynomial.is_zero():
        return None
    _, factors = polynomial.factor()
    found = [p for p, _ in factors if evaluate(p, at).contains(0)]
    return found[0] if len(found) == 1 else None


def isolated(polynomial: Any, near: Any) -> Root | Fraction | None:
    """The root of an irreducible polynomial in t, the last variable, that lies in a ball."""
    coefficients = {int(powers[-1]): c for powers, c in polynomial.to_dict().items()}
    scale = math.lcm(*(int(c.q) for c in coefficients.values()))
    whole = [0] * (max(coefficients) + 1)
    for k, c in coefficients.items():
        whole[k] = int(c.p) * (scale // int(c.q))
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
