r"""Dominance: \(U\) is where \(e_i\) goes against some opponents; elsewhere it may do anything.

\(e_i\) is a best response from the start to every stationary product of opponents iff F >= 0 for
all opponents, states of U, actions there and actions elsewhere.
"""

from .against_all import against_all
from .concept import Sides
from .opponents import everyone
from .side import Side


def dominance(side: Side, *, strictly: bool) -> Sides:
    """Both sides of weak or strict dominance for one player."""
    anyone = [side.joints()] * side.states
    held = sorted(side.reached(side.own, anyone))
    reachable = side.reached(side.any_action(), anyone)
    free = sorted(reachable - set(held))
    return against_all(side, everyone(side, reachable), held, free, strictly=strictly)
