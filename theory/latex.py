r"""Theorems with their proofs as LaTeX: fragments, a standalone document, and the bibliography.

A proof is an aligned chain; the number above each relation names its reason below, with its
evidence. Only amsmath, amsthm, booktabs and tikz are needed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from .bound import Bound, Report, check_derivation
from .chain import Derivation
from .errors import BadInput
from .expression import RELATIONS, Call, Expression, Sum
from .formula import SIGNS, latex, relation_latex
from .grounds import grounds
from .kernel import CheckedStep, closure
from .library import library
from .parsing import parse_expression, parse_relation
from .words import line_vocabulary

_PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[textwidth=5.5in,textheight=9in]{geometry}
\usepackage{amsmath,amsthm,booktabs,tikz}
\newtheorem{theorem}{Theorem}
\newtheorem{lemma}{Lemma}
\allowdisplaybreaks
\emergencystretch=2em
\begin{document}
"""
ROOM = 66
"""How wide a row may be, in letters."""
NOTATION = r"""Throughout, $\pi^E$ is the expert and $\pi$ the learner, both product policies;
rewards lie in $[-1,1]$, values are discounted sums, occupancies are normalised, $n$ is the number
of players and $\gamma\in[0,1)$ the discount;
$\varepsilon_i=\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1$ and
$\varepsilon_{\mathrm{BC}}=\max_i\varepsilon_i$. Player $i$ is fixed;
$V_i^{(\pi^E_i,\pi_{-i})}$ is its value when it plays the expert and the others play the learner;
$b_i$ stands for a best response to the others, $\pi^*_i$ for the best response to the learner
that moves least from $\pi^E_i$, and $\bar\pi_i$ for $\pi_i$ kept to the support of $\pi^E_i$.
At a state,
$h_j=\tfrac12\|\pi_j-\pi^E_j\|_1$, $h_o=\tfrac12\|\pi_{-i}-\pi^E_{-i}\|_1$,
$h^*_i=\tfrac12\|\pi^*_i-\pi^E_i\|_1$, $\hat h_i=1-\sum\min(\pi_i,\pi^E_i,\pi^*_i)$ and
$\bar h_i=\pi_i(\pi^E_i=0)$.
"""


def bound_latex(bound: Bound, *, report: Report | None = None) -> str:
    r"""Theorem, proof and lemmas of a bound, for a document with `theorem` and `lemma`.

    Args:
        bound: the bound.
        report: what checking found, for the evidence; by default it is checked now.
    """
    report = report or bound.check()
    return f"{_theorem(bound, report)}\n{lemmas_latex(bound.lemmas, report.steps)}\n"


def derivation_latex(derivation: Derivation, report: Report) -> str:
    """Statement, proof and lemmas of a derivation of one's own."""
    lemmas = closure(derivation, library())[0]
    return f"{_own_theorem(derivation, report)}\n{lemmas_latex(lemmas, report.steps)}\n"


def _own_theorem(derivation: Derivation, report: Report) -> str:
    said = derivation.statement
    parts = [
        rf"\begin{{theorem}}[{escape(derivation.name)}]",
        _given(derivation) or "For every expert:",
        display(said.left, SIGNS[said.relation], said.right, "."),
        r"\end{theorem}",
        rf"\noindent Status: \textsc{{{report.status.word}}}.",
        _proof(derivation, report.steps),
    ]
    return "\n".join(parts)


def lemmas_latex(lemmas: Sequence[Derivation], steps: Sequence[CheckedStep]) -> str:
    """Lemmas with their proofs, what is used last first."""
    parts: list[str] = []
    for lemma in reversed(lemmas):
        where = "At every state $s$," if lemma.level == "state" else ""
        given = " ".join(part for part in (_given(lemma), where) if part)
        parts += [
            rf"\begin{{lemma}}[{escape(lemma.name.replace('_', ' '))}]",
            *([given] if given else []),
            display(lemma.lines[0], SIGNS[lemma.statement.relation], lemma.lines[-1], "."),
            r"\end{lemma}",
            _proof(lemma, steps),
        ]
    return "\n".join(parts)


