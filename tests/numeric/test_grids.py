"""Games on grids, against plain one-state-at-a-time rules written here a second time."""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

import nashgap.numeric.sparse as ns
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.grids import Board, GridGame, boards, chase, collisions, expert, soccer, tag
from nashgap.numeric.matching import eps_bc
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value
from nashgap.theory.errors import BadInput

STEP = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
Cell = tuple[int, int]


def go(cell: Cell, move: int, game: GridGame) -> Cell:
    there = (cell[0] + STEP[move][0], cell[1] + STEP[move][1])
    return there if there in game.board.number else cell


def law(game: GridGame, state: int, joint: tuple[int, ...]) -> dict[int, Fraction]:
    row = game.exact.transition[(state, *joint)]
    return {int(t): row[t] for t in np.flatnonzero(row)}


def places(game: GridGame, state: int) -> tuple[Cell, ...]:
    return tuple(game.board.cells[k] for k in game.positions[:, state])


@pytest.mark.parametrize(
    "options",
    [
        {"rows": 2, "columns": 3},
        {"rows": 3, "columns": 2, "walls": [(1, 0)], "slip": "1/3"},
        {"rows": 1, "columns": 3, "pursuers": 2, "slip": "1/7"},
    ],
)
def test_tag_plays_by_the_rules(options: dict[str, Any]) -> None:
    game = tag(**options)
    slip = Fraction(options.get("slip", 0))
    state_of = {places(game, s): s for s in range(game.num_states)}
    for s, joint in product(range(game.num_states), product(range(5), repeat=game.players)):
        at = places(game, s)
        caught = at[-1] in at[:-1]
        wanted: defaultdict[int, Fraction] = defaultdict(Fraction)
        for fails in product([False, True], repeat=game.players):
            chance = Fraction(1)
            for f in fails:
                chance *= slip if f else 1 - slip
            to = [at[i] if fails[i] else go(at[i], joint[i], game) for i in range(game.players)]
            if any(to[i] == at[-1] and to[-1] == at[i] for i in range(game.players - 1)):
                to[-1] = at[-1]
            wanted[s if caught else state_of[tuple(to)]] += chance
        assert law(game, s, joint) == {t: p for t, p in wanted.items() if p}
        paid = [table[(s, *joint)] for table in game.exact.rewards]
        assert paid == [Fraction(caught)] * (game.players - 1) + [-Fraction(caught)]


