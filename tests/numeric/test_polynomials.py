"""Polynomials: on boxes by the definition of Bernstein's form, in balls, and without unknowns."""

import itertools
import random
from collections.abc import Sequence
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest
from flint import Ordering, arb, ctx, fmpq, fmpq_mpoly_ctx

from nashgap.numeric.polynomials.balls import ball, evaluate, middle, number, value
from nashgap.numeric.polynomials.bernstein import (
    at_point,
    coefficients_range,
    derivative,
    fixed,
    is_flat,
    on_box,
    placed,
    powers,
    product,
    raised,
    restricted,
)
from nashgap.numeric.polynomials.determinant import determinant
from nashgap.numeric.polynomials.elimination import eliminated, on_ranges
from nashgap.numeric.polynomials.integers import coefficients, cut, halve, rounded


def rational(rng: random.Random, parts: int = 12) -> Any:
    return fmpq(rng.randrange(parts + 1), parts)


def tensor(rng: random.Random, shape: tuple[int, ...]) -> Any:
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        found[place] = fmpq(rng.randrange(-9, 10), rng.randrange(1, 4))
    return found


def evaluated(p: Any, point: Sequence[Any]) -> Any:
    """The definition: the sum of the entries times powers of u and v = 1 - u."""
    total = fmpq(0)
    for place in np.ndindex(*p.shape):
        term = p[place]
        for k, n, u in zip(place, p.shape, point, strict=True):
            term = term * u**k * (1 - u) ** (n - 1 - k)
        total += term
    return total


@pytest.mark.parametrize("seed", range(4))
def test_bernstein_forms_are_the_polynomials(seed: int) -> None:
    rng = random.Random(seed)
    p, q = tensor(rng, (2, 3, 1)), tensor(rng, (3, 1, 2))
    x = [rational(rng) for _ in range(3)]
    assert at_point(p, x) == evaluated(p, x)
    assert evaluated(product(p, q), x) == evaluated(p, x) * evaluated(q, x)
    assert evaluated(raised(p, (4, 3, 2)), x) == evaluated(p, x)
    shifted = placed(p, (1, 0, 1), (3, 4, 2))
    assert evaluated(shifted, x) == evaluated(p, x) * x[0] * (1 - x[1]) * x[2]
    box = [(fmpq(1, 5), fmpq(3, 4)), (fmpq(0), fmpq(1, 3)), (fmpq(1, 2), fmpq(1))]
    inside = [a + (b - a) * u for (a, b), u in zip(box, x, strict=True)]
    assert evaluated(on_box(p, box), x) == evaluated(p, inside)
    terms = {k: fmpq(c.numerator, c.denominator) for k, c in powers(p).items()}
    grown = sum(c * x[0] ** i * x[1] ** j * x[2] ** k for (i, j, k), c in terms.items())
    assert grown == evaluated(p, x)
    # The slope along one variable, whose interval has width 1/2, from three values of a quadratic.
    part = restricted(p, 1, fmpq(1, 4), fmpq(3, 4))
    slope = evaluated(derivative(part, 1, fmpq(1, 2)), [x[0], fmpq(1, 2), x[2]])
    step = fmpq(1, 10)
    ends = [evaluated(p, [x[0], fmpq(1, 2) + h, x[2]]) for h in (step, -step)]
    assert slope == (ends[0] - ends[1]) / (2 * step)
    assert evaluated(fixed(p, 1, x[1]), [x[0], x[2]]) == evaluated(p, x)
    low, high = coefficients_range(p)
    assert low <= evaluated(p, x) <= high
    assert is_flat(raised(p[:, :1], (2, 4, 1)), 1)
    assert not is_flat(p, 1)


def ring(*names: str) -> tuple[Any, ...]:
    return tuple(fmpq_mpoly_ctx.get(names, Ordering.lex).gens())


def some_polynomial(rng: random.Random, x: Any, y: Any) -> Any:
    total = 0 * x
    for i, j in itertools.product(range(3), range(2)):
        total = total + fmpq(rng.randrange(-9, 10), rng.randrange(1, 5)) * x**i * y**j
    return total


