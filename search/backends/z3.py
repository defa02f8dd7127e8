"""z3, the default backend."""

from fractions import Fraction
from importlib.util import find_spec
from typing import Any

from ..problem import Problem, Threshold
from ..smtlib import pick_name, script
from ._backend import Answer, Backend, Model, NoAnswer, Unsatisfiable


def _missing() -> str | None:
    return None if find_spec("z3") else "the package z3-solver is not installed"


def _version() -> str:
    import z3

    return str(z3.get_version_string())


def _decide(problem: Problem, asked: Threshold | None) -> Answer:
    import z3

    solver = z3.SolverFor("QF_LRA")
    solver.from_string(script(problem, asked))
    match solver.check():
        case z3.unsat:
            return Unsatisfiable()
        case z3.unknown:
            return NoAnswer(f"z3: {solver.reason_unknown()}")
    model = solver.model()
    values: dict[str, Any] = {declared.name(): model[declared] for declared in model.decls()}
    picks = {
        choice.name: next(
            (t for t in choice.options if z3.is_true(values.get(pick_name(choice.name, t)))),
            choice.options[0],
        )
        for choice in problem.choices
    }
    point = {
        x: Fraction(str(values[x].as_fraction())) if x in values else box.low
        for x, box in problem.boxes.items()
    }
    return Model(picks, point)


BACKEND = Backend("z3", _missing, _version, _decide)
