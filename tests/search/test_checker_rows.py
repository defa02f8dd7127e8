"""Every row that a checker accepts holds in real games: drawn at random, measured from definitions.

Nothing here is shared with the checkers but the names of rows: values by enumeration of all pure
policies, assumptions by construction or by inspection. Player 0 is the one who gains. The expert is
optimal for that player (for both, or for the team, where a row rests on it); what the others want
is left open, so the rows are tested on more games than the class has.
"""

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod
from typing import Any

import pytest

from nashgap.search.checkers import coupled
from nashgap.search.checkers.common import FORMAT, MalformedError, statement
from nashgap.search.checkers.given import Scene
from nashgap.search.checkers.given_class import Given
from nashgap.search.checkers.matched import Matched
from nashgap.search.checkers.pair import Pair, cases, kind_of
from nashgap.search.checkers.pair_nodes import Node

F = Fraction
Joint = tuple[int, ...]
Policy = list[list[F]]
"""[S][A_i]."""
TURNS = frozenset({"turn-based", "alternating"})
M, RESET, ENTRY = F(1, 8), F(1, 4), F(1, 2)


class UnfitError(Exception):
    """The draw is not of the class."""


def solved(matrix: list[list[F]], right: list[F]) -> list[F]:
    """The solution of linear equations."""
    wide = [[*row, b] for row, b in zip(matrix, right, strict=True)]
    for k in range(len(wide)):
        pivot = next(s for s in range(k, len(wide)) if wide[s][k])
        wide[k], wide[pivot] = wide[pivot], wide[k]
        for s in range(len(wide)):
            if s != k and wide[s][k]:
                ratio = wide[s][k] / wide[k][k]
                wide[s] = [x - ratio * y for x, y in zip(wide[s], wide[k], strict=True)]
    return [row[-1] / row[k] for k, row in enumerate(wide)]


def mean(row: list[F], values: list[F]) -> F:
    return sum((p * v for p, v in zip(row, values, strict=True)), F(0))


def point(a: int, count: int) -> list[F]:
    return [F(int(x == a)) for x in range(count)]