@pytest.mark.parametrize("seed", range(3))
def test_integers_bound_a_polynomial_on_every_part(seed: int) -> None:
    """Catches halves and cuts of the wrong side, and a rounding that goes up."""
    rng = random.Random(seed)
    x, y = ring("x", "y")
    made = [some_polynomial(rng, x, y) for _ in range(2)]
    form = coefficients(made, 2)
    low, high = [F(0), F(0)], [F(1), F(1)]
    is_rounded = False
    for step in range(12):
        axis = rng.randrange(2)
        if step < 5:
            part = F(rng.randrange(1, 5), 5)
            sides = cut(form, axis, part)
        else:
            part = F(1, 2)
            form, is_rounded = form if is_rounded else rounded(form), True
            sides = halve(form, axis)
        at = low[axis] + (high[axis] - low[axis]) * part
        first = rng.random() < 0.5
        form = sides[0] if first else sides[1]
        (high if first else low)[axis] = at
        for k, p in enumerate(made):
            inside = [
                value(
                    p,
                    [a + (b - a) * F(rng.randrange(5), 4) for a, b in zip(low, high, strict=True)],
                )
                for _ in range(6)
            ]
            # Up to a positive factor, which the sign does not see.
            if int(form[k].min()) >= 0:
                assert min(inside) >= 0
            corner = value(p, low)
            if not is_rounded:
                assert (int(form[k][0, 0]) > 0) == (corner > 0)
            if int(form[k][0, 0]) > 0:
                assert corner > 0


def test_determinants_by_hand() -> None:
    x, y = ring("x", "y")
    rows = [[x, y, 0 * x + 1], [0 * x, x, y], [y, 0 * x, x]]
    assert determinant(rows) == x**3 + y**3 - x * y
    numbers = [[F(2), F(1), F(3)], [F(0), F(4), F(1)], [F(5), F(6), F(7)]]
    assert determinant(numbers) == F(-11)


def test_balls_hold_every_value() -> None:
    x, y = ring("x", "y")
    p = x**2 * y - 3 * x + fmpq(1, 2)
    with ctx.workprec(200):
        at = [ball(F(-1, 10), F(1, 5)), ball(F(1, 3), F(1, 2))]
        for u, v in itertools.product((F(-1, 10), F(0), F(1, 5)), (F(1, 3), F(1, 2))):
            assert evaluate(p, at).contains(number(value(p, [u, v])).mid())
        assert evaluate(p, [arb(0, 1), arb(0, 1)]).contains(0)
        assert middle(number(F(3, 8))) == F(3, 8)


def test_elimination_leaves_the_value_and_what_cannot_be_told_apart() -> None:
    r"""x^2 = 2, y = x + 1 and t = xy: t = 2 + x is a root of t^2 - 4t + 2."""
    x, y, t = ring("x", "y", "t")
    system = [x**2 - 2, y - x - 1, t - x * y]
    names = ("x", "y", "t")
    wanted = (F(2), F(-4), F(1))
    everything = [(F(-9), F(9))] * 3
    assert eliminated(system, (0, 1), names, on_ranges(everything)) == [wanted]
    # A factor that is 0 elsewhere is dropped only where the ranges say so.
    other = [*system[:2], (t - x * y) * (t - 7)]
    both = eliminated(other, (0, 1), names, on_ranges(everything))
    assert both is not None
    assert set(both) == {wanted, (F(-7), F(1))}
    near = [(F(1), F(2)), (F(2), F(3)), (F(3), F(4))]
    assert eliminated(other, (0, 1), names, on_ranges(near)) == [wanted]
    # No zero there; and no answer where an unknown stays.
    assert eliminated(system, (0, 1), names, on_ranges([(F(3), F(4)), *near[1:]])) == []
    assert eliminated([y - x - 1, t - x * y], (0, 1), names, on_ranges(everything)) is None


def test_elimination_gives_up_where_a_resultant_is_too_large() -> None:
    x, t = ring("x", "t")
    system = [x**12 + t**12 - x * t - 1, x**11 * t**13 - x + t]
    assert eliminated(system, (0,), ("x", "t"), on_ranges([(F(0), F(1))] * 2)) is None


def test_elimination_gives_up_where_a_factorisation_would_take_a_minute() -> None:
    x, y, t = ring("x", "y", "t")
    given_large = [x**40 + t**40 - x * t - 1, x - t]
    made_large = [y - x**6 - t, y**5 + x * t**40 - t, x**7 - t]
    for system in (given_large, made_large):
        assert eliminated(system, (0, 1), ("x", "y", "t"), on_ranges([(F(0), F(1))] * 3)) is None
