"""The exact modulus of small Markov games: sampled opponents, jumps by hand, and each proof."""

import random
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from nashgap.numeric.delta import best_response_shift
from nashgap.numeric.dominance_side import side
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.modulus import Modulus, modulus
from nashgap.numeric.modulus.exactly import boxes, exact_modulus
from nashgap.numeric.modulus.exactly.cells import Cell, cells
from nashgap.numeric.modulus.exactly.corner import corners
from nashgap.numeric.modulus.exactly.guess import Floats, nearest
from nashgap.numeric.modulus.exactly.local import neighbourhood, tangent
from nashgap.numeric.modulus.exactly.reach import reached
from nashgap.numeric.modulus.exactly.space import Space, space
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.polynomials.balls import value
from nashgap.numeric.root import Root


def mixture(rng: random.Random, size: int) -> list[F]:
    weights = [rng.randrange(3) for _ in range(size)]
    weights[rng.randrange(size)] += 1
    return [F(w, sum(weights)) for w in weights]


def sampled(game: MarkovGame, expert: ProductPolicy, player: int, rng: random.Random) -> Any:
    """A profile with some of the opponents' rows moved towards a random mixture of eighths."""
    tables = [table.copy() for table in expert.policies]
    for j, table in enumerate(tables):
        for s in range(game.num_states) if j != player else ():
            part, row = F(rng.randrange(9), 8), mixture(rng, game.num_actions[j])
            table[s] = [(1 - part) * x + part * y for x, y in zip(table[s], row, strict=True)]
    return ProductPolicy(tables)


def check_exact(seed: int, states: int, actions: int, players: int, samples: int) -> Modulus | None:
    """Nobody moves the best response further than an exact modulus says; its steps are reached."""
    made = random_game(seed, states=states, actions=actions, players=players, discount="1/2")
    player, beyond = seed % players, F(1, 10**6)
    found = exact_modulus(made.game, made.expert, player, beyond=beyond, boxes=10_000)
    if found is None:
        return None
    assert found.is_exact
    rng = random.Random(seed)
    for _ in range(samples):
        profile = sampled(made.game, made.expert, player, rng)
        errors = eps_bc_per_player(made.game, made.expert, profile)
        error = max(F(e) for j, e in enumerate(errors) if j != player)
        shift = best_response_shift(made.game, made.expert, profile, player).value
        assert shift is not None
        assert shift <= found.upper(error)
    for step in found.steps:
        least = best_response_shift(made.game, made.expert, step.witness, player).value
        errors = eps_bc_per_player(made.game, made.expert, step.witness)
        assert least is not None
        assert least >= step.value
        assert max(F(e) for j, e in enumerate(errors) if j != player) == step.error
        assert step.error <= step.at + beyond
        if step.root is not None:
            # The value changes between the ends of the interval, at the root and nowhere else.
            low, high = step.root.low, step.root.high
            assert (found.value(low), found.value(high)) == (found.lower(low), step.value)
            assert found.lower(low) < step.value
    assert [s.value for s in found.steps] == sorted({s.value for s in found.steps})
    return found


@pytest.mark.parametrize(
    ("seed", "states", "actions", "players"),
    [(0, 2, 2, 2), (4, 2, 2, 2), (16, 2, 2, 2), (1, 3, 2, 2), (1, 1, 2, 3), (0, 2, 2, 3)],
)
def test_small_markov_games_are_exact(seed: int, states: int, actions: int, players: int) -> None:
    """Catches a jump put too late, or one that no opponents make."""
    found = check_exact(seed, states, actions, players, 30)
    assert found is not None
    assert any(step.root is not None for step in found.steps)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("states", "actions", "players", "games", "least"),
    [(2, 2, 2, 60, 60), (3, 2, 2, 40, 36), (2, 3, 2, 10, 9), (1, 2, 3, 40, 40), (2, 2, 3, 10, 9)],
)
def test_many_small_games_are_exact(
    states: int, actions: int, players: int, games: int, least: int
) -> None:
    found = [check_exact(seed, states, actions, players, 200) for seed in range(games)]
    assert sum(m is not None for m in found) >= least


