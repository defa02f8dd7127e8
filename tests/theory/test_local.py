"""Local certificates: written out they re-expand to zero, and no part of them can be bent."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from nashgap.theory.concrete import SHAPES
from nashgap.theory.ledger import BrokenStepError
from nashgap.theory.library import library
from nashgap.theory.local import (
    Equation,
    Hypothesis,
    LocalCertificate,
    Weighted,
    certificate,
    certificates,
    local_lemmas,
    written_out,
)
from nashgap.theory.polynomial import Polynomial

OF_THEOREM = {
    "T1": "disagreement_recursion",
    "S2": "response_recursion_exact",
    "S2*": "moved_response_recursion",
    "T3": "deviation_one_step",
    "T4": "value_recursion",
    "T6": "kept_recursion",
    "T7": "deviation_recursion",
    "T8": "deviation_visits_recursion",
}


def test_the_vector_steps_of_the_theorems_have_certificates() -> None:
    assert set(OF_THEOREM.values()) <= set(local_lemmas())
    assert {(1, 2), (2, 2), (2, 3), (3, 2)} <= set(SHAPES)


@pytest.mark.parametrize("name", local_lemmas())
def test_every_certificate_re_expands_to_zero(name: str) -> None:
    for step, (players, actions) in zip(certificates(name), SHAPES, strict=True):
        assert (step.players, step.actions) == (players, actions)
        assert step.fault == ""
        assert not step.goal.is_zero
        assert len(step.products) >= actions**players


@pytest.mark.parametrize("name", local_lemmas())
def test_goal_and_hypotheses_are_true_of_numbers_that_the_equations_allow(name: str) -> None:
    """Random overlaps and values: what is said to be non-negative is, so it could be false."""
    random = Random(name)
    tried = 0
    for step in certificates(name)[:3]:
        for _ in range(8):
            point = _point(step, random)
            for hypothesis in step.hypotheses:
                value = _value(hypothesis.polynomial, point)
                assert value >= 0 or " at " in hypothesis.name, hypothesis.name
            if all(_value(h.polynomial, point) >= 0 for h in step.hypotheses):
                assert _value(step.goal, point) >= 0
                tried += 1
    assert tried > 8


def _point(step: LocalCertificate, random: Random) -> dict[str, Fraction]:
    """A point of the step: parts that are small enough for their masses, values in [-1, 1]."""
    point = {"gamma": Fraction(random.randint(0, 9), 10)}
    last = {e.variable: e for e in step.equations}
    for name in step.variables:
        if name.startswith("q_"):
            point[name] = Fraction(random.randint(-10, 10), 10) * point["gamma"]
        elif name == "lost_i":
            point[name] = Fraction(3, 4)
        elif name.startswith("h") or name.endswith(("_i", "TV_o")):
            point[name] = Fraction(1, 2)
    for name in step.variables:
        if name not in point and name not in last:
            point[name] = Fraction(random.randint(0, 1), 20)
    for name, equation in last.items():
        point[name] = _value(equation.polynomial, point)
    return point


def _value(polynomial: Polynomial, point: dict[str, Fraction]) -> Fraction:
    total = Fraction(0)
    for monomial, coefficient in polynomial.terms.items():
        for name, power in monomial:
            coefficient *= point[name] ** power
        total += coefficient
    return total


def _bent(step: LocalCertificate) -> Iterator[LocalCertificate]:
    """One thing changed: a product, a multiplier, a factor, a hypothesis, an equation, the goal."""
    for k, product in enumerate(step.products):
        yield replace(step, products=step.products[:k] + step.products[k + 1 :])
        for other in (
            replace(product, multiplier=product.multiplier * 2),
            replace(product, multiplier=-product.multiplier),
            replace(product, factors=product.factors[1:]),
            replace(product, factors=(*product.factors[:-1], product.factors[0])),
            replace(product, factors=(*product.factors, len(step.hypotheses))),
        ):
            yield replace(step, products=(*step.products[:k], other, *step.products[k + 1 :]))
    for k, hypothesis in enumerate(step.hypotheses):
        if any(k in product.factors for product in step.products):
            more = Hypothesis(hypothesis.name, hypothesis.polynomial.scale(Fraction(2)))
            yield replace(step, hypotheses=(*step.hypotheses[:k], more, *step.hypotheses[k + 1 :]))
    for monomial, coefficient in step.goal.terms.items():
        terms = {**step.goal.terms, monomial: coefficient + 1}
        yield replace(step, goal=Polynomial.of(terms))
    for k, equation in enumerate(step.equations):
        more_of_it = Equation(
            equation.name, equation.variable, equation.polynomial + Polynomial.constant(1)
        )
        yield replace(step, equations=(*step.equations[:k], more_of_it, *step.equations[k + 1 :]))
        yield replace(step, equations=step.equations[:k] + step.equations[k + 1 :])
    yield replace(step, variables=step.variables[1:])


@pytest.mark.parametrize("name", local_lemmas())
def test_no_part_of_a_certificate_can_be_bent(name: str) -> None:
    step = written_out(name, 2, 2)
    changed = list(_bent(step))
    assert len(changed) > 30
    for bent in Random(name).sample(changed, 30):
        assert bent.fault, bent


@pytest.mark.slow
@pytest.mark.parametrize("name", local_lemmas())
def test_no_part_of_any_certificate_can_be_bent(name: str) -> None:
    for players, actions in SHAPES:
        for bent in _bent(written_out(name, players, actions)):
            assert bent.fault, bent


def test_a_wrong_constant_leaves_a_remainder_that_says_so() -> None:
    step = written_out("disagreement_recursion", 2, 2)
    half = Weighted(Fraction(1, 2), step.products[0].factors)
    bent = replace(step, products=(half, *step.products[1:]))
    assert "not 0" in bent.fault


def test_a_lemma_without_a_local_step_has_no_certificate() -> None:
    with pytest.raises(BrokenStepError, match="0 local steps"):
        certificate(library()["others_bc_le_max"], 2, 2)
