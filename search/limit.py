r"""A supremum that no game attains, shown by a segment of games.

*Rewards.* Two games differ in their rewards only, \(r\) and \(r'\). Kernel, start, discount and
policies being fixed, every value is linear in the rewards, and each assumption below asks for
linear equations and inequalities in them, or for nothing about them. The `end` satisfies them with
`strict-nash` read as `nash`, the other game as it is written. Hence \((1-t)r+tr'\) is a game of
the class for every \(t\in(0,1]\) (a strict and a weak inequality average to a strict one), and
one deviation gains \((1-t)g+tg'\) there: as close to the end's \(g\) as one likes.

*Starts.* With `visited=k` or the like the end may have a start \(\nu\) of its own, from
which it visits some of the states that \(\nu'\), that of the game inside, visits. Let the game
`between` have the end's rewards and \(\nu'\), and be of the class with `nash` for `strict-nash`.
For \(t\in(0,1]\) the start \((1-t)\nu+t\nu'\) visits what \(\nu'\) does. Values and
occupancies from it are averages; the concepts ask that no deviation gains from the start, or
something of each visited state or of all; so this is a game of the same class, and one deviation
gains \((1-t)g+tg'\). The argument on rewards, with this start, does the rest.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.assumptions import Assumption, parse_assumptions

from .problem import Threshold
from .rewards.program import Program
from .rewards.scene import ONE, ZERO, Scene, pure_row
from .witness import Witness, witness

LINEAR = frozenset(
    {
        *("match-rho", "match-mu", "match-bc", "full-support", "visited", "deterministic", "pure"),
        *("reset", "entry", "uniform-off-support", "nash", "strict-nash", "subgame-perfect"),
        *("margin", "team-optimal", "zero-sum", "common-payoff", "symmetric"),
        *("state-rewards", "own-rewards"),
    }
)
"""Assumptions whose games, for fixed kernel, start and policies, are convex in the rewards."""
OF_THE_VISITED = frozenset({"visited", "full-support", "entry", "uniform-off-support"})
"""What speaks of the states that are not visited; it does not depend on the start otherwise."""
NEAR = Fraction(1, 1000)
"""How much of the supremum the game inside may miss."""


@dataclass(frozen=True)
class Limit:
    """A game of the class, and one that is only weakly in it.

    Attributes:
        inside: of the class. end: with the same kernel and policies, and `strict-nash` replaced by
            `nash`; without what `OF_THE_VISITED` names if its start is another one.
    """

    inside: Witness
    end: Witness

    @property
    def value(self) -> Fraction:
        """What the gaps tend to: the gain of the end's deviation."""
        return self.end.numbers["gap_of_player"]

    def faults(self) -> tuple[str, ...]:
        """Why it shows nothing; none if games of the class come as close to the value as wanted."""
        one, other = self.inside, self.end
        found = [*_faults(one), *_faults(other)]
        if other.assumptions != (seen if self.moves else weak)(one.assumptions):
            found.append("the end has other assumptions")
        if not np.array_equal(one.game.rewards, other.game.rewards):
            found += [f"not known to be linear: {a.name}" for a in one.assumptions if _bent(a)]
        if not np.array_equal(one.game.transition, other.game.transition):
            found.append("the kernels differ")
        if self.moves and not found:
            found += self.faults_between()
        if _rest(one) != _rest(other):
            found.append("the policies, the discounts or the players differ")
        return tuple(found)

    @property
    def moves(self) -> bool:
        """Whether the starts differ."""
        return not np.array_equal(self.inside.game.start, self.end.game.start)

    def between(self, share: Fraction = ONE) -> Witness:
        """The game with the end's rewards and this share of the start inside."""
        one, other = self.inside.game, self.end.game
        start = share * one.start + (ONE - share) * other.start
        game = MarkovGame(other.transition, other.rewards, list(start), other.discount)
        return shown(game, self.end, weak(self.inside.assumptions))

    def faults_between(self) -> list[str]:
        """Why starts between the two show nothing."""
        found = list(_faults(self.between()))
        if any(a.name == "reset" and a.parameter for a in self.inside.assumptions):
            found.append("the start is one state, as rows lead back to it")
        if not self.end.model.visited("expert") <= self.inside.model.visited("expert"):
            found.append("the end visits other states")
        return found