@dataclass
class Drawn:
    """A game of a class, its expert and learner; states are numbered as certificates do."""

    names: frozenset[str]
    rng: random.Random
    mine: frozenset[int] | None = None
    kernel: dict[tuple[int, Joint], list[F]] = field(default_factory=dict)
    rewards: dict[tuple[int, int, Joint], F] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng, names = self.rng, self.names
        self.g = rng.choice([F(1, 3), F(1, 2), F(4, 5)])
        two = names & {"zero-sum", "symmetric", "alternating"} or rng.random() < 0.7
        self.actions: Joint = (rng.choice([2, 2, 3]), 2) if two else (2, 2, 2)
        if "symmetric" in names:
            self.actions = (2, 2)
        self.size = rng.choice([2, 3])
        self.joints = list(itertools.product(*map(range, self.actions)))
        self.owners = [rng.randrange(len(self.actions)) for _ in range(self.size)]
        self.build()
        self.choose()
        self.order()

    # -- the game

    def source(self, s: int, a: Joint) -> Joint:
        """A joint action that must lead to the same."""
        if self.names & TURNS:
            a = tuple(x if j == self.owners[s] else 0 for j, x in enumerate(a))
            if "symmetric" in self.names:
                a = (0,) * len(a)
        return min(a, a[::-1]) if "symmetric" in self.names else a

    def build(self) -> None:
        names, n = self.names, len(self.actions)
        for s, a in itertools.product(range(self.size), self.joints):
            self.kernel[s, a] = self.kernel.get((s, self.source(s, a))) or self.row(s)
            for i in range(n):
                b = self.source(s, a) if names & TURNS else a
                if "own-rewards" in names:
                    b = tuple(x if j == i else 0 for j, x in enumerate(b))
                if "state-rewards" in names:
                    b = (0,) * n
                drawn = F(self.rng.randint(-4, 4), 4)
                self.rewards[i, s, a] = self.rewards.get((i, s, b), drawn)
        shared = names & {"common-payoff", "team-optimal", "zero-sum"}
        for s, a in itertools.product(range(self.size), self.joints):
            b = min(a, a[::-1]) if "symmetric" in names and "zero-sum" not in names else a
            own = self.rewards[0, s, (0,) * n if "own-rewards" in names else b]
            if shared:
                self.rewards[0, s, a] = own
                for i in range(1, n):
                    self.rewards[i, s, a] = -own if "zero-sum" in names else own
            if "symmetric" in names and "zero-sum" not in names:
                self.rewards[1, s, a[::-1]] = self.rewards[0, s, a]
        if {"symmetric", "zero-sum"} <= names:
            flat = names & {"own-rewards", "state-rewards", "turn-based", "alternating"}
            for s, (x, y) in itertools.product(range(self.size), self.joints):
                worth = (
                    F(0) if flat or x == y else self.rewards[0, s, (0, 1)] * (1 if x < y else -1)
                )
                self.rewards[0, s, (x, y)], self.rewards[1, s, (x, y)] = worth, -worth
        if {"zero-sum"} <= names and names & {"common-payoff", "team-optimal"}:
            self.rewards = dict.fromkeys(self.rewards, F(0))
        if "dominant" in names:  # the first action earns all that there is, whatever others do
            self.rewards |= {(i, s, a): F(1) for i, s, a in self.rewards if a[:1] == (0,)}

    def row(self, s: int) -> list[F]:
        states = list(range(self.size))
        if "alternating" in self.names:
            states = [t for t in states if self.owners[t] != self.owners[s]]
        if not states or {"alternating", "reset"} <= self.names:
            raise UnfitError
        row = point(self.rng.choice(states), self.size)
        if "deterministic" not in self.names and self.rng.random() < 0.5:
            other = point(self.rng.choice(states), self.size)
            w = self.rng.choice([F(1, 2), F(1, 3)])
            row = [(1 - w) * x + w * y for x, y in zip(row, other, strict=True)]
        if {"reset", "deterministic"} <= self.names:
            row = point(0, self.size)
        elif "reset" in self.names:
            row = [(1 - RESET) * x + (RESET if t == 0 else 0) for t, x in enumerate(row)]
        return row

    # -- what policies do

    def mix(self, i: int) -> list[F]:
        count = self.actions[i]
        if "pure" in self.names or self.rng.random() < 0.5:
            return point(self.rng.randrange(count), count)
        weights = [self.rng.randint(0, 2) for _ in range(count)]
        weights[self.rng.randrange(count)] += 1
        return [F(w, sum(weights)) for w in weights]

    def others(self, profile: list[Policy], s: int, a: int) -> dict[Joint, F]:
        """Joint actions when player 0 plays a."""
        rest = itertools.product(*(range(c) for c in self.actions[1:]))
        weights = {(a, *y): prod((p[s][x] for p, x in zip(profile[1:], y, strict=True)), start=F(1))
                   for y in rest}  # fmt: skip
        return {joint: w for joint, w in weights.items() if w}

    def met(self, profile: list[Policy], s: int, a: int, i: int = 0) -> tuple[F, list[F]]:
        """Reward and successors of an action of player 0 against the others of a profile."""
        reward, row = F(0), [F(0)] * self.size
        for joint, w in self.others(profile, s, a).items():
            reward += w * self.rewards[i, s, joint]
            row = [x + w * y for x, y in zip(row, self.kernel[s, joint], strict=True)]
        return reward, row

    def worth(self, steps: list[tuple[F, list[F]]]) -> list[F]:
        """Values of a reward and successors for each state."""
        matrix = [[F(int(s == t)) - self.g * p for t, p in enumerate(row)]
                  for s, (_, row) in enumerate(steps)]  # fmt: skip
        return solved(matrix, [r for r, _ in steps])

    def value(self, profile: list[Policy]) -> list[F]:
        """Player 0's values of a profile."""
        steps = []
        for s in range(self.size):
            reward, row = F(0), [F(0)] * self.size
            for a, w in enumerate(profile[0][s]):
                r, p = self.met(profile, s, a)
                reward += w * r
                row = [x + w * y for x, y in zip(row, p, strict=True)]
            steps.append((reward, row))
        return self.worth(steps)

    def optimal(self, profile: list[Policy]) -> tuple[list[F], list[int]]:
        """Player 0's optimal values against the others of a profile, and a policy that has them."""
        table = [[self.met(profile, s, a) for a in range(self.actions[0])]
                 for s in range(self.size)]  # fmt: skip
        found = []
        for b in itertools.product(range(self.actions[0]), repeat=self.size):
            found.append((self.worth([table[s][a] for s, a in enumerate(b)]), list(b)))
        best = max(found, key=lambda one: sum(one[0]))
        assert all(x <= y for v, _ in found for x, y in zip(v, best[0], strict=True))
        return best

    def team(self) -> tuple[list[F], list[Joint]]:
        """The best values of all together."""
        found = []
        for b in itertools.product(self.joints, repeat=self.size):
            steps = [(self.rewards[0, s, a], self.kernel[s, a]) for s, a in enumerate(b)]
            found.append((self.worth(steps), list(b)))
        return max(found, key=lambda one: sum(one[0]))

    # -- expert and learner

    def choose(self) -> None:
        names, rng = self.names, self.rng
        self.expert = [[self.mix(i) for _ in range(self.size)] for i in range(len(self.actions))]
        if {"margin", "strict-nash"} & names:
            self.expert = [[point(rng.randrange(c), c) for _ in range(self.size)]
                           for c in self.actions]  # fmt: skip
        if "team-optimal" in names or ("common-payoff" in names and names & TURNS):
            _, best = self.team()
            self.expert = [[point(a[i], c) for a in best] for i, c in enumerate(self.actions)]
        elif "dominant" in names:
            self.expert[0] = [point(0, self.actions[0])] * self.size
        else:
            values, best_actions = self.optimal(self.expert)
            for s in range(self.size):
                met = [self.met(self.expert, s, a) for a in range(self.actions[0])]
                q = [r + self.g * mean(p, values) for r, p in met]
                ties = [a for a, x in enumerate(q) if x == max(q)]
                self.expert[0][s] = point(best_actions[s], self.actions[0])
                if len(ties) > 1 and "margin" not in names and "pure" not in names:
                    self.expert[0][s] = [F(int(a in ties), len(ties)) for a in range(len(q))]
        if {"symmetric", "zero-sum"} <= names and not self.is_nash_of_both():
            raise UnfitError
        seen, todo = set[int](), [0]
        while todo:
            s = todo.pop()
            if s not in seen:
                seen.add(s)
                for joint in self.joints:
                    if all(p[s][a] for p, a in zip(self.expert, joint, strict=True)):
                        todo += [t for t, x in enumerate(self.kernel[s, joint]) if x]
        self.visited = sorted(seen)
        even = [[F(1, c)] * c for c in self.actions]
        uniform = "uniform-off-support" in names
        self.learner = [
            [table[s] if s in seen else even[i] if uniform else self.mix(i)
             for s in range(self.size)]
            for i, table in enumerate(self.expert)
        ]  # fmt: skip

    def is_nash_of_both(self) -> bool:
        """Whether no player gains at visited states (at all with subgame-perfect), symmetric."""
        turned = [self.expert[1], self.expert[0]]
        own, other = self.value(self.expert), self.value(turned)
        best, second = self.optimal(self.expert)[0], self.optimal(turned)[0]
        where = range(self.size) if "subgame-perfect" in self.names else (0,)
        return all(own[s] == best[s] and other[s] == second[s] for s in where)

    def order(self) -> None:
        """Numbers the states: visited first, mine before theirs, the start is 0 already."""
        own = [s for s in range(self.size) if self.owners[s] == 0]
        rank = {s: (s not in self.visited, s != 0, s not in own) for s in range(self.size)}
        old = sorted(range(self.size), key=lambda s: rank[s])
        at = {s: new for new, s in enumerate(old)}
        self.kernel = {(at[s], a): [row[t] for t in old] for (s, a), row in self.kernel.items()}
        self.rewards = {(i, at[s], a): x for (i, s, a), x in self.rewards.items()}
        self.expert = [[table[s] for s in old] for table in self.expert]
        self.learner = [[table[s] for s in old] for table in self.learner]
        self.k = len(self.visited)
        self.owners = [self.owners[s] for s in old]
        if "alternating" in self.names:
            self.mine = frozenset(at[s] for s in own)
        if "entry" in self.names:
            rows = (row for (s, _), row in self.kernel.items() if s < self.k)
            if any(sum(row[self.k :]) > ENTRY for row in rows):
                raise UnfitError


