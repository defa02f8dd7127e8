"""Given parts: two ways to the same supremum, and what a file may say."""

import itertools
import json
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value
from nashgap.search.backends import Model, NoAnswer, first_available
from nashgap.search.checkers.common import MalformedError, statement
from nashgap.search.checkers.given import Scene
from nashgap.search.checkers.given_class import Given
from nashgap.search.engine import search
from nashgap.search.fixed.certificate import certificate
from nashgap.search.fixed.encoding import build
from nashgap.search.fixed.enumerate import enumerate_pure
from nashgap.search.parts import Parts, parse_parts, shape_of
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.verify import verify
from nashgap.search.witness import witness
from nashgap.theory.errors import BadInput

F = Fraction
MATCHINGS = ("rho", "mu", "bc")
CONCEPTS = (
    *("", "nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal"),
    *("margin=1/3,nash", "margin=1/5,subgame-perfect"),
)
GAMES = (
    *("", "zero-sum", "common-payoff", "symmetric", "turn-based", "alternating", "state-rewards"),
    *("own-rewards", "reset=1/3", "entry=1/3", "uniform-off-support", "full-support"),
    *("deterministic", "visited=1"),
)
TINY = F(1, 1000)


def random_parts(
    rng: random.Random, states: int, actions: tuple[int, ...], game: str = ""
) -> Parts:
    """A kernel and a start; half of the kernels are deterministic; most are what a class asks."""
    spread, lazy = rng.random() < 0.5 and game != "deterministic", rng.random() < 0.1
    owners = [rng.randrange(2) for _ in range(states)]
    if game == "alternating":
        owners = [s % 2 for s in range(states)]
    rows: dict[tuple[int, tuple[int, ...]], tuple[F, ...]] = {}
    for s in range(states):
        targets = list(range(states))
        if game == "alternating" and states > 1 and not lazy:
            targets = [t for t in targets if owners[t] != owners[s]]
        for joint in itertools.product(*map(range, actions)):
            weights = [int(t == k) for k in [rng.choice(targets)] for t in range(states)]
            if spread and rng.random() < 0.5:
                weights = [rng.randrange(1, 4) * (t in targets) for t in range(states)]
            row = [F(w, sum(weights)) for w in weights]
            if game == "reset=1/3" and not lazy:
                row = [p * F(2, 3) + F(int(t == 0), 3) for t, p in enumerate(row)]
            rows[s, joint] = tuple(row)
            if game in ("turn-based", "alternating") and not lazy:
                alone = tuple(a if j == owners[s] else 0 for j, a in enumerate(joint))
                rows[s, joint] = rows[s, alone]
            if game == "symmetric" and not lazy:
                rows[s, joint] = rows[s, min(joint, joint[::-1])]
    first = tuple(F(int(s == 0)) for s in range(states))
    even = (F(1, states),) * states
    return Parts(rows, first if game == "reset=1/3" else rng.choice([first, even]))


