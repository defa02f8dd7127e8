"""T9: every ground, every step and the bound itself, in balls: proven errors, no floats."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import log
from typing import Any

import flint
import numpy as np
import pytest

from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.modulus import quantal_path
from nashgap.numeric.modulus.tempered import Tempered
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import as_expression, derivation
from nashgap.theory.claim import OutsideDomain, parse_claim
from nashgap.theory.enclosure import log_above, tanh_bounds
from nashgap.theory.evidence import Evidence
from nashgap.theory.grounds import _soft, largest
from nashgap.theory.interpretation import At, Interpretation
from nashgap.theory.kernel import check_chain, closure
from nashgap.theory.library import library
from nashgap.theory.model import UndeterminedError
from nashgap.theory.normal import MalformedError, normal
from nashgap.theory.parsing import parse_relation
from nashgap.theory.reasons import Comparator, ConstantCost, Divided, Largest, Reason
from nashgap.theory.words import line_vocabulary

from ._balls import Ball, Quantal
from ._games import F, family

(QUANTAL,) = parse_assumptions("quantal")


@cache
def models() -> tuple[Quantal, ...]:
    """Quantal experts, and learners that differ from them at every state."""
    made = (Quantal(seed, players) for seed, players in ((0, 2), (2, 2), (5, 3)))
    return tuple(model for model in made if model.rewards_are_bounded())


@cache
def others() -> tuple[Quantal, ...]:
    """Experts that are no quantal responses, in the same games."""
    return tuple(Quantal(seed, players, moved=True) for seed, players in ((0, 2), (5, 3)))


def _reader(model: Any) -> Interpretation:
    """A model of balls is no `Model` to the type checker, whose numbers are rational or floats."""
    return Interpretation(model)


def _places(model: Quantal, level: str, others: bool) -> Iterator[At]:
    for i in range(model.players):
        for j in range(model.players) if others else (-1,):
            if j == i:
                continue
            if level == "scalar":
                yield At(i, other=j)
            for s in range(model.num_states) if level != "scalar" else ():
                if level == "state":
                    yield At(i, s, other=j)
                else:
                    yield from (At(i, s, a, j) for a in model.joint_actions())


def _holds(left: object, relation: str, right: object) -> bool:
    low, high = (Ball.of(x) for x in ((right, left) if relation == ">=" else (left, right)))
    return low.surely_le(high) and (relation != "==" or high.surely_le(low))


RELATIONS = [(s, fact.level) for fact in _soft.FACTS for s in fact.instances]
RELATIONS += [
    (s, definition.level) for definition in _soft.DEFINITIONS for s in definition.instances
]
RELATIONS += [(one.relation, one.level) for one in _soft.CONSEQUENCES]
AT_QUANTAL = {one.relation for one in _soft.CONSEQUENCES}


def test_there_are_models() -> None:
    assert {model.players for model in models()} == {2, 3}
    assert len(models()) == 3


@pytest.mark.parametrize(("source", "level"), RELATIONS)
def test_soft_grounds_hold_at_every_expert(source: str, level: str) -> None:
    left, relation, right = parse_relation(source, line_vocabulary())
    of_others = "_j" in source and "others" not in source
    for model in (*models(), *others()) if source not in AT_QUANTAL else models():
        reader = _reader(model)
        for at in _places(model, level, of_others):
            assert _holds(reader.read(left, at), relation, reader.read(right, at)), f"{source} {at}"


def test_what_quantal_says_fails_elsewhere() -> None:
    for source in AT_QUANTAL:
        left, _, right = parse_relation(source, line_vocabulary())
        for model in others():
            reader = _reader(model)
            assert Ball.of(reader.read(right, At(0))) < Ball.of(reader.read(left, At(0)))


STEPS = [
    (chain.name, number)
    for chain in (*bounds()["T9_linear"].lemmas, bounds()["T9_linear"].derivation)
    for number in range(1, len(chain.steps) + 1)
    if "prod_others" not in chain.text
]


def test_every_step_holds_in_balls() -> None:
    """The last line of each chain is what its lemma says; both sides are enclosed."""
    known = {**library(), **{b.derivation.name: b.derivation for b in bounds().values()}}
    read = 0
    for name in dict.fromkeys(name for name, _ in STEPS):
        chain = known[name]
        for model in models() if "quantal" in chain.assumptions else (*models(), *others()):
            reader = _reader(model)
            for at in _places(model, chain.level, others=False):
                for number, (left, right) in enumerate(pairwise(chain.lines), 1):
                    try:
                        low, high = reader.read(left, at), reader.read(right, at)
                    except MalformedError:
                        continue
                    relation = chain.steps[number - 1].relation
                    if name == "softness_costs_entropy" and number == 1:
                        continue  # the deviation is any policy here, not a best response
                    opened = chain.lines[0] != as_expression("NashGap")
                    assert not opened or _holds(low, relation, high), f"{name}, step {number}, {at}"
                    read += 1
    assert read > 200


@pytest.mark.parametrize("form", ["", "_approximate"])
def test_t9_holds_and_tanh_makes_it_smaller(form: str) -> None:
    sharper, linear = (bounds()[f"{label}{form}"].claim for label in ("T9", "T9_linear"))
    for model in (*models(), *others()) if form else models():
        reader = _reader(model)
        gap = [reader.read(as_expression("NashGap_i"), At(i)) for i in range(model.players)]
        right = Ball.of(reader.read(sharper.right, At(0)))
        more = reader.read(linear.right, At(0)) / model.temperature
        assert all(Ball.of(0).surely_le(Ball.of(g)) and Ball.of(g) < right for g in gap)
        assert right < Ball.of(more)


def test_without_the_experts_own_error_t9_is_refuted() -> None:
    """An expert far from its soft response, and a learner that is the expert."""
    model = Quantal(0, states=1, far=True)
    model._rows["expert"], model.temperature = model._rows["learner"], F(1, 100)
    reader = _reader(model)
    for label, holds in (("T9", False), ("T9_approximate", True)):
        right = Ball.of(reader.read(bounds()[label].claim.right, At(0)))
        gaps = [Ball.of(reader.read(as_expression("NashGap_i"), At(i))) for i in range(2)]
        assert all(gap.surely_le(right) for gap in gaps) is holds


MUTANTS = [
    ("soft_move_i <= tanh(precision*soft_apart/4)", "state"),
    ("rise_i*(1 - base_i) <= odds*base_i*(1 - rise_i)", "state"),
    ("bp_entropy_i <= log_actions/2", "state"),
    ("-Qtau(soft, learner) <= 1/2", "local"),
]


@pytest.mark.parametrize(("source", "level"), MUTANTS)
def test_what_says_more_is_refuted_in_balls(source: str, level: str) -> None:
    """Each is a statement above with one constant changed; a ball is wholly on the wrong side."""
    left, _, right = parse_relation(source, line_vocabulary())
    broken = 0
    model = Quantal(0, states=1, far=True)
    assert model.rewards_are_bounded()
    reader = _reader(model)
    for at in _places(model, level, others=False):
        low, high = Ball.of(reader.read(left, at)), Ball.of(reader.read(right, at))
        broken += bool(high.arb < low.arb)
    assert broken


@pytest.mark.parametrize("x", [F(1, 10), F(7, 2)])
def test_the_step_of_the_softmax_is_attained_by_two_actions(x: F) -> None:
    flint.ctx.prec = 200
    high, low = (1 / (1 + Ball.of(sign * x).arb.exp()) for sign in (-1, 1))
    apart, most = Ball(2 * (high - low)), Ball(2 * Ball.of(x / 2).arb.tanh())
    assert apart.surely_le(most)
    assert most.surely_le(apart)


def test_a_reading_without_temperature_is_outside_the_domain() -> None:
    model = family("matching-pennies", eps="1/20", gamma="1/2")
    with pytest.raises(OutsideDomain, match="no temperature"):
        bounds()["T9"].claim.sides(model)
    with pytest.raises(UndeterminedError, match="no temperature"):
        Interpretation(model).read(as_expression("soft_apart"), At(0))
    assert QUANTAL.holds(model).holds is None


def test_even_play_between_equal_actions_is_quantal_exactly() -> None:
    made = catalogue()["matching-pennies"].build(eps="1/20", gamma="1/2")
    model = Tempered(made.game, made.expert, made.learner, temperature=F(1, 3))
    assert QUANTAL.holds(model).holds is True
    for label in ("T9", "T9_linear"):
        assert bounds()[label].claim.holds(model).holds is True
        left, right = bounds()[label].claim.sides(model)
        assert isinstance(left, F)
        assert isinstance(right, F)
        assert left <= right
    made = catalogue()["prisoners-dilemma"].build()
    pure = Tempered(made.game, made.expert, made.learner, temperature=F(1))
    assert QUANTAL.holds(pure).holds is False


def test_floats_suggest_the_same() -> None:
    for seed, tau in ((0, 0.3), (2, 3.0)):
        game = random_game(seed, "", players=2, states=2, discount="1/2").game.as_float()
        expert = next(quantal_path(game, [tau], tolerance=1e-12)).policy
        random = np.random.default_rng(seed)
        tables = [0.8 * t + 0.2 * random.dirichlet(np.ones(t.shape[1]), len(t)) for t in expert]
        model = Tempered(game, expert, ProductPolicy(tables), temperature=tau)
        left, right = bounds()["T9"].claim.sides(model)
        assert 0 <= left <= right  # type: ignore[operator]
        shift = Interpretation(model).read(as_expression("soft_move_i"), At(0, 0))
        most = Interpretation(model).read(as_expression("tanh(precision*soft_apart/2)"), At(0, 0))
        assert shift <= most + 1e-9


def test_the_enclosure_of_tanh_holds_the_value_and_is_narrow() -> None:
    flint.ctx.prec = 300
    for k in range(1, 40):
        for x in (F(k, 7), F(-k, 1000), F(k, 10**12)):
            low, high = tanh_bounds(x)
            value = Ball.of(x).arb.tanh()
            assert Ball.of(low).arb <= value <= Ball.of(high).arb
            assert high - low < F(1, 2**74)
    assert tanh_bounds(F(0)) == (F(0), F(0))
    assert tanh_bounds(F(1000))[1] == 1


def test_the_logarithm_is_rounded_up_on_exact_games() -> None:
    from nashgap.theory.quantities import meanings

    model = family("w1", n="2", gamma="1/2", eps="1/5")
    found = meanings()["log_actions"].on(model, None)
    assert isinstance(found, F)
    assert log(2) < float(found) < log(2) + 1e-11
    flint.ctx.prec = 200
    for k in range(2, 50):
        above = log_above(k, 10**12)
        assert Ball.of(k).arb.log() <= Ball.of(above).arb <= (Ball.of(k).arb.log() + 3e-12)


def test_claims_with_tanh_are_settled_by_enclosures() -> None:
    model = family("w1", n="2", gamma="1/2", eps="1/5")
    for source, holds in (
        ("tanh(1/2) <= 0.46211715726001", True),
        ("tanh(1/2) <= 0.46211715726", False),
        ("-tanh(1/2) < 0", True),
        ("tanh(gamma) == tanh(1/2)", None),
        ("tanh(0) == 0", True),
        ("tanh(1) == 1", False),
        ("1/tanh(eps_BC) >= 5", True),
    ):
        assert parse_claim(source).holds(model).holds is holds, source
    left, right = parse_claim("tanh(gamma) <= tanh(1/2)").sides(model)
    assert left < right  # type: ignore[operator]


def test_tanh_takes_constants_only() -> None:
    with pytest.raises(MalformedError, match="constants"):
        normal(as_expression("E_mu(tanh(TV_i))"))
    assert str(normal(as_expression("E_mu(tanh(tau)*TV_i)"))) == "E_mu(TV_i)*tanh(tau)"


def test_what_a_norm_is_the_largest_of_has_both_lemmas() -> None:
    assert set(largest()) == {"soft_apart", "soft_values_apart"}


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


BENT: tuple[tuple[str, int, Reason], ...] = (
    ("soft_values_le_action_values", 0, Largest("soft_values_fall", "soft_values_rise")),
    ("soft_values_le_action_values", 0, Largest("soft_values_rise", "soft_values_rise")),
    ("soft_value_le_own", 0, ConstantCost("soft_value_above_own", ("n_i", "p_o"))),
    ("soft_value_le_own", 0, ConstantCost("soft_value_above_own", ("b_i", "p_o"))),
)


@pytest.mark.parametrize(("name", "step", "reason"), BENT)
def test_a_bent_reason_is_refused(name: str, step: int, reason: Reason) -> None:
    chain = library()[name]
    bent = replace(chain.steps[step], reason=reason)
    wrong = replace(chain, steps=(*chain.steps[:step], bent, *chain.steps[step + 1 :]))
    assert check_chain(wrong, closure(wrong, library())[0]).status is Evidence.UNDECIDED


@pytest.mark.parametrize("least", ["0", "1", "3", "-2", "gamma"])
def test_a_division_needs_its_positive_factor(least: str) -> None:
    chain = library()["soft_move_le_tanh"]
    reason = chain.steps[0].reason
    assert isinstance(reason, Divided)
    assert reason.least == "2"
    bent = replace(chain.steps[0], reason=replace(reason, least=least))
    wrong = replace(chain, steps=(bent,))
    assert check_chain(wrong, closure(wrong, library())[0]).status is Evidence.UNDECIDED
