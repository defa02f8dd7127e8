r"""Weak dominance decided by polynomials on a product of simplices.

Let U be the states that \(e_i\) reaches against some opponents and W the others. For a
deterministic \(b\) on W let \(e'\) play \(e_i\) on U and \(b\) on W. Then \(e_i\) is a best
response from the start to every product of opponents p iff for all \(b\), \(s\in U\), \(a_i\) and p
\[F(p)=\det(I-\gamma P^{e',p})\,\big[Q^{e',p}(s,a_i)-V^{e',p}(s)\big]\le0.\]
(If: given p, let b be optimal on W while U is held; then V solves the Bellman equations. Only if:
where F > 0, also at some p in the interior, against which \(e_i\) visits s; switching there gains.)
The determinant, and by Cramer's rule its product with each value, are affine in every row of p, and
\(F=(r_{a_i}-r_{e})\det+\gamma\sum_t(P_{a_i}-P_{e})(t)\,\det V(t)\) at s, hence affine in the rows
at other states and quadratic in those at s. F lies between its least and greatest Bernstein
coefficients, which are values of its polar form at the vertices; halving an edge of a simplex
averages two of them. Coefficients that are all at most 0 prove \(F\le0\) on a box; a positive value
at a vertex refutes.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .dominance_side import Refutation, Side
from .linear import average
from .numbers import Array

Point = list[list[Fraction]]
"""Weights on the representatives of each block."""

Corners = list[Point]
"""The vertices of a box: for each block, points of its simplex."""

LARGEST = 20_000
"""Coefficients that one polynomial may have."""


@dataclass(frozen=True)
class Outcome:
    """A refutation, or whether everything was settled."""

    refutation: Refutation | None
    settled: bool


def fits(side: Side) -> bool:
    """Whether the polynomials are of a size that is meant."""
    return math.prod(len(block.actions) for block in side.blocks) <= LARGEST


def decide(side: Side, work: int) -> Outcome:
    """Settles every polynomial, if that takes no more than `work` boxes."""
    sizes = [len(block.actions) for block in side.blocks]
    left = work
    for _, form in each_form(side):
        if form.size > LARGEST:
            return Outcome(None, False)
        found, used = _settle(form, sizes, left)
        left -= used
        match found:
            case True:
                continue
            case False:
                return Outcome(None, False)
            case point:
                return Outcome(confirm(side, point), True)
    return Outcome(None, True)


def each_form(side: Side) -> Iterator[tuple[int, Array]]:
    """(state, polar form of F) for all continuations, states and actions."""
    off_path = [s for s in range(len(side.states)) if s not in side.on_path]
    count = side.own.shape[1]
    for chosen in itertools.product(range(count), repeat=len(off_path)):
        policy = _switched(side, off_path, chosen)
        tables = _tables(side, policy)
        for state in sorted(side.on_path):
            for action in range(count):
                yield state, _polynomial(side, policy, tables, state, action)


def _switched(side: Side, states: Sequence[int], actions: Sequence[int]) -> Array:
    policy = side.own.copy()
    for state, action in zip(states, actions, strict=True):
        policy[state] = side.gamma * 0
        policy[state, action] += 1
    return policy


def _grid(side: Side) -> Iterator[tuple[int, ...]]:
    return itertools.product(*(range(len(block.actions)) for block in side.blocks))


def _tables(side: Side, policy: Array) -> tuple[Array, Array]:
    r"""\(\det(I-\gamma P)\) and its products with the values, at every vertex."""
    from flint import fmpq_mat

    size = len(side.states)
    shape = tuple(len(block.actions) for block in side.blocks)
    reward, kernel = average(side.reward, policy, 1), average(side.kernel, policy, 1)
    determinants = np.empty(shape, dtype=object)
    products = np.empty((*shape, size), dtype=object)
    for place in _grid(side):
        played = _played(side, place)
        rows = [kernel[(s, *played[s])] for s in range(size)]
        right = [reward[(s, *played[s])] for s in range(size)]
        matrix = fmpq_mat(
            size,
            size,
            [int(s == t) - side.gamma * rows[s][t] for s in range(size) for t in range(size)],
        )
        determinants[place] = matrix.det()
        values = matrix.solve(fmpq_mat(size, 1, right)).entries()
        for state in range(size):
            products[(*place, state)] = determinants[place] * values[state]
    return determinants, products


def _played(side: Side, place: Sequence[int]) -> list[list[int]]:
    """The opponents' joint action at each state, for one vertex."""
    played = [[0] * len(side.opponents) for _ in side.states]
    for block, chosen in zip(side.blocks, place, strict=True):
        played[block.state][block.opponent] = block.actions[chosen]
    return played