def shown(game: MarkovGame, like: Witness, assumptions: tuple[Assumption, ...]) -> Witness:
    """Another game with the policies and the player of a witness, which shows its own gap."""
    plain = witness(game, like.expert, like.learner, like.player, Threshold(ZERO), assumptions)
    return replace(plain, shows=Threshold(plain.numbers["gap_of_player"]))


def seen(assumptions: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """Those that are asked of a game whose start visits less, with `strict-nash` read as `nash`."""
    return tuple(a for a in weak(assumptions) if a.name not in OF_THE_VISITED)


def weak(assumptions: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """The assumptions with `strict-nash` read as `nash`."""
    (nash,) = parse_assumptions("nash")
    read = (nash if a.name == "strict-nash" else a for a in assumptions)
    return tuple(dict.fromkeys(read))


def limit_of(found: Witness) -> Limit | None:
    """The best rewards of the same kernel and policies for the same deviation, on the boundary.

    None if the assumptions are not known to be linear, or no rewards are better.
    """
    if any(_bent(a) for a in found.assumptions):
        return None
    scene = Scene.of(found.game, found.expert, found.learner)
    counts = found.game.num_actions[found.player]
    moves = tuple(pure_row(int(np.argmax(row)), counts) for row in found.deviation)
    program = Program(scene, weak(found.assumptions))
    best = program.best(found.player, moves)
    if best is None:
        return None
    made = program.candidate(best)
    shows = Threshold(best.value)
    end = witness(made.game, made.expert, made.learner, made.player, shows, weak(found.assumptions))
    limit = Limit(found, end)
    if limit.faults():
        return None
    gap = found.numbers["gap_of_player"]
    return limit if gap >= (ONE - NEAR) * limit.value else nearer(limit)


def nearer(limit: Limit, share: Fraction = NEAR) -> Limit:
    """The same limit, with a game inside that has only this share of the one before."""
    one, other = limit.inside, limit.between(share)
    rewards = share * one.game.rewards + (ONE - share) * other.game.rewards
    game = MarkovGame(one.game.transition, rewards, list(other.game.start), one.game.discount)
    return replace(limit, inside=shown(game, one, one.assumptions))


def reaching(limit: Limit, asked: Threshold) -> Witness | None:
    """A game of the class that meets a threshold below the limit's value, or None."""
    missing = limit.value - asked.value
    if missing <= 0:
        return None
    size = 8 / (1 - Fraction(limit.end.game.discount))
    found = nearer(limit, min(ONE, missing / size)).inside
    return replace(found, shows=asked) if asked.met_by(found.numbers["gap_of_player"]) else None


def attaining(limit: Limit) -> Witness | None:
    """The end as a game of the class, if it is one: it may merely visit fewer states.

    Where it visits less, a learner that is to be uniform off the visited states is made so.
    """
    inside, end = limit.inside, limit.end
    learner = end.learner
    if any(a.name == "uniform-off-support" for a in inside.assumptions):
        visited = end.model.visited("expert")
        for player, table in enumerate(learner):
            even = [Fraction(1, table.shape[1])] * table.shape[1]
            rows = [list(row) if s in visited else even for s, row in enumerate(table)]
            learner = learner.replace(player, rows)
    found = shown(end.game, replace(end, learner=learner), inside.assumptions)
    return None if _faults(found) or found.numbers["gap_of_player"] < limit.value else found


def _faults(found: Witness) -> tuple[str, ...]:
    checked = found.verify()
    return () if checked.valid else checked.reasons


def _rest(found: Witness) -> tuple[ProductPolicy, ProductPolicy, Fraction | float, int]:
    return found.expert, found.learner, found.game.discount, found.player


def _bent(assumption: Assumption) -> bool:
    return assumption.name not in LINEAR
