"""Values as forms in the rewards, which reward entries are one, and which pairs there are."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

from .statement import ONE, ZERO, Entry, Joint, Owners, Profile, Row, Statement, only, pure_row

Form = dict[Entry, Fraction]
"""Coefficients of rewards."""
Visits = dict[tuple[int, Joint], Fraction]
"""How often each joint action is played at each state, discounted."""


class Scene:
    """Values as forms in the rewards, for one way to own the states; and which pairs there are."""

    def __init__(self, said: Statement, owners: Owners) -> None:
        self.said, self.owners = said, owners
        self.visits: dict[Profile, list[Visits]] = {}
        self.joined: dict[Entry, tuple[Entry, int]] = {}
        self.zero: set[Entry] = set()
        self.join()
        self.fixed: dict[Entry, Fraction] = {}
        self.is_void = not self.is_kernel
        for entry, x in said.known.items():
            root, sign = self.root(entry)
            value = ZERO if root in self.zero else sign * x
            if (root in self.zero and x) or self.fixed.setdefault(root, value) != value:
                self.is_void = True  # no rewards are of the class

    # -- which reward entries are one

    def join(self) -> None:
        """Ties the entries that the class makes one."""
        names, states = self.said.names, range(self.said.size)
        for i, s, a in product(range(len(self.said.actions)), states, self.said.joints):
            if names & {"common-payoff", "team-optimal"}:
                self.tie((i, s, a), (0, s, a), 1)
            if "zero-sum" in names:
                self.tie((1, s, a), (0, s, a), -1)
            if "symmetric" in names:
                self.tie((1, s, a), (0, s, a[::-1]), 1)
            if "state-rewards" in names:
                self.tie((i, s, a), (i, s, self.said.joints[0]), 1)
            if "own-rewards" in names:
                self.tie((i, s, a), (i, s, only(i, a)), 1)
            if self.owners is not None:
                self.tie((i, s, a), (i, s, only(self.owners[s], a)), 1)

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

    # -- which pairs are of the class

    @property
    def is_kernel(self) -> bool:
        """Whether kernel and start are of the class."""
        said, start = self.said, self.said.start
        rows = said.kernel
        if "deterministic" in said.names and any(max(row) < 1 for row in rows.values()):
            return False
        if "symmetric" in said.names and any(rows[s, a] != rows[s, a[::-1]] for s, a in rows):
            return False
        least = said.parameters.get("reset")
        return least is None or (
            max(start) == 1 and all(row[start.index(ONE)] >= least for row in rows.values())
        )

    def has(self, expert: Profile, learner: Profile) -> bool:
        """Whether an expert and a learner are a pair of the class."""
        said, names, parameters = self.said, self.said.names, self.said.parameters
        if self.is_void:
            return False
        rho, other = self.occupancy(expert), self.occupancy(learner)
        mu, nu = by_state(rho), by_state(other)
        if ("match-rho" in names and rho != other) or ("match-mu" in names and mu != nu):
            return False
        pure = range(said.size) if "margin" in names else mu if "strict-nash" in names else ()
        if any(max(table[s]) < 1 for table in expert for s in pure):
            return False
        most = parameters.get("match-bc")
        for e, p in zip(expert, learner, strict=True):
            error = sum((n * distance(e[s], p[s]) for s, n in mu.items()), ZERO)
            if most is not None and (1 - said.discount) * error > most:
                return False
        outside = [s for s in range(said.size) if s not in mu]
        if ("full-support" in names and outside) or (
            "visited" in names and parameters["visited"] != len(mu)
        ):
            return False
        if "uniform-off-support" in names and any(
            len(set(table[s])) > 1 for s in outside for table in learner
        ):
            return False
        entry = parameters.get("entry")
        return entry is None or all(
            sum((said.kernel[s, a][t] for t in outside), ZERO) <= entry
            for s in mu for a in said.joints
        )  # fmt: skip

    # -- values

    def ahead(self, profile: Profile) -> list[Visits]:
        """For each state, how often what is played from there on."""
        if profile not in self.visits:
            said, size = self.said, self.said.size
            plays = [played(profile, s) for s in range(size)]
            step = [
                [sum((w * said.kernel[s, a][t] for a, w in plays[s].items()), ZERO)
                 for t in range(size)] for s in range(size)
            ]  # fmt: skip
            times = inverse(
                [[Fraction(s == t) - said.discount * p for t, p in enumerate(row)]
                 for s, row in enumerate(step)]
            )  # fmt: skip
            self.visits[profile] = [
                {(t, a): n * w for t, n in enumerate(row) if n for a, w in plays[t].items()}
                for row in times
            ]
        return self.visits[profile]

    def occupancy(self, profile: Profile) -> Visits:
        """How often what is played from the start."""
        total: Visits = {}
        for weight, row in zip(self.said.start, self.ahead(profile), strict=True):
            for at, n in row.items() if weight else ():
                total[at] = total.get(at, ZERO) + weight * n
        return total

    def form(self, i: int, visits: Visits) -> Form:
        """A player's rewards over visits, in the variables that are left."""
        total: Form = {}
        for (s, a), n in visits.items():
            root, sign = self.root((i, s, a))
            if root not in self.zero:
                total[root] = total.get(root, ZERO) + sign * n
        return total

    def value(self, i: int, profile: Profile) -> Form:
        """A player's value from the start."""
        return self.form(i, self.occupancy(profile))

    def gains(self, learner: Profile, i: int) -> Iterator[Form]:
        """The gain of every pure policy over the learner's, each form once."""
        own, seen = self.value(i, learner), set[frozenset[tuple[Entry, Fraction]]]()
        for b in self.pure(i):
            gain = difference(self.value(i, replaced(learner, i, b)), own)
            if (key := frozenset(gain.items())) not in seen:
                seen.add(key)
                yield gain

    def pure(self, i: int) -> Iterator[tuple[Row, ...]]:
        """A player's pure policies."""
        count = self.said.actions[i]
        return product([pure_row(a, count) for a in range(count)], repeat=self.said.size)


