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


def test_the_constant_1_of_t7_delta_is_refuted_by_one_state() -> None:
    from nashgap.search.conjecture import conjecture

    claim = "NashGap <= (eps_rho + gamma*delta)/(1-gamma)**2"
    found = conjecture(claim, "nash", seconds=20, drop=False, simple=False)
    assert found.status == "refuted"
