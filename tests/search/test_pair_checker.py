"""The checker of "pair" certificates: its rows hold in real games, and no false file passes."""

import copy
import itertools
import json
import random
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.io import parse_json
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.checkers import common
from nashgap.search.checkers import pair as pair_checker
from nashgap.search.checkers.pair import Pair, kind_of
from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut
from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

from .tampering import accepted, changed, corruptions, look, places

F = Fraction
b = m = F(1, 3)

# -- certificates: true ones pass, changed ones do not

CLASSES: dict[str, dict[str, Any]] = {
    "state": {"assume": "nash,state-rewards", "states": 3},
    "own": {"assume": "nash,own-rewards", "states": 3},
    "reset": {"assume": "nash,reset=1/3", "states": 2},
    "entry": {"assume": "nash,entry=1/3", "states": 2},
    "margin": {"assume": "nash,margin=1/3", "states": 2},
    "sharp": {"assume": "subgame-perfect,margin=1/3", "states": 2},
    "uniform": {"assume": "nash,uniform-off-support", "states": 2},
    "alternating": {"assume": "nash,alternating", "states": 3},
    "level": {"assume": "nash,symmetric,zero-sum", "states": 2},
    "exact": {"assume": "nash,own-rewards,deterministic,pure", "states": 2},
    "exact, margin": {"assume": "nash,margin=1/3,deterministic,pure", "states": 2},
    "one": {"assume": "nash,entry=1/3", "states": 2, "player": 1, "actions": (1, 2)},
}


@cache
def proof(name: str) -> dict[str, Any]:
    """The certificate of a class's supremum, as it is written to a file."""
    verdict = search(Query(gamma=F(1, 2), **CLASSES[name]), sup=True)
    assert isinstance(verdict, RuledOut)
    return parse_json(json.dumps(verdict.certificate.json()), "certificate")


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_true_certificates_pass(name: str) -> None:
    assert verify(proof(name)).valid
    assert pair_checker.check(proof(name)) == ()


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_smaller_threshold_passes(name: str) -> None:
    raw = proof(name)
    gap = F(raw["excludes"]["gap"])
    for less in (F(1, 10**15), F(1, 100), F(1)):
        for strict in (True, False):
            lowered = changed(raw, ("excludes", "gap"), str(gap - less))
            assert not accepted(changed(lowered, ("excludes", "strict"), strict))
    assert not accepted(changed(raw, ("excludes", "strict"), False))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_branch_case_and_owner_counts(name: str) -> None:
    raw = proof(name)
    for place in places(raw):
        if len(place) > 1 and place[-2] in ("branches", "cases", "players"):
            smaller = copy.deepcopy(raw)
            del look(smaller, place[:-1])[place[-1]]
            assert not accepted(smaller), place


def negated(raw: Mapping[str, Any], place: tuple[Any, ...], row: str) -> bool:
    written = look(raw, (*place, row))
    return accepted(changed(raw, (*place, row), str(-F(written))))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_multiplier_counts(name: str) -> None:
    raw = proof(name)
    for place in (p for p in places(raw) if p[-1] == "leaf"):
        for row in look(raw, place):
            assert not negated(raw, place, row), (place, row)
            if len(look(raw, place)) > 1:
                assert not accepted(changed(raw, (*place, row), "0")), (place, row)


# what a single change may turn a certificate into: a statement about a class that is smaller, or a
# weaker one, or an equal proof
HARMLESS = {"gap", "strict", "assumptions"}


@pytest.mark.parametrize("name", ["entry", "state", "margin"])
def test_a_single_change_makes_no_false_certificate(name: str) -> None:
    raw, tried, passed = proof(name), 0, 0
    gap = F(raw["excludes"]["gap"])
    for what, other in corruptions(raw):
        tried += 1
        if not accepted(other):
            continue
        passed += 1
        same = other["class"] == raw["class"]
        if same:
            assert F(other["excludes"]["gap"]) >= gap, what
            continue
        said = other["class"]
        query = Query(
            assume=[a for a in said["assumptions"] if a != "match-rho"],
            states=int(said["states"]),
            players=int(said["players"]),
            actions=[int(a) for a in said["actions"]],
            gamma=F(said["discount"]),
            gap_at_least=F(other["excludes"]["gap"]),
            strict=other["excludes"]["strict"],
            player=None if "player" not in other["excludes"] else int(other["excludes"]["player"]),
        )
        assert isinstance(search(query), RuledOut), what
    assert tried > 300
    assert passed < tried / 5


