r"""Weak dominance against one opponent, decided: forms that are copositive or not.

With one opponent the F of `dominance_bernstein` is affine in the rows at other states and a
quadratic form \(x^\top Mx\) in the row x at the state in question. So \(F\le0\) for all opponents
iff -M is copositive wherever the other rows are pure. A symmetric matrix is copositive iff no
principal submatrix B has \(\det B<0\) and \(\mathrm{adj}\,B\ge0\) in every entry. If one has, then
\(x=\mathrm{adj}(B)\mathbf 1\) is where the form is negative:
\(x^\top Bx=\det B\;\mathbf 1^\top\mathrm{adj}(B)\mathbf 1<0\).

Source: Cottle, Habetler, Lemke, On classes of copositive matrices, Linear Algebra and its
Applications 3 (1970).
"""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from .dominance_bernstein import Outcome, Point, confirm, each_form
from .dominance_side import Side
from .numbers import Array

MOST_SYSTEMS = 20_000
"""Systems of linear equations, one for each pure opponent, that are solved."""
MOST_ACTIONS = 12
"""Actions of the opponent at one state, all subsets of which are looked at."""


def fits(side: Side) -> bool:
    """Whether there is one opponent and few enough of its pure policies."""
    sizes = [len(block.actions) for block in side.blocks]
    off_path = len(side.states) - len(side.on_path)
    cases = math.prod(sizes) * side.own.shape[1] ** off_path
    return len(side.opponents) == 1 and cases <= MOST_SYSTEMS and max(sizes) <= MOST_ACTIONS


def decide(side: Side) -> Outcome:
    """A refutation, or that there is none."""
    for state, form in each_form(side):
        found = _positive(side, state, form)
        if found is not None:
            return Outcome(confirm(side, found), True)
    return Outcome(None, True)


def _positive(side: Side, state: int, form: Array) -> Point | None:
    """Opponents at whom the polar form, two axes a block, is positive."""
    if np.all(form <= 0):
        return None
    own = next((k for k, block in enumerate(side.blocks) if block.state == state), 0)
    moved = np.moveaxis(form, (2 * own, 2 * own + 1), (-2, -1))
    for place in np.ndindex(*moved.shape[:-2]):
        weights = positive_point(moved[place].tolist())
        if weights is None:
            continue
        chosen = [max(pair) for pair in zip(place[::2], place[1::2], strict=True)]
        chosen.insert(own, 0)
        point = [
            [Fraction(int(m == k)) for m in range(len(block.actions))]
            for block, k in zip(side.blocks, chosen, strict=True)
        ]
        if len(weights) > 1:
            point[own] = weights
        return point
    return None


def positive_point(matrix: Sequence[Sequence[int]]) -> list[Fraction] | None:
    r"""A point x of the simplex with \(x^\top Mx>0\), None if there is none.

    Args:
        matrix: M, symmetric, integers.

    Example:
        >>> positive_point([[-1, 2], [2, -1]]), positive_point([[-1, 1], [1, -1]])
        ([Fraction(1, 2), Fraction(1, 2)], None)
    """
    from flint import fmpz_mat

    size = len(matrix)
    for count in range(1, size + 1):
        for kept in itertools.combinations(range(size), count):
            part = fmpz_mat([[-matrix[i][j] for j in kept] for i in kept])
            determinant = part.det()
            if determinant >= 0:
                continue
            inverse: Any = part.inv()
            adjugate = [[int(x.p) for x in row] for row in (inverse * determinant).table()]
            if all(x >= 0 for row in adjugate for x in row):
                sums = [sum(row) for row in adjugate]
                point = [Fraction(0)] * size
                for k, x in zip(kept, sums, strict=True):
                    point[k] = Fraction(x, sum(sums))
                return point
    return None
