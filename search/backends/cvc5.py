"""cvc5, used where it is installed."""

from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..problem import Problem, Threshold
from ..smtlib import pick_name, script
from ._backend import Answer, Backend, Model, NoAnswer, Unsatisfiable


def _missing() -> str | None:
    return None if find_spec("cvc5") else "the package cvc5 is not installed (pip install cvc5)"


def _version() -> str:
    if _missing() is not None:
        return ""
    cvc5: Any = import_module("cvc5")
    return str(cvc5.__version__)


def _decide(problem: Problem, asked: Threshold | None) -> Answer:
    cvc5: Any = import_module("cvc5")
    solver = cvc5.Solver()
    solver.setLogic("QF_LRA")
    solver.setOption("produce-models", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script(problem, asked), "problem")
    symbols = parser.getSymbolManager()
    while True:
        command = parser.nextCommand()
        if command.isNull():
            break
        command.invoke(solver, symbols)
    result = solver.checkSat()
    if result.isUnsat():
        return Unsatisfiable()
    if not result.isSat():
        return NoAnswer(f"cvc5: {result}")
    terms: dict[str, Any] = {term.getSymbol(): term for term in symbols.getDeclaredTerms()}
    picks = {
        choice.name: next(
            t
            for t in choice.options
            if solver.getValue(terms[pick_name(choice.name, t)]).getBooleanValue()
        )
        for choice in problem.choices
    }
    point = {x: Fraction(solver.getValue(terms[x]).getRealValue()) for x in problem.boxes}
    return Model(picks, point)


BACKEND = Backend("cvc5", _missing, _version, _decide)
