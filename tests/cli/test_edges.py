"""The smallest games and the longest fractions: each command ends in a result or in one line."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

NO_CHOICE: dict[str, Any] = {
    "format": "nashgap/game/1",
    "discount": "9/10",
    "start": ["1"],
    "transition": [[[["1"]]]],
    "rewards": [[[["1"]]], [[["0"]]]],
    "policies": {"expert": [[["1"]], [["1"]]], "learner": [[["1"]], [["1"]]]},
}
ALONE: dict[str, Any] = {
    "format": "nashgap/game/1",
    "discount": 0.9,
    "start": [1],
    "transition": [[[1], [1]]],
    "rewards": [[[1, 0]]],
    "policies": {"expert": [[[1, 0]]], "learner": [[[0, 1]]]},
}
GAMES = {
    "no choice": NO_CHOICE,
    "alone": ALONE,
    "nearly 1": {**ALONE, "discount": f"{10**300 - 1}/{10**300}"},
    "long fractions": {**ALONE, "rewards": [[[f"{7**800}/{7**800 + 1}", 0]]]},
}
LINES = [
    *("evaluate g.json", "verify g.json", "learners g.json --match rho --eps 1/10"),
    *("learners g.json --eps 1/10", "delta g.json", "report g.json -o g.html", "latex g.json"),
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", GAMES)
def test_edges(name: str, line: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(json.dumps(GAMES[name]))
    done = run(*line.split(), "--json")
    if name == "nearly 1" and line.startswith("learners"):
        # Guided by floats, in which this discount is 1: refused in one line.
        assert done.code == 0 or (done.code == 2 and done.err.startswith("nashgap: discount"))
        return
    assert done.code in (0, 3), done.err
    assert done.json["status"] in ("done", "valid", "undecided")


def test_an_equilibrium_where_nobody_has_a_choice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(json.dumps(NO_CHOICE))
    done = run("equilibrium", "g.json")
    assert done.code == 0
    assert "a profile with Nash gap 0, exactly" in done.out
