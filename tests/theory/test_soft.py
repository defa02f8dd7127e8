"""T9: soft best responses in floats, at temperatures, with quantal response experts."""

from dataclasses import replace
from functools import cache
from math import log, tanh

import numpy as np
import pytest

from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.modulus import quantal_response
from nashgap.numeric.modulus.tempered import Tempered
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import derivation
from nashgap.theory.claim import OutsideDomain
from nashgap.theory.evidence import Evidence
from nashgap.theory.grounds import _soft
from nashgap.theory.interpretation import At, Interpretation
from nashgap.theory.kernel import check_chain, closure
from nashgap.theory.library import library
from nashgap.theory.model import UndeterminedError
from nashgap.theory.parsing import parse_relation
from nashgap.theory.reasons import Comparator
from nashgap.theory.words import line_vocabulary

from ._games import F, family

TEMPERATURES = (0.3, 1.0, 3.0)
(QUANTAL,) = parse_assumptions("quantal")


@cache
def models() -> tuple[Tempered, ...]:
    """Quantal experts, and learners that differ from them at every state."""
    found = []
    for seed, tau in enumerate(TEMPERATURES):
        game = random_game(seed, "", players=2, states=2, discount="1/2").game.as_float()
        expert = quantal_response(game, tau, tolerance=1e-12).policy
        random = np.random.default_rng(seed)
        tables = []
        for table in expert:
            noise = random.dirichlet(np.ones(table.shape[1]), size=table.shape[0])
            tables.append(0.8 * np.asarray(table, dtype=float) + 0.2 * noise)
        found.append(Tempered(game, expert, ProductPolicy(tables), temperature=tau))
    return tuple(found)


RELATIONS = [source for fact in _soft.FACTS for source in fact.instances]
RELATIONS += [consequence.relation for consequence in _soft.CONSEQUENCES]


@pytest.mark.parametrize("source", RELATIONS)
def test_soft_grounds_hold_at_quantal_experts(source: str) -> None:
    left, relation, right = parse_relation(source, line_vocabulary())
    for model in models():
        reader = Interpretation(model)
        for i in range(model.players):
            low, high = (float(reader.read(side, At(i))) for side in (left, right))
            low, high = (high, low) if relation == ">=" else (low, high)
            assert low <= high + 1e-9, f"{source}: {low}, {high}"


def test_t9_holds_and_says_something_at_high_temperature() -> None:
    bound = bounds()["T9"]
    for model in models():
        left, right = bound.claim.sides(model)
        assert 0 <= left <= right  # type: ignore[operator]
        apart = float(Interpretation(model).read(_line("soft_apart"), At(0)))
        shift = float(Interpretation(model).read(_line("soft_shift"), At(0)))
        tau = float(model.temperature)
        assert shift <= 2 * tanh(apart / (2 * tau)) + 1e-9 <= apart / tau + 2e-9


def _line(source: str):  # type: ignore[no-untyped-def]
    from nashgap.theory.chain import as_expression

    return as_expression(source)


def test_the_step_of_the_softmax_is_attained_by_two_actions() -> None:
    for x, tau in ((0.1, 1.0), (0.7, 0.2)):
        one, other = (1 / (1 + np.exp(-sign * x / tau)) for sign in (1, -1))
        assert 2 * abs(one - other) == pytest.approx(2 * tanh(x / (2 * tau)))


def test_a_reading_without_temperature_is_outside_the_domain() -> None:
    model = family("matching-pennies", eps="1/20", gamma="1/2")
    with pytest.raises(OutsideDomain, match="no temperature"):
        bounds()["T9"].claim.sides(model)
    with pytest.raises(UndeterminedError, match="no temperature"):
        Interpretation(model).read(_line("soft_apart"), At(0))
    assert QUANTAL.holds(model).holds is None


def test_even_play_between_equal_actions_is_quantal_exactly() -> None:
    made = catalogue()["matching-pennies"].build(eps="1/20", gamma="1/2")
    model = Tempered(made.game, made.expert, made.learner, temperature=F(1, 3))
    assert QUANTAL.holds(model).holds is True
    left, right = bounds()["T9"].claim.sides(model)
    assert isinstance(left, F)
    assert left <= right  # type: ignore[operator]
    made = catalogue()["prisoners-dilemma"].build()
    pure = Tempered(made.game, made.expert, made.learner, temperature=F(1))
    assert QUANTAL.holds(pure).holds is False


def test_the_logarithm_is_rounded_up_on_exact_games() -> None:
    from nashgap.theory.quantities import meanings

    model = family("w1", n="2", gamma="1/2", eps="1/5")
    found = meanings()["log_actions"].on(model, None)
    assert isinstance(found, F)
    assert log(2) < float(found) < log(2) + 1e-11


def test_a_comparator_may_not_rest_on_the_choice_of_the_deviation() -> None:
    lemma = library()["nash_gap_le_soft_shift"]
    assert check_chain(lemma, closure(lemma, library())[0]).status is Evidence.PROVED
    wrong = replace(lemma.steps[2], reason=Comparator("nash_gap_i_le_shift_and_bc_errors"))
    chain = replace(lemma, steps=(*lemma.steps[:2], wrong, *lemma.steps[3:]))
    checked = check_chain(chain, closure(chain, library())[0])
    assert checked.status is Evidence.UNDECIDED
    assert any("rests on deviation" in step.note for step in checked.steps)


def test_a_comparator_says_no_more_than_its_lemma() -> None:
    bold = (
        derivation("bold")
        .start("V(soft, learner) - V(learner)")
        .le(
            "(eps_BC_i + gamma*sum_others(eps_BC_j) + E_mu(soft_shift_i))/(1 - gamma)**2",
            by=Comparator("deviation_gain_le_own_shift"),
        )
    )
    assert check_chain(bold, closure(bold, library())[0]).status is Evidence.UNDECIDED