@pytest.mark.parametrize("size", [(1, 3), (3, 2), (2, 3)])
def test_soccer_plays_by_the_rules(size: tuple[int, int]) -> None:
    game = soccer(*size)
    rows, columns = size
    half = game.num_states // 2
    state_of = {(places(game, s), s // half): s for s in range(game.num_states)}
    kick_off = np.flatnonzero(game.start).tolist()
    for s, joint in product(range(game.num_states), product(range(5), repeat=2)):
        wanted: defaultdict[int, Fraction] = defaultdict(Fraction)
        points = Fraction(0)
        for order in ((0, 1), (1, 0)):
            at, ball, goal = list(places(game, s)), s // half, 0
            for i in order:
                if goal:
                    continue
                r, c = at[i]
                mouth = (rows - 1) // 2 <= r <= rows // 2
                out = (c == 0 and joint[i] == 3) if i == 0 else (c == columns - 1 and joint[i] == 4)
                if ball == i and mouth and out:
                    goal = 1 if i == 0 else -1
                elif go(at[i], joint[i], game) == at[1 - i]:
                    ball = 1 - i
                else:
                    at[i] = go(at[i], joint[i], game)
            points += Fraction(goal, 2)
            if goal:
                for k in kick_off:
                    wanted[k] += Fraction(1, 4)
            else:
                wanted[state_of[tuple(at), ball]] += Fraction(1, 2)
        assert law(game, s, joint) == dict(wanted)
        assert [table[(s, *joint)] for table in game.exact.rewards] == [points, -points]


def test_soccer_is_littmans() -> None:
    game = soccer()
    assert game.num_states == 760
    begin = np.flatnonzero(game.start).tolist()
    assert [places(game, s) for s in begin] == [((2, 3), (1, 1))] * 2
    assert game.discount == Fraction(9, 10)
    # Turned by half a turn with the players exchanged it is the same game: the start is worth 0.
    [first, second] = ns.value(game.sparse, ns.uniform(game.sparse))
    assert 0 in first
    assert 0 in second
    assert first.error < 1e-9


@pytest.mark.parametrize(
    "options",
    [{}, {"slip": "1/5", "penalty": "1/3"}, {"rows": 2, "goals": [(0, 1), (0, 1)]}],
)
def test_collisions_play_by_the_rules(options: dict[str, Any]) -> None:
    game = collisions(**options)
    slip, penalty = Fraction(options.get("slip", 0)), Fraction(options.get("penalty", "1/100"))
    goals = options.get("goals") or [(0, 2), (0, 0)]
    over = game.num_states - 1
    state_of = {places(game, s): s for s in range(over)}
    for joint in product(range(5), repeat=2):
        assert law(game, over, joint) == {over: 1}
    for s, joint in product(range(over), product(range(5), repeat=2)):
        at = places(game, s)
        wanted: defaultdict[int, Fraction] = defaultdict(Fraction)
        paid = [Fraction(0), Fraction(0)]
        for fails in product([False, True], repeat=2):
            chance = (slip if fails[0] else 1 - slip) * (slip if fails[1] else 1 - slip)
            to = [at[i] if fails[i] else go(at[i], joint[i], game) for i in range(2)]
            shared = to[0] == to[1] == goals[0] == goals[1]
            crash = (to[0] == to[1] and not shared) or (to[0] == at[1] and to[1] == at[0])
            if crash:
                to = list(at)
            home = [to[i] == goals[i] for i in range(2)]
            for i in range(2):
                paid[i] += chance * (1 if home[i] else -penalty if crash else 0)
            wanted[over if any(home) else state_of[tuple(to)]] += chance
        assert law(game, s, joint) == {t: p for t, p in wanted.items() if p}
        assert [table[(s, *joint)] for table in game.exact.rewards] == paid


@pytest.mark.parametrize(
    "game", [tag(2, 3, slip="1/3"), soccer(2, 3), collisions(slip="1/7")], ids=lambda g: g.name
)
def test_both_readings_agree(game: GridGame) -> None:
    sparse, exact = game.sparse, game.exact
    again = ns.SparseGame.from_markov_game(exact)
    assert (again.kernel != sparse.kernel).nnz == 0
    assert np.array_equal(again.rewards, sparse.rewards)
    assert np.array_equal(again.start, sparse.start)
    profile = ProductPolicy.uniform(exact)
    assert nash_gap(exact, profile) in ns.nash_gap(sparse, ns.uniform(sparse))
    for true, found in zip(
        value(exact, profile), ns.value(sparse, ns.uniform(sparse)), strict=True
    ):
        assert true in found


def test_a_pursuer_in_a_corridor_takes_as_long_as_the_way_is() -> None:
    # 1 x 4 with the evader cornered: value of chasing is gamma^T / (1 - gamma), T the distance.
    game = tag(1, 4, discount="1/2")
    exact = game.exact
    policy = chase(game).as_exact()
    worth = Fraction(0)
    for s in np.flatnonzero(game.start):
        pursuer, evader = game.positions[:, s]
        room = (3 - evader) if evader > pursuer else evader
        # They close in by one a step once the evader is at the rim.
        worth += Fraction(1, 2) ** int(abs(pursuer - evader) + room) * 2 / int(game.start.sum())
    assert value(exact, policy)[0] == worth


def test_a_large_board_is_built_without_a_loop_over_states() -> None:
    game = tag(18, 18)
    assert game.num_states == 104_976
    assert game.sparse.kernel.nnz == 104_976 * 25


@pytest.mark.parametrize("game", [soccer(2, 3), collisions(2, 3), tag(2, 3, slip="1/5")])
def test_experts_are_near_equilibrium_and_learners_are_not(game: GridGame) -> None:
    found = expert(game)
    assert found.gap.upper < 1e-8
    assert ns.nash_gap(game.sparse, ns.perturbed(found.policy, seed=1, share=0.5)).lower > 1e-3


def test_two_pursuers_are_three_players() -> None:
    game = tag(2, 3, pursuers=2)
    assert game.sparse.num_actions == (5, 5, 5)
    found = expert(game)
    assert found.gap == ns.nash_gap(game.sparse, found.policy)


def test_distances_and_labels() -> None:
    board = Board(2, 3, frozenset({(0, 1)}))
    assert board.distances[board.number[0, 0], board.number[0, 2]] == 4
    split = Board(1, 3, frozenset({(0, 1)}))
    assert split.distances.tolist() == [[0, -1], [-1, 0]]
    assert collisions().label(72) == "s72:over"
    assert tag(1, 2).label(1) == "s1:(0,0)(0,1)"


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: tag(0, 3), "rows"),
        (lambda: tag(1, 1), "room"),
        (lambda: tag(2, 2, pursuers=0), "pursuers"),
        (lambda: tag(2, 2, slip="3/2"), "slip"),
        (lambda: tag(2, 2, discount=1), "discount"),
        (lambda: tag(2, 2, walls=[(2, 0)]), "walls"),
        (lambda: tag(1, 1, walls=[(0, 0)]), "no free cell"),
        (lambda: tag(200, 200), "pairs"),
        (lambda: tag(10, 10).exact, r"tag\(\.\.\.\)\.sparse"),
        (lambda: soccer(3, 1), "columns"),
        (lambda: collisions(goals=[(9, 9), (0, 0)]), "goals"),
        (lambda: collisions(begin=[(0, 2), (1, 1)]), "goal"),
        (lambda: collisions(penalty=2), "penalty"),
        (lambda: chase(soccer()), "soccer"),
    ],
)
def test_bad_parameters_are_refused(build: Callable[[], object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        build()


@pytest.mark.parametrize("name", list(boards()))
def test_boards_are_named_games_with_an_exact_equilibrium(name: str) -> None:
    made = boards()[name].build()
    assert nash_gap(made.game, made.expert) == 0
    assert made.assumptions["nash"] is True
    assert (
        eps_bc(made.game, made.expert, made.learner) == made.expected["eps_bc"] == Fraction(1, 10)
    )


def test_boards_grow_and_their_parameters_are_checked() -> None:
    made = boards()["tag"].build(rows=2, columns=2, slip="1/5", gamma="1/2")
    assert (made.game.num_states, made.game.discount) == (16, Fraction(1, 2))
    with pytest.raises(BadInput, match=r"soccer\(\.\.\.\)\.sparse"):
        boards()["soccer"].build(rows=4, columns=5)
    with pytest.raises(BadInput, match=r"tag\.rows"):
        boards()["tag"].build(rows=0)