PARAMETERS = {"margin": f"margin={M}", "reset": f"reset={RESET}", "entry": f"entry={ENTRY}"}


def stated(drawn: Drawn, encoding: str, match: str = "match-rho", given: Any = None) -> Any:
    names = sorted(PARAMETERS.get(name, name) for name in drawn.names)
    raw = {
        "format": FORMAT, "encoding": encoding, "cases": [],
        "class": {
            "players": len(drawn.actions), "states": drawn.size, "actions": list(drawn.actions),
            "discount": str(drawn.g), "assumptions": [match, *names],
            "rewards": ["-1", "1"], "start": "any", **({"given": given} if given else {}),
        },
        "excludes": {"gap": "0", "strict": False},
    }  # fmt: skip
    return statement(raw, encoding, given=bool(given))


class Measured:
    """What the variables of a pair stand for in a game, and where each node leads."""

    def __init__(self, drawn: Drawn, rows: Pair) -> None:
        self.drawn, self.rows, names = drawn, rows, drawn.names
        self.own = self.optimal_of_the_expert()
        self.best, self.b = drawn.optimal(drawn.learner)
        self.at: dict[str, F] = {}
        self.path: dict[str, int] = {}
        self.leads: dict[str, list[list[F]]] = {}
        sharp = {"margin", "subgame-perfect"} <= names
        for s in range(drawn.size):
            expert = next(a for a, w in enumerate(drawn.expert[0][s]) if w)
            if sharp and len([w for w in drawn.expert[0][s] if w]) > 1:
                raise UnfitError
            self.at |= {f"W {s}": self.best[s], f"U {s}": self.own[s]}
            if {"margin"} & names and (s < drawn.k or sharp):
                self.leads_by_margin(s, expert)
            if s >= drawn.k and "uniform-off-support" in names and not rows.is_mine(s):
                self.uniform(s, expert if sharp else self.b[s])
            else:
                self.plain(s, expert, expert if s < drawn.k or sharp else self.b[s])
            if rows.nodes.is_chosen(s):
                self.path[f"deviates {s}"] = int(self.b[s] != expert)

    def optimal_of_the_expert(self) -> list[F]:
        """U: of the team where that is what the rows speak of."""
        drawn, names = self.drawn, self.drawn.names
        perfect = {"common-payoff", "subgame-perfect"} <= names and bool(names & TURNS)
        if "team-optimal" in names or perfect:
            found = drawn.team()[0]
        else:
            found = drawn.optimal(drawn.expert)[0]
        true = drawn.value(drawn.expert)
        where = drawn.size if "subgame-perfect" in names and not perfect else drawn.k
        assert true[:where] == found[:where]
        return found

    def after(self, s: int, a: int, values: list[F], profile: list[Policy]) -> F:
        reward, row = self.drawn.met(profile, s, a)
        return reward + self.drawn.g * mean(row, values)

    def leads_by_margin(self, s: int, expert: int) -> None:
        others = [a for a in range(self.drawn.actions[0]) if a != expert]
        profile = self.drawn.expert
        if any(self.after(s, a, self.own, profile) > self.own[s] - M for a in others):
            raise UnfitError
        self.leads[f"other {s}"] = [self.drawn.met(profile, s, a)[1] for a in others]

    def plain(self, s: int, expert: int, played: int) -> None:
        """The expert's action (if it is optimal at s), and the deviation's, against both."""
        drawn, b = self.drawn, self.b[s]
        team = self.rows.nodes.nothing == "deviate"
        reward, row = drawn.met(drawn.expert, s, played)
        gained, against = drawn.met(drawn.learner if team else drawn.expert, s, b)
        self.at |= {f"r {s}": reward, f"q {s}": gained}
        for branch in ("", " 0", " 1"):
            self.leads[f"expert {s}{branch}"] = [drawn.met(drawn.expert, s, expert)[1]]
            self.leads[f"learner {s}{branch}"] = [drawn.met(drawn.learner, s, b)[1]]
        self.leads |= {f"follow {s}": [row], f"deviate {s}": [against], f"against {s}": [against]}

    def uniform(self, s: int, played: int) -> None:
        """One of the others' joint actions, at which the deviation is worth the least."""
        drawn, b = self.drawn, self.b[s]
        met = drawn.others(drawn.expert, s, b)

        def next_of(joint: Joint, values: list[F]) -> F:
            return mean(drawn.kernel[s, joint], values)

        low = min(met, key=lambda a: drawn.rewards[0, s, a] + drawn.g * next_of(a, self.own))
        top = max((a for a in drawn.joints if a[:1] == (b,)), key=lambda a: next_of(a, self.best))
        with_expert = (played, *low[1:])
        self.at |= {
            f"q {s}": drawn.rewards[0, s, low], f"r {s}": drawn.rewards[0, s, with_expert],
            f"Z {s}": next_of(top, self.best),
        }  # fmt: skip
        row = drawn.kernel[s, with_expert]
        for branch in ("", " 0", " 1"):
            self.leads[f"expert {s}{branch}"] = [row]
        self.leads |= {
            f"best {s}": [drawn.kernel[s, top]], f"follow {s}": [row],
            f"deviate {s}": [drawn.kernel[s, low]],
        }  # fmt: skip