def played(profile: Profile, s: int) -> dict[Joint, Fraction]:
    """The joint actions at a state with their probabilities."""
    rows = [[(a, p) for a, p in enumerate(table[s]) if p] for table in profile]
    return {tuple(a for a, _ in c): prod((p for _, p in c), start=ONE) for c in product(*rows)}


def inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """By elimination; a matrix 1 - gamma P has one."""
    size = len(matrix)
    wide = [[*row, *(Fraction(s == t) for t in range(size))] for s, row in enumerate(matrix)]
    for k in range(size):
        pivot = next(s for s in range(k, size) if wide[s][k])
        wide[k], wide[pivot] = wide[pivot], wide[k]
        wide[k] = [x / wide[k][k] for x in wide[k]]
        for s in range(size):
            if s != k and wide[s][k]:
                wide[s] = [x - wide[s][k] * y for x, y in zip(wide[s], wide[k], strict=True)]
    return [row[size:] for row in wide]


def replaced(profile: Profile, i: int, table: tuple[Row, ...]) -> Profile:
    """The profile in which one player plays another policy."""
    return tuple(table if j == i else own for j, own in enumerate(profile))


def difference(one: Form, other: Form) -> Form:
    """One form minus the other."""
    total = {x: one.get(x, ZERO) - other.get(x, ZERO) for x in {**one, **other}}
    return {x: c for x, c in total.items() if c}


def by_state(rho: Visits) -> dict[int, Fraction]:
    """How often each state is visited."""
    total: dict[int, Fraction] = {}
    for (s, _), n in rho.items():
        total[s] = total.get(s, ZERO) + n
    return total


def distance(one: Row, other: Row) -> Fraction:
    """The l1 distance of two distributions."""
    return sum((abs(x - y) for x, y in zip(one, other, strict=True)), ZERO)
