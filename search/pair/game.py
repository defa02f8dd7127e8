r"""From a solution of a case to a full game with expert and learner.

The expert plays 0 everywhere. At a visited state the exploiter decides between the expert's row
and the deviation's. At an unvisited one the learner's row needs both the exploiter and an opponent
to leave 0, so that nobody gains alone: the expert is Nash from every state, and the game may be
zero-sum, with common payoffs or symmetric. Where players take turns, the opponent decides there.

Where every other action must be worse (a margin, a strict equilibrium), an opponent that leaves 0
at a visited state is led to where it earns least, and so is an exploiter whose deviation plays the
expert's action there.
"""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from ..candidate import Candidate
from ..query import GameClass
from .beside import beside
from .bound import Solution
from .program import Program, kernel_row

Distribution = Mapping[int, Fraction]
Half = tuple[Fraction, Distribution]
"""A reward and where it leads."""
ONE, ZERO = Fraction(1), Fraction(0)


def game_of(said: GameClass, program: Program, player: int, solution: Solution) -> Candidate:
    """The game that a solution describes, in the shape of the class; nothing of it is believed."""
    if not program.rules.is_nash:
        return beside(said, program, player, solution)
    return _Maker(said, program, player, solution).candidate()


class _Maker:
    def __init__(self, said: GameClass, program: Program, player: int, solution: Solution) -> None:
        self.said, self.program, self.player, self.solution = said, program, player, solution
        self.rules, self.shape = program.rules, program.shape
        self.nodes = {node.name: node for node in program.nodes}
        others = [j for j, a in enumerate(said.actions) if j != player and a > 1]
        self.opponent = max(others, key=lambda j: said.actions[j]) if others else None
        self.turns = bool(said.names & {"turn-based", "alternating"})
        self.is_symmetric = "symmetric" in said.names
        self.is_strict = "strict-nash" in said.names or self.said_share("margin", ZERO) > 0

    def candidate(self) -> Candidate:
        actions, size = self.said.actions, self.shape.states
        transition = np.full((size, *actions, size), ZERO, dtype=object)
        rewards = np.full((len(actions), size, *actions), ZERO, dtype=object)
        for s in range(size):
            for joint in np.ndindex(*actions):
                reward, row = self.row(s, joint)
                for t, p in row.items():
                    transition[(s, *joint, t)] = p
                for j in range(len(actions)):
                    rewards[(j, s, *joint)] = self.share(j, s, joint, reward)
        game = MarkovGame(transition, rewards, self.start(), self.said.discount)
        expert = ProductPolicy.pure([[0] * size for _ in actions], actions)
        return Candidate(game, expert, self.learner(), self.player)

    @property
    def kept(self) -> int:
        """How many states the learner treats as the expert does."""
        if self.rules.rest == "no":
            return self.shape.visited
        if "uniform-off-support" not in self.said.names:
            return self.shape.states
        return max(self.shape.visited, 2) if self.turns else self.shape.visited

    # -- rows

    def row(self, s: int, joint: tuple[int, ...]) -> Half:
        """What the exploiter gets for a joint action at a state, and where it leads."""
        departs = joint[self.player] != 0
        others = any(a for j, a in enumerate(joint) if j != self.player)
        if self.turns and self.opponent is not None:
            others = joint[self.opponent] != 0
        if self.rules.rest != "no":
            return self.idle(s, departs, others)
        if self.rules.level != "no":
            return self.antisymmetric(s, departs, others)
        if self.shape.mine is not None:
            return self.owned(s, departs, others)
        if s < self.shape.visited:
            return self.visited(s, departs, others)
        if self.rules.everywhere:
            return self.sharp(s, departs, others)
        if others and (departs or self.turns):
            return self.off(s)
        return self.on(s)

    def idle(self, s: int, departs: bool, others: bool) -> Half:
        """Nothing is to be gained in such a class: any game of it will do."""
        names, inside = self.said.names, s < self.shape.visited
        if not self.is_strict:
            return ZERO, {int(s == 0 and self.turns and self.shape.states > 1): ONE}
        leaves = inside and (departs or others)
        row = self.away(self.shape.states - 1) if leaves else self.stays(s)
        if "state-rewards" in names:
            return (ONE if inside else -ONE), row
        if "zero-sum" in names:
            return Fraction(int(others) - int(departs)), row
        shared = bool(names & {"common-payoff", "team-optimal"})
        return (-ONE if departs or (others and shared) else ONE), row

    def visited(self, s: int, departs: bool, others: bool) -> Half:
        if departs or (others and self.is_symmetric):
            reward, row = self.aside(s)
            own = self.rules.rewards == "own" and not departs
            return (self.value("r", s) if own else reward), row
        if others and self.is_strict:
            return self.punished(s)
        return self.half(self.kept_to(s), s, "r")

    def kept_to(self, s: int) -> str:
        """The node with the expert's row."""
        return "follow" if self.follows(s) else "deviate" if self.joins(s) else "expert"

    def punished(self, s: int) -> Half:
        """What an opponent brings about that leaves the expert alone at a visited state."""
        names, least, reward = self.said.names, self.shape.states - 1, self.value("r", s)
        if names & {"common-payoff", "team-optimal"}:
            reward, least = -ONE, self.worst(s)
        elif "zero-sum" in names:
            reward, least = ONE, self.worst(s, -1)
        elif self.rules.rewards != "state":
            return self.half(self.kept_to(s), s, "r")
        return self.value("r", s) if self.rules.rewards == "state" else reward, self.away(least)

    def antisymmetric(self, s: int, departs: bool, others: bool) -> Half:
        """Rewards of opposite sign where the players exchange their actions, and 0 where alike."""
        if departs and others:
            return ZERO, self.stays(s)
        if not departs and not others:
            if s < self.shape.visited:
                return ZERO, self.half(self.kept_to(s), s, "r")[1]
            uniform = self.rules.uniform is not None
            return ZERO, self.half("deviate", s, "r")[1] if uniform else self.stays(s)
        if s < self.shape.visited:
            reward, row = self.aside(s)
            return (reward if departs else -reward), row
        reward, row = self.off(s)
        return (-reward if departs else reward), row

    def stays(self, s: int) -> Distribution:
        """The state itself, as far as resets allow."""
        back = self.said_share("reset", ZERO)
        return {s: ONE} if s == 0 or not back else {0: back, s: ONE - back}

    def aside(self, s: int) -> Half:
        """The exploiter's other action against the expert's opponents."""
        if self.joins(s):
            return self.value("r", s), self.away(self.worst(s))
        if not self.follows(s):
            return self.half("deviate", s, self.dev(s))
        reward = "r" if self.rules.rewards == "state" else "low"
        return self.half("other", s, reward)

    def on(self, u: int) -> Half:
        """Against the expert's opponents, at an unvisited state."""
        if self.rules.uniform is None:
            return self.half("against", u, "low" if self.rules.rewards == "free" else "r")
        return self.half("deviate", u, self.dev(u))

    def off(self, u: int) -> Half:
        """Against the learner's."""
        name = "learner" if self.rules.uniform is None else "best"
        return self.half(name, u, "high" if self.rules.rewards == "free" else "r")

    def sharp(self, u: int, departs: bool, others: bool) -> Half:
        """At an unvisited state where the expert's action has a margin."""
        state, uniform = self.rules.rewards == "state", self.rules.uniform is not None
        other = "r" if state else "low"
        if f"deviates {u}" not in self.program.deviates:
            if departs:
                high = "r" if state else "high"
                return self.half("learner", u, high) if others else self.half("other", u, other)
            return self.half("expert", u, "r")
        follows = self.follows(u)
        own = "r" if follows or state else "q"
        if departs == follows:
            return self.half("other", u, other) if departs else self.half("expert 1", u, "r")
        if others and uniform:
            return self.half("best", u, "high" if self.rules.rewards == "free" else own)
        if others:
            return self.half("learner 0" if follows else "learner 1", u, own)
        if follows:
            return self.half("follow" if uniform else "expert 0", u, "r")
        return self.half("deviate" if uniform else "against", u, own)

    def owned(self, s: int, departs: bool, others: bool) -> Half:
        assert self.shape.mine is not None
        mine = s in self.shape.mine
        if s < self.shape.visited:
            if not mine:
                return self.half("follow", s, "r")
            return self.half("deviate", s, self.dev(s)) if departs else self.half("expert", s, "r")
        if mine:
            return self.half("deviate", s, "r")
        return self.off(s) if others else self.on(s)

    def dev(self, s: int) -> str:
        """The variable with the reward of the deviation's action."""
        rules = self.rules
        if rules.rewards == "state":
            return "r"
        return "q" if rules.rewards == "free" or s < self.shape.visited else "r"

    def follows(self, s: int) -> bool:
        return self.solution.picks.get(f"deviates {s}") == 0

    def worst(self, s: int, sign: int = 1) -> int:
        """Where the exploiter earns least, or most; another state rather than the one it is at."""
        k, worth = self.shape.visited, self.solution.point
        states = range(self.shape.states)
        return min(states, key=lambda t: (sign * worth.get(f"U {t}", ZERO), t == s, t < k, -t))

    def joins(self, s: int) -> bool:
        """Whether rewards of the state leave the deviation no other action than the expert's."""
        point, rules = self.solution.point, self.rules
        found = self.nodes.get(f"deviate {s}")
        weights = self.solution.weights.get(f"deviate {s}")
        if not self.is_strict or rules.rewards != "state" or not found or not weights:
            return False
        row = kernel_row(found, weights)
        ahead = sum((p * point.get(f"U {t}", ZERO) for t, p in row.items()), ZERO)
        is_own = self.value("r", s) + self.said.discount * ahead == point.get(f"U {s}")
        return s < self.shape.visited and max(row) < self.shape.visited and is_own

    def half(self, node: str, s: int, reward: str) -> Half:
        kind, _, branch = node.partition(" ")
        found = self.nodes.get(f"{kind} {s}" + (f" {branch}" if branch else ""))
        weights = None if found is None else self.solution.weights.get(found.name)
        if found is None or weights is None:
            return self.value(reward, s), {s: ONE}
        return self.value(reward, s), kernel_row(found, weights)

    def value(self, reward: str, s: int) -> Fraction:
        if reward in ("low", "high"):
            return -ONE if reward == "low" else ONE
        return self.solution.point.get(f"{reward} {s}", ZERO)

    def away(self, goal: int) -> Distribution:
        """As likely to a state as a visited state may lead there."""
        back, entry = self.said_share("reset", ZERO), self.said_share("entry", ONE)
        out = ONE - back if goal < self.shape.visited else min(entry, ONE - back)
        row = {0: ONE - out}
        row[goal] = row.get(goal, ZERO) + out
        return {t: p for t, p in row.items() if p}

    def said_share(self, name: str, default: Fraction) -> Fraction:
        """The parameter of an assumption of the class."""
        found = (a.parameter for a in self.said.assumptions if a.name == name)
        return next((p for p in found if p is not None), default)

    # -- players and policies

    def share(self, j: int, s: int, joint: tuple[int, ...], reward: Fraction) -> Fraction:
        """Player j's reward."""
        names = self.said.names
        if j == self.player:
            return reward
        if names & {"common-payoff", "team-optimal"}:
            return reward
        if "zero-sum" in names:
            return -reward
        if self.is_symmetric:
            return self.row(s, joint[::-1])[0]
        if not self.is_strict:
            return ZERO
        if "state-rewards" in names:
            return ONE if s < self.shape.visited else -ONE
        return ONE if joint[j] == 0 else -ONE

    def start(self) -> list[Fraction]:
        k = self.shape.visited if "full-support" in self.said.names else 1
        return [Fraction(int(s < k), k) for s in range(self.shape.states)]

    def learner(self) -> ProductPolicy:
        tables = []
        for j, count in enumerate(self.said.actions):
            table = np.full((self.shape.states, count), ZERO, dtype=object)
            table[:, 0] = ONE
            for u in range(self.kept, self.shape.states):
                if "uniform-off-support" in self.said.names:
                    table[u, :] = Fraction(1, count)
                elif j == self.opponent:
                    table[u, 0], table[u, 1] = ZERO, ONE
            tables.append(table)
        return ProductPolicy(tables)
