"""One page for each bound of the catalogue, with its derivation."""

import re
from collections.abc import Sequence
from pathlib import Path

from pages import escaped, html, index, sources, table, toc, write
from word_pages import ground_anchor

from nashgap.theory.bound import Bound
from nashgap.theory.catalogue import bounds
from nashgap.theory.display import counted, steps_html
from nashgap.theory.kernel import CheckedStep
from nashgap.theory.robust import expert_words, robust_form_of


def write_bounds(folder: Path) -> None:
    """One page a bound, and their index."""
    known = sorted(bounds().values(), key=_order)
    for bound in known:
        write(folder / f"{bound.label}.md", _page(bound))
    lines = [
        "# Bounds",
        "",
        "Every bound of the catalogue with its verdict, recomputed when this page was built. "
        "`nashgap check LABEL` shows the steps, `nashgap latex LABEL` prints theorem and proof, "
        "`nashgap coq LABEL` writes the checked steps for Coq. What is published comes first; a "
        "name that ends in `_approximate` is the form for experts that are only nearly what the "
        "bound before it supposes.",
        *table(
            ("bound", "statement"),
            [(_link(b), _stated(b)) for b in known],
        ),
        *toc([b.label for b in known]),
    ]
    write(folder / "index.md", lines)


def _order(bound: Bound) -> tuple[bool, list[tuple[int, str]]]:
    """The published ones first, and T2 before T10."""
    parts = re.findall(r"(\d*)(\D*)", bound.label)
    return bound.source.text.startswith("nashgap"), [(int(n or -1), word) for n, word in parts]


def _link(bound: Bound, up: str = "") -> str:
    return f"[{bound.label}]({up}{bound.label}.md)"


def _stated(bound: Bound) -> str:
    """The claim, and below it the verdict and what it assumes."""
    assumed = ", ".join(f"`{a.text}`" for a in bound.assumptions) or "nothing"
    verdict = bound.check().status.word
    return f"${bound.claim.latex()}$<br>**{verdict}**, assumes {assumed}"


def _page(bound: Bound) -> list[str]:
    report = bound.check()
    others = ", ".join(f"`{name}`" for name in bound.labels[1:])
    facts = [
        ("verdict", f"**{report.status.word}**, {counted(report.steps)}"),
        (
            "assumes",
            "; ".join(f"`{a.text}`: {a.statement}" for a in bound.assumptions) or "nothing",
        ),
        ("in the claim language", f"`{bound.statement}`{{.long}}"),
        ("source", escaped(bound.source.text)),
        ("expert", escaped(expert_words(bound).partition("; ")[0])),
        ("sharp", sources(bound.sharpness) or "not known"),
        *([("improves", sources(bound.improves))] if bound.improves else []),
        ("games of N steps", "holds" if not report.fails_for_steps else "not claimed"),
    ]
    forms = [f"[{label}]({label}.md)" for label in (bound.robust, *robust_form_of(bound)) if label]
    if forms:
        facts.append(("robust form" if bound.robust else "robust form of", ", ".join(forms)))
    if others:
        facts.insert(0, ("also called", others))
    if bound.witness not in ("", "open"):
        how = "approached by" if "not attained" in bound.sharpness else "attained by"
        facts.append((how, f"[{bound.witness}](../games/{bound.witness}.md)"))
    lines = [*index(*bound.labels), f"# {bound.label}", "", f"**{escaped(bound.title)}.**"]
    lines += ["", "$$", bound.claim.latex(), "$$", "", *table(("", ""), facts)]
    lines += ["## Derivation", "", *_derivation(report.steps)]
    if report.rests_on:
        grounds = ", ".join(f"[{escaped(n)}](#{ground_anchor(n)})" for n in report.rests_on)
        lines += ["## Rests on", "", f"{grounds}.", ""]
    return [
        *lines,
        "## Again",
        "",
        "```console",
        f"$ nashgap check {bound.label}",
        f"$ nashgap latex {bound.label} -o {bound.label}.tex",
        f"$ nashgap coq {bound.label} -o {bound.label}.v",
        "```",
    ]


def _derivation(steps: Sequence[CheckedStep]) -> list[str]:
    """Its own chain in full; the lemmas below it folded."""
    said = "Each line with its reason and the verdict on the step"
    folded = (
        "; the lemmas that it uses can be unfolded"
        if len({s.derivation for s in steps}) > 1
        else ""
    )
    return [f"{said}{folded}.", *html(f'<div class="nashgap">{steps_html(steps)}</div>')]
