"""Runs the cells of a notebook in one fresh process, without a kernel: python notebook.py PATH.

What a cell ends with is shown in every form that a notebook would ask for. Prints how many cells
showed something. The documentation runs the same notebooks by a kernel.
"""

import ast
import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

FORMS = ("_repr_html_", "_repr_latex_", "_repr_svg_")


def run(path: Path) -> int:
    """Runs all cells in order; any error ends it."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = 0
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        source = "".join(line for line in cell["source"] if not line.startswith("%"))
        with redirect_stdout(StringIO()) as printed:
            found = last(source, f"{path.name}, {cell['id']}", names)
        shown += found is not None or bool(printed.getvalue())
    return shown


def last(source: str, where: str, names: dict[str, Any]) -> object:
    """Runs one cell; what its last expression gives, if it ends with one."""
    tree = ast.parse(source, where)
    end = tree.body[-1] if tree.body else None
    if not isinstance(end, ast.Expr):
        exec(compile(tree, where, "exec"), names)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), where, "exec"), names)
    found: object = eval(compile(ast.Expression(end.value), where, "eval"), names)
    assert isinstance(repr(found), str)
    for form in FORMS:
        if hasattr(type(found), form):
            assert isinstance(getattr(found, form)(), str | None)
    return found


if __name__ == "__main__":
    sys.stdout.write(str(run(Path(sys.argv[1]))))
