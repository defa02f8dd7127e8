"""What the generated pages share."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from nashgap.numeric import plain_math
from nashgap.numeric.drawing import LARGEST_PICTURE, draw
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.pictures import game_html, game_svg
from nashgap.numeric.pictures.game import given
from nashgap.numeric.policy import ProductPolicy


def write(path: Path, lines: Iterable[str]) -> None:
    """Writes one page."""
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; the cells are Markdown."""
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(_cell(c) for c in row)} |" for row in rows]
    return ["", *lines, ""]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def html(text: str) -> list[str]:
    """Raw HTML."""
    return ["", "```{raw} html", text, "```", ""]


def toc(names: Iterable[str], *, hidden: bool = True) -> list[str]:
    """A table of contents."""
    return [
        "",
        "```{toctree}",
        *([":hidden:"] if hidden else []),
        ":maxdepth: 1",
        "",
        *names,
        "```",
        "",
    ]


def escaped(text: str) -> str:
    """Plain text in Markdown."""
    return "".join(f"\\{c}" if c in "*_<>$[]`" else c for c in text)


def sources(text: str) -> str:
    """Text with code between backticks kept, the rest escaped."""
    return "`".join(p if k % 2 else escaped(p) for k, p in enumerate(text.split("`")))


def index(*names: str) -> list[str]:
    """Entries of the general index that lead to what follows."""
    return ["", *(line for n in names for line in (f"```{{index}} single: {n}", "```")), ""]


def picture(
    game: MarkovGame,
    expert: ProductPolicy,
    learner: ProductPolicy,
    deviation: ProductPolicy | None = None,
) -> str:
    """A game drawn; with its table where the arrows carry the numbers of rows."""
    if is_numbered(game, expert, learner, deviation):
        return game_html(game, expert, learner, deviation)
    return f'<div class="nashgap">{game_svg(game, expert, learner, deviation)}</div>'


def is_numbered(
    game: MarkovGame,
    expert: ProductPolicy,
    learner: ProductPolicy,
    deviation: ProductPolicy | None = None,
) -> bool:
    """Whether the arrows of its picture carry the numbers of rows, for want of room."""
    if game.num_states > LARGEST_PICTURE:
        return False
    return draw(game, given(expert, learner, deviation), plain_math).is_numbered


def caption(text: str) -> list[str]:
    """What one sees in the picture above; Markdown."""
    return ["", ":::{container} figure-caption", text, ":::", ""]
