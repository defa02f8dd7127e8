"""A game as a TikZ picture: states with their start mass, arrows grouped by joint actions."""

from collections.abc import Mapping

from .game import MarkovGame
from .latex_math import joint, name, number, rewards, width
from .occupancy import visited
from .picture import Picture, Point, Size, lay_out
from .policy import ProductPolicy
from .rows import MergedRow, merged_rows

STYLES = {"expert": "solid", "learner": "dashed", "deviation": "densely dotted"}
"""Line styles of the profiles' paths."""

Labels = Mapping[tuple[int, int], list[str]]
"""(source, target) -> lines of the arrow's label, in math mode."""

_LINE = 0.29
_MANY_ARROWS = 12
_WIDEST = 2.7
_LONGEST = 9


def labels_of(game: MarkovGame) -> tuple[Labels, bool]:
    """The arrows' labels, and whether they are row numbers of the table.

    Numbers stand in for actions and rewards where there are over 12 arrows or a label is wider
    than 2.7 cm.
    """
    rows = [row for at in merged_rows(game) for row in at]
    full: dict[tuple[int, int], list[str]] = {}
    short: dict[tuple[int, int], list[str]] = {}
    for k, row in enumerate(rows, start=1):
        for t, p in row.to:
            chance = "" if p == 1 else rf"\;[{number(p)}]"
            full.setdefault((row.state, t), []).append(_outcome(game, row) + chance)
            short.setdefault((row.state, t), []).append(str(k))
    wide = max(width(line) for lines in full.values() for line in lines) > _WIDEST
    if not wide and len(full) <= _MANY_ARROWS:
        return full, False
    return {end: _short(numbers) for end, numbers in short.items()}, True


def _short(numbers: list[str]) -> list[str]:
    """Row numbers, four a line."""
    lines = [numbers[k : k + 4] for k in range(0, len(numbers), 4)]
    return [",".join(line) + ("," if line is not lines[-1] else "") for line in lines]


def _outcome(game: MarkovGame, row: MergedRow) -> str:
    paid = r"\,".join(rewards(game, row))
    return paid if row.covers_all(game) else "".join(joint(game, row)) + r"{:}\," + paid


def picture(
    game: MarkovGame, profiles: Mapping[str, ProductPolicy], labels: Labels, *, inline: bool
) -> str:
    """The TikZ picture.

    Args:
        game: exact or float, of at most a dozen states.
        profiles: whose paths are drawn, along the states that each visits; colours must be defined.
        labels: of all arrows.
        inline: labels interrupt their arrows instead of standing beside them.
    """
    sizes = {
        end: Size(max(width(line) for line in lines) + 0.06, _LINE * len(lines))
        for end, lines in labels.items()
    }
    starts = [number(p) if p else "" for p in game.start]
    names = [1.3 * width(_node_name(state)) for state in game.states]
    longest = max(*names, *(0.8 * width(p) for p in starts), 0.3)
    placed = lay_out(game.num_states, max(0.34, longest / 2 + 0.12), sizes, inline=inline)
    paths = {role: _path(game, profile) for role, profile in profiles.items()}
    lines = [
        r"\begin{tikzpicture}[>=stealth,every node/.style={inner sep=0pt,align=center}]",
        rf"\path {_at(placed.extent[0])} {_at(placed.extent[1])};",
        *_nodes(game, placed, starts),
        *_arrows(placed, paths),
        *_texts(placed, labels, inline=inline),
        r"\end{tikzpicture}",
    ]
    return "\n".join(lines)


def _path(game: MarkovGame, profile: ProductPolicy) -> set[tuple[int, int]]:
    """The arrows that the profile takes from the states that it visits."""
    seen = visited(game, profile)
    taken = (r for at in merged_rows(game) for r in at if r.state in seen and r.chance(profile) > 0)
    return {(row.state, t) for row in taken for t, _ in row.to}


def _node_name(state: str) -> str:
    """A state's name, cut where a circle has no room for it; the table has it in full."""
    return name(state if len(state) <= _LONGEST else f"{state[: _LONGEST - 2]}..")


def _nodes(game: MarkovGame, placed: Picture, starts: list[str]) -> list[str]:
    lines = []
    for s, centre in enumerate(placed.centres):
        mass = rf"\\[-1pt]{{\tiny${starts[s]}$}}" if starts[s] else ""
        fill = "fill=black!7," if starts[s] else ""
        size = f"minimum size={2 * placed.radius:.2f}cm"
        text = f"${_node_name(game.states[s])}${mass}"
        lines.append(rf"\node[draw,circle,{fill}{size}] at {_at(centre)} {{{text}}};")
    return lines


def _arrows(placed: Picture, paths: Mapping[str, set[tuple[int, int]]]) -> list[str]:
    lines = []
    for arrow in placed.arrows:
        strands = [role for role, path in paths.items() if (arrow.source, arrow.target) in path]
        if not strands:
            lines.append(rf"\draw[overlay,->,black!55] {_curve(arrow.curve, 0)};")
        for k, role in enumerate(strands):
            shift = 0.05 * (k - (len(strands) - 1) / 2)
            style = f"overlay,->,thick,nashgap{role},{STYLES[role]}"
            lines.append(rf"\draw[{style}] {_curve(arrow.curve, shift)};")
    return lines


def _texts(placed: Picture, labels: Labels, *, inline: bool) -> list[str]:
    style = r"font=\scriptsize" + (",fill=white,inner sep=1pt" if inline else "")
    lines = []
    for arrow in placed.arrows:
        text = r"\\[-1pt]".join(f"${line}$" for line in labels[(arrow.source, arrow.target)])
        lines.append(rf"\node[{style}] at {_at(arrow.label)} {{{text}}};")
    return lines


def _curve(curve: tuple[Point, Point, Point, Point], shift: float) -> str:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve
    norm = ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5 or 1.0
    mx, my = shift * (ay - dy) / norm, shift * (dx - ax) / norm
    a, b, c, d = (_at((x + mx, y + my)) for x, y in ((ax, ay), (bx, by), (cx, cy), (dx, dy)))
    return f"{a} .. controls {b} and {c} .. {d}"


def _at(point: Point) -> str:
    return f"({point[0]:.3f},{point[1]:.3f})"
