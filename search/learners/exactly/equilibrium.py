r"""That an equilibrium lies near a point, although its coordinates may be irrational.

For a state s and two actions let \(\Delta_i(s)\) be what player i gains from s on by always taking
the first there instead of the second, the rest of the profile fixed: it has the sign of the
difference of their one-shot values. A profile in which every \(\Delta_i(s)\) is 0 where i mixes at
s, and does not favour the other action where i plays one, is an equilibrium from every start. With
as many variables as equations, the others fixed, a zero exists in a box if, after multiplication
with the inverse of the slopes at the middle, equation k is at most 0 on one side k of the box and
at least 0 on the opposite side (Poincare and Miranda). Signs are read off Bernstein coefficients.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from nashgap.numeric.numbers import Array
from nashgap.numeric.polynomials.bernstein import (
    coefficients_range,
    derivative,
    on_box,
    product,
    raised,
    restricted,
)

from ..result import Error
from .ceiling import sign_on, whole
from .program import Ball, Space, common, determinant, difference, rational, value_from, within
from .system import independent

RADII = tuple(Fraction(1, 2**k) for k in (12, 20, 28))
MIXED = 1e-4


def equilibrium_near(space: Space, place: Sequence[float], eps: Fraction, error: Error) -> bool:
    """Whether it is proved that an equilibrium within the error lies near the point.

    Args:
        space: players of at most two actions.
        place: all coordinates, in floats, of a point whose gap is about 0.
        eps: the error allowed.
        error: which error.
    """
    if max(space.game.num_actions) > 2:
        return False
    balls = within(space, eps, error)
    return any(_proved(space, place, radius, balls) for radius in RADII)


def _proved(space: Space, place: Sequence[float], radius: Fraction, balls: Sequence[Ball]) -> bool:
    mixed = [k for k, x in enumerate(place) if MIXED < x < 1 - MIXED]
    box = []
    for k, x in enumerate(place):
        near = Fraction(x).limit_denominator(2**40)
        pure = Fraction(round(x))
        box.append((near - radius, near + radius) if k in mixed else (pure, pure))
    if any(a < 0 or b > 1 for a, b in box):
        return False
    ends = [(rational(a), rational(b)) for a, b in box]
    zeros = []
    for k in range(len(box)):
        favours = on_box(_advantage(space, k), ends)
        low, high = coefficients_range(favours)
        if k in mixed and (low != 0 or high != 0):
            zeros.append(favours)
        elif not (low >= 0 if box[k][0] == 1 else high <= 0):
            return False
    inside = all(
        _inside(Ball(on_box(b.cap, ends), tuple(on_box(v, ends) for v in b.terms))) for b in balls
    )
    return inside and _has_zero(zeros, mixed, radius)


def _advantage(space: Space, variable: int) -> Array:
    """Of the sign of what the first action gains over the second, a polynomial on the cube."""
    game = space.game
    player, state, _ = space.variables[variable]
    start = [rational(int(s == state)) for s in range(game.num_states)]
    above = space.corners(partial(value_from, game, player, start))
    below = space.corners(partial(determinant, game))
    ends = []
    for x in map(rational, (1, 0)):
        ends.append([restricted(p, variable, x, x) for p in (above, below)])
    (n1, d1), (n0, d0) = ends
    return difference(product(n1, d0), product(n0, d1))


def _inside(ball: Ball) -> bool:
    """Whether the whole box lies within the ball."""
    signs = tuple(sign_on(v) for v in ball.terms)
    loose = [v for v, sign in zip(ball.terms, signs, strict=True) if not sign]
    most = sum((max(map(abs, coefficients_range(v))) for v in loose), rational(Fraction(0)))
    return bool(coefficients_range(whole(ball, signs))[0] >= most)


def _has_zero(polynomials: Sequence[Array], axes: Sequence[int], radius: Fraction) -> bool:
    from flint import fmpq_mat

    if not polynomials:
        return True
    shape = common(*polynomials)
    parts = [raised(p, shape) for p in polynomials]
    width, count, half = rational(2 * radius), len(polynomials), rational(Fraction(1, 2))
    slopes = []
    for p in parts:
        for axis in axes:
            low, high = coefficients_range(derivative(p, axis, width))
            slopes.append((low + high) / 2)
    chosen = independent(count, slopes)
    if len(chosen) < count:
        return False
    for k, axis in enumerate(axes):
        if k not in chosen:
            parts = [restricted(p, axis, half, half) for p in parts]
    square = fmpq_mat(
        count, count, [slopes[r * len(axes) + k] for r in range(count) for k in chosen]
    )
    inverse = square.inv()
    for k, axis in enumerate(axes[c] for c in chosen):
        turned = parts[0] * inverse[k, 0]
        for m in range(1, count):
            turned = turned + parts[m] * inverse[k, m]
        ends = [coefficients_range(restricted(turned, axis, x, x)) for x in map(rational, (0, 1))]
        if not (ends[0][1] <= 0 <= ends[1][0]):
            return False
    return True
