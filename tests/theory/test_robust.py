"""Each bound holds for every expert, or names a form for experts that are only nearly what it
supposes: one that supposes nothing of the kind, and is no larger where nothing is lacking."""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction as F
from random import Random

import pytest

from nashgap.search.implications import why
from nashgap.theory.bound import Bound
from nashgap.theory.catalogue import bounds
from nashgap.theory.expression import Call, Expression, Name, fold
from nashgap.theory.robust import LACKS, expert_words, lacking, robust_form_of, supposed

from ._games import family

EXACT = [label for label, bound in bounds().items() if supposed(bound)]
GAPS = frozenset(LACKS.values())


def test_every_bound_is_one_or_the_other() -> None:
    """The list of all of them, by hand: what supposes an equilibrium, and what has a gap in it."""
    assert set(EXACT) == {
        *("T1", "T1_one_step", "T1_modulus", "T10_dominant", "T6"),
        *("lemma_3", "corollary_3", "corollary_3_sharp"),
        *("T2_shift", "T2_kappa", "T2_modulus", "T10_shift"),
        *("T3", "T3_robust", "T3_modulus", "T10_matched"),
        *("T7", "T7_sharper", "T7_delta", "T8", "T8_visits", "T8_eps_rho", "freihaut_2025"),
        *("corollary_1", "corollary_1_rate", "corollary_1_flow"),
        *("T5b", "T9", "T9_linear"),
    }
    for label, bound in bounds().items():
        if label in EXACT:
            assert bound.robust in bounds()
            assert not lacking(bound)
        else:
            assert bound.robust == ""
            assert "holds for every expert" in expert_words(bound)


@pytest.mark.parametrize("label", EXACT)
def test_a_robust_form_supposes_no_equilibrium_and_has_the_gap_as_its_term(label: str) -> None:
    bound, form = bounds()[label], bounds()[bounds()[label].robust]
    assert not supposed(form)
    assert lacking(form) == tuple({LACKS[name] for name in supposed(bound)})
    assert all(why(one, bound.assumptions) is not None for one in form.assumptions)
    assert label in robust_form_of(form)
    assert label in expert_words(form)
    assert bound.robust in expert_words(bound)
    assert bound.steps <= form.steps


@pytest.mark.parametrize("label", EXACT)
def test_a_robust_form_is_no_larger_where_nothing_is_lacking(label: str) -> None:
    bound, form = bounds()[label], bounds()[bounds()[label].robust]
    seen = 0
    for values in _sampled(bound):
        exact, robust = (_allowed(one, values) for one in (bound, form))
        assert robust <= exact + 1e-9
        seen += 1
    assert seen == 60


@pytest.mark.parametrize("label", sorted({bounds()[label].robust for label in EXACT}))
def test_the_gap_counts_in_full_where_it_counts(label: str) -> None:
    """A form that forgot its gap would say of every expert what holds of exact ones alone."""
    form = bounds()[label]
    (gap,) = lacking(form)
    grown = 0
    for values in _sampled(form):
        more = {**values, gap: F(1, 7)}
        grown += _allowed(form, more) > _allowed(form, values)
        assert _allowed(form, more) >= _allowed(form, values)
    assert grown >= 10


def test_an_expert_that_is_not_nash_breaks_the_exact_form_and_not_the_robust_one() -> None:
    model = family("s2", n="2", gamma="1/2", eps="1/20", delta="1/5")
    assert bounds()["T1"].claim.holds(model).holds is False
    assert bounds()["T1_approximate"].claim.holds(model).holds is True
    assert bounds()["T2_modulus"].claim.holds(model).holds is False
    assert bounds()["T2_modulus_approximate"].claim.holds(model).holds is True


def _sampled(bound: Bound) -> Iterator[Mapping[str, F]]:
    """Values of the quantities where the assumptions hold and nothing is lacking."""
    random = Random(bound.label)
    matched = "match-rho" in [a.name for a in bound.assumptions]
    for gamma in (F(0), F(1, 3), F(9, 10)):
        for _ in range(20):
            n = F(random.randint(1, 4))
            error, rho = (F(0) if matched else F(random.randint(0, 9), 40) for _ in range(2))
            tau = F(random.randint(1, 9), 3)
            yield {
                **dict.fromkeys(GAPS, F(0)),
                "gamma": gamma,
                "n": n,
                "horizon": 1 / (1 - gamma),
                "eps_BC": error,
                "eps_rho": rho,
                "delta": F(random.randint(0, 8), 4),
                "C": 1 + F(random.randint(0, 9), 3),
                "mu_min": F(random.randint(1, 9), 20),
                "deviation_error": F(random.randint(0, 9), 9),
                "tau": tau,
                "precision": 1 / tau,
                "eps_sup": F(random.randint(0, 9), 9),
                "log_actions": F(7, 10),
            }


def _allowed(bound: Bound, values: Mapping[str, F]) -> float:
    """The largest Nash gap that a claim allows, which is affine in it on both sides."""

    def slack(gap: int) -> F:
        at = {**values, "NashGap": F(gap)}
        return _value(bound.claim.right, at) - _value(bound.claim.left, at)

    return float(slack(0) / (slack(0) - slack(1)))


def _value(expression: Expression, values: Mapping[str, F]) -> F:
    def leaf(node: Name | Call) -> F:
        if isinstance(node, Name):
            return values[node.name]
        of = [_value(argument, values) for argument in node.arguments]
        return min(of) if node.function == "min" else F(math.tanh(float(of[0])))

    found: F = fold(expression, leaf, F, lambda base, exponent: base**exponent)
    return found
