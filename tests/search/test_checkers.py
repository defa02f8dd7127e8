"""Every kind of certificate, every entry of it changed: nothing false is believed.

The certificates are the shipped ones of the smallest size in each family of classes, those of
kernels that are given, and of empty classes. A changed one that passes must say no more than the
true one: of the same class, or of a smaller one, that no less a gap is excluded; or else it is
compared with an enumeration. The other kinds are changed likewise where their searches are tested.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search import univariate
from nashgap.search.atlas.file import atlas
from nashgap.search.checkers import coupled, two_states
from nashgap.search.checkers.common import FORMAT, MalformedError, Statement, statement
from nashgap.search.checkers.matched import Matched
from nashgap.search.checkers.pair import Pair, kind_of
from nashgap.search.checkers.polynomials import is_least
from nashgap.search.checkers.sums import Row
from nashgap.search.coupling.corners import Program, Scene
from nashgap.search.parts import parse_parts
from nashgap.search.query import Query

from .tampering import accepted, corruptions
from .test_fixed import given_certificate, random_query

F = Fraction
Raw = dict[str, Any]


@cache
def shipped() -> dict[tuple[str, ...], Raw]:
    """The smallest certificate for each encoding and names of assumptions."""
    found: dict[tuple[str, ...], tuple[int, str]] = {}
    for entry in atlas().entries:
        raw = entry.verdict.get("certificate")
        if raw is not None:
            names = sorted(name.partition("=")[0] for name in raw["class"]["assumptions"])
            key, text = (raw["encoding"], *names), json.dumps(raw)
            if key not in found or len(text) < found[key][0]:
                found[key] = len(text), text
    return {key: parse_json(text, "atlas") for key, (_, text) in found.items()}


def assumed(raw: Mapping[str, Any]) -> dict[str, F]:
    """Names and parameters."""
    pairs = (name.partition("=") for name in raw["class"]["assumptions"])
    return {name: F(parameter or 0) for name, _, parameter in pairs}


SMALLER_IF_LESS = {"match-bc", "entry"}


def says_no_more(raw: Mapping[str, Any], true: Mapping[str, Any]) -> bool:
    """Whether what a changed certificate states follows from what the true one does."""
    said, known = raw["class"], true["class"]
    names, given = assumed(raw), assumed(true)
    for name, least in given.items():
        if name not in names:
            return False
        less = name in SMALLER_IF_LESS
        if names[name] != least and (names[name] < least) != less:
            return False
    kept = ("discount", "rewards", "start", "states", "given")
    if any(F(said[x]) != F(known[x]) if x == "discount" else said.get(x) != known.get(x)
           for x in kept):  # fmt: skip
        return False
    fewer = [int(a) <= int(b) for a, b in zip(said["actions"], known["actions"], strict=False)]
    if not all(fewer) or len(said["actions"]) != len(known["actions"]):
        return False
    ours, theirs = raw["excludes"], true["excludes"]
    gap, asked = F(ours["gap"]), F(theirs["gap"])
    whose = theirs.get("player") in (None, ours.get("player"))
    return whose and (gap > asked or (gap == asked and ours["strict"] >= theirs["strict"]))


def test_no_change_of_a_class_of_two_states_says_more() -> None:
    """Its leaves are tampered with in the tests of its search."""
    (true,) = [raw for key, raw in shipped().items() if key[0] == "bc-two-states"]
    assert accepted(true)
    head = {key: part for key, part in true.items() if key != "cases"}
    tried = 0
    for what, raw in corruptions(head):
        tried += 1
        changed = {**raw, "cases": true["cases"]}
        if accepted(changed):
            said = changed["class"]
            said["actions"] = [min(a, "2") for a in said["actions"]]  # how many more is the same
            one = said["states"] == "1"  # one of two states is never visited
            assert one or says_no_more(changed, true), what
    assert tried > 150


GIVEN = {"nash": 3, "perfect": 11, "against": 12, "margin": 42}


@cache
def of_given(name: str) -> Raw:
    return parse_json(json.dumps(given_certificate(random_query(GIVEN[name], 1))[1]), "file")


@pytest.mark.parametrize(
    "name",
    [pytest.param(x, marks=() if x == "against" else pytest.mark.slow) for x in sorted(GIVEN)],
)
def test_no_change_of_given_parts_says_more(name: str) -> None:
    """Beside the class, what is given may change: then games are asked what they reach."""
    true = of_given(name)
    assert accepted(true)
    passed = tried = 0
    for what, raw in corruptions(true):
        tried += 1
        same = raw.get("class") == true["class"] and raw.get("excludes") == true["excludes"]
        if accepted(raw):
            passed += 1
            assert same or says_no_more(raw, true) or other_class(raw, true), what
    assert tried > 100
    assert passed < tried / 3


def other_class(raw: Mapping[str, Any], true: Mapping[str, Any]) -> bool:
    """A class with other parts, whose supremum is enumerated anew by the search's own code."""
    from nashgap.search.fixed.enumerate import enumerate_pure

    said, gap, strict = raw["class"], F(raw["excludes"]["gap"]), raw["excludes"]["strict"]
    most = 2 / (1 - F(said["discount"]))
    if gap > most or (gap == most and strict):
        return True  # no two values differ by more
    if said["players"] != true["class"]["players"] or said["actions"] != true["class"]["actions"]:
        return False
    parts, size = said["given"], int(said["states"])
    shape = [int(a) for a in said["actions"]]
    table = parts["transition"]
    nested = [
        [[table[f"{s} {a} {b}"] for b in range(shape[1])] for a in range(shape[0])]
        for s in range(size)
    ]
    given = {"start": parts["start"], "transition": nested}
    if set(parts) > {"start", "transition"}:
        return False
    fix = parse_parts(given, states=size, actions=(shape[0], shape[1]))
    names = [name for name in said["assumptions"] if not name.startswith("match-")]
    matches = [name for name in said["assumptions"] if name.startswith("match-")]
    if len(matches) != 1:
        return False
    match, _, eps = matches[0].removeprefix("match-").partition("=")
    query = Query(match=match, eps=eps or None, assume=names, states=size, actions=tuple(shape),
                  gamma=F(said["discount"]), fix=fix)  # fmt: skip
    found = enumerate_pure(query.game_class, fix, (0, 1), needed=True)
    return found is None or found.value < gap or (found.value == gap and strict)


