"""`nashgap conditions` from the outside."""

import json
from pathlib import Path
from typing import Any

import pytest

from nashgap.cli import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "weak-dominance.json"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["conditions", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_text_latex_python_and_json_agree(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, str(EXAMPLE), "--why")
    assert code == 0
    assert "  y <= 1 - gamma    (player 0 at x: action leave)" in out
    _, tex, _ = run(capsys, str(EXAMPLE), "--as", "latex")
    assert r"& y \le 1 - \gamma" in tex
    _, code_text, _ = run(capsys, str(EXAMPLE), "--as", "python")
    space: dict[str, Any] = {}
    exec(code_text, space)
    assert space["dominant"](0.5, 0.5)
    assert not space["dominant"](0.5, 0.6)
    _, text, _ = run(capsys, str(EXAMPLE), "--json")
    raw = json.loads(text)
    assert raw["exact"] is True
    assert raw["necessary"] == raw["sufficient"]
    assert [c["any_of"] for c in raw["sufficient"]] == [["y <= 1 - gamma"]]
    assert raw["python"].strip() == code_text.strip()


CHICKEN = EXAMPLE.with_name("chicken.json")


def test_the_largest_error_is_solved_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = (str(CHICKEN), "--for", "stays=t", "--player", "0", "--largest")
    code, out, _ = run(capsys, *asked)
    assert code == 0
    assert "the largest t is the least of:\n  (-2*q*x - q + 1)/(2*x + 1)\n" in out
    _, tex, _ = run(capsys, *asked, "--as", "latex")
    assert r"& t \le" in tex
    _, text, _ = run(capsys, *asked, "--json")
    assert "the largest t is the least of:" in json.loads(text)["largest"]


def test_a_figure_of_the_region(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    target = tmp_path / "region.png"
    code, out, _ = run(capsys, str(EXAMPLE), "-o", str(target))
    assert code == 0
    assert target.stat().st_size > 5_000
    assert f"written to {target}" in out


def test_the_region_is_shaded_where_the_predicate_holds() -> None:
    pytest.importorskip("matplotlib")
    from nashgap.numeric.plots import plot_region
    from nashgap.theory.conditions import conditions, parse_symbolic

    found = conditions(parse_symbolic(json.loads(EXAMPLE.read_text())), "dominant")
    (image,) = plot_region(found, ("gamma", "y")).axes[0].get_images()
    shades = image.get_array()
    assert shades is not None
    count = len(shades)
    for row, column in ((10, 10), (40, 100), (100, 40), (120, 120), (150, 20)):
        y, gamma = (row + 0.5) / count, (column + 0.5) / count
        assert (shades[row][column] == 2) == (y <= 1 - gamma)
        assert shades[row][column] in (0, 2)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--for", "correlated"], "concept"),
        (["--for", "stays=t"], "--player"),
        (["--for", "stays=t", "--player", "0"], "level"),
        (["--for", "continuous=t", "--player", "0"], "level"),
        (["--largest"], "--largest"),
        (["--for", "stays=y", "--player", "0", "--largest", "--as", "python"], "--as"),
        (["--player", "9"], "--player"),
        (["--as", "html"], "--as"),
        (["-o", "no/such/folder/x.pdf"], "folder"),
    ],
)
def test_misuse_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    code, out, err = run(capsys, str(EXAMPLE), *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_plain_game_file_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "plain.json"
    file.write_text('{"format": "nashgap/game/1"}')
    code, _, err = run(capsys, str(file))
    assert code == 2
    assert "nashgap/symbolic-game/1" in err