def total(form: Mapping[str, F], at: Mapping[str, F]) -> F:
    return sum((c * at[x] if x else c for x, c in form.items()), F(0))


def check_node(node: Node, row: list[F], seen: Measured) -> None:
    """The node with its true distribution: both inequalities, and the shares that it names."""
    means = mean(row, seen.best), mean(row, seen.own)
    w, u = total(node.w, seen.at), total(node.u, seen.at)
    assert not node.w or w <= node.scale * means[0], node
    assert not node.u or u >= node.scale * means[1], node
    assert not node.most or u <= node.scale * means[1], node
    assert sum(share for share, _ in node.shares) == 1
    left = list(row)
    for share, area in node.shares:
        left[0] -= F(0) if area else share
        states = seen.rows.support(area) if area else [0]
        assert states is not None
        outside = sum((p for t, p in enumerate(left) if t not in states), F(0))
        wider = sum((c for c, x in node.shares if x.startswith("all")), F(0))
        if area:
            assert outside <= (0 if area.startswith("all") else wider), node
    assert min(left) >= 0, node


DIRECTIONS = [(1, -1), (0, -1), (1, 0), (0, 1), (3, -2), (2, 5)]
AREAS = [f"{area}{owner}" for area in ("in", "all") for owner in ("", "-mine", "-theirs")]


