r"""M and m of a Markov game between proved bounds: robust values on pieces of the policies.

On a piece R of the learners, with \(p=(p_i,p_o)\) and every row in its own polytope,

\(\max_i[\max_{b,\,p_o\in R}V_i(b,p_o)-\min_{p\in R}V_i(p)]\ge\mathrm{NashGap}\ge
\max_i[\max_b\min_{p_o\in R}V_i(b,p_o)-\max_{p\in R}V_i(p)]\),

each part the optimum of a Markov decision process whose actions are vertices (for the inner maximum
on the right a few b are tried). Pieces are cut in two where a row ranges furthest. The bounds of
the whole tend to the Nash gap of the expert as \(\epsilon\to0\) if the expert visits every state.
For \(\epsilon_{BC}\) the pieces around the worst learner known are closed by `closing`, exactly.

Errors of occupancies come in by what they imply: \(\mathbb
E_{\mu_{\pi^E}}\|p_j-e_j\|_1\le(1+\gamma)\epsilon_\rho\), \(|V_i(p)-V_i(e)|\le
\epsilon_\rho(\max r_i-\min r_i)/(2(1-\gamma))\), and pieces whose state occupancies all differ
from the expert's by more than \(\epsilon\) are dropped.
"""

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.modulus.ceiling import answer_to_centre, widest
from nashgap.numeric.modulus.region import Region
from nashgap.numeric.modulus.robust import TooLarge, bound_values, from_start, rows_of
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value

from ..standing import Standing
from .climb import Climbed, climb
from .closing import closes, visits
from .exactly import Stopped
from .result import Error, Extreme, Kind

ZERO, TWO = Fraction(0), Fraction(2)


@dataclass(frozen=True)
class _Setting:
    game: MarkovGame
    expert: ProductPolicy
    eps: Fraction
    error: Error
    values: tuple[Fraction, ...]
    occupancy: tuple[Fraction, ...]


def by_regions(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    kind: Kind,
    *,
    nodes: int,
    tolerance: Fraction,
    tell: Callable[[str], None] = lambda text: None,
) -> Extreme:
    """M or m by hill climbing and branch and bound; see `largest_gap` and `smallest_gap`."""
    sign = 1 if kind == "largest" else -1
    setting = _Setting(
        game,
        expert,
        eps,
        error,
        tuple(value(game, expert).tolist()),
        tuple(occupancy(game, expert)[0].tolist()),
    )
    limits = {"bc": eps, "mu": TWO, "rho": min(TWO, (1 + Fraction(game.discount)) * eps)}
    whole = Region.around(game, expert, [limits[error]] * game.players)
    found = Climbed(expert, Fraction(nash_gap(game, expert)))
    proved = TWO / (1 - Fraction(game.discount)) if sign > 0 else ZERO

    def bracket() -> Extreme:
        low, high = sorted((found.gap, sign * proved))
        method = "hill climbing and robust values on pieces"
        return Extreme(kind, error, eps, low, high, found.learner, method)

    try:
        tell(str(Standing(0, nodes, found.gap, sign * proved, "pieces")))
        found = climb(game, expert, eps, error, sign)
        best = sign * found.gap
        for used, proved in _branch(setting, whole, sign, best, nodes, tolerance, found.learner):
            tell(str(Standing(used, nodes, found.gap, sign * proved, "pieces")))
    except KeyboardInterrupt:
        raise Stopped(bracket()) from None
    return bracket()


def _branch(
    setting: _Setting,
    whole: Region,
    sign: int,
    best: Fraction,
    nodes: int,
    tolerance: Fraction,
    known: ProductPolicy,
) -> Iterator[tuple[int, Fraction]]:
    """Bounds on sign times the gap over the whole, the last one the best, and the pieces so far.

    They are at least `best`, which `known` attains.
    """
    game = setting.game
    # The worst learner of a cloning error is mostly a corner, which can be proved exactly.
    exactly = sign > 0 and setting.error == "bc"
    trivial = TWO / (1 - Fraction(game.discount)) if sign > 0 else ZERO
    heap: list[tuple[Fraction, int, Region]] = []
    count = itertools.count()
    closed = best

    def push(piece: Region, parent: Fraction) -> None:
        nonlocal closed
        try:
            bound = _bound(setting, piece, sign)
        except TooLarge:
            closed = max(closed, parent)
            return
        if bound is None or min(bound, parent) <= best:
            return
        if not (exactly and closes(game, piece, known, best)):
            heapq.heappush(heap, (-min(bound, parent), next(count), piece))

    push(whole, trivial)
    used = 1
    enough = best if exactly else best + tolerance
    while heap and used < nodes and -heap[0][0] > enough and closed == best:
        yield used, -heap[0][0]
        bound, _, piece = heapq.heappop(heap)
        cut = widest(game, piece, range(game.players))
        if cut is None:
            closed = max(closed, -bound)
            break
        for half in piece.halves(*cut):
            push(half, -bound)
            used += 1
    yield used, max([closed, *(-bound for bound, _, _ in heap)])


def _bound(setting: _Setting, piece: Region, sign: int) -> Fraction | None:
    """An upper bound on sign times the Nash gap over the piece; None if it is empty."""
    game = setting.game
    if setting.error != "bc" and setting.eps < 2:
        apart = _apart(setting, piece)
        if apart is None or apart > setting.eps:
            return None
    bounds = []
    for i in range(game.players):
        own = rows_of(game, piece, i, "region")
        free = rows_of(game, piece, i, "free")
        if own is None or free is None:
            return None
        slack = TWO / (1 - Fraction(game.discount))
        if setting.error == "rho":
            spread = game.rewards[i].max() - game.rewards[i].min()
            slack = setting.eps * spread / (2 * (1 - Fraction(game.discount)))
        if sign > 0:
            least = from_start(game, bound_values(game, i, own, "least"))
            reached = from_start(game, bound_values(game, i, free, "most"))
            bounds.append(reached - max(least, setting.values[i] - slack))
        else:
            most = from_start(game, bound_values(game, i, own, "most"))
            bounds.append(_secured(game, piece, i) - min(most, setting.values[i] + slack))
    return max(bounds) if sign > 0 else -max([*bounds, ZERO])


def _secured(game: MarkovGame, piece: Region, player: int) -> Fraction:
    """What some policy of the player earns from the start against every profile of the piece."""
    found = []
    for own in (answer_to_centre(game, piece, player), piece.expert[player]):
        rows = rows_of(game, piece, player, own)
        if rows is not None:
            found.append(from_start(game, bound_values(game, player, rows, "least")))
    return max(found)


def _apart(setting: _Setting, piece: Region) -> Fraction | None:
    r"""A lower bound on \(\|\mu_\pi-\mu_{\pi^E}\|_1\) over the piece; None if it is empty."""
    game = setting.game
    rows = rows_of(game, piece, 0, "region")
    if rows is None:
        return None
    above, below = ZERO, ZERO
    for weight, ends in zip(setting.occupancy, visits(game, rows), strict=True):
        low, high = ((1 - Fraction(game.discount)) * x for x in ends)
        above += max(low - weight, ZERO)
        below += max(weight - high, ZERO)
    # Both occupancies sum to 1: what one state has too much, others lack.
    return 2 * max(above, below)
