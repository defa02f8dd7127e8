"""The paper statement by statement, each under its label, with what is found of it."""

from pathlib import Path

from game_pages import QUANTITIES
from pages import caption, escaped, html, index, picture, sources, table, write

from nashgap.finding import Finding, Pictured, Proved, finding_of
from nashgap.numeric.games import catalogue
from nashgap.theory.formula import latex
from nashgap.theory.improvements import improvements
from nashgap.theory.parsing import parse_expression
from nashgap.theory.row import Row
from nashgap.theory.rows import PAPER, THEORY
from nashgap.theory.words import line_vocabulary

SMALL = 4
WORDS = {
    "found": "shown by an exact game",
    "not checked": "cited, not checked",
}


def write_paper(path: Path) -> None:
    """Each statement of the paper and of the theory, and what the tool says of it."""
    paper = [(row, finding_of(row)) for row in PAPER]
    lines = [
        "# The paper, statement by statement",
        "",
        "Bergerault, Cevher, Mehr, *Matching Multiple Experts: On the Exploitability of "
        "Multi-Agent Imitation Learning*, 2026, and what the tool finds of each result. A bound is "
        "proved by a derivation whose steps are checked; a game is re-evaluated from the "
        "definitions; a definition is computed by a command; what is only cited says so. "
        "`nashgap show Lemma 3` prints the same in a terminal, for any label in any spelling.",
        *table(
            ("label", "statement", "verdict", "sharper, or further"),
            [
                (
                    f"[{escaped(row.label)}](#{anchor(row.label)})",
                    escaped(row.statement),
                    f"**{_verdict(found)}**",
                    ", ".join(_link(one) for one in found.sharper),
                )
                for row, found in paper
            ],
        ),
    ]
    for row, found in paper:
        lines += _section(row, found)
    lines += _theory()
    write(path, [*lines, *_sharper()])


def anchor(label: str) -> str:
    """Where a statement's section is: "Lemma 3" at #lemma-3."""
    kept = "".join(c if c.isalnum() else " " for c in label.lower())
    return "-".join(kept.split())


def _verdict(found: Finding) -> str:
    return WORDS.get(found.verdict, found.verdict)


def _section(row: Row, found: Finding) -> list[str]:
    lines = [*index(row.label, *row.also), f"## {escaped(row.label)}"]
    lines += ["", f"**{_verdict(found)}.** {_sentence(row.statement)}", ""]
    if found.formula:
        lines += ["$$", found.formula, "$$", ""]
    lines += [*_stated(found), "", sources(found.finding), ""]
    if found.sharper:
        lines += ["Sharper, or further:", "", *_bounds(found.sharper)]
    for game in found.games:
        lines += _game(game)
    if found.commands:
        lines += ["```console", *(f"$ {command}" for command in found.commands), "```", ""]
    return lines


def _sentence(text: str) -> str:
    first = text.split()[0]
    kept = "_" in first or first.startswith("delta")  # eps_rho and delta-continuity stay
    start = text[0] if kept else text[0].upper()
    return f"{escaped(start + text[1:])}."


def _stated(found: Finding) -> list[str]:
    return _bounds(found.bounds) if found.bounds else []


def _bounds(bounds: tuple[Proved, ...]) -> list[str]:
    rows = [
        (
            _link(one),
            one.status,
            ", ".join(f"`{name}`" for name in one.assumptions) or "nothing",
            f"${one.latex}$"
            + (f"<br>better by the factor ${_factor(one.factor)}$" if one.factor else ""),
        )
        for one in bounds
    ]
    return table(("bound", "verdict", "assumes", "statement"), rows)


def _factor(text: str) -> str:
    return latex(parse_expression(text, line_vocabulary()))


def _link(one: Proved) -> str:
    return f"[{one.label}](bounds/{one.label}.md)"


def _game(game: Pictured) -> list[str]:
    numbers = ", ".join(
        f"{label} {game.numbers[key]}" for key, label in QUANTITIES if key in game.numbers
    )
    said = (
        f"Game [{game.name}](games/{game.name}.md): {escaped(game.title)}. With its default "
        f"parameters: {numbers}."
    )
    made = catalogue()[game.name].build()
    if made.game.num_states > SMALL:
        return [said, ""]
    return [*html(picture(made.game, made.expert, made.learner)), *caption(said)]


def _theory() -> list[str]:
    return [
        "## The theorems of this catalogue",
        "",
        "By the labels that these pages use; `nashgap show T7` finds each, as it does the paper's.",
        *table(
            ("label", "statement", "where"),
            [(f"**{escaped(r.label)}**", escaped(r.statement), _where(r)) for r in THEORY],
        ),
    ]


def _where(row: Row) -> str:
    from nashgap.theory.catalogue import bound

    folder = {"bound": "bounds", "game": "games", "command": "commands"}.get(row.kind)
    if folder is None:
        return ", ".join(f"[{name}](words.md#{name.lower()})" for name in row.names)
    names = [bound(name).label if row.kind == "bound" else name for name in row.names]
    return ", ".join(f"[{name}]({folder}/{name}.md)" for name in names)


def _sharper() -> list[str]:
    rows = [
        (
            _published(one.published),
            f"[{one.label}](bounds/{one.label}.md)",
            f"${one.factor_latex}$" if one.factor else escaped(one.what),
        )
        for one in improvements()
    ]
    head = ("published", "here", "better by the factor, or what is new")
    said = (
        "The factor is computed: the published bound over ours, or, for an error that is enough, "
        "ours over the published one."
    )
    return ["## What is sharper here", "", said, *table(head, rows)]


def _published(label: str) -> str:
    from nashgap.theory.catalogue import bounds

    return f"[{label}](bounds/{label}.md)" if label in bounds() else f"`{label}`"
