"""One integer table a game: probabilities and rewards as whole numbers over one denominator."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array
from ..sparse import SparseGame
from .grid import MOVES, Board

LARGEST_EXACT = 4_000_000
_LARGEST_WHOLE = 2**53


@dataclass(frozen=True, eq=False)
class GridGame:
    r"""A game on a board, exact by construction.

    Outcome m takes row `rows[m]` (state s and joint action j: sJ+j) to state `nexts[m]` with
    probability `weights[m] / whole`; several outcomes may share row and state.

    Attributes:
        name: what it is called.
        source: where it is from, and what is our own choice.
        board: the board.
        players: number of players; each has the five moves of `MOVES`.
        rows: shape [m].
        nexts: shape [m].
        weights: shape [m], whole numbers; those of a row sum to `whole`.
        whole: their denominator.
        paid: reward numerators, shape [n, S, J] or [n, S, 1] where rewards depend on the state.
        unit: their denominator.
        start: whole numbers, shape [S]; the start is their share of the sum.
        discount: in [0, 1).
        positions: cell number of each player at each state, shape [n, S]; -1 where the game is
        over.
    """

    name: str
    source: str
    board: Board
    players: int
    rows: Array
    nexts: Array
    weights: Array
    whole: int
    paid: Array
    unit: int
    start: Array
    discount: Fraction
    positions: Array

    def __post_init__(self) -> None:
        if not 0 <= self.discount < 1:
            raise BadInput("discount", f"given {self.discount}", "a number in [0, 1)")
        if max(self.whole, self.unit) >= _LARGEST_WHOLE:
            given = f"a common denominator of {max(self.whole, self.unit)}"
            raise BadInput("slip", given, "simpler fractions: at most 2^53")

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return len(self.start)

    @property
    def num_actions(self) -> tuple[int, ...]:
        """Five moves for each player."""
        return (len(MOVES),) * self.players

    @property
    def num_joint_actions(self) -> int:
        """5 to the number of players."""
        return int(len(MOVES) ** self.players)

    @cached_property
    def sparse(self) -> SparseGame:
        """The game in float64, each entry the float nearest to the exact one."""
        from scipy.sparse import coo_array

        size, joint = self.num_states, self.num_joint_actions
        # Whole numbers below 2^53 add up exactly; only the division rounds.
        kernel = coo_array(
            (self.weights.astype(float), (self.rows, self.nexts)), shape=(size * joint, size)
        ).tocsr()
        kernel.data /= self.whole
        paid = np.broadcast_to(self.paid / self.unit, (self.players, size, joint))
        start = self.start / self.start.sum()
        return SparseGame(kernel, paid, start, float(self.discount), self.num_actions)

    @cached_property
    def exact(self) -> MarkovGame:
        """The game in Fractions.

        Raises:
            BadInput: its kernel would have more than 4,000,000 entries.
        """
        size, joint = self.num_states, self.num_joint_actions
        if size * size * joint > LARGEST_EXACT:
            given = f"{size} states, {joint} joint actions: {size * size * joint} kernel entries"
            raise BadInput(
                self.name,
                given,
                f"at most {LARGEST_EXACT}, or nashgap.numeric.grids.{self.name}(...).sparse",
            )
        counts = np.zeros((size * joint, size), dtype=np.int64)
        np.add.at(counts, (self.rows, self.nexts), self.weights)
        paid = np.broadcast_to(self.paid, (self.players, size, joint))
        return MarkovGame(
            _over(counts, self.whole).reshape(size, *self.num_actions, size),
            _over(paid, self.unit).reshape(self.players, size, *self.num_actions),
            _over(self.start, int(self.start.sum())),
            self.discount,
            [self.label(s) for s in range(size)],
            [MOVES] * self.players,
        )

    def label(self, state: int) -> str:
        """Everyone's place at a state, as in "s7:(0,1)(2,2)"."""
        places = [self.board.cells[k] for k in self.positions[:, state] if k >= 0]
        return f"s{state}:" + ("".join(f"({r},{c})" for r, c in places) or "over")

    def __repr__(self) -> str:
        size = f"{self.board.rows} x {self.board.columns}, {self.num_states} states"
        return f"<{self.name}: {size}, {self.players} players, discount {self.discount}>"


def joint_moves(players: int) -> list[Array]:
    """Each player's move in every joint action, n arrays of shape [J]."""
    return list(np.unravel_index(np.arange(len(MOVES) ** players), (len(MOVES),) * players))


def outcomes(parts: Sequence[tuple[Array, int]]) -> tuple[Array, Array, Array]:
    """Rows, next states and weights from tables of next states [S, J], each with one weight."""
    size = parts[0][0].size
    rows = np.tile(np.arange(size), len(parts))
    nexts = np.concatenate([table.ravel() for table, _ in parts])
    return rows, nexts, np.repeat([weight for _, weight in parts], size)


def _over(numerators: Array, denominator: int) -> Array:
    known = {int(x): Fraction(int(x), denominator) for x in np.unique(numerators)}
    table = np.empty(numerators.size, dtype=object)
    table[:] = [known[x] for x in numerators.ravel().tolist()]
    return table.reshape(numerators.shape)
