r"""The face: the largest and the smallest Nash gap within an error of the expert."""

from collections.abc import Callable
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.numbers import exact
from nashgap.numeric.policy import ProductPolicy

from . import one_state
from .bilinear import by_branching
from .equilibria import enumerable, nearest_equilibrium
from .exactly import by_programs
from .exactly.program import Space
from .markov import by_regions
from .result import Error, Extreme, Kind, check, error_of

PIECES, REGIONS = 2000, 200


def largest_gap(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: object,
    error: Error = "bc",
    *,
    nodes: int | None = None,
    tolerance: object = "1/1000",
    tell: Callable[[str], None] = lambda text: None,
) -> Extreme:
    r"""\(M(\epsilon)\): how exploitable a learner within the error can be.

    Exact for one state with \(\epsilon_{BC}\) or \(\epsilon_\mu\), and for small games with any
    error unless the pieces run out (`exactly`); else between proved bounds.

    Args:
        game: an exact game.
        expert: \(\pi^E\), Nash or not.
        eps: \(\epsilon\in[0,2]\).
        error: "bc", "mu" or "rho".
        nodes: pieces that a search may open; by default 2,000 of a small game, else 200.
        tolerance: bounds this close end a search of a game that is not small.
        tell: is told how far the search is.

    Raises:
        BadInput: floats, or a number or word out of range.
        Stopped: on an interrupt, with what was proved.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["matching-pennies"].build()
        >>> largest_gap(made.game, made.expert, "1/10").value
        Fraction(11, 10)
    """
    number = exact(eps, "eps")
    close = exact(tolerance, "tolerance")
    check(game, expert, number, error)
    if one_state.fits(game, expert, error):
        return one_state.largest_by_vertices(game, expert, number, error)
    return _searched(game, expert, number, error, "largest", nodes, close, tell)


def smallest_gap(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: object,
    error: Error = "bc",
    *,
    nodes: int | None = None,
    tolerance: object = "1/1000",
    tell: Callable[[str], None] = lambda text: None,
) -> Extreme:
    r"""\(m(\epsilon)\): how little exploitable a learner within the error can be (Definition 5).

    It is 0 if the expert is Nash, since the expert is within every error, and 0 from the nearest
    equilibrium on. Exact for small games unless the pieces run out (`exactly`); else between proved
    bounds. To find a learner of gap 0 is to find an equilibrium, which is PPAD-hard.

    Args and raises: as `largest_gap`.

    Example:
        The learner of matching pennies is 1/10 away from the equilibrium:

        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["matching-pennies"].build()
        >>> [smallest_gap(made.game, made.learner, eps).value for eps in ("0", "1/10")]
        [Fraction(11, 10), Fraction(0, 1)]
    """
    number = exact(eps, "eps")
    close = exact(tolerance, "tolerance")
    check(game, expert, number, error)
    own = Fraction(nash_gap(game, expert))
    if own == 0:
        return Extreme("smallest", error, number, own, own, expert, "the expert is Nash")
    if enumerable(game):
        found = nearest_equilibrium(game, expert)
        if error_of(game, expert, found.equilibrium, error) <= number:
            zero, method = Fraction(0), "an equilibrium within the error, by its supports"
            return Extreme("smallest", error, number, zero, zero, found.equilibrium, method)
    return _searched(game, expert, number, error, "smallest", nodes, close, tell)


def _searched(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    kind: Kind,
    nodes: int | None,
    tolerance: Fraction,
    tell: Callable[[str], None],
) -> Extreme:
    """By the search for a game of this size."""
    if Space(game, expert).is_small:
        return by_programs(game, expert, eps, error, kind, nodes=nodes or PIECES, tell=tell)
    search = by_branching if game.num_states == 1 and game.players == 2 else by_regions
    return search(
        game, expert, eps, error, kind, nodes=nodes or REGIONS, tolerance=tolerance, tell=tell
    )
