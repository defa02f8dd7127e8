"""What is known of a game beforehand: a game file with nulls for what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from nashgap.numeric.numbers import exact, text
from nashgap.numeric.tables import mend
from nashgap.theory.errors import BadInput

if TYPE_CHECKING:
    from .witness import Witness

Row = tuple[Fraction, ...]
Slot = tuple[int, tuple[int, ...]]
"""State and joint action."""
Entry = tuple[int, int, tuple[int, ...]]
"""Player, state and joint action."""
KEYS = frozenset(
    {"format", "name", "source", "discount", "start", "transition", "rewards", "states", "actions"}
)
_MOST = 100_000


@dataclass(frozen=True)
class Parts:
    """The known parts.

    Attributes:
        rows: rows of the kernel, by state and joint action.
        start: the start, or None.
        rewards: entries, by player, state and joint action.
        expert: the expert's rows, by player and state.
        learner: likewise.

    Example:
        >>> raw = {"policies": {"expert": [None, [None, ["1", "0"]]]}}
        >>> dict(parse_parts(raw, states=2, actions=(2, 2)).expert)
        {(1, 1): (Fraction(1, 1), Fraction(0, 1))}
    """

    rows: Mapping[Slot, Row] = field(default_factory=dict)
    start: Row | None = None
    rewards: Mapping[Entry, Fraction] = field(default_factory=dict)
    expert: Mapping[tuple[int, int], Row] = field(default_factory=dict)
    learner: Mapping[tuple[int, int], Row] = field(default_factory=dict)

    def __hash__(self) -> int:
        tables = (self.rows, self.rewards, self.expert, self.learner)
        return hash((self.start, *(frozenset(table.items()) for table in tables)))

    @property
    def summary(self) -> str:
        """What is given, in words."""
        counts = [
            (len(self.rows), "rows of the kernel"),
            (len(self.rewards), "rewards"),
            (len(self.expert), "rows of the expert"),
            (len(self.learner), "rows of the learner"),
        ]
        given = ["the start"] if self.start is not None else []
        given += [f"{count} {what}" for count, what in counts if count]
        return f"{', '.join(given) or 'nothing'} given"

    def json(self) -> dict[str, Any]:
        """What is given, keyed by place: "s a_1 ... a_n", "i s" or "i s a_1 ... a_n"."""
        found: dict[str, Any] = {}
        if self.start is not None:
            found["start"] = [text(p) for p in self.start]
        if self.rows:
            found["transition"] = {
                _place(s, *joint): [text(p) for p in row] for (s, joint), row in self.rows.items()
            }
        if self.rewards:
            found["rewards"] = {
                _place(i, s, *joint): text(x) for (i, s, joint), x in self.rewards.items()
            }
        for name, table in (("expert", self.expert), ("learner", self.learner)):
            if table:
                found[name] = {_place(*at): [text(p) for p in row] for at, row in table.items()}
        return found

    @property
    def is_pure(self) -> bool:
        """Whether the known rows of the policies are pure."""
        rows = (*self.expert.values(), *self.learner.values())
        return all(max(row) == 1 for row in rows)

    def are_in(self, found: "Witness") -> bool:
        """Whether a witness has every known part."""
        game = found.game
        policies = ((self.expert, found.expert), (self.learner, found.learner))
        return (
            (self.start is None or tuple(game.start) == self.start)
            and all(tuple(game.transition[(s, *a)]) == row for (s, a), row in self.rows.items())
            and all(game.rewards[(i, s, *a)] == x for (i, s, a), x in self.rewards.items())
            and all(
                tuple(policy[i][s]) == row
                for table, policy in policies
                for (i, s), row in table.items()
            )
        )

    def policies_known(self, states: int, players: int) -> bool:
        """Whether expert and learner are known in full."""
        return len(self.expert) == len(self.learner) == states * players

    def knows_dynamics(self, states: int, actions: tuple[int, ...]) -> bool:
        """Whether kernel and start are known in full."""
        return self.start is not None and len(self.rows) == states * prod(actions)


def parse_parts(raw: Mapping[str, Any], *, states: int, actions: tuple[int, ...]) -> Parts:
    """Reads the known parts of a game file; a key or entry that is null or missing is unknown.

    Args:
        raw: the object; numbers as in a game file.
        states: S.
        actions: (A_1, ..., A_n).

    Raises:
        BadInput: a shape, an entry or a key is wrong; the message names the place.
    """
    unknown = sorted(set(raw) - KEYS - {"policies"})
    if unknown:
        raise BadInput("fix", f"unknown key {unknown[0]!r:.60}", "the keys of a game file")
    policies = raw.get("policies") or {}
    if not isinstance(policies, Mapping) or set(policies) - {"expert", "learner"}:
        raise BadInput("policies", f"given {policies!r:.60}", "an object with expert and learner")
    joint = (states, *actions)
    rows = {
        (at[0], at[1:]): _row(cell, states, place)
        for at, cell, place in _cells(raw.get("transition"), joint, "transition")
    }
    rewards = {
        (at[0], at[1], at[2:]): _reward(cell, place)
        for at, cell, place in _cells(raw.get("rewards"), (len(actions), *joint), "rewards")
    }
    start = raw.get("start")
    return Parts(
        rows,
        None if start is None else _row(start, states, "start"),
        rewards,
        _policy(policies.get("expert"), states, actions, "policies.expert"),
        _policy(policies.get("learner"), states, actions, "policies.learner"),
    )


def shape_of(raw: Mapping[str, Any]) -> tuple[int, tuple[int, ...]] | None:
    """States and actions, where the kernel is written out far enough to tell; None otherwise.

    Example:
        >>> shape_of({"transition": [[[["1"], ["1"], ["1"]]] * 2]})
        (1, (2, 3))
    """
    table, sizes = raw.get("transition"), list[int]()
    while isinstance(table, list) and table and len(sizes) < 30:
        sizes.append(len(table))
        table = table[0]
    if table is None or len(sizes) < 3 or sizes[-1] != sizes[0]:
        return None
    return sizes[0], tuple(sizes[1:-1])


def _place(*numbers: int) -> str:
    return " ".join(map(str, numbers))


def _cells(
    given: Any, shape: tuple[int, ...], where: str
) -> Iterator[tuple[tuple[int, ...], Any, str]]:
    """Every known entry below a table of this shape, with its place."""
    if prod(shape) > _MOST:
        raise BadInput(where, f"a table of shape {list(shape)}", f"at most {_MOST} entries")
    for at in product(*map(range, shape)) if given is not None else ():
        table, place = given, where
        for size, index in zip(shape, at, strict=True):
            if table is None:
                break
            if not isinstance(table, list) or len(table) != size:
                raise BadInput(place, f"given {table!r:.60}", f"a list of {size} or null")
            table, place = table[index], f"{place}[{index}]"
        if table is not None:
            yield at, table, place


def _policy(
    given: Any, states: int, actions: tuple[int, ...], where: str
) -> dict[tuple[int, int], Row]:
    shape = (len(actions), states)
    return {
        (at[0], at[1]): _row(cell, actions[at[0]], place)
        for at, cell, place in _cells(given, shape, where)
    }


def _row(given: Any, size: int, where: str) -> Row:
    if not isinstance(given, list) or len(given) != size:
        raise BadInput(where, f"given {given!r:.60}", f"a list of {size} numbers or null")
    row = tuple(exact(x, f"{where}[{k}]") for k, x in enumerate(given))
    if sum(row) != 1 or min(row) < 0:
        raise BadInput(
            where, f"the numbers sum to {sum(row)}", "a distribution of sum 1" + mend(sum(row))
        )
    return row


def _reward(given: Any, where: str) -> Fraction:
    value = exact(given, where)
    if abs(value) > 1:
        raise BadInput(where, f"given {value}", "a reward in [-1, 1]")
    return value