def shared() -> tuple[MarkovGame, ProductPolicy]:
    """Two rows whose probabilities multiply."""
    # At s0 player 0 leaves for 1/32, or goes on: with probability x to s1, from there with y to
    # s2, which pays 1. Going on is worth xy/4.
    kernel = np.full((4, 2, 2, 4), F(0))
    rewards = np.full((2, 4, 2, 2), F(0))
    for b in (0, 1):
        kernel[0, 0, b, 3] = kernel[2, 0, b, 3] = kernel[2, 1, b, 3] = 1
        kernel[3, 0, b, 3] = kernel[3, 1, b, 3] = 1
        kernel[0, 1, b, 1 if b else 3] = 1
        kernel[1, 0, b, 2 if b else 3] = kernel[1, 1, b, 2 if b else 3] = 1
        rewards[0, 0, 0, b] = F(1, 32)
        rewards[0, 2, :, b] = F(1)
    start = [F(1, 2), F(1, 2), F(0), F(0)]
    game = MarkovGame(kernel, rewards, start, "1/2")
    expert = ProductPolicy.pure([[0] * 4, [0] * 4], (2, 2))
    return game, expert


def test_an_irrational_jump_by_hand() -> None:
    r"""The error is shared between two rows: xy = 1/8 is reached cheapest where x = y."""
    game, expert = shared()
    found = modulus(game, expert, 0)
    (step,) = found.steps
    assert found.is_exact
    assert step.root is not None
    # eps = 2 (x + y) / 4 = x with x^2 = 1/8.
    assert step.root.polynomial == (-1, 0, 8)
    assert (found.value(F(35, 100)), found.value(F(36, 100))) == (F(0), F(1, 2))


def around(game: MarkovGame, expert: ProductPolicy, player: int) -> Space:
    return space(side(game, expert, player), expert, occupancy(game, expert)[0].tolist())


@pytest.mark.parametrize(("states", "actions", "players"), [(2, 2, 2), (2, 3, 2), (2, 2, 3)])
def test_the_least_error_of_a_box_is_below_that_of_its_points(
    states: int, actions: int, players: int
) -> None:
    """Catches boxes thrown away that hold nearer points than they are said to."""
    made = random_game(1, states=states, actions=actions, players=players, discount="1/2")
    rows = around(made.game, made.expert, 0)
    rng, seen = random.Random(0), 0
    for _ in range(200):
        ends = [sorted(F(rng.randrange(9), 8) for _ in range(2)) for _ in range(rows.size)]
        low, high = [a for a, _ in ends], [b for _, b in ends]
        point = [a + (b - a) * F(rng.randrange(5), 4) for a, b in ends]
        if any(m < 0 for row in rows.rows for m in row.masses(point)):
            continue
        seen += 1
        assert rows.least_error(low, high) <= rows.error(point)
        # On a point it is the error itself, which the nearest policies of these masses have.
        assert rows.least_error(point, point) == rows.error(point)
        errors = eps_bc_per_player(made.game, made.expert, rows.profile(point))
        assert max(F(e) for e in errors[1:]) == rows.error(point)
    assert seen > 20


def test_a_neighbourhood_is_proved_only_around_a_nearest_point() -> None:
    """Catches multipliers of the wrong sign, and surfaces that bend the wrong way, let through."""
    game, expert = shared()
    rows = around(game, expert, 0)
    (cell,) = [c for c in cells(rows, occupancy(game, expert)[0].tolist()) if c.shift > 0]
    (polynomial,) = cell.bounds
    x, y, *_ = polynomial.context().gens()
    near = [8**-0.5, 8**-0.5]

    def proved(bound: Any) -> bool:
        made = Cell(cell.shift, (bound,))
        (corner,) = (
            c for c in corners(rows, made, Floats(made.bounds, rows.size), near) if c.active
        )
        assert not corner.is_rational
        return neighbourhood(rows, made, corner) is not None

    assert proved(polynomial)
    # Beyond the surface and not before it: the expert itself is in the cell.
    assert not proved(-polynomial)
    # x^2 + y^2 >= 1/4 has its nearest points where x or y is 0, and the farthest where x = y.
    assert not proved(1 - 4 * x * x - 4 * y * y)


