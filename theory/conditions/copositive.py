r"""When a quadratic form is non-negative on a simplex: a condition without quantifiers.

A symmetric matrix is copositive iff no principal submatrix \(B\) has \(\det B<0\) and
\(\mathrm{adj}\,B\ge0\) in every entry; strictly copositive iff none has \(\det B\le0\) and
\(\mathrm{adj}\,B>0\) in every entry.

Source: Cottle, Habetler, Lemke, On classes of copositive matrices, Linear Algebra and its
Applications 3 (1970); by induction on the size, from their criterion for a matrix all of whose
proper principal submatrices are (strictly) copositive.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from sympy import QQ
from sympy.polys.matrices import DomainMatrix

from .clause import Atom, Clause, Sign

Matrix = Sequence[Sequence[Any]]
LARGEST = 4
"""Actions of an opponent at one state for which the criterion is written out."""


def copositive(
    matrix: Matrix, why: str, *, strictly: bool = False, most: int | None = None
) -> Iterator[tuple[tuple[int, ...], Clause]]:
    r"""The clauses of the criterion with the rows that each speaks of, in order of size.

    With a non-negative diagonal a submatrix of two rows passes iff its other entry is non-negative
    or its determinant is. Where the form is affine on a face, its vertices suffice.

    Args:
        matrix: of the form, over the vertices of a polytope.
        why: what it says.
        strictly: positive instead of non-negative.
        most: vertices that make any point of the polytope together; by default all.
    """
    for size in range(1, min(len(matrix), most or len(matrix)) + 1):
        for kept in itertools.combinations(range(len(matrix)), size):
            part = [[matrix[i][j] for j in kept] for i in kept]
            if size == 1 or not _affine(part):
                yield kept, Clause(tuple(dict.fromkeys(_alternatives(part, strictly))), why)


def _alternatives(part: Matrix, strictly: bool) -> Iterator[Atom]:
    determinant, adjugate = _determinant_and_adjugate(part)
    yield Atom(determinant, Sign.POSITIVE if strictly else Sign.AT_LEAST_ZERO)
    if len(part) == 2:
        yield Atom(part[0][1], Sign.AT_LEAST_ZERO)
        return
    for entry in adjugate:
        yield Atom(-entry, Sign.AT_LEAST_ZERO if strictly else Sign.POSITIVE)


def _affine(part: Matrix) -> bool:
    """Whether every entry is the mean of its row's and its column's diagonal ones."""
    pairs = itertools.combinations(range(len(part)), 2)
    return all(2 * part[i][j] == part[i][i] + part[j][j] for i, j in pairs)


def _determinant_and_adjugate(matrix: Matrix) -> tuple[Any, list[Any]]:
    """The determinant, and the entries of the adjugate on and above the diagonal."""
    size = len(matrix)
    if size == 1:
        return matrix[0][0], []
    cofactors = [
        (-1) ** (i + j)
        * _determinant(
            [[row[c] for c in range(size) if c != j] for r, row in enumerate(matrix) if r != i]
        )
        for i in range(size)
        for j in range(i, size)
    ]
    return _determinant(matrix), cofactors


def _determinant(matrix: Matrix) -> Any:
    size = len(matrix)
    if size == 1:
        return matrix[0][0]
    domain = QQ[matrix[0][0].ring.symbols]
    return DomainMatrix([list(row) for row in matrix], (size, size), domain).det()
