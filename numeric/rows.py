"""The rows of a game as people write them: joint actions with the same outcome together.

What `show` prints and what `latex` typesets start from here.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from .game import MarkovGame
from .numbers import text
from .policy import ProductPolicy

Number = Fraction | float
Box = tuple[frozenset[int], ...]
"""One set of actions a player; it stands for every joint action in the product."""


@dataclass(frozen=True)
class MergedRow:
    """All joint actions of a state that earn and lead to the same.

    Attributes:
        state: where.
        joints: the joint actions.
        boxes: the same joint actions as few products of sets.
        rewards: one a player.
        to: next state -> probability, positive ones only.
        is_rest: whether it is best written as "otherwise", after the state's other rows.
    """

    state: int
    joints: tuple[tuple[int, ...], ...]
    boxes: tuple[Box, ...]
    rewards: tuple[Number, ...]
    to: tuple[tuple[int, Number], ...]
    is_rest: bool = False

    def covers_all(self, game: MarkovGame) -> bool:
        """Whether nobody's action matters at the state."""
        return len(self.joints) == int(np.prod(game.num_actions, dtype=object))

    def chance(self, policy: ProductPolicy) -> Number:
        """The probability that the profile plays one of the joint actions."""
        total: Number = Fraction(0)
        for joint in self.joints:
            weight: Number = Fraction(1)
            for i, a in enumerate(joint):
                weight *= policy[i][self.state, a]
            total += weight
        return total


def merged_rows(game: MarkovGame) -> list[list[MergedRow]]:
    """For each state its rows, in the order of their first joint action, "otherwise" last.

    Example:
        >>> game = MarkovGame([[["1"], ["1"], ["1"]]], [[["1", "0", "0"]]], ["1"], "9/10")
        >>> [(row.joints, row.rewards) for row in merged_rows(game)[0]]
        [(((0,),), (Fraction(1, 1),)), (((1,), (2,)), (Fraction(0, 1),))]
    """
    return [_at(game, s) for s in range(game.num_states)]


def _at(game: MarkovGame, state: int) -> list[MergedRow]:
    groups: dict[
        tuple[tuple[Number, ...], tuple[tuple[int, Number], ...]], list[tuple[int, ...]]
    ] = {}
    for joint in product(*(range(k) for k in game.num_actions)):
        rewards = tuple(game.rewards[i][(state, *joint)] for i in range(game.players))
        row = game.transition[(state, *joint)]
        to = tuple((int(t), row[t]) for t in np.flatnonzero(row > 0))
        groups.setdefault((rewards, to), []).append(joint)
    rows = [
        MergedRow(state, tuple(joints), _boxes(joints), rewards, to)
        for (rewards, to), joints in groups.items()
    ]
    largest = max(rows, key=lambda row: len(row.boxes))
    if len(rows) > 1 and len(largest.boxes) > 1:
        rows.remove(largest)
        last = MergedRow(
            state, largest.joints, largest.boxes, largest.rewards, largest.to, is_rest=True
        )
        rows.append(last)
    return rows


def _boxes(joints: list[tuple[int, ...]]) -> tuple[Box, ...]:
    """Joins boxes that differ in one player's set only, until none do."""
    boxes: list[Box] = [tuple(frozenset({a}) for a in joint) for joint in joints]
    while True:
        before = len(boxes)
        for player in reversed(range(len(joints[0]))):
            joined: dict[Box, frozenset[int]] = {}
            for box in boxes:
                others = (*box[:player], *box[player + 1 :])
                joined[others] = joined.get(others, frozenset()) | box[player]
            boxes = [(*others[:player], mine, *others[player:]) for others, mine in joined.items()]
        if len(boxes) == before:
            return tuple(boxes)


def paid_alike(game: MarkovGame) -> str:
    """How player 0's reward gives the others': "alone", "common", "zero-sum", "" if not at all.

    Example:
        >>> paid_alike(MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10"))
        'common'
    """
    first, rest = game.rewards[0], game.rewards[1:]
    if all(np.array_equal(first, other) for other in rest):
        return "common"
    if not (rest != 0).any():
        return "alone"
    if game.players == 2 and np.array_equal(-first, rest[0]):
        return "zero-sum"
    return ""


def shown(number: Number) -> str:
    """An exact number in full, a float with six digits.

    Example:
        >>> shown(Fraction(1, 3)), shown(0.1 + 0.2)
        ('1/3', '0.3')
    """
    return text(number) if isinstance(number, Fraction) else f"{number:.6g}"


def action_set(game: MarkovGame, player: int, chosen: frozenset[int]) -> list[str]:
    """The names of a set of actions; none when it is all of them."""
    names = game.actions[player]
    return [] if len(chosen) == len(names) else [names[a] for a in sorted(chosen)]
