"""Why a certificate may be believed: who writes its rows, who checks them, what is refused."""

import ast
import copy
import importlib
import importlib.util
import json
import random
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search import certificate
from nashgap.search.checkers import any_expert, coupled, empty, given, matched, two_states
from nashgap.search.checkers import pair as pair_checker
from nashgap.search.checkers.common import FORMAT, Statement, statement
from nashgap.search.checkers.pair import Pair, kind_of
from nashgap.search.coupling import bound
from nashgap.search.engine import search
from nashgap.search.pair.cases import cases
from nashgap.search.pair.program import FIRST, Program
from nashgap.search.pair.rules import rules_of
from nashgap.search.problem import Row, Threshold
from nashgap.search.query import Query

from .tampering import accepted

F = Fraction
CHECKERS: tuple[ModuleType, ...] = (
    any_expert,
    matched,
    pair_checker,
    coupled,
    two_states,
    empty,
    given,
)
PARTS: dict[str, set[str]] = {
    "pair": {"sums", "directions", "pair_nodes", "polynomials"},
    "any_expert": {"sums", "directions"},
    "given": {"given_class", "given_values"},
    "empty": set(),
}
"""What a checker rests on beside `common`; "sums" alone where nothing is said."""


# -- who checks


def imported(module: str) -> set[str]:
    """The modules that a module names in its imports, in full."""
    file = importlib.import_module(module).__file__ or ""
    package, found = (
        module if file.endswith("__init__.py") else module.rpartition(".")[0],
        set[str](),
    )
    for node in ast.walk(ast.parse(Path(file).read_text())):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        if isinstance(node, ast.ImportFrom):
            name = "." * node.level + (node.module or "")
            found.add(importlib.util.resolve_name(name, package) if node.level else name)
    return found


@pytest.mark.parametrize("module", [one.__name__ for one in CHECKERS])
def test_a_checker_rests_on_the_standard_library_alone(module: str) -> None:
    """So no mistake of an encoder, of a solver or of the numerics can be shared by its checker."""
    seen, todo = set[str](), {module}
    while todo:
        name = todo.pop()
        seen.add(name)
        for other in imported(name):
            if other.split(".")[0] not in sys.stdlib_module_names:
                assert other.startswith("nashgap.search."), (name, other)
                todo |= {other} - seen
    kind = module.rpartition(".")[2]
    parts = {kind, "common", *PARTS.get(kind, {"sums"})}
    assert seen == {f"nashgap.search.checkers.{part}" for part in parts}


def test_every_checker_is_short() -> None:
    """A referee reads each file alone, and none is long."""
    folder = Path(matched.__file__).parent
    files = {file.stem: file.read_text().count("\n") for file in folder.glob("*.py")}
    kinds = {one.__name__.rpartition(".")[2] for one in CHECKERS}
    assert files.keys() == {"__init__", "common", "sums", *kinds}.union(*PARTS.values())
    assert max(files.values()) <= 250, files


def test_every_kind_of_certificate_has_one_of_these_checkers() -> None:
    """`verify` hands a certificate to no other code; a new kind must be listed here and below."""
    kinds = {*matched.ENCODINGS, pair_checker.ENCODING, *coupled.ENCODINGS, two_states.ENCODING}
    kinds |= {any_expert.ENCODING}
    assert kinds == set(PROVED)
    kinds |= {empty.ENCODING, given.ENCODING}
    assert kinds == set(certificate.CHECKERS)
    for kind in kinds:
        module = certificate.argument({"encoding": kind})
        assert module in {one.__name__ for one in CHECKERS}


# -- who writes the rows


def random_class(rng: random.Random) -> Query:
    names = [rng.choice(["nash", "subgame-perfect", "strict-nash"])]
    names += rng.sample(
        [
            *("state-rewards", "own-rewards", "zero-sum", "common-payoff", "alternating"),
            *("reset=1/3", "entry=1/4", "margin=1/5", "uniform-off-support", "turn-based"),
            *("full-support", "symmetric"),
        ],
        rng.randrange(4),
    )
    two = {"zero-sum", "symmetric"} & set(names) or rng.random() < 0.7
    count = rng.choice([2, 3])
    return Query(
        assume=names,
        players=2 if two else 3,
        actions=count if two else (count, 2, rng.choice([1, 2])),
        states=rng.choice([1, 2, 3, 4]),
        gamma=rng.choice(["1/2", "9/10", "2/3"]),
    )


def stated(query: Query, encoding: str) -> Statement:
    """A statement about the class of a query, as the checkers read it."""
    raw = {
        "format": FORMAT, "class": query.game_class.json(), "encoding": encoding, "cases": [],
        "excludes": {"gap": "1", "strict": True},
    }  # fmt: skip
    return statement(raw, encoding)


def form(row: Row) -> dict[str, F]:
    """A row of the encoder as a form that is at most 0."""
    assert row.relation == "<="
    found = dict(row.terms) | {"": -row.bound}
    return {x: c for x, c in found.items() if c}


