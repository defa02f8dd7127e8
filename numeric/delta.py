r"""How far a learner makes a best response move away from the expert.

\(\delta_i=\min_{b_i}\mathbb E_{s\sim\mu_{\pi^E}}\|b_i(\cdot\mid s)-\pi^E_i(\cdot\mid s)\|_1\) over
the best responses \(b_i\) to \(\pi_{-i}\) from the start; a state that \(b_i\) does not visit is
free.

\(b_i\) is a best response from the start iff it plays, wherever it comes, actions that are optimal
in the player's problem against \(\pi_{-i}\). Let \(\mathrm{Opt}(s)\) be those actions. A set \(R\)
of states that contains the start's support can hold all that some best response visits iff
\(A_R(s)=\{a\in\mathrm{Opt}(s):\text{every successor under }(a,\pi_{-i})\text{ lies in }R\}\) is not
empty for any \(s\in R\), and inside \(R\) the least shift is \(\sum_{s\in
R}2\mu_{\pi^E}(s)(1-\pi^E_i(A_R(s)\mid s))\). The least of these over \(R\) is found by branch and
bound: states are put into \(R\) or kept out of it one by one, best bound first.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from nashgap.theory.model import Number

from .best_response import best_response
from .game import MarkovGame
from .occupancy import occupancy
from .policy import ProductPolicy
from .value import induced_mdp

DEFAULT_NODES = 20_000
"""Nodes that the search for one player may take."""

_FLOAT_TIE = 1e-9


@dataclass(frozen=True)
class Shift:
    r"""\(\delta_i\), in [0, 2], or bounds on it where the search was cut short.

    Attributes:
        lower: a lower bound.
        upper: an upper bound, attained by a best response.
        nodes: how many nodes were searched.
        actions: state -> the actions that a best response which attains `upper` may play; it does
            not visit the other states. Empty where the shift is one over several players.
    """

    lower: Number
    upper: Number
    nodes: int
    actions: Mapping[int, Sequence[int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def value(self) -> Number | None:
        r"""\(\delta_i\) if the bounds meet, else None."""
        return self.lower if self.lower == self.upper else None


def best_response_shift(
    game: MarkovGame,
    expert: ProductPolicy,
    learner: ProductPolicy,
    player: int,
    *,
    nodes: int = DEFAULT_NODES,
    weights: Sequence[Number] | None = None,
) -> Shift:
    r"""\(\delta_i\) of one player.

    Args:
        game: the game.
        expert: \(\pi^E\), whose occupancy weighs the shift.
        learner: \(\pi\), whose \(\pi_{-i}\) is responded to.
        player: i.
        nodes: after so many nodes the search ends with bounds.
        weights: what weighs the shift in the place of the expert's occupancy, one number a state.

    Example:
        Both actions are optimal, so the best response need not move:

        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "1"]]], ["1"], "9/10")
        >>> expert, learner = ProductPolicy([[["1", "0"]]]), ProductPolicy([[["0", "1"]]])
        >>> best_response_shift(game, expert, learner, 0).value
        Fraction(0, 1)
    """
    found = best_response(game, learner, player)
    mdp = induced_mdp(game, learner, player)
    slack = 0 if game.is_exact else _FLOAT_TIE * max(1.0, float(abs(found.state_values).max()))
    mu = occupancy(game, expert)[0].tolist() if weights is None else list(weights)
    reached = mdp.kernel > 0 if game.discount > 0 else np.zeros(mdp.kernel.shape, dtype=bool)
    problem = _Problem(
        [
            {
                action: (expert[player][s, action], frozenset(np.flatnonzero(row).tolist()))
                for action, row in enumerate(reached[s])
                if found.q[s, action] >= found.state_values[s] - slack
            }
            for s in range(game.num_states)
        ],
        [2 * max(weight, 0) for weight in mu],
    )
    shift = problem.solve(frozenset(np.flatnonzero(game.start > 0).tolist()), nodes)
    if game.is_exact:
        return shift
    return replace(shift, lower=float(shift.lower), upper=float(shift.upper))


def delta(
    game: MarkovGame,
    expert: ProductPolicy,
    learner: ProductPolicy,
    *,
    nodes: int = DEFAULT_NODES,
) -> Shift:
    r"""The learner's \(\delta=\max_i\delta_i\), in [0, 2]; see `best_response_shift`."""
    each = [
        best_response_shift(game, expert, learner, player, nodes=nodes)
        for player in range(game.players)
    ]
    return Shift(max(s.lower for s in each), max(s.upper for s in each), sum(s.nodes for s in each))


