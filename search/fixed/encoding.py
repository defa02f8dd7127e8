r"""A given kernel and start as guarded linear rows: the policies are the choices.

Per state one choice of the expert's joint action, one of the learner's, one of the deviation's
action. Rewards are variables, tied by the class; \(V_j\) are the expert's values, \(U_j\) no less
than a best response's, \(B\) and \(W\) the learner's and the deviation's; x and y are the
occupancies. Rows:

- "expert", "learner", "deviate": Bellman equations under the choices taken.
- "optimal": \(U_j(s)\ge r_j+\gamma PU_j\) for each own action against the expert's opponents, and
  "nash": \(\nu\cdot U_j\le\nu\cdot V_j\). "perfect": the same of \(V_j\) at every state. "team":
  \(T(s)\ge r_0+\gamma PT\) for each joint action, \(\nu\cdot T\le\nu\cdot V_0\).
- "none", "flow": \(x(s,a)=0\) for joint actions not chosen, \(\sum_ax(t,a)=(1-\gamma)\nu(t)+\gamma
  \sum_{s,a}P(t\mid s,a)x(s,a)\); the same for y. Matching: \(x=y\); \(\sum_ax=\sum_ay\); or errors
  \(2\sum_ax(s,a)\) where the player's actions differ, at most e in total.
- full support: each \(\sum_ax(s,a)\) is at least what any visited state has.

The objective is \(\nu\cdot(W-B)\). The rows say what the class says, no more and no less.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from ..parts import Parts
from ..problem import Box, Choice, Problem, Relation, Row
from ..query import GameClass
from ..rewards.scene import ONE, ZERO, Joint, pure_row
from ..rewards.ties import Ties

COVERED = frozenset(
    {
        *("match-rho", "match-mu", "match-bc", "full-support", "nash", "subgame-perfect"),
        *("team-optimal", "zero-sum", "common-payoff", "symmetric", "state-rewards"),
        *("own-rewards", "deterministic", "pure"),
    }
)
"""Assumptions that have rows here, or that the kernel alone decides."""
Terms = dict[str, Fraction]


def build(said: GameClass, parts: Parts, player: int) -> Problem:
    """The problem of one exploiting player.

    Args:
        said: the class, with assumptions out of `COVERED`.
        parts: with kernel and start in full.
        player: who exploits.
    """
    return _Builder(said, parts, player).problem()


@dataclass
class _Builder:
    said: GameClass
    parts: Parts
    player: int
    boxes: dict[str, Box] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def problem(self) -> Problem:
        said = self.said
        self.names = said.names
        self.joints: list[Joint] = [()]
        for count in said.actions:
            self.joints = [(*joint, a) for joint in self.joints for a in range(count)]
        self.ties = Ties(said.actions, said.states, self.names)
        self.value = Box(-1 / (1 - said.discount), 1 / (1 - said.discount))
        start = self.parts.start or ()
        self.start = {s: p for s, p in enumerate(start) if p}
        for s in range(said.states):
            self._learner(s)
            for j in range(said.players):
                self._expert(s, j)
        self._concepts()
        self._matching()
        self._known()
        objective: Terms = {}
        for s, p in self.start.items():
            self._put(objective, f"W {s}", p)
            self._put(objective, f"B {s}", -p)
        most = max(len(self.joints), said.states)
        roles = tuple(str(k) for k in range(most))
        return Problem(
            self.boxes, tuple(self._choices()), tuple(self.rows), tuple(objective.items()), roles
        )

    def _choices(self) -> Iterator[Choice]:
        for s in range(self.said.states):
            yield Choice(f"deviate {s}", s, tuple(range(self.said.actions[self.player])))
        for role, given in (("expert", self.parts.expert), ("learner", self.parts.learner)):
            for s in range(self.said.states):
                options = tuple(
                    k
                    for k, joint in enumerate(self.joints)
                    if all(
                        given.get((i, s), pure_row(a, self.said.actions[i]))
                        == pure_row(a, self.said.actions[i])
                        for i, a in enumerate(joint)
                    )
                )
                yield Choice(f"{role} {s}", s, options)

    # -- rows

    def _bellman(self, letter: str, player: int, s: int, joint: Joint, sign: int = 1) -> Terms:
        """Sign * (value - reward - discount * next value)."""
        terms: Terms = {}
        self._put(terms, f"{letter} {s}", Fraction(sign))
        name, turn = self.ties.of(player, s, joint)
        if turn:
            self._put(terms, name, Fraction(-sign * turn))
        for t, p in enumerate(self.parts.rows[s, joint]):
            if p and self.said.discount:
                self._put(terms, f"{letter} {t}", -sign * self.said.discount * p)
        return terms

    def _learner(self, s: int) -> None:
        for k, joint in enumerate(self.joints):
            if not self._open("learner", s, joint):
                continue
            own = (f"learner {s}", k)
            self._add(
                f"learner {s} {k}", self._bellman("B", self.player, s, joint), "==", ZERO, own
            )
            for a in range(self.said.actions[self.player]):
                terms = self._bellman("W", self.player, s, self._with(joint, self.player, a))
                self._add(f"deviate {s} {k} {a}", terms, "==", ZERO, own, (f"deviate {s}", a))

    def _expert(self, s: int, j: int) -> None:
        perfect = "subgame-perfect" in self.names
        for k, joint in enumerate(self.joints):
            if not self._open("expert", s, joint):
                continue
            own = (f"expert {s}", k)
            self._add(f"expert {j} {s} {k}", self._bellman(f"V {j}", j, s, joint), "==", ZERO, own)
            for a in range(self.said.actions[j]):
                other = self._with(joint, j, a)
                if perfect:
                    terms = self._bellman(f"V {j}", j, s, other, -1)
                    self._add(f"perfect {j} {s} {k} {a}", terms, "<=", ZERO, own)
                elif self.said.is_nash:
                    terms = self._bellman(f"U {j}", j, s, other, -1)
                    self._add(f"optimal {j} {s} {k} {a}", terms, "<=", ZERO, own)

    def _concepts(self) -> None:
        said = self.said
        if said.is_nash and "subgame-perfect" not in self.names:
            for j in range(said.players):
                self._no_better(f"nash {j}", f"U {j}", f"V {j}")
        if "team-optimal" in self.names:
            for s in range(said.states):
                for k, joint in enumerate(self.joints):
                    self._add(f"team {s} {k}", self._bellman("T", 0, s, joint, -1), "<=", ZERO)
            self._no_better("team", "T", "V 0")

    def _no_better(self, name: str, one: str, other: str) -> None:
        terms: Terms = {}
        for s, p in self.start.items():
            self._put(terms, f"{one} {s}", p)
            self._put(terms, f"{other} {s}", -p)
        self._add(name, terms, "<=", ZERO)

    def _matching(self) -> None:
        names, said = self.names, self.said
        for letter, role in (("x", "expert"), ("y", "learner")):
            self._flow(letter, role)
        for s in range(said.states):
            if "match-rho" in names:
                for k in range(len(self.joints)):
                    terms = {f"x {s} {k}": ONE, f"y {s} {k}": -ONE}
                    self._add(f"rho {s} {k}", terms, "==", ZERO)
            elif "match-mu" in names:
                terms = {f"x {s} {k}": ONE for k in range(len(self.joints))}
                terms |= {f"y {s} {k}": -ONE for k in range(len(self.joints))}
                self._add(f"mu {s}", terms, "==", ZERO)
            if "full-support" in names:
                terms = {f"x {s} {k}": -ONE for k in range(len(self.joints))}
                self._add(f"visited {s}", terms, "<=", -self._least())
        most = next((a.parameter for a in said.assumptions if a.name == "match-bc"), None)
        if most is not None:
            for j in range(said.players):
                self._errors(j, most)

    def _flow(self, letter: str, role: str) -> None:
        said = self.said
        for s in range(said.states):
            for k, joint in enumerate(self.joints):
                self.boxes[f"{letter} {s} {k}"] = Box(ZERO, ONE)
                if self._open(role, s, joint):
                    for other in range(len(self.joints)):
                        if other != k:
                            terms = {f"{letter} {s} {other}": ONE}
                            name = f"none {letter} {s} {k} {other}"
                            self._add(name, terms, "==", ZERO, (f"{role} {s}", k))
        for t in range(said.states):
            terms = {f"{letter} {t} {k}": ONE for k in range(len(self.joints))}
            for s in range(said.states):
                for k, joint in enumerate(self.joints):
                    self._put(
                        terms, f"{letter} {s} {k}", -said.discount * self.parts.rows[s, joint][t]
                    )
            inflow = (1 - said.discount) * self.start.get(t, ZERO)
            self._add(f"flow {letter} {t}", terms, "==", inflow)

    def _least(self) -> Fraction:
        """A state that is visited at all is so within S - 1 steps, each of some least chance."""
        said = self.said
        chance = min(p for row in self.parts.rows.values() for p in row if p) * said.discount
        first = (1 - said.discount) * min(self.start.values())
        return first * chance ** (said.states - 1)

    def _errors(self, j: int, most: Fraction) -> None:
        total: Terms = {}
        for s in range(self.said.states):
            error = f"error {j} {s}"
            self.boxes[error] = Box(ZERO, Fraction(2))
            total[error] = ONE
            for k, one in enumerate(self.joints):
                for m, other in enumerate(self.joints):
                    if not (self._open("expert", s, one) and self._open("learner", s, other)):
                        continue
                    terms = {error: ONE}
                    if one[j] != other[j]:
                        terms |= {f"x {s} {a}": Fraction(-2) for a in range(len(self.joints))}
                    guards = (f"expert {s}", k), (f"learner {s}", m)
                    self._add(f"error {j} {s} {k} {m}", terms, "==", ZERO, *guards)
        self._add(f"errors {j}", total, "<=", most)

    def _known(self) -> None:
        for (i, s, joint), value in self.parts.rewards.items():
            name, sign = self.ties.of(i, s, joint)
            word = f"known {i} {s} {'.'.join(map(str, joint))}"
            if sign:
                self.boxes.setdefault(name, Box(-ONE, ONE))
                self._add(word, {name: ONE}, "==", sign * value)
            elif value:
                self._add(word, {}, "<=", -ONE)

    # -- writing

    def _open(self, role: str, s: int, joint: Joint) -> bool:
        given = self.parts.expert if role == "expert" else self.parts.learner
        return all(
            given.get((i, s), ()) in ((), pure_row(a, self.said.actions[i]))
            for i, a in enumerate(joint)
        )

    def _with(self, joint: Joint, player: int, action: int) -> Joint:
        return (*joint[:player], action, *joint[player + 1 :])

    def _put(self, terms: Terms, name: str, c: Fraction) -> None:
        if name not in self.boxes:
            self.boxes[name] = Box(-ONE, ONE) if name.startswith("r ") else self.value
        terms[name] = terms.get(name, ZERO) + c

    def _add(
        self,
        name: str,
        terms: Terms,
        relation: Relation,
        bound: Fraction,
        *guard: tuple[str, int],
    ) -> None:
        kept = tuple((x, c) for x, c in terms.items() if c)
        self.rows.append(Row(name, kept, relation, bound, guard))