def check_rows(drawn: Drawn) -> int:
    """Every row of a pair holds, in all directions; how many were looked at."""
    said, players = stated(drawn, "pair"), len(drawn.actions)
    rows = Pair(said, kind_of(said, 0), drawn.k, drawn.mine)
    if not rows.nodes.nothing and players == 2:
        assert (drawn.k, drawn.mine) in set(cases(said, kind_of(said, 0)))
    if rows.nodes.nothing or players > 2:
        rows = Pair(said, kind_of(said, 0), drawn.k, None)
    seen, count = Measured(drawn, rows), 0
    at, path = seen.at, seen.path
    gain = drawn.value([[point(a, drawn.actions[0]) for a in seen.b], *drawn.learner[1:]])[0]
    assert at["W 0"] - at["U 0"] == gain - drawn.value(drawn.learner)[0]
    for (a, b), area in itertools.product(DIRECTIONS, AREAS):
        if states := rows.support(area):
            sizes = {t: a * seen.best[t] + b * seen.own[t] for t in states}
            path[f"top {a} {b} {area}"] = max(states, key=lambda t: sizes[t])
            at[f"M {a} {b} {area}"] = max(sizes.values())
    names = [f"{side} {x}" for side in ("low", "high") for x in at]
    names += [f"reached {top[4:]}" for top in path if top.startswith("top")]
    names += [f"above {x[2:]} {t}" for x in at if x[0] == "M" for t in range(drawn.size)]
    names += [f"{kind} {s}" for kind in ("copy", "level") for s in range(drawn.size)]
    for s in range(drawn.size):
        for node in rows.nodes.at(s, path):
            for row in seen.leads[node.name]:
                check_node(node, row, seen)
                names += [f"{node.name} | {a} {b}" for a, b in DIRECTIONS]
                if rows.nodes.has_points:
                    path[f"to {node.name}"] = row.index(max(row))
                    names += [f"{node.name} = {side}" for side in ("w", "most", "least")]
    for choice, option in path.items():
        assert option in (rows.options(choice, path) or {}), choice
    for name in names:
        form = rows.row(name, path)
        if form is not None:
            count += 1
            assert total(form.form, at) <= 0, name
            assert not form.is_strict
            assert not form.is_equation
    return count


