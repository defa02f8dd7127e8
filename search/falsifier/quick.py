r"""The gains of all deviations over all rewards, in floats: a hint which one to solve exactly.

One HiGHS model holds the rows; only its costs change from deviation to deviation, so each solve
starts from the last basis.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..problem import Row as Line
from ..rewards.program import Program
from ..rewards.rows import MOST, TooManyError
from ..rewards.scene import Profile, Row, Scene, pure_row


@dataclass(frozen=True)
class Hint:
    """A deviation that seems to gain this much."""

    value: float
    player: int
    deviation: tuple[Row, ...]


def hint(program: Program, players: Sequence[int], starts: Sequence[Row]) -> list[tuple[Hint, Row]]:
    """The most promising deviation for each start, the best first.

    The rows of the program are used for every start, so they must hold for all of them.

    Raises:
        TooManyError: more pure deviations than are tried.
    """
    return _Quick(program).run(players, starts)


class _Quick:
    def __init__(self, program: Program) -> None:
        self.program, self.scene = program, program.scene
        self.joints = tuple(self.scene.joints())
        self.index: dict[str, int] = {}
        ties = program.ties
        self.entries: list[tuple[Any, Any]] = []
        for i in range(self.scene.players):
            named = [
                ties.of(i, s, joint) for s in range(self.scene.states) for joint in self.joints
            ]
            columns = [self.index.setdefault(name, len(self.index)) for name, _ in named]
            self.entries.append((np.array(columns), np.array([float(x) for _, x in named])))
        for row in program.rows.rows:
            for name, _ in row.terms:
                self.index.setdefault(name, len(self.index))
        self.kernel = np.array(
            [[[float(p) for p in rows[joint]] for joint in self.joints] for rows in self._kernel()]
        )
        self.solver = self._model(program.rows.rows)

    def _kernel(self) -> Sequence[Any]:
        return self.scene.kernel

    def _model(self, rows: Sequence[Line]) -> Any:
        import highspy

        count = len(self.index)
        boxes = {**self.program.rows.boxes, **(self.program.known or {})}
        low, high = -np.ones(count), np.ones(count)
        for name, j in self.index.items():
            if name in boxes:
                low[j], high[j] = float(boxes[name].low), float(boxes[name].high)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(count), low, high
        lp.row_upper_ = np.array([float(row.bound) for row in rows])
        lp.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        ends = np.cumsum([0, *(len(row.terms) for row in rows)])
        lp.a_matrix_.start_ = ends.astype(np.int32)
        terms = [(self.index[x], float(c)) for row in rows for x, c in row.terms]
        lp.a_matrix_.index_ = np.array([j for j, _ in terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for _, c in terms], dtype=float)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(lp)
        return solver

    def run(self, players: Sequence[int], starts: Sequence[Row]) -> list[tuple[Hint, Row]]:
        own = self._visits(self.scene.learner)
        costs: list[tuple[int, tuple[Row, ...], Any]] = []
        for i in players:
            for deviation, profile in self._deviations(i):
                costs.append((i, deviation, self._visits(profile) - own))
        found = []
        for start in starts:
            weights = np.array([float(p) for p in start])
            best = self._best(costs, weights)
            if best is not None:
                found.append((best, start))
        return sorted(found, key=lambda pair: -pair[0].value)

    def _best(self, costs: Sequence[tuple[int, Any, Any]], weights: Any) -> Hint | None:
        queue = []
        for i, deviation, change in costs:
            columns, signs = self.entries[i]
            cost = np.zeros(len(self.index))
            np.add.at(cost, columns, signs * (weights @ change))
            queue.append((float(np.sum(abs(cost))), i, deviation, cost))
        best: Hint | None = None
        for size, i, deviation, cost in sorted(queue, key=lambda item: -item[0]):
            if best is not None and size <= best.value + 1e-9:
                break
            value = self._solve(cost)
            if value is None:
                return None
            if best is None or value > best.value:
                best = Hint(value, i, deviation)
        return best

    def _solve(self, cost: Any) -> float | None:
        import highspy

        size = len(cost)
        self.solver.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(self.solver.getInfo().objective_function_value)

    def _deviations(self, i: int) -> Iterator[tuple[tuple[Row, ...], Profile]]:
        scene: Scene = self.scene
        count = scene.actions[i]
        if count**scene.states > MOST:
            raise TooManyError
        for picks in itertools.product(range(count), repeat=scene.states):
            table = tuple(pure_row(a, count) for a in picks)
            yield table, tuple(table if j == i else t for j, t in enumerate(scene.learner))

    def _visits(self, profile: Profile) -> Any:
        """[S, S * joints]: how often what is played, from each state."""
        scene = self.scene
        play = np.ones((scene.states, 1))
        for table in profile:
            rows = np.array([[float(p) for p in row] for row in table])
            play = (play[:, :, None] * rows[:, None, :]).reshape(scene.states, -1)
        move = np.einsum("sj,sjt->st", play, self.kernel)
        times = np.linalg.inv(np.eye(scene.states) - float(scene.discount) * move)
        return (times[:, :, None] * play[None]).reshape(scene.states, -1)


def rounded(value: Fraction | None) -> float:
    """A bound as a float, minus infinity for none."""
    return float("-inf") if value is None else float(value)