@pytest.mark.parametrize(
    "words",
    [
        "nash,reset=1/3,alternating",
        "margin=1/9,nash,turn-based",
        "strict-nash,zero-sum,common-payoff",
    ],
)
def test_no_change_of_an_empty_class_has_games(words: str) -> None:
    """What passes still holds a pair of assumptions that contradict each other."""
    said = Query(gamma="1/2", assume=words).game_class.json()
    excludes = {"gap": "0", "strict": False}
    true = {"format": FORMAT, "class": said, "excludes": excludes, "encoding": "empty", "cases": []}
    kinds: dict[str, Any] = {
        "nash,reset=1/3,alternating": lambda has: "alternating" in has and has.get("reset", 0) > 0,
        "margin=1/9,nash,turn-based": lambda has: "turn-based" in has and has.get("margin", 0) > 0,
        "strict-nash,zero-sum,common-payoff": lambda has: {
            "strict-nash", "zero-sum", "common-payoff",
        } <= has.keys(),
    }  # fmt: skip
    for what, raw in corruptions(parse_json(json.dumps(true), "file")):
        if accepted(raw):
            large = assumed(raw).get("margin", 0) > 2 / (1 - F(raw["class"]["discount"]))
            alone = "alternating" in assumed(raw) and "1" in map(str, (
                raw["class"]["players"], raw["class"]["states"]))  # fmt: skip
            assert kinds[words](assumed(raw)) or large or alone, what


@pytest.mark.parametrize("key", sorted(shipped()), ids=str)
def test_every_multiplier_and_every_gap_counts(key: tuple[str, ...]) -> None:
    """No smaller gap passes, and none that is not strict: the certificates are at their suprema."""
    true = shipped()[key]
    gap = F(true["excludes"]["gap"])
    assert accepted(true)
    less = {"gap": str(gap - F(1, 10**12)), "strict": True}
    assert not accepted({**true, "excludes": {**true["excludes"], **less}})
    if "player" not in true["excludes"]:
        assert not accepted({**true, "cases": true["cases"][:-1]}) or not true["cases"]


# -- what no certificate that a search writes would show


def stated(encoding: str, *assumed: str, **changed: Any) -> Statement:
    raw = {
        "format": FORMAT, "encoding": encoding, "cases": [],
        "class": {"players": 2, "states": 2, "actions": [2, 2], "discount": "1/2",
                  "assumptions": list(assumed), "rewards": ["-1", "1"], "start": "any", **changed},
        "excludes": {"gap": "2/5", "strict": True},
    }  # fmt: skip
    return statement(raw, encoding)


@pytest.mark.parametrize(
    ("words", "actions", "said"),
    [
        (["zero-sum", "zero-sum"], [2, 2], "assumptions: needed each once, zero-sum or symmetric"),
        (["symmetric"], [2, 2, 2], "assumptions: needed each once, zero-sum or symmetric for two"),
        (["symmetric"], [2, 3], "actions: needed as many for both, as it is symmetric"),
    ],
)
def test_a_class_that_cannot_be_is_malformed(
    words: list[str], actions: list[int], said: str
) -> None:
    with pytest.raises(MalformedError, match=said):
        stated("any-kernel", *words, players=len(actions), actions=actions)


@pytest.mark.parametrize("concept", ["nash", "strict-nash"])
@pytest.mark.parametrize("encoding", ["any-kernel", "deterministic"])
def test_a_step_is_strict_only_away_from_where_a_strict_expert_stays(
    concept: str, encoding: str
) -> None:
    said = stated(encoding, "match-rho", "deterministic", "pure", concept)
    case = Matched(said, 1, True, True)
    names = ["step 0", "optimal 0", "move 0", "expert 0", "against 1"]
    strict = set()
    for name in names:
        for t in (0, 1):
            choice = f"move {name[-1]}" if name[:4] in ("step", "opti") else name
            row = case.row(f"{name} {t}", {choice: t})
            strict |= {f"{name} {t}"} if row is not None and row.is_strict else set()
    kind = "step" if encoding == "any-kernel" else "optimal"
    assert strict == ({f"{kind} 0 1"} if concept == "strict-nash" else set())