def random_query(seed: int, states: int) -> Query:
    rng = random.Random(seed)
    match = MATCHINGS[seed % 3]
    concept = CONCEPTS[seed // 3 % len(CONCEPTS)]
    game = GAMES[seed % len(GAMES)]
    return Query(
        match=match,
        eps=rng.choice(["1/10", "1/2"]) if match == "bc" else None,
        assume=",".join(filter(None, [concept, game, "pure"])),
        states=states,
        gamma=rng.choice(["1/2", "9/10"]),
        fix=random_parts(rng, states, (2, 2), game),
    )


def solver_reaches(query: Query, asked: Threshold | None, *, needed: bool = False) -> bool:
    """Whether the solver alone finds policies and rewards that meet the threshold."""
    solver, fix = first_available(), query.fix
    assert solver is not None
    assert fix is not None
    said = query.game_class
    built = [build(said, fix, i, least=TINY, needed=needed) for i in range(2)]
    answers = [solver.decide(problem, asked) for problem in built]
    assert not any(isinstance(a, NoAnswer) for a in answers), answers
    return any(isinstance(a, Model) for a in answers)


def check_agreement(query: Query) -> F | None:
    """The solver reaches what the enumeration reaches, and no more; the game is of the class."""
    assert query.fix is not None
    said = query.game_class
    found = enumerate_pure(said, query.fix, (0, 1), least=TINY)
    if found is None:
        assert not solver_reaches(query, None)
        return None
    assert solver_reaches(query, Threshold(found.value))
    assert not solver_reaches(query, Threshold(found.value, strict=True))
    assert found.made is not None
    made, asked = found.made, Threshold(found.value)
    shown = witness(made.game, made.expert, made.learner, made.player, asked, said.assumptions)
    assert shown.verify().valid, shown.verify()
    for (s, joint), row in query.fix.rows.items():
        assert tuple(made.game.transition[(s, *joint)]) == row
    if "dominant" in said.names:
        above = enumerate_pure(said, query.fix, (0, 1), needed=True)
        assert above is not None
        assert found.value <= above.value
        assert solver_reaches(query, Threshold(above.value), needed=True)
        assert not solver_reaches(query, Threshold(above.value, strict=True), needed=True)
    return found.value


@pytest.mark.parametrize("seed", range(12))
def test_enumeration_and_solver_agree(seed: int) -> None:
    check_agreement(random_query(seed, 1 + seed % 2))


def test_the_random_queries_name_every_matching_with_every_class() -> None:
    asked = [random_query(seed, 1).game_class.names for seed in range(1000, 1200)]
    for matching in ("match-rho", "match-mu", "match-bc"):
        met = set().union(*(names for names in asked if matching in names))
        assert {
            *("nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal", "margin"),
            *("zero-sum", "common-payoff", "symmetric", "turn-based", "alternating", "reset"),
            *("state-rewards", "own-rewards", "entry", "uniform-off-support", "full-support"),
            *("deterministic", "pure", "visited"),
        } <= met


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_enumeration_and_solver_agree_up_to_three_states(seed: int) -> None:
    check_agreement(random_query(seed, 1 + seed // 30 % 3))


def free_enumeration(query: Query) -> F:
    """Nothing of the package's search: vertices of policies, the best rewards by z3's optimum."""
    import z3

    assert query.fix is not None
    fix, gamma, S = query.fix, query.game_class.discount, query.states
    assert fix.start is not None
    reward = {
        (i, s, a): z3.Real(f"r{i}{s}{a}")
        for i in range(2)
        for s in range(S)
        for a in itertools.product(range(2), repeat=2)
    }

    def value(i: int, pair: Any) -> Any:
        import sympy

        move = sympy.Matrix(
            [
                [sympy.Rational(str(p)) for p in fix.rows[s, (pair[0][s], pair[1][s])]]
                for s in range(S)
            ]
        )
        start = sympy.Matrix([[sympy.Rational(str(p)) for p in fix.start or ()]])
        times = start * (sympy.eye(S) - sympy.Rational(str(gamma)) * move).inv()
        return times, sum(
            z3.RealVal(str(times[s])) * reward[i, s, (pair[0][s], pair[1][s])] for s in range(S)
        )

    pure = list(itertools.product(range(2), repeat=S))
    best = F(-1)
    for expert in itertools.product(pure, pure):
        times, _ = value(0, expert)
        seen = [s for s in range(S) if times[s] > 0]
        for learner in itertools.product(pure, pure):
            if any(expert[i][s] != learner[i][s] for i in range(2) for s in seen):
                continue
            solver = z3.Optimize()
            solver.add([z3.And(x >= -1, x <= 1) for x in reward.values()])
            for i in range(2):
                for other in pure:
                    pair = (other, expert[1]) if i == 0 else (expert[0], other)
                    solver.add(value(i, pair)[1] <= value(i, expert)[1])
            gains = [value(0, (b, learner[1]))[1] - value(0, learner)[1] for b in pure]
            gains += [value(1, (learner[0], b))[1] - value(1, learner)[1] for b in pure]
            most = z3.Real("most")
            solver.add(z3.Or([most == gain for gain in gains]))
            top = solver.maximize(most)
            assert solver.check() == z3.sat
            best = max(best, F(str(solver.upper(top))))
    return best


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_third_way_without_any_of_the_code_agrees(seed: int) -> None:
    query = Query(assume="nash,pure", gamma="1/2", fix=random_parts(random.Random(seed), 2, (2, 2)))
    assert query.fix is not None
    found = enumerate_pure(query.game_class, query.fix, (0, 1))
    assert found is not None
    assert found.value == free_enumeration(query)


def dominant_query(seed: int, states: int = 2) -> Query:
    """A dominant expert of a random kernel."""
    rng = random.Random(seed)
    match = MATCHINGS[seed % 3]
    eps = rng.choice(["1/10", "1/2"]) if match == "bc" else None
    game = ("", "zero-sum", "common-payoff", "state-rewards", "own-rewards")[seed // 3 % 5]
    assume = ",".join(filter(None, ["dominant", game, "pure"]))
    gamma = rng.choice(["1/2", "9/10"])
    fix = random_parts(rng, states, (2, 2))
    return Query(match=match, eps=eps, assume=assume, states=states, gamma=gamma, fix=fix)


def check_dominant(query: Query) -> tuple[bool, int]:
    """Whether the supremum is decided, and how many mixed opponents that took."""
    assert query.fix is not None
    said, fix = query.game_class, query.fix
    found = enumerate_pure(said, fix, (0, 1), needed=True, mixed=True)
    if found is None:
        return True, 0
    enough = enumerate_pure(said, fix, (0, 1))
    pure = enumerate_pure(said, fix, (0, 1), needed=True)
    assert pure is not None
    assert found.value <= pure.value
    assert enough is None or enough.value <= found.value
    proof = certificate(said, fix, Threshold(found.value, strict=True), None, found)
    assert proof.verify().valid
    if found.made is None:
        return False, found.cuts
    made, asked = found.made, Threshold(found.value)
    shown = witness(made.game, made.expert, made.learner, made.player, asked, said.assumptions)
    return shown.verify().valid, found.cuts


@pytest.mark.parametrize("seed", [4, 34, 50])
def test_a_dominant_expert_of_a_given_kernel_is_decided(seed: int) -> None:
    is_decided, cuts = check_dominant(dominant_query(seed))
    assert is_decided
    assert cuts == 0 or seed == 50


@pytest.mark.slow
def test_dominant_experts_of_given_kernels_are_mostly_decided() -> None:
    """All of two states, and nearly all of three."""
    two = [check_dominant(dominant_query(seed)) for seed in range(45)]
    three = [check_dominant(dominant_query(seed, 3)) for seed in range(6)]
    assert all(is_decided for is_decided, _ in two)
    assert sum(is_decided for is_decided, _ in three) >= 5


def test_rows_of_mixed_opponents_are_what_they_say() -> None:
    """A form at random rewards is the difference of two values; what is no opponent is no row."""
    query, rng = dominant_query(4), random.Random(4)
    assert query.fix is not None
    found = enumerate_pure(query.game_class, query.fix, (0, 1), needed=True)
    assert found is not None
    top = Threshold(found.value, strict=True)
    raw = certificate(query.game_class, query.fix, top, None, found).json()
    given = Given(statement(raw, "given", given=True))
    scene, expert = Scene(given, None), given.profile("expert", next(given.picks("expert")))
    row = scene.row("against 1 1/3,2/3|1/4,3/4;1,0|1,0 1.0", expert)
    assert row is not None
    form, bound = row
    start = found.made
    assert start is not None
    table = np.array([F(rng.randrange(-9, 10), 10) for _ in range(16)]).reshape(2, 2, 2, 2)
    table[1] = -table[0]
    game = MarkovGame(start.game.transition, table, start.game.start, start.game.discount)
    others = ((F(1, 3), F(2, 3)), (F(1, 4), F(3, 4)))
    deviation = ((F(0), F(1)), (F(1), F(0)))
    one, two = (F(value(game, ProductPolicy((others, own)))[1]) for own in (deviation, expert[1]))
    assert sum(c * table[i, s][a] for (i, s, a), c in form.items()) == one - two
    assert bound == 0
    for wrong in ("1,1|1,0;1,0|1,0", "2,-1|1,0;1,0|1,0", "1,0;1,0", "1,0|1,0", "1|1;1|1"):
        with pytest.raises(MalformedError):
            scene.row(f"against 1 {wrong} 1.0", expert)
    plain = [a for a in raw["class"]["assumptions"] if a != "dominant"]
    other = Given(
        statement({**raw, "class": {**raw["class"], "assumptions": plain}}, "given", given=True)
    )
    assert Scene(other, None).row("against 1 1,0|0,1;1,0|1,0 1.0", expert) is None


STREET: dict[str, Any] = {
    "discount": "9/10",
    "start": ["1", "0"],
    "transition": [
        [[["1", "0"], ["1", "0"]], [["0", "1"], ["0", "1"]]],
        [[["0", "1"], ["0", "1"]], [["0", "1"], ["0", "1"]]],
    ],
}


HALF = [["1/2", "1/2"], ["1/2", "1/2"]]
SLOW_STREET = {**STREET, "transition": [[[["1", "0"], ["1", "0"]], HALF], STREET["transition"][1]]}
"""The way out is taken half the time only: the class without the parts gains more."""


def test_the_supremum_has_a_certificate_and_says_what_it_rests_on() -> None:
    fix = parse_parts(SLOW_STREET, states=2, actions=(2, 2))
    verdict = search(Query(assume="nash,pure", fix=fix), sup=True)
    assert isinstance(verdict, RuledOut)
    assert verdict.supremum is not None
    assert verdict.supremum < 18
    assert verdict.attained
    assert "enumeration" in verdict.evidence
    assert "z3" in verdict.evidence
    assert verdict.certificate.verify().valid
    assert verdict.certificate.raw["class"]["given"] == fix.json()
    assert verdict.witness is not None
    assert verdict.witness.verify().valid
    assert verdict.witness.nash_gap == verdict.supremum
    assert verify(json.loads(json.dumps(verdict.certificate.json()))).valid


def test_a_threshold_above_the_supremum_of_given_parts_is_ruled_out() -> None:
    fix = parse_parts(SLOW_STREET, states=2, actions=(2, 2))
    for goal in ({"gap_at_least": 17}, {"claim": "NashGap <= 17"}):
        verdict = search(Query(assume="nash,pure", fix=fix, **goal))
        assert isinstance(verdict, RuledOut)
        assert verdict.certificate.raw["excludes"]["gap"] == "17"
        assert verdict.certificate.verify().valid


def given_certificate(query: Query) -> tuple[F, dict[str, Any]]:
    """The supremum by enumeration, and its certificate."""
    assert query.fix is not None
    found = enumerate_pure(query.game_class, query.fix, (0, 1), needed=True)
    assert found is not None
    excluded = Threshold(found.value, strict=True)
    proof = certificate(query.game_class, query.fix, excluded, None, found)
    return found.value, json.loads(json.dumps(proof.json()))


def refused(raw: dict[str, Any]) -> bool:
    try:
        return not verify(raw).valid
    except BadInput:
        return True


def check_certificate(seed: int, states: int) -> None:
    """Every enumeration has a certificate, and none of less than a game has."""
    query = random_query(seed, states)
    assert query.fix is not None
    if enumerate_pure(query.game_class, query.fix, (0, 1), needed=True) is None:
        return
    top, raw = given_certificate(query)
    assert verify(raw).valid
    assert refused({**raw, "excludes": {"gap": str(top), "strict": False}})
    if top:
        assert refused({**raw, "excludes": {"gap": str(top - TINY), "strict": True}})


@pytest.mark.parametrize("seed", [0, 5, 27, 43, 65, 71])  # every kind of row but "against"
def test_enumerations_have_certificates(seed: int) -> None:
    check_certificate(seed, 1 + seed % 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1120))
def test_enumerations_have_certificates_up_to_three_states(seed: int) -> None:
    check_certificate(seed, 1 + seed // 30 % 3)


def test_a_negative_multiplier_shows_nothing() -> None:
    """The gain of a return to the expert is minus a Nash row, and is not at most 0."""
    fix = parse_parts(SLOW_STREET, states=2, actions=(2, 2))
    _, raw = given_certificate(Query(assume="nash,pure", match="bc", eps=2, fix=fix))
    said = statement({**raw, "excludes": {"gap": "0", "strict": True}}, "given", given=True)
    given = Given(said)
    scene, expert = Scene(given, None), given.profile("expert", next(given.picks("expert")))
    row = scene.row("nash 0 1.0", expert)
    assert row is not None
    back = {x: -c for x, c in row[0].items()}
    assert back
    assert scene.shows(row[0], {"nash 0 1.0": F(1)}, expert)
    assert not scene.shows(back, {"nash 0 1.0": F(-1)}, expert)


def tampered(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The certificate with one thing changed, in every leaf."""
    case = raw["cases"][0]
    (_, y), *_ = case["rows"].items()

    def with_rows(factor: F) -> dict[str, Any]:
        less = [
            {**one, "rows": {row: str(F(c) * factor) for row, c in one["rows"].items()}}
            for one in raw["cases"]
        ]
        return {**raw, "cases": less}

    def with_case(**changed: Any) -> dict[str, Any]:
        return {**raw, "cases": [{**case, **changed}, *raw["cases"][1:]]}

    def with_class(**changed: Any) -> dict[str, Any]:
        return {**raw, "class": {**raw["class"], **changed}}

    given = raw["class"]["given"]
    yield "no leaves", {**raw, "cases": []}
    yield "negative multipliers", with_rows(F(-1))
    yield "smaller multipliers", with_rows(F(1, 2))
    yield "larger multipliers", with_rows(F(2))
    yield "no multipliers", with_rows(F(0))
    for kind, row in (("no such row", "nash 0 7.7"), ("another concept", "perfect 0 0 1")):
        yield kind, {**raw, "cases": [{**one, "rows": {row: y}} for one in raw["cases"]]}
    other = [{**one, "player": 1 - one["player"]} for one in raw["cases"]]
    yield "another player", {**raw, "cases": other}
    yield "an expert that visits more", with_case(expert=[[1, 1], [1, 1]])
    yield "no such player", with_case(player=5)
    yield "a larger discount", with_class(discount="99/100")
    yield "no Nash expert", with_class(assumptions=["match-rho", "pure"])
    yield "mixed policies", with_class(assumptions=["match-rho", "nash"])
    rows = {**given["transition"], "0 1 0": ["0", "1"], "0 1 1": ["0", "1"]}
    yield "another kernel", with_class(given={**given, "transition": rows})
    rows = {**given["transition"], "0 1 0": ["1/2", "1/3"]}
    yield "no distribution", with_class(given={**given, "transition": rows})
    less = {key: x for key, x in given["transition"].items() if key != "1 1 1"}
    yield "a row less", with_class(given={**given, "transition": less})
    yield "an unknown part", with_class(given={**given, "colour": "red"})
    yield "a matching less", with_class(assumptions=["nash", "pure"])
    yield "no strictness", {**raw, "excludes": {**raw["excludes"], "strict": False}}


def test_tampered_certificates_of_given_parts_are_refused() -> None:
    fix = parse_parts(SLOW_STREET, states=2, actions=(2, 2))
    top, raw = given_certificate(Query(assume="nash,pure", fix=fix))
    assert verify(raw).valid
    assert top == F(180, 11)
    for what, changed in tampered(raw):
        assert refused(changed), what


def test_thresholds_with_given_parts() -> None:
    fix = parse_parts(STREET, states=2, actions=(2, 2))
    found = search(Query(assume="nash", fix=fix, gap_at_least=18))
    assert isinstance(found, Found)
    assert tuple(found.witness.game.transition[0, 0, 0]) == (1, 0)
    over = search(Query(assume="nash", fix=fix, gap_at_least=18, strict=True), seconds=10)
    assert isinstance(over, RuledOut)
    assert "without the given parts" in over.evidence


def test_what_the_parts_imply_makes_the_class_smaller() -> None:
    """From everywhere all is visited, so nothing is left to a learner that matches."""
    fix = parse_parts({"start": ["1/2", "1/2"]}, states=2, actions=(2, 2))
    verdict = search(Query(assume="nash", gamma="1/2", fix=fix, gap_at_least="1/2"))
    assert isinstance(verdict, RuledOut)
    assert "but with full-support, which they imply" in verdict.evidence
    assert verdict.certificate.raw["class"]["assumptions"][-1] == "full-support"
    somewhere = parse_parts({"start": ["1", "0"]}, states=2, actions=(2, 2))
    found = search(Query(assume="nash", gamma="1/2", fix=somewhere, gap_at_least="1/2"))
    assert isinstance(found, Found)


def test_part_of_the_policies_and_rewards() -> None:
    """The expert's opponent may only play 0 and gets nothing; the rest is found."""
    raw = {
        "policies": {"expert": [None, [["1", "0"], None]]},
        "rewards": [None, [[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]],
    }
    fix = parse_parts(raw, states=2, actions=(2, 2))
    verdict = search(Query(assume="nash", gamma="1/2", fix=fix), sup=True, seconds=20)
    assert isinstance(verdict, RuledOut)
    assert (verdict.supremum, verdict.attained) == (Fraction(2), True)
    assert verdict.witness is not None
    assert verdict.witness.verify().valid
    assert not verdict.witness.game.rewards[1].any()
    assert verdict.witness.expert[1][0, 0] == 1


def test_a_part_of_a_kernel_leaves_a_question_open_in_words() -> None:
    """Every state stays, but where the start is is not given: nothing is found, or ruled out."""
    stay = [[[["1", "0"]] * 2] * 2, [[["0", "1"]] * 2] * 2]
    fix = parse_parts({"transition": stay}, states=2, actions=(2, 2))
    verdict = search(Query(assume="nash", fix=fix, gap_at_least="10"), seconds=2)
    assert isinstance(verdict, Unknown)
    assert verdict.reason == "no game with the given parts decides it in the time given"


def test_a_solver_that_disagrees_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong enumeration is not passed over in silence."""
    import dataclasses

    from nashgap.search.fixed import answer

    def less(*arguments: Any, **named: Any) -> Iterator[Any]:
        found = enumerate_pure(*arguments, **named)
        assert found is not None
        yield dataclasses.replace(found, value=found.value - 1)

    monkeypatch.setattr(answer, "enumeration", less)
    fix = parse_parts(STREET, states=2, actions=(2, 2))
    verdict = search(Query(assume="nash,pure", fix=fix), sup=True)
    assert isinstance(verdict, Unknown)
    assert verdict.conflict
    assert verdict.json()["conflict"] is True
    assert "disagree" in verdict.reason


def test_a_linear_program_without_an_answer_leaves_its_gain_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A gain that nothing settled is bounded by its coefficients, and its class is not empty."""
    from nashgap.search import lp
    from nashgap.search.rewards.program import Program

    query = Query(assume="nash,pure", fix=parse_parts(STREET, states=2, actions=(2, 2)))
    said, parts = query.game_class, parse_parts(STREET, states=2, actions=(2, 2))
    settled = enumerate_pure(said, parts, (0, 1))
    failed = lp.Failed("no exact answer")
    monkeypatch.setattr(Program, "solved", lambda *_: failed)
    found = enumerate_pure(said, parts, (0, 1))
    assert settled is not None
    assert found is not None
    assert found.value >= settled.value > 0
    assert found.made is None
    assert not found.shown


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"start": ["1"]}, "start"),
        ({"start": ["1", "1"]}, "start"),
        ({"rewards": [None, 3]}, "rewards"),
        ({"rewards": [[[["2", None], None], None], None]}, "rewards"),
        ({"policies": {"other": []}}, "policies"),
        ({"policies": {"expert": [None]}}, "policies.expert"),
        ({"transition": [[[["1/2", "1/3"], None], None], None]}, "transition"),
        ({"colour": "red"}, "fix"),
    ],
)
def test_wrong_parts_are_refused(raw: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput, match=place):
        parse_parts(raw, states=2, actions=(2, 2))


def test_parts_are_values_and_write_themselves() -> None:
    one, two = (parse_parts(STREET, states=2, actions=(2, 2)) for _ in range(2))
    assert one == two
    assert hash(Query(fix=one)) == hash(Query(fix=two))
    assert Query(fix=one) != Query()
    shown = json.loads(json.dumps(one.json()))
    assert shown["start"] == ["1", "0"]
    assert shown["transition"]["0 1 0"] == ["0", "1"]
    assert shape_of(STREET) == (2, (2, 2))
    assert shape_of({"transition": None}) is None
