"""A second opinion on an enumeration: what every solver at hand says of the same question."""

from collections.abc import Callable
from fractions import Fraction

from .. import lp
from ..backends import Backend, Model, NoAnswer, available
from ..cubes import decide
from ..parts import Parts
from ..problem import Threshold
from ..query import GameClass
from .encoding import build


def second_opinion(
    said: GameClass,
    parts: Parts,
    players: tuple[int, ...],
    value: Fraction,
    *,
    left: Callable[[], float],
    say: Callable[[str], None],
) -> tuple[str, bool]:
    """Whether a solver finds a larger gap, in words, and whether all agree that there is none.

    Args:
        said: the class.
        parts: with kernel and start in full.
        players: whose gap counts.
        value: what the enumeration says is the largest gap.
        left: the seconds left.
        say: told what is done.
    """
    also, agrees = "", True
    for backend in available() if parts.is_pure else ():
        say(f"asking {backend.name} for more than {value}")
        more = _more(said, parts, players, backend, value, left, say)
        if isinstance(more, Fraction):
            also, agrees = f"{also}, but {backend.name} finds {more}", False
        elif more is None:
            also += f" and by {backend.name} {backend.version()}, which finds no more"
    return also, agrees


def _more(
    said: GameClass,
    parts: Parts,
    players: tuple[int, ...],
    backend: Backend,
    value: Fraction,
    left: Callable[[], float],
    say: Callable[[str], None],
) -> Fraction | str | None:
    """A larger gap that a solver finds; None if it says that there is none; else why neither."""
    above = Threshold(value, strict=True)
    for player in players:
        problem = build(said, parts, player, needed=True)
        match decide(problem, above, backend, seconds=left(), progress=say):
            case Model(picks, _):
                best = lp.maximise(problem.objective, problem.active(picks), problem.boxes)
                if isinstance(best, lp.Optimum):
                    return best.value
                return f"{backend.name}'s solution is none in exact arithmetic"
            case NoAnswer(reason):
                return reason
    return None
