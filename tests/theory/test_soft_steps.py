"""Soft best responses in games of N steps: what holds there, and the one ground that does not."""

from collections.abc import Iterator
from functools import cache
from random import Random

import pytest

from nashgap.theory.catalogue import bounds
from nashgap.theory.chain import as_expression
from nashgap.theory.grounds import _soft, grounds
from nashgap.theory.interpretation import At, Interpretation
from nashgap.theory.parsing import parse_relation
from nashgap.theory.steps import FAIL_FOR_STEPS, HOLD_FOR_STEPS
from nashgap.theory.words import line_vocabulary

from ._balls import AmbiguousError, Ball
from ._games import F, random_reading
from ._soft_steps import SoftSteps

RELATIONS = [
    (known.ground.name, source, known.level)
    for known in (*_soft.DEFINITIONS, *_soft.FACTS)
    for source in known.instances
]


@cache
def models() -> tuple[SoftSteps, ...]:
    """Seeded games of one to three steps; expert and learner have policies of each step."""
    found = []
    for seed, steps in ((3, 1), (8, 2), (12, 2), (16, 3)):
        one, other = random_reading(seed), random_reading(seed)
        learner = [one.learner if t % 2 else other.expert for t in range(steps)]
        expert = [one.expert if t % 2 else one.learner for t in range(steps)]
        found.append(SoftSteps(one.game, expert, learner, steps=steps))
    return tuple(found)


def _places(model: SoftSteps, level: str, of_others: bool) -> Iterator[At]:
    for i in range(model.players):
        for j in range(model.players) if of_others else (-1,):
            for s in range(model.num_states) if level != "scalar" and j != i else ():
                yield from (
                    (At(i, s, a, j) for a in model.joint_actions())
                    if level == "local"
                    else (At(i, s, other=j),)
                )
            if level == "scalar":
                yield At(i, other=j)


def _broken(source: str, level: str) -> tuple[int, int]:
    """How often a relation fails for sure, and how often it was read."""
    left, relation, right = parse_relation(source, line_vocabulary())
    of_others, seen, broken = "_j" in source, 0, 0
    for model in models():
        reader = Interpretation(model)
        places = list(_places(model, level, of_others))
        for at in Random(source).sample(places, min(len(places), 6)):
            try:
                low, high = (Ball.of(reader.read(side, at)) for side in (left, right))
            except AmbiguousError:  # two soft responses agree: neither plays an action more often
                continue
            low, high = (high, low) if relation == ">=" else (low, high)
            holds = low.surely_le(high) and (relation != "==" or high.surely_le(low))
            broken += not holds
            seen += 1
    return broken, seen


def test_every_ground_is_said_to_hold_or_not() -> None:
    assert set(grounds()) == HOLD_FOR_STEPS | FAIL_FOR_STEPS
    assert not HOLD_FOR_STEPS & FAIL_FOR_STEPS


HOLDING = [(source, level) for name, source, level in RELATIONS if name in HOLD_FOR_STEPS]


@pytest.mark.parametrize(("source", "level"), HOLDING)
def test_soft_grounds_hold_for_n_steps_where_it_is_said(source: str, level: str) -> None:
    broken, seen = _broken(source, level)
    assert seen >= 4
    assert broken == 0


def test_the_others_are_broken_by_a_game_of_n_steps() -> None:
    for ground in FAIL_FOR_STEPS:
        said = [(source, level) for name, source, level in RELATIONS if name == ground]
        assert any(_broken(source, level)[0] for source, level in said)


def test_a_recursion_of_constant_cost_is_solved_from_the_last_step_back() -> None:
    random, played = Random(6), as_expression("b_i*p_o")
    for model in models():
        reader, states = Interpretation(model), range(model.num_states)
        for i in range(model.players):
            gap = [F(random.randint(-9, 9), 3) for _ in states]
            cost = max(
                gap[s]
                - model.discount
                * sum(
                    reader.read(played, At(i, s, a)) * p * gap[t]
                    for a in model.joint_actions()
                    for t, p in model.successors(s, a).items()
                )
                for s in states
            )
            start = sum(w * v for w, v in zip(model.start(), gap, strict=True))
            assert start <= cost * model.steps


def test_t9_is_not_said_of_n_steps_and_rests_on_what_fails_there() -> None:
    for label in ("T9", "T9_linear", "T9_approximate", "T9_linear_approximate"):
        assert bounds()[label].check().fails_for_steps == tuple(FAIL_FOR_STEPS)
