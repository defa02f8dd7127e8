"""One equilibrium of any small game, by the way that fits it best."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from .general_sum import general_sum
from .quantal import quantal_response
from .result import Equilibrium
from .team import check_exact, team
from .zero_sum import zero_sum

WAYS = ("auto", "team", "zero-sum", "general-sum")


def equilibrium(
    game: MarkovGame, *, way: str = "auto", temperature: object = None
) -> Equilibrium | None:
    """A stationary equilibrium to imitate, with its exact Nash gap.

    Args:
        game: an exact game.
        way: "team" for common payoffs, "zero-sum" for two players with opposite rewards,
            "general-sum" for any game, "auto" for the first of these that the game allows.
        temperature: instead of an equilibrium, the quantal response at this temperature.

    Returns:
        The profile with its gap; None where the path to a quantal response was lost.

    Raises:
        BadInput: a float game, an unknown way, or one that the game does not allow.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> found = equilibrium(catalogue()["matching-pennies"].build().game)
        >>> found.gap, found.policy[0].tolist()
        (Fraction(0, 1), [[Fraction(1, 2), Fraction(1, 2)]])
    """
    check_exact(game)
    if way not in WAYS:
        raise BadInput("way", f"given {way!r:.40}", f"one of {', '.join(WAYS)}")
    if temperature is not None:
        if way != "auto":
            raise BadInput("temperature", f'given with the way "{way}"', "one of the two")
        found = quantal_response(game, temperature)
        if found is None:
            return None
        method = f"quantal response at temperature {found.temperature}"
        return Equilibrium(found.policy, Fraction(found.gap), method)
    finders: dict[str, Callable[[MarkovGame], Equilibrium]] = {
        "team": team,
        "zero-sum": zero_sum,
        "general-sum": general_sum,
    }
    return finders[_fitting(game) if way == "auto" else way](game)


def _fitting(game: MarkovGame) -> str:
    if all(np.array_equal(game.rewards[0], own) for own in game.rewards[1:]):
        return "team"
    opposite = game.players == 2 and np.array_equal(game.rewards[0], -game.rewards[1])
    return "zero-sum" if opposite else "general-sum"
