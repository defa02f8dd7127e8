"""Numbers as people write them: `1e-3`, `.5`, `9/10`, in claims, options and files, exactly."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


def searched(run: Run, *asked: str) -> dict[str, Any]:
    found: dict[str, Any] = run("search", *asked, "--json").json
    return found


@pytest.mark.parametrize(
    ("claim", "status", "part"),
    [
        ("NashGap <= 1.8e1", "ruled_out", "certificate"),
        ("NashGap <= 1e-3 + 5E-1*gamma", "found", "witness"),
    ],
)
def test_a_claim_with_exponents_survives_its_file(
    claim: str, status: str, part: str, run: Run
) -> None:
    found = searched(run, "--claim", claim)
    assert (found["status"], found["claim"]) == (status, claim)
    Path("evidence.json").write_text(json.dumps(found[part]))
    checked = run("verify", "evidence.json", "--json")
    assert checked.json["valid"] is True, checked.json["reasons"]
    if part == "witness":
        assert found[part]["witness"]["claim"] == claim


def test_options_read_the_same_number_in_every_writing(run: Run) -> None:
    ways = [
        ("--gamma", "1/2", "--gap-at-least", "1/4", "--assume", "nash,entry=1/5"),
        ("--gamma", ".5", "--gap-at-least", "25e-2", "--assume", "nash,entry=2E-1"),
        ("--gamma", "5e-1", "--gap-at-least", "+0.25", "--assume", "nash,entry=.2"),
    ]
    seen = [searched(run, *way) for way in ways]
    assert {one["class"]["discount"] for one in seen} == {"1/2"}
    assert [one["class"]["assumptions"] for one in seen] == [["match-rho", "nash", "entry=1/5"]] * 3
    assert len({json.dumps(one["witness"]) for one in seen}) == 1


def test_a_parameter_and_a_file_with_exponents(run: Run) -> None:
    assert run("games", "w1", "eps=2e-2", "gamma=9e-1", "-o", "g.json").code == 0
    game = json.loads(Path("g.json").read_text())
    game["discount"] = "9e-1"
    game["start"] = [{"0": "0e5", "1": "1e0"}.get(x, x) for x in game["start"]]
    Path("g.json").write_text(json.dumps(game))
    found = run("evaluate", "g.json", "--json").json
    assert (found["eps_bc"], found["nash_gap"]) == ("1/50", "19/5")


def test_a_symbolic_game_with_exponents(run: Run) -> None:
    source = Path(__file__).parents[2] / "examples" / "weak-dominance.json"
    game = json.loads(source.read_text())
    assert game["symbols"]["y"] == ["0", "1"]
    game["symbols"]["y"] = ["1e-3", 1]
    Path("s.json").write_text(json.dumps(game))
    assert run("conditions", "s.json", "--json").json["class"]["y"] == ["1/1000", "1"]
    game["symbols"]["y"] = ["0", "1e999999999"]
    Path("s.json").write_text(json.dumps(game))
    refused = run("conditions", "s.json")
    assert (refused.code, refused.out) == (2, "")
    assert "symbols.y" in refused.err
