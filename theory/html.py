"""Small pieces of HTML: tables, status words and formulas, for notebooks and reports.

They bring next to no style; a style sheet finds the classes `nashgap`, `status`, `number`.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import zip_longest

from .colours import STATUS
from .errors import BadInput
from .mathml import wrapping

_TAG = re.compile(r"<[^>]*>")
_LEFT = "<style>table.nashgap :is(caption, th, td) { text-align: left; }</style>"
"""JupyterLab would set words to the right, as if they were numbers."""
Cell = str
"""HTML that is already safe."""


def table(rows: Iterable[Sequence[Cell]], heads: Sequence[Cell] = (), caption: Cell = "") -> str:
    """A table of cells that are HTML already.

    Example:
        >>> table([["a", "1"]], ["name", "value"], caption="Two")[:42]
        '<table class="nashgap"><caption>Two</capti'
    """
    top = f"<caption>{caption}</caption>" if caption else ""
    if any(heads):
        top += f"<thead>{_row(heads, 'th')}</thead>"
    # A page that stacks the cells on a narrow screen finds the head beside each.
    names = [f' data-head="{_TAG.sub("", head)}"' if head else "" for head in heads]
    body = "".join(_row(row, "td", names) for row in rows)
    return f'<table class="nashgap">{top}<tbody>{body}</tbody>{_LEFT}</table>'


def _row(cells: Sequence[Cell], tag: str, attributes: Sequence[str] = ()) -> str:
    pairs = zip_longest(cells, attributes[: len(cells)], fillvalue="")
    return f"<tr>{''.join(f'<{tag}{more}>{cell}</{tag}>' for cell, more in pairs)}</tr>"


def facts(pairs: Iterable[tuple[str, Cell]]) -> str:
    """A table of names, escaped here, and values that are HTML already."""
    return table([f"<b>{escape(name)}</b>", value] for name, value in pairs)


def status(word: str, like: str = "") -> Cell:
    """A status word, or another word in the colour of one; the word itself says it all."""
    colour = STATUS.get(like or word, "#000")
    return f'<b class="status" style="color:{colour}">{escape(word)}</b>'


def formula(latex: str, *, block: bool = False) -> Cell:
    """LaTeX of this package as MathML, which browsers show without any script; it may wrap.

    What a user's own quantity or assumption writes beyond that is shown as it is.
    """
    try:
        shown = wrapping(latex, block=block)
    except BadInput:
        shown = f"<code>{escape(latex)}</code>"
    return (
        f'<div style="overflow-x:auto;overflow-y:hidden;padding:0.3em 0">{shown}</div>'
        if block
        else shown
    )


def words(text: str) -> Cell:
    """Plain text, escaped; parts in backquotes become code, parts in dollar signs formulas."""
    parts = text.split("$")
    if len(parts) % 2 == 0:
        return _code(text)
    return "".join(formula(p) if k % 2 else _code(p) for k, p in enumerate(parts))


def _code(text: str) -> Cell:
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(f"<code>{p}</code>" if k % 2 else p for k, p in enumerate(parts))
