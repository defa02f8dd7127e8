r"""Experts that are to be dominant against mixed opponents, too: cuts.

For each product o of opponents and each pure b of player i, dominance says
\(V_i^{(b,o)}(\nu)\le V_i^{(e_i,o)}(\nu)\), a linear row in the rewards. Those of pure opponents
come first. Where a best game of theirs is not dominant, an exact test (`numeric.dominance`)
names mixed opponents who show it; their row excludes the game. Opponents with short numbers to whom
the expert loses more are looked for nearby: their rows cut deeper. What is left bounds the gap from
above all along, and a best game that passes the test ends it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.numeric.dominance import dominance
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value

from ..candidate import Candidate
from ..problem import Row
from ..rewards.program import Program
from ..rewards.rows import difference, replaced, written
from ..rewards.scene import Profile
from ..rewards.scene import Row as Dist

STEPS = (1.0, 0.5, 0.5, 0.25, 0.125, 0.125, 0.0625)
"""How far an opponent's row moves towards an action, in turn."""
GRAINS = 64
"""Probabilities of opponents are such parts."""
Cut = tuple[Profile, tuple[Dist, ...]]
"""The opponents, in a whole profile, and the deviation."""


@dataclass(eq=False)
class Opponents:
    """The mixed opponents that were named so far.

    Attributes:
        cuts: by player and the expert's policy of that player, which has its place in them.
    """

    cuts: dict[tuple[int, tuple[Dist, ...]], list[Cut]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(map(len, self.cuts.values()))

    def rows(self, program: Program) -> tuple[Row, ...]:
        """What the cuts ask beside the expert of a program."""
        return tuple(self._rows(program))

    def _rows(self, program: Program) -> Iterator[Row]:
        scene = program.scene
        for i, own in enumerate(scene.expert):
            for others, deviation in self.cuts.get((i, own), ()):
                held = scene.from_start(others)
                moved = scene.from_start(replaced(others, i, deviation))
                forms = program.rows.form(i, moved), program.rows.form(i, held)
                terms = {x: c for x, c in difference(*forms).items() if c}
                word = ".".join(str(row.index(max(row))) for row in deviation)
                name = f"against {i} {written(others)} {word}"
                yield Row(name, tuple(sorted(terms.items())), "<=", Fraction(0))

    def refute(self, made: Candidate, expert: Profile) -> bool | None:
        """Cuts a game off whose expert is not dominant.

        Returns:
            True if it did; False if the expert is dominant; None if that was not decided.
        """
        found: bool | None = False
        for i, own in enumerate(expert):
            said = dominance(made.game, made.expert, i)
            if said.holds is None and not found:
                found = None
            if said.opponents is None or said.deviation is None:
                continue
            others = tuple(tuple(tuple(row) for row in table) for table in said.opponents.policies)
            deviation = tuple(tuple(row) for row in said.deviation)
            others = _worse(made, i, others, deviation)
            self.cuts.setdefault((i, own), []).append((others, deviation))
            found = True
        return found


def _worse(made: Candidate, i: int, others: Profile, deviation: tuple[Dist, ...]) -> Profile:
    """Opponents to whom the expert loses more by not deviating, if some with short numbers do."""
    game = made.game
    kernel = np.asarray(game.transition, dtype=float)
    rewards = np.asarray(game.rewards[i], dtype=float)
    start = np.asarray(game.start, dtype=float)

    def worth(profile: list[Any]) -> float:
        flow, pay = kernel, rewards
        for table in profile:
            flow = np.einsum("sa...,sa->s...", flow, table)
            pay = np.einsum("sa...,sa->s...", pay, table)
        matrix = np.eye(len(start)) - float(game.discount) * flow
        return float(start @ np.linalg.solve(matrix, pay))

    def loss(profile: list[Any]) -> float:
        return worth([*profile[:i], b, *profile[i + 1 :]]) - worth(profile)

    b = np.asarray(deviation, dtype=float)
    best = [np.asarray(table, dtype=float) for table in others]
    best[i] = np.asarray(made.expert[i], dtype=float)
    most = loss(best)
    places = [(j, s) for j in range(len(best)) if j != i for s in range(len(start))]
    for step in STEPS:
        for j, s in places:
            for a in range(best[j].shape[1]):
                moved = [table.copy() for table in best]
                moved[j][s] = (1 - step) * moved[j][s] + step * np.eye(moved[j].shape[1])[a]
                if (here := loss(moved)) > most:
                    best, most = moved, here
    near = tuple(
        others[j] if j == i else tuple(_short(row.tolist()) for row in table)
        for j, table in enumerate(best)
    )
    held, switched = ProductPolicy(near), ProductPolicy(replaced(near, i, deviation))
    exact = value(game, switched)[i] - value(game, held)[i]
    return near if exact > 0 else others


def _short(row: list[float]) -> Dist:
    """The row in parts of the grain."""
    parts = [round(x * GRAINS) for x in row]
    parts[parts.index(max(parts))] += GRAINS - sum(parts)
    return tuple(Fraction(k, GRAINS) for k in parts)
