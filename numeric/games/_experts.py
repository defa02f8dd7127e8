r"""Experts that are equilibria by construction: choose the policy first, then make the rewards fit.

*Nash.* Choose the expert e, targets \(V_i(s)\) and slacks \(\ell_i(s,a_i)\ge0\) that vanish on e's
actions. Adding \(c_i(s,a_i)=V_i(s)-\ell_i(s,a_i)-\mathbb E_{e_{-i}}[r_i+\gamma PV_i]\) to \(r_i\)
makes \(V_i\) the optimal value of player i's problem against \(e_{-i}\) and e's actions optimal in
it. Where e never comes another action may get the zero slack: then e is Nash but not subgame
perfect. Scaling all rewards keeps all this.

*Zero-sum.* \(r_0\) gets \(x(s,a_0)+y(s,a_1)\), player 1's part with mean 0 under e.

*Dominant.* Rewards in which a player's own right action is worth so much more that no influence on
the kernel can make up for it; or in which the right action earns the largest reward for good.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil
from random import Random

import numpy as np

from ..numbers import Array
from ..policy import ProductPolicy
from ._draft import Draft, successors_allowed
from ._drawing import Table, draw_distribution, draw_policy


def nash_by_rewards(rng: Random, draft: Draft) -> ProductPolicy:
    """Draws an expert and changes the rewards until it is Nash, everywhere or where it comes."""
    shape = draft.shape
    expert = _draw(rng, draft)
    off_path = frozenset(range(shape.states))
    if not shape.has("subgame-perfect", "zero-sum"):
        off_path -= _visited(draft, expert)
    else:
        off_path = frozenset()
    targets = [
        [Fraction(rng.randint(-12, 12), 6) for _ in range(shape.states)]
        for _ in range(shape.players)
    ]
    slacks = [_slack(rng, draft, expert[i], i, off_path) for i in range(shape.players)]
    if shape.has("zero-sum"):
        targets[1] = [-v for v in targets[0]]
    if shape.has("symmetric"):
        targets[1], slacks[1] = targets[0], slacks[0]
    if shape.has("symmetric") and shape.has("zero-sum"):
        targets = [[Fraction(0)] * shape.states] * 2
    added = _additions(draft, expert, targets, slacks)
    if shape.has("zero-sum"):
        _add_zero_sum(draft, expert, added)
    else:
        for i, s, a in _entries(draft):
            draft.rewards[(i, s, *a)] += added[i][s][a[i]]
    _scale(draft)
    return ProductPolicy(expert)


def dominant_by_rewards(rng: Random, draft: Draft) -> ProductPolicy:
    """Draws a pure expert and changes rewards and kernel until it is weakly dominant everywhere."""
    shape = draft.shape
    expert = _draw(rng, draft, pure=True)
    shared = shape.has("zero-sum", "common-payoff")
    if not shared and (shape.has("deterministic") or rng.randrange(2)):
        _right_action_earns_one(draft, expert)
    else:
        _right_action_earns_more(rng, draft, expert)
    return ProductPolicy(expert)


def _draw(rng: Random, draft: Draft, *, pure: bool = False) -> list[Table]:
    shape = draft.shape
    pure = pure or shape.has("pure")
    tables = draw_policy(rng, shape.states, shape.actions, pure=pure)
    return [tables[0], tables[0]] if shape.has("symmetric") else tables


def _entries(draft: Draft) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    shape = draft.shape
    return product(range(shape.players), range(shape.states), list(shape.joints()))


def _visited(draft: Draft, expert: list[Table]) -> frozenset[int]:
    seen = {s for s, mass in enumerate(draft.start) if mass > 0}
    frontier = list(seen) if draft.shape.discount > 0 else []
    while frontier:
        s = frontier.pop()
        for a in draft.shape.joints():
            if all(expert[i][s][a[i]] > 0 for i in range(len(a))):
                fresh = {int(t) for t in np.flatnonzero(draft.kernel[(s, *a)] > 0)} - seen
                seen |= fresh
                frontier.extend(fresh)
    return frozenset(seen)


def _slack(
    rng: Random, draft: Draft, table: Table, player: int, off_path: frozenset[int]
) -> list[list[Fraction]]:
    """Slacks [S][A_i]: 0 on the expert's actions, or off its path on an action drawn at random."""
    out = []
    for s, row in enumerate(table):
        if not draft.influences(player, s):
            out.append([Fraction(0)] * len(row))
            continue
        best = {a for a, p in enumerate(row) if p > 0}
        if s in off_path:
            best = {rng.randrange(len(row))}
        drawn = [Fraction(rng.randint(0, 6), 6) for _ in row]
        out.append([Fraction(0) if a in best else drawn[a] for a in range(len(row))])
    return out


