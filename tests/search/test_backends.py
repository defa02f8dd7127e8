"""Every backend decides the same problems the same way, and its solutions hold exactly."""

from fractions import Fraction

import pytest

from nashgap.search import lp
from nashgap.search.backends import Model, Unsatisfiable, backends, first_available
from nashgap.search.encodings import Case, encodings
from nashgap.search.problem import Box, Problem, Threshold
from nashgap.search.smtlib import number, script

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
