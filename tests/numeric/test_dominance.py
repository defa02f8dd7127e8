"""Weak dominance: games with a known answer, and fine grids of opponents on random small games."""

import itertools
import random
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest

from nashgap.numeric import dominance_bernstein, dominance_copositive
from nashgap.numeric.best_response import best_response
from nashgap.numeric.dominance import Dominance, dominance
from nashgap.numeric.dominance_local import is_locally_dominant
from nashgap.numeric.dominance_search import search
from nashgap.numeric.dominance_side import side
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value

ALWAYS_0 = [[1, 0]]


def build(
    states: int, rows: dict[tuple[int, int, int], tuple[int, Any]], gamma: F, players: int = 2
) -> MarkovGame:
    """Two actions each, the start at state 0; (state, a_0, a_1) -> (successor, r_0); r_1 = 0."""
    kernel = np.full((states, *[2] * players, states), F(0))
    rewards = np.full((players, states, *[2] * players), F(0))
    for (state, a, b), (successor, reward) in rows.items():
        kernel[state, a, b, ..., successor] = F(1)
        rewards[0, state, a, b] = F(reward)
    return MarkovGame(kernel, rewards, [1] + [0] * (states - 1), gamma)


def trap(gamma: F) -> MarkovGame:
    """Action 0 is best against all deterministic opponents, not against a mixed one."""
    end: dict[tuple[int, int, int], tuple[int, Any]] = {
        (1, a, b): (1, 0) for a in (0, 1) for b in (0, 1)
    }
    row: dict[tuple[int, int, int], tuple[int, Any]] = {
        (0, 0, 0): (0, 1 - gamma),
        (0, 0, 1): (1, 0),
        (0, 1, 0): (1, 1),
        (0, 1, 1): (1, 0),
    }
    return build(2, row | end, gamma)


def trap_matched(gamma: F) -> MarkovGame:
    rows: dict[tuple[int, int, int], tuple[int, Any]] = {
        (0, 0, 0): (0, 1 - gamma),
        (0, 0, 1): (2, 0),
        (0, 1, 0): (1, 1 - gamma),
        (0, 1, 1): (2, 0),
    }
    rows |= {(1, a, b): (2, 2 * b - 1) for a in (0, 1) for b in (0, 1)}
    rows |= {(2, a, b): (2, 0) for a in (0, 1) for b in (0, 1)}
    return build(3, rows, gamma)


def gain(game: MarkovGame, expert: ProductPolicy, opponents: ProductPolicy, player: int) -> Any:
    profile = opponents.replace(player, expert[player])
    return best_response(game, profile, player).value - value(game, profile)[player]


def check_refutation(
    game: MarkovGame, expert: ProductPolicy, player: int, found: Dominance
) -> None:
    """From the definitions: the named opponents and the named deviation give the named gain."""
    assert found.holds is False
    assert found.opponents is not None
    assert found.gain is not None
    assert found.gain > 0
    held = found.opponents.replace(player, expert[player])
    moved = found.opponents.replace(player, found.deviation)
    assert value(game, moved)[player] - value(game, held)[player] == found.gain


@pytest.mark.parametrize("gamma", [F(1, 10), F(1, 2), F(9, 10), F(99, 100)])
@pytest.mark.parametrize("make", [trap, trap_matched])
def test_mixed_opponents_refute_where_no_deterministic_ones_do(make: Any, gamma: F) -> None:
    """Catches dominance decided by deterministic opponents alone."""
    game = make(gamma)
    states = game.num_states
    expert = ProductPolicy([ALWAYS_0 * states, [[F(1, 2), F(1, 2)], *ALWAYS_0 * (states - 1)]])
    for actions in itertools.product((0, 1), repeat=states):
        opponents = ProductPolicy([ALWAYS_0 * states, [[1 - a, a] for a in actions]])
        assert gain(game, expert, opponents, 0) == 0
    check_refutation(game, expert, 0, dominance(game, expert, 0))


def test_the_gain_in_the_trap_is_the_one_by_hand() -> None:
    """Against 1/2 the expert earns 1/4 + V/4 = 1/3 and the deviation 1/2."""
    expert = ProductPolicy([ALWAYS_0 * 2, ALWAYS_0 * 2])
    opponents = ProductPolicy([ALWAYS_0 * 2, [[F(1, 2), F(1, 2)], [1, 0]]])
    assert gain(trap(F(1, 2)), expert, opponents, 0) == F(1, 6)


