"""`evaluate`: the reference cases exactly, the JSON, and the bounds."""

import json
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.bounds_on import bounds_on
from nashgap.numeric.evaluate import evaluate
from nashgap.numeric.finite_horizon import FiniteHorizon
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.io import parse_game
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "evaluate-cases.json").read_text(encoding="utf-8")
)["cases"]

KEYS = {
    *("nash_gap", "nash_gap_per_player", "value_gap", "eps_bc", "eps_bc_per_player", "eps_mu"),
    *("eps_rho", "expert_nash_gap", "values", "delta", "C", "assumptions", "reasons", "bounds"),
}


def read(case: dict[str, Any]) -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    loaded = parse_game(case["game"])
    assert loaded.expert is not None
    assert loaded.learner is not None
    return loaded.game, loaded.expert, loaded.learner


@pytest.mark.parametrize("case", CASES, ids=[f"case-{k}" for k in range(len(CASES))])
def test_every_number_of_the_reference_is_reproduced(case: dict[str, Any]) -> None:
    """Catches any difference from an independent program, as exact strings."""
    expected = dict(case["expected"])
    found = evaluate(*read(case), work=100).json()
    for role in ("expert", "learner"):
        assert found["values"][role] == expected.pop(f"value_{role}")
        assert found["mu"][role] == expected.pop(f"mu_{role}")
    assert len(expected) == 8
    assert {key: found[key] for key in expected} == expected


def test_the_reference_is_all_there() -> None:
    """Catches a truncated data file."""
    assert len(CASES) == 24


def leaver() -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    """Exact matching with gap 2 gamma/(1-gamma) = 18; C is infinite."""
    kernel = [[[[1, 0]] * 2, [[0, 1]] * 2], [[[0, 1]] * 2] * 2]
    pay = [[[-1, -1], [-1, -1]], [[-1, 1], [-1, 1]]]
    game = MarkovGame(kernel, [pay, [[[0, 0], [0, 0]]] * 2], [1, 0], F(9, 10))
    still = [[1, 0], [1, 0]]
    return game, ProductPolicy([still, still]), ProductPolicy([still, [[1, 0], [0, 1]]])


def test_the_object_is_json_with_the_fixed_keys() -> None:
    """Catches a key that is missing, a Fraction or an infinity that JSON cannot hold."""
    found = evaluate(*leaver(), assume="margin=0,reset=1/3,nash").json()
    assert set(found) >= KEYS
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again == found
    assert found["nash_gap"] == "18"
    assert found["C"] == "inf"
    assert found["delta"] == "2"
    assert found["values"] == {"expert": ["-10", "0"], "learner": ["-10", "0"]}
    assert found["assumptions"]["margin=0"] is True
    assert found["assumptions"]["reset=1/3"] is False
    assert found["assumptions"]["nash"] is True
    assert set(found["reasons"]) == set(found["assumptions"])


def test_floats_are_json_numbers() -> None:
    """Catches floats dressed up as exact strings."""
    game, expert, learner = leaver()
    found = evaluate(game.as_float(), expert.as_float(), learner.as_float()).json()
    assert found["exact"] is False
    assert found["nash_gap"] == pytest.approx(18)
    assert found["C"] == "inf"
    assert isinstance(found["delta"], float)
    assert all(isinstance(x, float) for x in found["nash_gap_per_player"])
    assert found["assumptions"]["nash"] is None
    assert found["assumptions"]["pure"] is True
    json.dumps(found, allow_nan=False)


def test_assumptions_that_cannot_be_read_are_refused() -> None:
    """Catches a misspelt assumption that is silently left out."""
    with pytest.raises(BadInput, match="assumptions"):
        evaluate(*leaver(), assume="margn=1")
    game, expert, _ = leaver()
    with pytest.raises(BadInput, match="learner"):
        evaluate(game, expert, expert.as_float())


def one_shot(gamma: F = F(1, 2)) -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    """One state, player 0 earns 1 by action 0 and -1 by action 1; the learner errs by 1/4."""
    game = MarkovGame([[[[1], [1]]] * 2], [[[[1, 1], [-1, -1]]], [[[0, 0]] * 2]], [1], gamma)
    expert = ProductPolicy([[[1, 0]], [[1, 0]]])
    return game, expert, ProductPolicy([[[F(3, 4), F(1, 4)]], [[1, 0]]])


def test_bounds_that_apply_have_the_value_and_slack_by_hand() -> None:
    """Catches a bound that is evaluated on the wrong side or under assumptions that fail."""
    # eps_BC = 2 * 1/4 = 1/2; the learner earns (3/4 - 1/4) * 2 = 1 of 2, so both gaps are 1.
    found = {bound.label: bound for bound in evaluate(*one_shot()).bounds}
    lemma, sharper, gap = found["lemma_3"], found["T1"], found["value_gap"]
    assert (lemma.applies, lemma.value, lemma.slack) == (True, 8, 7)  # 2 * 2 * 1/2 * 4
    assert (sharper.applies, sharper.value, sharper.slack) == (True, 3, 2)  # (1 + 1/2) * 1/2 * 4
    assert (gap.applies, gap.value, gap.slack) == (True, 4, 3)  # 2 * 1/2 * 4


def test_bounds_for_steps_are_listed_where_steps_are_counted() -> None:
    """Catches a discounted game told of a horizon that nobody gave."""
    labels = {bound.label for bound in evaluate(*one_shot()).bounds}
    assert "T1" in labels
    assert not any(label.startswith("T10") for label in labels)
    counted = {bound.label: bound for bound in bounds_on(FiniteHorizon(*one_shot(), steps=3))}
    assert {"T1", "T10_dominant"} <= counted.keys()
    assert counted["T10_dominant"].applies is counted["T1"].applies


def test_no_bound_that_applies_is_broken() -> None:
    """Catches a false bound, a check that is too lax, or sides exchanged."""
    applied = 0
    for parts in (*map(read, CASES), leaver(), one_shot()):
        for bound in evaluate(*parts, work=100).bounds:
            slack = bound.slack if isinstance(bound.slack, tuple) else (bound.slack,)
            if bound.applies:
                applied += 1
                assert all(s is not None and s >= 0 for s in slack), bound
    assert applied > 24


def test_a_bound_with_a_failing_assumption_does_not_apply() -> None:
    """Catches exact matching passed off as dominance: the gap is 18, the bound's value 0."""
    found = {bound.label: bound for bound in evaluate(*leaver()).bounds}
    assert found["lemma_3"].applies is False
    assert found["lemma_3"].reason.startswith("dominant: player 0 gains")
    assert (found["lemma_3"].value, found["lemma_3"].slack) == (0, -18)
    near = evaluate(*(x.as_float() for x in leaver()))  # type: ignore[arg-type]
    assert {b.label: b.applies for b in near.bounds}["lemma_3"] is None
    assert set(evaluate(*leaver()).json()["bounds"][0]) >= {"label", "applies", "value", "slack"}
