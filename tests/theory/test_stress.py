"""Steps on exact games: true ones survive, a false one is answered with the game that breaks it."""

from dataclasses import replace
from typing import Any

import pytest

from nashgap.numeric.reading import Reading
from nashgap.theory.catalogue import bounds, check
from nashgap.theory.chain import derivation
from nashgap.theory.evidence import Evidence
from nashgap.theory.library import library
from nashgap.theory.reasons import ByLemma
from nashgap.theory.stress import first_violation

from ._games import F, family, named_readings, random_readings

NAMED = tuple(model for _, model in named_readings())
COPIES = tuple(Reading(model.game, model.expert, model.expert) for model in NAMED[::3])
GAMES = (*NAMED, *COPIES, *random_readings(12))


SMALL = tuple(model for model in GAMES if model.num_states <= 5)
AT_A_TEMPERATURE = {label for label, bound in bounds().items() if "tau" in bound.claim.names}
"""Read in floats, in tests of their own."""


@pytest.mark.parametrize("name", library())
def test_no_exact_game_breaks_a_step_of_a_lemma(name: str) -> None:
    chain = library()[name]
    assert first_violation(chain, (), SMALL if chain.level == "state" else GAMES) is None


@pytest.mark.parametrize("label", sorted(set(bounds()) - AT_A_TEMPERATURE))
def test_no_exact_game_breaks_a_step_or_the_claim(label: str) -> None:
    bound = bounds()[label]
    met = [model for model in GAMES if bound.applies(model).holds is True]
    assert len(met) >= 3
    assert first_violation(bound.derivation, (), GAMES) is None
    for model in met:
        assert bound.claim.holds(model).holds is not False


def test_a_check_with_games_tests_the_lemmas_too() -> None:
    assert bounds()["T1"].check(GAMES[:3]).status is Evidence.PROVED
    assert bounds()["T1"].stress(GAMES[:6]) is None


def test_a_false_constant_is_refuted_by_the_game_that_breaks_it() -> None:
    false = (
        derivation("too_good", assume="dominant")
        .start("NashGap")
        .eq("V(best_response, learner) - V(learner)", by="definition")
        .eq("V(expert, learner) - V(learner)", by="dominance")
        .le("(1 + (n - 2)*gamma)*eps_BC/(1 - gamma)**2", by="disagreement_le_bc_error")
    )
    report = check(false, models=GAMES)
    assert report.status is Evidence.REFUTED
    assert report.violation is not None
    assert (report.violation.derivation, report.violation.step) == ("too_good", 3)
    model = GAMES[report.violation.game]
    assert isinstance(report.violation.left, F)
    assert isinstance(report.violation.right, F)
    assert report.violation.left > report.violation.right
    n, gamma = F(model.players), model.discount
    eps = max(model.policy_error(i) for i in range(model.players))
    assert report.violation.right == (1 + (n - 2) * gamma) * eps / (1 - gamma) ** 2
    assert report.weakest is not None
    assert report.weakest.status is Evidence.REFUTED


def test_a_false_line_at_a_state_is_refuted_even_if_its_reason_were_believed() -> None:
    chain = library()["disagreement_recursion"]
    line = chain.lines[2]
    wrong = derivation("wrong", level="state").start(chain.lines[0])
    wrong = wrong.le(line, by=ByLemma("disagreement_recursion"))
    smaller = replace(wrong.steps[0], right=_without_own_errors(line))
    report = check(replace(wrong, steps=(smaller,)), models=random_readings(12))
    assert report.status is Evidence.REFUTED
    assert report.violation is not None
    assert report.violation.state is not None


def _without_own_errors(line: Any) -> Any:
    from nashgap.theory.expression import Name, Number, rewrite

    zero = Number(F(0))
    return rewrite(line, lambda node: zero if node == Name("TV_i") else None)


def test_a_bound_says_on_which_games_it_applies() -> None:
    trap = family("dominance-trap", gamma="1/2")
    answer = bounds()["T1"].applies(trap)
    assert answer.holds is False
    assert answer.reason.startswith("dominant: ")
