"""Curves, regions and heat maps: each drawn by the command that is printed below it."""

import io
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pages import caption, html, write

from nashgap.cli import main
from nashgap.numeric.games import catalogue
from nashgap.numeric.pictures import occupancy_svg, policy_svg


class Figure(NamedTuple):
    """One figure: what one sees, and the commands; the last one writes it."""

    name: str
    title: str
    seen: str
    commands: tuple[str, ...]


_DISCOUNTS = "1/10,1/4,2/5,1/2,3/5,7/10,4/5,17/20,9/10"
GAPS = (
    Figure(
        "gap-against-discount",
        "Against the discount",
        "The gap of the family w1 (circles, exact) against the discount, at an error of 1/50. It "
        "lies on the bound T1, half of what lemma_3 promises or less; "
        "beyond the dotted line 2/(1-γ) no game goes.",
        (f"tightness T1 --beside lemma_3 --games w1 --over gamma={_DISCOUNTS} --at eps=1/50",),
    ),
    Figure(
        "gap-against-error",
        "Against the error",
        "The gap of w1 against the cloning error, at discount 9/10. While the error is small T1 is "
        "met; beyond 2(1-γ)/n the gap bends and reaches 2/(1-γ), all along the exact worst "
        "case T1_modulus.",
        (
            "tightness T1_modulus --beside T1,lemma_3 --games w1 "
            "--over eps=1/100,1/50,1/20,2/25,1/10,3/20,1/5",
        ),
    ),
    Figure(
        "gap-against-players",
        "Against the players",
        "The gap of w1 for one to four players at an error of 1/50: it grows with 1+(n-1)γ, "
        "as T1 says, not with the 2n of lemma_3.",
        ("tightness T1 --beside lemma_3 --games w1 --over n=1,2,3,4 --at eps=1/50",),
    ),
    Figure(
        "gap-of-nash-experts",
        "For Nash experts",
        "The family w2, whose expert is Nash and whose best response shifts by delta = 1/20, "
        "against the discount. T2_modulus is met; S2 and lemma_4, which hold for every expert, "
        "are above it, and lemma_4 is above the trivial bound at γ = 0.9.",
        (
            "tightness T2_modulus --beside S2,lemma_4 --games w2 "
            "--over gamma=1/10,1/4,2/5,1/2,3/5,7/10,4/5,17/20,9/10",
        ),
    ),
)
TIGHT = (
    Figure(
        "tightness-of-lemma-3",
        "How much of a bound is reached",
        "The share of lemma_3's promise that games reach, against the discount: 1 would be tight. "
        "w1, which is the worst case, stays below 1/2 at every discount: the published constant is "
        "never reached. The prisoners' dilemma is far from it.",
        ("tightness lemma_3 --games w1,prisoners-dilemma --over gamma=1/4,1/2,3/4,9/10",),
    ),
)
LEARNERS = (
    Figure(
        "largest-gap",
        "The most exploitable learner",
        "Matching pennies: the largest Nash gap M of a learner within an error of the expert, "
        "against that error. The curve is exact at every error; the least gap m is 0, since the "
        "expert is Nash.",
        (
            "games matching-pennies -o pennies.json",
            "learners pennies.json --curve --eps 1 --points 6",
        ),
    ),
    Figure(
        "least-gap",
        "The most and the least exploitable learner",
        "The prisoners' dilemma with an occupancy error of at most ε. The most exploitable learner "
        "(M) and the least (m, which is 0 because the expert is Nash): dots are exact, and "
        "between two errors M lies in the band, since it grows with the error.",
        (
            "games prisoners-dilemma gamma=1/2 -o dilemma.json",
            "learners dilemma.json --match rho --curve --eps 1 --points 5 --nodes 40",
        ),
    ),
    Figure(
        "delta",
        "How far best responses move",
        "Matching pennies: player 0's nearest best response against the error of the opponent. It "
        "jumps by 1 as soon as the opponent errs at all (open ends do not belong to a step), "
        "as best responses of mixed equilibria do.",
        ("games matching-pennies -o pennies.json", "delta pennies.json --player 0"),
    ),
    Figure(
        "delta-of-a-rare-state",
        "A rare state",
        "The rare-state chain of Lemma 2: up to an opponent's error of 1/1000 nothing moves, "
        "beyond it the best response moves by 1.94.",
        ("games lemma-2 -o rare.json", "delta rare.json --player 0"),
    ),
    Figure(
        "temperature",
        "What regularisation buys",
        "Experts regularised by entropy, over the temperature. Above: regularised best responses "
        "move little where unregularised ones jump. Below: the gaps of learners lie far below the "
        "bound, which falls with the temperature until its last term makes it rise. The expert's "
        "own gap is 0 here, which a logarithmic axis does not show.",
        (
            "games matching-pennies -o pennies.json",
            "temperature pennies.json --points 9 --samples 8",
        ),
    ),
)
REGIONS = (
    Figure(
        "region-dominant",
        "Where a policy is dominant",
        "A game with discount γ and temptation y left open: staying is (weakly) dominant below the "
        "line y = 1 - γ, though against pure opponents alone it would be everywhere.",
        ("conditions weak-dominance.json --for dominant --across gamma,y",),
    ),
    Figure(
        "region-nash",
        "Where it is Nash",
        "The same policy is a Nash equilibrium for every discount and temptation.",
        ("conditions weak-dominance.json --for nash --across gamma,y",),
    ),
)


