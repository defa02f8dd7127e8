r"""Exact gaps in whole numbers: the quick way for games and policies of short denominators.

With \(D_s\) a common denominator of the kernel's rows at s under the fixed policies, \(N_s=D_sP\),
\(\gamma=g/h\) and rewards \(R/E\), a policy's values W/E solve the whole-numbered system

\(hD_sW(s)-g\sum_tN_s(t)W(t)=hD_sR(s)\),

and W is optimal iff with every other action in place of the policy's the left side is at least the
right side. Below \(2^{53}\) float64 adds and multiplies whole numbers exactly, so that averaging
over the opponents runs at the speed of floats. Floats also guess the optimal policy; nothing
rests on the guess.
"""

import math
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from .linear import average
from .mdp import Mdp, float_optimum
from .numbers import Array, filled

EXACT = 2**53
"""Floats hold every whole number up to here."""


class Whole(NamedTuple):
    """`numerators / by[s]` at state s: shapes [S, ...] and [S], whole numbers in float64."""

    numerators: Array
    by: Array


class WholeGame(NamedTuple):
    """A game's tables in whole numbers; the start is one row over one denominator."""

    transition: Whole
    rewards: tuple[Whole, ...]
    start: tuple[list[int], int]


def whole(table: Array) -> Whole | None:
    """An exact table [S, ...] over one denominator a state; None where one is beyond 2^53.

    Example:
        >>> found = whole(np.array([[Fraction(1, 2), Fraction(1, 3)]]))
        >>> found.numerators.tolist(), found.by.tolist()
        ([[3.0, 2.0]], [6.0])
    """
    rows, divisors = [], []
    for row in table.reshape(len(table), -1).tolist():
        pairs = [x.as_integer_ratio() for x in row]
        by = math.lcm(*{q for _, q in pairs})
        if by > EXACT:
            return None
        rows.append([p * (by // q) for p, q in pairs])
        divisors.append(by)
    return Whole(np.array(rows, dtype=float).reshape(table.shape), np.array(divisors, dtype=float))


def whole_game(transition: Array, rewards: Array, start: Array) -> WholeGame | None:
    """All tables of an exact game in whole numbers, or None."""
    kernel, first = whole(transition), whole(start[None])
    paid = [whole(table) for table in rewards]
    if kernel is None or first is None or not all(paid):
        return None
    numerators = [int(x) for x in first.numerators[0].tolist()]
    return WholeGame(kernel, tuple(p for p in paid if p), (numerators, int(first.by[0])))


def whole_gaps(game: WholeGame, discount: Fraction, tables: tuple[Whole, ...]) -> Array | None:
    """What each player gains by a best response, Fractions [n]; None where this way is closed.

    Args:
        game: the game.
        discount: its discount.
        tables: the policy, one table a player.
    """
    if not _fits(game, discount, tables):
        return None
    own = _values(game, discount, tables)
    found = []
    for i, (value, unit) in enumerate(own):
        best = _optimum(game, discount, tables, i)
        if best is None:
            return None
        found.append(best - Fraction(value, unit))
    return filled(found, (len(found),))


def _fits(game: WholeGame, discount: Fraction, tables: tuple[Whole, ...]) -> bool:
    # Sizes as floats: a product that is out of range need not be exact to be seen as such.
    policies = math.prod(table.by for table in tables)
    largest = max((part.by * policies).max() for part in (game.transition, *game.rewards))
    return bool(largest * discount.denominator <= EXACT)


def _values(
    game: WholeGame, discount: Fraction, tables: tuple[Whole, ...]
) -> list[tuple[int, int]]:
    """Each player's value from the start under the profile, as (numerator, denominator)."""
    from flint import fmpz_mat

    def mixed(part: Whole, last: int) -> Whole:
        numerators, by = part
        for j in reversed(range(len(tables))):
            numerators = average(numerators, tables[j].numerators, numerators.ndim - last)
            by = by * tables[j].by
        return Whole(numerators, by)

    kernel = mixed(game.transition, 2)
    paid = [mixed(part, 1) for part in game.rewards]
    units = [_unit(part) for part in paid]
    system = _system(kernel.numerators[:, None], kernel.by, discount)[:, 0]
    right = [
        _right(part, kernel.by, discount, unit) for part, unit in zip(paid, units, strict=True)
    ]
    size = len(system)
    solved, below = (
        _matrix(system)
        .solve(fmpz_mat(size, len(right), [row[s] for s in range(size) for row in right]))
        .numer_denom()
    )
    first, by = game.start
    starts = (fmpz_mat(1, size, first) * solved).entries()
    return [(int(x), int(below) * by * unit) for x, unit in zip(starts, units, strict=True)]


def _optimum(
    game: WholeGame, discount: Fraction, tables: tuple[Whole, ...], player: int
) -> Fraction | None:
    """The optimal value of `player` from the start; None if the floats' policy is not optimal."""
    from flint import fmpz_mat

    (kernel, by), (paid, paid_by) = game.transition, game.rewards[player]
    for j in reversed(range(len(tables))):
        if j != player:
            kernel = average(kernel, tables[j].numerators, j + 1)
            paid = average(paid, tables[j].numerators, j + 1)
            by, paid_by = by * tables[j].by, paid_by * tables[j].by
    rows = np.arange(len(by))
    start = np.array(game.start[0]) / game.start[1]
    near = Mdp(kernel / by[:, None, None], paid / paid_by[:, None], start, float(discount))
    chosen = np.array(float_optimum(near).actions)
    unit = _unit(Whole(paid, paid_by))
    system = _system(kernel, by, discount)
    right = _right(Whole(paid, paid_by), by, discount, unit)
    places = rows * paid.shape[1] + chosen
    picked = fmpz_mat(len(by), 1, [right[k] for k in places.tolist()])
    solved, below = _matrix(system[rows, chosen]).solve(picked).numer_denom()
    left = (_matrix(system.reshape(-1, len(by))) * solved).entries()
    if any(x < below * y for x, y in zip(left, right, strict=True)):
        return None
    first, start_by = game.start
    value = (fmpz_mat(1, len(by), first) * solved).entries()[0]
    return Fraction(int(value), int(below) * start_by * unit)


def _system(kernel: Array, by: Array, discount: Fraction) -> Array:
    r"""\(hD_s[s=t]-gN_s(a,t)\) as integers, shape [S, A, S]."""
    matrix = -discount.numerator * kernel
    rows = np.arange(len(by))
    matrix[rows, :, rows] += discount.denominator * by[:, None]
    return matrix.astype(np.int64)


def _unit(part: Whole) -> int:
    """E, one denominator for the rewards at all states."""
    return math.lcm(*{int(x) for x in part.by.tolist()})


def _right(part: Whole, by: Array, discount: Fraction, unit: int) -> list[int]:
    r"""\(hD_sR\) with rewards over the denominator `unit`, in the order of the table."""
    scales = [
        discount.denominator * int(d) * (unit // int(e))
        for d, e in zip(by.tolist(), part.by.tolist(), strict=True)
    ]
    rows = part.numerators.reshape(len(by), -1).tolist()
    return [scale * int(x) for scale, row in zip(scales, rows, strict=True) for x in row]


def _matrix(array: Array) -> Any:
    from flint import fmpz_mat

    rows, columns = array.shape
    return fmpz_mat(rows, columns, array.ravel().tolist())
