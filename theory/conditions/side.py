r"""One player's problem in symbols: determinants, values times determinants, and what they compare.

For a profile with rows \(P\) let \(D=\det(I-\gamma P)>0\) and \(N=D\,V_i\), polynomials by Cramer's
rule. A row \(a\) of player i at s is worth no more than the value there iff
\(N(s)-D\,r_i(s,a)-\gamma\sum_tP(t|s,a)N(t)\ge0\).
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import QQ
from sympy.polys.matrices import DomainMatrix
from sympy.polys.rings import PolyElement

from ..errors import BadInput
from .game import Joint, Row, SymbolicGame

MAX_CASES = 4_000
"""Systems of linear equations that one condition may need."""

Others = Sequence[Mapping[Joint, PolyElement]]
"""At each state, the weights of the opponents' joint actions: probabilities times a factor."""


@dataclass(frozen=True)
class Solved:
    r"""One profile: \(D\) and \(N=DV\)."""

    determinant: PolyElement
    products: tuple[PolyElement, ...]


@dataclass(frozen=True)
class Side:
    """The game as one player meets it."""

    game: SymbolicGame
    player: int

    @property
    def own(self) -> tuple[Row, ...]:
        """The player's policy, [S][A_i]."""
        return tuple(self.game.policy[self.player, s] for s in range(self.states))

    @property
    def states(self) -> int:
        """S."""
        return len(self.game.states)

    @property
    def count(self) -> int:
        """A_i."""
        return self.game.actions[self.player]

    @property
    def opponents(self) -> tuple[int, ...]:
        """The other players."""
        return tuple(j for j in range(self.game.players) if j != self.player)

    def joints(self) -> tuple[Joint, ...]:
        """Joint actions of the opponents."""
        return tuple(itertools.product(*(range(self.game.actions[j]) for j in self.opponents)))

    def full(self, action: int, others: Joint) -> Joint:
        """The joint action of all players."""
        return (*others[: self.player], action, *others[self.player :])

    def expert_others(self) -> Others:
        """The opponents play their part of the given policy."""
        return [
            {
                a: weight
                for a in self.joints()
                if (weight := self._product(s, a)) != self.game.ranges.ring.zero
            }
            for s in range(self.states)
        ]

    def _product(self, state: int, joint: Joint) -> PolyElement:
        weights = (
            self.game.policy[j, state][a] for j, a in zip(self.opponents, joint, strict=True)
        )
        return math.prod(weights, start=self.game.ranges.ring.one)

    def any_action(self) -> list[Row]:
        """Rows whose support is all of the player's actions."""
        return [(self.game.ranges.ring.one,) * self.count] * self.states

    def reward(self, state: int, action: int, others: Mapping[Joint, PolyElement]) -> PolyElement:
        r"""\(r_i(s,a_i,p_o)\)."""
        rewards = self.game.rewards
        terms = (w * rewards[self.player, state, self.full(action, a)] for a, w in others.items())
        total: Any = sum(terms, self.game.ranges.ring.zero)
        return total

    def row(self, state: int, action: int, others: Mapping[Joint, PolyElement]) -> Row:
        r"""\(P(\cdot|s,a_i,p_o)\)."""
        rows = [(w, self.game.transition[state, self.full(action, a)]) for a, w in others.items()]
        zero = self.game.ranges.ring.zero
        found: Any = (sum((w * row[t] for w, row in rows), zero) for t in range(self.states))
        return tuple(found)

    def solve(self, own: Sequence[Row], others: Others) -> Solved:
        """Determinant and products of a profile."""
        ring = self.game.ranges.ring
        matrix, right = [], []
        for s in range(self.states):
            row, reward = [ring.zero] * self.states, ring.zero
            for action, weight in enumerate(own[s]):
                if weight:
                    reward += weight * self.reward(s, action, others[s])
                    played = self.row(s, action, others[s])
                    row = [x + weight * y for x, y in zip(row, played, strict=True)]
            whole, gamma = self._whole(others[s]), self.game.discount
            matrix.append([int(s == t) * whole - gamma * row[t] for t in range(self.states)])
            right.append(reward)
        return self._cramer(matrix, right)

    def occupancy(self, own: Sequence[Row], others: Others) -> Solved:
        r"""The occupancy \(\mu(s)\) as quotients, from \(\mu(I-\gamma P)=(1-\gamma)\nu\)."""
        ring, gamma = self.game.ranges.ring, self.game.discount
        matrix = [[ring(int(s == t)) for s in range(self.states)] for t in range(self.states)]
        for s in range(self.states):
            for action, weight in enumerate(own[s]):
                for t, x in enumerate(self.row(s, action, others[s]) if weight else ()):
                    matrix[t][s] -= gamma * weight * x
        return self._cramer(matrix, [(1 - gamma) * x for x in self.game.start])

    def _cramer(self, matrix: list[list[PolyElement]], right: list[PolyElement]) -> Solved:
        products = []
        for t in range(self.states):
            swapped = [[*row[:t], r, *row[t + 1 :]] for row, r in zip(matrix, right, strict=True)]
            products.append(self._determinant(swapped))
        return Solved(self._determinant(matrix), tuple(products))

    def _whole(self, others: Mapping[Joint, PolyElement]) -> PolyElement:
        total: Any = sum(others.values(), self.game.ranges.ring.zero)
        return total

    def _determinant(self, matrix: list[list[PolyElement]]) -> PolyElement:
        domain = QQ[self.game.ranges.ring.symbols]
        return DomainMatrix(matrix, (self.states, self.states), domain).det()

    def advantage_lost(
        self, solved: Solved, state: int, action: int, others: Mapping[Joint, PolyElement]
    ) -> PolyElement:
        r"""\(D\,[V(s)-Q(s,a)]\) against these opponents at s."""
        value = self._whole(others) * solved.products[state]
        value -= solved.determinant * self.reward(state, action, others)
        row = self.row(state, action, others)
        later = sum(
            (p * n for p, n in zip(row, solved.products, strict=True)), self.game.ranges.ring.zero
        )
        return value - self.game.discount * later

    def reached(self, own: Sequence[Row], others: Sequence[Iterable[Joint]]) -> frozenset[int]:
        """States that these policies visit: the support of the start, closed under their rows."""
        found = {s for s, x in enumerate(self.game.start) if x}
        if not self.game.discount:
            return frozenset(found)
        waiting = list(found)
        while waiting:
            s = waiting.pop()
            for action, weight in enumerate(own[s]):
                for a in others[s] if weight else ():
                    row = self.game.transition[s, self.full(action, a)]
                    new = {t for t, x in enumerate(row) if x} - found
                    found |= new
                    waiting += new
        return frozenset(found)

    def pure_row(self, action: int) -> Row:
        """The row that plays one action."""
        ring = self.game.ranges.ring
        return tuple(ring(int(a == action)) for a in range(self.count))

    def continuations(self, free: Sequence[int]) -> list[tuple[tuple[int, ...], list[Row]]]:
        """The player's policy with every choice of actions at the free states.

        Raises:
            BadInput: there are too many.
        """
        if self.count ** len(free) > MAX_CASES:
            given = f"{len(free)} states off the path with {self.count} actions"
            raise BadInput("symbolic game", given, f"at most {MAX_CASES} continuations")
        found = []
        for chosen in itertools.product(range(self.count), repeat=len(free)):
            own = list(self.own)
            for s, action in zip(free, chosen, strict=True):
                own[s] = self.pure_row(action)
            found.append((chosen, own))
        return found