def random_picks(rng: random.Random, program: Program, directions: Any) -> dict[str, int]:
    picks = {name: rng.randrange(2) for name in program.deviates}
    for top, support in program.tops(directions).items():
        if support:
            picks[f"top {top}"] = rng.choice(support)
    return picks


@pytest.mark.parametrize("seed", range(60))
def test_pair_rows_are_those_that_the_checker_derives(seed: int) -> None:
    """Two writers who share no line of code write the same rows, for random classes."""
    rng = random.Random(seed)
    query = random_class(rng)
    rules = rules_of(query.game_class)
    if isinstance(rules, str):
        assert "margin" in rules
        return
    said = stated(query, "pair")
    missing = {
        (i, *which) for i in said.players for which in pair_checker.cases(said, kind_of(said, i))
    }
    compared = 0
    for case in cases(query.game_class, rules, None):
        program, shape = case.program, case.program.shape
        mine = shape.mine
        for player in case.players:
            missing.discard((player, shape.visited, mine))
        theirs = Pair(said, kind_of(said, case.players[0]), shape.visited, mine)
        directions = (*FIRST, (rng.randrange(1, 9), -rng.randrange(1, 9)))
        picks = random_picks(rng, program, directions)
        for row in program.relaxed(directions, picks):
            derived = theirs.row(row.name, picks)
            assert derived is not None, row.name
            assert {x: c for x, c in derived.form.items() if c} == form(row), row.name
            compared += 1
        for name in {x for row in program.relaxed(directions, picks) for x, _ in row.terms}:
            assert theirs.box(name.split(" ")) == program.box(name).high == -program.box(name).low
        for name in program.deviates:
            assert list(theirs.options(name, {}) or ()) == [0, 1]
        for top, support in program.tops(directions).items():
            found = theirs.options(f"top {top}", {})
            assert found is not None
            assert list(found) == list(support)
    assert compared
    assert not missing


@pytest.mark.parametrize("seed", range(40))
def test_coupling_rows_are_those_that_the_checker_derives(seed: int) -> None:
    rng = random.Random(seed)
    query = random_coupled(rng)
    said = query.game_class
    encoding = bound._encoding(said)
    read = stated(query, encoding)
    for player in range(said.players):
        alone = said.actions[player] == 1
        others = sum(a > 1 for j, a in enumerate(said.actions) if j != player)
        write = bound._matched if encoding == "mu-any-kernel" else bound._erring
        theirs, own = (
            coupled.rows(read, *coupled.kind(read, player)),
            list(write(said, alone, others)),
        )
        for row in own:
            derived = theirs[row.name]
            assert derived.is_equation == (row.relation == "=="), row.name
            terms = {x: c for x, c in derived.form.items() if c}
            assert -terms.pop("", F(0)) == row.bound, row.name
            assert terms == dict(row.terms), row.name
        bounded = {name for name in theirs if name.split(" ")[0] in ("low", "high")}
        assert {row.name for row in own} | bounded | {"asked"} == set(theirs)


def random_coupled(rng: random.Random) -> Query:
    names = [rng.choice(["", "nash", "subgame-perfect", "dominant", "team-optimal"])]
    names += rng.sample(["full-support", "state-rewards", "pure", "deterministic"], 2)
    bc = rng.random() < 0.5
    return Query(
        match="bc" if bc else "mu",
        eps=rng.choice(["0", "1/7", "1", "2"]) if bc else None,
        assume=[name for name in names if name],
        players=3,
        actions=[rng.choice([1, 2, 3]) for _ in range(3)],
        gamma=rng.choice(["0", "1/2", "9/10"]),
    )


# -- what is refused

PROVED: dict[str, Query] = {
    "any-kernel": Query(assume="nash", gap_at_least=18, strict=True),
    "deterministic": Query(assume="nash,deterministic,pure", gap_at_least=18, strict=True),
    "pair": Query(assume="nash,entry=1/3", gap_at_least=15, strict=True),
    "any-expert": Query(assume="alternating", gap_at_least="200/19", strict=True),
    "mu-any-kernel": Query(match="mu", assume="nash", gap_at_least=20, strict=True),
    "bc-any-kernel": Query(match="bc", eps="1/10", assume="dominant", gap_at_least=19, strict=True),
    "bc-two-states": Query(
        match="bc", eps="1/10", assume="dominant", gamma="1/2", gap_at_least="29/50", strict=True
    ),
}
"""A rule-out of each kind, at its supremum or where only a little is left."""


@cache
def proof(kind: str) -> dict[str, Any]:
    verdict = search(PROVED[kind])
    assert verdict.status == "ruled_out", verdict
    raw = parse_json(json.dumps(verdict.json()["certificate"]), "certificate")
    assert raw["encoding"] == kind
    return raw


def leaf(raw: dict[str, Any]) -> dict[str, str]:
    """The first leaf in which rows of the class are added up, not just bounds."""
    found: list[dict[str, str]] = []
    todo: list[Any] = [raw["cases"]]
    while todo:
        node = todo.pop()
        if isinstance(node, dict) and isinstance(node.get("leaf"), dict):
            found.append(node["leaf"])
        elif isinstance(node, dict | list):
            todo += node.values() if isinstance(node, dict) else node
    return max(found, key=len)


