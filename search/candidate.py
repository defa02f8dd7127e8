r"""From a solution of an exact encoding to a full game with expert and learner.

At a visited state the exploiter's action 0 gives \((r_s,t)\) and its others \((q_s,t')\), whatever
the opponents do. At an unvisited state one opponent matters: its action 0 gives \((r_u,t)\), its
others \((q_u,t')\). With a common payoff it takes both, opponent and exploiter, to leave
\((r_u,t)\): then nobody gains alone there, as a subgame-perfect expert needs. Where no opponent
has two actions and the expert is not Nash, the exploiter's own action decides there too. The expert
plays 0 everywhere. The learner does the same, except that the opponent who matters plays 1 at
unvisited states.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from .encodings import Case
from .problem import Picks
from .query import GameClass

Others = Literal["nothing", "the same", "the opposite"]


@dataclass(frozen=True)
class Candidate:
    """A game with expert and learner, and who is meant to exploit; nothing about it is believed."""

    game: MarkovGame
    expert: ProductPolicy
    learner: ProductPolicy
    player: int


def candidate(
    game_class: GameClass, case: Case, player: int, picks: Picks, point: Mapping[str, Fraction]
) -> Candidate:
    """The game that a solution describes, in the shape of the class.

    The other players' rewards are 0, or what the assumptions ask for: equal to the exploiter's with
    common payoffs, opposite in zero-sum games.

    Args:
        game_class: the shape and the assumptions.
        case: the case that was solved.
        player: who exploits.
        picks: the successors.
        point: the rewards.
    """
    actions, size = game_class.actions, case.states
    opponent = next((j for j, a in enumerate(actions) if j != player and a > 1), None)
    off = player if opponent is None and not case.is_nash else opponent
    others = _others(game_class.names)
    turns = bool(game_class.names & {"turn-based", "alternating"})
    together = others == "the same" and opponent is not None and not turns
    transition = np.full((size, *actions, size), Fraction(0), dtype=object)
    own = np.full((size, *actions), Fraction(0), dtype=object)
    for state in range(size):
        for joint in np.ndindex(*actions):
            is_visited = state < case.visited
            decides = player if is_visited else off
            plain = decides is None or joint[decides] == 0
            if together and not is_visited:
                plain = plain or joint[player] == 0
            choice = "move" if not plain else "expert" if is_visited else "against"
            transition[(state, *joint, picks[f"{choice} {state}"])] = Fraction(1)
            own[(state, *joint)] = point[f"{'r' if plain else 'q'} {state}"]
    rewards = [own if i == player else _share(own, others) for i in range(len(actions))]
    visited = case.visited if "full-support" in game_class.names else 1
    start = [Fraction(int(s < visited), visited) for s in range(size)]
    game = MarkovGame(transition, np.array(rewards, dtype=object), start, case.discount)
    learner = [[0] * size for _ in actions]
    if opponent is not None:
        learner[opponent][case.visited :] = [1] * (size - case.visited)
    expert = ProductPolicy.pure([[0] * size for _ in actions], actions)
    return Candidate(game, expert, ProductPolicy.pure(learner, actions), player)


def _others(names: frozenset[str]) -> Others:
    if names & {"common-payoff", "team-optimal"}:
        return "the same"
    return "the opposite" if "zero-sum" in names else "nothing"


def _share(own: "np.ndarray[tuple[int, ...], np.dtype[np.object_]]", others: Others) -> object:
    match others:
        case "the same":
            return own
        case "the opposite":
            return -own
        case _:
            return 0 * own