def test_a_proof_for_one_class_is_none_for_a_larger_one() -> None:
    for name in sorted(CLASSES):
        raw = proof(name)
        names = raw["class"]["assumptions"]
        for special in [a for a in names if a not in ("match-rho", "nash", "subgame-perfect")]:
            fewer = [a for a in names if a != special]
            if name != "one":
                assert not accepted(changed(raw, ("class", "assumptions"), fewer)), special
        assert not accepted(changed(raw, ("class", "discount"), "99/100")) or name == "one"
        assert not accepted(changed(raw, ("class", "states"), "4"))
    wider = changed(proof("reset"), ("class", "assumptions"), ["match-rho", "nash", "reset=1/4"])
    assert not accepted(wider)
    wider = changed(proof("entry"), ("class", "assumptions"), ["match-rho", "nash", "entry=1/2"])
    assert not accepted(wider)
    wider = changed(proof("margin"), ("class", "assumptions"), ["match-rho", "nash", "margin=1/4"])
    assert not accepted(wider)


MALFORMED = [
    (("format",), "nashgap/certificate/2"),
    (("class", "players"), "3"),
    (("class", "actions"), ["2", "0"]),
    (("class", "discount"), "1"),
    (("class", "rewards"), ["-2", "2"]),
    (("class", "start"), "state 0"),
    (("class", "assumptions"), ["nash"]),
    (("class", "assumptions"), ["match-rho"]),
    (("class", "assumptions"), ["match-rho", "nash", "entry=2"]),
    (("class", "assumptions"), ["match-rho", "nash", "kind"]),
    (("class", "assumptions"), ["match-rho", "nash", "turn-based", "margin=1"]),
    (("class", "states"), "999999"),
    (("excludes", "strict"), "true"),
    (("cases", 0, "mine"), "all"),
    (("cases", 0, "tree"), {"leaf": {"asked": 1}}),
    (("cases", 0, "tree"), {"leaf": {"high M x -1 all": "1"}}),
]


@pytest.mark.parametrize(("place", "value"), MALFORMED)
def test_malformed_certificates_are_bad_input(place: tuple[Any, ...], value: object) -> None:
    with pytest.raises(BadInput):
        verify(changed(proof("entry"), place, value))


# -- the rows hold in games of the class: drawn at random, solved exactly, with mixed policies