def _polynomial(
    side: Side, policy: Array, tables: tuple[Array, Array], state: int, action: int
) -> Array:
    """The polar form of F at the vertices, up to a positive factor, in integers.

    Axes: two for every block, the first of size 1 where F is affine in the block; an axis along
    which nothing changes is cut down to size 1.
    """
    determinants, products = tables
    blocks = side.blocks
    own = [k for k, block in enumerate(blocks) if block.state == state]
    mean_reward, mean_kernel = average(side.reward, policy, 1), average(side.kernel, policy, 1)
    lead = side.reward[state, action] - mean_reward[state]
    shift = side.kernel[state, action] - mean_kernel[state]
    kept = np.ix_(
        *(
            next((b.actions for b in blocks if (b.state, b.opponent) == (state, j)), (0,))
            for j in range(len(side.opponents))
        )
    )
    shape = [len(b.actions) if k in own else 1 for k, b in enumerate(blocks)]
    # Blocks are sorted by opponent, as the axes of `lead` are, so the reshapes agree.
    factors = [_spread(lead[kept], shape), *_each(shift, kept, shape)]
    terms = [determinants, *(side.gamma * products[..., t] for t in range(len(side.states)))]
    form = sum(
        _outer(factor, term)
        for factor, term in zip(factors, terms, strict=True)
        if np.any(factor != 0)
    )
    if isinstance(form, int):
        return np.zeros((1, 1) * len(blocks), dtype=object)
    for k in own:
        form = form + np.swapaxes(form, 2 * k, 2 * k + 1)
    return _trimmed(_integers(form))


def _spread(array: Array, shape: Sequence[int]) -> Array:
    return array.reshape(shape)


def _each(shift: Array, kept: Any, shape: Sequence[int]) -> list[Array]:
    return [_spread(shift[..., t][kept], shape) for t in range(shift.shape[-1])]


def _outer(factor: Array, term: Array) -> Array:
    """Axes (0, 1) of block 0, (0, 1) of block 1, ...: first the factor's, then the term's."""
    first = factor.reshape([size for k in factor.shape for size in (k, 1)])
    second = term.reshape([size for k in term.shape for size in (1, k)])
    found: Array = first * second
    return found


def _integers(form: Array) -> Array:
    scale = math.lcm(*(int(x.q) for x in form.ravel()))
    out = np.empty(form.shape, dtype=object)
    out.ravel()[:] = [int(x.p) * (scale // int(x.q)) for x in form.ravel()]
    return out


def _trimmed(form: Array) -> Array:
    for axis in range(form.ndim):
        if np.all(form == form.take([0], axis)):
            form = form.take([0], axis)
    return form


def _settle(form: Array, sizes: Sequence[int], work: int) -> tuple[bool | Point, int]:
    """True if F <= 0 everywhere, a point with F > 0, or False after `work` boxes; and the boxes."""
    corners: Corners = [
        [[Fraction(int(k == m)) for m in range(n)] for k in range(n)] for n in sizes
    ]
    stack, used = [(form, corners)], 0
    while stack:
        form, corners = stack.pop()
        if np.all(form <= 0):
            continue
        positive = _positive_vertex(form)
        if positive is not None:
            return [corners[k][chosen] for k, chosen in enumerate(positive)], used
        used += 1
        if used > work:
            return False, used
        stack.extend(_halves(form, corners))
    return True, used


def _positive_vertex(form: Array) -> tuple[int, ...] | None:
    sizes = [max(form.shape[2 * k : 2 * k + 2]) for k in range(form.ndim // 2)]
    for place in itertools.product(*(range(n) for n in sizes)):
        index = tuple(
            min(c, form.shape[2 * k + h] - 1) for k, c in enumerate(place) for h in (0, 1)
        )
        if form[index] > 0:
            return place
    return None


def _halves(form: Array, corners: Corners) -> Iterator[tuple[Array, Corners]]:
    """Cuts the edge along which the coefficients change most."""
    edges = (
        (abs(form.take(k, axis) - form.take(m, axis)).max(), axis, k, m)
        for axis in range(form.ndim)
        for k, m in itertools.combinations(range(form.shape[axis]), 2)
    )
    _, axis, k, m = max(edges)
    block = axis // 2
    for gone, stays in ((k, m), (m, k)):
        half = form
        for cut in (2 * block, 2 * block + 1):
            if form.shape[cut] > 1:
                moved = np.moveaxis(2 * half, cut, 0)
                moved[gone] = (moved[gone] + moved[stays]) // 2
                half = np.moveaxis(moved, 0, cut)
        rows = list(corners[block])
        rows[gone] = [(x + y) / 2 for x, y in zip(rows[gone], rows[stays], strict=True)]
        yield half, [*corners[:block], rows, *corners[block + 1 :]]


def confirm(side: Side, point: Point) -> Refutation:
    """Exact opponents at or near a point with F > 0 against whom the policy is beaten.

    Near it F > 0 also at inner points, against which the policy visits the state: this ends.
    """
    from flint import fmpq

    tables = side.tables([[fmpq(x.numerator, x.denominator) for x in row] for row in point])
    found = side.refute(tables)
    part = side.gamma * 0 + 1
    while found is None:
        part = part / 2
        mixed = (t * (1 - part) + u * part for t, u in zip(tables, side.uniform, strict=True))
        found = side.refute(tuple(mixed))
    return found
