"""Game files: JSON in the format `nashgap/game/1`, read strictly and exactly."""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from . import tables
from .game import MarkovGame, check_shape
from .numbers import Array, exact, short, text
from .policy import ProductPolicy
from .writing import write_text

GAME_FORMAT = "nashgap/game/1"
WITNESS_FORMAT = "nashgap/witness/1"
_KNOWN = {
    "format",
    "name",
    "source",
    "discount",
    "start",
    "transition",
    "rewards",
    "states",
    "actions",
    "policies",
}
_LARGEST_FILE = 500_000_000
STDIN = "-"


@dataclass(frozen=True)
class Loaded:
    """What a game file holds; unpacks as `game, policies = load(path)`.

    Attributes:
        game: the game, exact.
        expert: the expert's policy, if given.
        learner: the learner's policy, if given.
        raw: the whole object, for the parts of other formats.
        notes: what was ignored or renormalised, to be told to the user.
    """

    game: MarkovGame
    expert: ProductPolicy | None
    learner: ProductPolicy | None
    raw: Mapping[str, Any]
    notes: tuple[str, ...] = ()

    @property
    def policies(self) -> dict[str, ProductPolicy]:
        """The given policies by role, "expert" and "learner"."""
        given = {"expert": self.expert, "learner": self.learner}
        return {role: policy for role, policy in given.items() if policy is not None}

    def __iter__(self) -> Iterator[Any]:
        yield from (self.game, self.policies)


_KINDS = {list: "list", bool: "boolean", str: "number or string", type(None): "null"}
"""What a file may hold instead of an object, in words; numbers are read as strings."""


def load(path: str | Path, *, tolerance: object = None) -> Loaded:
    """Reads a game file, or the game in a witness file.

    Args:
        path: a JSON file, or "-" for standard input; decimals are read exactly as written.
        tolerance: rows may miss 1 by this much, in [0, 1), and are then renormalised, with a note.

    Raises:
        BadInput: no such file, not JSON, or any wrong entry.
    """
    raw = read_json(path)
    try:
        return parse_game(raw, tolerance=tolerance)
    except BadInput as error:
        raise BadInput(f"{place(path)}, {error.where}", error.given, error.needed) from None


def read_json(path: str | Path) -> dict[str, Any]:
    """Reads one JSON object strictly: no NaN, no repeated keys, decimals kept as written.

    Args:
        path: a file, or "-" for standard input.

    Raises:
        BadInput: no such file, not readable, not JSON, not an object.
    """
    return parse_json(read_text(path), place(path))


def place(path: str | Path) -> str:
    """What messages call a file."""
    return "standard input" if str(path) == STDIN else str(path)


def read_text(path: str | Path) -> str:
    """Reads a file in UTF-8, or standard input if the path is "-".

    Raises:
        BadInput: no such file, not readable, not text.
    """
    where = place(path)
    try:
        content = _bytes(path).decode("utf-8-sig")  # some editors put a mark first
    except OSError as error:
        given = f"cannot be read ({error.strerror})"
        raise BadInput(where, given, f"a readable file{_named_game(path)}") from None
    except UnicodeDecodeError:
        raise BadInput(where, "not UTF-8 text", "a JSON file, saved as UTF-8") from None
    except ValueError:  # a null character
        raise BadInput(ascii(where), "not a file name", "a readable file") from None
    logging.getLogger(__name__).debug("read %s, %d characters", where, len(content))
    return content


def _bytes(path: str | Path) -> bytes:
    if str(path) == STDIN:
        content = b"" if sys.stdin is None else sys.stdin.buffer.read(_LARGEST_FILE + 1)
        large = len(content) > _LARGEST_FILE
    else:
        large = Path(path).stat().st_size > _LARGEST_FILE
        content = b"" if large else Path(path).read_bytes()
    if large:
        raise BadInput(place(path), "a file of over 500 MB", "a smaller file")
    return content


def _named_game(path: str | Path) -> str:
    """How to write the file, where its name is that of a game of the library."""
    from .games import catalogue

    name = Path(path).name.removesuffix(".json")
    known = name in catalogue() and not Path(path).exists()
    return f" (`nashgap games {name} -o {name}.json` writes that game)" if known else ""


def parse_json(content: str, where: str) -> dict[str, Any]:
    """Parses one JSON object strictly; see `read_json`."""

    def refuse(constant: str) -> Any:
        raise BadInput(where, f"contains {constant}", "finite numbers")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise BadInput(where, f"the key {short(key)} appears twice", "each key once")
            found[key] = value
        return found

    try:
        found = json.loads(
            content, parse_float=str, parse_int=str, parse_constant=refuse, object_pairs_hook=unique
        )
    except json.JSONDecodeError as error:
        place = f"{where}, line {error.lineno}, column {error.colno}"
        raise BadInput(place, error.msg, "well-formed JSON (is the file complete?)") from None
    except RecursionError:
        raise BadInput(where, "lists nested too deeply", "a game file") from None
    if not isinstance(found, dict):
        kind = _KINDS.get(type(found), "value")
        raise BadInput(where, f"a JSON {kind}", "a JSON object {...}")
    return found


