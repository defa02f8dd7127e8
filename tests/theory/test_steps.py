"""Games of N steps: read with gamma = 1 - 1/N the grounds hold there, and the bounds are sharp."""

from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from nashgap.numeric.finite_horizon import FiniteHorizon
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import as_expression
from nashgap.theory.errors import BadInput
from nashgap.theory.evidence import Evidence
from nashgap.theory.grounds import _soft, definitions, facts, grounds, visitation
from nashgap.theory.interpretation import At, Interpretation, solve
from nashgap.theory.kernel import check_chain
from nashgap.theory.parsing import parse_relation
from nashgap.theory.steps import HOLD_FOR_STEPS, fail_for_steps
from nashgap.theory.words import line_vocabulary

from ._games import F, random_reading


@cache
def models() -> tuple[FiniteHorizon, ...]:
    """Seeded games of one to three steps; the learner's policy depends on the step."""
    found = []
    for seed in (3, 5, 8, 12, 21):
        one, other = random_reading(seed), random_reading(seed)
        steps = 1 + seed % 3
        learner = [one.learner if t % 2 else other.expert for t in range(steps)]
        found.append(FiniteHorizon(one.game, one.expert, learner, steps=steps))
    return tuple(found)


def _places(model: FiniteHorizon, level: str, others: bool) -> list[At]:
    places = []
    for i in range(model.players):
        for j in [j for j in range(model.players) if j != i] if others else [-1]:
            states = [-1] if level == "scalar" else range(model.num_states)
            for s in states:
                joints = model.joint_actions() if level == "local" else [()]
                places += [At(i, s, joint, j) for joint in joints]
    return places


def _broken(source: str, level: str) -> int:
    """How often a relation fails on the games of N steps; it is read at least 3 times."""
    left, relation, right = parse_relation(source, line_vocabulary())
    others, seen, broken = "_j" in source and "others" not in source, 0, 0
    for model in models():
        reader, random = Interpretation(model), Random(source)
        places = _places(model, level, others)
        for at in random.sample(places, min(len(places), 12)):
            low, high = reader.read(left, at), reader.read(right, at)
            broken += not {"==": low == high, "<=": low <= high, ">=": low >= high}[relation]
            seen += 1
    assert seen >= 3
    return broken


EVERY = [*((d.ground, d.level, d.instances) for d in (*definitions().values(), visitation()))]
EVERY += [(f.ground, f.level, f.instances) for f in facts()]
SOFT = {known.ground.name for known in (*_soft.DEFINITIONS, *_soft.FACTS)}
"""Tested in balls, in `test_soft_steps`: they need a temperature."""
EVERY = [known for known in EVERY if known[0].name not in SOFT]


@pytest.mark.parametrize(
    ("ground", "level", "instances"), EVERY, ids=[ground.name for ground, *_ in EVERY]
)
def test_definitions_and_facts_hold_for_steps(ground: Any, level: str, instances: Any) -> None:
    if ground.name not in HOLD_FOR_STEPS:
        pytest.skip("not said to hold")
    chosen = Random(ground.name).sample(instances, min(len(instances), 5))
    for source in chosen:
        if "C" not in source.split():
            assert _broken(source, level) == 0


def test_what_is_said_to_hold_is_a_ground() -> None:
    assert set(grounds()) >= HOLD_FOR_STEPS


def test_occupancies_of_n_steps_flow_as_discounted_ones_do() -> None:
    """The largest difference between steps is where the kernel could lengthen."""
    for model in models():
        bound = bounds()["eps_mu_le_eps_rho"]
        assert bound.claim.holds(model).holds is True


def test_the_resolvent_of_a_part_of_the_kernel_solves_recursions() -> None:
    random = Random(4)
    for model in models():
        reader, weight = Interpretation(model), as_expression("m_i*m_o")
        states = range(model.num_states)
        for i in range(model.players):
            gap = [F(random.randint(-9, 9), 3) for _ in states]
            onward = [
                sum(
                    reader.read(weight, At(i, s, a)) * p * gap[t]
                    for a in model.joint_actions()
                    for t, p in model.successors(s, a).items()
                )
                for s in states
            ]
            pairs = zip(gap, onward, strict=True)
            cost = [max(F(0), w - model.discount * k) for w, k in pairs]
            visits = solve(reader._system("expert", "expert", i), cost)
            low, high = (
                sum(v * w for v, w in zip(model.start(), values, strict=True))
                for values in (gap, visits)
            )
            assert low <= high
            worth = sum(m * c for m, c in zip(model.occupancy("expert"), cost, strict=True))
            assert high == worth * model.steps


