r"""Values where kernel, start and policies are given, as linear forms in the rewards.

1. *Visits.* \(n^\pi_s(t,a)\), the discounted number of times that \(a\) is played at \(t\) from
   \(s\), solves \(n=e_s+\gamma nP^\pi\); \(V_i^\pi(s)=\sum n^\pi_s(t,a)\,r_i(t,a)\).
2. *Variables.* Rewards that the class makes equal or opposite are one variable, and none (0) where
   it is its own opposite. A variable may be given.
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod

from .common import ONE, ZERO

Dist = tuple[Fraction, ...]
Joint = tuple[int, ...]
Table = tuple[Dist, ...]
"""The policy of a player: [S][A_i]."""
Profile = tuple[Table, ...]
"""[n][S][A_i]."""
Entry = tuple[int, int, Joint]
"""Player, state and joint action."""
Form = dict[Entry, Fraction]
Visits = dict[tuple[int, Joint], Fraction]
"""How often each joint action is played at each state, discounted."""


class Chain:
    """What is visited in a kernel (1)."""

    def __init__(self, kernel: dict[tuple[int, Joint], Dist], start: Dist, g: Fraction) -> None:
        self.kernel, self.start, self.discount = kernel, start, g
        self.ahead = cache(self._ahead)

    def _ahead(self, profile: Profile) -> list[Visits]:
        """For each state, how often what is played from there on."""
        size = len(self.start)
        plays = [played(profile, s) for s in range(size)]
        wide = []  # 1 - gamma P beside 1, and then by elimination 1 beside the inverse
        for s, play in enumerate(plays):
            step = [sum((w * self.kernel[s, a][t] for a, w in play.items()), ZERO)
                    for t in range(size)]  # fmt: skip
            left = [(s == t) - self.discount * p for t, p in enumerate(step)]
            wide.append(left + [Fraction(s == t) for t in range(size)])
        for k in range(size):
            pivot = next(s for s in range(k, size) if wide[s][k])
            wide[k], wide[pivot] = wide[pivot], wide[k]
            wide[k] = [x / wide[k][k] for x in wide[k]]
            for s in range(size):
                if s != k and wide[s][k]:
                    wide[s] = [x - wide[s][k] * y for x, y in zip(wide[s], wide[k], strict=True)]
        return [
            {(t, a): n * w for t, n in enumerate(row[size:]) if n for a, w in plays[t].items()}
            for row in wide
        ]

    def visits(self, profile: Profile) -> Visits:
        """How often what is played from the start."""
        return mean(zip(self.start, self.ahead(profile), strict=True))


class Rewards:
    """The variables that stand for rewards (2)."""

    def __init__(self, ties: Iterable[tuple[Entry, Entry, int]], given: dict[Entry, Fraction]):
        self.joined: dict[Entry, tuple[Entry, int]] = {}
        self.zero: set[Entry] = set()
        for one, other, sign in ties:
            self.tie(one, other, sign)
        self.fixed: dict[Entry, Fraction] = {}
        self.is_void = False
        for entry, x in given.items():
            root, sign = self.root(entry)
            if (root in self.zero and x) or self.fixed.setdefault(root, sign * x) != sign * x:
                self.is_void = True  # no rewards are of the class

    def tie(self, one: Entry, other: Entry, sign: int) -> None:
        """One entry is the other one times the sign."""
        (a, p), (b, q) = self.root(one), self.root(other)
        if a == b:
            self.zero |= {a} if p != sign * q else set()
            return
        self.joined[a] = b, p * q * sign
        self.zero |= {b} if a in self.zero else set()

    def root(self, entry: Entry) -> tuple[Entry, int]:
        """The entry that stands for this one, and the sign between them."""
        sign = 1
        while entry in self.joined:
            entry, turn = self.joined[entry]
            sign *= turn
        return entry, sign

    def form(self, i: int, visits: Visits) -> Form:
        """A player's rewards over visits."""
        total: Form = {}
        for (s, a), n in visits.items():
            root, sign = self.root((i, s, a))
            if root not in self.zero:
                total[root] = total.get(root, ZERO) + sign * n
        return total


def played(profile: Profile, s: int) -> dict[Joint, Fraction]:
    """The joint actions at a state with their probabilities."""
    rows = [[(a, p) for a, p in enumerate(table[s]) if p] for table in profile]
    return {tuple(a for a, _ in c): prod((p for _, p in c), start=ONE) for c in product(*rows)}


def mean(parts: Iterable[tuple[Fraction, Visits]]) -> Visits:
    """A weighted sum of visits."""
    total: Visits = {}
    for weight, visits in parts:
        for at, n in visits.items() if weight else ():
            total[at] = total.get(at, ZERO) + weight * n
    return total


def minus(one: Form, other: Form) -> Form:
    """One form minus the other."""
    total = {x: one.get(x, ZERO) - other.get(x, ZERO) for x in {**one, **other}}
    return {x: c for x, c in total.items() if c}


def replaced(profile: Profile, i: int, table: Table) -> Profile:
    """The profile in which one player plays another policy."""
    return (*profile[:i], table, *profile[i + 1 :])


def pure(action: int, count: int) -> Dist:
    """The row that plays one action."""
    return tuple(Fraction(a == action) for a in range(count))