class Drawn:
    """A two-player game of a class, its expert and learner, as player 0 sees them.

    The expert's player 0 best-responds to player 1 everywhere; what player 1 wants is irrelevant to
    the rows. Visited states are the first k.
    """

    def __init__(self, assume: str, rng: random.Random) -> None:
        self.rng, self.names = rng, set(assume.split(","))
        self.g, self.size = F(rng.choice([1, 2, 9]), 10), rng.choice([2, 3, 4])
        self.actions = (rng.choice([2, 3]), rng.choice([2, 3]))
        self.k = rng.randint(1, self.size)
        self.pure = "margin=1/3" in self.names
        self.mine = None
        if "alternating" in self.names:
            self.mine = frozenset(s for s in range(self.size) if rng.random() < 0.5)
        self.p = np.empty((self.size, *self.actions), dtype=object)
        self.r = np.empty((self.size, *self.actions), dtype=object)
        for s, x, y in itertools.product(range(self.size), *map(range, self.actions)):
            if self.mine is not None:
                x, y = (x, 0) if s in self.mine else (0, y)
            self.p[s, x, y] = self.row(s, x, y)
        self.share()
        self.e1 = [self.mix(self.actions[1], self.pure) for _ in range(self.size)]
        self.l1 = [
            self.e1[s] if s < self.k
            else [F(1, self.actions[1])] * self.actions[1] if "uniform-off-support" in self.names
            else self.mix(self.actions[1], False)
            for s in range(self.size)
        ]  # fmt: skip

    def share(self) -> None:
        """Rewards and, where owners alternate, rows that only the owner's action changes."""
        for s, x, y in itertools.product(range(self.size), *map(range, self.actions)):
            i, j = x, y
            if self.mine is not None:
                i, j = (x, 0) if s in self.mine else (0, y)
                self.p[s, x, y] = self.p[s, i, j]
            if "state-rewards" in self.names:
                i = j = 0
            if "own-rewards" in self.names:
                j = 0
            if (i, j) == (x, y):
                self.r[s, x, y] = F(self.rng.randint(-3, 3), 3)
            else:
                self.r[s, x, y] = self.r[s, i, j]

    def mix(self, count: int, pure: bool) -> list[F]:
        if pure or self.rng.random() < 0.3:
            chosen = self.rng.randrange(count)
            return [F(int(a == chosen)) for a in range(count)]
        weights = [self.rng.randint(0, 3) for _ in range(count)]
        weights[0] += not any(weights)
        return [F(w, sum(weights)) for w in weights]

    def row(self, s: int, x: int, y: int) -> list[F]:
        states = list(range(self.size))
        if self.mine is not None:
            states = [t for t in states if (t in self.mine) != (s in self.mine)]
        if x == 0 and s < self.k:
            states = [t for t in states if t < self.k]  # so that action 0 stays visited
        if not states:
            raise Empty
        free = [F(self.rng.randint(0, 2)) for _ in states]
        free[self.rng.randrange(len(states))] += 1
        row = [F(0)] * self.size
        for t, w in zip(states, free, strict=True):
            row[t] = w / sum(free)
        if "entry=1/3" in self.names and s < self.k:
            out = sum(row[self.k :])
            if out > b:
                inside = [t for t in states if t < self.k]
                if not inside:
                    raise Empty
                row = [p * b / out if t >= self.k else p for t, p in enumerate(row)]
                row[inside[0]] += 1 - sum(row)
        if "reset=1/3" in self.names:
            row = [(1 - b) * p + (b if t == 0 else 0) for t, p in enumerate(row)]
        return row

    def optimal(self, opponent: list[list[F]]) -> tuple[list[F], list[list[F]]]:
        """Player 0's optimal values and Q against player 1's policy."""
        rewards = np.array([self.r, 0 * self.r], dtype=object)
        transition = np.array(self.p.tolist(), dtype=object)
        start = [F(int(s == 0)) for s in range(self.size)]
        game = MarkovGame(transition, rewards, start, self.g)
        idle = [[F(int(a == 0)) for a in range(self.actions[0])]] * self.size
        found = best_response(game, ProductPolicy([idle, opponent]), 0)
        return list(found.state_values), [list(q) for q in found.q]

    def averaged(self, s: int, x: int, opponent: list[F]) -> F:
        """The reward of action x."""
        return sum((q * self.r[s, x, y] for y, q in enumerate(opponent)), F(0))

    def assignment(self) -> tuple[dict[str, F], dict[str, int]]:
        """What the rows' variables stand for, and whether the deviation departs.

        Raises:
            Empty: the expert is not what the class asks for.
        """
        everywhere = "subgame-perfect" in self.names
        value, q = self.optimal(self.e1)
        for s in range(self.size if everywhere else self.k):
            own = 0 if s < self.k else q[s].index(max(q[s]))
            rest = [x for a, x in enumerate(q[s]) if a != own]
            if q[s][own] < max(q[s]) or (self.pure and q[s][own] - max(rest) < m):
                raise Empty
        best, against = self.optimal(self.l1)
        at: dict[str, F] = {}
        departs: dict[str, int] = {}
        for s in range(self.size):
            at[f"U {s}"], at[f"W {s}"] = value[s], best[s]
            dev = against[s].index(max(against[s]))
            expert = 0 if s < self.k else q[s].index(max(q[s]))
            departs[f"deviates {s}"] = int(dev != expert)
            inside = s < self.k or everywhere
            at[f"r {s}"] = self.averaged(s, expert if inside else dev, self.e1[s])
            at[f"q {s}"] = self.averaged(s, dev, self.e1[s])
            if s >= self.k and "uniform-off-support" in self.names:
                support = [y for y, p in enumerate(self.e1[s]) if p]
                y = min(support, key=lambda y: self.one(s, dev, y, value))
                at[f"q {s}"] = self.r[s, dev, y]
                at[f"r {s}"] = self.r[s, expert if everywhere else dev, y]
                mine = self.mine is not None and s in self.mine
                next_ = [t for t in range(self.size)
                         if self.mine is None or (t in self.mine) != mine]  # fmt: skip
                top = max(best[t] for t in next_)
                at[f"Z {s}"] = b * best[0] + (1 - b) * top if "reset=1/3" in self.names else top
        return at, departs

    def after(self, s: int, x: int, y: int, values: list[F]) -> F:
        return sum((p * v for p, v in zip(self.p[s, x, y], values, strict=True)), F(0))

    def one(self, s: int, x: int, y: int, values: list[F]) -> F:
        return F(self.r[s, x, y] + self.g * self.after(s, x, y, values))


class Empty(Exception):  # noqa: N818
    """The draw has no game."""