def _theorem(bound: Bound, report: Report) -> str:
    assumed = [
        rf"Assume that {escape(assumption.statement)}: \[ {assumption.latex}. \]"
        for assumption in bound.assumptions
    ]
    parts = [
        rf"\begin{{theorem}}[{escape(bound.label)}: {escape(bound.title)}]",
        *assumed,
        "Then" if assumed else "For every expert",
        display(bound.claim.left, SIGNS[bound.claim.relation], bound.claim.right, "."),
        r"\end{theorem}",
        rf"\noindent Source: {_cited(bound)}. Status: \textsc{{{report.status.word}}}. "
        rf"Sharpness: {escape(bound.sharpness)}.",
        *([rf"Improves on {escape(bound.improves)}."] if bound.improves else []),
        _proof(bound.derivation, report.steps),
    ]
    return "\n".join(parts)


def _given(derivation: Derivation) -> str:
    return f"Assume: {escape(', '.join(derivation.assumptions))}." if derivation.assumptions else ""


def _proof(derivation: Derivation, steps: Sequence[CheckedStep]) -> str:
    found = {(step.derivation, step.number): step.status.word for step in steps}
    return "\n".join([r"\begin{proof}", _chain(derivation, found), r"\end{proof}"])


def grounds_latex(names: Iterable[str]) -> str:
    """What a proof takes on trust, each with its own short proof."""
    shown = [
        rf"\item[{escape(ground.name)}] {ground.statement}. \emph{{{ground.proof}}}"
        for ground in (grounds()[name] for name in names)
    ]
    return "\n".join([r"\begin{description}", *shown, r"\end{description}"])


def document(things: Sequence[Bound | Derivation]) -> str:
    r"""A standalone document: notation, the bounds with their proofs, and what they rest on.

    Args:
        things: bounds, and derivations of one's own.

    Example:
        >>> from nashgap.theory.catalogue import bounds
        >>> print(document([bounds()["T1"]]).splitlines()[0])
        \documentclass[10pt]{article}
    """
    checked = [(t, t.check() if isinstance(t, Bound) else check_derivation(t)) for t in things]
    steps = [step for _, report in checked for step in report.steps]
    chains = [thing.derivation if isinstance(thing, Bound) else thing for thing in things]
    own = {chain.name for chain in chains}
    lemmas = {lemma.name: lemma for c in chains for lemma in closure(c, library())[0]}
    shared = [lemma for name, lemma in lemmas.items() if name not in own]
    names = sorted({name for _, report in checked for name in report.rests_on})
    parts = [
        _PREAMBLE + NOTATION,
        *(
            _theorem(t, report) if isinstance(t, Bound) else _own_theorem(t, report)
            for t, report in checked
        ),
        *([r"\section*{Lemmas}", lemmas_latex(shared, steps)] if shared else []),
        r"\section*{What the proofs rest on}",
        grounds_latex(names),
        _bibliography([thing for thing in things if isinstance(thing, Bound)]),
        r"\end{document}",
    ]
    return "\n".join(parts) + "\n"


def bibtex(bounds: Iterable[Bound]) -> str:
    """The BibTeX entries of the works that bounds are from, each once."""
    entries: Mapping[str, str] = {b.source.key: b.source.bibtex for b in bounds if b.source.key}
    return "\n\n".join(entries[key] for key in sorted(entries)) + ("\n" if entries else "")


def escape(text: str) -> str:
    r"""Words in LaTeX: formulas between dollar signs stay, those between backquotes are typeset.

    Example:
        >>> print(escape("5% of `eps_BC <= gamma/2`, w_1"))
        5\% of $\varepsilon_{\mathrm{BC}} \le \frac{\gamma}{2}$, w\_1
    """
    pieces = re.split(r"(\$[^$]*\$|`[^`]*`)", text)
    return "".join(_typeset(piece) for piece in pieces)


def _typeset(piece: str) -> str:
    if piece.startswith("$"):
        return piece
    if piece.startswith("`"):
        source = piece.strip("`")
        try:
            if any(mark in source for mark in RELATIONS):
                return f"${relation_latex(*parse_relation(source, line_vocabulary()))}$"
            return f"${latex(parse_expression(source, line_vocabulary()))}$"
        except BadInput:  # a formula in other words than a derivation's
            return rf"\texttt{{{_typeset(source)}}}"
    for mark in "&%#_":
        piece = piece.replace(mark, f"\\{mark}")
    return piece


