"""Tables of sGameSolver, as CSV.

Columns `state`, `a_<player>`, `u_<player>`, and either `phi_<state>` for every state or one column
`to_state` ("s1" or "s0: 0.5, s1: 0.5"); one row a joint action of a state, and a row `delta` with
the discounts. Numbers are read exactly as they are written.

A game here has the same actions in every state. Where a player has fewer than elsewhere, the
missing ones are copies of the first one; that changes no value and no gap.
"""

import csv
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import exact, filled, short
from .imported import Affine, Imported, affine_or_identity, exact_table, rescaled

_END = "end"
Row = Mapping[str, str]


@dataclass(frozen=True)
class _Table:
    players: tuple[str, ...]
    states: tuple[str, ...]
    labels: tuple[dict[str, tuple[str, ...]], ...]
    rows: dict[tuple[str, ...], tuple[str, Row]]
    discount: Fraction


def read(path: str | Path, start: Any = None) -> Imported:
    """Reads a table.

    Args:
        path: a CSV file.
        start: a distribution on the states; the table has none, uniform by default.

    Raises:
        BadInput: a missing column or row, discounts that differ, or a wrong entry; the message
            names the line.
    """
    where = str(path)
    rows = _rows(path, where)
    table = _table(rows, where)
    lost, added = [], ["a start" if start is not None else "a start, uniform on the states"]
    if table.players != tuple(f"p{i}" for i in range(len(table.players))):
        lost.append(f"the players' names {', '.join(table.players)}")
    size, counts = len(table.states), [_most(labels) for labels in table.labels]
    names = []
    for player, labels, count in zip(table.players, table.labels, counts, strict=True):
        common = set(labels.values())
        short_of = [s for s in table.states if len(labels[s]) < count]
        if len(common) > 1:
            lost.append(f"the names of {player}'s actions, which differ between states")
        if short_of:
            lost.append(
                f"that {player} has fewer actions at {', '.join(short_of)}: copies of the first"
            )
        names.append(common.pop() if len(common) == 1 else tuple(str(k) for k in range(count)))
    kernel = np.full((size, *counts, size + 1), Fraction(0), dtype=object)
    payoffs = np.full((len(counts), size, *counts), Fraction(0), dtype=object)
    for s, state in enumerate(table.states):
        for joint in itertools.product(*(range(k) for k in counts)):
            played = [labels[state] for labels in table.labels]
            key = (
                state,
                *(p[a] if a < len(p) else p[0] for p, a in zip(played, joint, strict=True)),
            )
            place, row = table.rows[key]
            for i, player in enumerate(table.players):
                payoffs[(i, s, *joint)] = exact(row[f"u_{player}"], f"{place}, u_{player}")
            kernel[(s, *joint)] = _successors(row, table.states, place)
    return _game(kernel, payoffs, table, names, start, lost, added)


def write(path: str | Path, game: MarkovGame, affine: Affine | None = None) -> tuple[str, ...]:
    """Writes a table that `read` and sGameSolver's `SGame.from_table` read; returns what is lost.

    Raises:
        BadInput: a state called "delta", or the file cannot be written.
    """
    if "delta" in game.states:
        raise BadInput("states", "a state called 'delta'", "another name: it marks the discounts")
    exactly = game if game.is_exact else game.as_exact()
    payoffs = affine_or_identity(affine, game.players).payoffs(exactly.rewards)
    everyone = range(game.players)
    head = [
        "state",
        *(f"a_p{i}" for i in everyone),
        *(f"u_p{i}" for i in everyone),
        *(f"phi_{name}" for name in game.states),
    ]
    numbers = _Numbers()
    rows = [
        ["delta", *[""] * game.players, *[numbers.text(exactly.discount)] * game.players]
        + [""] * game.num_states
    ]
    for s, state in enumerate(game.states):
        for joint in itertools.product(*(range(k) for k in game.num_actions)):
            rows.append(
                [
                    state,
                    *(names[a] for names, a in zip(game.actions, joint, strict=True)),
                    *(numbers.text(payoffs[(i, s, *joint)]) for i in everyone),
                    *(numbers.text(p) for p in exactly.transition[(s, *joint)].tolist()),
                ]
            )
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head, *rows])
    except OSError as error:
        given = f"cannot be written ({error.strerror})"
        raise BadInput(str(path), given, "a file in a folder that exists") from None
    rounded = f"{numbers.rounded} numbers were rounded to floats, which sGameSolver computes with"
    return ("the start", *([rounded] if numbers.rounded else []))


