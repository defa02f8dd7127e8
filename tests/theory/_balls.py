r"""Games with a quantal response expert, read in balls: every number with a proven error.

Such a game is made backwards. Given a positive expert, values v and a temperature, the rewards
\(r_i=v_i(s)+\tau\log\pi^E_i(a_i)-\gamma\sum P v_i+z_i\), z of mean 0 under \(\pi^E_{-i}\), make the
expert the quantal response equilibrium and v its regularised values. Moved, another expert plays
that game.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from functools import cached_property, reduce
from itertools import product
from math import prod
from random import Random
from typing import Any

import flint

PRECISION = 240


class AmbiguousError(ArithmeticError):
    """Two balls overlap, so that neither is known to be the larger."""


@dataclass(frozen=True)
class Ball:
    """A real number within a proven error."""

    arb: Any

    @staticmethod
    def of(value: Any) -> "Ball":
        if isinstance(value, Ball):
            return value
        whole = F(value)
        return Ball(flint.arb(flint.fmpq(whole.numerator, whole.denominator)))

    def __add__(self, other: Any) -> "Ball":
        return Ball(self.arb + Ball.of(other).arb)

    def __sub__(self, other: Any) -> "Ball":
        return Ball(self.arb - Ball.of(other).arb)

    def __rsub__(self, other: Any) -> "Ball":
        return Ball(Ball.of(other).arb - self.arb)

    def __mul__(self, other: Any) -> "Ball":
        return Ball(self.arb * Ball.of(other).arb)

    def __truediv__(self, other: Any) -> "Ball":
        return Ball(self.arb / Ball.of(other).arb)

    def __rtruediv__(self, other: Any) -> "Ball":
        return Ball(Ball.of(other).arb / self.arb)

    def __neg__(self) -> "Ball":
        return Ball(-self.arb)

    def __abs__(self) -> "Ball":
        return Ball(abs(self.arb))

    def __pow__(self, exponent: int) -> "Ball":
        return Ball(self.arb**exponent)

    def __float__(self) -> float:
        return float(self.arb.mid())

    __radd__, __rmul__ = __add__, __mul__

    def __lt__(self, other: Any) -> bool:
        return self._less(Ball.of(other), self is other)

    def __gt__(self, other: Any) -> bool:
        return Ball.of(other)._less(self, self is other)

    def _less(self, other: "Ball", same: bool) -> bool:
        if same or self.arb < other.arb:
            return not same
        if self.arb >= other.arb:
            return False
        raise AmbiguousError(f"{self.arb} and {other.arb}")

    def surely_le(self, other: "Ball", slack: F = F(1, 2**100)) -> bool:
        """Whether it is at most the other, or nearer to it than the slack."""
        return bool(self.arb <= (other + slack).arb)


@dataclass(frozen=True)
class Soft:
    """A soft best response: rows, values and action values, in balls."""

    table: list[list[Ball]]
    state_values: list[Ball]
    q: list[list[Ball]]


class Quantal:
    """The protocol `Model` for two or three players, as far as lines on soft responses ask."""

    is_exact = True

    def __init__(
        self,
        seed: int,
        players: int = 2,
        states: int = 2,
        *,
        far: bool = False,
        moved: bool = False,
    ) -> None:
        """A game; `far` makes learners pure, and a game in which only its opponents matter.

        `moved` puts another expert, which is no quantal response, in the place of the first.
        """
        flint.ctx.prec = PRECISION
        random = Random(seed)
        self.players, self.num_states = players, states
        self.num_actions = tuple(
            random.choice([2, 3] if players == 2 else [2]) for _ in range(players)
        )
        self.discount = random.choice([F(0), F(1, 3), F(1, 2)])
        self.temperature = random.choice([F(1, 12), F(1, 7), F(1, 4)])
        self._start = _row(random, states)
        self._next = {
            (s, a): _row(random, states) for s in range(states) for a in self.joint_actions()
        }
        self._rows: dict[str, list[list[list[F]]]] = {
            role: [[_row(random, k) for _ in range(states)] for k in self.num_actions]
            for role in ("quantal", "learner", "deviation")
        }
        self._rows["expert"] = self._rows["deviation" if moved else "quantal"]
        self._values = [
            [F(random.randint(-9, 9), 90) for _ in range(states)] for _ in range(players)
        ]
        self._noise = {
            key: F(random.randint(-9, 9), 60) for key in product(range(players), self._next)
        }
        self._kept: dict[tuple[str, int], Soft] = {}
        if far:
            self._estrange()

    def _estrange(self) -> None:
        """Two even players who match or do not, at a high temperature; the learner errs fully."""
        assert self.players == 2
        self.temperature = F(3, 4)
        self.num_actions = (2, 2)
        states = range(self.num_states)
        self._next = {
            (s, a): _row(Random(s), self.num_states) for s in states for a in self.joint_actions()
        }
        even, pure = [F(1, 2), F(1, 2)], [F(1), F(0)]
        self._rows = {
            role: [[row for _ in states] for _ in range(2)]
            for role, row in (("quantal", even), ("learner", pure), ("deviation", even))
        }
        self._rows["expert"] = self._rows["quantal"]
        self._noise = {
            (i, (s, a)): F(1 if (a[0] == a[1]) == (i == 0) else -1, 4)
            for i in range(2)
            for s, a in self._next
        }

    log = staticmethod(lambda x: Ball(Ball.of(x).arb.log()))
    exp = staticmethod(lambda x: Ball(Ball.of(x).arb.exp()))
    tanh = staticmethod(lambda x: Ball(Ball.of(x).arb.tanh()))

    @staticmethod
    def most(several: Sequence[Ball]) -> Ball:
        """A ball that holds the largest."""
        return reduce(lambda x, y: Ball(x.arb.max(y.arb)), several)

    def joint_actions(self) -> Iterator[tuple[int, ...]]:
        return product(*map(range, self.num_actions))

    def start(self) -> Sequence[F]:
        return self._start

    def successors(self, state: int, joint: tuple[int, ...]) -> Mapping[int, F]:
        return dict(enumerate(self._next[state, joint]))

    def policy(self, role: str, player: int, state: int) -> Sequence[F]:
        return self._rows[role][player][state]

    def least_shift_response(self, player: int) -> Sequence[Sequence[F]]:
        """Any policy: what is tested holds for all of them."""
        return self._rows["deviation"][player]

    def reward(self, player: int, state: int, joint: tuple[int, ...]) -> Ball:
        own = self.policy("quantal", player, state)[joint[player]]
        onward = sum(p * self._values[player][t] for t, p in self.successors(state, joint).items())
        alike = [a for a in self.joint_actions() if a[player] == joint[player]]
        mean = sum(
            self._weight("quantal", player, state, a) * self._noise[player, (state, a)]
            for a in alike
        )
        more = self._noise[player, (state, joint)] - mean
        fixed = self._values[player][state] - self.discount * onward + more
        return self.log(own) * self.temperature + fixed

    def rewards_are_bounded(self) -> bool:
        one = Ball.of(1)
        every = product(range(self.players), self._next)
        return all(abs(self.reward(i, s, a)) < one for i, (s, a) in every)

    @cached_property
    def _visits(self) -> dict[str, list[F]]:
        from nashgap.theory.interpretation import solve

        found = {}
        for role in ("expert", "learner"):
            states = range(self.num_states)
            rows = [[F(s == t) for s in states] for t in states]
            for (s, a), row in self._next.items():
                weight = prod(self.policy(role, i, s)[a[i]] for i in range(self.players))
                for t in states:
                    rows[t][s] -= self.discount * weight * row[t]
            found[role] = solve(rows, [(1 - self.discount) * x for x in self._start])
        return found

    def occupancy(self, role: str) -> Sequence[F]:
        return self._visits[role]

    def policy_error(self, player: int) -> F:
        rows = zip(self._rows["learner"][player], self._rows["expert"][player], strict=True)
        apart = [sum(abs(p - e) for p, e in zip(*both, strict=True)) for both in rows]
        return sum((m * x for m, x in zip(self.occupancy("expert"), apart, strict=True)), F(0))

    def value_against(self, player: int, rows: Sequence[Sequence[Any]]) -> Ball:
        """Player i's value from the start when it plays these rows against the learner."""
        from nashgap.theory.interpretation import solve

        states = range(self.num_states)
        system: list[list[Any]] = [[F(s == t) for t in states] for s in states]
        paid: list[Any] = [F(0)] * self.num_states
        for (s, a), row in self._next.items():
            weight = rows[s][a[player]] * self._weight("learner", player, s, a)
            paid[s] = weight * self.reward(player, s, a) + paid[s]
            for t in states:
                system[s][t] = system[s][t] - self.discount * weight * row[t]
        values = solve(system, paid)
        return Ball.of(sum((n * v for n, v in zip(self._start, values, strict=True)), F(0)))

    def value(self, role: str, player: int) -> Ball:
        assert role == "learner"
        return self.value_against(player, self._rows["learner"][player])

    def best_value(self, role: str, player: int) -> Ball:
        """Over the pure policies, one of which is best."""
        assert role == "learner"
        count = self.num_actions[player]
        pure = [[F(a == b) for b in range(count)] for a in range(count)]
        tried = product(pure, repeat=self.num_states)
        best = self.value_against(player, next(tried))
        for rows in tried:
            best = Ball(best.arb.max(self.value_against(player, rows).arb))
        return best

    def soft(self, role: str, player: int) -> Soft:
        """By value iteration, then enclosed between a sub-solution and a super-solution."""
        if (role, player) not in self._kept:
            self._kept[role, player] = self._solved(role, player)
        return self._kept[role, player]

    def _solved(self, role: str, player: int) -> Soft:
        near = [Ball.of(0)] * self.num_states
        for _ in range(2 * PRECISION):
            step = [Ball(v.arb.mid()) for v in self._backed_up(role, player, near)[0]]
            if all(x.arb == y.arb for x, y in zip(step, near, strict=True)):
                break
            near = step
        width = F(1, 2 ** (PRECISION - 40))
        low, high = ([v + side for v in near] for side in (-width, width))
        rises = zip(low, self._backed_up(role, player, low)[0], strict=True)
        falls = zip(self._backed_up(role, player, high)[0], high, strict=True)
        assert all(x < y for x, y in (*rises, *falls))
        values = [Ball(x.arb.union(y.arb)) for x, y in zip(low, high, strict=True)]
        again, q = self._backed_up(role, player, values)
        rows = [
            [self.exp((x - v) / self.temperature) for x in row]
            for row, v in zip(q, again, strict=True)
        ]
        return Soft(rows, again, q)

    def _backed_up(
        self, role: str, player: int, values: Sequence[Ball]
    ) -> tuple[list[Ball], list[list[Ball]]]:
        """The soft maximum and the action values, one step before the values."""
        q = [[Ball.of(0)] * self.num_actions[player] for _ in range(self.num_states)]
        for (s, a), row in self._next.items():
            onward = sum((p * v for p, v in zip(row, values, strict=True)), F(0))
            worth = self.reward(player, s, a) + self.discount * onward
            q[s][a[player]] = q[s][a[player]] + self._weight(role, player, s, a) * worth
        totals = [sum((self.exp(x / self.temperature) for x in row), F(0)) for row in q]
        return [self.log(total) * self.temperature for total in totals], q

    def _weight(self, role: str, player: int, state: int, joint: tuple[int, ...]) -> F:
        others = (j for j in range(self.players) if j != player)
        return prod((self.policy(role, j, state)[joint[j]] for j in others), start=F(1))


def _row(random: Random, size: int) -> list[F]:
    weights = [random.randint(2, 9) for _ in range(size)]
    return [F(w, sum(weights)) for w in weights]