def _cited(bound: Bound) -> str:
    cite = rf"~\cite{{{bound.source.key}}}" if bound.source.key else ""
    return f"{escape(bound.source.text)}{cite}"


def _bibliography(bounds: Sequence[Bound]) -> str:
    entries = {b.source.key: b.source.bibtex for b in bounds if b.source.key}
    items = [rf"\bibitem{{{key}}} {reference(entries[key])}" for key in sorted(entries)]
    if not items:
        return ""
    return "\n".join([r"\begin{thebibliography}{9}", *items, r"\end{thebibliography}"])


def reference(entry: str) -> str:
    r"""A BibTeX entry as a line of a bibliography.

    Example:
        >>> print(reference("@misc{a, author = {Doe, J. and Roe, R.}, title = {On {X}}, year = 1}"))
        J. Doe and R. Roe. \emph{On {X}}. 1.
    """
    field = r"(\w+)\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|\"([^\"]*)\"|(\d+))"
    found = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in re.finditer(field, entry)}
    people = [" ".join(reversed(p.split(", ", 1))) for p in found.get("author", "").split(" and ")]
    who = " and ".join([", ".join(people[:-1]), people[-1]]) if len(people) > 1 else people[0]
    where = (found.get(key, "") for key in ("booktitle", "journal", "year"))
    number = f"arXiv {found['eprint']}" if "eprint" in found else ""
    parts = [who, rf"\emph{{{found.get('title', '')}}}", ", ".join(w for w in where if w), number]
    words = (" ".join(part.split()) for part in parts if part)
    return " ".join(f"{word.removesuffix('.')}." for word in words)


def display(left: Expression, sign: str, right: Expression, end: str) -> str:
    """A relation in a display, in rows where it is long."""
    first, second = latex(left), latex(right)
    if width(first) + width(second) < ROOM:
        return rf"\[ {first} {sign} {second}{end} \]"
    rows = r" \\ ".join(rows_latex(right))
    return rf"\begin{{multline*}} {first} \\ {sign} {rows}{end} \end{{multline*}}"


def rows_latex(expression: Expression) -> list[str]:
    """A line in rows that fit: a long sum is broken before a term."""
    if width(latex(expression)) <= ROOM:
        return [latex(expression)]
    if isinstance(expression, Call) and expression.function == "min":
        shown = [latex(argument) for argument in expression.arguments]
        return [
            rf"{lead}{argument}{tail}"
            for lead, argument, tail in zip(
                (r"\min\{", *(r"\qquad\; ",) * len(shown)),
                shown,
                (*(",",) * (len(shown) - 1), r"\}"),
                strict=False,
            )
        ]
    if not isinstance(expression, Sum):
        return [latex(expression)]
    rows: list[list[tuple[bool, Expression]]] = [[]]
    for term in expression.terms:
        if rows[-1] and width(latex(Sum((*rows[-1], term)))) > ROOM:
            rows.append([])
        rows[-1].append(term)
    shown = [latex(Sum(tuple(row))) for row in rows]
    return [shown[0], *(row if row.startswith("-") else f"+ {row}" for row in shown[1:])]


def width(source: str) -> int:
    """About how many letters wide a formula is."""
    letters = re.sub(r"\\[a-zA-Z]+", "m", source)
    return len(re.sub(r"[{}^_ ,!\\]", "", letters))


def _chain(derivation: Derivation, found: Mapping[tuple[str, int], str]) -> str:
    start, *rest = derivation.lines
    shown = [rf"& {latex(start)}"]
    reasons = []
    for number, (step, line) in enumerate(zip(derivation.steps, rest, strict=True), 1):
        first, *more = rows_latex(line)
        shown.append(rf"&\quad\overset{{({number})}}{{{SIGNS[step.relation]}}} {first}")
        shown += [rf"&\qquad\qquad {row}" for row in more]
        status = found.get((derivation.name, number), "undecided")
        reasons.append(rf"({number})~{step.reason.latex()} [\textsc{{{status}}}]")
    joined = " \\\\\n".join(shown)
    why = "; ".join(reasons)
    return (
        f"\\begin{{align*}}\n{joined}\n\\end{{align*}}\n"
        f"\\begingroup\\raggedright {why}.\\par\\endgroup"
    )