def branches(raw: dict[str, Any]) -> list[Any]:
    """The first list of branches, empty if the kind has no trees."""
    todo: list[Any] = [raw["cases"]]
    while todo:
        node = todo.pop()
        if isinstance(node, dict) and "branches" in node:
            return list(node["branches"]) and node["branches"]
        if isinstance(node, dict | list):
            todo += node.values() if isinstance(node, dict) else node
    return []


def _multiplier(change: Callable[[F], F]) -> Callable[[dict[str, Any]], None]:
    def tamper(raw: dict[str, Any]) -> None:
        rows = leaf(raw)
        name = next(x for x in rows if x != "asked")
        rows[name] = str(change(F(rows[name])))

    return tamper


def _set(*place: str, to: Any) -> Callable[[dict[str, Any]], None]:
    def tamper(raw: dict[str, Any]) -> None:
        node = raw
        for key in place[:-1]:
            node = node[key]
        assert node[place[-1]] != to
        node[place[-1]] = to

    return tamper


def _renamed(raw: dict[str, Any]) -> None:
    rows = leaf(raw)
    name = next(x for x in rows if x != "asked")
    rows[f"{name} 7"] = rows.pop(name)


def _less(raw: dict[str, Any]) -> None:
    raw["excludes"]["gap"] = str(F(raw["excludes"]["gap"]) / 2)


def _unmatched(raw: dict[str, Any]) -> None:
    raw["class"]["assumptions"] = [a for a in raw["class"]["assumptions"] if "match" not in a]


def _swapped(raw: dict[str, Any]) -> None:
    kinds = sorted(PROVED)
    raw["encoding"] = kinds[(kinds.index(raw["encoding"]) + 2) % len(kinds)]


def _uncovered(raw: dict[str, Any]) -> None:
    raw["cases"][0]["players"].pop()


TAMPERINGS: dict[str, Callable[[dict[str, Any]], None]] = {
    "the gap halved": _less,
    "the gap negative": _set("excludes", "gap", to="-1"),
    "the gap a float": _set("excludes", "gap", to="18.5"),
    "a multiplier doubled": _multiplier(lambda y: 2 * y),
    "a multiplier's sign turned": _multiplier(lambda y: -y),
    "a multiplier off by a trillionth": _multiplier(lambda y: y + F(1, 10**12)),
    "a multiplier zero": _multiplier(lambda y: F(0)),
    "a row under another name": _renamed,
    "a case left out": lambda raw: raw["cases"].pop(),
    "a player left out": _uncovered,
    "a player who is not there": lambda raw: raw["excludes"].update(player="9"),
    "more discount": _set("class", "discount", to="99/100"),
    "no matching": _unmatched,
    "an assumption nobody knows": lambda raw: raw["class"]["assumptions"].append("kind"),
    "larger rewards": _set("class", "rewards", to=["-2", "2"]),
    "one start": _set("class", "start", to="0"),
    "more players than actions": _set("class", "players", to="3"),
    "another encoding": _swapped,
    "another format": _set("format", to="nashgap/certificate/2"),
    "an unknown key": lambda raw: raw.update(note="trust me"),
    "no proof": lambda raw: leaf(raw).clear(),
}
OF_TREES: dict[str, Callable[[dict[str, Any]], None]] = {
    "a branch left out": lambda raw: branches(raw).pop(),
    "a branch to a state that is not there": lambda raw: branches(raw)[0].update(to="9"),
    "more states": _set("class", "states", to="3"),
    "no expert concept": lambda raw: raw["class"]["assumptions"].remove("nash"),
}


@pytest.mark.parametrize("kind", sorted(PROVED))
def test_the_proof_itself_passes(kind: str) -> None:
    assert accepted(proof(kind))


@pytest.mark.parametrize("kind", sorted(PROVED))
@pytest.mark.parametrize("tampering", sorted(TAMPERINGS))
def test_tampering_is_rejected(kind: str, tampering: str) -> None:
    raw = copy.deepcopy(proof(kind))
    TAMPERINGS[tampering](raw)
    assert raw != proof(kind)
    assert not accepted(raw)


@pytest.mark.parametrize("kind", ["any-kernel", "deterministic", "pair"])
@pytest.mark.parametrize("tampering", sorted(OF_TREES))
def test_tampering_with_trees_is_rejected(kind: str, tampering: str) -> None:
    raw = copy.deepcopy(proof(kind))
    OF_TREES[tampering](raw)
    assert raw != proof(kind)
    assert not accepted(raw)


def test_the_proof_of_one_kind_is_none_of_another() -> None:
    for kind in PROVED:
        for other in set(PROVED) - {kind}:
            raw = {**proof(kind), "cases": proof(other)["cases"]}
            assert not accepted(raw), (kind, other)


def test_thresholds_of_the_proofs_are_read_from_the_file() -> None:
    """Nothing below the gap that is named is excluded, whoever asks."""
    for kind in PROVED:
        raw = proof(kind)
        named = Threshold(F(raw["excludes"]["gap"]), raw["excludes"]["strict"])
        assert named == PROVED[kind].threshold
