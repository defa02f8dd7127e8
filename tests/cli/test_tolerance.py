"""`--tolerance`: every command that reads a game file takes it, renormalises, and says so.

Would catch a command that reads rounded rows silently, or refuses the option.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import nashgap as ng

from .conftest import Run

ROUNDED = ["0.3333333333", "0.6666666666"]
GIVEN = ("--tolerance", "1e-9")
COMMANDS = (
    "evaluate off.json",
    "certify off.json --demonstrations seen.jsonl",
    "learners off.json",
    "delta off.json --player 0",
    "temperature off.json --points 2 --samples 1",
    "tightness trivial off.json",
    "equilibrium off.json",
    "equilibrium off.json --horizon 1",
    "convert off.json exact.json",
    "latex off.json",
    "search --fix parts.json --gap-at-least 0 --assume pure --seconds 1",
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    made = ng.games.catalogue()["w6"].build()
    ng.save(tmp_path / "off.json", made.game, made.expert, made.learner)
    raw = json.loads((tmp_path / "off.json").read_text())
    raw["policies"]["learner"][0][0] = ROUNDED
    (tmp_path / "off.json").write_text(json.dumps(raw))
    raw = {"format": "nashgap/game/1", "start": ROUNDED, "transition": None}
    (tmp_path / "parts.json").write_text(json.dumps(raw))
    row = {"states": [0], "actions": [[0] * made.game.players]}
    (tmp_path / "seen.jsonl").write_text(json.dumps(row))


@pytest.mark.parametrize("line", COMMANDS)
def test_rows_are_renormalised_and_it_is_said(line: str, run: Run) -> None:
    refused = run(*line.split())
    assert refused.code == 2
    assert "0.9999999999" in refused.err or "9999999999/10000000000" in refused.err
    assert "--tolerance 1e-9 renormalises" in refused.err
    done = run(*line.split(), *GIVEN)
    assert done.code in (0, 3), done.err
    assert "renormalised, they missed 1 by up to 1.0e-10" in " ".join(done.out.split())
    told = run(*line.split(), *GIVEN, "--json").json
    assert any("renormalised" in note for note in told["notes"])


def test_a_report_says_it_too(run: Run, tmp_path: Path) -> None:
    assert run("report", "off.json").code == 2
    assert run("report", "off.json", *GIVEN, "-o", "off.html").code == 0
    page = (tmp_path / "off.html").read_text()
    assert "rows renormalised" in page
    assert "nashgap evaluate off.json --tolerance 1e-09" in page


def test_convert_writes_the_exact_game_with_its_policies(run: Run, tmp_path: Path) -> None:
    assert run("convert", "off.json", "exact.json", *GIVEN).code == 0
    rows: Any = json.loads((tmp_path / "exact.json").read_text())["policies"]["learner"][0][0]
    assert rows == ["1/3", "2/3"]
    assert run("evaluate", "exact.json").code == 0
    assert "the expert's policy" in run("convert", "exact.json", "other.npz").out


def test_evidence_is_taken_as_it_is(run: Run) -> None:
    assert run("search", "--gap-at-least", "18", "-o", "w.json").code == 0
    assert "it is exact" in run("report", "w.json", *GIVEN).err
    assert "it is exact" in run("latex", "w.json", *GIVEN).err
    assert "--fix" in run("search", "--sup", *GIVEN).err
    assert run("verify", "off.json").code == 2


@pytest.mark.parametrize("given", ["x", "-1", "1", "nan"])
def test_a_bad_tolerance_is_refused_everywhere(given: str, run: Run) -> None:
    for line in COMMANDS:
        assert "--tolerance" in run(*line.split(), "--tolerance", given).err
