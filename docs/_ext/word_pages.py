"""The quantities that a claim may name, the assumptions, and what the proofs take on trust."""

from collections.abc import Iterable
from pathlib import Path

from pages import escaped, index, sources, write

from nashgap.theory.assumptions import Family, known
from nashgap.theory.grounds import Ground, grounds
from nashgap.theory.quantities import meanings

KINDS = (
    ("definition", "Definitions", "A step may put the one for the other."),
    ("fact", "Facts", "Elementary inequalities that always hold."),
    ("consequence", "Consequences of assumptions", "What an assumption gives a step to use."),
    ("inference", "Inferences", "How a line follows from others."),
)


def write_words(path: Path) -> None:
    """Quantities and assumptions, with their definitions."""
    lines = [
        "# Quantities and assumptions",
        "",
        "The names of the claim language and of `--assume`, with what they mean. "
        "`nashgap evaluate` computes every quantity and decides every assumption on a game; "
        "`nashgap show NAME` prints a definition.",
        "",
        "## Claims",
        "",
        "A claim is one relation, `<=`, `>=`, `<`, `>` or `==`, between expressions in the "
        "quantities below and numbers, with `+ - * / **`, `min`, `max`, `tanh` and parentheses: "
        '`"NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2"`. It is read for the learner against '
        "the expert, with rewards in [-1, 1], values as discounted sums and normalised "
        "occupancies. With `NashGap_i` or `eps_BC_i` it is claimed for every player i, the same "
        "one throughout. A game in which C is infinite lies outside a claim that names C. "
        "`tanh` is enclosed in rationals until the relation is decided.",
        "",
        "## Quantities",
        "",
    ]
    for one in meanings().values():
        lines += _entry(
            one.name,
            f"${one.latex}$: {sources(one.statement)}.",
            one.formula if one.formula != one.latex else "",
        )
    lines += [
        "## Assumptions",
        "",
        "Separated by commas, as in `--assume nash,margin=1/3`.",
        "",
    ]
    for kind in known().values():
        name = f"{kind.name}={kind.symbol}" if isinstance(kind, Family) else kind.name
        lines += _entry(name, f"{sources(kind.statement)}.", kind.latex)
    write(path, lines)


def _entry(name: str, said: str, formula: str) -> list[str]:
    shown = ["", "$$", formula, "$$"] if formula else []
    return [*index(name), f"### {escaped(name)}", "", said, *shown, ""]


def write_grounds(path: Path) -> None:
    """What the kernel takes on trust: named, stated, and argued for in words."""
    every = list(grounds().values())
    lines = [
        "# What the proofs rest on",
        "",
        "The kernel checks every step of a derivation; below the steps lie these, each with a "
        "short proof in words and a test on exact games. A bound's page links to those it uses.",
        "",
    ]
    for kind, title, said in KINDS:
        lines += [f"## {title}", "", said, "", *_grounds(g for g in every if g.kind == kind)]
    write(path, lines)


def _grounds(some: Iterable[Ground]) -> list[str]:
    lines: list[str] = []
    for one in some:
        lines += [f"({ground_anchor(one.name)})=", f"### {escaped(one.name)}", ""]
        lines += [_prose(one.statement), "", f"*Why:* {_prose(one.proof)}", ""]
    return lines


def ground_anchor(name: str) -> str:
    """A label of its own, since names of grounds and of quantities may agree."""
    return "ground-" + "-".join("".join(c if c.isalnum() else " " for c in name).lower().split())


def _prose(text: str) -> str:
    """Words with formulas between dollar signs, and code between backticks."""
    parts = text.split("$")
    return "".join(f"${p}$" if k % 2 else sources(p) for k, p in enumerate(parts))