def write_figures(folder: Path) -> None:
    """The page of curves and the page of heat maps; figures as SVG beside them."""
    lines = [
        "# Curves and regions",
        "",
        "Each figure was drawn when this page was built, by the command below it; with `-o "
        "FIGURE.pdf` the same command makes it for a paper, one column wide. Colours are Okabe "
        "and Ito's, and lines differ in dashes and marks as well.",
        "",
    ]
    parts = (
        ("Gaps, bounds and the games between them", GAPS),
        ("Tightness", TIGHT),
        ("Learners, best responses, temperature", LEARNERS),
        ("Regions of conditions", REGIONS),
    )
    for title, figures in parts:
        lines += [f"## {title}", ""]
        for figure in figures:
            _draw(figure, folder)
            lines += _shown(figure)
    write(folder / "curves.md", [*lines, *_heat()])


def _shown(figure: Figure) -> list[str]:
    *first, last = figure.commands
    return [
        f"### {figure.title}",
        "",
        f"```{{figure}} {figure.name}.svg",
        f":alt: {figure.title}",
        ":figclass: curve",
        "",
        figure.seen,
        "```",
        "",
        "```console",
        *(f"$ nashgap {command}" for command in first),
        f"$ nashgap {_from_root(last)} -o {figure.name}.svg",
        "```",
        "",
    ]


def _from_root(command: str) -> str:
    return command.replace("weak-dominance.json", "examples/weak-dominance.json")


def _draw(figure: Figure, folder: Path) -> None:
    """Runs the commands in a folder of their own and keeps the figure."""
    with _scratch() as scratch:
        *first, last = figure.commands
        for command in (*first, f"{last} -o {figure.name}.svg"):
            said = io.StringIO()
            with redirect_stdout(said):
                code = main(shlex.split(command))
            if code not in (0, 3):
                raise RuntimeError(f"nashgap {command} ended with {code}: {said.getvalue()}")
        svg = (scratch / f"{figure.name}.svg").read_text(encoding="utf-8")
        (folder / f"{figure.name}.svg").write_text(svg, encoding="utf-8")


@contextmanager
def _scratch() -> Iterator[Path]:
    root, before = Path(__file__).parents[2], Path.cwd()
    with TemporaryDirectory() as made:
        scratch = Path(made)
        (scratch / "weak-dominance.json").symlink_to(root / "examples" / "weak-dominance.json")
        os.chdir(scratch)
        try:
            yield scratch
        finally:
            os.chdir(before)


def _heat() -> list[str]:
    """What profiles play and where they are, as shaded tables."""
    lines = [
        "## Heat maps",
        "",
        "Cells go from white (0) to dark blue (1) and carry their numbers; 0 is left blank. Every "
        "game's page and every report has them.",
        "",
    ]
    for name, seen in (
        ("w2", "What expert and learner play in the family w2: they differ at few states."),
        ("lemma-1", "Lemma 1: expert and learner walk the same cycle in opposite directions."),
    ):
        made = catalogue()[name].build()
        both = (made.game, made.expert, made.learner)
        lines += [f"### Policies of {name}", ""]
        lines += [*html(f'<div class="nashgap">{policy_svg(*both)}</div>'), *caption(seen)]
        lines += [f"### Occupancies of {name}", ""]
        lines += html(f'<div class="nashgap">{occupancy_svg(*both)}</div>')
        lines += caption(
            "The share of time at each state, under the expert and under the learner; the columns "
            "sum to 1."
        )
        lines += [
            "```console",
            f"$ nashgap games {name} -o {name}.json",
            f"$ nashgap report {name}.json -o {name}.html",
            "```",
            "",
        ]
    return lines
