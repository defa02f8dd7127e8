"""One question as several: the same answer, sooner, and nothing left running."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import partial

import pytest

from nashgap.search import lp
from nashgap.search.backends import Answer, Backend, Model, NoAnswer, Unsatisfiable, first_available
from nashgap.search.cubes import cubes, decide, restricted
from nashgap.search.encodings import Case, encodings
from nashgap.search.fixed.encoding import build
from nashgap.search.fixed.enumerate import enumerate_pure
from nashgap.search.problem import Problem, Threshold
from nashgap.search.worker import Stopped, each

from .test_fixed import random_query

F = Fraction
SPLIT = 1e-6
"""Seconds for the whole question after which it is surely split."""


def problem(states: int = 4, visited: int = 2) -> Problem:
    case = Case(states, visited, F(1, 2), True, True, True)
    return encodings()["deterministic"].build(case)


def test_the_cubes_take_every_way_from_the_start() -> None:
    found = cubes(problem())
    assert found == tuple({"move 0": t} for t in (0, 1, 3, 2))
    inside = restricted(problem(), {"move 0": 1})
    assert inside.choice("move 0").options == (1,)  # type: ignore[union-attr]
    kept = {row.name for row in inside.rows}
    assert "move 0 1" in kept
    assert not kept & {"move 0 0", "move 0 2", "optimal 0 3"}
    assert len(inside.rows) == len(problem().rows) - 6


@pytest.mark.parametrize(("value", "strict"), [(2, False), (2, True), (F(7, 4), True), (3, False)])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_cube_by_cube_the_answer_is_the_same(value: F, strict: bool, elsewhere: bool) -> None:
    backend = first_available()
    assert backend is not None
    asked, told = Threshold(F(value), strict), list[str]()
    with ThreadPoolExecutor(2) as threads:
        given = threads if elsewhere else None
        answer = decide(
            problem(), asked, backend, at_once=SPLIT, executor=given, progress=told.append
        )
    assert type(answer) is type(backend.decide(problem(), asked))
    if isinstance(answer, Model):
        best = lp.maximise(problem().objective, problem().active(answer.picks), problem().boxes)
        assert isinstance(best, lp.Optimum)
        assert asked.met_by(best.value)
    else:
        assert isinstance(answer, Unsatisfiable)
        assert told[-1].endswith("4 of 4 cubes done")


@pytest.mark.parametrize("seed", range(3))
def test_cubes_of_given_kernels(seed: int) -> None:
    backend, query = first_available(), random_query(seed, 2)
    assert backend is not None
    assert query.fix is not None
    found = enumerate_pure(query.game_class, query.fix, (0,))
    if found is None:
        return
    whole = build(query.game_class, query.fix, 0)
    assert len(cubes(whole)) == 4
    assert isinstance(decide(whole, Threshold(found.value), backend, at_once=SPLIT), Model)
    over = Threshold(found.value, strict=True)
    assert decide(whole, over, backend, at_once=SPLIT) == Unsatisfiable()


def never(_: Problem, asked: Threshold | None) -> Answer:
    time.sleep(60)
    return Unsatisfiable()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_time_that_is_up_is_no_answer(elsewhere: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    backend = Backend("asleep", lambda: None, lambda: "0", never)
    monkeypatch.setattr("nashgap.search.cubes.backends", lambda: {backend.name: backend})
    with ThreadPoolExecutor(2) as threads:
        given = threads if elsewhere else None
        answer = decide(
            problem(), Threshold(F(2)), backend, seconds=0.2, at_once=SPLIT, executor=given
        )
    assert isinstance(answer, NoAnswer)
    assert time.monotonic() - started < 20


def slept(seconds: float, word: str) -> Iterator[str]:
    time.sleep(seconds)
    yield word


def test_children_come_as_they_are_done_and_are_killed_when_late() -> None:
    works = [partial(slept, seconds, str(seconds)) for seconds in (0.6, 0, 0, 0)]
    assert [number for number, _ in each(works, workers=2)] == [1, 2, 3, 0]
    started = time.monotonic()
    late = list(each([partial(slept, 60, "never")] * 3, workers=2, seconds=0.3))
    assert time.monotonic() - started < 10
    assert sorted(number for number, _ in late) == [0, 1, 2]
    assert all(isinstance(item, Stopped) for _, item in late)


def test_closing_kills_what_is_at_work() -> None:
    work = each([partial(slept, 0, "now"), partial(slept, 60, "never")], workers=2)
    started = time.monotonic()
    assert next(work) == (0, "now")
    work.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 10
