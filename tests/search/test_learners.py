"""The best and the worst learner against brute force on grids, and exactly on named games."""

import itertools
import random
from dataclasses import replace
from fractions import Fraction as F
from typing import Literal

import numpy as np
import pytest

from nashgap.numeric.batch import (
    GameBatch,
    PolicyBatch,
    batch_eps_bc,
    batch_eps_mu,
    batch_eps_rho,
    batch_nash_gaps,
)
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc, eps_mu, eps_rho
from nashgap.numeric.modulus.region import Region
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.learners import (
    Extreme,
    Surd,
    extremes_along,
    largest_gap,
    largest_gap_curve,
    markov,
    smallest_gap,
)
from nashgap.search.learners.bilinear import by_branching
from nashgap.search.learners.one_state import ball_vertices, largest_by_vertices
from nashgap.search.learners.result import Error, error_of
from nashgap.search.learners.surd import roots
from nashgap.theory.errors import BadInput

GAMMA = F(1, 2)


def mixture(rng: random.Random, size: int) -> list[F]:
    weights = [rng.randrange(4) for _ in range(size)]
    weights[rng.randrange(size)] += 1
    return [F(w, sum(weights)) for w in weights]


def bimatrix(seed: int, rows: int, columns: int) -> tuple[MarkovGame, ProductPolicy]:
    rng = random.Random(seed)
    payoffs = [
        [[[F(rng.randrange(-4, 5), 4) for _ in range(columns)] for _ in range(rows)]]
        for _ in range(2)
    ]
    game = MarkovGame([[[["1"]] * columns] * rows], payoffs, ["1"], GAMMA)
    return game, ProductPolicy([[mixture(rng, rows)], [mixture(rng, columns)]])


def simplex_grid(size: int, parts: int) -> np.ndarray:
    axes = np.indices((parts + 1,) * (size - 1)).reshape(size - 1, -1).T
    kept = axes[axes.sum(axis=1) <= parts]
    return np.concatenate([kept, parts - kept.sum(axis=1, keepdims=True)], axis=1) / parts


