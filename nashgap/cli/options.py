"""Options that several commands share, and how their values are read."""

from fractions import Fraction
from typing import Annotated

import typer

from nashgap.theory.errors import BadInput

from . import completing

Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout, nothing else.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No text, no progress: the exit code and files only.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it here.")
]

Tolerance = Annotated[
    str | None,
    typer.Option(
        "--tolerance",
        metavar="X",
        help="Rows of a game file may miss 1 by this; renormalised, and said.",
    ),
]

PLAYERS = typer.Option("--players", metavar="N", help="Number of players.")
STATES = typer.Option("--states", metavar="S", help="Number of states.")
ACTIONS = typer.Option("--actions", metavar="K|K1,K2", help="Actions of every player, or of each.")
GAMMA = typer.Option("--gamma", metavar="X", help="The discount, as 9/10 or 0.9.")
Assume = Annotated[
    str,
    typer.Option(
        "--assume",
        metavar="A,B",
        help="Assumptions, as nash,margin=1/3; `nashgap show NAME` says what one means.",
        autocompletion=completing.listed(completing.assumptions),
    ),
]

_LARGEST_COUNT = 10_000


def rational(given: str, option: str) -> Fraction:
    """Reads an exact number from the command line.

    Raises:
        BadInput: not a number.
    """
    from nashgap.numeric.numbers import exact

    return exact(given, option)


def count(given: str, option: str, *, least: int = 1) -> int:
    """Reads a number of players, states or actions.

    Raises:
        BadInput: not an integer between `least` and 10,000.
    """
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise BadInput(
            option, f"given {given!r:.60}", f"an integer from {least} to {_LARGEST_COUNT}"
        )
    if not least <= int(given) <= _LARGEST_COUNT:
        raise BadInput(option, f"given {given}", f"an integer from {least} to {_LARGEST_COUNT}")
    return int(given)


def counts(given: str, option: str, players: int) -> int | tuple[int, ...]:
    """Reads `2`, the same for every player, or `2,3`, one number a player.

    Raises:
        BadInput: not integers, or not one for each player.
    """
    found = tuple(count(part.strip(), option) for part in given.split(","))
    if len(found) == 1:
        return found[0]
    if len(found) != players:
        raise BadInput(
            option, f"given {given!r}", f"one number, or one for each of {players} players"
        )
    return found


def seconds(given: str | None, option: str = "--seconds") -> float | None:
    """Reads a budget of wall-clock time.

    Raises:
        BadInput: not a positive number.
    """
    if given is None:
        return None
    found = rational(given, option)
    if found <= 0:
        raise BadInput(option, f"given {given}", "a positive number of seconds")
    return float(found)


def tolerance(given: str | None) -> Fraction | None:
    """Reads by how much rows of a game file may miss 1; without it they must sum to 1 exactly.

    Raises:
        BadInput: not a number in [0, 1).
    """
    if given is None:
        return None
    found = rational(given, "--tolerance")
    if not 0 <= found < 1:
        raise BadInput("--tolerance", f"given {given}", "a number in [0, 1), for example 1e-9")
    return found


def work(given: str) -> int:
    """Reads --seconds as steps of a dominance question, so that no clock changes an answer.

    Raises:
        BadInput: not a positive number.
    """
    from nashgap.numeric.dominance import WORK

    return max(1, round((seconds(given) or 1.0) * WORK))


def discount(given: str, option: str) -> Fraction:
    """Reads a discount.

    Raises:
        BadInput: not a number in [0, 1).
    """
    found = rational(given, option)
    if not 0 <= found < 1:
        raise BadInput(option, f"given {given}", "a number in [0, 1), for example 9/10")
    return found


def player(given: str, option: str, players: int) -> int:
    """Reads a player, counted from 0.

    Raises:
        BadInput: not an integer in [0, players).
    """
    found = count(given, option, least=0)
    if found >= players:
        raise BadInput(option, f"given {given}", f"a player from 0 to {players - 1}")
    return found
