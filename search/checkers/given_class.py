r"""Which pairs of an expert and a learner are of a class with given parts.

1. *Given*: start and kernel in full, some rewards, some rows of the policies. Where a row is not
   given policies are `pure`, so each is one of \(A_i\): finitely many pairs.
2. *Left out* are: all, if start or kernel is not as `deterministic`, `reset`, `symmetric` say;
   those whose occupancies (`match-rho`, `match-mu`), errors (`match-bc`) or visited states
   (`full-support`, `visited`, `entry`, `uniform-off-support`) are not the class's; those whose
   expert mixes (`margin`, anywhere; `strict-nash`, at a visited state, where one of its actions
   could be played at no loss).
3. *Turns.* With `turn-based` a state's owner is a player on whose action alone its rows depend, in
   every way; with `alternating` such that steps change it. The state's rewards depend on that
   action alone. What else makes rewards equal or opposite is read off the class's names.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from .common import ONE, ZERO, MalformedError, Statement, integer, list_, number, object_
from .given_values import Chain, Dist, Entry, Joint, Profile, Visits, pure

MOST = 10**6
Picks = tuple[tuple[int | None, ...], ...]
"""[n][S]: an action, or None where the row is given."""
Owners = tuple[int, ...] | None


class Given:
    """The given parts, and the policies and owners that they leave."""

    def __init__(self, said: Statement) -> None:
        self.said, self.names, self.actions = said, said.names, said.actions
        self.players, self.states = range(len(said.actions)), range(said.states)
        self.joints = list(product(*map(range, said.actions)))
        keys = {"start", "transition"}, {"rewards", "expert", "learner"}
        parts = object_(said.given, "given", *keys)
        slots = {(s, *a) for s in self.states for a in self.joints}
        rows = places(parts["transition"])
        if set(rows) != slots:
            raise MalformedError("given.transition: needed a row for every state and joint action")
        kernel = {(at[0], at[1:]): distribution(x, said.states) for at, x in rows.items()}
        self.chain = Chain(kernel, distribution(parts["start"], said.states), said.discount)
        self.rewards: dict[Entry, Fraction] = {}
        for (i, *at), x in places(parts.get("rewards", {})).items():
            reward = number(x, "given.rewards")
            if tuple(at) not in slots or i not in self.players or abs(reward) > 1:
                raise MalformedError("given.rewards: needed numbers in [-1, 1] at known places")
            self.rewards[i, at[0], tuple(at[1:])] = reward
        self.policies: dict[str, dict[tuple[int, ...], Dist]] = {}
        every, ways = set(product(self.players, self.states)), 1
        for role in ("expert", "learner"):
            known = places(parts.get(role, {}))
            left = every - known.keys()
            if not known.keys() <= every or (left and "pure" not in said.names):
                raise MalformedError(f"given.{role}: needed pure policies, or all rows and no more")
            ways *= prod(self.actions[i] for i, _ in left)
            rows_of = {at: distribution(x, self.actions[at[0]]) for at, x in known.items()}
            self.policies[role] = rows_of
        if ways > MOST:
            raise MalformedError("class: needed a smaller one")

    def picks(self, role: str) -> Iterator[Picks]:
        """Every way to fill in the rows of a policy (1)."""
        known = self.policies[role]
        rows = [
            product(*([None] if (i, s) in known else range(count) for s in self.states))
            for i, count in enumerate(self.actions)
        ]
        return product(*rows)

    def profile(self, role: str, picks: Picks) -> Profile:
        """The policies that are picked."""
        return tuple(
            tuple(
                self.policies[role][i, s] if a is None else pure(a, self.actions[i])
                for s, a in enumerate(row)
            )
            for i, row in enumerate(picks)
        )

    def is_kernel(self) -> bool:
        """Whether kernel and start are of the class (2)."""
        start, rows, least = self.chain.start, self.chain.kernel, self.names.get("reset")
        if "deterministic" in self.names and any(max(row) < 1 for row in rows.values()):
            return False
        if "symmetric" in self.names and any(rows[s, a] != rows[s, a[::-1]] for s, a in rows):
            return False
        return least is None or (
            max(start) == 1 and all(row[start.index(ONE)] >= least for row in rows.values())
        )

    def has(self, expert: Profile, learner: Profile) -> bool:
        """Whether an expert and a learner are a pair of the class (2)."""
        names, kernel = self.names, self.chain.kernel
        rho, other = self.chain.visits(expert), self.chain.visits(learner)
        mu, nu = by_state(rho), by_state(other)
        outside = [s for s in self.states if s not in mu]
        errors = [
            (1 - self.said.discount) * sum((n * distance(e[s], p[s]) for s, n in mu.items()), ZERO)
            for e, p in zip(expert, learner, strict=True)
        ]
        leaving = [sum((kernel[s, a][t] for t in outside), ZERO) for s in mu for a in self.joints]
        unmixed = self.states if "margin" in names else mu if "strict-nash" in names else ()
        return not (
            ("match-rho" in names and rho != other)
            or ("match-mu" in names and mu != nu)
            or max(errors) > names.get("match-bc", 2)
            or ("full-support" in names and outside)
            or names.get("visited", len(mu)) != len(mu)
            or max(leaving) > names.get("entry", 1)
            or any(max(table[s]) < 1 for table in expert for s in unmixed)
            or ("uniform-off-support" in names
                and any(len(set(table[s])) > 1 for table in learner for s in outside))
        )  # fmt: skip

    def owners(self) -> Iterator[Owners]:
        """Whose turn it is at each state, in every way; None where nobody takes turns (3)."""
        names, kernel = self.names.keys(), self.chain.kernel
        if not names & {"turn-based", "alternating"}:
            yield None
            return
        may = [
            [i for i in self.players
             if all(kernel[s, a] == kernel[s, only(i, a)] for a in self.joints)]
            for s in self.states
        ]  # fmt: skip
        steps = [(s, t) for (s, _), row in kernel.items() for t, p in enumerate(row) if p]
        for owners in product(*may):
            if "alternating" not in names or all(owners[s] != owners[t] for s, t in steps):
                yield owners

    def ties(self, owners: Owners) -> Iterator[tuple[Entry, Entry, int]]:
        """Rewards that are equal, or opposite (3)."""
        names = self.names.keys()
        for i, s, a in product(self.players, self.states, self.joints):
            if names & {"common-payoff", "team-optimal"}:
                yield (i, s, a), (0, s, a), 1
            if "zero-sum" in names:
                yield (i, s, a), (1 - i, s, a), -1
            if "symmetric" in names:
                yield (i, s, a), (1 - i, s, a[::-1]), 1
            if "state-rewards" in names:
                yield (i, s, a), (i, s, self.joints[0]), 1
            if "own-rewards" in names:
                yield (i, s, a), (i, s, only(i, a)), 1
            if owners is not None:
                yield (i, s, a), (i, s, only(owners[s], a)), 1


def by_state(rho: Visits) -> dict[int, Fraction]:
    """How often each state is visited."""
    states = dict.fromkeys(s for s, _ in rho)
    return {s: sum((n for (t, _), n in rho.items() if t == s), ZERO) for s in states}


def distance(one: Dist, other: Dist) -> Fraction:
    """The l1 distance of two distributions."""
    return sum((abs(x - y) for x, y in zip(one, other, strict=True)), ZERO)


def only(i: int, joint: Joint) -> Joint:
    """The joint action in which all other players play 0."""
    return tuple(a if j == i else 0 for j, a in enumerate(joint))


def distribution(given: object, size: int) -> Dist:
    """A distribution, read strictly."""
    row = tuple(number(x, "given") for x in list_(given, "given"))
    if len(row) != size or min(row) < 0 or sum(row) != 1:
        raise MalformedError(f"given: needed a distribution of {size} numbers")
    return row


def places(given: object) -> dict[tuple[int, ...], Any]:
    """What stands at each place, "i s" or "i s a_1 ... a_n"."""
    if not isinstance(given, dict):
        raise MalformedError("given: needed an object")
    found = {tuple(integer(w, "given") for w in key.split(" ")): x for key, x in given.items()}
    if len(found) < len(given):
        raise MalformedError("given: needed each place once")
    return found
