r"""Deviation concentrability: how much more often one deviating player can visit a state.

\(C_i=\max\big(1,\sup_{b_i,s}\mu_{(b_i,\pi^E_{-i})}(s)/\mu_{\pi^E}(s)\big)\) over stationary \(b_i\)
and the states \(s\) at which some opponent of \(i\) errs, \(\pi_j(\cdot\mid s)\ne\pi^E_j(\cdot\mid
s)\), with \(0/0:=0\). It is infinite iff a deviation of the player reaches such a state that the
expert never visits, and 1 where no opponent errs. For each state the supremum is the optimum of one
decision problem whose reward is 1 in that state and 0 elsewhere.
"""

import math
from fractions import Fraction

import numpy as np

from nashgap.theory.model import Number

from .game import MarkovGame
from .linear import times
from .mdp import Mdp, optimum
from .numbers import public_number
from .occupancy import occupancy, visited
from .policy import ProductPolicy
from .value import induced_mdp


def concentrability(
    game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy, player: int
) -> Number:
    r"""\(C_i\) of one player, at least 1; `math.inf` where a deviation meets an unvisited error.

    Args:
        game: the game.
        expert: \(\pi^E\).
        learner: \(\pi\); only the states at which it errs matter.
        player: i.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> concentrability(game, ProductPolicy([[["1", "0"]]]), ProductPolicy([[["0", "1"]]]), 0)
        Fraction(1, 1)
    """
    mdp = induced_mdp(game, expert, player)
    mu, _ = occupancy(game, expert)
    support = visited(game, expert)
    reachable = _reachable(mdp)
    largest: Number = Fraction(1) if game.is_exact else 1.0
    for state in _errors(expert, learner, player):
        if state in support:
            largest = max(largest, _most(mdp, state) / mu[state])
        elif state in reachable:
            return math.inf
    return largest


def _errors(expert: ProductPolicy, learner: ProductPolicy, player: int) -> list[int]:
    wrong = np.zeros(expert.num_states, dtype=bool)
    for j in range(expert.players):
        if j != player:
            wrong |= (expert[j] != learner[j]).any(axis=1)
    return [int(s) for s in np.flatnonzero(wrong)]


def _most(mdp: Mdp, state: int) -> Number:
    r"""\(\max_{b}\mu_b(s)\), normalised."""
    reward = 0 * mdp.reward
    reward[state] += 1
    found = optimum(Mdp(mdp.kernel, reward, mdp.first, mdp.gamma))
    worth: Number = public_number(
        (1 - mdp.gamma) * times(mdp.first[None, :], found.state_values)[0]
    )
    return worth


def _reachable(mdp: Mdp) -> frozenset[int]:
    """States that some policy of the player visits, from the supports."""
    edges = np.asarray((mdp.kernel > 0).any(axis=1))
    reached = set(np.flatnonzero(mdp.first > 0).tolist())
    frontier = list(reached) if mdp.gamma > 0 else []
    while frontier:
        new = set(np.flatnonzero(edges[frontier.pop()]).tolist()) - reached
        reached |= new
        frontier.extend(new)
    return frozenset(reached)