def nearest_response(
    expert: ProductPolicy, player: int, shift: Shift
) -> tuple[tuple[Number, ...], ...]:
    """The best response that attains `shift.upper`, [S][A_i]; the expert's at states it avoids.

    Example:
        >>> expert = ProductPolicy([[["1/3", "2/3"]]])
        >>> found = nearest_response(expert, 0, Shift(Fraction(2, 3), Fraction(2, 3), 1, {0: [1]}))
        >>> [str(p) for p in found[0]]
        ['0', '1']
    """
    rows: list[list[Number]] = [list(row) for row in expert[player].tolist()]
    for state, actions in shift.actions.items():
        row = [p if a in actions else 0 * p for a, p in enumerate(rows[state])]
        row[actions[0]] += 1 - sum(row)
        rows[state] = row
    return tuple(tuple(row) for row in rows)


def least_shift(
    optimal: Sequence[Mapping[int, tuple[Number, frozenset[int]]]],
    weights: Sequence[Number],
    start: frozenset[int],
    nodes: int = DEFAULT_NODES,
) -> Fraction:
    """The least shift where optimal actions and successors are known.

    Args:
        optimal: for each state, its optimal actions: (the expert's probability, the successors).
        weights: the expert's occupancy, exact.
        start: the start's support.
        nodes: as in `best_response_shift`; where they run out, an upper bound is returned.
    """
    problem = _Problem([dict(actions) for actions in optimal], [2 * max(w, 0) for w in weights])
    return Fraction(problem.solve(start, nodes).upper)


@dataclass(frozen=True)
class _Problem:
    """Optimal actions by state, each (expert's probability, successors), and the weights."""

    optimal: list[dict[int, tuple[Number, frozenset[int]]]]
    weights: list[Number]

    def solve(self, start: frozenset[int], nodes: int) -> Shift:
        upper: Number | None = None
        best: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        heap: list[tuple[Number, int, frozenset[int], frozenset[int]]] = []
        count = 0

        def push(inside: frozenset[int], outside: frozenset[int]) -> None:
            settled = self._propagate(inside, outside)
            if settled is not None:
                heapq.heappush(heap, (self._cost(settled[0], settled[1]), -count, *settled))

        push(start, frozenset())
        while heap:
            bound, _, inside, outside = heap[0]
            if upper is not None and bound >= upper:
                break
            if count >= nodes and upper is not None:
                return Shift(bound, upper, count, self._actions(*best))
            heapq.heappop(heap)
            count += 1
            closed = self._closure(inside, outside)
            cost = self._cost(closed, outside)
            if upper is None or cost < upper:
                upper, best = cost, (closed, outside)
            if cost > bound:
                state = max(closed - inside, key=lambda s: (self._share(s, outside), -s))
                push(inside | {state}, outside)
                push(inside, outside | {state})
        if upper is None:  # pragma: no cover - every state together is always feasible
            raise ArithmeticError("no best response was found")
        return Shift(upper, upper, count, self._actions(*best))

    def _actions(self, states: frozenset[int], outside: frozenset[int]) -> dict[int, list[int]]:
        return {
            s: [a for a, option in self.optimal[s].items() if not option[1] & outside]
            for s in states
        }

    def _allowed(self, state: int, outside: frozenset[int]) -> list[tuple[Number, frozenset[int]]]:
        return [option for option in self.optimal[state].values() if not option[1] & outside]

    def _share(self, state: int, outside: frozenset[int]) -> Number:
        """What the state adds to the shift at least, once it is inside."""
        if not self.weights[state]:
            return Fraction(0)
        kept = sum((p for p, _ in self._allowed(state, outside)), start=Fraction(0))
        return self.weights[state] * max(1 - kept, 0)

    def _cost(self, states: frozenset[int], outside: frozenset[int]) -> Number:
        return sum((self._share(s, outside) for s in sorted(states)), start=Fraction(0))

    def _closure(self, inside: frozenset[int], outside: frozenset[int]) -> frozenset[int]:
        """All that the actions which avoid `outside` reach from `inside`: a feasible R."""
        reached, frontier = set(inside), list(inside)
        while frontier:
            for _, successors in self._allowed(frontier.pop(), outside):
                new = successors - reached
                reached |= new
                frontier.extend(new)
        return frozenset(reached)

    def _propagate(
        self, inside: frozenset[int], outside: frozenset[int]
    ) -> tuple[frozenset[int], frozenset[int]] | None:
        """What follows from a partial choice of R; None where nothing is left of it."""
        while True:
            empty = {
                s
                for s in range(len(self.optimal))
                if s not in outside and not self._allowed(s, outside)
            }
            if empty & inside or inside & outside:
                return None
            forced = {
                t
                for s in inside
                for t in frozenset.intersection(*(o[1] for o in self._allowed(s, outside)))
            }
            if not empty and forced <= inside:
                return inside, outside
            inside, outside = inside | forced, outside | empty
