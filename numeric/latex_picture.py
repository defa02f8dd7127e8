"""A game as a TikZ picture: states with their start mass, arrows grouped by joint actions."""

from .drawing import Drawing, extent
from .picture import Point

STYLES = {"expert": "solid", "learner": "dashed", "deviation": "densely dotted"}
"""Line styles of the profiles' paths."""


def picture(drawing: Drawing) -> str:
    """The TikZ picture; the profiles' colours must be defined."""
    low, high = extent(drawing)
    lines = [
        r"\begin{tikzpicture}[>=stealth,every node/.style={inner sep=0pt,align=center}]",
        rf"\path {_at(low)} {_at(high)};",
        *_nodes(drawing),
        *_arrows(drawing),
        *_texts(drawing),
        r"\end{tikzpicture}",
    ]
    return "\n".join(lines)


def _nodes(drawing: Drawing) -> list[str]:
    lines = []
    size = f"minimum size={2 * drawing.placed.radius:.2f}cm"
    for centre, name, start in zip(
        drawing.placed.centres, drawing.names, drawing.starts, strict=True
    ):
        mass = rf"\\[-1pt]{{\tiny${start}$}}" if start else ""
        fill = "fill=black!7," if start else ""
        lines.append(rf"\node[draw,circle,{fill}{size}] at {_at(centre)} {{${name}${mass}}};")
    return lines


def _arrows(drawing: Drawing) -> list[str]:
    lines = []
    for arrow in drawing.placed.arrows:
        strands = drawing.strands(arrow)
        if not strands:
            lines.append(rf"\draw[overlay,->,black!55] {_curve(arrow.shifted(0))};")
        for role, shift in strands:
            style = f"overlay,->,thick,nashgap{role},{STYLES[role]}"
            lines.append(rf"\draw[{style}] {_curve(arrow.shifted(shift))};")
    return lines


def _texts(drawing: Drawing) -> list[str]:
    style = r"font=\scriptsize" + (",fill=white,inner sep=1pt" if drawing.is_numbered else "")
    lines = []
    for arrow in drawing.placed.arrows:
        text = r"\\[-1pt]".join(
            f"${line}$" for line in drawing.labels[(arrow.source, arrow.target)]
        )
        lines.append(rf"\node[{style}] at {_at(arrow.label)} {{{text}}};")
    return lines


def _curve(curve: tuple[Point, Point, Point, Point]) -> str:
    a, b, c, d = map(_at, curve)
    return f"{a} .. controls {b} and {c} .. {d}"


def _at(point: Point) -> str:
    return f"({point[0]:.3f},{point[1]:.3f})"
