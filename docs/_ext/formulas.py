r"""Formulas as MathML, so that pages show them from disk without any script.

Docstrings hold raw LaTeX between \(...\) and \[...\]; it is handed to Sphinx as math.
"""

import re
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert

from nashgap.theory.errors import BadInput
from nashgap.theory.mathml import wrapping

_DISPLAY = re.compile(r"\\\[(.+?)\\\]", re.DOTALL)
_INLINE = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
_CODE = re.compile(r"(?<![`:\w])`([^`<>\n]+)`(?![`_])")
_SYMBOL = re.compile(r"^(\s+\w+: )([A-Za-z])\.$")
_ERROR = re.compile(r"_\{BC(,i)?\}")
_OPERATOR = re.compile(r"(\\(?:log|tanh))(?=\s+[A-Za-z0-9]|\s*\\t?frac)")  # log x, not logx


def setup(app: Any) -> dict[str, Any]:
    """Registers the renderer and the reading of docstrings."""
    app.add_html_math_renderer("mathml", (_inline, None), (_display, None))
    app.connect("autodoc-process-docstring", _process, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def as_rst(text: str) -> str:
    """Raw LaTeX of a docstring as reStructuredText."""
    text = _DISPLAY.sub(lambda m: f":math:`{_one_line(m.group(1))}`", text)
    return _INLINE.sub(lambda m: f":math:`{_one_line(m.group(1))}`", text)


def as_markdown(text: str) -> str:
    """Raw LaTeX of a docstring as MyST Markdown."""
    text = _DISPLAY.sub(lambda m: f"${_one_line(m.group(1))}$", text)
    return _INLINE.sub(lambda m: f"${_one_line(m.group(1))}$", text)


def as_code(text: str) -> str:
    """Words between single backquotes, which are code here, as reStructuredText.

    A letter alone after an argument's name becomes a formula: "n." would begin a list.

    Examples, from `>>>` to the next empty line, stay as they are.
    """
    lines, is_example = [], False
    for line in text.split("\n"):
        is_example = bool(line.strip()) and (is_example or line.lstrip().startswith(">>>"))
        symbols = _SYMBOL.sub(r"\1\(\2\).", line)
        lines.append(line if is_example else _CODE.sub(r"``\1``", symbols))
    return "\n".join(lines)


def _one_line(latex: str) -> str:
    return " ".join(latex.split())


def _process(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    lines[:] = as_rst(as_code("\n".join(lines))).split("\n")


def _mathml(latex: str, *, block: bool = False) -> str:
    """In pieces where a line may break; what only papers write, as one piece."""
    latex = _ERROR.sub(r"_{\\mathrm{BC}\1}", latex)
    try:
        return wrapping(latex, block=block)
    except BadInput:
        return convert(_OPERATOR.sub(r"\1\\,", latex.replace(r"\label", "")))


def _inline(self: Any, node: nodes.math) -> None:
    self.body.append(_mathml(node.astext()))
    raise nodes.SkipNode


def _display(self: Any, node: nodes.math_block) -> None:
    self.body.append(f'<div class="math">{_mathml(node.astext(), block=True)}</div>')
    raise nodes.SkipNode
