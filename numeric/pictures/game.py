"""A game as an SVG picture: its states, its joint actions grouped, and who walks where."""

from collections.abc import Mapping

from nashgap.theory.colours import PROFILES

from .. import plain_math
from ..drawing import LARGEST_PICTURE, Drawing, draw, extent
from ..game import MarkovGame
from ..picture import Arrow, Point
from ..policy import ProductPolicy
from .svg import element, picture, text

DASHES = {"expert": "", "learner": "0.17 0.1", "deviation": "0.035 0.075"}
"""Lines: solid, dashed, dotted."""

_GREY = "#777"
_HEAD = 0.2


def game_svg(
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
    deviation: ProductPolicy | None = None,
) -> str:
    """The game as an SVG picture, one column wide (8.25 cm) when printed at its own size.

    States are circles with their start mass. Arrows carry joint actions and rewards, or row numbers
    of the game's table where these would not fit. Expert, learner and deviation are drawn along
    the states that they visit, in blue, vermilion and green, solid, dashed and dotted.

    Args:
        game: exact or float.
        expert: the expert's policy.
        learner: the learner's.
        deviation: the profile after one player has deviated from the learner.

    Returns:
        An `<svg>` element; "" for games of more than 12 states.

    Raises:
        BadInput: a profile does not fit the game.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> game_svg(made.game, made.expert, made.learner)[:40]
        '<svg xmlns="http://www.w3.org/2000/svg" '
    """
    profiles = given(expert, learner, deviation)
    for role, profile in profiles.items():
        profile.check_fits(game, role)
    return "" if game.num_states > LARGEST_PICTURE else drawn(draw(game, profiles, plain_math))


def given(
    expert: ProductPolicy | None, learner: ProductPolicy | None, deviation: ProductPolicy | None
) -> dict[str, ProductPolicy]:
    """The profiles that there are, by role."""
    roles = {"expert": expert, "learner": learner, "deviation": deviation}
    return {role: profile for role, profile in roles.items() if profile is not None}


def drawn(drawing: Drawing) -> str:
    """The picture with its legend."""
    low, high = extent(drawing)
    middle, half = (low[0] + high[0]) / 2, _legend_width(drawing.paths) / 2
    left, right = min(low[0], middle - half), max(high[0], middle + half)
    lines, bottom = _legend(drawing.paths, (middle - half, low[1]))
    content = [
        *(line for arrow in drawing.placed.arrows for line in _arrow(drawing, arrow)),
        *_states(drawing),
        *(_label(drawing, arrow) for arrow in drawing.placed.arrows),
        *lines,
    ]
    names = ", ".join(drawing.names)
    title = f"A Markov game with the states {names}; arrows are its transitions"
    return picture(title, (left, bottom), (right, high[1]), content)


def _states(drawing: Drawing) -> list[str]:
    found = []
    r = drawing.placed.radius
    for (x, y), name, start in zip(
        drawing.placed.centres, drawing.names, drawing.starts, strict=True
    ):
        fill = "#eee" if start else "#fff"
        found.append(
            element("circle", cx=x, cy=-y, r=r, fill=fill, stroke="#000", stroke_width=0.02)
        )
        up = 0.11 if start else 0.0
        found.append(text((x, y + up), [name], size=0.29, font_style="italic"))
        if start:
            found.append(text((x, y - 0.17), [start], size=0.2))
    return found


def _arrow(drawing: Drawing, arrow: Arrow) -> list[str]:
    strands = drawing.strands(arrow)
    if not strands:
        return _line(arrow.shifted(0), _GREY, "", 0.022)
    return [
        part
        for role, shift in strands
        for part in _line(arrow.shifted(shift), PROFILES[role], DASHES[role], 0.045)
    ]


def _line(
    curve: tuple[Point, Point, Point, Point], colour: str, dashes: str, width: float
) -> list[str]:
    """A curve that ends at the foot of its head, and the head."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve
    along = ((dx - cx) ** 2 + (dy - cy) ** 2) ** 0.5 or 1.0
    ux, uy = (dx - cx) / along, (dy - cy) / along
    fx, fy = dx - 0.8 * _HEAD * ux, dy - 0.8 * _HEAD * uy
    path = f"M{ax:.3f} {-ay:.3f}C{bx:.3f} {-by:.3f} {cx:.3f} {-cy:.3f} {fx:.3f} {-fy:.3f}"
    style = {"stroke_dasharray": dashes} if dashes else {}
    px, py = -0.4 * _HEAD * uy, 0.4 * _HEAD * ux
    bx, by = dx - _HEAD * ux, dy - _HEAD * uy
    points = [(dx, dy), (bx + px, by + py), (fx, fy), (bx - px, by - py)]
    head = " ".join(f"{x:.3f},{-y:.3f}" for x, y in points)
    return [
        element("path", d=path, fill="none", stroke=colour, stroke_width=width, **style),
        element("polygon", points=head, fill=colour),
    ]


def _label(drawing: Drawing, arrow: Arrow) -> str:
    """The label; on its arrow it has a white ground, beside it a white seam."""
    lines = drawing.labels[(arrow.source, arrow.target)]
    if drawing.is_numbered:
        (x, y), size = arrow.label, arrow.size
        box = {"x": x - size.width / 2, "y": -y - size.height / 2, "fill": "#fff"}
        return element("rect", **box, width=size.width, height=size.height) + text(
            arrow.label, lines
        )
    return text(arrow.label, lines, paint_order="stroke", stroke="#fff", stroke_width=0.07)


def _legend_width(paths: Mapping[str, object]) -> float:
    return sum(0.75 + plain_math.width(role) for role in paths) + 0.3 * max(len(paths) - 1, 0)


def _legend(paths: Mapping[str, object], corner: Point) -> tuple[list[str], float]:
    """One line below the picture, from a corner on, and where that ends."""
    x, y = corner[0], corner[1] - 0.3
    if not paths:
        return [], corner[1]
    found = []
    for role in paths:
        colour = PROFILES[role]
        stroke = (x, y), (x + 0.2, y), (x + 0.4, y), (x + 0.6, y)
        found += _line(stroke, colour, DASHES[role], 0.045)
        found.append(text((x + 0.68, y), [role], text_anchor="start", fill=colour))
        x += 1.05 + plain_math.width(role)
    return found, y - 0.12
