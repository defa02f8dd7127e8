"""Turn-based, and the owner changes at every step.

An owner is the player whose action matters. A state at which nobody's action matters may be given
any owner; the game alternates if owners can be given such that every transition possible under some
joint action leads to a state of another owner. A state that can stay where it is rules this out.
With two players this is a two-colouring; with more it is decided by exact search.
"""

from dataclasses import dataclass

from ..model import Answer, Model
from . import turn_based
from ._kinds import Assumption
from ._owners import influential, successors

_BUDGET = 200_000


def _check(model: Model) -> Answer:
    turns = turn_based.ASSUMPTION.holds(model)
    if turns.holds is not True:
        return turns
    neighbours: list[set[int]] = [set() for _ in range(model.num_states)]
    for state, reached in enumerate(successors(model)):
        if state in reached:
            return Answer(False, f"state {state} can follow itself, whoever owns it")
        for other in reached:
            neighbours[state].add(other)
            neighbours[other].add(state)
    everyone = frozenset(range(model.players))
    allowed = [players or everyone for players in influential(model)]
    owners: dict[int, int] = {}
    for part in _parts(neighbours):
        search = _Search(neighbours)
        found = search.run({state: allowed[state] for state in part})
        if found is None:
            if search.steps > _BUDGET:
                return Answer(None, f"no assignment of owners was found in {_BUDGET} steps")
            where = f"the states {sorted(part)[:8]}"
            return Answer(False, f"no owners of {where} change on every possible transition")
        owners |= found
    return Answer(True, f"owners by state: {[owners[s] for s in range(model.num_states)]}")


def _parts(neighbours: list[set[int]]) -> list[set[int]]:
    """The connected components."""
    parts: list[set[int]] = []
    for state in range(len(neighbours)):
        if not any(state in part for part in parts):
            part, frontier = {state}, [state]
            while frontier:
                new = neighbours[frontier.pop()] - part
                part |= new
                frontier.extend(new)
            parts.append(part)
    return parts


@dataclass
class _Search:
    """Backtracking over the state with the fewest owners left, with the rest narrowed at once."""

    neighbours: list[set[int]]
    steps: int = 0

    def run(self, allowed: dict[int, frozenset[int]]) -> dict[int, int] | None:
        stack = [(allowed, frozenset[int]())]
        while stack and self.steps <= _BUDGET:
            left, done = stack.pop()
            self.steps += 1
            state = min(left.keys() - done, key=lambda s: (len(left[s]), s), default=None)
            if state is None:
                return {s: min(owners) for s, owners in left.items()}
            for owner in sorted(left[state], reverse=True):
                narrowed = {
                    other: owners - {owner} if other in self.neighbours[state] else owners
                    for other, owners in left.items()
                }
                narrowed[state] = frozenset({owner})
                if all(narrowed.values()):
                    stack.append((narrowed, done | {state}))
        return None


ASSUMPTION = Assumption(
    "alternating",
    None,
    "turn-based, and the player whose action matters changes at every step",
    r"\text{turn-based with owners } o(\cdot),\quad P(t\mid s,a)>0\Rightarrow o(t)\ne o(s)",
    _check,
)
