r"""A stationary equilibrium of any small Markov game: logit path, then Newton on its support.

The path of `logit` is walked until the actions that it plays are the support of an equilibrium,
which Newton's method finds to the last digit; the profile is rounded to fractions and its gap
recomputed from the definition. If a path is lost, others are walked from seeded profiles.
"""

from fractions import Fraction

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array
from ..policy import ProductPolicy
from .logit import LogitPath
from .reconstruct import reconstruct
from .result import Equilibrium, certify_floats
from .smooth import FloatGame
from .support import solve_on_support, supports
from .team import check_exact

THRESHOLDS = (0.02, 0.2, 1e-3)
METHOD = "logit path and Newton's method on the support"
_LARGEST = 3000


def general_sum(
    game: MarkovGame,
    *,
    accuracy: Fraction = Fraction(1, 10**9),
    seed: int = 0,
    paths: int = 8,
    exact: bool = False,
) -> Equilibrium:
    """A stationary equilibrium, with its exact gap, of a game with any number of players.

    Args:
        game: an exact game.
        accuracy: the gap that is good enough; look at the result's `gap` for what was reached.
        seed: of the further paths.
        paths: how many paths to walk at most.
        exact: whether to look for a gap of exactly 0 also among large fractions. Most mixed
            equilibria of Markov games are irrational; then this only costs time.

    Raises:
        BadInput: a float game, or one with more than 3,000 pairs of state and own action.

    Example:
        >>> pennies = [[["1", "-1"], ["-1", "1"]]]
        >>> game = MarkovGame([[[["1"]] * 2] * 2], [pennies, [[["-1", "1"], ["1", "-1"]]]],
        ...                   ["1"], "9/10")
        >>> found = general_sum(game)
        >>> found.exact, found.policy[0].tolist()
        (True, [[Fraction(1, 2), Fraction(1, 2)]])
    """
    check_exact(game)
    size = game.num_states * sum(game.num_actions)
    if size > _LARGEST:
        raise BadInput("game", f"{size} pairs of state and own action", f"at most {_LARGEST}")
    if size == game.num_states * game.players:
        return Equilibrium(ProductPolicy.uniform(game), Fraction(0), "nobody has a choice")
    near = FloatGame(game)
    best: Equilibrium | None = None
    for turn in range(max(paths, 1)):
        tables = _walk(near, LogitPath(near, None if turn == 0 else seed + turn), float(accuracy))
        found = certify_floats(game, tables, METHOD)
        best = found if best is None or found.gap < best.gap else best
        if best.gap <= accuracy:
            break
    assert best is not None
    return reconstruct(game, best) if exact and not best.exact else best


def _walk(game: FloatGame, path: LogitPath, accuracy: float) -> list[Array]:
    """The first profile on a path that is good enough, or the best one seen."""
    best = [np.full((game.size, k), 1.0 / k) for k in game.counts]
    least, tried = game.gap(best), set()
    for point in path.walk():
        candidates = [point.tables]
        for threshold in THRESHOLDS:
            played = supports(point.tables, threshold)
            key = b"".join(p.tobytes() for p in played)
            if key not in tried:
                tried.add(key)
                solved = solve_on_support(game, point.tables, played)
                candidates += [] if solved is None else [solved]
        for tables in candidates:
            gap = game.gap(tables)
            if gap < least:
                best, least = tables, gap
        if least <= accuracy / 100:
            break
    return best