def _additions(
    draft: Draft,
    expert: list[Table],
    targets: list[list[Fraction]],
    slacks: list[list[list[Fraction]]],
) -> list[list[list[Fraction]]]:
    shape = draft.shape
    added = []
    for i in range(shape.players):
        worth = draft.rewards[i] + shape.discount * (draft.kernel @ np.array(targets[i], object))
        q = _against(worth, expert, i)
        added.append(
            [
                [targets[i][s] - slacks[i][s][a] - q[s, a] for a in range(shape.actions[i])]
                for s in range(shape.states)
            ]
        )
    return added


def _against(worth: Array, expert: list[Table], player: int) -> Array:
    r"""Averages a table [S, A1, ..., An] over the opponents: [S, A_i]."""
    for j in reversed(range(len(expert))):
        if j != player:
            moved = np.moveaxis(worth, j + 1, -1)
            weights = np.array(expert[j], dtype=object)
            weights = weights.reshape(len(weights), *(1,) * (moved.ndim - 2), -1)
            worth = (moved * weights).sum(axis=-1)
    return worth


def _add_zero_sum(draft: Draft, expert: list[Table], added: list[list[list[Fraction]]]) -> None:
    mine, theirs = added
    mean = [_dot(row, theirs[s]) for s, row in enumerate(expert[1])]
    for s, a in product(range(draft.shape.states), draft.shape.joints()):
        change = mine[s][a[0]] - (theirs[s][a[1]] - mean[s])
        draft.rewards[(0, s, *a)] += change
        draft.rewards[(1, s, *a)] -= change


def _dot(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(first, second, strict=True)), start=Fraction(0))


def _scale(draft: Draft) -> None:
    largest = ceil(max(abs(r) for r in draft.rewards.ravel()))
    if largest > 1:
        draft.rewards = draft.rewards / largest


def _right_action_earns_one(draft: Draft, expert: list[Table]) -> None:
    """Following the expert earns 1 at every step whatever the others do; nothing earns more."""
    for i, s, a in _entries(draft):
        if not draft.influences(i, s) or expert[i][s][a[i]] == 1:
            draft.rewards[(i, s, *a)] = Fraction(1)


def _right_action_earns_more(rng: Random, draft: Draft, expert: list[Table]) -> None:
    r"""A bonus on the right action that outweighs all influence on the kernel.

    With c the number of bonuses that add up in one reward, the right action is worth at least 1/c
    more at once; actions move a mass of at most k of the kernel, hence at most \(2\gamma
    k/(1-\gamma)\) later; \(k\le(1-\gamma)/(2\gamma c)\) does it.
    """
    shape = draft.shape
    kinds = {"zero-sum": 2, "common-payoff": shape.players}
    c = next((count for kind, count in kinds.items() if shape.has(kind)), 1)
    draft.rewards = draft.rewards / (4 * c)
    for i, s, a in _entries(draft):
        signs = [_bonus(draft, expert, j, s, a[j]) for j in range(shape.players)]
        if shape.has("zero-sum"):
            total = signs[i] - signs[1 - i]
        elif shape.has("common-payoff"):
            total = sum(signs)
        else:
            total = signs[i]
        draft.rewards[(i, s, *a)] += Fraction(3 * total, 4 * c)
    _tame(rng, draft, c)


def _bonus(draft: Draft, expert: list[Table], player: int, s: int, action: int) -> int:
    if not draft.influences(player, s):
        return 0
    return 1 if expert[player][s][action] == 1 else -1


def _tame(rng: Random, draft: Draft, c: int) -> None:
    """Mixes every kernel row with one row of its state, so that actions move little mass."""
    shape, gamma = draft.shape, draft.shape.discount
    share = min(Fraction(1), (1 - gamma) / (2 * gamma * c)) if gamma else Fraction(1)
    if shape.has("deterministic") and share < 1:
        share = Fraction(0)
    pure = shape.has("deterministic")
    for s in range(shape.states):
        allowed = successors_allowed(shape, draft.owners, s)
        base = np.array(draw_distribution(rng, shape.states, allowed, pure=pure), dtype=object)
        draft.kernel[s] = (1 - share) * base + share * draft.kernel[s]