def chain() -> MarkovGame:
    """Player 0's action 0 earns 1 at every step whatever happens, action 1 may lead to -1."""
    rows: dict[tuple[int, int, int], tuple[int, Any]] = {}
    for b in (0, 1):
        rows |= {(0, a, b): (2 if b == 0 else 1, 1) for a in (0, 1)}
        rows |= {(1, 0, b): (2, 1), (1, 1, b): (3, -1)}
        rows |= {(2, a, b): (2, 1) for a in (0, 1)} | {(3, a, b): (3, -1) for a in (0, 1)}
    return build(4, rows, F(9, 10))


def test_safe_play_is_dominant_by_the_local_condition() -> None:
    """Catches a local condition that is too strict to be of use."""
    game, expert = chain(), ProductPolicy([ALWAYS_0 * 4, ALWAYS_0 * 4])
    assert is_locally_dominant(side(game, expert, 0))
    for player in (0, 1):
        assert dominance(game, expert, player).holds is True
    worse = expert.replace(0, [[1, 0], [0, 1], [1, 0], [1, 0]])
    check_refutation(game, worse, 0, dominance(game, worse, 0))


def test_opponents_who_steer_at_most_once_are_decided_by_deterministic_ones() -> None:
    """Catches the structural cases lost: here the local condition fails, yet vertices suffice."""
    # x: a_1 = 1 ends; else a_0 = 0 leads to u and a_0 = 1 to v. u pays 1/8, v nothing, both lead
    # to w, where a_1 pays 1 or -1: the least after u is below the greatest after v.
    rows: dict[tuple[int, int, int], tuple[int, Any]] = {}
    for a in (0, 1):
        rows |= {(0, a, 0): (1 + a, 0), (0, a, 1): (4, 0)}
        for b in (0, 1):
            rows |= {(1, a, b): (3, F(1, 8)), (2, a, b): (3, 0), (3, a, b): (4, 1 - 2 * b)}
            rows[4, a, b] = (4, 0)
    game = build(5, rows, F(1, 2))
    expert = ProductPolicy([ALWAYS_0 * 5, ALWAYS_0 * 5])
    assert not is_locally_dominant(side(game, expert, 0))
    found = dominance(game, expert, 0)
    assert found.holds is True
    assert "deterministic opponents, which suffice" in found.reason
    # The kernel ignores player 1, whose action pays at a state that comes back.
    pay: dict[tuple[int, int, int], tuple[int, Any]] = {
        (0, 0, 0): (1, F(1, 2)),
        (0, 0, 1): (1, 0),
        (0, 1, 0): (0, 0),
        (0, 1, 1): (0, F(-1, 4)),
        (1, 0, 0): (0, 0),
        (1, 0, 1): (0, F(1, 4)),
        (1, 1, 0): (0, 0),
        (1, 1, 1): (0, F(1, 4)),
    }
    game = build(2, pay, F(1, 2))
    expert = ProductPolicy([ALWAYS_0 * 2, ALWAYS_0 * 2])
    assert not is_locally_dominant(side(game, expert, 0))
    found = dominance(game, expert, 0)
    assert found.holds is True
    assert "deterministic opponents, which suffice" in found.reason


def test_one_player_is_dominant_iff_optimal() -> None:
    """Catches a check that forgets the start: off the path anything may be played."""
    kernel = [[[1, 0], [0, 1]], [[0, 1], [0, 1]]]
    rewards = [[[0, F(-1, 2)], [1, -1]]]
    game = MarkovGame(kernel, rewards, [1, 0], F(1, 2))
    stay, go, wrong = (ProductPolicy.pure([a], [2]) for a in ([0, 0], [1, 0], [1, 1]))
    assert dominance(game, go, 0).holds is True  # -1/2 + 1/2 * 2 = 1/2 > 0
    assert dominance(game, wrong, 0).holds is False
    check_refutation(game, stay, 0, dominance(game, stay, 0))
    worse = MarkovGame(kernel, [[[0, -1], [F(1, 2), -1]]], [1, 0], F(1, 2))
    assert dominance(worse, stay, 0).holds is True  # -1 + 1/2 < 0
    assert dominance(worse, ProductPolicy.pure([[0, 1]], [2]), 0).holds is True


