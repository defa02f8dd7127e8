"""`certify`: what is guaranteed, what was checked, what is taken on trust, and the warnings."""

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.bounds_on import steps
from nashgap.numeric.demonstrations import (
    Certification,
    Demonstrations,
    Guarantee,
    Outline,
    certify,
    error_bound,
    simulate,
)
from nashgap.numeric.demonstrations.guarantees import Setting, gap_at_most, guarantees
from nashgap.numeric.demonstrations.interval import Interval, UnboundedError, enclosure
from nashgap.numeric.games import catalogue
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value
from nashgap.theory.bound import Bound
from nashgap.theory.catalogue import bounds
from nashgap.theory.claim import parse_claim
from nashgap.theory.errors import BadInput

F = Fraction
W3, W6, TEAM = (catalogue()[name].build() for name in ("w3", "w6", "team-optimal"))


def runs(x: Any, count: int = 200, seed: int = 0, steps: int = 60) -> Demonstrations:
    return simulate(x.game, x.expert, count, steps, seed=seed)


def outline(x: Any) -> Outline:
    return Outline(x.game.states, x.game.actions, x.game.discount)


def by_label(found: Certification) -> dict[str, Guarantee]:
    return {g.label: g for g in found.guarantees}


def bound_of(statement: str, label: str = "mine") -> Bound:
    """A bound of that statement; its derivation is never looked at here."""
    return Bound((label,), "", bounds()["T1"].source, statement, bounds()["T1"].derivation, "", "")


# Reading the catalogue


def test_guarantees_are_the_bounds_at_the_largest_error() -> None:
    setting = Setting(3, F(9, 10), None, False)
    found = {g.label: g for g in guarantees([F(1, 100), F(1, 50), F(0)], setting)}
    eps, h = F(1, 50), F(100)
    assert found["T1"].value == (1 + 2 * F(9, 10)) * eps * h
    assert found["lemma_3"].value == found["corollary_3"].value == 6 * eps * h
    assert found["corollary_3_sharp"].value == found["T1"].value
    assert found["value_gap"].value == found["T5b"].value == 3 * eps * h
    assert found["value_gap"].gap == "ValueGap"
    assert (found["value_gap"].standing, found["T1"].standing) == ("checked", "on trust")
    assert found["T1"].trusted == ("dominant",)


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("NashGap_i <= eps_BC_i/(1-gamma)", F(1, 2)),  # the worst player's
        ("NashGap <= max(eps_BC, 1/8) + min(gamma, eps_BC)", F(1, 2)),
        ("NashGap*(1-gamma)/n <= eps_BC", F(1)),
        ("2*NashGap/n <= eps_BC", F(1, 4)),
        ("NashGap <= (eps_BC - 1)**2", F(1)),  # falls in eps: its largest is at 0
        ("NashGap <= 1/(1 + eps_BC)**2 + eps_BC*0", F(1)),
        ("NashGap <= 1/eps_BC", None),
        ("NashGap <= eps_BC**-1", None),
    ],
)
def test_values_are_the_largest_over_all_smaller_errors(
    statement: str, value: Fraction | None
) -> None:
    setting = Setting(2, F(1, 2), None, False)
    assert gap_at_most(bound_of(statement), [F(1, 8), F(1, 4)], setting) == value


@pytest.mark.parametrize(
    ("statement", "match"),
    [
        ("NashGap <= delta + eps_BC", "do not bound delta"),
        ("NashGap <= C*eps_BC + eps_rho", "do not bound C, eps_rho"),
        ("eps_mu <= eps_BC", "not a bound on a gap"),
        ("NashGap + 1 <= eps_BC", "not a bound on a gap"),
        ("NashGap*eps_BC <= 1", "not a bound on a gap"),
        ("NashGap >= eps_BC", "not a bound on a gap"),
    ],
)
def test_what_cannot_be_read_is_said(statement: str, match: str) -> None:
    with pytest.raises(LookupError, match=match):
        gap_at_most(bound_of(statement), [F(1)], Setting(1, F(1, 2), None, False))


def test_intervals_enclose_every_value() -> None:
    right = parse_claim("NashGap <= (eps_BC - gamma)**3*max(eps_BC, n) - eps_BC/(2 + gamma)").right
    draw = np.random.default_rng(0)
    names = {
        "eps_BC": Interval(F(-1), F(2)),
        "gamma": Interval(F(0), F(1)),
        "n": Interval(F(1), F(3)),
    }
    found = enclosure(right, names)
    for _ in range(200):
        e, g, n = (float(i.low) + draw.random() * float(i.high - i.low) for i in names.values())
        exact = (e - g) ** 3 * max(e, n) - e / (2 + g)
        assert float(found.low) - 1e-9 <= exact <= float(found.high) + 1e-9
    with pytest.raises(UnboundedError):
        _ = Interval(F(1), F(1)) / Interval(F(-1), F(1))


