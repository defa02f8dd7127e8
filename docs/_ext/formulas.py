r"""Formulas as MathML, so that pages show them from disk without any script.

Docstrings hold raw LaTeX between \(...\) and \[...\]; it is handed to Sphinx as math.
"""

import re
from importlib.util import resolve_name
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert

from nashgap.theory.errors import BadInput
from nashgap.theory.mathml import wrapping

_DISPLAY = re.compile(r"\\\[(.+?)\\\]", re.DOTALL)
_INLINE = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
_CODE = re.compile(r"(?<![`:\w])`([^`<>\n]+)`(?![`_])")
_SYMBOL = re.compile(r"^(\s+\w+: )([A-Za-z])\.$")
_RELATIVE = re.compile(r"^(\s*>>> from )(\.+[\w.]*) import", re.M)
_ANY = r"~?(?:typing\.)?Any"
_ARRAY = re.compile(
    rf"~?(?:numpy\.)?ndarray\[tuple\[{_ANY}, \.\.\.\], ~?(?:numpy\.)?dtype\[{_ANY}\]\]"
)
_ERROR = re.compile(r"_\{BC(,i)?\}")
_OPERATOR = re.compile(r"(\\(?:log|tanh))(?=\s+[A-Za-z0-9]|\s*\\t?frac)")  # log x, not logx


def setup(app: Any) -> dict[str, Any]:
    """Registers the renderer and the reading of docstrings."""
    app.add_html_math_renderer("mathml", (_inline, None), (_display, None))
    app.connect("autodoc-process-docstring", _process, priority=100)
    app.connect("autodoc-process-signature", _signed)
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


def absolute(text: str, module: str) -> str:
    """Examples with their relative imports written out, so that they run anywhere."""

    def named(match: re.Match[str]) -> str:
        return f"{match[1]}{resolve_name(match[2], module.rpartition('.')[0])} import"

    return _RELATIVE.sub(named, text)


def _process(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    text = absolute("\n".join(lines), getattr(obj, "__module__", None) or "nashgap")
    lines[:] = as_rst(as_code(text)).split("\n")


def _signed(
    app: Any, what: str, name: str, obj: Any, options: Any, signature: str, returns: str
) -> tuple[str, str]:
    """A signature as people read it: arrays are arrays, and a default that is made is `...`."""

    def read(part: str) -> str:
        return part and _ARRAY.sub("~numpy.ndarray", part.replace("<factory>", "..."))

    return read(signature), read(returns)


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