def _game(
    kernel: Any,
    payoffs: Any,
    table: _Table,
    names: Sequence[Sequence[str]],
    start: Any,
    lost: list[str],
    added: list[str],
) -> Imported:
    size = len(table.states)
    missing = 1 - kernel.sum(axis=-1)
    ends = bool(np.any(missing > 0))
    states = list(table.states)
    if ends:
        kernel[..., size] = missing
        counts = payoffs.shape[2:]
        stay = np.full((1, *counts, size + 1), Fraction(0), dtype=object)
        stay[..., size] = Fraction(1)
        kernel = np.concatenate([kernel, stay])
        nothing = np.full((len(payoffs), 1, *counts), Fraction(0), dtype=object)
        payoffs = np.concatenate([payoffs, nothing], axis=1)
        states.append(_END if _END not in states else f"{_END} of the game")
        added.append(f"a state {states[-1]!r} with payoff 0, for rows that sum to less than 1")
    else:
        kernel = kernel[..., :size]
    rewards, affine = rescaled(payoffs)
    weights = (
        [Fraction(1, size)] * size
        if start is None
        else exact_table(start, (size,), "start").tolist()
    )
    game = MarkovGame(
        kernel,
        rewards,
        [*weights, *([0] if ends else [])],
        table.discount,
        states,
        [list(n) for n in names],
    )
    return Imported(game, affine, tuple(lost), tuple(added))


def _rows(path: str | Path, where: str) -> list[tuple[str, Row]]:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            listed = [(f"{where}, line {reader.line_num}", row) for row in reader if any(row)]
    except OSError as error:
        raise BadInput(where, f"cannot be read ({error.strerror})", "a readable file") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadInput(where, short(str(error)), "a CSV file") from None
    if len(listed) < 2:
        raise BadInput(where, "no row under a header", "a table of joint actions")
    head = [cell.strip() for cell in listed[0][1]]
    if len(set(head)) < len(head):
        raise BadInput(f"{where}, header", "a column appears twice", "each column once")
    found: list[tuple[str, Row]] = []
    for place, row in listed[1:]:
        if len(row) != len(head):
            raise BadInput(place, f"{len(row)} cells", f"{len(head)}, as in the header")
        found.append((place, dict(zip(head, (cell.strip() for cell in row), strict=True))))
    return found


def _table(rows: list[tuple[str, Row]], where: str) -> _Table:
    players, phi = _columns(list(rows[0][1]), where)
    acting = [(place, row) for place, row in rows if row["state"] != "delta"]
    discount = _discount([(p, row) for p, row in rows if row["state"] == "delta"], players, where)
    states = tuple(dict.fromkeys(row["state"] for _, row in acting))
    if not states:
        raise BadInput(where, "no state", "a row for each state and joint action")
    for state in states if phi else ():
        if f"phi_{state}" not in phi:
            raise BadInput(f"{where}, header", f"no column 'phi_{state}'", "one for each state")
    for name in phi:
        if name[4:] not in states:
            raise BadInput(f"{where}, header", f"the column {name!r}", "states that have rows")
    keyed = _keyed(acting, players)
    labels = tuple(
        {s: tuple(dict.fromkeys(k[i + 1] for k in keyed if k[0] == s)) for s in states}
        for i in range(len(players))
    )
    for state in states:
        for joint in itertools.product(*(labels[i][state] for i in range(len(players)))):
            if (state, *joint) not in keyed:
                given = f"no row for {', '.join(joint)} at {state}"
                raise BadInput(where, given, "every joint action of every state")
    return _Table(players, states, labels, keyed, discount)


