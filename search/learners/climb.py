r"""Good and bad learners within an error, by hill climbing in floats and an exact finish.

Floats only propose. A proposal is rounded, pulled back towards the expert until its exact error is
within \(\epsilon\), and its Nash gap is computed exactly.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.numeric.batch import (
    GameBatch,
    PolicyBatch,
    batch_eps_bc_per_player,
    batch_eps_mu,
    batch_eps_rho,
    batch_nash_gaps,
)
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.modulus.region import row_vertices
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy

from .result import Error, error_of

Tables = list[Any]
BATCH = 192
CLIMBS = 4
ROUNDS = 30
ELITE = 4
SWEEPS = 3


@dataclass(frozen=True)
class Climbed:
    """A learner within the error and its Nash gap, both exact."""

    learner: ProductPolicy
    gap: Fraction


def climb(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    sign: int,
    *,
    seed: int = 0,
) -> Climbed:
    """The best found of: the expert, and what the climb proposes; `sign` 1 for the largest gap."""
    best = Climbed(expert, Fraction(nash_gap(game, expert)))
    # Climbs that never restart go deeper, the others see more.
    proposals = [
        tables
        for k in range(CLIMBS)
        for tables in _proposals(game, expert, eps, error, sign, seed + k, k % 2 * BATCH // 4)
    ]
    for tables in proposals:
        learner = pulled_back(game, expert, _rounded(tables), eps, error)
        gap = Fraction(nash_gap(game, learner))
        if sign * gap > sign * best.gap:
            best = Climbed(learner, gap)
    return _by_rows(game, expert, eps, best, sign) if error == "bc" else best


def pulled_back(
    game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy, eps: Fraction, error: Error
) -> ProductPolicy:
    """The learner moved towards the expert until its exact error is at most eps.

    Rows that the expert does not visit stay, unless they alone break the error: then the expert.
    """
    weights = occupancy(game, expert)[0]
    if error == "bc":
        tables = []
        for p, e in zip(learner, expert, strict=True):
            far = (weights @ abs(p - e)).sum()
            part = min(Fraction(1), eps / far) if far > 0 else Fraction(1)
            tables.append(_mixed(e, p, part, weights))
        return ProductPolicy(tables)
    low, high = Fraction(0), Fraction(1)
    at = between(expert, learner, low, weights)
    if error_of(game, expert, at, error) > eps:
        return expert
    for k in range(14):
        middle = high if k == 0 else (low + high) / 2
        tried = between(expert, learner, middle, weights)
        if error_of(game, expert, tried, error) <= eps:
            low, at = middle, tried
            if k == 0:
                break
        else:
            high = middle
    return at


def between(
    expert: ProductPolicy, learner: ProductPolicy, part: Fraction, weights: Any
) -> ProductPolicy:
    """The learner at the rows that the expert does not visit, a mixture of both elsewhere."""
    both = zip(learner, expert, strict=True)
    return ProductPolicy([_mixed(e, p, part, weights) for p, e in both])


def _mixed(expert: Any, learner: Any, part: Any, weights: Any) -> Any:
    table = learner.copy()
    seen = weights > 0
    table[seen] = expert[seen] + part * (learner[seen] - expert[seen])
    return table


def _by_rows(
    game: MarkovGame, expert: ProductPolicy, eps: Fraction, best: Climbed, sign: int
) -> Climbed:
    """Moves one row after the other to an exact vertex of what the cloning error leaves it."""
    weights = occupancy(game, expert)[0].tolist()
    for _ in range(SWEEPS):
        before = best.gap
        for j in range(game.players):
            for s, weight in enumerate(weights):
                centre = tuple(expert[j][s].tolist())
                spent = sum(
                    w * abs(best.learner[j][t] - expert[j][t]).sum()
                    for t, w in enumerate(weights)
                    if t != s
                )
                reach = min(Fraction(2), (eps - spent) / weight) if weight else Fraction(2)
                size = len(centre)
                ends = (Fraction(0),) * size, (Fraction(1),) * size
                for row in row_vertices(centre, *ends, reach):
                    table = best.learner[j].copy()
                    table[s] = row
                    learner = best.learner.replace(j, table)
                    gap = Fraction(nash_gap(game, learner))
                    if sign * gap > sign * best.gap:
                        best = Climbed(learner, gap)
        if best.gap == before:
            break
    return best


def _rounded(tables: Tables) -> ProductPolicy:
    exact = []
    for table in tables:
        rows = []
        for row in table.tolist():
            near = [Fraction(x).limit_denominator(2000) for x in row]
            rows.append([x / sum(near) for x in near])
        exact.append(rows)
    return ProductPolicy(exact)


def _proposals(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    sign: int,
    seed: int,
    fresh: int,
) -> list[Tables]:
    rng = np.random.default_rng(seed)
    float_game = game.as_float()
    games = GameBatch(
        _repeated(float_game.transition),
        _repeated(float_game.rewards),
        _repeated(float_game.start),
        np.full(BATCH, float(game.discount)),
    )
    centre = [np.asarray(t, dtype=float) for t in expert.as_float()]
    experts = [_repeated(t) for t in centre]
    seen = np.asarray(occupancy(game, expert)[0] > 0, dtype=bool)
    elite = [[t.copy() for t in centre]]
    scores = [-np.inf]
    for _ in range(ROUNDS):
        picks = rng.integers(len(elite), size=BATCH)
        tables = [np.stack([elite[k][j] for k in picks], axis=-1) for j in range(game.players)]
        for table, home in zip(tables, centre, strict=True):
            _perturb(table, home, rng)
            _restart(table, fresh, rng)
        tables, errors = _pull(games, experts, tables, float(eps), error, seen)
        gained = sign * np.asarray(batch_nash_gaps(games, PolicyBatch(tuple(tables))))
        gained[errors > float(eps) + 1e-9] = -np.inf
        for k in np.argsort(-gained)[:ELITE].tolist():
            if np.isfinite(gained[k]):
                elite.append([table[..., k].copy() for table in tables])
                scores.append(float(gained[k]))
        order = np.argsort(-np.array(scores), kind="stable")[:ELITE].tolist()
        elite, scores = [elite[k] for k in order], [scores[k] for k in order]
    return elite


def _restart(table: Any, fresh: int, rng: np.random.Generator) -> None:
    """Forgets the first `fresh` of the batch: pure policies, some rows of them mixed."""
    states, actions, _ = table.shape
    target = rng.integers(actions, size=(states, fresh))
    pure = np.arange(actions)[None, :, None] == target[:, None, :]
    mixed = rng.dirichlet(np.ones(actions), size=(states, fresh)).transpose(0, 2, 1)
    blend = (rng.random((states, fresh)) < 0.2)[:, None, :]
    table[..., :fresh] = np.where(blend, mixed, pure)


def _repeated(array: Any) -> Any:
    return np.repeat(np.asarray(array, dtype=float)[..., None], BATCH, axis=-1)


def _perturb(table: Any, home: Any, rng: np.random.Generator) -> None:
    """Moves some rows home, in part or whole, and some towards random actions."""
    states, actions, size = table.shape
    back = rng.random((states, size)) < rng.choice([0.0, 0.0, 0.3, 0.7], size=size)
    back_part = back * np.where(rng.random((states, size)) < 0.7, 1.0, rng.random((states, size)))
    table += back_part[:, None, :] * (home[..., None] - table)
    moved = rng.random((states, size)) < rng.choice([0.2, 0.5, 0.9], size=size)
    part = rng.choice([1.0, 0.5, 0.1, 0.02], size=(states, size)) * rng.random((states, size)) ** (
        rng.random(size) < 0.7
    )
    target = rng.integers(actions, size=(states, size))
    pure = np.arange(actions)[None, :, None] == target[:, None, :]
    amount = (part * moved)[:, None, :]
    table += amount * (pure - table)


def _pull(
    games: GameBatch, experts: Tables, tables: Tables, eps: float, error: Error, seen: Any
) -> tuple[Tables, Any]:
    expert = PolicyBatch(tuple(experts))
    for _ in range(1 if error == "bc" else 4):
        learner = PolicyBatch(tuple(tables))
        if error == "bc":
            far = np.asarray(batch_eps_bc_per_player(games, expert, learner))
        else:
            measure = batch_eps_mu if error == "mu" else batch_eps_rho
            one = np.asarray(measure(games, expert, learner))
            far = np.stack([one] * len(tables))
        parts = np.minimum(1.0, eps / np.maximum(far, 1e-300))
        pulled = []
        for table, centre, part in zip(tables, experts, parts, strict=True):
            new = table.copy()
            new[seen] = centre[seen] + part * (table[seen] - centre[seen])
            pulled.append(new)
        tables = pulled
    learner = PolicyBatch(tuple(tables))
    if error == "bc":
        return tables, np.asarray(batch_eps_bc_per_player(games, expert, learner)).max(axis=0)
    measure = batch_eps_mu if error == "mu" else batch_eps_rho
    return tables, np.asarray(measure(games, expert, learner))
