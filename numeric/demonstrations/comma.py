"""CSV: one row a step, under a header.

Columns `trajectory`, `state`, `action_0`, ..., `action_{n-1}`, and optionally `t`, which counts the
steps of a trajectory from 0. The rows of a trajectory stand together. A last row whose actions are
all empty gives the state at the end. A column holds names in every row, or indices in every row.
"""

import csv
from pathlib import Path
from typing import Any

from nashgap.theory.errors import BadInput

from ..numbers import short
from .names import column
from .outline import Space
from .trajectories import Demonstrations

Row = dict[str, str]


def read(path: Path, space: Space) -> Demonstrations:
    """Reads the file.

    Raises:
        BadInput: a missing or unknown column, or any wrong row.
    """
    players = len(space.actions)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, rows = _rows(csv.reader(file, strict=True), str(path))
    needed = ["trajectory", "state", *(f"action_{i}" for i in range(players))]
    _check_header(header, needed, str(path))
    table = [(place, dict(zip(header, row, strict=True))) for place, row in rows]
    ends = [_is_end(row, needed[2:], place) for place, row in table]
    states = column(
        [row["state"] for _, row in table], space.states, [p for p, _ in table], "a state"
    )
    acting = [(place, row) for (place, row), end in zip(table, ends, strict=True) if not end]
    columns = [
        column([row[name] for _, row in acting], names, [p for p, _ in acting], "an action")
        for name, names in zip(needed[2:], space.actions, strict=True)
    ]
    joints = iter(zip(*columns, strict=True))
    found: dict[str, tuple[list[int], list[tuple[int, ...]]]] = {}
    places: dict[str, str] = {}
    last, ended = None, False
    for (place, row), state, end in zip(table, states, ends, strict=True):
        name = row["trajectory"]
        if name != last and name in found:
            raise BadInput(place, f"trajectory {short(name)} again", "its rows next to each other")
        if name == last and ended:
            raise BadInput(place, "a row after the end", "empty actions in the last row only")
        seen, actions = found.setdefault(name, ([], []))
        places.setdefault(name, f"{place}, trajectory {short(name)}")
        if "t" in row and row["t"] != str(len(seen)):
            raise BadInput(place, f"t is {short(row['t'])}", f"{len(seen)}, counted from 0")
        seen.append(state)
        if not end:
            actions.append(next(joints))
        last, ended = name, end
    return Demonstrations(space, found.values(), list(places.values()))


def write(path: Path, demonstrations: Demonstrations) -> None:
    """Writes one row a step, by name."""
    space = demonstrations.space
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["trajectory", "t", "state", *(f"action_{i}" for i in range(demonstrations.players))]
        )
        for k, trajectory in enumerate(demonstrations.trajectories):
            joints = trajectory.actions.tolist()
            for t, s in enumerate(trajectory.states.tolist()):
                played = (
                    [names[a] for names, a in zip(space.actions, joints[t], strict=True)]
                    if t < len(joints)
                    else [""] * demonstrations.players
                )
                writer.writerow([k, t, space.states[s], *played])


def _rows(reader: Any, where: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    header: list[str] = []
    rows: list[tuple[str, list[str]]] = []
    try:
        for row in reader:
            place = f"{where}, line {reader.line_num}"
            stripped = [cell.strip() for cell in row]
            if not any(stripped):
                continue
            if not header:
                header = stripped
            elif len(row) != len(header):
                raise BadInput(place, f"{len(row)} cells", f"{len(header)}, as in the header")
            else:
                rows.append((place, stripped))
    except csv.Error as error:
        raise BadInput(f"{where}, line {reader.line_num}", str(error), "a row of CSV") from None
    if not rows:
        raise BadInput(where, "no row under a header", "one row a step, under a header")
    return header, rows


def _check_header(header: list[str], needed: list[str], where: str) -> None:
    for name in needed:
        if header.count(name) != 1:
            given = f"{header.count(name)} columns {name!r}"
            raise BadInput(f"{where}, header", given, f"the columns {', '.join(needed)}")
    for name in header:
        if name not in needed and (name != "t" or header.count("t") > 1):
            needs = f"only the columns {', '.join(needed)}, and perhaps t"
            raise BadInput(f"{where}, header", f"the column {short(name)}", needs)


def _is_end(row: Row, actions: list[str], place: str) -> bool:
    empty = [not row[name] for name in actions]
    if any(empty) and not all(empty):
        raise BadInput(place, "some actions are empty", "all of them, at the end, or none")
    return all(empty)