def _columns(head: list[str], where: str) -> tuple[tuple[str, ...], list[str]]:
    """The players that the header names, and its columns of successors, if it has some."""
    players = tuple(name[2:] for name in head if name.startswith("a_"))
    if "state" not in head or not players:
        raise BadInput(f"{where}, header", f"columns {', '.join(head)}", "'state' and 'a_<player>'")
    for player in players:
        if f"u_{player}" not in head:
            raise BadInput(f"{where}, header", f"no column 'u_{player}'", "one for each player")
    phi = [name for name in head if name.startswith("phi_")]
    if bool(phi) == ("to_state" in head):
        needed = "either columns 'phi_<state>' or one column 'to_state'"
        raise BadInput(f"{where}, header", "both or neither", needed)
    return players, phi


def _discount(deltas: list[tuple[str, Row]], players: tuple[str, ...], where: str) -> Fraction:
    if len(deltas) != 1:
        raise BadInput(where, f"{len(deltas)} rows 'delta'", "one, with the discounts")
    place, row = deltas[0]
    discounts = {exact(row[f"u_{p}"], f"{place}, u_{p}") for p in players}
    if len(discounts) != 1:
        raise BadInput(place, "discounts that differ between players", "the same for all")
    return discounts.pop()


def _keyed(
    acting: list[tuple[str, Row]], players: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[str, Row]]:
    """Every row by its state and joint action."""
    keyed: dict[tuple[str, ...], tuple[str, Row]] = {}
    for place, row in acting:
        key = (row["state"], *(row[f"a_{p}"] for p in players))
        if key in keyed:
            raise BadInput(place, f"the joint action {', '.join(key[1:])} again", "each once")
        keyed[key] = (place, row)
    return keyed


def _most(labels: Mapping[str, tuple[str, ...]]) -> int:
    return max(len(names) for names in labels.values())


def _successors(row: Row, states: tuple[str, ...], place: str) -> Any:
    size = len(states)
    found = [Fraction(0)] * (size + 1)
    if "to_state" in row:
        for name, chance in _listed(row["to_state"], place):
            if name not in states:
                raise BadInput(f"{place}, to_state", f"given {short(name)}", "a state with rows")
            found[states.index(name)] += chance
    else:
        for t, name in enumerate(states):
            found[t] = exact(row[f"phi_{name}"], f"{place}, phi_{name}")
    if any(p < 0 for p in found) or sum(found) > 1:
        raise BadInput(place, f"chances that sum to {short(sum(found))}", "a sum of at most 1")
    return filled(list(found), (size + 1,))


def _listed(given: str, place: str) -> list[tuple[str, Fraction]]:
    inside = given.strip().removeprefix("{").removesuffix("}").strip()
    if not inside:
        return []
    parts = [part.strip() for part in re.split(",", inside)]
    if len(parts) == 1 and ":" not in inside:
        return [(inside.strip('"'), Fraction(1))]
    found = []
    for part in parts:
        name, colon, chance = part.partition(":")
        if not colon:
            needed = "'state: chance' for each, separated by commas"
            raise BadInput(f"{place}, to_state", f"given {short(part)}", needed)
        found.append((name.strip().strip('"'), exact(chance.strip(), f"{place}, to_state")))
    return found


class _Numbers:
    """Decimals that are exact where a fraction is one, and a count of those that are not."""

    def __init__(self) -> None:
        self.rounded = 0

    def text(self, number: Any) -> str:
        two = five = 0
        below = number.denominator
        while below % 2 == 0:
            below, two = below // 2, two + 1
        while below % 5 == 0:
            below, five = below // 5, five + 1
        digits = max(two, five)
        if below != 1 or digits > 17:
            self.rounded += 1
            return repr(float(number))
        whole = abs(number.numerator) * 10**digits // number.denominator
        written = str(whole).rjust(digits + 1, "0")
        sign = "-" if number < 0 else ""
        return sign + (f"{written[:-digits]}.{written[-digits:]}" if digits else written)
