"""JSON lines: one trajectory a line.

`{"states": ["s0", "s1", "s1"], "actions": [["up", "left"], ["up", "right"]]}`: one state a joint
action, and perhaps the state at the end; names or indices. Empty lines are skipped.
"""

import json
from pathlib import Path
from typing import Any

from nashgap.theory.errors import BadInput

from ..numbers import short
from .names import index_of
from .outline import Space
from .trajectories import Demonstrations

_KEYS = ("states", "actions")


def read(path: Path, space: Space) -> Demonstrations:
    """Reads the file.

    Raises:
        BadInput: any wrong line.
    """
    found, places = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            places.append(f"{path}, line {number}")
            found.append(_trajectory(line, space, places[-1]))
    if not found:
        raise BadInput(str(path), "no line", "one trajectory a line")
    return Demonstrations(space, found, places)


def write(path: Path, demonstrations: Demonstrations) -> None:
    """Writes states and actions by name."""
    space = demonstrations.space
    rows = [
        {
            "states": [space.states[s] for s in t.states.tolist()],
            "actions": [
                [names[a] for names, a in zip(space.actions, joint, strict=True)]
                for joint in t.actions.tolist()
            ],
        }
        for t in demonstrations.trajectories
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _trajectory(line: str, space: Space, where: str) -> tuple[list[int], list[list[int]]]:
    raw = _parsed(line, where)
    for key in _KEYS:
        if not isinstance(raw.get(key), list):
            given = f"{key!r} is {short(raw[key])}" if key in raw else f"no {key!r}"
            raise BadInput(where, given, "lists 'states' and 'actions'")
    for key in raw:
        if key not in _KEYS:
            raise BadInput(where, f"the key {short(key)}", "only 'states' and 'actions'")
    states = [
        index_of(s, space.states, f"{where}, states[{t}]", "a state")
        for t, s in enumerate(raw["states"])
    ]
    actions = []
    for t, joint in enumerate(raw["actions"]):
        place = f"{where}, actions[{t}]"
        if not isinstance(joint, list) or len(joint) != len(space.actions):
            needed = f"a list of {len(space.actions)} actions, one a player"
            raise BadInput(place, f"given {short(joint)}", needed)
        actions.append(
            [
                index_of(a, names, f"{place}[{i}]", "an action")
                for i, (a, names) in enumerate(zip(joint, space.actions, strict=True))
            ]
        )
    return states, actions


def _parsed(line: str, where: str) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise BadInput(where, "a key appears twice", "each key once")
        return dict(pairs)

    try:
        raw = json.loads(line, object_pairs_hook=unique)
    except (json.JSONDecodeError, RecursionError) as error:
        given = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise BadInput(where, given, "one JSON object a line") from None
    except ValueError:  # an integer of over 4300 digits
        raise BadInput(where, "a number that is far too long", "names or indices") from None
    if not isinstance(raw, dict):
        raise BadInput(where, f"a JSON {type(raw).__name__}", "a JSON object {...}")
    return raw
