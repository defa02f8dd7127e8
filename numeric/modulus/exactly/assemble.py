r"""The whole step function, from the largest shift down: see `cells` for why cells suffice.

The place of a jump to at least v is the least distance of a cell whose shift is at least v. A cell
of a smaller shift matters only where it comes closer than all those of larger ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...delta import best_response_shift
from ...dominance_side import side
from ...game import MarkovGame
from ...occupancy import occupancy
from ...policy import ProductPolicy
from ...root import Root
from ..steps import Modulus, Step
from .boxes import Box, Clear, Near, Place, search
from .cells import Cell, cells
from .corner import Corner, corners
from .guess import Floats, nearest
from .local import neighbourhood, tangent
from .reach import Reached, reached, witness
from .space import Space, space

MOST_STATES = 4
MOST_COORDINATES = 6
MOST_CELLS = 81
ROUNDS = 12
"""Corners of one cell that are looked at."""
ZERO = Fraction(0)


@dataclass(frozen=True)
class _Nearest:
    """How near a cell comes: the corner, and the proof that it is reached."""

    corner: Corner
    found: Reached


def exact_modulus(
    game: MarkovGame, expert: ProductPolicy, player: int, *, beyond: Fraction, boxes: int
) -> Modulus | None:
    """The modulus of a small game; None where the game is larger or a question stays open.

    Args:
        game: an exact game.
        expert: the policies around which delta is asked.
        player: i.
        beyond: how much more than the place of a jump its witness may err.
        boxes: boxes that may be opened for one cell.
    """
    view = side(game, expert, player)
    weights: list[Fraction] = occupancy(game, expert)[0].tolist()
    around = space(view, expert, weights)
    states, actions = view.own.shape
    if around.size == 0 or states > MOST_STATES or around.size > MOST_COORDINATES:
        return None
    if actions**states > MOST_CELLS:
        return None
    first = _at_home(around, cells(around, weights, slice_=True), boxes)
    if first is None:
        return None
    shift, point = first
    steps: list[Step] = []
    place: Place | None = None
    for cell in cells(around, weights):
        if cell.shift <= shift or place == 0:
            break
        found = _nearest(around, cell, place, boxes)
        if found is None:
            continue
        if isinstance(found, Near):
            return None
        step = _step(around, cell, found, player, beyond, game)
        if step is None:
            return None
        place = found.corner.place
        if steps and steps[-1].value == step.value:
            steps[-1] = step
        else:
            steps.append(step)
    if shift > 0:
        profile = around.profile(point)
        # The point was found in floats.
        if best_response_shift(game, expert, profile, player).lower < shift:
            return None
        steps.append(Step(shift, ZERO, True, ZERO, profile, profile, ZERO))
    steps.reverse()
    return Modulus(player, tuple(steps), _ceilings(steps))


def _ceilings(steps: Sequence[Step]) -> tuple[tuple[Fraction, Fraction], ...]:
    below, found = ZERO, []
    for step in steps:
        if not step.attained:
            found.append((step.clear if step.clear is not None else ZERO, below))
        below = step.value
    return (*found, (Fraction(2), below))


def _at_home(
    around: Space, slices: Sequence[Cell], boxes: int
) -> tuple[Fraction, Sequence[Fraction]] | None:
    """The largest shift at error 0, and opponents who make it."""
    home = around.home
    for cell in slices:
        if cell.shift == 0:
            break
        floats = Floats(cell.bounds, around.size)

        def inside(point: Sequence[float], floats: Floats = floats) -> bool:
            free = (row for row in around.rows if row.weight == 0)
            return floats.inside(point) and all(m > 0 for row in free for m in row.masses(point))

        found = search(around, cell, None, inside, most=boxes)
        if isinstance(found, Clear):
            continue
        point = list(home)
        for row in around.rows:
            if row.weight == 0:
                for k in row.places:
                    point[k] = Fraction(found.point[k])
        return (cell.shift, point) if inside(found.point) or not cell.bounds else None
    return ZERO, home


def _nearest(around: Space, cell: Cell, place: Place | None, boxes: int) -> _Nearest | Near | None:
    """How near the cell comes if that is nearer than `place`; Near where it stays open."""
    floats = Floats(cell.bounds, around.size)

    def inside(point: Sequence[float]) -> bool:
        return floats.inside(point) and all(m > 0 for row in around.rows for m in row.masses(point))

    best: _Nearest | None = None
    tangents: list[object] = []
    known: list[Box] = []
    inner: list[Sequence[float]] = []
    seen: list[tuple[Fraction, ...]] = []
    kinks = [around.kinks(k) for k in range(around.size)]
    found: Clear | Near | None = None
    for _ in range(ROUNDS):
        found = search(
            around, cell, place, inside, tangents=tangents, known=known, cuts=kinks, most=boxes
        )
        if isinstance(found, Clear):
            return best
        if inside(found.point):
            inner.append(found.point)
        at = nearest(around, floats, found.point)
        if at is None:
            return found
        taken = _corner(around, cell, floats, at, inner, place, seen)
        if taken is None:
            return found
        corner, way, box = taken
        seen.append(corner.point)
        if place is None or _below(corner.place, place):
            best, place = _Nearest(corner, way), corner.place
            tangents = []
        elif not _same(corner.place, place):
            return found
        if place == 0:
            return best
        if box is not None:
            known.append(box)
        more = tangent(around, cell, corner)
        if more is not None:
            tangents.append(more)
        if corner.is_rational:
            kinks = [
                list(dict.fromkeys([*wanted, x]))
                for wanted, x in zip(kinks, corner.point, strict=True)
            ]
    return found if isinstance(found, Near) else None


def _corner(
    around: Space,
    cell: Cell,
    floats: Floats,
    at: Sequence[float],
    inner: Sequence[Sequence[float]],
    place: Place | None,
    seen: Sequence[tuple[Fraction, ...]],
) -> tuple[Corner, Reached, Box | None] | None:
    """The corner that a point in floats stands for, with a proof that the cell reaches it."""
    kept: tuple[Corner, Reached, Box | None] | None = None
    for corner in corners(around, cell, floats, at):
        if corner.point in seen or (place is not None and _below(place, corner.place)):
            continue
        way = reached(around, cell, corner, floats, inner)
        if way is None:
            continue
        box = None if corner.place == 0 else neighbourhood(around, cell, corner)
        if box is not None or corner.place == 0:
            return corner, way, box
        kept = kept or (corner, way, None)
    return kept


def _below(first: Place, second: Place) -> bool:
    """Whether the first place is proved to be less."""
    match first:
        case Root():
            if isinstance(second, Root):
                return first.high <= second.low
            return first.is_below(second)
        case Fraction():
            if isinstance(second, Root):
                return not second.is_below(first)
            return first < second


def _same(first: Place, second: Place) -> bool:
    """Whether the places are proved equal; an isolated root is no fraction."""
    if isinstance(first, Root) and isinstance(second, Root):
        alike = first.polynomial == second.polynomial
        return alike and (first.low, first.high) == (second.low, second.high)
    return not isinstance(first, Root) and first == second


def _step(
    around: Space,
    cell: Cell,
    found: _Nearest,
    player: int,
    beyond: Fraction,
    game: MarkovGame,
) -> Step | None:
    corner = found.corner
    point = witness(around, cell, corner, found.found, beyond)
    if point is None:
        return None
    profile = around.profile(point)
    shift = best_response_shift(game, around.expert, profile, player)
    if shift.lower < cell.shift:
        return None
    root: Root | None = None
    match corner.place:
        case Root():
            root, low, high = corner.place, corner.place.low, corner.place.high
        case Fraction():
            low = high = corner.place
    return Step(
        cell.shift,
        high,
        False,
        low,
        around.profile(corner.point),
        profile,
        around.error(point),
        root,
    )