CONCEPTS = ("nash", "subgame-perfect", "nash,margin", "subgame-perfect,margin")
GAMES = (
    *("zero-sum", "common-payoff", "symmetric", "turn-based", "alternating", "state-rewards"),
    *("own-rewards", "reset", "entry", "uniform-off-support", "deterministic,pure", "visited=2"),
)
OTHERS = (
    *("dominant", "team-optimal", "team-optimal,zero-sum", "dominant,uniform-off-support"),
    *("subgame-perfect,common-payoff,turn-based", "nash,symmetric,turn-based"),
    *("nash,symmetric,zero-sum,own-rewards", "nash,symmetric,zero-sum,alternating"),
    *("subgame-perfect,margin,uniform-off-support,own-rewards", "nash,reset,entry,state-rewards"),
    *("nash,turn-based,uniform-off-support,own-rewards", "nash,deterministic,pure,own-rewards"),
    *("subgame-perfect,margin,deterministic,pure,own-rewards", "nash,reset,entry,margin"),
    *("subgame-perfect,margin,own-rewards", "nash,entry,deterministic,pure"),
)


def pairs() -> Iterator[str]:
    for concept, one, other in itertools.product(CONCEPTS, GAMES, GAMES):
        turns = {one, other} & TURNS
        if one <= other and not ("margin" in concept and turns):
            yield ",".join(dict.fromkeys([*concept.split(","), *one.split(","), *other.split(",")]))
    yield from OTHERS


def games(assume: str, many: int, tries: int = 4000) -> Iterator[Drawn]:
    rng = random.Random(assume)
    names = frozenset(name for name in assume.split(",") if "=" not in name)
    for _ in range(tries):
        try:
            drawn = Drawn(names, rng)
        except UnfitError:
            continue
        if "visited=2" in assume and drawn.k != 2:
            continue
        drawn.names = frozenset(assume.split(","))
        yield drawn
        many -= 1
        if not many:
            return


def check_class(assume: str, many: int, tries: int = 4000) -> int:
    found = 0
    for drawn in games(assume, 40 * many, tries):
        try:
            assert check_rows(drawn)
        except UnfitError:
            continue
        found += 1
        if found == many:
            break
    return found


def rare(assume: str) -> bool:
    """Where a margin, or that both are optimal, or a contradiction leaves few games or none."""
    both = {"symmetric", "zero-sum"}, {"alternating", "reset"}
    return "margin" in assume or any(one <= set(assume.split(",")) for one in both)


@pytest.mark.parametrize("assume", sorted(pairs())[::9])
def test_rows_of_pairs_hold_in_games_of_the_class(assume: str) -> None:
    assert check_class(assume, 2, 400) == 2 or rare(assume)


@pytest.mark.parametrize("assume", ["nash", *(f"nash,{one}" for one in GAMES), *OTHERS])
def test_rows_of_pairs_hold_in_more_games_of_a_class(assume: str) -> None:
    """So many that a row of another class than this one is seen to fail."""
    assert check_class(assume, 12, 800) >= 12 or rare(assume)


@pytest.mark.slow
@pytest.mark.parametrize("assume", list(pairs()))
def test_rows_of_pairs_hold_in_many_games_of_the_class(assume: str) -> None:
    assert check_class(assume, 30) >= 20 or rare(assume)


# -- matched occupancies, by steps


