r"""From a solution beside any expert to a full game: the learner is the expert, and errs.

The exploiter plays 0 everywhere and should play 1. Only its action matters, and at unvisited states
none does; the others play 0. A symmetric game exchanges the roles: the kernel tells whether anyone
left 0. In a symmetric zero-sum game equal actions are worth 0, so the opponent plays another
action than the exploiter's two, or if there is none, the one of them that allows both rewards.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from .. import lp
from ..candidate import Candidate
from ..query import GameClass
from .bound import Solution
from .nodes import ONE, Node
from .program import Program, Weights, kernel_row, row

ZERO = Fraction(0)
_HAS_MANY = frozenset({"entry", "visited", "full-support"})
"""Assumptions that speak of the visited states."""


def beside(said: GameClass, program: Program, player: int, solution: Solution) -> Candidate:
    """The game that a solution describes, in the shape of the class; nothing of it is believed."""
    return _Maker(said, program, player, everywhere(program, solution)).candidate()


def everywhere(program: Program, solution: Solution) -> Solution:
    """As much to gain from 0, and as much as possible from every other visited state.

    Where each value has a row of its own, the best successor has the largest value for the
    deviation and the smallest for the policy; with these the best rewards are found again.
    """
    visited = range(program.shape.visited)
    gain = tuple(chain(*(((f"W {s}", ONE), (f"U {s}", -ONE)) for s in visited)))
    found, total = solution, -1 - Fraction(len(visited)) * 2 / (1 - program.discount)
    for _ in range(program.shape.states + 1):
        weights = _greedy(program, found)
        kept = row("kept", {"W 0": -ONE, "U 0": ONE, "": solution.value})
        rows = (*program.fixed(weights, found.picks), kept)
        best = lp.maximise(gain, rows, program.boxes(rows) | program.boxes([row("", dict(gain))]))
        if not isinstance(best, lp.Optimum) or best.value <= total:
            return found
        total, found = best.value, replace(found, weights=weights, point=best.point)
    return found


def _greedy(program: Program, found: Solution) -> Weights:
    """Weights with the best successor for each value; nodes that two values share keep theirs."""
    weights = dict(found.weights)
    for node in program.live(found.picks):
        if node.w is None or node.u is None:
            weights[node.name] = tuple(
                {_best(node, program.shape.support(part.support), found): ONE}
                for part in node.parts
            )
    return weights


def _best(node: Node, support: tuple[int, ...], found: Solution) -> int:
    if node.w is not None:
        return max(support, key=lambda t: found.point.get(f"W {t}", ZERO))
    return min(support, key=lambda t: found.point.get(f"U {t}", ZERO))


class _Maker:
    def __init__(self, said: GameClass, program: Program, player: int, solution: Solution) -> None:
        self.said, self.program, self.player, self.solution = said, program, player, solution
        self.nodes = {node.name: node for node in program.nodes}
        self.opposed = {"zero-sum", "symmetric"} <= said.names

    def candidate(self) -> Candidate:
        actions, size = self.said.actions, self.said.states
        transition = np.full((size, *actions, size), ZERO, dtype=object)
        rewards = np.full((len(actions), size, *actions), ZERO, dtype=object)
        for s in range(size):
            for joint in np.ndindex(*actions):
                for t, p in self.row(s, joint).items():
                    transition[(s, *joint, t)] = p
                for j in range(len(actions)):
                    rewards[(j, s, *joint)] = self.reward(j, s, joint)
        game = MarkovGame(transition, rewards, self.start(), self.said.discount)
        plays = [[self.plays(j, s) for s in range(size)] for j in range(len(actions))]
        expert = ProductPolicy.pure(plays, actions)
        return Candidate(game, expert, self.learner(expert), self.player)

    def other(self, s: int) -> int:
        """What the opponent plays in a symmetric zero-sum game."""
        if self.said.actions[self.player] > 2:
            return 2
        return int(self.value("r", s) < 0 and s < self.program.shape.visited)

    def plays(self, j: int, s: int) -> int:
        """A player's action."""
        return self.other(s) if self.opposed and j != self.player else 0

    # -- rows and rewards

    def row(self, s: int, joint: tuple[int, ...]) -> Mapping[int, Fraction]:
        """Where a joint action leads."""
        if self.opposed:
            pair = sorted((0, self.other(s)))
            departs = sorted(joint) != pair
        elif "symmetric" in self.said.names:
            departs = any(joint)
        else:
            departs = joint[self.player] > 0
        if self.program.rules.rest != "no":  # nothing is to be gained: any game will do
            return {int(s == 0 and "alternating" in self.said.names): ONE}
        kinds = ("follow",) if f"follow {s}" in self.nodes else ("deviate", "expert")
        names = [f"{kind} {s}" for kind in kinds if f"{kind} {s}" in self.nodes]
        if not names:
            return {int(s == 0 and "alternating" in self.said.names): ONE}
        name = names[0] if departs or len(names) == 1 else names[1]
        return kernel_row(self.nodes[name], self.solution.weights[name])

    def reward(self, j: int, s: int, joint: tuple[int, ...]) -> Fraction:
        """A player's reward for a joint action."""
        names, own = self.said.names, joint[self.player]
        if self.opposed:
            mine, other = joint if j == 0 else joint[::-1]
            return self.opposite(s, mine, other)
        if "symmetric" in names and "common-payoff" not in names:
            own = joint[j]
        elif "symmetric" in names:
            own = max(joint)
        elif j != self.player and "common-payoff" not in names:
            return ZERO if "zero-sum" not in names else -self.reward(self.player, s, joint)
        return self.value("q" if own else "r", s)

    def opposite(self, s: int, own: int, other: int) -> Fraction:
        """The reward of one's own action against another in a symmetric zero-sum game."""
        if own == other:
            return ZERO
        return self.against(s, own) if other == self.other(s) else -self.against(s, other)

    def against(self, s: int, own: int) -> Fraction:
        """The exploiter's reward against what the opponent plays."""
        return self.value("q" if own == 1 else "r", s) if own < 2 else ZERO

    def value(self, reward: str, s: int) -> Fraction:
        rules = self.program.rules
        is_one = rules.rewards == "state" or f"follow {s}" in self.nodes
        if s >= self.program.shape.visited and not is_one and not self.opposed:
            reward = "q"  # which no action changes
        return self.solution.point.get(f"{'r' if is_one else reward} {s}", ZERO)

    # -- start and policies

    def start(self) -> list[Fraction]:
        """State 0, or all visited states from which there is as much to gain."""
        point, names = self.solution.point, self.said.names
        chosen = [0]
        if names & _HAS_MANY and "reset" not in names:
            gains = {
                s: point.get(f"W {s}", ZERO) - point.get(f"U {s}", ZERO)
                for s in range(self.program.shape.visited)
            }
            chosen = [s for s, gain in gains.items() if gain >= self.solution.value]
        return [Fraction(int(s in chosen), len(chosen)) for s in range(self.said.states)]

    def learner(self, expert: ProductPolicy) -> ProductPolicy:
        """The expert, or at unvisited states the uniform policy, if that is asked."""
        if "uniform-off-support" not in self.said.names:
            return expert
        tables = [np.array(table) for table in expert.policies]
        for table, count in zip(tables, self.said.actions, strict=True):
            table[self.program.shape.visited :, :] = Fraction(1, count)
        return ProductPolicy(tables)
