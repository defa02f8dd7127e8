"""npz: NumPy arrays in one file.

`states` [N, T] or [N, T + 1], `actions` [N, T, n], integers (indices) or text (names). With
`lengths` [N], the number of joint actions of each trajectory, what is beyond it is ignored; with
T + 1 states the one after the last joint action is kept.
"""

import zipfile
from pathlib import Path

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array, short
from .outline import Space
from .trajectories import Demonstrations

_KEYS = {"states", "actions", "lengths"}
_LARGEST = 2_000_000_000


def read(path: Path, space: Space) -> Demonstrations:
    """Reads the file; nothing in it is executed.

    Raises:
        BadInput: a missing or unknown array, a wrong shape, or any wrong entry.
    """
    where = str(path)
    arrays = _arrays(path)
    states, actions = arrays["states"], arrays["actions"]
    if states.ndim != 2 or actions.ndim != 3 or len(states) != len(actions):
        given = f"states of shape {list(states.shape)}, actions of shape {list(actions.shape)}"
        raise BadInput(where, given, "shapes [N, T] or [N, T + 1] and [N, T, n]")
    if actions.shape[2] != len(space.actions) or states.shape[1] - actions.shape[1] not in (0, 1):
        given = f"states of shape {list(states.shape)}, actions of shape {list(actions.shape)}"
        raise BadInput(
            where, given, f"shapes [N, T] or [N, T + 1] and [N, T, {len(space.actions)}]"
        )
    lengths = _lengths(arrays, actions, where)
    extra = states.shape[1] - actions.shape[1]
    found, places = [], []
    for k, length in enumerate(lengths):
        places.append(f"{where}, trajectory {k}")
        seen = _indices(states[k, : length + extra], space.states, f"{places[k]}, states")
        joint = [
            _indices(actions[k, :length, i], names, f"{places[k]}, actions of player {i}")
            for i, names in enumerate(space.actions)
        ]
        found.append((seen, np.stack(joint, axis=1)))
    return Demonstrations(space, found, places)


def write(path: Path, demonstrations: Demonstrations) -> None:
    """Writes indices; all trajectories with the state at the end, or none.

    Raises:
        BadInput: only some of the trajectories have a state at the end.
    """
    listed = demonstrations.trajectories
    extras = {len(t.states) - t.steps for t in listed}
    if len(extras) > 1:
        given = "some trajectories with the state at the end and some without"
        raise BadInput(str(path), given, "a .jsonl or .csv file for these")
    longest = max(t.steps for t in listed)
    states = np.zeros((len(listed), longest + extras.pop()), dtype=np.int64)
    actions = np.zeros((len(listed), longest, demonstrations.players), dtype=np.int64)
    for k, t in enumerate(listed):
        states[k, : len(t.states)] = t.states
        actions[k, : t.steps] = t.actions
    lengths = np.array([t.steps for t in listed])
    with path.open("wb") as file:
        np.savez_compressed(file, states=states, actions=actions, lengths=lengths)


def _arrays(path: Path) -> dict[str, Array]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise BadInput(str(path), "over 2 GB when unpacked", "a smaller file")
        with np.load(path, allow_pickle=False) as file:
            names = set(file.files)
            if not {"states", "actions"} <= names <= _KEYS:
                given = f"arrays {', '.join(sorted(names)) or 'none'}"
                raise BadInput(str(path), given, "states, actions and perhaps lengths")
            return {name: file[name] for name in names}
    except (ValueError, zipfile.BadZipFile, EOFError) as error:
        raise BadInput(str(path), short(str(error)), "an npz file of plain arrays") from None


def _lengths(arrays: dict[str, Array], actions: Array, where: str) -> list[int]:
    if "lengths" not in arrays:
        return [actions.shape[1]] * len(actions)
    lengths = arrays["lengths"]
    if lengths.shape != (len(actions),) or not np.issubdtype(lengths.dtype, np.integer):
        given = f"lengths of shape {list(lengths.shape)}, {lengths.dtype}"
        raise BadInput(where, given, f"{len(actions)} integers")
    wrong = np.flatnonzero((lengths < 1) | (lengths > actions.shape[1]))
    if len(wrong):
        place = f"{where}, lengths[{wrong[0]}]"
        raise BadInput(place, f"given {lengths[wrong[0]]}", f"from 1 to {actions.shape[1]}")
    found: list[int] = lengths.tolist()
    return found


def _indices(given: Array, names: tuple[str, ...], where: str) -> Array:
    if np.issubdtype(given.dtype, np.integer):
        return given
    if given.dtype.kind != "U":
        raise BadInput(where, f"entries of type {given.dtype}", "integers or text")
    known = {name: k for k, name in enumerate(names)}
    for step, name in enumerate(given.tolist()):
        if name not in known:
            raise BadInput(f"{where}, step {step}", f"given {short(name)}", "a name in the game")
    return np.array([known[name] for name in given.tolist()], dtype=np.int64)