@pytest.mark.parametrize("seed", [0, 4, 16])
def test_tangents_are_negative_where_a_cell_is_nearer(seed: int) -> None:
    """Catches a tangent that shuts out points: in the cell it is at most the error less the place.

    A tangent of one cell is tried at another place, so that there are such points.
    """
    made = random_game(seed, states=2, discount="1/2")
    rows = around(made.game, made.expert, 0)
    weights, rng, seen = occupancy(made.game, made.expert)[0].tolist(), random.Random(0), 0
    for cell in cells(rows, weights):
        floats = Floats(cell.bounds, rows.size)
        for _ in range(4):
            near = nearest(rows, floats, [rng.random() for _ in range(rows.size)])
            for corner in () if near is None else corners(rows, cell, floats, near):
                line = tangent(rows, cell, corner)
                if line is None:
                    continue
                place = corner.place.high if isinstance(corner.place, Root) else corner.place
                for _ in range(30):
                    point = [F(rng.randrange(65), 64) for _ in range(rows.size)]
                    if all(value(p, point) <= 0 for p in cell.bounds):
                        seen += 1
                        assert value(line, point) <= rows.error(point) - place
    assert seen > 50


def test_lemma_1_jumps_where_a_plain_search_left_bounds() -> None:
    made = catalogue()["lemma-1"].build()
    for player in (0, 1):
        found = modulus(made.game, made.expert, player)
        (step,) = found.steps
        assert found.is_exact
        assert (step.at, step.value, step.attained) == (F(88, 189), F(2, 3), False)


def two_rows(first: F) -> tuple[Space, Any, Any]:
    """Two rows of two actions, the expert at `first` and 0; and their coordinates."""
    game, expert = shared()
    table = expert[1].copy()
    table[0] = [1 - first, first]
    rows = around(game, expert.replace(1, table), 0)
    (x, y, *_) = cells(rows, [F(1, 4)] * 4)[0].bounds[0].context().gens()
    return rows, x, y


def corner_at(rows: Space, cell: Cell, near: list[float]) -> Any:
    found = corners(rows, cell, Floats(cell.bounds, rows.size), near)
    return next(c for c in found if c.active)


def test_a_corner_that_floats_saw_where_it_is_not_is_none() -> None:
    """Catches the place of a point with a negative mass, or on the other side of the expert.

    Newton's method leads from 2/10^6 to the root (sqrt 2 - 2)/10^4 of x^2 + 4x/10^4 + 2/10^8.
    """
    half = F(1, 2)
    for home, bend, sign in ((F(0), F(0), 1), (half, half, 1), (half, half, -1), (half, F(0), 1)):
        rows, x, _ = two_rows(home)
        near = [float(bend) + sign * 2e-6, 0.0]
        moved = sign * (x - fmpq(bend.numerator, bend.denominator))
        for way, there in ((1, False), (-1, True)):
            bound = moved * moved + way * moved * fmpq(4, 10**4) + fmpq(2, 10**8)
            made = Cell(F(1), (bound,))
            found = [c for c in corners(rows, made, Floats(made.bounds, 2), near) if c.active]
            assert bool(found) is there
            for corner in found:
                assert isinstance(corner.place, Root)
                assert corner.place.low > 0


def test_an_opponent_who_errs_more_than_floats_saw_makes_no_corner() -> None:
    """Catches the error of one opponent told as the largest."""
    made = random_game(0, states=1, actions=2, players=3, discount="1/2")
    expert = ProductPolicy.pure([[0], [0], [0]], (2, 2, 2))
    rows = around(made.game, expert, 0)
    x, y = cells(rows, [F(1)])[0].bounds[0].context().gens()
    # Both are seen near 1/4, the first a little further; at the zero the other may be ahead.
    for at, there in ((F(1, 4) - F(1, 10**5), False), (F(1, 4) + F(1, 10**5), True)):
        away = x - fmpq(at.numerator, at.denominator)
        bounds = (away * away - fmpq(2, 10**12), fmpq(1, 4) - y)
        cell = Cell(F(1), bounds)
        found = corners(rows, cell, Floats(bounds, 2), [0.25 + 2e-6, 0.25])
        kept = [c for c in found if len(c.active) == 2]
        assert bool(kept) is there
        for corner in kept:
            assert isinstance(corner.place, Root)
            assert corner.place.low > F(1, 2)