def check_steps(drawn: Drawn, encoding: str, *, is_nash: bool) -> None:
    said = stated(drawn, encoding)
    case = Matched(said, drawn.k, True, True)
    own = drawn.optimal(drawn.expert)[0] if is_nash else drawn.value(drawn.expert)
    best, b = drawn.optimal(drawn.learner)
    at: dict[str, F] = {}
    path: dict[str, int] = {}
    for s in range(drawn.size):
        expert = next(a for a, w in enumerate(drawn.expert[0][s]) if w)
        used = b[s] if is_nash and s >= drawn.k else expert
        if is_nash and s >= drawn.k:  # whatever is optimal against the expert's others
            used = drawn.optimal(drawn.expert)[1][s]
        gained, row = drawn.met(drawn.expert if s < drawn.k else drawn.learner, s, b[s])
        reward, against = drawn.met(drawn.expert, s, used)
        at |= {f"W {s}": best[s], f"U {s}": own[s], f"q {s}": gained, f"r {s}": reward}
        towards = [t for t, p in enumerate(row) if p]
        path[f"move {s}"] = max(towards, key=lambda t: best[t] - own[t])
        path[f"{'expert' if s < drawn.k else 'against'} {s}"] = against.index(max(against))
    steps = [(kind, s) for kind in ("step", "optimal", "move") for s in range(drawn.size)]
    names = [f"{kind} {s} {path[f'move {s}']}" for kind, s in steps]
    names += [f"{choice} {t}" for choice, t in path.items() if choice[:4] != "move"]
    names += [f"{side} {x}" for side in ("low", "high") for x in at]
    accepted = 0
    for name in names:
        row_ = case.row(name, path)
        if row_ is not None:
            accepted += 1
            worth = total(row_.form, at)
            assert worth <= 0, name
            assert not row_.is_equation or worth == 0, name
            assert not row_.is_strict or worth < 0, name
    for choice, option in path.items():
        options = case.options(choice, path)
        assert options is None or option in options
    assert accepted >= 4 * drawn.size


@pytest.mark.parametrize("encoding", ["any-kernel", "deterministic"])
@pytest.mark.parametrize("concept", ["nash", "margin", ""])
def test_rows_of_matched_occupancies_hold(encoding: str, concept: str) -> None:
    """A margin makes the expert's deviations strictly worse: it serves for `strict-nash`, too."""
    extra, checked = ",deterministic,pure" if encoding == "deterministic" else "", 0
    for drawn in games(f"{concept or 'nash'}{extra}", 25):
        if concept == "margin":
            said = stated(drawn, "pair")
            try:
                Measured(drawn, Pair(said, kind_of(said, 0), drawn.k, None))
            except UnfitError:
                continue
            drawn.names = drawn.names - {"margin"} | {"strict-nash"}
        if not concept:
            drawn.names = drawn.names - {"nash"}
        check_steps(drawn, encoding, is_nash=bool(concept))
        checked += 1
    assert checked >= 3


# -- given parts: which pairs are of the class, gains and rows


def check_given(drawn: Drawn, rng: random.Random) -> int:
    """The game's pair is gone through, its gains are what the forms say, and every row holds."""

    def texts(row: list[F]) -> list[str]:
        return [str(x) for x in row]

    parts = given_parts(drawn)
    given = Given(stated(drawn, "given", given=parts))
    expert, learner = (
        given.profile(role, next(given.picks(role))) for role in ("expert", "learner")
    )
    assert given.is_kernel()
    assert given.has(expert, learner)
    turns = drawn.names & TURNS
    owners = tuple(drawn.owners) if turns else None
    assert owners in set(given.owners())
    scene = Scene(given, owners)

    def worth(form: Mapping[Any, F]) -> F:
        return sum((c * drawn.rewards[x] for x, c in form.items()), F(0))

    for entry, x in drawn.rewards.items():
        root, sign = scene.rewards.root(entry)
        assert x == (0 if root in scene.rewards.zero else sign * drawn.rewards[root])
    best = drawn.optimal(drawn.learner)[0][0] - drawn.value(drawn.learner)[0]
    assert max(worth(form) for form in scene.gains(learner, 0)) == best
    policies = list(itertools.product(range(drawn.actions[0]), repeat=drawn.size))
    words = [".".join(map(str, b)) for b in policies]
    names = [f"nash 0 {b}" for b in words]
    for s, a in itertools.product(range(drawn.size), range(drawn.actions[0])):
        names += [f"perfect 0 {s} {a}", *(f"margin 0 {s} {a} {b}" for b in words)]
    for _ in range(4):
        o = ";".join("|".join(",".join(texts(drawn.mix(i))) for _ in range(drawn.size))
                     for i in range(len(drawn.actions)))  # fmt: skip
        names += [f"team {o}", *(f"against 0 {o} {b}" for b in words)]
    rows = [(name, scene.row(name, expert)) for name in rng.sample(names, min(60, len(names)))]
    for name, row in rows:
        assert row is None or worth(row[0]) <= row[1], name
    return sum(row is not None for _, row in rows)


