"""A rectangular board with walls, and the five moves on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array, exact, frozen

MOVES = ("stay", "up", "down", "left", "right")
_STEPS = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))
_MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class Board:
    """Rows x columns cells, some of them walls; free cells are numbered row by row.

    Attributes:
        rows: number of rows, at least 1.
        columns: number of columns, at least 1.
        walls: cells (row, column), counted from 0, that nobody can enter.

    Raises:
        BadInput: sizes or walls out of range, or no free cell.

    Example:
        >>> board = Board(2, 2, frozenset({(0, 1)}))
        >>> board.cells, board.steps.tolist()
        (((0, 0), (1, 0), (1, 1)), [[0, 0, 1, 0, 0], [1, 0, 1, 1, 2], [2, 2, 2, 1, 2]])
    """

    rows: int
    columns: int
    walls: frozenset[tuple[int, int]] = frozenset()

    def __post_init__(self) -> None:
        for name, size in (("rows", self.rows), ("columns", self.columns)):
            if not isinstance(size, (int, np.integer)) or size < 1:
                raise BadInput(name, f"given {size!r}", "a whole number, at least 1")
        if self.rows * self.columns > _MOST_CELLS:
            given = f"{self.rows} x {self.columns} cells"
            raise BadInput("board", given, f"at most {_MOST_CELLS}")
        for row, column in self.walls:
            if not (0 <= row < self.rows and 0 <= column < self.columns):
                raise BadInput("walls", f"a wall at {(row, column)}", "cells of the board")
        if not self.cells:
            raise BadInput("walls", "no free cell is left", "at least one free cell")

    @cached_property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """The free cells (row, column) in the order of their numbers."""
        every = ((r, c) for r in range(self.rows) for c in range(self.columns))
        return tuple(cell for cell in every if cell not in self.walls)

    @cached_property
    def number(self) -> dict[tuple[int, int], int]:
        """Free cell -> its number."""
        return {cell: k for k, cell in enumerate(self.cells)}

    @cached_property
    def steps(self) -> Array:
        """Where a move leads, shape [cells, 5]; walls and the rim leave a mover where it is."""
        table = np.empty((len(self.cells), len(MOVES)), dtype=np.int64)
        for k, (row, column) in enumerate(self.cells):
            for move, (down, right) in enumerate(_STEPS):
                table[k, move] = self.number.get((row + down, column + right), k)
        return frozen(table)

    @cached_property
    def distances(self) -> Array:
        """Fewest moves between two free cells, shape [cells, cells]; -1 where there is no way."""
        count = len(self.cells)
        far = np.full((count, count), -1, dtype=np.int64)
        reached = np.eye(count, dtype=bool)
        for length in range(count):
            new = reached & (far < 0)
            if not new.any():
                break
            far[new] = length
            for move in range(1, len(MOVES)):
                # Every way back is a way: the cells next to c are those that c's moves lead to.
                reached |= new[:, self.steps[:, move]]
        return frozen(far)

    def cell(self, place: Iterable[int], where: str) -> int:
        """The number of the free cell at (row, column).

        Raises:
            BadInput: there is no such free cell.
        """
        found = tuple(int(x) for x in place)
        if len(found) != 2 or (found[0], found[1]) not in self.number:
            raise BadInput(where, f"given {found}", "a free cell (row, column) of the board")
        return self.number[found[0], found[1]]


def slips(players: int, slip: object) -> tuple[list[tuple[tuple[bool, ...], int]], int]:
    """Who fails to move: every subset of players with its weight, and the sum of the weights.

    Each player fails on its own with probability `slip`; subsets of weight 0 are left out.

    Raises:
        BadInput: `slip` is not in [0, 1].

    Example:
        >>> slips(1, "1/3")
        ([((False,), 2), ((True,), 1)], 3)
    """
    chance = exact(slip, "slip")
    if not 0 <= chance <= 1:
        raise BadInput("slip", f"given {chance}", "a probability in [0, 1]")
    fails, moves = chance.numerator, chance.denominator - chance.numerator
    found = []
    for subset in np.ndindex(*(2,) * players):
        weight = fails ** sum(subset) * moves ** (players - sum(subset))
        if weight:
            found.append((tuple(bool(x) for x in subset), weight))
    return found, chance.denominator**players
