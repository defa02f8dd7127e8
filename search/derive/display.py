"""How what was derived shows itself in terminals and notebooks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nashgap.numeric.plain import table
from nashgap.theory.html import facts, formula, status, words

if TYPE_CHECKING:
    from .result import Derivations


def derivations_text(found: "Derivations") -> str:
    """Status, the bounds, and what they assume."""
    return "\n".join(table([(found.status, found.asked.quantity), *_rows(found)], indent=""))


def derivations_html(found: "Derivations") -> str:
    """The same for a notebook."""
    shown = "".join(formula(bound.latex(), block=True) for bound in found.bounds)
    rows = facts((name, words(value)) for name, value in _rows(found))
    return f'<div class="nashgap"><p>{status(found.status)}</p>{shown}{rows}</div>'


def _rows(found: "Derivations") -> Iterator[tuple[str, str]]:
    for bound in found.bounds:
        yield "bound", bound.claim
        yield "assuming", ", ".join(bound.assumptions) or "nothing"
        yield "best", bound.best_where
        for other in bound.transferred:
            yield "also", f"{other.claim}, for {other.games}"
    for missing in found.missing:
        yield "missing", missing
    for note in found.notes:
        yield "note", note