def test_irrational_play_off_the_path_matters_through_deviations() -> None:
    """Catches advantages measured with the expert's own bad play at states it never reaches."""
    # x: 0 pays 1/4 and ends; 1 leads to y, where action 0 pays -1 and action 1 pays +1 and a_1
    # takes nothing or 1/4. The expert never sees y and would play 0 there.
    rows: dict[tuple[int, int, int], tuple[int, Any]] = {}
    for b in (0, 1):
        rows |= {(0, 0, b): (2, F(1, 4)), (0, 1, b): (1, 0)}
        rows |= {(1, 0, b): (2, -1), (1, 1, b): (2, 1 - F(b, 4))}
        rows |= {(2, a, b): (2, 0) for a in (0, 1)}
    game = build(3, rows, F(1, 2))
    expert = ProductPolicy([ALWAYS_0 * 3, ALWAYS_0 * 3])
    check_refutation(game, expert, 0, dominance(game, expert, 0))  # 1/2 * 3/4 > 1/4
    assert dominance_bernstein.decide(side(game, expert, 0), 1000).refutation is not None


def random_game(rng: random.Random) -> tuple[MarkovGame, ProductPolicy]:
    """Player 0's action 0 is favoured by the rewards, so that all answers occur."""
    states = rng.choice([1, 2, 2, 3])
    counts = rng.choice([(2, 2), (2, 2), (2, 3), (3, 2), (2, 2, 2)])
    kernel = np.full((states, *counts, states), F(0))
    rewards = np.full((len(counts), states, *counts), F(0))
    for place in np.ndindex(states, *counts):
        weights = [rng.randrange(3) if rng.random() < 0.4 else 0 for _ in range(states)]
        weights[rng.randrange(states)] += 1
        kernel[place] = [F(w, sum(weights)) for w in weights]
        bonus = rng.choice([1, 2]) if place[1] == 0 else 0
        rewards[(0, *place)] = F(rng.randrange(-2, 3) + bonus, 4)
    start = [F(int(s == 0)) for s in range(states)]
    game = MarkovGame(kernel, rewards, start, rng.choice([F(0), F(1, 3), F(1, 2), F(9, 10)]))
    choice = [[0 if rng.random() < 0.9 else 1 for _ in range(states)]]
    return game, ProductPolicy.pure(choice + [[0] * states] * (len(counts) - 1), counts)


def grid(size: int, parts: int) -> list[list[F]]:
    return [
        [F(x, parts) for x in split]
        for split in itertools.product(range(parts + 1), repeat=size)
        if sum(split) == parts
    ]


def opponents_on_a_grid(game: MarkovGame, rng: random.Random, count: int) -> list[ProductPolicy]:
    """All on a grid of quarters where they are few, else so many drawn from it."""
    rows = [grid(k, 4) for k in game.num_actions[1:] for _ in range(game.num_states)]
    every = 1
    for row in rows:
        every *= len(row)
    chosen = (
        list(itertools.product(*rows))
        if every <= count
        else [tuple(rng.choice(row) for row in rows) for _ in range(count)]
    )
    states = game.num_states
    own = [[1] + [0] * (game.num_actions[0] - 1)] * states
    return [
        ProductPolicy([own, *(list(c[k : k + states]) for k in range(0, len(c), states))])
        for c in chosen
    ]


@pytest.mark.parametrize("seed", range(40))
def test_never_wrong_against_a_grid_of_opponents(seed: int) -> None:
    """Catches a "yes" that some opponent of a fine grid refutes, and a "no" without a witness."""
    rng = random.Random(seed)
    game, expert = random_game(rng)
    found = dominance(game, expert, 0)
    if found.holds is False:
        check_refutation(game, expert, 0, found)
        return
    assert found.holds is True, "these are small enough to be decided"
    for opponents in opponents_on_a_grid(game, rng, 150):
        assert gain(game, expert, opponents, 0) == 0


def test_the_engines_agree_and_all_of_them_are_used() -> None:
    """Catches a disagreement between the polynomials, the local condition and the answer."""
    seen: set[Any] = set()
    for seed in range(100, 180):
        game, expert = random_game(random.Random(seed))
        found, view = dominance(game, expert, 0), side(game, expert, 0)
        if not view.blocks:
            continue
        boxes = dominance_bernstein.decide(view, 5000)
        assert boxes.settled
        assert (boxes.refutation is not None) == (found.holds is False)
        if dominance_copositive.fits(view):
            forms = dominance_copositive.decide(view)
            assert (forms.refutation is not None) == (found.holds is False)
            seen.add("forms")
        assert found.holds is True or not is_locally_dominant(view)
        looked = search(view, 100, 0)
        assert looked is None or found.holds is False
        seen.add((found.holds, "polynomials" in found.reason, is_locally_dominant(view)))
    assert seen >= {"forms", (True, False, True), (True, True, False), (False, False, False)}


