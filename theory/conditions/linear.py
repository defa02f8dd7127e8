"""Polynomials that are of degree 1 in one symbol."""

from sympy.polys.rings import PolyElement


def linear(polynomial: PolyElement, place: int) -> tuple[PolyElement | None, PolyElement | None]:
    """The slope and the rest in the symbol at `place`; None, None at another degree."""
    if polynomial.degree(place) != 1:
        return None, None
    ring = polynomial.ring
    slope, rest = ring.zero, ring.zero
    for monomial, coefficient in polynomial.terms():
        lower = (*monomial[:place], 0, *monomial[place + 1 :])
        term = ring.from_dict({lower: coefficient})
        if monomial[place]:
            slope += term
        else:
            rest += term
    return slope, rest
