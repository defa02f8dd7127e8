"""The encodings against the checker's own rows, against each other, and against brute force."""

import itertools
from collections.abc import Iterator
from fractions import Fraction

import pytest

from nashgap.search import lp
from nashgap.search.backends import Unsatisfiable, first_available
from nashgap.search.checkers.common import FORMAT, statement
from nashgap.search.checkers.matched import Matched
from nashgap.search.encodings import Case, cases, encodings
from nashgap.search.problem import Box, Problem, Row, Threshold
from nashgap.search.prover import Leaf, Open, Split, prove

F = Fraction

HALF, NINE = F(1, 2), F(9, 10)
KINDS = list(itertools.product([True, False], repeat=3))
SHAPES = [(1, 1), (2, 1), (2, 2), (4, 2), (4, 3)]


def checkers_rows(name: str, case: Case) -> Matched:
    """The checker's rows for a class of this case's kind, reached through a whole certificate."""
    actions = {
        (True, True): ["2", "2"],
        (True, False): ["2", "1"],
        (False, True): ["1", "2"],
        (False, False): ["1", "1"],
    }[case.can_deviate, case.others_differ]
    named = ["match-rho", *(["nash"] if case.is_nash else [])]
    said = statement(
        {
            "format": FORMAT,
            "cases": [],
            "class": {
                "players": 2,
                "states": case.states,
                "actions": actions,
                "discount": str(case.discount),
                "assumptions": [*named, "deterministic", "pure"],
                "rewards": ["-1", "1"],
                "start": "any",
            },
            "excludes": {"gap": "1", "strict": True},
            "encoding": name,
        },
        name,
    )
    assert (said.actions[0] > 1, said.actions[1] > 1) == (case.can_deviate, case.others_differ)
    return Matched(said, case.visited, case.can_deviate, case.others_differ)


def names_that_may_be(states: int) -> Iterator[tuple[str, dict[str, int]]]:
    choices = {"step": "move", "optimal": "move"}
    for kind in ("step", "optimal", "move", "expert", "against"):
        for s, t in itertools.product(range(states), repeat=2):
            yield f"{kind} {s} {t}", {f"{choices.get(kind, kind)} {s}": t}
    for s in range(states):
        yield f"same {s}", {}


@pytest.mark.parametrize("name", sorted(encodings()))
@pytest.mark.parametrize("gamma", [F(0), NINE])
@pytest.mark.parametrize(("states", "visited"), SHAPES)
@pytest.mark.parametrize(("can_deviate", "others_differ", "is_nash"), KINDS)
def test_rows_and_choices_are_exactly_the_checkers(
    name: str,
    gamma: F,
    states: int,
    visited: int,
    can_deviate: bool,
    others_differ: bool,
    is_nash: bool,
) -> None:
    """Catches a row that the encoder lacks, has too many of, or writes with another coefficient."""
    case = Case(states, visited, gamma, can_deviate, others_differ, is_nash)
    problem = encodings()[name].build(case)
    rows = checkers_rows(name, case)
    ours = {row.name: row for row in problem.rows}
    for label, path in names_that_may_be(states):
        key = next(iter(path), None)
        options = None if key is None else rows.options(key, {})
        allowed = key is None or (options is not None and path[key] in options)
        row = rows.row(label, path) if allowed else None
        assert (row is None) == (label not in ours), label
        if row is None:
            continue
        form = {x: c for x, c in row.form.items() if c}
        assert -form.pop("", F(0)) == ours[label].bound, label
        assert form == dict(ours[label].terms), label
        assert row.is_equation == (ours[label].relation == "=="), label
        assert dict(ours[label].guard) == path, label
    for choice in problem.choices:
        options = rows.options(choice.name, {})
        assert options is not None
        assert sorted(options) == sorted(choice.options)
    for x, box in problem.boxes.items():
        kind, _, s = x.partition(" ")
        assert rows.box(kind, int(s)) == box.high == -box.low
    assert problem.objective == (("W 0", F(1)), ("U 0", F(-1)))


def without(problem: Problem, dropped: str) -> Problem:
    rows = tuple(row for row in problem.rows if not row.name.startswith(dropped))
    return Problem(problem.boxes, problem.choices, rows, problem.objective, problem.roles)


@pytest.mark.parametrize("row", ["optimal 0", "move 0"])
def test_every_kind_of_row_is_needed(row: str) -> None:
    problem = encodings()["deterministic"].build(Case(2, 1, NINE, True, True, True))
    over = Threshold(F(18), strict=True)
    assert isinstance(prove(problem, over), Split)
    assert isinstance(prove(without(problem, row), over), Open)