KINDS = ["expert", "deviate", "follow", "other", "against", "learner", "best"]
DIRECTIONS = [(1, -1), (0, -1), (1, 0), (0, 1), (3, -2), (2, 5), (1, -7), (4, 0), (3, 1)]
SUPPORTS = [f"{area}{owner}" for area in ("in", "all") for owner in ("", "-mine", "-theirs")]
SOUND = [
    "nash,state-rewards",
    "nash,own-rewards",
    "nash,zero-sum",
    "nash,reset=1/3",
    "nash,entry=1/3",
    "nash,reset=1/3,entry=1/3",
    "nash,margin=1/3",
    "nash,margin=1/3,own-rewards,entry=1/3",
    "subgame-perfect,margin=1/3",
    "subgame-perfect,margin=1/3,own-rewards",
    "subgame-perfect,margin=1/3,state-rewards",
    "subgame-perfect,margin=1/3,uniform-off-support",
    "nash,uniform-off-support",
    "nash,uniform-off-support,own-rewards",
    "nash,uniform-off-support,state-rewards,reset=1/3",
    "nash,alternating",
    "nash,alternating,state-rewards",
    "nash,alternating,uniform-off-support,own-rewards",
]


def rows_of(drawn: Drawn) -> Pair:
    names = sorted(drawn.names)
    said = common.statement(
        {
            "format": common.FORMAT, "encoding": "pair", "cases": [],
            "class": {
                "players": 2, "states": drawn.size, "actions": list(drawn.actions),
                "discount": str(drawn.g), "assumptions": ["match-rho", *names],
                "rewards": ["-1", "1"], "start": "any",
            },
            "excludes": {"gap": "0", "strict": False},
        },
        "pair",
    )  # fmt: skip
    return Pair(said, kind_of(said, 0), drawn.k, drawn.mine)


@pytest.mark.parametrize("assume", SOUND)
def test_every_row_holds_in_games_of_the_class(assume: str) -> None:
    """A row that does not follow from the class fails in some game drawn from it."""
    rng = random.Random(assume)
    games = checked = 0
    kinds: set[str] = set()
    for _ in range(4000):
        if games == 25:
            break
        try:
            drawn = Drawn(assume, rng)
            at, path = drawn.assignment()
        except Empty:
            continue
        games += 1
        rows = rows_of(drawn)
        tops = {}
        for (alpha, beta), support in itertools.product(DIRECTIONS, SUPPORTS):
            states = rows.support(support)
            if states:
                size = {t: alpha * at[f"W {t}"] + beta * at[f"U {t}"] for t in states}
                tops[f"{alpha} {beta} {support}"] = max(states, key=lambda t: size[t])
                at[f"M {alpha} {beta} {support}"] = max(size.values())
        path |= {f"top {name}": t for name, t in tops.items()}
        names = [f"reached {name}" for name in tops]
        names += [f"above {name} {t}" for name in tops for t in rows.support(name.split()[2]) or ()]
        names += [f"{side} {x}" for side in ("low", "high") for x in at]
        nodes = [f"{kind} {s}{branch}" for kind in KINDS for s in range(drawn.size)
                 for branch in ("", " 0", " 1")]  # fmt: skip
        names += [f"{node} | {x} {y}" for node in nodes for x, y in DIRECTIONS]
        for name in names:
            row = rows.row(name, path)
            if row is not None:
                checked += 1
                kinds.add(name.split(" ")[0])
                form = sum((c * at[x] if x else c for x, c in row.form.items()), F(0))
                assert form <= 0, (name, drawn.k, drawn.mine)
    assert games == 25
    assert checked > 2000
    assert kinds >= {"low", "high", "reached", "above"}
    assert kinds & set(KINDS)


@pytest.mark.parametrize("area", ["in-mine", "all-mine", "in-theirs", "out", "in-", ""])
def test_no_choice_is_among_no_states(area: str) -> None:
    """Where nobody owns a state no area is empty: a choice without branches covers nothing."""
    tree = {"choice": f"top 1 -1 {area}", "branches": list[Any]()}
    raw = {
        "format": common.FORMAT, "encoding": "pair",
        "cases": [{"players": ["0", "1"], "visited": k, "tree": tree} for k in ("1", "2")],
        "class": {
            "players": 2, "states": 2, "actions": [2, 2], "discount": "1/2",
            "assumptions": ["match-rho", "nash"], "rewards": ["-1", "1"], "start": "any",
        },
        "excludes": {"gap": "1/9", "strict": True},
    }  # fmt: skip
    assert pair_checker.check(raw)
