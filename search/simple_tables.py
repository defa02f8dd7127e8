"""The numbers of a witness as arrays, and how simple they are."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from .witness import Witness


@dataclass(frozen=True, eq=False)
class Tables:
    """Everything of a witness that may change, as arrays of Fractions.

    Attributes:
        kernel: [S, A_1, ..., A_n, S].
        rewards: [n, S, A_1, ..., A_n].
        start: [S].
        expert: n tables [S, A_i].
        learner: likewise.
    """

    kernel: Any
    rewards: Any
    start: Any
    expert: tuple[Any, ...]
    learner: tuple[Any, ...]

    @property
    def actions(self) -> tuple[int, ...]:
        """The number of actions of each player."""
        return tuple(table.shape[1] for table in self.expert)

    @property
    def states(self) -> int:
        """The number of states."""
        return len(self.start)

    @property
    def size(self) -> int:
        """How many numbers there are, but for those of the policies."""
        return int(self.kernel.size + self.rewards.size)

    @cached_property
    def cost(self) -> tuple[int, int, int, int]:
        """States, joint actions, joint actions that differ, and how long the numbers are."""
        parts = (self.kernel, self.rewards, self.start, *self.expert, *self.learner)
        numbers = sum(length(x) for part in parts for x in part.flat)
        return self.states, int(np.prod(self.actions)), self._different(), numbers

    def _different(self) -> int:
        """Over all states, how many joint actions there are that do not do the same."""
        total = 0
        for s in range(self.states):
            kernel = self.kernel[s].reshape(-1, self.states)
            rewards = self.rewards[:, s].reshape(len(self.rewards), -1)
            total += len({(*kernel[a], *rewards[:, a]) for a in range(len(kernel))})
        return total

    @staticmethod
    def of(found: Witness) -> "Tables":
        """Those of a witness."""
        game = found.game
        return Tables(
            np.array(game.transition),
            np.array(game.rewards),
            np.array(game.start),
            tuple(np.array(t) for t in found.expert.policies),
            tuple(np.array(t) for t in found.learner.policies),
        )


def length(number: Fraction) -> int:
    """0 for 0, 1 for 1 and -1, and more for longer numbers."""
    if not number:
        return 0
    return 1 + 2 * (number.denominator.bit_length() - 1) + abs(number.numerator).bit_length() - 1
