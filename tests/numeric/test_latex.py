"""Games in LaTeX: they compile, nothing is overfull, labels keep clear of states and each other."""

import shutil
import subprocess
from pathlib import Path

import pytest

from nashgap.numeric import latex_math, plain_math
from nashgap.numeric.best_response import best_response
from nashgap.numeric.drawing import Script, draw
from nashgap.numeric.games import Instance, catalogue, random_game
from nashgap.numeric.gaps import gaps
from nashgap.numeric.latex import game_latex
from nashgap.numeric.latex_math import name, number
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

COMPILER = shutil.which("pdflatex")
needs_latex = pytest.mark.skipif(COMPILER is None, reason="pdflatex is not installed")


def deviated(made: Instance) -> ProductPolicy:
    player = int(gaps(made.game, made.learner).argmax())
    table = best_response(made.game, made.learner, player).table
    return made.learner.replace(player, table)


def drawn(made: Instance, *, standalone: bool = False) -> str:
    return game_latex(made.game, made.expert, made.learner, deviated(made), standalone=standalone)


def compiled(source: str, folder: Path) -> str:
    """The log of a run that must succeed."""
    (folder / "game.tex").write_text(source)
    assert COMPILER is not None
    run = subprocess.run(
        [COMPILER, "-interaction=nonstopmode", "-halt-on-error", "game.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    assert (folder / "game.pdf").stat().st_size > 1000
    return (folder / "game.log").read_text(errors="replace")


@needs_latex
@pytest.mark.parametrize("given", [*catalogue(), "w1 n=3", "random", "random-sparse", "float"])
def test_compiles_within_one_column(given: str, tmp_path: Path) -> None:
    match given.split():
        case ["random"]:
            made = random_game(5, "nash,match-rho", states=5)
        case ["random-sparse"]:
            made = random_game(2, "nash,match-rho,deterministic", states=5)
        case ["float"]:
            made = random_game(2, states=3, exact=False)
        case [named, "n=3"]:
            made = catalogue()[named].build(n=3)
        case _:
            made = catalogue()[given].build()
    log = compiled(drawn(made, standalone=True), tmp_path)
    assert "Overfull" not in log
    assert "undefined" not in log
    assert "Output written on game.pdf (1 page" in log


@needs_latex
def test_strange_names_are_escaped(tmp_path: Path) -> None:
    made = catalogue()["w3"].build()
    from nashgap.numeric.game import MarkovGame

    strange = ["50% of $x_1$ & {y}", r"a\b#~^"]
    game = MarkovGame(
        made.game.transition,
        made.game.rewards,
        made.game.start,
        made.game.discount,
        strange,
        [["go_on α", "上"], ["#", "& é"]],
    )
    log = compiled(game_latex(game, made.expert, standalone=True), tmp_path)
    assert "Overfull" not in log


@pytest.mark.parametrize("script", [latex_math, plain_math], ids=["latex", "plain"])
@pytest.mark.parametrize("given", list(catalogue()))
def test_labels_overlap_neither_states_nor_each_other(given: str, script: Script) -> None:
    game = catalogue()[given].build().game
    placed = draw(game, {}, script).placed
    boxes = [(arrow.label, arrow.size) for arrow in placed.arrows]
    for k, ((x, y), size) in enumerate(boxes):
        assert abs(x) + size.width / 2 <= 4.2, "outside the column"
        for cx, cy in placed.centres:
            dx = max(abs(cx - x) - size.width / 2, 0)
            dy = max(abs(cy - y) - size.height / 2, 0)
            assert (dx * dx + dy * dy) ** 0.5 >= placed.radius - 0.02, "a label over a state"
        for (u, v), other in boxes[:k]:
            apart_x = abs(x - u) - (size.width + other.width) / 2
            apart_y = abs(y - v) - (size.height + other.height) / 2
            assert max(apart_x, apart_y) >= -0.02, "a label over a label"


def test_the_table_has_each_merged_row_once() -> None:
    source = drawn(catalogue()["w6"].build(n=4))
    assert source.count(r"\text{else}") == 2  # one row, one arrow
    assert r"$(0,\,0,\,\ast,\,\ast)$" in source or r"$(0,0,\ast,\ast)$" in source
    assert "Only player 0 is paid." in source


def test_same_game_same_source() -> None:
    made = random_game(3, "nash", states=4)
    assert drawn(made) == drawn(made)


def test_crowded_pictures_carry_row_numbers_and_large_ones_are_left_out() -> None:
    source = drawn(random_game(5, states=5))
    assert "Arrows carry the numbers of their rows." in source
    large = random_game(5, "deterministic,turn-based", states=13)
    assert r"\begin{tikzpicture}" not in game_latex(large.game)
    assert r"\begin{tabular}" in game_latex(large.game)


def test_fragment_and_document() -> None:
    made = catalogue()["w3"].build()
    fragment = game_latex(made.game)
    assert r"\documentclass" not in fragment
    assert "nashgapexpert" not in fragment
    assert fragment in game_latex(made.game, standalone=True)


def test_names_and_numbers() -> None:
    assert [name(x) for x in ("s0", "z'", "G", "12", "habit", "a_b")] == [
        "s_{0}",
        "z'",
        "G",
        "12",
        r"\text{habit}",
        r"\text{a\_b}",
    ]
    assert name("Δ上é") == r"\text{$\Delta$U+4E0Aé}"
    assert number(-0.5) == "{-}0.5"
    assert number(1e-12) == r"1{\cdot}10^{-12}"
    assert number(0.25, plus=True) == "{+}0.25"


def test_a_profile_of_another_game_is_refused() -> None:
    game = catalogue()["w3"].build().game
    with pytest.raises(BadInput, match="expert"):
        game_latex(game, ProductPolicy([[["1", "0"]]]))
