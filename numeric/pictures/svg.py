"""SVG elements as text, in cm with the y-axis upwards; one column is 8.25 cm wide."""

from html import escape

from ..picture import Point

FONT = "font-family:'DejaVu Sans',Arial,Helvetica,sans-serif"
PIXELS = 48
"""Pixels a cm on a screen: text of 7 pt on paper is 12 px high there."""
TEXT = 0.25
"""Height of the letters' body, 7 pt."""


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """One element; an underscore in an attribute's name stands for a hyphen.

    Example:
        >>> element("circle", r=1.0, stroke_width=0.02)
        '<circle r="1" stroke-width="0.02"/>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
    return escape(str(value))


def text(at: Point, lines: list[str], *, size: float = TEXT, **attributes: object) -> str:
    """Lines of text centred at a point, or as `text_anchor` says."""
    x, y = at
    top = -y - 1.16 * size * (len(lines) - 1) / 2 + 0.36 * size
    spans = [
        element("tspan", escape(line), x=x, y=top + 1.16 * size * k) for k, line in enumerate(lines)
    ]
    styled: dict[str, object] = {"text_anchor": "middle", "font_size": size, **attributes}
    return element("text", "".join(spans), **styled)


def picture(title: str, low: Point, high: Point, content: list[str], margin: float = 0.1) -> str:
    """A whole picture with its corners, on white, scaled down where there is less room.

    Args:
        title: what it shows, for readers who cannot see it.
        low: the lower left corner of what is drawn.
        high: the upper right one.
        content: elements.
        margin: around them.
    """
    x, y = low[0] - margin, -high[1] - margin
    width, height = high[0] - low[0] + 2 * margin, high[1] - low[1] + 2 * margin
    box = f"{x:.3f} {y:.3f} {width:.3f} {height:.3f}"
    ground = element("rect", x=x, y=y, width=width, height=height, fill="#fff")
    return element(
        "svg",
        element("title", escape(title)) + ground + "\n".join(content),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        width=round(width * PIXELS),
        height=round(height * PIXELS),
        style=f"max-width:100%;height:auto;{FONT}",
        role="img",
    )
