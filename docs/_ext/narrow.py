"""Tables whose cells can stand below each other: each cell brings the head of its column.

The style sheet shows the heads on narrow screens alone, where it stacks the cells.
"""

from typing import Any

from docutils import nodes


def setup(app: Any) -> dict[str, Any]:
    """Looks at each document when it is read."""
    app.connect("doctree-read", _label)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _label(app: Any, document: nodes.document) -> None:
    for table in document.findall(nodes.tgroup):
        heads = [e.astext().strip() for part in table.findall(nodes.thead) for e in _cells(part)]
        for body in table.findall(nodes.tbody):
            for row in body.findall(nodes.row):
                _name(row, heads)


def _cells(part: nodes.Element) -> list[nodes.entry]:
    return list(part.findall(nodes.entry))


def _name(row: nodes.row, heads: list[str]) -> None:
    """Puts the heads into the cells, but for the first, which is the row's own name."""
    for head, cell in list(zip(heads, _cells(row), strict=False))[1:]:
        if head and cell.astext().strip() and isinstance(cell[0], nodes.TextElement):
            cell[0].insert(0, nodes.inline("", f"{head}: ", classes=["cell-head"]))