def parse_game(raw: Mapping[str, Any], *, tolerance: object = None) -> Loaded:
    """Reads a game object, in the format `nashgap/game/1` or its extension `nashgap/witness/1`.

    Raises:
        BadInput: a missing key or any wrong entry.
    """
    written = raw.get("format")
    if written not in (GAME_FORMAT, WITNESS_FORMAT):
        needed = f'"{GAME_FORMAT}" or "{WITNESS_FORMAT}"'
        given = f"given {short(written)}" if "format" in raw else "missing"
        raise BadInput("format", given, f"{needed}{parts(raw)}")
    for key in ("discount", "start", "transition", "rewards"):
        if key not in raw:
            raise BadInput(key, "missing", f"the key {key!r}")
    notes = (
        [f"unknown key {key!r} was ignored" for key in raw if key not in _KNOWN]
        if written == GAME_FORMAT
        else []
    )
    slack = None if tolerance is None else exact(tolerance, "tolerance")
    if slack is not None and not 0 <= slack < 1:
        raise BadInput("tolerance", f"given {short(tolerance)}", "a number in [0, 1)")
    shape = check_shape(raw["rewards"])
    game = MarkovGame(
        _rows(raw["transition"], (*shape[1:], *shape[1:2]), "transition", slack, notes),
        raw["rewards"],
        _rows(raw["start"], shape[1:2], "start", slack, notes),
        exact(raw["discount"], "discount"),
        raw.get("states"),
        raw.get("actions"),
    )
    policies = raw.get("policies", {})
    if not isinstance(policies, Mapping):
        raise BadInput(
            "policies", f"given {short(policies)}", 'an object with "expert" and "learner"'
        )
    for role in policies:
        if role not in ("expert", "learner"):
            raise BadInput("policies", f"the role {short(role)}", '"expert" and "learner"')
    found = {
        role: _policy(policies[role], game, f"policies.{role}", slack, notes) for role in policies
    }
    return Loaded(game, found.get("expert"), found.get("learner"), raw, tuple(notes))


def parts(raw: Mapping[str, Any]) -> str:
    """Where in an object that a command printed with --json the files are, for messages."""
    found = [key for key, part in raw.items() if isinstance(part, Mapping) and "format" in part]
    return f"; here that is the part {' or '.join(map(repr, found))} of the object" if found else ""


def game_object(
    game: MarkovGame, expert: ProductPolicy | None = None, learner: ProductPolicy | None = None
) -> dict[str, Any]:
    """The game and its policies as a JSON object of the format `nashgap/game/1`."""
    policies = {"expert": expert, "learner": learner}
    found: dict[str, Any] = {
        "format": GAME_FORMAT,
        "discount": text(game.discount),
        "start": written_table(game.start),
        "transition": written_table(game.transition),
        "rewards": written_table(game.rewards),
        "states": list(game.states),
        "actions": [list(names) for names in game.actions],
    }
    given = {role: [written_table(t) for t in p] for role, p in policies.items() if p is not None}
    return {**found, "policies": given} if given else found


def save(
    path: str | Path,
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
) -> None:
    """Writes a game file that `load` reads back to an equal game.

    Raises:
        BadInput: the file cannot be written.
    """
    write_text(path, json.dumps(game_object(game, expert, learner), indent=1) + "\n")


def written_table(array: Array) -> Any:
    """Nested lists of "p/q" strings; floats as the decimals that they print as."""
    if array.ndim == 0:
        return text(array.item())
    if array.ndim == 1:
        return [text(x) for x in array.tolist()]
    return [written_table(part) for part in array]


def _policy(
    given: Any, game: MarkovGame, where: str, slack: Fraction | None, notes: list[str]
) -> ProductPolicy:
    if not isinstance(given, list) or len(given) != game.players:
        needed = f"a list of {game.players} tables, one a player"
        raise BadInput(where, f"given {short(given)}", needed)
    shapes = [(game.num_states, k) for k in game.num_actions]
    rows = [
        _rows(part, shape, f"{where}[{i}]", slack, notes)
        for i, (part, shape) in enumerate(zip(given, shapes, strict=True))
    ]
    policy = ProductPolicy(rows, where)
    policy.check_fits(game, where)
    return policy


def _rows(
    given: Any, shape: tuple[int, ...], where: str, slack: Fraction | None, notes: list[str]
) -> Any:
    read = tables.table(given, shape, where)
    if slack is None:
        return read
    sums = read.sum(axis=-1, keepdims=True)
    off = abs(sums - 1)
    near = off <= slack
    if np.any(near & (off > 0)):
        by = f"{float((off * near).max()):.1e}"
        notes.append(f"{where}: rows renormalised, they missed 1 by up to {by}")
    # A row that misses 1 by more stays, for the message that names it.
    return read / np.where(near, sums, 1)
