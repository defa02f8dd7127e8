"""The falsifier and the making simple: what they give is exact, of the class, and no larger."""

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc
from nashgap.search.engine import search
from nashgap.search.falsifier import Frame, falsify
from nashgap.search.falsifier.quick import hint
from nashgap.search.falsifier.score import scores
from nashgap.search.falsifier.start import best_start, vertices
from nashgap.search.minimise import SECOND, minimise
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.rewards import Program, Scene
from nashgap.search.verdict import Found
from nashgap.search.witness import Witness, witness

F = Fraction


@pytest.mark.parametrize(
    ("match", "assume"),
    [
        ("rho", "nash"),
        ("rho", "strict-nash"),
        ("rho", "nash,margin=1/3,own-rewards"),
        ("rho", "subgame-perfect,zero-sum"),
        ("rho", "nash,symmetric"),
        ("rho", "nash,turn-based"),
        ("rho", "nash,alternating"),
        ("rho", "nash,reset=1/3"),
        ("rho", "nash,entry=1/3"),
        ("rho", "nash,uniform-off-support"),
        ("mu", "nash,own-rewards,full-support"),
        ("mu", "team-optimal"),
        ("bc", "nash,common-payoff"),
        ("bc", "dominant"),
    ],
)
def test_every_game_is_of_the_class_and_better_than_the_last(match: str, assume: str) -> None:
    query = Query(
        match=match, assume=assume, states=2, gamma="1/2", eps="1/10" if match == "bc" else None
    )
    said = query.game_class
    last = F(-1)
    for made in falsify(Frame(said), (0, 1), seed=5, restarts=8):
        gap = nash_gap(made.game, made.learner)
        assert isinstance(gap, F)
        shown = witness(
            made.game, made.expert, made.learner, made.player, Threshold(gap), said.assumptions
        )
        assert shown.verify().valid
        assert gap > last
        last = gap
    assert last >= 0


def scene_of(seed: int) -> tuple[Frame, Scene]:
    query = Query(match="bc", eps="1/10", assume="dominant", states=3, gamma="1/2")
    frame = Frame(query.game_class)
    return frame, frame.scene(frame.random(Random(seed)))


@pytest.mark.parametrize("seed", range(12))
def test_starts_keep_the_errors_small_and_a_vertex_is_best(seed: int) -> None:
    frame, scene = scene_of(seed=seed)
    corners = vertices(frame, scene)
    rng = Random(seed)
    gains = [F(rng.randrange(-9, 10)) for _ in range(3)]
    best = best_start(frame, scene, gains)

    def worth(start: Any) -> F:
        return sum((g * p for g, p in zip(gains, start, strict=True)), F(0))

    assert (best is None) == (not corners)
    for start in corners:
        moved = scene.with_start(start)
        assert eps_bc(moved.game(), *moved.policies) <= F(1, 10)
    if best is not None:
        assert worth(best) == max(map(worth, corners))


@pytest.mark.parametrize("seed", range(12))
def test_hints_in_floats_are_close_to_the_exact_programs(seed: int) -> None:
    frame, scene = scene_of(seed=seed)
    scene = scene.with_start((F(1, 3),) * 3)
    program = Program(scene, frame.said.assumptions)
    exact = program.best_of_all((0,))
    found = hint(program, (0,), [scene.start])
    assert exact is not None
    assert found[0][0].value == pytest.approx(float(exact.value), abs=1e-7)


def test_scores_are_the_gap_where_nothing_is_forbidden() -> None:
    query = Query(match="mu", assume="", states=2, gamma="1/2")
    frame = Frame(query.game_class)
    scene = frame.scene(frame.random(Random(1)))
    rewards = np.zeros((2, 2, 2, 2))
    rewards[0, :, 1, :] = 1.0
    found = scores(frame, scene, rewards, 0, [scene, scene])
    game = scene.game(np.vectorize(F)(rewards.astype(int)))
    from nashgap.numeric.gaps import gaps

    assert found[0] == found[1] <= float(gaps(game, scene.policies[1])[0]) + 1e-12


def large_witness() -> Witness:
    found = search(Query(states=4, actions=3, gamma="1/2", gap_at_least=2))
    assert isinstance(found, Found)
    return found.witness


def test_fewer_states_and_actions_where_the_shape_is_free() -> None:
    small = minimise(large_witness(), work=60 * SECOND)
    assert small.verify().valid
    assert small.nash_gap >= 2
    assert (small.game.num_states, small.game.num_actions) == (2, (2, 2))
    again = minimise(small, work=60 * SECOND)
    assert np.array_equal(again.game.rewards, small.game.rewards)
    assert np.array_equal(again.game.transition, small.game.transition)


def test_the_shape_is_kept_where_it_was_asked() -> None:
    small = minimise(large_witness(), work=60 * SECOND, keep_shape=True)
    assert (small.game.num_states, small.game.num_actions) == (4, (3, 3))
    assert small.verify().valid


def test_long_numbers_become_short() -> None:
    """A game whose rewards and start are needlessly odd."""
    plain = minimise(large_witness(), work=60 * SECOND)
    rewards = np.array(plain.game.rewards)
    rewards[1] = F(355, 1130)
    from nashgap.numeric.game import MarkovGame

    game = MarkovGame(plain.game.transition, rewards, plain.game.start, plain.game.discount)
    odd = witness(game, plain.expert, plain.learner, plain.player, plain.shows, plain.assumptions)
    assert odd.verify().valid
    assert not minimise(odd, work=60 * SECOND).game.rewards[1].any()


def test_no_work_gives_the_witness_back_and_a_false_one_is_left_alone() -> None:
    found = large_witness()
    assert minimise(found, work=0) is found
    false = witness(
        found.game,
        found.expert,
        found.learner,
        found.player,
        Threshold(F(100)),
        found.assumptions,
    )
    assert minimise(false) is false
