"""`nashgap search`: verdicts, exit codes, and files that `verify` accepts."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

COMMON = {"status", "claim", "class", "evidence", "witness", "certificate", "seconds", "versions"}


def test_found(run: Run) -> None:
    ran = run("search", "--gap-at-least", "18", "--json")
    assert ran.code == 0
    assert ran.err == ""
    found = ran.json
    assert set(found) >= COMMON
    assert found["status"] == "found"
    assert found["claim"] == "NashGap < 18"
    assert found["class"]["states"] == 2
    assert found["certificate"] is None
    assert found["witness"]["format"] == "nashgap/witness/1"
    assert {"nashgap", "python", "numpy", "z3-solver"} <= set(found["versions"])


def test_ruled_out_beyond_the_supremum(run: Run) -> None:
    ran = run("search", "--gap-at-least", "18", "--strict", "--states", "4", "--json")
    assert ran.code == 0
    assert ran.json["status"] == "ruled_out"
    assert ran.json["claim"] == "NashGap <= 18"
    assert ran.json["witness"] is None
    assert ran.json["certificate"]["class"]["states"] == 4


@pytest.mark.parametrize("gamma", ["1/2", "9/10", "99/100"])
def test_supremum_and_both_its_files(run: Run, tmp_path: Path, gamma: str) -> None:
    ran = run("search", "--assume", "nash,deterministic,pure", "--sup", "--gamma", gamma, "--json")
    assert ran.code == 0
    found = ran.json
    g = Fraction(gamma)
    assert found["status"] == "ruled_out"
    assert found["supremum"] == str(2 * g / (1 - g))
    assert found["attained"] is True
    for key in ("witness", "certificate"):
        (tmp_path / f"{key}.json").write_text(json.dumps(found[key]))
        checked = run("verify", f"{key}.json", "--json")
        assert checked.code == 0
        assert checked.json["valid"] is True
        assert checked.json["reasons"]


def test_a_corrupted_witness_is_refused(run: Run, tmp_path: Path) -> None:
    witness = run("search", "--gap-at-least", "18", "--json").json["witness"]
    witness["witness"]["numbers"]["nash_gap"] = "19"
    (tmp_path / "w.json").write_text(json.dumps(witness))
    ran = run("verify", "w.json", "--json")
    assert ran.code == 1
    assert ran.json["valid"] is False
    assert ran.json["status"] == "invalid"
    assert "nash_gap" in " ".join(ran.json["reasons"])


def test_a_claim_is_broken_by_a_game(run: Run) -> None:
    claim = "NashGap <= 2*n*eps_BC/(1-gamma)**2"
    ran = run("search", "--claim", claim, "--json")
    assert ran.code == 0
    assert ran.json["status"] == "found"
    assert ran.json["claim"] == claim
    assert ran.json["witness"]["witness"]["claim"] == claim


def test_a_claim_that_holds_is_ruled_out_to_fail(run: Run) -> None:
    ran = run("search", "--claim", "NashGap <= 2*gamma/(1-gamma)", "--states", "3", "--json")
    assert (ran.code, ran.json["status"]) == (0, "ruled_out")


def test_out_of_time_is_undecided_and_says_why(run: Run) -> None:
    ran = run("search", "--sup", "--states", "40", "--seconds", "0.01", "--json")
    assert ran.code == 3
    assert ran.json["status"] == "undecided"
    assert "time" in ran.json["reason"]
    assert Fraction(ran.json["lower"] or 0) <= Fraction(ran.json["upper"])


def test_output_writes_certificate_and_witness(run: Run, tmp_path: Path) -> None:
    ran = run("search", "--sup", "-o", "sup.json")
    assert ran.code == 0
    for name in ("sup.json", "sup-witness.json"):
        assert f"nashgap verify {name}" in ran.out
        assert run("verify", name).code == 0
    assert json.loads((tmp_path / "sup.json").read_text())["format"] == "nashgap/certificate/1"


def test_quiet_says_nothing_and_keeps_the_exit_code(run: Run) -> None:
    assert run("search", "--gap-at-least", "18", "--quiet") == (0, "", "")


def test_text_puts_the_status_word_first_and_prints_the_game_in_full(run: Run) -> None:
    ran = run("search", "--gap-at-least", "18")
    lines = ran.out.splitlines()
    assert lines[0].startswith("found  ")
    assert max(map(len, lines)) <= 100
    for part in ("class", "any kernel", "expert", "learner", "deviation", "nashgap verify"):
        assert part in ran.out
    assert run("search", "--sup").out.startswith(
        "ruled_out  the supremum of the Nash gap is 18, attained"
    )


def test_shapes_are_what_was_asked(run: Run) -> None:
    flags = ("--players", "3", "--states", "4", "--actions", "2,1,3", "--gap-at-least", "18")
    game = run("search", *flags, "--json").json
    assert game["class"]["actions"] == [2, 1, 3]
    assert [len(names) for names in game["witness"]["actions"]] == [2, 1, 3]


def test_one_player_only(run: Run) -> None:
    ran = run("search", "--gap-at-least", "18", "--player", "1", "--json")
    assert ran.json["witness"]["witness"]["player"] == 1
