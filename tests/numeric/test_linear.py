"""Linear systems and averages in both arithmetics."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from flint import fmpq

from nashgap.numeric.linear import average, residual_matrix, solve, times
from nashgap.numeric.numbers import Array, public, working
from nashgap.theory.errors import BadInput

EXACT = working(np.array([[Fraction(2), Fraction(1)], [Fraction(1), Fraction(3)]]))
FLOAT = np.array([[2.0, 1.0], [1.0, 3.0]])


def random_array(seed: int, *shape: int) -> Array:
    draw = Random(seed)
    entries = [Fraction(draw.randint(-4, 4), draw.randint(1, 5)) for _ in range(np.prod(shape))]
    return np.array(entries, dtype=object).reshape(shape)


def test_solve_by_hand() -> None:
    """2x+y=1 and x+3y=0 give x=3/5, y=-1/5."""
    assert solve(EXACT, working(np.array([Fraction(1), Fraction(0)]))).tolist() == [
        fmpq(3, 5),
        fmpq(-1, 5),
    ]
    assert solve(FLOAT, np.array([1.0, 0.0])) == pytest.approx([0.6, -0.2])


def test_solve_several_right_sides() -> None:
    right = working(np.array([[Fraction(1), Fraction(3)], [Fraction(0), Fraction(4)]]))
    assert public(solve(EXACT, right)).tolist() == [[Fraction(3, 5), 1], [Fraction(-1, 5), 1]]


def test_a_singular_float_matrix_is_bad_input() -> None:
    with pytest.raises(BadInput, match="discount: so close to 1"):
        solve(np.zeros((2, 2)), np.ones(2))


@pytest.mark.parametrize("shape", [(2, 3), (2, 4, 3), (1, 1)])
def test_times_is_the_product_over_the_last_axis(shape: tuple[int, ...]) -> None:
    matrix, vector = random_array(1, *shape), random_array(2, shape[-1])
    expected = (matrix * vector).sum(axis=-1)
    assert public(times(working(matrix), working(vector))).tolist() == expected.tolist()
    near = times(matrix.astype(float), vector.astype(float))
    assert near == pytest.approx(expected.astype(float))


@pytest.mark.parametrize("axis", [1, 2, 3])
@pytest.mark.parametrize("kind", ["mixed", "pure", "sub"])
def test_average_is_the_weighted_sum_over_one_axis(axis: int, kind: str) -> None:
    """Rows of zeros and ones that are no distributions ("sub") are not read as pure policies."""
    shape = (3, 2, 2, 2)
    array = random_array(3, *shape)
    rows: dict[str, list[list[int]]] = {
        "mixed": [[1, 2], [0, 3], [5, 5]],
        "pure": [[1, 0], [0, 1], [0, 1]],
        "sub": [[1, 1], [0, 0], [0, 1]],
    }
    weights = np.array([[Fraction(x, 1 + (kind == "mixed")) for x in row] for row in rows[kind]])
    front = np.moveaxis(array, axis, 1)
    expected = np.stack([(front[s].T * weights[s]).T.sum(axis=0) for s in range(3)])
    found = public(average(working(array), working(weights), axis))
    assert found.tolist() == expected.tolist()
    near = average(array.astype(float), weights.astype(float), axis)
    assert near == pytest.approx(expected.astype(float))


def test_residual_matrix_leaves_its_kernel_alone() -> None:
    kernel = np.array([[0.5, 0.5], [0.0, 1.0]])
    assert residual_matrix(kernel, 0.5).tolist() == [[0.75, -0.25], [0.0, 0.5]]
    assert kernel.tolist() == [[0.5, 0.5], [0.0, 1.0]]
    exact = residual_matrix(working(np.array([[Fraction(1)]])), fmpq(1, 3))
    assert exact.tolist() == [[fmpq(2, 3)]]
