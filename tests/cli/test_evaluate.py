"""`nashgap evaluate`: the keys of the contract, exactness, tolerance."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

KEYS = {
    "nash_gap",
    "nash_gap_per_player",
    "value_gap",
    "eps_bc",
    "eps_bc_per_player",
    "eps_mu",
    "eps_rho",
    "expert_nash_gap",
    "values",
    "assumptions",
    "reasons",
    "bounds",
    "delta",
    "C",
}


@pytest.fixture
def w1(run: Run) -> str:
    assert run("games", "w1", "-o", "w1.json", "-q").code == 0
    return "w1.json"


def test_json(run: Run, w1: str) -> None:
    ran = run("evaluate", w1, "--json")
    assert ran.code == 0
    found = ran.json
    assert set(found) >= KEYS
    assert (found["nash_gap"], found["eps_bc"], found["C"]) == ("19", "1/10", "inf")
    assert found["values"] == {"expert": ["10", "0"], "learner": ["-9", "0"]}
    assert found["assumptions"]["dominant"] is True
    assert found["assumptions"]["match-rho"] is False
    t1 = next(bound for bound in found["bounds"] if bound["label"] == "T1")
    assert (t1["applies"], t1["value"], t1["slack"]) == (True, "19", "0")


def test_parametric_assumptions_are_answered_when_asked_for(run: Run, w1: str) -> None:
    found = run("evaluate", w1, "--assume", "nash,entry=1/3", "--json").json
    assert isinstance(found["assumptions"]["entry=1/3"], bool)


def test_text(run: Run, w1: str) -> None:
    out = run("evaluate", w1).out
    for part in ("NashGap ", "1/10 = 0.1", "the expert's NashGap", "assumptions", "bounds"):
        assert part in out
    assert max(map(len, out.splitlines())) <= 100


def test_tolerance_renormalises_and_says_so(run: Run, w1: str, tmp_path: Path) -> None:
    raw = json.loads((tmp_path / w1).read_text())
    raw["policies"]["learner"][0][0] = ["0.00000000001", "1"]
    (tmp_path / "off.json").write_text(json.dumps(raw))
    assert run("evaluate", "off.json").code == 2
    ran = run("evaluate", "off.json", "--tolerance", "1e-9")
    assert ran.code == 0
    assert "renormalised" in ran.out
    assert run("evaluate", "off.json", "--tolerance", "1e-9", "--json").json["notes"]


def test_a_witness_file_is_evaluated_too(run: Run) -> None:
    assert run("search", "--gap-at-least", "18", "-o", "w.json", "-q").code == 0
    assert run("evaluate", "w.json", "--json").json["nash_gap"] == "18"