def check_all_given(assume: str, many: int) -> int:
    rng, rows = random.Random(1), 0
    for drawn in games(assume, 40 * many, 400):
        try:
            if "margin" in drawn.names:
                Measured(drawn, Pair(stated(drawn, "pair"), (True, (2,)), drawn.k, drawn.mine))
            rows += check_given(drawn, rng)
        except UnfitError:
            continue
        many -= 1
        if not many:
            break
    return rows


@pytest.mark.parametrize("assume", sorted(pairs())[4::9] + list(OTHERS))
def test_rows_of_given_parts_hold_in_games_of_the_class(assume: str) -> None:
    assert check_all_given(assume, 2) or rare(assume)


def given_parts(drawn: Drawn) -> dict[str, Any]:
    """Start, kernel and policies as a certificate writes them."""
    tables = {"expert": drawn.expert, "learner": drawn.learner}
    parts: dict[str, Any] = {
        role: {f"{i} {s}": [str(x) for x in row]
               for i, rows in enumerate(of) for s, row in enumerate(rows)}
        for role, of in tables.items()
    }  # fmt: skip
    kernel = {" ".join(map(str, (s, *a))): [str(x) for x in row]
              for (s, a), row in drawn.kernel.items()}  # fmt: skip
    return parts | {"start": [str(x) for x in point(0, drawn.size)], "transition": kernel}


@pytest.mark.parametrize("assume", ["nash", "nash,zero-sum", "nash,own-rewards"])
def test_where_all_rewards_are_given_a_gain_is_what_it_is(assume: str) -> None:
    for drawn in games(assume, 6):
        rewards = {" ".join(map(str, (i, s, *a))): str(x)
                   for (i, s, a), x in drawn.rewards.items()}  # fmt: skip
        given = Given(stated(drawn, "given", given={**given_parts(drawn), "rewards": rewards}))
        expert, learner = (given.profile(x, next(given.picks(x))) for x in ("expert", "learner"))
        scene = Scene(given, None)
        assert not scene.rewards.is_void
        best = drawn.optimal(drawn.learner)[0][0] - drawn.value(drawn.learner)[0]
        for gap, strict, fine in ((best, True, True), (best - F(1, 10**9), True, False)):
            scene.said = replace(scene.said, gap=gap, strict=strict)
            assert all(scene.shows(one, {}, expert) for one in scene.gains(learner, 0)) == fine
        for wrong in ("nash 9 0.0", "nash 3 0.0", f"perfect 0 {drawn.size} 0", "nash 0 9.9"):
            if wrong[0] == "n" or "subgame-perfect" in drawn.names:
                with pytest.raises(MalformedError):
                    scene.row(wrong, expert)
        with pytest.raises(MalformedError):
            scene.row(f"nash {len(drawn.actions)} 0.0", expert)


@pytest.mark.slow
@pytest.mark.parametrize("assume", list(pairs()))
def test_rows_of_given_parts_hold_in_many_games_of_the_class(assume: str) -> None:
    assert check_all_given(assume, 20) or rare(assume)


# -- matched states, from the start and a step later


@pytest.mark.parametrize(
    "assume",
    [
        *("nash,state-rewards", "nash", "team-optimal,state-rewards", "team-optimal,own-rewards"),
        *("nash,zero-sum,own-rewards", "dominant", "nash,own-rewards"),
    ],
)
def test_rows_of_matched_states_hold(assume: str) -> None:
    used = 0
    for drawn in games(assume, 30):
        rows = coupled.rows(stated(drawn, "mu-any-kernel", "match-mu"),
                            False, len(drawn.actions) - 1)  # fmt: skip
        best, b = drawn.optimal(drawn.learner)
        own = drawn.value(drawn.learner)
        deviating = drawn.met(drawn.learner, 0, b[0])[1]
        steps = [drawn.met(drawn.learner, 0, a)[1] for a in range(drawn.actions[0])]
        ahead = [mean(row, own) for row in steps]
        at = {"W": best[0], "V": own[0], "Wn": mean(deviating, best)}
        at["Vn"] = mean(drawn.learner[0][0], ahead)
        for name, row in rows.items():
            if name != "asked":
                used += name in ("next", "alone")
                worth = total(row.form, at)
                assert worth == 0 if row.is_equation else worth <= 0, name
    assert bool(used) == ("state-rewards" in assume or "team" in assume or "zero-sum" in assume)