@pytest.mark.parametrize("name", sorted(encodings()))
@pytest.mark.parametrize("gamma", [F(0), HALF, NINE])
@pytest.mark.parametrize(("can_deviate", "others_differ", "is_nash"), KINDS)
def test_prover_and_z3_agree_around_the_supremum(
    name: str, gamma: F, can_deviate: bool, others_differ: bool, is_nash: bool
) -> None:
    solver = first_available(("z3",))
    assert solver is not None
    for states, visited in [(1, 1), (2, 1), (3, 2), (3, 3)]:
        case = Case(states, visited, gamma, can_deviate, others_differ, is_nash)
        problem = encodings()[name].build(case)
        unvisited = visited < states and can_deviate
        free = unvisited and others_differ
        value = (
            2 / (1 - gamma) if not case.is_optimal else 2 * gamma / (1 - gamma) if free else F(0)
        )
        for off in (F(-1), F(-1, 1000), F(0), F(1, 10**9), F(1)):
            for strict in (True, False):
                asked = Threshold(value + off, strict)
                proved = isinstance(prove(problem, asked), (Leaf, Split))
                refuted = isinstance(solver.decide(problem, asked), Unsatisfiable)
                assert proved == refuted == (not asked.met_by(value)), (case, asked)


def test_players_share_cases_and_full_support_leaves_one() -> None:
    assert len(cases((2, 2, 2), 4, HALF, is_nash=True)) == 4
    assert len(cases((2, 3, 1), 4, HALF, is_nash=True)) == 8
    assert [c.visited for _, c in cases((2, 2), 4, HALF, is_nash=True, full_support=True)] == [4]
    assert cases((2, 1), 1, HALF, is_nash=True, player=1)[0][0] == (1,)
    # The only other player of player 0 has one action; player 1 has an opponent who matters.
    (first, one), (second, two) = cases((2, 1), 1, HALF, is_nash=True)
    assert (first, one.can_deviate, one.others_differ) == ((0,), True, False)
    assert (second, two.can_deviate, two.others_differ) == ((1,), False, True)


JOINT = list(itertools.product(range(2), repeat=2))


def paths_rewards(
    kernel: dict[tuple[int, int, int], int], pair: list[tuple[int, int]], start: int, gamma: F
) -> dict[str, F]:
    """The value from `start` as a linear function of the rewards: discounted visits, two states."""
    at, weight = start, F(1)
    order: list[int] = []
    visits: dict[str, F] = {}
    while at not in order:
        order.append(at)
        at = kernel[(at, *pair[at])]
    loop = order[order.index(at) :]
    for s in order:
        whole = weight / (1 - gamma ** len(loop)) if s in loop else weight
        visits[f"{s}{pair[s][0]}{pair[s][1]}"] = whole
        weight *= gamma
    return visits


def difference(a: dict[str, F], b: dict[str, F]) -> tuple[tuple[str, F], ...]:
    found = {x: a.get(x, F(0)) - b.get(x, F(0)) for x in {*a, *b}}
    return tuple(sorted((x, c) for x, c in found.items() if c))


def brute_force(gamma: F) -> F:
    """All two-state games with deterministic kernel, all pure policies, one exact reward LP each.

    Nothing of the encodings is used: the expert plays 0 (renaming actions), the learner agrees on
    what the expert reaches, and the expert loses by no pure deviation. Player 0 exploits, by
    symmetry.
    """
    boxes = {f"{s}{a}{b}": Box(F(-1), F(1)) for s in range(2) for a, b in JOINT}
    solved: dict[tuple[object, ...], F] = {}
    best = F(0)
    pure = list(itertools.product(range(2), repeat=2))
    for nexts in itertools.product(range(2), repeat=8):
        kernel = dict(zip([(s, a, b) for s in range(2) for a, b in JOINT], nexts, strict=True))
        reached = {0, kernel[0, 0, 0]}
        expert = paths_rewards(kernel, [(0, 0), (0, 0)], 0, gamma)
        nash = sorted(
            {
                difference(paths_rewards(kernel, [(b[0], 0), (b[1], 0)], 0, gamma), expert)
                for b in pure
            }
        )
        rows = tuple(Row(str(k), t, "<=", F(0)) for k, t in enumerate(nash) if t)
        for other in range(2) if 1 not in reached else [0]:
            for b in pure:
                deviated = paths_rewards(kernel, [(b[0], 0), (b[1], other)], 0, gamma)
                gain = difference(deviated, expert)
                key = (gain, rows)
                if gain and key not in solved:
                    found = lp.maximise(gain, rows, boxes)
                    assert isinstance(found, lp.Optimum)
                    solved[key] = found.value
                best = max(best, solved.get(key, F(0)))
    return best


@pytest.mark.parametrize("gamma", [HALF, NINE])
def test_brute_force_over_all_two_state_games_gives_the_same_supremum(gamma: F) -> None:
    best = brute_force(gamma)
    for name, encoding in encodings().items():
        problems = [encoding.build(case) for _, case in cases((2, 2), 2, gamma, is_nash=True)]
        over, at = Threshold(best, strict=True), Threshold(best)
        assert all(isinstance(prove(p, over), (Leaf, Split)) for p in problems), name
        assert any(isinstance(prove(p, at), Open) for p in problems), name