# What is checked and what is trusted


def test_a_dominant_expert_that_is_given_is_checked() -> None:
    found = certify(W6.game, runs(W6), W6.expert)
    t1 = by_label(found)["T1"]
    assert (t1.standing, t1.checked, t1.trusted) == ("checked", ("dominant",), ())
    assert found.known is not None
    assert found.known.errors == tuple(eps_bc_per_player(W6.game, W6.expert, found.clone))
    assert found.known.nash_gap == nash_gap(W6.game, found.clone)
    lost = value(W6.game, W6.expert) - value(W6.game, found.clone)
    assert found.known.value_gap == max(lost)
    assert found.known.expert_gap == 0
    told = {label for label, bound in bounds().items() if not steps(bound)}
    assert {b.label for b in found.known.bounds} == told
    assert "T1" in told
    assert "T10_matched" not in told
    assert found.contradicted == ()


def test_without_the_expert_dominance_is_on_trust_and_the_clone_is_a_hint() -> None:
    found = certify(W6.game, runs(W6))
    assert by_label(found)["T1"].trusted == ("dominant",)
    assert found.known is not None
    assert found.known.clone_dominant is not None
    assert found.known.clone_dominant.holds is True
    assert any("No bound on the Nash gap stands by itself" in w for w in found.warnings)
    vouched = certify(W6.game, runs(W6), assume="dominant")
    assert "on your word: dominant" in by_label(vouched)["T1"].reason
    assert not any("stands by itself" in w for w in vouched.warnings)


def test_the_game_refutes_what_no_expert_can_have() -> None:
    assert by_label(certify(W6.game, runs(W6)))["T5b"].standing == "fails"
    found = by_label(certify(TEAM.game, runs(TEAM)))["T5b"]
    assert (found.standing, found.trusted) == ("on trust", ("team-optimal",))
    assert by_label(certify(outline(W6), runs(W6)))["T5b"].standing == "on trust"
    given = by_label(certify(TEAM.game, runs(TEAM), TEAM.expert))["T5b"]
    assert given.standing == "checked"


def test_an_expert_that_is_not_dominant_fails_the_bounds() -> None:
    found = certify(W3.game, runs(W3), W3.expert)
    assert by_label(found)["T1"].standing == "fails"
    assert any("No bound of the catalogue on the Nash gap applies" in w for w in found.warnings)
    assert any("1 of 2 states that players can reach" in w for w in found.warnings)


def test_the_exact_gap_contradicts_a_false_assumption() -> None:
    # The clone of W3 plays uniformly where the expert never comes; its gap is 9.
    found = certify(W3.game, runs(W3), assume="dominant")
    assert found.known is not None
    assert found.known.nash_gap == 9
    assert "T1" in found.contradicted
    assert "value_gap" not in found.contradicted
    assert found.warnings[0].startswith("The clone's gap is larger than T1")
    assert "CONTRADICTED" in found.text


def test_guarantees_hold_for_dominant_experts() -> None:
    for seed in range(25):
        found = certify(W6.game, runs(W6, 50, seed, 20), W6.expert)
        assert found.known is not None
        gaps = {"NashGap": found.known.nash_gap, "ValueGap": found.known.value_gap}
        for g in found.guarantees:
            if g.standing == "checked":
                gap = gaps[g.gap]
                assert g.value is not None
                assert gap is not None
                assert gap <= g.value


# Targets


def test_an_exact_game_decides_a_target_exactly() -> None:
    assert certify(W3.game, runs(W3), target_gap=9).status == "done"
    assert certify(W3.game, runs(W3), target_gap="8.999").status == "refuted"
    assert certify(W3.game, runs(W3)).status == "done"


def test_floats_support_but_never_decide() -> None:
    game = W3.game.as_float()
    shown = simulate(game, W3.expert.as_float(), 50, 30, seed=0)
    assert certify(game, shown, target_gap=10).status == "supported"
    assert certify(game, shown, target_gap=1).status == "undecided"
    found = certify(game, shown)
    assert found.known is not None
    assert found.known.exact is False


def test_an_unknown_game_is_supported_by_what_is_vouched_for() -> None:
    shown = runs(W6, 1000)
    supported = certify(outline(W6), shown, target_gap=4, assume="dominant")
    assert supported.status == "supported"
    assert supported.target is not None
    assert supported.target.reason == (
        "T1, with confidence 0.95 given dominant, which you vouch for"
    )
    assert certify(outline(W6), shown, target_gap=4).status == "undecided"
    assert certify(outline(W6), shown, target_gap="1/1000", assume="dominant").status == "undecided"


