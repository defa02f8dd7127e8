"""A game as NumPy arrays in one `.npz` file: transition, rewards, start, discount.

Arrays as in QuantEcon's and most other programs: floats, transition [S, A_1, ..., A_n, S], rewards
[n, S, A_1, ..., A_n] in any units, start [S] and discount (1-element arrays are numbers). Rewards
of one player may also come as R [S, A] with transition Q and discount beta, as in a `DiscreteDP`.
"""

from pathlib import Path
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import exact
from ..plain import counted
from .imported import Affine, Imported, affine_or_identity, exact_table, normalised, rescaled
from .quantecon import from_discrete_dp

_OURS = ("transition", "rewards", "discount")
_DISCRETE_DP = ("Q", "R", "beta")


def read(path: str | Path) -> Imported:
    """Reads the arrays; every float counts as the decimal that it prints as.

    Raises:
        BadInput: no such file, arrays that are missing or of other shapes, or a wrong entry.
    """
    where = str(path)
    arrays = _arrays(path)
    if all(name in arrays for name in _DISCRETE_DP):
        start = arrays.get("start")
        return from_discrete_dp(arrays["R"], arrays["Q"], _scalar(arrays["beta"], where), start)
    missing = [name for name in _OURS if name not in arrays]
    if missing:
        needed = f"{', '.join(_OURS)} (and start), or {', '.join(_DISCRETE_DP)}"
        raise BadInput(where, f"no array {', '.join(missing)}", needed)
    shape = arrays["rewards"].shape
    if len(shape) < 3 or len(shape) != shape[0] + 2 or 0 in shape:
        raise BadInput(f"{where}, rewards", f"shape {list(shape)}", "[n, S, A_1, ..., A_n]")
    payoffs = exact_table(arrays["rewards"], shape, f"{where}, rewards")
    table = exact_table(arrays["transition"], (*shape[1:], shape[1]), f"{where}, transition")
    kernel, lost = normalised(table, "transition")
    rewards, affine = rescaled(payoffs)
    given = arrays.get("start", np.full(shape[1], 1 / shape[1]))
    start, more = normalised(exact_table(given, shape[1:2], f"{where}, start"), "start")
    added = ("a start, uniform on the states",) if "start" not in arrays else ()
    discount = exact(_scalar(arrays["discount"], where), f"{where}, discount")
    game = MarkovGame(kernel, rewards, start, discount)
    return Imported(game, affine, (*lost, *(more if "start" in arrays else ())), added)


def write(path: str | Path, game: MarkovGame, affine: Affine | None = None) -> tuple[str, ...]:
    """Writes the arrays in floats; returns what is lost.

    Raises:
        BadInput: the file cannot be written.
    """
    exactly = game if game.is_exact else game.as_exact()
    payoffs = affine_or_identity(affine, game.players).payoffs(exactly.rewards)
    parts = {
        "transition": exactly.transition,
        "rewards": payoffs,
        "start": exactly.start,
        "discount": np.array([exactly.discount], dtype=object),
    }
    floats: dict[str, Any] = {name: part.astype(float) for name, part in parts.items()}
    try:
        np.savez_compressed(Path(path), **floats)
    except OSError as error:
        given = f"cannot be written ({error.strerror})"
        raise BadInput(str(path), given, "a file in a folder that exists") from None
    rounded = sum(_rounded(part, floats[name]) for name, part in parts.items())
    lost = ["the names of states and actions"] if _is_named(game) else []
    return (*lost, *([f"{counted(rounded, 'number')} rounded to floats"] if rounded else []))


def _arrays(path: str | Path) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except OSError as error:
        raise BadInput(
            str(path),
            f"cannot be read ({error.strerror or 'no .npz file'})",
            "a readable .npz file",
        ) from None
    except (ValueError, EOFError, KeyError):
        raise BadInput(
            str(path), "no .npz file of plain arrays", "one that numpy.savez wrote"
        ) from None


def _scalar(array: Any, where: str) -> Any:
    if np.size(array) != 1:
        raise BadInput(f"{where}, discount", f"shape {list(np.shape(array))}", "one number")
    return np.asarray(array).ravel()[0]


def _rounded(part: Any, floats: Any) -> int:
    read_back = exact_table(floats, floats.shape, "array")
    return int((read_back != part).sum())


def _is_named(game: MarkovGame) -> bool:
    plain = tuple(f"s{k}" for k in range(game.num_states))
    numbers = tuple(tuple(str(k) for k in range(count)) for count in game.num_actions)
    return game.states != plain or game.actions != numbers
