"""Open questions: what is said to be known is proved or a game, and no open bound is forgotten."""

import re

import pytest

from nashgap.theory.catalogue import bound, bounds
from nashgap.theory.claim import parse_claim
from nashgap.theory.open_questions import questions

from ._games import F, family


def test_every_bound_that_is_open_has_a_question() -> None:
    asked = {label for one in questions() for label in one.bounds}
    assert asked <= set(bounds())
    unsettled = {b.label for b in bounds().values() if b.witness == "open"}
    assert unsettled <= asked, unsettled - asked


def test_questions_are_complete_and_commands_parse() -> None:
    labels = [one.label for one in questions()]
    assert len(set(labels)) == len(labels)
    for one in questions():
        assert one.question.endswith("?")
        assert one.known
        assert one.settled or one.json()["status"] == "open"
        for command in one.commands:
            assert command.startswith("nashgap ")
            for claim in re.findall(r'conjecture "([^"]+)"', command):
                parse_claim(claim)


@pytest.mark.parametrize("gamma", ["1/5", "1/2", "9/10"])
def test_the_slope_of_t7_is_at_least_that_of_the_chain(gamma: str) -> None:
    g, slopes = F(gamma), []
    for length in ("1", "4", "12"):
        model = family("occupancy-chain", gamma=gamma, K=length, y="1/1000", w="1/1000")
        assert bound("T7_sharper").applies(model).holds is True
        gap = max(model.best_value("learner", i) - model.value("learner", i) for i in (0, 1))
        slopes.append((gap - 2 * g / (1 - g)) * (1 - g) / model.state_action_occupancy_error())
    assert slopes == sorted(slopes)
    assert 1 < slopes[-1] < 1 + g + g**2 < 2 + g
    assert 1 + g + g**2 - slopes[-1] < g**13 + F(1, 50)


@pytest.mark.parametrize(("gamma", "q"), [("1/100", "1/2"), ("1/2", "1/4"), ("9/10", "1/100")])
def test_the_slope_of_t7_is_at_least_2_and_the_constant_of_t7_delta(gamma: str, q: str) -> None:
    g, model = F(gamma), family("occupancy-exit", gamma=gamma, q=q)
    error = model.state_action_occupancy_error()
    gap = max(model.best_value("learner", i) - model.value("learner", i) for i in (0, 1))
    assert bound("T7_sharper").applies(model).holds is True
    assert (gap - 2 * g / (1 - g)) * (1 - g) / error == 2
    shift = max(model.best_response_shift(i) for i in (0, 1))
    assert (gap * (1 - g) ** 2 - g * shift) / error == 2 - 2 * g


def test_the_constant_1_of_t7_delta_is_refuted_by_one_state() -> None:
    from nashgap.search.conjecture import conjecture

    claim = "NashGap <= (eps_rho + gamma*delta)/(1-gamma)**2"
    found = conjecture(claim, "nash", seconds=20, drop=False, simple=False)
    assert found.status == "refuted"


@pytest.mark.parametrize(("gamma", "C", "n"), [("1/3", "1", "2"), ("9/10", "7/2", "3")])
def test_the_lower_side_of_t8_eps_rho_is_attained(gamma: str, C: str, n: str) -> None:
    model = family("concentrability-occupancy", gamma=gamma, C=C, n=n)
    bound_on = bound("T8_eps_rho")
    assert bound_on.applies(model).holds is True
    scale = model.state_action_occupancy_error() / (1 - F(gamma)) ** 2
    gap = max(model.best_value("learner", i) - model.value("learner", i) for i in range(int(n)))
    assert gap / scale == 1 - F(gamma) + F(C)
    assert gap / scale < 1 - F(gamma) + (1 + F(gamma)) * F(C)


def test_the_coverage_of_the_family_concentrability() -> None:
    g, ratio = F(1, 2), 1000
    eps = 2 * (1 - g) / (1 + 2 * ratio / g)
    model = family("concentrability", n="2", gamma=str(g), C=str(ratio), eps=str(eps))
    for label in ("corollary_1_rate", "corollary_1_flow", "tang_2024_sharper", "tang_2024_flow"):
        assert bound(label).applies(model).holds is True
        assert bound(label).claim.holds(model).holds is True
    least = min(model.occupancy("expert"))
    gap = max(model.best_value("learner", i) - model.value("learner", i) for i in (0, 1))
    added = least * gap * (1 - g) ** 2 / eps - 2 * least
    assert g * (1 - g) / 2 * F(99, 100) < added < g * (1 - g) / 2
