"""One page for each bound of the catalogue, and the page of verdicts for the paper."""

from pathlib import Path

from pages import escaped, html, sources, table, toc, write

from nashgap.theory.bound import Bound
from nashgap.theory.catalogue import bounds
from nashgap.theory.display import bound_html
from nashgap.theory.improvements import improvements
from nashgap.theory.rows import Row, rows


def write_bounds(folder: Path) -> None:
    """One page a bound, and their index."""
    known = list(bounds().values())
    for bound in known:
        write(folder / f"{bound.label}.md", _page(bound))
    lines = [
        "# Bounds",
        "",
        "Every bound of the catalogue with its verdict, recomputed when this page was built. "
        "`nashgap check LABEL` shows the steps, `nashgap latex LABEL` prints theorem and proof, "
        "`nashgap coq LABEL` writes the checked steps for Coq.",
        *table(
            ("bound", "statement", "assumes", "verdict"),
            [(_link(b), f"`{b.statement}`", _assumed(b), b.check().status.word) for b in known],
        ),
        *toc([b.label for b in known]),
    ]
    write(folder / "index.md", lines)


def _link(bound: Bound, up: str = "") -> str:
    return f"[{bound.label}]({up}{bound.label}.md)"


def _assumed(bound: Bound) -> str:
    return ", ".join(f"`{a.text}`" for a in bound.assumptions) or "nothing"


def _page(bound: Bound) -> list[str]:
    report = bound.check()
    others = ", ".join(f"`{name}`" for name in bound.labels[1:])
    facts = [
        ("verdict", f"**{report.status.word}**, {len(report.steps)} steps"),
        ("assumes", _assumed(bound)),
        ("source", escaped(bound.source.text)),
        ("sharp", sources(bound.sharpness) or "not known"),
        ("improves", sources(bound.improves) or "nothing published"),
        ("games of N steps", "holds" if not report.fails_for_steps else "not claimed"),
    ]
    if others:
        facts.insert(0, ("also called", others))
    lines = [f"# {bound.label}", "", f"**{escaped(bound.title)}.** `{bound.statement}`"]
    lines += table(("", ""), facts)
    lines += [
        "## Statement and derivation",
        *html(f'<div class="nashgap">{bound_html(bound)}</div>'),
    ]
    if report.rests_on:
        lines += ["## Rests on", "", *[f"- {sources(name)}" for name in report.rests_on], ""]
    if bound.witness not in ("", "open"):
        lines += [
            f"The family that attains it: [{bound.witness}](../games/{bound.witness}.md).",
            "",
        ]
    return [*lines, "```console", f"$ nashgap check {bound.label}", "```"]


def write_verdicts(path: Path) -> None:
    """Each statement of the paper and of the theory, and what the tool says of it."""
    known = bounds()
    lines = [
        "# The paper, statement by statement",
        "",
        "Bergerault, Cevher, Mehr, *Matching Multiple Experts: On the Exploitability of "
        "Multi-Agent Imitation Learning*, 2026, and what the tool finds of each result. A bound is "
        "proved by a derivation whose steps are checked; a game is re-evaluated from the "
        "definitions; a definition is computed by a command; what is only cited says so.",
    ]
    said = [(_label(row), escaped(row.statement), _verdict(row), _where(row)) for row in rows()]
    lines += table(("label", "statement", "verdict", "where"), said)
    lines += ["## What is sharper here", ""]
    lines += table(
        ("published", "here", "factor"),
        [
            (
                f"`{i.published}`",
                f"[{i.label}](bounds/{i.label}.md)" if i.label in known else f"`{i.label}`",
                f"`{i.factor}`" if i.factor else escaped(i.what),
            )
            for i in improvements()
        ],
    )
    write(path, lines)


def _label(row: Row) -> str:
    return f"**{escaped(row.label)}**"


def _verdict(row: Row) -> str:
    if row.kind == "bound":
        words = {bounds()[_own(name)].check().status.word for name in row.names}
        return ", ".join(sorted(words))
    return {
        "game": "shown by an exact game",
        "quantity": "computed exactly",
        "command": "computed by a command",
        "cited": "cited, not checked here",
    }[row.kind]


def _own(name: str) -> str:
    from nashgap.theory.catalogue import bound

    return bound(name).label


def _where(row: Row) -> str:
    folder = {"bound": "bounds", "game": "games", "command": "commands"}.get(row.kind)
    if folder is None:
        return ", ".join(f"`{name}`" for name in row.names)
    names = [_own(name) if row.kind == "bound" else name for name in row.names]
    return ", ".join(f"[{name}]({folder}/{name}.md)" for name in names)