def touching(extra: F) -> MarkovGame:
    r"""Player 0's advantage by action 1 has the sign of \(-(p-1/3)^2/4-extra\), p = p_1(0|x)."""
    # Staying earns (r_1 + (r_0 - r_1) p)/(1 - p/2), leaving p/2:
    # p/2 (1 - p/2) - 1/36 - p/3 = -(p - 1/3)^2 / 4.
    rows: dict[tuple[int, int, int], tuple[int, Any]] = {
        (0, 0, 0): (0, F(13, 36) + extra),
        (0, 0, 1): (1, F(1, 36) + extra),
        (0, 1, 0): (1, F(1, 2)),
        (0, 1, 1): (1, 0),
    }
    rows |= {(1, a, b): (1, 0) for a in (0, 1) for b in (0, 1)}
    return build(2, rows, F(1, 2))


def test_a_hair_decides_and_so_does_a_touch_at_a_third() -> None:
    """Catches rounding in the forms, and a criterion that asks for strict copositivity."""
    expert = ProductPolicy([ALWAYS_0 * 2, ALWAYS_0 * 2])
    assert dominance(touching(F(1, 10**9)), expert, 0).holds is True
    game = touching(F(-1, 10**9))
    check_refutation(game, expert, 0, dominance(game, expert, 0))
    assert dominance(touching(F(0)), expert, 0).holds is True


def test_what_boxes_cannot_settle_is_undecided_after_counted_steps() -> None:
    """Catches a "yes" that only means that the budget ran out: boxes never settle a touch."""
    expert = ProductPolicy([ALWAYS_0 * 2, ALWAYS_0 * 2])
    view = side(touching(F(0)), expert, 0)
    assert dominance_bernstein.decide(view, 200) == dominance_bernstein.Outcome(None, False)
    # A third player who can only make the deviation worse: the touch stays.
    plain = touching(F(0))
    kernel = np.stack([plain.transition] * 2, axis=3)
    rewards = np.stack([plain.rewards] * 2, axis=4)
    rewards[0, 0, 1, :, 1] -= F(1, 9)
    game = MarkovGame(kernel, np.concatenate([rewards, rewards[:1]]), [1, 0], F(1, 2))
    three = ProductPolicy([ALWAYS_0 * 2] * 3)
    first, second = (dominance(game, three, 0, work=40) for _ in range(2))
    assert first.holds is None
    assert "40 steps" in first.reason
    assert first.reason == second.reason


def random_form(rng: random.Random) -> list[list[int]]:
    """Small entries, so that many forms just touch 0."""
    size = rng.choice([2, 2, 3, 3, 4])
    matrix = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            matrix[i][j] = matrix[j][i] = rng.randrange(-3, 2 if i == j else 4)
    return matrix


def test_copositivity_against_a_grid() -> None:
    """Catches a wrong sign of a minor: a point is positive where one is named, none elsewhere."""
    rng, named = random.Random(4), 0
    grids = {m: np.array(grid(m, 6)) for m in (2, 3, 4)}
    for _ in range(300):
        matrix = random_form(rng)
        found = dominance_copositive.positive_point(matrix)
        if found is None:
            points = grids[len(matrix)]
            assert ((points @ np.array(matrix)) * points).sum(axis=1).max() <= 0
            continue
        named += 1
        assert sum(found) == 1
        assert min(found) >= 0
        assert (
            sum(
                x * y * m
                for x, row in zip(found, matrix, strict=True)
                for y, m in zip(found, row, strict=True)
            )
            > 0
        )
    assert 50 < named < 290


def test_a_form_that_only_an_inner_point_of_three_makes_positive() -> None:
    """Catches a criterion that stops at pairs: no face of the triangle is positive."""
    # -x'Ax with A = [[1, -.7, -.7], ...]: pairs .51 > 0, together 3 - 4.2 < 0.
    matrix = [[-10 if i == j else 7 for j in range(3)] for i in range(3)]
    assert dominance_copositive.positive_point(matrix) == [F(1, 3)] * 3
    assert dominance_copositive.positive_point([[-10, 5, 5], [5, -10, 5], [5, 5, -10]]) is None


def test_floats_are_undecided() -> None:
    """Catches a dominance that rounding decided."""
    expert = ProductPolicy([ALWAYS_0 * 2, ALWAYS_0 * 2]).as_float()
    assert dominance(trap(F(1, 2)).as_float(), expert, 0).holds is None
