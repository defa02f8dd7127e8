"""How the outcome of a conjecture shows itself in terminals and notebooks."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from nashgap.numeric.plain import table
from nashgap.search.display import certificate_html
from nashgap.search.witness_display import witness_html, witness_text
from nashgap.theory.html import facts, formula, status, words

if TYPE_CHECKING:
    from .result import Conjecture


def conjecture_text(found: "Conjecture") -> str:
    """Status, claim, evidence, and the game that breaks it, if one does."""
    head = [(found.status, found.claim), *_rows(found)]
    shown = [] if found.witness is None else ["", witness_text(found.witness)]
    return "\n".join([*table(head, indent=""), *shown])


def conjecture_html(found: "Conjecture") -> str:
    """The same for a notebook."""
    claim = formula(found.asked.claim.latex(), block=True)
    rows = facts((name, words(value)) for name, value in _rows(found))
    parts = [f"<p>{status(found.status)} {escape(found.claim)}</p>{claim}{rows}"]
    if found.certificate is not None:
        parts.append(certificate_html(found.certificate))
    if found.witness is not None:
        parts.append(witness_html(found.witness))
    return f'<div class="nashgap">{"".join(parts)}</div>'


def _rows(found: "Conjecture") -> Iterator[tuple[str, str]]:
    yield "assuming", ", ".join(a.text for a in found.asked.assumptions) or "nothing"
    yield "evidence", found.evidence
    for note in found.notes:
        yield "note", note
    for reason in found.reasons:
        yield "why", reason
    for dropped in found.dropped:
        yield "without", f"{dropped.assumption}: {dropped.status}, {dropped.reason}"
