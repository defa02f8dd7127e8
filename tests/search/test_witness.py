"""Witness files: complete, true, and no single change makes a false one pass.

Truth is decided here by a small evaluator of its own: plain fractions, Gaussian elimination,
enumeration.
"""

import itertools
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut
from nashgap.search.verify import parse_witness, verify
from nashgap.theory.errors import BadInput

from .tampering import accepted, changed, corruptions

F = Fraction

WANTED: dict[str, dict[str, Any]] = {
    "gap": {"assume": "nash,deterministic,pure", "gap_at_least": 18},
    "claim": {"claim": "NashGap <= 2*n*eps_BC/(1-gamma)**2 + 1"},
    "zero-sum": {"assume": "nash,zero-sum", "gap_at_least": 17, "strict": True},
    "one exploiter": {"gap_at_least": 18, "actions": (2, 3), "player": 1},
}


@cache
def found(name: str) -> dict[str, Any]:
    verdict = search(Query(gamma=F(9, 10), **WANTED[name]))
    assert isinstance(verdict, Found)
    return parse_json(json.dumps(verdict.witness.json()), "witness")


def solve(matrix: list[list[F]], right: list[F]) -> list[F]:
    """Gaussian elimination for a matrix that is strictly diagonally dominant."""
    rows = [[*row, b] for row, b in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for m in range(len(rows)):
            if m != k:
                rows[m] = [x - rows[m][k] * y for x, y in zip(rows[m], rows[k], strict=True)]
    return [row[-1] for row in rows]


class Plain:
    """A game file read as plainly as can be; raises on anything that is not a distribution."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.g = F(raw["discount"])
        self.start = [F(x) for x in raw["start"]]
        self.S = len(self.start)
        self.n = len(raw["rewards"])
        self.A = [len(raw["policies"]["expert"][i][0]) for i in range(self.n)]
        self.joint = list(itertools.product(*(range(a) for a in self.A)))
        self.P = {
            (s, a): self.row(raw["transition"][s], a) for s in range(self.S) for a in self.joint
        }
        self.r = {
            (i, s, a): F(self.entry(raw["rewards"][i][s], a))
            for i in range(self.n)
            for s in range(self.S)
            for a in self.joint
        }
        self.policies = {
            role: [[[F(x) for x in row] for row in table] for table in raw["policies"][role]]
            for role in ("expert", "learner")
        }
        assert 0 <= self.g < 1
        assert all(abs(r) <= 1 for r in self.r.values())
        rows = [self.start, *self.P.values()]
        rows += [row for p in self.policies.values() for table in p for row in table]
        assert all(sum(row) == 1 and min(row) >= 0 for row in rows)

    def entry(self, nested: Any, joint: tuple[int, ...]) -> Any:
        for a in joint:
            nested = nested[a]
        return nested

    def row(self, nested: Any, joint: tuple[int, ...]) -> list[F]:
        return [F(x) for x in self.entry(nested, joint)]

    def weight(self, policy: Any, s: int, joint: tuple[int, ...]) -> F:
        out = F(1)
        for i, a in enumerate(joint):
            out *= policy[i][s][a]
        return out

    def matrix(self, policy: Any) -> list[list[F]]:
        """I - gamma P."""
        return [
            [
                F(int(s == t))
                - self.g * sum(self.weight(policy, s, a) * self.P[s, a][t] for a in self.joint)
                for t in range(self.S)
            ]
            for s in range(self.S)
        ]

    def value(self, policy: Any, i: int) -> F:
        mean = [
            sum((self.weight(policy, s, a) * self.r[i, s, a] for a in self.joint), F(0))
            for s in range(self.S)
        ]
        v = solve(self.matrix(policy), mean)
        return sum((x * y for x, y in zip(self.start, v, strict=True)), F(0))

    def with_table(self, policy: Any, i: int, table: Any) -> Any:
        return [table if j == i else policy[j] for j in range(self.n)]

    def best(self, policy: Any, i: int) -> F:
        tables = itertools.product(range(self.A[i]), repeat=self.S)
        rows = [[[F(int(a == b)) for a in range(self.A[i])] for b in chosen] for chosen in tables]
        return max(self.value(self.with_table(policy, i, table), i) for table in rows)

    def gap(self, role: str, i: int) -> F:
        return self.best(self.policies[role], i) - self.value(self.policies[role], i)

    def rho(self, role: str) -> list[F]:
        policy = self.policies[role]
        m = self.matrix(policy)
        turned = [[m[s][t] for s in range(self.S)] for t in range(self.S)]
        mu = solve(turned, [(1 - self.g) * x for x in self.start])
        return [mu[s] * self.weight(policy, s, a) for s in range(self.S) for a in self.joint]

    def eps_rho(self) -> F:
        return sum(
            (abs(x - y) for x, y in zip(self.rho("expert"), self.rho("learner"), strict=True)), F(0)
        )

    def assumption(self, name: str) -> bool:
        players, states = range(self.n), range(self.S)
        match name:
            case "match-rho":
                return self.eps_rho() == 0
            case "nash":
                return all(self.gap("expert", i) == 0 for i in players)
            case "deterministic":
                return all(x in (0, 1) for row in self.P.values() for x in row)
            case "pure":
                tables = [t for p in self.policies.values() for t in p]
                return all(x in (0, 1) for table in tables for row in table for x in row)
            case "zero-sum":
                pairs = [(s, a) for s in states for a in self.joint]
                return self.n == 2 and all(self.r[0, s, a] == -self.r[1, s, a] for s, a in pairs)
        raise AssertionError(name)


def is_true(raw: Mapping[str, Any]) -> bool:
    """Whether everything that a witness file states holds."""
    game = Plain(raw)
    said = raw["witness"]
    i = int(said["player"])
    if not all(game.assumption(name) for name in said["assumptions"]):
        return False
    learner = game.policies["learner"]
    table = [[F(x) for x in row] for row in said["deviation"]]
    assert all(sum(row) == 1 and min(row) >= 0 for row in table)
    deviating = game.value(game.with_table(learner, i, table), i)
    numbers = {
        "nash_gap": max(game.gap("learner", j) for j in range(game.n)),
        "gap_of_player": deviating - game.value(learner, i),
        "expert_value": game.value(game.policies["expert"], i),
        "learner_value": game.value(learner, i),
        "deviation_value": deviating,
        "expert_nash_gap": max(game.gap("expert", j) for j in range(game.n)),
        "eps_rho": game.eps_rho(),
    }
    if any(numbers[name] != F(written) for name, written in said["numbers"].items()):
        return False
    if "claim" in said:
        # Only texts that differ from the one claim of these tests by a character come up.
        assert said["claim"] == WANTED["claim"]["claim"]
        return numbers["nash_gap"] > 1
    gap, c = numbers["gap_of_player"], F(said["gap_at_least"])
    return gap > c if said["strict"] else gap >= c


@pytest.mark.parametrize("name", sorted(WANTED))
def test_found_witnesses_are_true(name: str) -> None:
    assert is_true(found(name))
    assert verify(found(name)).valid
    assert parse_witness(found(name)).verify().valid


@pytest.mark.parametrize("name", sorted(WANTED))
def test_no_single_change_makes_a_false_witness_pass(name: str) -> None:
    tried = refused = 0
    for what, raw in corruptions(found(name)):
        tried += 1
        if accepted(raw):
            assert is_true(raw), what
        else:
            refused += 1
    assert tried > 700
    assert refused > tried * 0.7


@pytest.mark.parametrize("number", ["nash_gap", "gap_of_player", "deviation_value", "eps_rho"])
def test_every_stated_number_is_compared(number: str) -> None:
    raw = found("gap")
    place = ("witness", "numbers", number)
    wrong = changed(raw, place, str(F(raw["witness"]["numbers"][number]) + F(1, 10**9)))
    result = verify(wrong)
    assert not result.valid
    assert number in " ".join(result.reasons)


def test_every_assumption_is_recomputed() -> None:
    raw = found("gap")
    for false in ("strict-nash", "full-support", "state-rewards", "dominant", "margin=1/2"):
        names = [*raw["witness"]["assumptions"], false]
        result = verify(changed(raw, ("witness", "assumptions"), names))
        assert not result.valid
        assert false in " ".join(result.reasons)


def test_a_deviation_that_gains_nothing_shows_nothing() -> None:
    raw = found("gap")
    lazy = [["1", "0"] for _ in raw["witness"]["deviation"]]
    moved = changed(raw, ("witness", "deviation"), lazy)
    numbers = {"nash_gap": raw["witness"]["numbers"]["nash_gap"]}
    assert not verify(changed(moved, ("witness", "numbers"), numbers)).valid


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("witness",), []),
        (("witness",), {}),
        (("witness", "more"), "1"),
        (("more",), "1"),
        (("witness", "player"), "2"),
        (("witness", "player"), "1/2"),
        (("witness", "player"), True),
        (("witness", "strict"), "false"),
        (("witness", "claim"), "NashGap <= 1"),
        (("witness", "deviation"), [["1", "0"]]),
        (("witness", "deviation"), [["1", "1"], ["1", "0"]]),
        (("witness", "assumptions"), "nash"),
        (("witness", "assumptions"), ["nash", "nash"]),
        (("witness", "assumptions"), ["kind"]),
        (("witness", "numbers"), []),
        (("witness", "numbers"), {"luck": "1"}),
        (("witness", "numbers"), {"nash_gap": "much"}),
        (("policies",), {}),
        (("format",), "nashgap/witness/2"),
    ],
)
def test_malformed_witnesses_are_bad_input(place: tuple[str, ...], value: object) -> None:
    with pytest.raises(BadInput):
        verify(changed(found("gap"), place, value))


def test_a_supremums_witness_passes_too() -> None:
    verdict = search(Query(states=3, gamma=F(1, 2), assume="nash,deterministic,pure"), sup=True)
    assert isinstance(verdict, RuledOut)
    assert verdict.witness is not None
    raw = parse_json(json.dumps(verdict.witness.json()), "witness")
    assert is_true(raw)
    assert verify(raw).valid


def test_game_files_and_unknown_formats() -> None:
    game = {k: v for k, v in found("gap").items() if k != "witness"} | {"format": "nashgap/game/1"}
    assert verify(game).valid
    for raw in ({}, {"format": 1}, {"format": "nashgap/other/1"}):
        with pytest.raises(BadInput, match="format"):
            verify(raw)


def test_a_game_in_floats_decides_nothing() -> None:
    raw = changed(found("gap"), ("start",), [1.0, 0.0])
    assert not accepted(raw)