def test_the_cheaper_row_has_to_move() -> None:
    """Catches a class whose own cost or slope is forgotten: x + 5y/4 >= 1/4 wants y moved."""
    rows, x, y = two_rows(F(0))
    weights = [row.weight for row in rows.rows]
    rate = weights[1] / weights[0] * F(5, 4)
    cell = Cell(F(1), (1 - 4 * x - 4 * fmpq(rate.numerator, rate.denominator) * y,))
    right, wrong = (
        corner_at(rows, cell, [0, float(1 / (4 * rate))]),
        corner_at(rows, cell, [0.25, 0]),
    )
    assert neighbourhood(rows, cell, right) is not None
    assert neighbourhood(rows, cell, wrong) is None


def test_the_cheaper_action_of_a_row_has_to_be_played() -> None:
    """Catches the same among three actions of one row, where mass goes from the first."""
    made = random_game(0, states=2, actions=3, discount="1/2")
    pure = ProductPolicy.pure([[0, 0], [0, 0]], (3, 3))
    rows = around(made.game, pure, 0)
    row = next(r for r in rows.rows if r.weight > 0 and len(r.places) == 2)
    ring = cells(rows, occupancy(made.game, pure)[0].tolist())[0].bounds[0].context()
    first, second = (ring.gens()[k] for k in row.places)
    cell = Cell(F(1), (1 - 4 * first - 5 * second,))

    def near(place: int, at: float) -> list[float]:
        return [at if k == place else 0.0 for k in range(rows.size)]

    right = corner_at(rows, cell, near(row.places[1], 0.2))
    wrong = corner_at(rows, cell, near(row.places[0], 0.25))
    assert neighbourhood(rows, cell, right) is not None
    assert neighbourhood(rows, cell, wrong) is None


def test_a_cell_that_only_touches_is_not_reached() -> None:
    """Catches a jump that no opponents make: the polynomials vanish, and never both are < 0."""
    rows, x, y = two_rows(F(0))
    level = 1 - 4 * x - 4 * y
    for bounds, expected in (((level,), True), ((level, -level), False)):
        cell = Cell(F(1), bounds)
        floats = Floats(bounds, rows.size)
        corner = corner_at(rows, cell, [0.25, 0.0])
        assert (reached(rows, cell, corner, floats, [[0.5, 0.5]]) is not None) is expected


def test_a_tangent_beside_a_row_that_is_at_its_end() -> None:
    """Catches a slope beyond that of the distance: 4x - y + 1/4 <= 0 wants x = 0, and y = 1/4."""
    rows, x, y = two_rows(F(1, 2))
    cell = Cell(F(1), (16 * x - 4 * y + 1,))
    corner = corner_at(rows, cell, [0.0, 0.25])
    assert neighbourhood(rows, cell, corner) is not None
    line = tangent(rows, cell, corner)
    for k in range(65):
        point = [F(0), F(k, 64)]
        if value(cell.bounds[0], point) <= 0:
            assert value(line, point) <= rows.error(point) - corner.place


def test_floats_do_not_say_that_a_box_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The masses of a box may add up to a little more than 1 in floats alone."""
    rows, x, y = two_rows(F(0))
    cell = Cell(F(1), (1 - 2 * x - 2 * y,))
    exactly = Space.least_error

    def rounding(space: Space, low: Any, high: Any) -> Any:
        return None if isinstance(low[0], float) else exactly(space, low, high)

    monkeypatch.setattr(Space, "least_error", rounding)
    floats = Floats(cell.bounds, rows.size)
    assert isinstance(boxes.search(rows, cell, F(1), floats.inside, most=50), boxes.Near)
