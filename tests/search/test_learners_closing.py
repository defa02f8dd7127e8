"""Worst learners of small Markov games, exactly: what closes must not hide anything worse."""

import random
from collections.abc import Iterator
from fractions import Fraction as F

import pytest

from nashgap.numeric.games import random_game
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.modulus.region import Region
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.learners import largest_gap
from nashgap.search.learners.closing import closes, extreme_points

EPS = F(1, 5)


def around(made: object, eps: F = EPS) -> Region:
    game, expert = made.game, made.expert  # type: ignore[attr-defined]
    return Region.around(game, expert, [eps] * game.players)


def inside(rng: random.Random, piece: Region, player: int) -> list[tuple[F, ...]]:
    """A policy of the piece: a mixture of corners, or the expert moved by what the error allows."""
    table, left = [], piece.eps[player]
    for s in rng.sample(range(len(piece.weights)), len(piece.weights)):
        row, weight = piece.expert[player][s], piece.weights[s]
        target = rng.randrange(len(row))
        room = 2 * (1 - row[target])
        part = F(rng.randrange(5), 4)
        if weight > 0 and room > 0:
            part = min(part, left / (weight * room))
            left -= weight * part * room
        moved = tuple(p + part * ((a == target) - p) for a, p in enumerate(row))
        table.append((s, moved))
    return [row for _, row in sorted(table)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("actions", [2, 3])
def test_no_policy_lies_beyond_the_extreme_points(seed: int, actions: int) -> None:
    made = random_game(seed, states=2, actions=actions, discount="1/2")
    piece, rng = around(made), random.Random(seed)
    (points,) = [list(extreme_points(piece, j)) for j in range(1)]
    for table in points:
        own = sum(
            w * sum(abs(x - e) for x, e in zip(row, home, strict=True))
            for w, row, home in zip(piece.weights, table, piece.expert[0], strict=True)
        )
        assert own <= EPS
        assert all(sum(row) == 1 and min(row) >= 0 for row in table)
    for _ in range(30):
        weights = [[F(rng.randrange(-9, 10)) for _ in range(actions)] for _ in piece.weights]

        def worth(table: list[tuple[F, ...]], by: list[list[F]] = weights) -> F:
            pairs = zip(by, table, strict=True)
            return sum((x * c for cs, row in pairs for c, x in zip(cs, row, strict=True)), F(0))

        best = max(worth(table) for table in points)
        assert all(worth(inside(rng, piece, 0)) <= best for _ in range(10))


def exact_cases() -> Iterator[tuple[int, F]]:
    for seed in (101, 105):
        made = random_game(seed, states=2, discount="1/2")
        found = largest_gap(made.game, made.expert, EPS, nodes=200)
        assert found.is_exact, seed
        assert nash_gap(made.game, found.learner) == found.value
        yield seed, found.lower


def test_small_markov_games_have_exact_worst_learners_which_nothing_beats() -> None:
    for seed, value in exact_cases():
        made = random_game(seed, states=2, discount="1/2")
        piece, rng = around(made), random.Random(seed)
        for _ in range(30):
            learner = ProductPolicy([inside(rng, piece, j) for j in range(2)])
            assert (eps_bc_per_player(made.game, made.expert, learner) <= EPS).all()
            assert nash_gap(made.game, learner) <= value


def test_a_piece_closes_only_around_its_worst_learner() -> None:
    made = random_game(101, states=2, discount="1/2")
    found = largest_gap(made.game, made.expert, EPS, nodes=200)
    small = F(1, 200)
    piece = around(made)
    tables = [table.tolist() for table in found.learner]
    for j, table in enumerate(tables):
        for s, row in enumerate(table):
            for a, p in enumerate(row):
                low, high = max(F(0), p - small), min(F(1), p + small)
                piece = piece._cut(j, s, a, low, high)
    assert closes(made.game, piece, found.learner, found.lower)
    # A learner that the error could still make worse is no top, and lesser gaps are beaten.
    corners = [list(extreme_points(piece, j)) for j in range(2)]
    others = [
        ProductPolicy([first, second])
        for first in corners[0][:6]
        for second in corners[1][:6]
        if [first, second] != [[tuple(r) for r in t] for t in tables]
    ]
    worse = [x for x in others if nash_gap(made.game, x) < found.lower]
    assert worse
    for learner in worse[:5]:
        assert not closes(made.game, piece, learner, F(nash_gap(made.game, learner)))
    assert not closes(made.game, piece, made.expert, found.lower)