def test_plans_name_the_error_and_enough_demonstrations() -> None:
    known = runs(W6, 100)
    shown = Demonstrations(outline(W6), [(t.states, t.actions) for t in known.trajectories])
    found = certify(outline(W6), shown, target_gap=1, assume="dominant")
    assert found.target is not None
    plans = {p.label: p for p in found.target.plans}
    t1 = plans["T1"]
    assert t1.error == F(5263157, 10**9)  # (1-gamma)^2/(1+gamma), rounded down
    assert t1.trajectories is not None
    enough = error_bound(shown, found.clone, F(19, 20), scale=t1.trajectories / 100)
    short = error_bound(shown, found.clone, F(19, 20), scale=t1.trajectories * 0.97 / 100)
    assert enough.largest <= t1.error < short.largest
    assert plans["lemma_3"].trajectories is not None
    assert plans["lemma_3"].trajectories > t1.trajectories
    # That many in truth: the projection is of the right size.
    bound = certify(outline(W6), runs(W6, 2 * t1.trajectories, 1), assume="dominant")
    assert bound.error.largest < t1.error * F(3, 2)


def test_plans_say_when_the_target_is_there_or_out_of_reach() -> None:
    easy = certify(outline(W6), runs(W6), target_gap=30, assume="dominant")
    assert easy.target is not None
    assert all(p.trajectories is not None for p in easy.target.plans)
    assert "which there are" in easy.text
    # After five steps most of the weight is hidden, and may lie where nothing was seen.
    stopped = certify(outline(W3), runs(W3, 50, 0, 5), target_gap="1/10")
    assert stopped.target is not None
    assert [p.trajectories for p in stopped.target.plans] == [None] * len(stopped.target.plans)
    assert "more trajectories of this length" in stopped.text
    assert any("of the discounted weight lies after the ends" in w for w in stopped.warnings)


# Warnings, refusals, report


def test_a_vacuous_number_is_called_so() -> None:
    found = certify(W6.game, runs(W6, 3, 0, 5))
    assert by_label(found)["lemma_3"].vacuous
    assert any("It says nothing." in w for w in found.warnings)
    assert "which says nothing" in found.text


def test_demonstrations_of_another_expert_are_noticed() -> None:
    other = W6.expert.replace(0, ProductPolicy.pure([[1] * 3, [0] * 3], [2, 2])[0])
    shown = simulate(W6.game, other, 2000, 60, seed=0)
    found = certify(W6.game, shown, W6.expert)
    assert any("exceeds its confidence bound for player 0" in w for w in found.warnings)
    assert any("which the given expert never does" in w for w in found.warnings)


def test_trajectories_from_elsewhere_are_said() -> None:
    shown = Demonstrations(W3.game, [([1, 1, 1], [[0, 0], [0, 0]])])
    assert any("begin where the game does not start" in w for w in certify(W3.game, shown).warnings)


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({"confidence": 1}, "confidence: given 1"),
        ({"confidence": "high"}, "confidence: given 'high'"),
        ({"target_gap": -1}, "target gap: given -1"),
        ({"assume": "domnant"}, "did you mean 'dominant'"),
        ({"unseen": ProductPolicy.pure([[0]], [2])}, "unseen: 1 states"),
    ],
)
def test_wrong_arguments_are_refused(arguments: dict[str, Any], match: str) -> None:
    with pytest.raises(BadInput, match=match):
        certify(W3.game, runs(W3, 3), **arguments)


def test_demonstrations_of_another_game_are_refused() -> None:
    with pytest.raises(BadInput, match="3 states, actions"):
        certify(W3.game, runs(W6, 3))
    with pytest.raises(BadInput, match="step 0: a move from s1 to s0, which has probability 0"):
        certify(W3.game, Demonstrations(outline(W3), [([1, 0], [[0, 0]])]))
    with pytest.raises(BadInput, match="expert: given without the game"):
        certify(outline(W3), runs(W3, 3), W3.expert)


@pytest.mark.parametrize("expert", [None, W6.expert])
@pytest.mark.parametrize("known", [True, False])
def test_the_report_and_the_record_hold_the_same_numbers(
    known: bool, expert: ProductPolicy | None
) -> None:
    if not known and expert is not None:
        return
    game = W6.game if known else outline(W6)
    found = certify(game, runs(W6), expert, target_gap=1, confidence="9/10")
    record = json.loads(json.dumps(found.json(), allow_nan=False))
    assert record["eps_bc"]["confidence"] == "9/10"
    assert F(record["eps_bc"]["upper"]) == found.error.largest
    assert record["coverage"]["visits"]["s"] == 200
    assert (record["exact"] is None) is not known
    assert [g["label"] for g in record["guarantees"]] == [g.label for g in found.guarantees]
    assert "With confidence 90 %" in found.text
    assert f"{float(found.error.largest):.5g}" in found.text
    for warning in found.warnings:
        assert warning.split()[0] in found.text
    assert all(len(line) <= 100 for line in found.text.splitlines())