def test_what_bounds_variables_of_matched_states_and_small_errors() -> None:
    for encoding, words, low, high in (
        ("mu-any-kernel", ["match-mu"], F(-2), F(2)),
        ("bc-any-kernel", ["match-bc=1/10", "nash"], F(0), F(1)),
    ):
        rows = coupled.rows(stated(encoding, *words), False, 1)
        names = {x for row in rows.values() for x in row.form if x}
        for x in names:
            assert rows[f"low {x}"] == Row({x: F(-1), "": low})
            assert rows[f"high {x}"] == Row({x: F(1), "": -high})


@pytest.mark.parametrize("seed", range(20))
def test_a_leaf_of_two_states_needs_the_mass_that_its_search_computes(seed: int) -> None:
    """Two writers of the inequalities at the corners; less mass by a trillionth is refused."""
    rng = random.Random(seed)
    said = stated("bc-two-states", "match-bc=1/10", "dominant")

    def part(low: int = 0) -> tuple[F, F]:
        one, two = sorted(F(rng.randrange(low, 21), 20) for _ in range(2))
        return one, two

    ranges: two_states.Ranges = {(kind, s): part() for kind in ("own", "others") for s in (0, 1)}
    ranges |= {("least", 0): part(), ("drop", 0): part(-20)}
    cut = two_states.ordered(ranges)
    if cut is None:
        return
    y = {x: F(rng.randrange(5), 4) for x in ("own", "others", "stay 0", "stay 1")}
    y["flow"] = F(rng.randrange(-4, 5), 4)
    program = Program(Scene((0,), said.discount, F(1, 20), F(1, 20)), cut)
    for less in (F(0), F(1, 10**12)):
        given = {**y, "mass": program.mass(y) - less}
        tree = two_states._Tree(replace(said, gap=4 * program.value(given)), 1, 1)
        fault = tree.fault(cut, {x: str(c) for x, c in given.items()}, "leaf")
        assert (fault is None) == (not less), fault


@pytest.mark.parametrize(
    ("gap", "strict", "fine"), [("2/5", 1, 1), ("2/5", 0, 0), ("39/100", 1, 0)]
)
def test_where_one_state_only_is_visited(gap: str, strict: int, fine: int) -> None:
    """By hand: q = a = 1/19, of which each error is worth 1/10 of H = 4."""
    said = stated("bc-two-states", "match-bc=1/10", "dominant")
    tree = two_states._Tree(replace(said, gap=F(gap), strict=bool(strict)), 1, 1)
    found = " ".join(tree.faults({"leaf": {}}, "tree"))
    assert ("one state only" not in found) == bool(fine)


@pytest.mark.parametrize(
    ("actions", "shown"), [([2, 2], (1, 1)), ([1, 2], (0, 1)), ([2, 1], (1, 0)), ([1, 1], (0, 0))]
)
def test_whoever_has_one_action_never_disagrees(actions: list[int], shown: tuple[int, int]) -> None:
    said = stated("bc-two-states", "match-bc=1/10", "dominant", actions=actions)
    tree = two_states._Tree(said, int(actions[0] > 1), int(actions[1] > 1))
    assert tree.budgets == {"own": F(shown[0], 20), "others": F(shown[1], 20)}


@pytest.mark.parametrize("seed", range(40))
def test_signs_of_polynomials_agree_with_sturm(seed: int) -> None:
    """What coefficients show is so; and they show all that is above 0 on the interval."""
    rng = random.Random(seed)
    for _ in range(10):
        p = [F(rng.randrange(-4, 9), rng.randrange(1, 4)) for _ in range(rng.randrange(6))]
        low = F(rng.randrange(4), 4)
        high = low + F(rng.randrange(1, 5), 4)
        exact = univariate.poly(*p)
        if is_least(p, low, high):
            assert univariate.is_nonnegative(exact, low, high)
        above = univariate.is_positive(exact, low, high)
        assert is_least(p, low, high, above=True) == above


@pytest.mark.parametrize(
    ("words", "levels", "size"),
    [
        ("zero-sum", [], 1), ("symmetric", [], 1), ("symmetric,zero-sum", [0], 1),
        ("zero-sum,common-payoff", [], 0), ("symmetric,zero-sum,own-rewards", [0], 0),
        ("symmetric,own-rewards", [], 1), ("zero-sum,own-rewards", [], 1),
    ],
)  # fmt: skip
def test_which_games_are_level_or_pay_nothing(words: str, levels: list[int], size: int) -> None:
    said = stated("pair", "match-rho", "nash", *words.split(","))
    case = Pair(said, kind_of(said, 0), 1, None)
    assert [s for s in (0, 1) if case.row(f"level {s}", {})] == levels
    assert bool(case.row("copy 1", {})) == bool(levels)
    assert case.box(["r", "0"]) == size
