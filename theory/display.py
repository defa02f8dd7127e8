"""How bounds, derivations and reports show themselves in notebooks."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from .errors import BadInput
from .formula import SIGNS, latex, relation_latex
from .html import facts, formula, status, table, words
from .parsing import Vocabulary, parse_expression, parse_relation
from .words import line_vocabulary

if TYPE_CHECKING:
    from .bound import Bound, Report
    from .chain import Derivation
    from .kernel import CheckedStep


def bound_text(bound: "Bound") -> str:
    """Label, claim, assumptions, source and sharpness, a line each."""
    assumed = ", ".join(a.text for a in bound.assumptions) or "nothing"
    lines = [
        f"{' = '.join(bound.labels)}: {bound.title}",
        f"  {bound.claim.text}",
        f"  assumes  {assumed}",
        f"  source   {bound.source.text}",
        f"  sharp    {bound.sharpness.replace('`', '')}",
    ]
    return "\n".join(lines)


def bound_html(bound: "Bound") -> str:
    """Title, formula, and what there is to know about it."""
    rows = [
        ("assumes", "<br>".join(words(a.statement) for a in bound.assumptions) or "nothing"),
        ("source", words(bound.source.text)),
        ("sharp", words(bound.sharpness)),
        ("improves", words(bound.improves)),
    ]
    title = f"<p><b>{escape(bound.label)}</b>: {words(bound.title)}</p>"
    shown = facts((name, cell) for name, cell in rows if cell)
    return f'<div class="nashgap">{title}{formula(bound.claim.latex(), block=True)}{shown}</div>'


def derivation_html(
    derivation: "Derivation", found: Mapping[tuple[str, int], str] | None = None
) -> str:
    """The chain, one line a row, with the reason and, when it was checked, the status.

    Args:
        derivation: the chain.
        found: (derivation's name, number of the step) -> status word.
    """
    rows = [["", formula(latex(derivation.lines[0])), ""]]
    for k, step in enumerate(derivation.steps, 1):
        word = (found or {}).get((derivation.name, k), "")
        by = f"<br><small>by {words(step.reason.words())}</small>"
        cells = [formula(SIGNS[step.relation]), formula(latex(step.right)) + by]
        rows.append([*cells, status(word) if word else ""])
    under = ", ".join(derivation.assumptions)
    where = "at every state, " if derivation.level == "state" else ""
    said = f"{escape(derivation.name)}: {where}{'assuming ' + escape(under) if under else ''}"
    return table(rows, caption=said.rstrip(": ,"))


def report_html(report: "Report") -> str:
    """Status, claim and assumptions; every step with its reason; what it rests on."""
    rows = [
        ("assumes", escape(", ".join(report.assumptions)) or "nothing"),
        ("sharp", words(report.sharpness)),
        ("broken by", escape(report.violation.text) if report.violation else ""),
        ("rests on", escape(", ".join(report.rests_on))),
    ]
    head = f"<p>{status(report.status.word)} <b>{escape(report.label)}</b></p>"
    shown = facts((name, cell) for name, cell in rows if cell)
    claim = relation_html(report.claim, block=True)
    return f'<div class="nashgap">{head}{claim}{shown}{steps_html(report.steps)}</div>'


def steps_html(steps: Iterable["CheckedStep"]) -> str:
    """Checked steps, those of each derivation below its name."""
    parts = []
    for name, group in groupby(steps, key=lambda step: step.derivation):
        parts.append(table([_checked(step) for step in group], caption=escape(name)))
    return "".join(parts)


def _checked(step: "CheckedStep") -> Sequence[str]:
    shown = relation_html(step.relation) if step.relation else ""
    reason = f"by {words(step.reason)}" if step.reason else ""
    notes = " ".join(part for part in (reason, escape(step.note)) if part)
    return [status(step.status.word), f"{shown}<br><small>{notes}</small>"]


def relation_html(text: str, *, block: bool = False) -> str:
    """A relation in plain text as a formula; as it stands where it is not one."""
    try:
        shown = relation_latex(*parse_relation(text, line_vocabulary()))
        return formula(shown, block=block)
    except BadInput:
        return f"<code>{escape(text)}</code>"


def expression_html(text: str) -> str:
    """An expression as a formula; as it stands where it is not one.

    Args:
        text: in the words of a derivation, and the letters b and m of parametric assumptions.
    """
    known = line_vocabulary()
    words_ = Vocabulary((*known.names, "b", "m"), known.functions)
    try:
        return formula(latex(parse_expression(text, words_)))
    except BadInput:
        return f"<code>{escape(text)}</code>"
