r"""Weak dominance from the start.

Is the policy \(e_i\) a best response from the start to every stationary product of opponents?

It is decided in this order, everything exactly:

1. a condition on each state that suffices (`dominance_local`);
2. refutation by the expert's own, uniform and deterministic opponents. Deterministic opponents
   alone suffice where no state at which an opponent's action changes the kernel can be revisited:
   every path then uses each row that steers it at most once, so for each deviation b the
   difference of values \(V^{(b,p)}(\nu)-V^{(e,p)}(\nu)\) is affine in each row of p and greatest
   at a vertex;
3. with one opponent, quadratic forms that are copositive or not (`dominance_copositive`), which
   leaves nothing open up to some 10^4 pure policies of the opponent;
4. with several, refutation by mixed opponents that a float search suggests (`dominance_search`),
   then signs of polynomials on a product of simplices (`dominance_bernstein`).

What is left is undecided. Work is counted, not timed: an answer is the same on every machine.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from nashgap.theory.assumptions import FLOATS
from nashgap.theory.model import brief

from . import dominance_bernstein, dominance_copositive
from .dominance_bernstein import Outcome
from .dominance_local import is_locally_dominant
from .dominance_search import search
from .dominance_side import Refutation, Side, closure, side
from .game import MarkovGame
from .numbers import Array, public, public_number
from .policy import ProductPolicy

WORK = 2000
"""Steps that one player's question may take where nothing decides at once."""


@dataclass(frozen=True, eq=False)
class Dominance:
    """Whether a policy is weakly dominant from the start.

    Attributes:
        holds: True, False, or None for undecided.
        reason: why, in one line.
        opponents: where False, a profile of the others (the player's own table is the expert's)
            against which the policy is not a best response.
        deviation: where False, a pure best response to them, shape [S, A_i].
        gain: where False, what the deviation earns more from the start, positive.
    """

    holds: bool | None
    reason: str
    opponents: ProductPolicy | None = None
    deviation: Array | None = None
    gain: Fraction | None = None


def dominance(
    game: MarkovGame, expert: ProductPolicy, player: int, *, work: int = WORK, seed: int = 0
) -> Dominance:
    """Decides whether the expert's policy of a player is weakly dominant from the start.

    Args:
        game: the game; in floats nothing is decided.
        expert: only the player's own table is in question.
        player: who.
        work: what may be tried where nothing decides at once: deterministic opponents, points of
            the search and boxes, each of them about a millisecond.
        seed: of the search for mixed opponents.

    Example:
        Defection in a prisoner's dilemma, and cooperation:

        >>> rewards = [[[["0", "1"], ["-1", "1/2"]]], [[["0", "-1"], ["1", "1/2"]]]]
        >>> game = MarkovGame([[[["1"], ["1"]], [["1"], ["1"]]]], rewards, ["1"], "1/2")
        >>> dominance(game, ProductPolicy.pure([[0], [0]], (2, 2)), 0).holds
        True
        >>> found = dominance(game, ProductPolicy.pure([[1], [0]], (2, 2)), 0)
        >>> found.holds, found.gain, found.opponents[1].tolist()
        (False, Fraction(2, 1), [[Fraction(1, 1), Fraction(0, 1)]])
    """
    expert.check_fits(game, "expert")
    if not game.is_exact:
        return Dominance(None, FLOATS)
    view = side(game, expert, player)
    refuted = _beaten(view, expert)
    if refuted is not None:
        return _no(expert, player, view, refuted)
    if not view.blocks:
        return _yes(player, "is optimal, and no opponent matters")
    if is_locally_dominant(view):
        return _yes(player, "has no better action at any state, whatever the opponents do")
    refuted, complete = _vertices(view, work // 2)
    if refuted is None and complete and not _steering_state_returns(view):
        why = (
            "beats every deviation against deterministic opponents, which suffice here as no state"
        )
        return _yes(player, f"{why} where they steer can be revisited")
    settled = False
    if refuted is None:
        outcome = _polynomials(view, work, seed)
        refuted, settled = outcome.refutation, outcome.settled
    if refuted is not None:
        return _no(expert, player, view, refuted)
    if settled:
        return _yes(player, "has no better action against any product of opponents, by polynomials")
    tried = "all deterministic" if complete else "some deterministic"
    return Dominance(
        None,
        f"player {player}: {tried} and some mixed opponents do not beat the expert's policy, and "
        f"the polynomials that decide were not settled in {work} steps",
    )


def _beaten(view: Side, expert: ProductPolicy) -> Refutation | None:
    """By the expert's own opponents or by uniform ones."""
    own = tuple(expert.working[j][list(view.states)] for j in view.opponents)
    return view.refute(own) or view.refute(view.uniform)


def _polynomials(view: Side, work: int, seed: int) -> Outcome:
    if dominance_copositive.fits(view):
        return dominance_copositive.decide(view)
    found = search(view, work // 4, seed)
    if found is not None:
        return Outcome(found, True)
    if not dominance_bernstein.fits(view):
        return Outcome(None, False)
    return dominance_bernstein.decide(view, work)


def _vertices(view: Side, most: int) -> tuple[Refutation | None, bool]:
    """A refutation by deterministic opponents, and whether all of them were tried."""
    for count, tables in enumerate(view.vertices()):
        if count >= most:
            return None, False
        found = view.refute(tables)
        if found is not None:
            return found, False
    return None, True


def _steering_state_returns(view: Side) -> bool:
    """Whether a state where an opponent's action changes the kernel can be visited twice."""
    size = len(view.states)
    edges = np.asarray((view.kernel > 0).reshape(size, -1, size).any(axis=1))
    for block in view.blocks:
        kernel = np.moveaxis(view.kernel[block.state], block.opponent + 1, 0)
        if all(np.array_equal(row, kernel[0]) for row in kernel):
            continue
        after = (edges[block.state]).astype(int)
        if block.state in closure(edges, after, view.gamma):
            return True
    return False


def _yes(player: int, why: str) -> Dominance:
    return Dominance(True, f"player {player}'s policy {why}")


def _no(expert: ProductPolicy, player: int, view: Side, refuted: Refutation) -> Dominance:
    tables = [table.copy() for table in expert.policies]
    for j, table in zip(view.opponents, refuted.tables, strict=True):
        tables[j][list(view.states)] = public(table)
    deviation = expert[player].copy()
    changes = []
    for position, action in enumerate(refuted.actions):
        state = view.states[position]
        if deviation[state, action] != 1:
            changes.append(f"action {action} at state {state}")
        deviation[state] = Fraction(0)
        deviation[state, action] = Fraction(1)
    deviation.flags.writeable = False
    gain = public_number(refuted.gain)
    reason = f"player {player} gains {brief(gain)} from the start by {_list(changes)}"
    rows = _rows(view, refuted)
    return Dominance(
        False,
        f"{reason} when {_list(rows)}" if rows else reason,
        ProductPolicy(tables),
        deviation,
        gain,
    )


def _rows(view: Side, refuted: Refutation) -> list[str]:
    found = []
    for block in view.blocks:
        row = ", ".join(brief(x) for x in public(refuted.tables[block.opponent][block.state]))
        opponent, state = view.opponents[block.opponent], view.states[block.state]
        found.append(f"player {opponent} plays [{row}] at state {state}")
    return found


def _list(items: list[str]) -> str:
    more = f" and {len(items) - 6} more" if len(items) > 6 else ""
    return ", ".join(items[:6]) + more