def _backward(model: FiniteHorizon, role: Any, player: int, best: bool) -> Fraction:
    """The value by backward induction on the game as it was given."""
    game, size = model.game, model.game.num_states
    after: list[Any] = [F(0)] * size
    for t in reversed(range(model.steps)):
        rows = []
        for s in range(size):
            q: list[Any] = [F(0)] * game.num_actions[player]
            for joint in model.joint_actions():
                weight: Any = F(1)
                for j in range(game.players):
                    if j != player:
                        weight *= model.policy(role, j, t * size + s)[joint[j]]
                onward = sum(
                    p * v for p, v in zip(game.transition[(s, *joint)], after, strict=True)
                )
                q[joint[player]] += weight * (game.rewards[(player, s, *joint)] + onward)
            own = model.policy(role, player, t * size + s)
            rows.append(max(q) if best else sum(p * x for p, x in zip(own, q, strict=True)))
        after = rows
    return F(sum((w * v for w, v in zip(game.start, after, strict=True)), F(0)))


def test_values_are_those_of_backward_induction() -> None:
    for model in models():
        for role in ("expert", "learner"):
            for i in range(model.players):
                assert model.value(role, i) == _backward(model, role, i, False)
                assert model.best_value(role, i) == _backward(model, role, i, True)
        assert sum(model.occupancy("learner")) == 1


SHARP = {
    "T10_dominant": ({"n": "1", "eps": "1/20"}, {"n": "3", "eps": "1/50"}),
    "T10_shift": (
        {"n": "2", "eps": "1/100", "delta": "1/20"},
        {"n": "3", "eps": "1/100", "delta": "1/1000"},
    ),
    "T10_matched": ({"t": "-1"},),
    "T10_value": ({"n": "2", "eps": "1/20"}, {"n": "3", "eps": "1/50"}),
    "T10_dominant_approximate": (
        {"n": "2", "eps": "1/100", "delta": "1/20"},
        {"n": "3", "eps": "1/100", "delta": "1/9"},
    ),
    "T10_matched_approximate": ({"t": "-1"},),
}


SHARP["T10_shift_approximate"] = SHARP["T10_shift"]


@pytest.mark.parametrize("label", [k for k, b in bounds().items() if b.steps])
def test_the_family_attains_the_bound_in_games_of_n_steps(label: str) -> None:
    bound = bounds()[label]
    least = 2 if label.startswith("T10_shift") else 1
    for steps in (least, 3, 10):
        for parameters in SHARP[label]:
            gamma = 1 - F(1, steps)
            made = catalogue()[bound.witness].build(gamma=str(gamma), **parameters)
            model = FiniteHorizon(made.game, made.expert, made.learner, steps=steps)
            left, right = bound.claim.sides(model)
            assert left == right
            assert bound.applies(model).holds is not False


@pytest.mark.slow
@pytest.mark.parametrize("label", bounds())
def test_no_game_of_n_steps_breaks_a_step_of_what_holds_for_them(label: str) -> None:
    _unbroken(label)


@pytest.mark.parametrize("label", ["T1", "T8", "T10_matched"])
def test_no_game_of_n_steps_breaks_a_step(label: str) -> None:
    _unbroken(label)


def _unbroken(label: str) -> None:
    for bound in [bounds()[label]]:
        rests = check_chain(bound.derivation, bound.lemmas, bound.claim).rests_on
        if not fail_for_steps(rests):
            assert bound.stress(models()[:2]) is None, bound.label


def test_a_bound_of_n_steps_may_not_rest_on_a_ground_that_is_not_known_to_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import nashgap.theory.steps as steps

    assert bounds()["T10_matched"].check().json()["finite_horizon"] is True
    monkeypatch.setattr(steps, "HOLD_FOR_STEPS", HOLD_FOR_STEPS - {"a kernel does not lengthen"})
    report = bounds()["T10_matched"].check()
    assert report.status is Evidence.UNDECIDED
    assert "not known to hold in games of N steps" in str(report.weakest)
    assert report.fails_for_steps == ("a kernel does not lengthen",)


def test_what_is_no_game_of_n_steps_is_refused() -> None:
    game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "1/2")
    play = ProductPolicy([[["1", "0"]]])
    with pytest.raises(BadInput, match="at least 1"):
        FiniteHorizon(game, play, play, steps=0)
    with pytest.raises(BadInput, match="one for each of 3 steps"):
        FiniteHorizon(game, play, [play, play], steps=3)
    with pytest.raises(BadInput, match="exact"):
        FiniteHorizon(game.as_float(), play, play, steps=2)
