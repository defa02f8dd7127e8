r"""The checker of "given" certificates: kernel and start are given, policies are given or pure.

Terms and statement are those of `common`; the class also names what is "given". The argument from
the class to the sums:

1. *Finitely many pairs.* Each player's row at a state is given or one of \(A_i\) pure ones, for
   expert and learner, and some best response is pure. Every pair that is of the class
   (`given_class`), every player \(i\) in question and every pure \(b\) is gone through here.
2. *Values are linear in the rewards* (`given_values`). So a gain is a form \(\sum_xc_xr_x\) in
   them; \(|r_x|\le1\), or \(r_x\) is given.
3. *What a gain is at most.* With rows \(\sum_xa_{kx}r_x\le\beta_k\) that hold for the pair, and any
   \(y\ge0\): \(\sum_xc_xr_x\le\sum_x|c_x-\sum_ky_ka_{kx}|+\sum_ky_k\beta_k\), a given \(r_x\)
   counting as what it is. This must be less than \(c\), or \(c\) if that is strict. A case names a
   pair, a player and such y; for a gain without one they are 0. Nothing else is believed: all is
   enumerated here.
4. *Rows*, \(e\) the expert. A pure policy b is written as the actions at each state, joined by
   dots; any policies o of all players as rows of numbers joined by commas, those of a player by
   bars, players by semicolons.
   - "nash i b": \(V_i^{(b,e_{-i})}(\nu)\le V_i^e(\nu)\), if the class makes the expert Nash.
   - "team o", `team-optimal`: \(V_0^o(\nu)\le V_0^e(\nu)\).
   - "against i o b", `dominant`: \(V_i^{(b,o_{-i})}(\nu)\le V_i^{(e_i,o_{-i})}(\nu)\).
   - "perfect i s a", `subgame-perfect`: \(r_i+\gamma PV_i^e\le V_i^e(s)\) for the action a at s,
     less m where the class has a margin m, then at every state, and a is not the expert's (pure)
     action.
   - "margin i s a b", a margin m: at a visited s, \(r_i+\gamma PV_i^{(b,e_{-i})}\le V_i^e(s)\) for
     the action a, less m if it is not the expert's: the optimal values are at least
     \(V_i^{(b,e_{-i})}\), and \(V_i^e\) at s.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product

from .common import ONE, ZERO, MalformedError, integer, number, object_, statement
from .given_class import Given, Owners, by_state, distribution
from .given_values import Entry, Form, Profile, Rewards, Table, mean, minus, played, pure, replaced

ENCODING = "given"
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
    for owners in given.owners() if given.is_kernel() else ():
        scene = Scene(given, owners)
        for picks in product(given.picks("expert"), given.picks("learner")):
            expert, learner = map(given.profile, ("expert", "learner"), picks)
            if scene.rewards.is_void or not given.has(expert, learner):
                continue
            for i in given.said.players:
                known = [{}, *leaves.pop((owners, *picks, i), [])]
                for gain in scene.gains(learner, i):
                    if not any(scene.shows(gain, y, expert) for y in known):
                        reasons.append(f"a gain of player {i} is not bounded: {picks}")
                        break
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


class Scene:
    """Gains and rows as forms in the rewards, for one way to own the states."""

    def __init__(self, given: Given, owners: Owners) -> None:
        self.given, self.said, self.chain = given, given.said, given.chain
        self.rewards = Rewards(given.ties(owners), given.rewards)
        self.row = cache(self._row)

    def value(self, i: int, profile: Profile) -> Form:
        """A player's value from the start (2)."""
        return self.rewards.form(i, self.chain.visits(profile))

    def gains(self, learner: Profile, i: int) -> Iterator[Form]:
        """The gain of every pure policy over the learner's, each form once (1)."""
        own, seen = self.value(i, learner), set[frozenset[tuple[Entry, Fraction]]]()
        count = self.given.actions[i]
        for b in product([pure(a, count) for a in range(count)], repeat=self.said.states):
            gain = minus(self.value(i, replaced(learner, i, b)), own)
            if (key := frozenset(gain.items())) not in seen:
                seen.add(key)
                yield gain

    def shows(self, gain: Form, y: Leaf, expert: Profile) -> bool:
        """Whether multipliers bound a gain by what is excluded (3)."""
        left, bound = dict(gain), ZERO
        for name, factor in y.items():
            row = self.row(name, expert)
            if row is None or factor < 0:
                return False
            bound += factor * row[1]
            for x, c in row[0].items():
                left[x] = left.get(x, ZERO) - factor * c
        fixed = self.rewards.fixed
        bound += sum((c * fixed[x] if x in fixed else abs(c) for x, c in left.items()), ZERO)
        return bound < self.said.gap or (bound == self.said.gap and self.said.strict)

    # -- rows (4)

    def _row(self, name: str, expert: Profile) -> tuple[Form, Fraction] | None:
        """The form and what it is at most, if there is such a row beside the expert."""
        names = self.said.names
        match name.split(" "):
            case ["team", o] if "team-optimal" in names:
                return self.less(0, self.policies(o), expert)
            case ["nash", j, b] if self.said.is_nash:
                i = self.index(j, len(expert))
                return self.less(i, replaced(expert, i, self.policy(i, b)), expert)
            case ["against", j, o, b] if "dominant" in names:
                i, others = self.index(j, len(expert)), self.policies(o)
                held = replaced(others, i, expert[i])
                return self.less(i, replaced(others, i, self.policy(i, b)), held)
            case ["perfect", j, s, a] if "subgame-perfect" in names:
                return self.step(self.index(j, len(expert)), s, a, expert, expert)
            case ["margin", j, s, a, b] if "margin" in names:
                i = self.index(j, len(expert))
                if integer(s, name) in by_state(self.chain.visits(expert)):
                    return self.step(i, s, a, expert, replaced(expert, i, self.policy(i, b)))
        return None

    def less(self, i: int, one: Profile, other: Profile) -> tuple[Form, Fraction]:
        """One policy is worth no more than the other from the start."""
        return minus(self.value(i, one), self.value(i, other)), ZERO

    def step(
        self, i: int, state: str, action: str, expert: Profile, then: Profile
    ) -> tuple[Form, Fraction]:
        """An action against the expert's opponents, then a policy: no better than the expert."""
        s, a = self.index(state, self.said.states), self.index(action, self.given.actions[i])
        once = played(replaced(expert, i, (pure(a, len(expert[i][s])),) * self.said.states), s)
        ahead, total = self.chain.ahead(then), {(s, joint): w for joint, w in once.items()}
        for joint, w in once.items():
            row = zip(self.chain.kernel[s, joint], ahead, strict=True)
            later = mean((self.said.discount * w * p, visits) for p, visits in row)
            total = mean([(ONE, total), (ONE, later)])
        lead = ZERO if expert[i][s][a] == 1 else self.said.names.get("margin", ZERO)
        form = self.rewards.form(i, total)
        return minus(form, self.rewards.form(i, self.chain.ahead(expert)[s])), -lead

    def index(self, word: str, size: int) -> int:
        """A number below a size."""
        if (found := integer(word, "rows")) < size:
            return found
        raise MalformedError(f"rows: needed a number below {size}, not {word:.60}")

    def policy(self, i: int, word: str) -> Table:
        """The pure policy of a player that plays these actions."""
        count, actions = self.given.actions[i], word.split(".")
        if len(actions) != self.said.states:
            raise MalformedError(f"rows: needed an action for each state, not {word:.60}")
        return tuple(pure(self.index(a, count), count) for a in actions)

    def policies(self, word: str) -> Profile:
        """Policies as words: players between semicolons, states between bars, actions, commas."""
        tables = [[row.split(",") for row in table.split("|")] for table in word.split(";")]
        counts = self.given.actions
        if [len(table) for table in tables] != [self.said.states] * len(counts):
            raise MalformedError("rows: needed a row for every player and state")
        return tuple(
            tuple(distribution(row, count) for row in table)
            for table, count in zip(tables, counts, strict=True)
        )