def one_state_grid(
    game: MarkovGame, expert: ProductPolicy, parts: int
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Nash gaps and errors of all pairs of grid mixtures, straight from the definitions."""
    first, second = (simplex_grid(k, parts) for k in game.num_actions)
    own = np.asarray(game.rewards[0][0], dtype=float)
    other = np.asarray(game.rewards[1][0], dtype=float)
    e, f = (np.asarray(t[0], dtype=float) for t in expert)
    mine = (own @ second.T).max(axis=0)[None, :] - first @ own @ second.T
    theirs = (first @ other).max(axis=1)[:, None] - first @ other @ second.T
    gaps = np.maximum(mine, theirs) / (1 - float(GAMMA))
    apart = np.abs(first - e).sum(axis=1)[:, None], np.abs(second - f).sum(axis=1)[None, :]
    joint = np.einsum("pk,ql->pqkl", first, second) - np.outer(e, f)
    errors = {
        "bc": np.maximum(*apart),
        "rho": np.abs(joint).sum(axis=(2, 3)),
        "mu": np.zeros_like(gaps),
    }
    return gaps, errors


def check_learner(
    game: MarkovGame, expert: ProductPolicy, found: Extreme, error: Error, eps: F
) -> None:
    assert found.lower <= found.upper
    assert error_of(game, expert, found.learner, error) <= eps
    reached = found.lower if found.kind == "largest" else found.upper
    assert nash_gap(game, found.learner) == reached


def check_one_state(seed: int, error: Error, nodes: int) -> tuple[Extreme, Extreme]:
    rng = random.Random(seed)
    rows, columns = rng.choice([(2, 2), (2, 2), (2, 3), (3, 2)])
    game, expert = bimatrix(seed, rows, columns)
    eps = F(rng.randrange(2, 9), 10)
    parts = 40
    gaps, errors = one_state_grid(game, expert, parts)
    # Every mixture is within r of a grid point, so an error grows by r (the joint one by 2 r) and
    # a gap changes by at most 3 r / (1 - gamma).
    r = F(max(rows, columns), 2 * parts)
    inner = max(F(0), eps - (2 * r if error == "rho" else r))
    blur = float(3 * r / (1 - GAMMA)) + 1e-9
    within = gaps[errors[error] <= float(eps) + 1e-12]
    options = {"nodes": nodes, "tolerance": "1/100"}
    most = largest_gap(game, expert, eps, error, **options)  # type: ignore[arg-type]
    least = smallest_gap(game, expert, eps, error, **options)  # type: ignore[arg-type]
    check_learner(game, expert, most, error, eps)
    check_learner(game, expert, least, error, eps)
    assert within.max() <= float(most.upper) + 1e-9
    assert float(least.lower) <= within.min() + 1e-9
    wide = largest_gap(game, expert, inner, error, **options)  # type: ignore[arg-type]
    deep = smallest_gap(game, expert, inner, error, **options)  # type: ignore[arg-type]
    assert float(wide.lower) <= within.max() + blur
    assert within.min() <= float(deep.upper) + blur
    return most, least


@pytest.mark.parametrize("error", ["bc", "rho", "mu"])
@pytest.mark.parametrize("seed", range(6))
def test_one_state_agrees_with_the_grid(seed: int, error: Error) -> None:
    check_one_state(seed, error, 40)


@pytest.mark.slow
def test_one_state_agrees_with_the_grid_on_200_games() -> None:
    errors: tuple[Error, ...] = ("bc", "rho", "mu")
    found = [check_one_state(seed, errors[seed % 3], 200) for seed in range(200)]
    assert all(m.is_exact for both in found for m in both)


@pytest.mark.parametrize("seed", range(6))
def test_branching_and_vertices_agree(seed: int) -> None:
    game, expert = bimatrix(seed, 2, 2 + seed % 2)
    eps = F(1, 4)
    exact = largest_by_vertices(game, expert, eps, "bc")
    found = by_branching(game, expert, eps, "bc", "largest", nodes=150, tolerance=F(1, 1000))
    assert found.lower <= exact.lower <= found.upper
    assert found.upper - found.lower <= F(1, 1000) or found.upper - found.lower <= F(1, 100)


def test_three_players_by_vertices() -> None:
    rng = random.Random(4)
    rewards = np.empty((3, 1, 2, 2, 2), dtype=object)
    for place in np.ndindex(*rewards.shape):
        rewards[place] = F(rng.randrange(-3, 4), 3)
    game = MarkovGame(np.full((1, 2, 2, 2, 1), F(1)), rewards, ["1"], GAMMA)
    expert = ProductPolicy([[mixture(rng, 2)] for _ in range(3)])
    eps = F(1, 3)
    found = largest_gap(game, expert, eps)
    best = F(0)
    ends = [ball_vertices(tuple(t[0].tolist()), eps / 2) for t in expert]
    steps = [
        [tuple(a + F(k, 4) * (b - a) for a, b in zip(v[0], v[-1], strict=True)) for k in range(5)]
        for v in ends
    ]
    for rows in itertools.product(*steps):
        best = max(best, F(nash_gap(game, ProductPolicy([[row] for row in rows]))))
    assert found.is_exact
    assert found.value == best


def check_curve(seed: int) -> int:
    game, expert = bimatrix(seed, *random.Random(seed).choice([(2, 2), (2, 3), (3, 3)]))
    curve = largest_gap_curve(game, expert)
    places = [F(k, 12) for k in range(25)]
    for kink in curve.kinks:
        places.extend(x for x in kink.near(20) if 0 <= x <= 2)
    for eps in places:
        assert curve.value(eps) == largest_by_vertices(game, expert, eps, "bc").value
    assert (float(curve.pieces[0].start), float(curve.pieces[-1].end)) == (0, 2)
    for one, two in itertools.pairwise(curve.pieces):
        assert one.end == two.start
        assert one.start.against(one.end) < 0
        gap = roots(*(a - b for a, b in zip(one.coefficients, two.coefficients, strict=True)))
        # The pieces meet: M is continuous, and the kink is exactly where the two are equal.
        assert any(root.against(one.end) == 0 for root in gap)
    return sum(not kink.is_rational for kink in curve.kinks)


@pytest.mark.parametrize("seed", range(5))
def test_curve_is_the_vertices_maximum_everywhere(seed: int) -> None:
    check_curve(seed)


@pytest.mark.slow
def test_curves_have_irrational_kinks_too() -> None:
    assert sum(check_curve(seed) for seed in range(40)) > 5


def test_curves_of_named_games() -> None:
    pennies = catalogue()["matching-pennies"].build()
    curve = largest_gap_curve(pennies.game, pennies.expert)
    # eps (1 + eps) / (1 - gamma) until both play pure, at eps = 1.
    assert [piece.coefficients for piece in curve.pieces] == [
        (F(0), F(10), F(10)),
        (F(20), F(0), F(0)),
    ]
    assert [str(kink) for kink in curve.kinks] == ["1"]
    dilemma = catalogue()["prisoners-dilemma"].build()
    curve = largest_gap_curve(dilemma.game, dilemma.expert)
    # Silence costs 1/2 whatever the other does, with probability eps/2, over 1/(1 - gamma) = 10.
    assert [piece.coefficients for piece in curve.pieces] == [(F(0), F(5, 2), F(0))]
    assert curve.value(F(2)) == 5


def test_surds_compare_exactly() -> None:
    two, three = F(2), F(3)
    for first, second, sign in [
        (Surd(F(0), F(1), two), Surd(F(0), F(1), three), -1),
        (Surd(F(0), F(2), two), Surd(F(0), F(1), F(8)), 0),
        (Surd(F(1), F(1), two), Surd(F(0), F(1), three), 1),
        (Surd(F(-1), F(1), two), Surd(F(-3), F(2), three), -1),
        (Surd(F(3), F(-1), two), Surd(F(3), F(-1), three), 1),
        (Surd(F(1, 2)), Surd(F(1, 2)), 0),
    ]:
        assert first.against(second) == sign == -second.against(first)
        low, high = first.near()
        assert low <= high
        assert high - low < F(1, 2**50)
    assert roots(F(1), F(0), F(1)) == []
    assert [str(x) for x in roots(F(-2), F(0), F(1))] == ["0 - 1*sqrt(2)", "0 + 1*sqrt(2)"]
    assert roots(F(2), F(-3), F(1)) == [Surd(F(1)), Surd(F(2))]


def test_smallest_is_0_for_a_nash_expert_whatever_the_error() -> None:
    for name in ("matching-pennies", "lemma-2", "w2", "stag-hunt"):
        made = catalogue()[name].build()
        for error in ("bc", "mu", "rho"):
            found = smallest_gap(made.game, made.expert, "1/10", error)
            assert (found.value, found.learner) == (F(0), made.expert)


@pytest.mark.parametrize(
    ("name", "eps", "error", "value"),
    [
        # T1 at its sharp family: (1 + gamma) eps / (1 - gamma)^2.
        ("w1", F(1, 20), "bc", F(19, 2)),
        # T2 at its sharp family: eps + min{...} with delta = 1/20.
        ("w2", F(1, 20), "bc", F(155, 11)),
        # Exact occupancy matching: 2 gamma / (1 - gamma).
        ("w3", F(0), "rho", F(18)),
        ("w3", F(0), "bc", F(18)),
    ],
)
def test_largest_on_named_games(name: str, eps: F, error: Error, value: F) -> None:
    made = catalogue()[name].build()
    found = largest_gap(made.game, made.expert, eps, error)
    assert found.value == value
    check_learner(made.game, made.expert, found, error, eps)


def test_lemma_2_is_enclosed() -> None:
    made = catalogue()["lemma-2"].build()
    found = largest_gap(made.game, made.expert, made.expected["eps_bc"], "bc")
    assert found.lower >= made.expected["nash_gap"]
    assert found.upper - found.lower < F(1, 20)


def markov_grid(
    game: MarkovGame, expert: ProductPolicy, parts: int
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Gaps and errors of all learners with two actions whose probabilities are on a grid."""
    size = game.players * game.num_states
    places = np.indices((parts + 1,) * size).reshape(size, -1) / parts
    count = places.shape[1]

    def repeated(array: object) -> np.ndarray:
        return np.repeat(np.asarray(array, dtype=float)[..., None], count, axis=-1)

    games = GameBatch(
        repeated(game.transition),
        repeated(game.rewards),
        repeated(game.start),
        np.full(count, float(game.discount)),
    )
    learner = PolicyBatch(
        tuple(np.stack([part, 1 - part], axis=1) for part in np.split(places, game.players, axis=0))
    )
    experts = PolicyBatch(tuple(repeated(t) for t in expert))
    errors = {
        "bc": batch_eps_bc(games, experts, learner),
        "mu": batch_eps_mu(games, experts, learner),
        "rho": batch_eps_rho(games, experts, learner),
    }
    return np.asarray(batch_nash_gaps(games, learner)), {
        key: np.asarray(array) for key, array in errors.items()
    }


def check_markov(seed: int, error: Error, parts: int, nodes: int) -> bool:
    """Checks what is proved; tells whether the grid is better by 1/50 at most."""
    made = random_game(seed, states=2, discount="1/2")
    eps = F(random.Random(seed).randrange(2, 9), 10)
    gaps, errors = markov_grid(made.game, made.expert, parts)
    within = gaps[errors[error] <= float(eps) - 1e-12]
    most = largest_gap(made.game, made.expert, eps, error, nodes=nodes)
    least = smallest_gap(made.game, made.expert, eps, error, nodes=nodes)
    for found in (most, least):
        check_learner(made.game, made.expert, found, error, eps)
    if not within.size:
        return True
    assert within.max() <= float(most.upper) + 1e-9
    assert float(least.lower) <= within.min() + 1e-9
    far = max(within.max() - float(most.lower), float(least.upper) - within.min())
    return bool(far <= 0.02)


@pytest.mark.parametrize("error", ["bc", "rho", "mu"])
@pytest.mark.parametrize("seed", range(2))
def test_markov_bounds_hold_on_the_grid(seed: int, error: Error) -> None:
    assert check_markov(seed, error, 8, 20)


@pytest.mark.slow
def test_markov_bounds_hold_on_the_grid_for_many_games() -> None:
    errors: tuple[Error, ...] = ("bc", "rho", "mu")
    good = [check_markov(seed, errors[seed % 3], 10, 60) for seed in range(100, 300)]
    assert all(good)


def test_bounds_shrink_to_the_expert_with_the_error() -> None:
    made = random_game(3, "full-support", states=2, discount="1/2")
    own = nash_gap(made.game, made.expert)
    for eps in (F(0), F(1, 1000)):
        for found in (
            largest_gap(made.game, made.expert, eps, nodes=1),
            smallest_gap(made.game, made.expert, eps, nodes=1),
        ):
            assert found.lower <= own <= found.upper or eps > 0
            assert found.upper - found.lower <= 40 * eps


def test_learners_of_the_bounds_are_inside_although_rounded() -> None:
    made = random_game(5, states=3, discount="9/10")
    eps = F(1, 17)
    found = largest_gap(made.game, made.expert, eps, "rho", nodes=2)
    assert eps_rho(made.game, made.expert, found.learner) <= eps
    found = largest_gap(made.game, made.expert, eps, "bc", nodes=2)
    assert eps_bc(made.game, made.expert, found.learner) <= eps


def test_extremes_along_errors_are_monotone_and_still_proved() -> None:
    made = random_game(4, states=2, discount="1/2")
    kinds: tuple[Literal["largest", "smallest"], ...] = ("largest", "smallest")
    for kind in kinds:
        found = extremes_along(
            made.game, made.expert, [F(k, 8) for k in range(4)], kind, "rho", nodes=6
        )
        sign = 1 if kind == "largest" else -1
        for one, two in itertools.pairwise(found):
            assert sign * one.lower <= sign * two.lower
            assert sign * one.upper <= sign * two.upper
        for extreme in found:
            check_learner(made.game, made.expert, extreme, "rho", extreme.eps)


def test_misuse_is_refused() -> None:
    made = catalogue()["matching-pennies"].build()
    with pytest.raises(BadInput, match="floats"):
        largest_gap(made.game.as_float(), made.expert.as_float(), "1/10")
    with pytest.raises(BadInput, match="eps"):
        smallest_gap(made.game, made.expert, 3)
    with pytest.raises(BadInput, match="error"):
        smallest_gap(made.game, made.expert, 1, "sigma")  # type: ignore[arg-type]
    big = catalogue()["w1"].build()
    with pytest.raises(BadInput, match="one state"):
        largest_gap_curve(big.game, big.expert)


@pytest.mark.parametrize("seed", range(6))
def test_the_distance_of_a_piece_is_at_most_that_of_its_learners(seed: int) -> None:
    """Equal where the piece is one learner; around one, no more than its own."""
    made = random_game(seed, states=3, discount="1/2")
    learner = random_game(seed + 50, states=3, discount="1/2").expert
    around = Region.around(made.game, made.expert, [F(2)] * 2)
    tables = tuple(tuple(map(tuple, table.tolist())) for table in learner)
    visited = tuple(occupancy(made.game, made.expert)[0].tolist())
    setting = markov._Setting(made.game, made.expert, F(1), "mu", (), visited)
    far = eps_mu(made.game, made.expert, learner)
    point = replace(around, low=tables, high=tables)
    assert markov._apart(setting, point) == far
    low = tuple(tuple(tuple(x / 2 for x in row) for row in table) for table in tables)
    wide = markov._apart(setting, replace(around, low=low))
    assert wide is not None
    assert 0 <= wide <= far
