r"""Reward entries that a class makes equal, opposite or zero.

Common payoffs, zero sums, symmetry, rewards that depend on the state or on one's own action, and
turns all say \(r_i(s,a)=\pm r_j(s',a')\). Entries so tied share one variable and differ in sign;
an entry that is its own opposite is 0.
"""

import itertools
from collections.abc import Mapping, Sequence

Entry = tuple[int, int, tuple[int, ...]]
"""Player, state, joint action."""

TIES = frozenset(
    {"zero-sum", "common-payoff", "team-optimal", "symmetric", "state-rewards", "own-rewards"}
)


class Ties:
    """The entries of a game's rewards, merged into classes.

    Args:
        actions: action counts.
        states: number of states.
        names: the assumptions' names; those that say nothing of rewards are ignored.
        owners: by state, the one player whose action matters, where turns are taken.

    Example:
        >>> ties = Ties((2, 2), 1, frozenset({"zero-sum", "state-rewards"}))
        >>> ties.of(0, 0, (0, 1)), ties.of(1, 0, (1, 1))
        (('r 0 0 0 0', 1), ('r 0 0 0 0', -1))
    """

    def __init__(
        self,
        actions: Sequence[int],
        states: int,
        names: frozenset[str],
        owners: Mapping[int, int] | None = None,
    ) -> None:
        self._up: dict[Entry, tuple[Entry, int]] = {}
        self._zero: set[Entry] = set()
        joints = tuple(itertools.product(*map(range, actions)))
        self.entries = tuple(
            (i, s, a) for i in range(len(actions)) for s in range(states) for a in joints
        )
        for i, s, a in self.entries:
            if names & {"common-payoff", "team-optimal"}:
                self._tie((0, s, a), (i, s, a), 1)
            if "zero-sum" in names and i == 1:
                self._tie((0, s, a), (1, s, a), -1)
            if "symmetric" in names and i == 1:
                self._tie((0, s, a[::-1]), (1, s, a), 1)
            if "state-rewards" in names:
                self._tie((i, s, joints[0]), (i, s, a), 1)
            if "own-rewards" in names:
                self._tie((i, s, _only(i, a)), (i, s, a), 1)
            if owners is not None:
                self._tie((i, s, _only(owners[s], a)), (i, s, a), 1)
        self._named = {entry: self._name(entry) for entry in self.entries}

    def of(self, player: int, state: int, joint: tuple[int, ...]) -> tuple[str, int]:
        """The variable of an entry and its sign; the sign is 0 where the entry must be 0."""
        return self._named[player, state, joint]

    def _name(self, entry: Entry) -> tuple[str, int]:
        (i, s, a), sign = self._root(entry)
        words = " ".join(map(str, (i, s, *a)))
        return f"r {words}", 0 if (i, s, a) in self._zero else sign

    def _root(self, entry: Entry) -> tuple[Entry, int]:
        sign = 1
        while entry in self._up:
            entry, turn = self._up[entry]
            sign *= turn
        return entry, sign

    def _tie(self, one: Entry, other: Entry, sign: int) -> None:
        """Makes one entry the other one times the sign."""
        (a, p), (b, q) = self._root(one), self._root(other)
        if a == b:
            if p != sign * q:
                self._zero.add(a)
            return
        keep, drop = min(a, b), max(a, b)
        self._up[drop] = (keep, p * q * sign)
        if drop in self._zero:
            self._zero.add(keep)


def _only(player: int, joint: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a if j == player else 0 for j, a in enumerate(joint))
