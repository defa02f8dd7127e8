"""How bounds, derivations and reports show themselves in notebooks."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from .errors import BadInput
from .evidence import Evidence
from .formula import SIGNS, latex, relation_latex
from .html import facts, formula, status, table, words
from .parsing import Vocabulary, parse_expression, parse_relation
from .robust import expert_words
from .words import line_vocabulary

if TYPE_CHECKING:
    from .bound import Bound, Report
    from .chain import Derivation
    from .kernel import CheckedStep


def bound_text(bound: "Bound") -> str:
    """Label, claim, assumptions, for which experts, source and sharpness, a line each."""
    assumed = ", ".join(a.text for a in bound.assumptions) or "nothing"
    lines = [
        f"{' = '.join(bound.labels)}: {bound.title}",
        f"  {bound.claim.text}",
        f"  assumes  {assumed}",
        f"  expert   {expert_words(bound)}",
        f"  source   {bound.source.text}",
        f"  sharp    {bound.sharpness.replace('`', '')}",
    ]
    return "\n".join(lines)


def bound_html(bound: "Bound") -> str:
    """Title, formula, and what there is to know about it."""
    rows = [
        ("assumes", "<br>".join(words(a.statement) for a in bound.assumptions) or "nothing"),
        ("expert", words(expert_words(bound))),
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


def steps_html(steps: Sequence["CheckedStep"]) -> str:
    """Checked steps: the chain itself, which comes last, in full; the lemmas below it folded.

    A lemma with a step that is not proved is open.
    """
    chains: dict[str, list[CheckedStep]] = {}
    for step in steps:
        chains.setdefault(step.derivation, []).append(step)
    if not chains:
        return ""
    *lemmas, own = chains.items()
    return _chain(*own) + "".join(_folded(name, some) for name, some in lemmas)


def _chain(name: str, steps: Sequence["CheckedStep"]) -> str:
    return table([_checked(step) for step in steps], caption=escape(name))


def _folded(name: str, steps: Sequence["CheckedStep"]) -> str:
    proved = all(step.status is Evidence.PROVED for step in steps)
    said = f"lemma <code>{escape(name)}</code>, {counted(steps)}"
    opened = "" if proved else " open"
    return f"<details{opened}><summary>{said}</summary>{_chain(name, steps)}</details>"


def counted(steps: Sequence["CheckedStep"]) -> str:
    """How many they are, in words."""
    return f"{len(steps)} step{'' if len(steps) == 1 else 's'}"


def _checked(step: "CheckedStep") -> Sequence[str]:
    shown = relation_html(step.relation) if step.relation else ""
    reason = f"by {words(step.reason)}" if step.reason else ""
    notes = ": ".join(part for part in (reason, escape(step.note)) if part)
    return [status(step.status.word), f"{shown}<br><small>{notes}</small>"]


def relation_html(text: str, *, block: bool = False) -> str:
    """A relation in plain text as a formula; as it stands where it is not one."""
    try:
        left, relation, right = parse_relation(text, line_vocabulary())
    except BadInput:
        return f"<code>{escape(text)}</code>"
    if block:
        return formula(relation_latex(left, relation, right), block=True)
    return f"{formula(latex(left))} {formula(f'{SIGNS[relation]} {latex(right)}')}"  # may wrap


def expression_html(text: str) -> str:
    """An expression as a formula; as it stands where it is not one.

    Args:
        text: in the words of a derivation, the letters b, c and m of parametric assumptions, and
            square roots.
    """
    shown = fitted_latex(text)
    return f"<code>{escape(text)}</code>" if shown is None else formula(shown)


def fitted_latex(text: str) -> str | None:
    r"""An expression with the letters and roots of fitted formulas in LaTeX; None if it is none.

    Example:
        >>> fitted_latex("b*sqrt(1 - gamma)")
        'b\\,\\sqrt{1 - \\gamma}'
    """
    known = line_vocabulary()
    fitted = Vocabulary((*known.names, "b", "c", "m"), {**known.functions, "sqrt": (1, 1)})
    try:
        return latex(parse_expression(text, fitted))
    except BadInput:
        return None


def pieces(text: str) -> list[tuple[str, str, str]]:
    """A fitted formula's pieces, each with the discounts between which it was tested.

    Example:
        >>> pieces("gamma from gamma = 1/4 to 1/2; 1 - gamma from gamma = 2/3 to 9/10")
        [('gamma', '1/4', '1/2'), ('1 - gamma', '2/3', '9/10')]
        >>> pieces("2/(1 - gamma)")
        [('2/(1 - gamma)', '', '')]
    """
    found = []
    for piece in text.split("; "):
        formula_, _, ends = piece.partition(" from gamma = ")
        low, _, high = ends.partition(" to ")
        found.append((formula_, low, high))
    return found
