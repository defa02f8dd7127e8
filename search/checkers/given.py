r"""The checker of "given" certificates: kernel and start are given, policies are given or pure.

Terms and statement are those of `common`; the class also names what is "given": start and kernel in
full, some rewards, some rows of the policies. The argument from the class to the sums:

1. *Finitely many pairs.* Each player's row at a state is given or one of \(A_i\) pure ones, for
   expert and learner, and some best response is pure. Every pair of the class, every player \(i\)
   in question and every pure \(b\) is gone through here.
2. *Values are linear in the rewards.* \(n^\pi_s(t,a)\), the discounted number of times that \(a\)
   is played at \(t\) from \(s\), solves \(n=e_s+\gamma nP^\pi\); \(V_i^\pi(s)=\sum
   n^\pi_s(t,a)\,r_i(t,a)\). So a gain is a form \(\sum_xc_xr_x\) in the rewards. Those that the
   class makes equal or opposite are one variable, and none where it is its own opposite;
   \(|r_x|\le1\), or \(r_x\) is given.
3. *What a gain is at most.* With rows \(\sum_xa_{kx}r_x\le\beta_k\) that hold for the pair, and any
   \(y\ge0\): \(\sum_xc_xr_x\le\sum_x|c_x-\sum_ky_ka_{kx}|+\sum_ky_k\beta_k\), a given \(r_x\)
   counting as what it is. This must be less than \(c\), or \(c\) if that is strict. A case names a
   pair, a player and such y; for a gain without one they are 0. Nothing else is believed: all is
   enumerated here.
4. *Rows*, \(e\) the expert; policies are written as one number a state, joined by dots: an action,
   or for a joint policy the place of a joint action in the order of counting, the last player's
   fastest.
   - "nash i b": \(V_i^{(b,e_{-i})}(\nu)\le V_i^e(\nu)\), if the class makes the expert Nash.
   - "team p", `team-optimal`: \(V_0^p(\nu)\le V_0^e(\nu)\).
   - "against i o b", `dominant`: \(V_i^{(b,o)}(\nu)\le V_i^{(e_i,o)}(\nu)\), o the others in a
     joint policy; "mixed i o b": o mixes, and is written as the rows of each player at each state.
   - "perfect i s a", `subgame-perfect`: \(r_i+\gamma PV_i^e\le V_i^e(s)\) for the action a at s,
     less m where the class has a margin m, then at every state, and a is not the expert's (pure)
     action.
   - "margin i s a b": for such an a at a visited s, \(r_i+\gamma PV_i^{(b,e_{-i})}\le V_i^e(s)-m\):
     the optimal values are at least \(V_i^{(b,e_{-i})}\), and \(V_i^e\) at s.
5. *Which pairs are of the class.* Left out are: all, if start or kernel is not as `deterministic`,
   `reset`, `symmetric` say, or two rewards that are one are given as two; those whose occupancies
   (`match-rho`, `match-mu`), errors (`match-bc`) or visited states (`full-support`, `visited`,
   `entry`, `uniform-off-support`) are not the class's; those whose expert mixes (`margin`,
   anywhere; `strict-nash`, at a visited state, where one of its actions could be played at no
   loss).
6. *Turns.* With `turn-based` a state's owner is a player on whose action alone its rows depend, in
   every way; with `alternating` such that steps change it. The state's rewards depend on that
   action alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from typing import Any

from .common import (
    IMPLY_NASH,
    ONE,
    ZERO,
    MalformedError,
    Statement,
    integer,
    list_,
    number,
    object_,
    statement,
)

ENCODING = "given"
MOST = 10**6

Dist = tuple[Fraction, ...]
Joint = tuple[int, ...]
Profile = tuple[tuple[Dist, ...], ...]
"""[n][S][A_i]."""
Picks = tuple[tuple[int | None, ...], ...]
"""[n][S]: an action, or None where the row is given."""
Entry = tuple[int, int, Joint]
"""Player, state and joint action."""
Form = dict[Entry, Fraction]
Visits = dict[tuple[int, Joint], Fraction]
"""How often each joint action is played at each state, discounted."""
Leaf = Mapping[str, Fraction]


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    given = Given(statement(raw, ENCODING, given=True))
    leaves: dict[object, list[Leaf]] = {}
    for place, item in enumerate(given.said.cases):
        key, y = leaf(item, f"cases[{place}]")
        leaves.setdefault(key, []).append(y)
    reasons: list[str] = []
    for owners in given.owners():
        scene = Scene(given, owners)
        for expert, learner in product(given.picks("expert"), given.picks("learner")):
            e, p = given.profile("expert", expert), given.profile("learner", learner)
            if not scene.has(e, p):
                continue
            for i in given.said.players:
                known = [{}, *leaves.pop((owners, expert, learner, i), [])]
                if not all(
                    any(scene.shows(gain, y, e) for y in known) for gain in scene.gains(p, i)
                ):
                    reasons.append(f"a gain of player {i} is not bounded: {expert}, {learner}")
    return (*reasons[:9], *(["a leaf is of no pair of the class"] if leaves else []))


def leaf(item: object, where: str) -> tuple[object, Leaf]:
    """Owners, expert, learner and player of a leaf, and its multipliers."""
    raw = object_(item, where, {"expert", "learner", "player", "rows"}, {"owners"})
    if not isinstance(raw["rows"], dict):
        raise MalformedError(f"{where}.rows: needed an object of multipliers")
    y = {name: number(x, f"{where}.rows") for name, x in raw["rows"].items()}
    integer(raw["player"], where)
    return tuple(plain(raw.get(key), where) for key in ("owners", "expert", "learner", "player")), y


def plain(given: object, where: str, depth: int = 2) -> object:
    """Nested lists of integers or null, as tuples."""
    if isinstance(given, list) and depth:
        return tuple(plain(one, where, depth - 1) for one in given)
    return None if given is None else integer(given, where)


class Given:
    """The given parts, and the policies and owners that they leave."""

    def __init__(self, said: Statement) -> None:
        self.said, self.size, self.actions = said, said.states, said.actions
        self.joints = list(product(*map(range, said.actions)))
        slots = {(s, *a) for s in range(self.size) for a in self.joints}
        parts = object_(
            said.given, "given", {"start", "transition"}, {"rewards", "expert", "learner"}
        )
        self.start = distribution(parts["start"], self.size)
        rows = places(parts["transition"])
        if set(rows) != slots:
            raise MalformedError("given.transition: needed a row for every state and joint action")
        self.kernel = {(at[0], at[1:]): distribution(x, self.size) for at, x in rows.items()}
        self.rewards: dict[Entry, Fraction] = {}
        for (i, *at), x in places(parts.get("rewards", {})).items():
            reward = number(x, "given.rewards")
            if tuple(at) not in slots or i >= len(self.actions) or abs(reward) > 1:
                raise MalformedError("given.rewards: needed numbers in [-1, 1] at known places")
            self.rewards[i, at[0], tuple(at[1:])] = reward
        self.policies: dict[str, dict[tuple[int, ...], Dist]] = {}
        all_rows = {(i, s) for i in range(len(self.actions)) for s in range(self.size)}
        for role in ("expert", "learner"):
            known = places(parts.get(role, {}))
            left = all_rows - known.keys()
            if not known.keys() <= all_rows or (left and "pure" not in said.names):
                raise MalformedError(f"given.{role}: needed pure policies, or all rows and no more")
            rows_of = {at: distribution(x, self.actions[at[0]]) for at, x in known.items()}
            self.policies[role] = rows_of
        free = [self.actions[at[0]] for t in self.policies.values() for at in all_rows - t.keys()]
        if prod(free) > MOST:
            raise MalformedError("class: needed a smaller one")

    def picks(self, role: str) -> Iterator[Picks]:
        """Every way to fill in the rows of a policy."""
        known, states = self.policies[role], range(self.size)
        tables = [
            product(*([None] if (i, s) in known else range(count) for s in states))
            for i, count in enumerate(self.actions)
        ]
        return product(*tables)

    def profile(self, role: str, picks: Picks) -> Profile:
        """The policies that are picked."""
        return tuple(
            tuple(
                self.policies[role][i, s] if a is None else pure(a, self.actions[i])
                for s, a in enumerate(row)
            )
            for i, row in enumerate(picks)
        )

    def owners(self) -> Iterator[tuple[int, ...] | None]:
        """Whose turn it is at each state, in every way; None where nobody takes turns (6)."""
        names = self.said.names.keys()
        if not names & {"turn-based", "alternating"}:
            yield None
            return
        may = [
            [i for i in range(len(self.actions))
             if all(self.kernel[s, a] == self.kernel[s, only(i, a)] for a in self.joints)]
            for s in range(self.size)
        ]  # fmt: skip
        steps = [(s, t) for (s, _), row in self.kernel.items() for t, p in enumerate(row) if p]
        for owners in product(*may):
            if "alternating" not in names or all(owners[s] != owners[t] for s, t in steps):
                yield owners


class Scene:
    """Values as forms in the rewards, rows and pairs, for one way to own the states."""

    def __init__(self, given: Given, owners: tuple[int, ...] | None) -> None:
        self.given, self.said, self.names = given, given.said, given.said.names
        self.joined: dict[Entry, tuple[Entry, int]] = {}
        self.zero: set[Entry] = set()
        for entry in product(range(len(given.actions)), range(given.size), given.joints):
            for other, sign in self.alike(*entry, owners):
                self.tie(entry, other, sign)
        self.fixed: dict[Entry, Fraction] = {}
        self.is_void = not self.is_kernel
        for entry, x in given.rewards.items():
            root, sign = self.root(entry)
            if (root in self.zero and x) or self.fixed.setdefault(root, sign * x) != sign * x:
                self.is_void = True  # no rewards are of the class
        self.ahead = cache(self._ahead)
        self.row = cache(self._row)

    # -- which rewards are one variable (2)

    def alike(
        self, i: int, s: int, a: Joint, owners: tuple[int, ...] | None
    ) -> Iterator[tuple[Entry, int]]:
        """Entries that this one equals, or is opposite to."""
        names = self.names.keys()
        if names & {"common-payoff", "team-optimal"}:
            yield (0, s, a), 1
        if "zero-sum" in names:
            yield (1 - i, s, a), -1
        if "symmetric" in names:
            yield (1 - i, s, a[::-1]), 1
        if "state-rewards" in names:
            yield (i, s, self.given.joints[0]), 1
        if "own-rewards" in names:
            yield (i, s, only(i, a)), 1
        if owners is not None:
            yield (i, s, only(owners[s], a)), 1

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

    # -- which pairs are of the class (5)

    @property
    def is_kernel(self) -> bool:
        """Whether kernel and start are of the class."""
        start, rows, least = self.given.start, self.given.kernel, self.names.get("reset")
        if "deterministic" in self.names and any(max(row) < 1 for row in rows.values()):
            return False
        if "symmetric" in self.names and any(rows[s, a] != rows[s, a[::-1]] for s, a in rows):
            return False
        return least is None or (
            max(start) == 1 and all(row[start.index(ONE)] >= least for row in rows.values())
        )

    def has(self, expert: Profile, learner: Profile) -> bool:
        """Whether an expert and a learner are a pair of the class."""
        names, g, states = self.names, self.said.discount, range(self.given.size)
        rho, other = self.visits(expert), self.visits(learner)
        mu, nu = by_state(rho), by_state(other)
        outside = [s for s in states if s not in mu]
        errors = [
            (1 - g) * sum((n * distance(e[s], p[s]) for s, n in mu.items()), ZERO)
            for e, p in zip(expert, learner, strict=True)
        ]
        unmixed = states if "margin" in names else mu if "strict-nash" in names else ()
        leaving = [sum((self.given.kernel[s, a][t] for t in outside), ZERO) for s in mu
                   for a in self.given.joints]  # fmt: skip
        return not (
            self.is_void
            or ("match-rho" in names and rho != other)
            or ("match-mu" in names and mu != nu)
            or max(errors) > names.get("match-bc", 2)
            or ("full-support" in names and outside)
            or names.get("visited", len(mu)) != len(mu)
            or max(leaving) > names.get("entry", 1)
            or any(max(table[s]) < 1 for table in expert for s in unmixed)
            or ("uniform-off-support" in names
                and any(len(set(table[s])) > 1 for table in learner for s in outside))
        )  # fmt: skip

    # -- values (2)

    def _ahead(self, profile: Profile) -> list[Visits]:
        """For each state, how often what is played from there on."""
        size, g, kernel = self.given.size, self.said.discount, self.given.kernel
        plays = [played(profile, s) for s in range(size)]
        steps = [
            [sum((w * kernel[s, a][t] for a, w in play.items()), ZERO) for t in range(size)]
            for s, play in enumerate(plays)
        ]
        wide = [  # 1 - gamma P beside 1, and then by elimination 1 beside the inverse
            [(s == t) - g * p for t, p in enumerate(row)] + [Fraction(s == t) for t in range(size)]
            for s, row in enumerate(steps)
        ]
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
        return mean(
            (w, ahead) for w, ahead in zip(self.given.start, self.ahead(profile), strict=True)
        )

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
        return self.form(i, self.visits(profile))

    # -- gains and rows (3, 4)

    def gains(self, learner: Profile, i: int) -> Iterator[Form]:
        """The gain of every pure policy over the learner's, each form once."""
        own, seen = self.value(i, learner), set[frozenset[tuple[Entry, Fraction]]]()
        count = self.given.actions[i]
        for b in product([pure(a, count) for a in range(count)], repeat=self.given.size):
            gain = minus(self.value(i, replaced(learner, i, b)), own)
            if (key := frozenset(gain.items())) not in seen:
                seen.add(key)
                yield gain

    def shows(self, gain: Form, leaf: Leaf, expert: Profile) -> bool:
        """Whether multipliers bound a gain by what is excluded."""
        left, bound = dict(gain), ZERO
        for name, y in leaf.items():
            row = self.row(name, expert)
            if row is None or y < 0:
                return False
            bound += y * row[1]
            for x, c in row[0].items():
                left[x] = left.get(x, ZERO) - y * c
        bound += sum(
            (c * self.fixed[x] if x in self.fixed else abs(c) for x, c in left.items()), ZERO
        )
        return bound < self.said.gap or (bound == self.said.gap and self.said.strict)

    def _row(self, name: str, expert: Profile) -> tuple[Form, Fraction] | None:
        """The form and its bound, if there is such a row beside the expert."""
        names, margin = self.names, self.names.get("margin")
        kind, *words = name.split(" ")
        if kind == "mixed" and len(words) == 3:
            words, others = [words[0], words[2]], self.mixed(words[1])
        else:
            others = None
        numbers = [[integer(x, name) for x in word.split(".")] for word in words]
        i = numbers[0][0] if len(words) > 1 else 0
        last = numbers[-1] if numbers else []
        if i >= len(self.given.actions):
            return None
        if kind == "team" and len(words) == 1 and "team-optimal" in names:
            better = self.joint(last)
            return None if better is None else self.less(0, better, expert)
        if kind == "perfect" and len(words) == 3 and "subgame-perfect" in names:
            return self.step(i, numbers[1][0], last[0], expert, expert, margin or ZERO)
        b = self.policy(i, last)
        if b is None:
            return None
        if kind == "nash" and len(words) == 2 and names.keys() & (IMPLY_NASH - {"dominant"}):
            return self.less(i, replaced(expert, i, b), expert)
        if kind == "against" and len(words) == 3 and "dominant" in names:
            o = self.joint(numbers[1])
            return None if o is None else self.less(i, replaced(o, i, b), replaced(o, i, expert[i]))
        if others is not None and "dominant" in names:
            return self.less(i, replaced(others, i, b), replaced(others, i, expert[i]))
        if kind == "margin" and len(words) == 4 and margin is not None:
            s, a = numbers[1][0], numbers[2][0]
            if s in by_state(self.visits(expert)) and expert[i][s][a : a + 1] == (ZERO,):
                return self.step(i, s, a, expert, replaced(expert, i, b), margin)
        return None

    def less(self, i: int, one: Profile, other: Profile) -> tuple[Form, Fraction]:
        """One policy is worth no more than the other from the start."""
        return minus(self.value(i, one), self.value(i, other)), ZERO

    def step(
        self, i: int, s: int, a: int, expert: Profile, then: Profile, margin: Fraction
    ) -> tuple[Form, Fraction] | None:
        """An action against the expert's opponents, then a policy: no better than the expert."""
        size, g = self.given.size, self.said.discount
        if s >= size or a >= self.given.actions[i]:
            return None
        once = played(replaced(expert, i, (pure(a, self.given.actions[i]),) * size), s)
        ahead = self.ahead(then)
        total = mean(
            (g * w * p, ahead[t])
            for joint, w in once.items()
            for t, p in enumerate(self.given.kernel[s, joint])
        )
        total = mean([(ONE, total), (ONE, {(s, joint): w for joint, w in once.items()})])
        lead = ZERO if expert[i][s][a] == 1 else margin
        return minus(self.form(i, total), self.form(i, self.ahead(expert)[s])), -lead

    def policy(self, i: int, numbers: list[int]) -> tuple[Dist, ...] | None:
        """The pure policy of a player that plays these actions."""
        count = self.given.actions[i]
        fits = len(numbers) == self.given.size and max(numbers) < count
        return tuple(pure(a, count) for a in numbers) if fits else None

    def mixed(self, word: str) -> Profile:
        """Policies as words: players between semicolons, states between bars, actions, commas."""
        tables = [[row.split(",") for row in table.split("|")] for table in word.split(";")]
        counts = self.given.actions
        if [len(table) for table in tables] != [self.given.size] * len(counts):
            raise MalformedError("rows: needed a row for every player and state")
        return tuple(
            tuple(distribution(row, count) for row in table)
            for table, count in zip(tables, counts, strict=True)
        )

    def joint(self, numbers: list[int]) -> Profile | None:
        """The pure policies that play these joint actions."""
        if len(numbers) != self.given.size or max(numbers) >= len(self.given.joints):
            return None
        return tuple(
            tuple(pure(self.given.joints[k][i], count) for k in numbers)
            for i, count in enumerate(self.given.actions)
        )


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


def by_state(rho: Visits) -> dict[int, Fraction]:
    """How often each state is visited."""
    states = dict.fromkeys(s for s, _ in rho)
    return {s: sum((n for (t, _), n in rho.items() if t == s), ZERO) for s in states}


def replaced(profile: Profile, i: int, table: tuple[Dist, ...]) -> Profile:
    """The profile in which one player plays another policy."""
    return (*profile[:i], table, *profile[i + 1 :])


def distance(one: Dist, other: Dist) -> Fraction:
    """The l1 distance of two distributions."""
    return sum((abs(x - y) for x, y in zip(one, other, strict=True)), ZERO)


def only(i: int, joint: Joint) -> Joint:
    """The joint action in which all other players play 0."""
    return tuple(a if j == i else 0 for j, a in enumerate(joint))


def pure(action: int, count: int) -> Dist:
    """The row that plays one action."""
    return tuple(Fraction(a == action) for a in range(count))


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
