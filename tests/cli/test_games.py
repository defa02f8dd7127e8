"""`nashgap games`: the list, one game, and its file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nashgap.numeric.games import catalogue
from nashgap.numeric.grids import boards

Run = Callable[..., Any]


def test_the_list_names_every_game(run: Run) -> None:
    ran = run("games")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in catalogue())
    listed = run("games", "--json").json["games"]
    assert [game["name"] for game in listed] == list(catalogue())
    assert all(game["source"] and game["illustrates"] for game in listed)


def test_boards_are_listed_too_and_written(run: Run) -> None:
    assert all(f"  {name} " in run("games").out for name in boards())
    assert [game["name"] for game in run("games", "--json").json["boards"]] == list(boards())
    ran = run("games", "tag", "rows=1", "columns=3", "-o", "tag.json")
    assert (ran.code, "(5, 5)" in ran.out) == (0, True)
    assert run("evaluate", "tag.json", "--json").json["expert_nash_gap"] == "0"


def test_parameters_reach_the_game_and_the_file_is_read_back(run: Run, tmp_path: Path) -> None:
    ran = run("games", "w1", "n=3", "gamma=1/2", "-o", "w1.json")
    assert ran.code == 0
    assert "written to w1.json" in ran.out
    written = json.loads((tmp_path / "w1.json").read_text())
    assert written["discount"] == "1/2"
    assert len(written["rewards"]) == 3
    expected = run("games", "w1", "n=3", "gamma=1/2", "--json").json["expected"]
    found = run("evaluate", "w1.json", "--json").json
    assert {key: found[key] for key in ("nash_gap", "eps_bc", "eps_rho", "delta", "C")} == {
        key: expected[key] for key in ("nash_gap", "eps_bc", "eps_rho", "delta", "C")
    }


def test_every_game_is_shown(run: Run) -> None:
    for name in catalogue():
        ran = run("games", name)
        assert ran.code == 0
        assert ran.out.startswith(f"{name}: ")
        assert max(map(len, ran.out.splitlines())) <= 100
