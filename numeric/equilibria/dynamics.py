"""Best responses in turn, until nobody gains: pure equilibria of large general-sum games.

The dynamics may cycle; several seeded starts are tried, and the enclosed Nash gap says what was
found.
"""

import numpy as np

from ..sparse import SparseGame, best_response, nash_gap, pure
from .zero_sum import SparseEquilibrium

METHOD = "best responses in turn"


def best_responses_in_turn(
    game: SparseGame, *, seed: int = 0, starts: int = 5, turns: int = 30, accuracy: float = 1e-8
) -> SparseEquilibrium:
    """A pure profile from which best responses lead nowhere, or the best one seen.

    Args:
        game: the game.
        seed: of the random pure profiles to start from.
        starts: how many starts to try.
        turns: rounds of best responses from each.
        accuracy: the gap that is good enough; look at the result's `gap` for what was reached.

    Example:
        >>> from nashgap.numeric.grids import collisions
        >>> best_responses_in_turn(collisions().sparse).gap.upper < 1e-8
        True
    """
    random = np.random.default_rng(seed)
    best: SparseEquilibrium | None = None
    for _ in range(max(starts, 1)):
        drawn = [random.integers(0, k, size=game.num_states) for k in game.num_actions]
        policy = pure(game, np.stack(drawn))
        seen: set[bytes] = set()
        for _ in range(turns):
            # Replies depend on the profile alone: once one comes back, nothing new follows.
            trace = b"".join(table.argmax(axis=1).tobytes() for table in policy)
            if trace in seen:
                break
            seen.add(trace)
            for player in range(game.players):
                reply = best_response(game, policy, player)
                policy = policy.replace(player, reply.table)
        found = SparseEquilibrium(policy, nash_gap(game, policy), METHOD)
        best = found if best is None or found.gap.upper < best.gap.upper else best
        if best.gap.upper <= accuracy:
            break
    assert best is not None
    return best
