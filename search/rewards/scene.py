r"""A game without its rewards, with expert and learner; values as linear forms in the rewards.

\(V^\pi(s)=\sum_{t,a}(I-\gamma P^\pi)^{-1}_{st}\,\pi(a\mid t)\,r(t,a)\): for fixed kernel and
policies every value is linear in the rewards, and its coefficients are exact rationals.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

Joint = tuple[int, ...]
Row = tuple[Fraction, ...]
Profile = tuple[tuple[Row, ...], ...]
"""[n][S][A_i]: what each player plays at each state."""
Visits = Mapping[tuple[int, Joint], Fraction]
"""By state and joint action, the discounted number of times that it is played."""
ONE, ZERO = Fraction(1), Fraction(0)


def pure_row(action: int, count: int) -> Row:
    """The row that plays one action."""
    return tuple(ONE if a == action else ZERO for a in range(count))


@dataclass(frozen=True, eq=False)
class Scene:
    r"""Everything of a question but the rewards.

    Attributes:
        actions: \((A_1,\dots,A_n)\).
        kernel: for each state and joint action the successors' distribution, shape [S] of
            mappings from joint actions to rows [S].
        start: \(\nu\), shape [S].
        discount: \(\gamma\in[0,1)\).
        expert: shape [n][S][A_i].
        learner: likewise.
    """

    actions: tuple[int, ...]
    kernel: tuple[Mapping[Joint, Row], ...]
    start: Row
    discount: Fraction
    expert: Profile
    learner: Profile

    @staticmethod
    def of(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> "Scene":
        """The scene of an exact game; its rewards are dropped."""
        kernel = tuple(
            {joint: tuple(game.transition[(s, *joint)]) for joint in np.ndindex(*game.num_actions)}
            for s in range(game.num_states)
        )
        return Scene(
            game.num_actions,
            kernel,
            tuple(game.start),
            Fraction(game.discount),
            _profile(expert),
            _profile(learner),
        )

    @property
    def states(self) -> int:
        """The number of states S."""
        return len(self.kernel)

    @property
    def players(self) -> int:
        """The number of players n."""
        return len(self.actions)

    def joints(self) -> Iterator[Joint]:
        """All joint actions."""
        return itertools.product(*map(range, self.actions))

    def game(self, rewards: Any = None) -> MarkovGame:
        """The game with these rewards, shape [n, S, A_1, ..., A_n]; with none they are 0."""
        shape = (self.players, self.states, *self.actions)
        table = np.full((self.states, *self.actions, self.states), ZERO, dtype=object)
        for s, rows in enumerate(self.kernel):
            for joint, row in rows.items():
                table[(s, *joint)] = row
        given = np.full(shape, ZERO, dtype=object) if rewards is None else rewards
        return MarkovGame(table, given, list(self.start), self.discount)

    @cached_property
    def policies(self) -> tuple[ProductPolicy, ProductPolicy]:
        """Expert and learner."""
        return ProductPolicy(self.expert), ProductPolicy(self.learner)

    def with_start(self, start: Row) -> "Scene":
        """The same from another start."""
        return replace(self, start=start)

    def played(self, profile: Profile, state: int) -> Iterator[tuple[Joint, Fraction]]:
        """The joint actions that a profile plays at a state, with their probabilities."""
        rows = [[(a, p) for a, p in enumerate(table[state]) if p] for table in profile]
        for choice in itertools.product(*rows):
            weight = ONE
            for _, p in choice:
                weight *= p
            yield tuple(a for a, _ in choice), weight

    def visits(self, profile: Profile) -> tuple[Visits, ...]:
        """For each state, what is played how often from there on."""
        found = self._visits.get(profile)
        if found is None:
            found = self._visits[profile] = self._visited(profile)
        return found

    @cached_property
    def shared(self) -> dict[Any, Any]:
        """What scenes that differ in their policies alone have in common, by what it depends on."""
        return {}

    @cached_property
    def _visits(self) -> dict[Profile, tuple[Visits, ...]]:
        return {}

    def _visited(self, profile: Profile) -> tuple[Visits, ...]:
        from flint import fmpq, fmpq_mat

        size = self.states
        matrix = fmpq_mat(size, size)
        play = [tuple(self.played(profile, s)) for s in range(size)]
        for s in range(size):
            row = [ZERO] * size
            for joint, weight in play[s]:
                for t, p in enumerate(self.kernel[s][joint]):
                    row[t] += weight * p
            for t in range(size):
                entry = Fraction(s == t) - self.discount * row[t]
                matrix[s, t] = fmpq(entry.numerator, entry.denominator)
        inverse = matrix.inv()
        found: list[Visits] = []
        for s in range(size):
            times = [Fraction(int(inverse[s, t].p), int(inverse[s, t].q)) for t in range(size)]
            found.append(
                {(t, a): n * w for t, n in enumerate(times) if n for a, w in play[t] if n * w}
            )
        return tuple(found)

    def from_start(self, profile: Profile) -> Visits:
        """What is played how often, from the start."""
        key = "from the start", profile
        known: Visits | None = self.shared.get(key)
        if known is not None:
            return known
        total: dict[tuple[int, Joint], Fraction] = {}
        for s, weight in enumerate(self.start):
            if weight:
                for place, n in self.visits(profile)[s].items():
                    total[place] = total.get(place, ZERO) + weight * n
        self.shared[key] = total
        return total

    @cached_property
    def visited(self) -> frozenset[int]:
        """The states that the expert visits."""
        return frozenset(s for s, _ in self.from_start(self.expert))

    def reached(self, profile: Profile, free: frozenset[int]) -> frozenset[int]:
        """What is reached from the start when some players may do anything, the others as told."""
        seen, todo = set[int](), [s for s, p in enumerate(self.start) if p]
        while todo:
            s = todo.pop()
            if s not in seen:
                seen.add(s)
                rows = [
                    range(self.actions[i]) if i in free else [a for a, p in enumerate(t[s]) if p]
                    for i, t in enumerate(profile)
                ]
                for joint in itertools.product(*rows):
                    todo += [t for t, p in enumerate(self.kernel[s][joint]) if p]
        return frozenset(seen)


def _profile(policy: ProductPolicy) -> Profile:
    return tuple(tuple(tuple(row) for row in table) for table in policy.policies)
