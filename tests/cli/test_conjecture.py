"""`nashgap conjecture`: status words, exit codes, and files that `verify` accepts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

COMMON = {"status", "claim", "class", "evidence", "witness", "certificate", "seconds", "versions"}
TEMPTING = "NashGap <= eps_BC/(1-gamma)**2"
SHARP = "NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2"


def verified(run: Run, tmp_path: Path, content: object) -> bool:
    (tmp_path / "file.json").write_text(json.dumps(content))
    ran = run("verify", "file.json", "--json")
    assert ran.code in (0, 1)
    return bool(ran.json["valid"])


def test_refuted(run: Run, tmp_path: Path) -> None:
    flags = ("--players", "2", "--states", "4", "--gamma", "9/10")
    ran = run("conjecture", TEMPTING, "--assume", "dominant", *flags, "--json")
    assert ran.code == 1
    assert ran.err == ""
    found = ran.json
    assert set(found) >= COMMON
    assert (found["status"], found["claim"]) == ("refuted", TEMPTING)
    assert found["certificate"] is None
    assert found["derivation"] is None
    assert found["class"]["states"] == 4
    assert len(found["witness"]["start"]) == 4
    assert verified(run, tmp_path, found["witness"])


def test_proved(run: Run, tmp_path: Path) -> None:
    ran = run("conjecture", SHARP.replace("1+", "2+"), "--assume", "dominant,pure", "--json")
    assert ran.code == 0
    found = ran.json
    assert found["status"] == "proved"
    assert found["witness"] is None
    assert found["derivation"]["format"] == "nashgap/derivation/1"
    assert found["derivation"]["assumptions"] == ["dominant"]
    assert verified(run, tmp_path, found["derivation"])
    assert found["dropped"]["pure"]["status"] == "proved"
    assert found["dropped"]["dominant"]["status"] == "refuted"
    assert verified(run, tmp_path, found["dropped"]["dominant"]["witness"])


def test_ruled_out(run: Run, tmp_path: Path) -> None:
    shape = ("--players", "2", "--states", "3", "--actions", "2", "--gamma", "1/2")
    claim = "NashGap <= 2 + eps_mu"
    ran = run("conjecture", claim, "--assume", "nash,match-rho", *shape, "--json")
    assert ran.code == 0
    found = ran.json
    if found["status"] == "ruled_out":
        assert found["class"]["assumptions"] == ["nash", "match-rho"]
        assert verified(run, tmp_path, found["certificate"])
    else:
        assert found["status"] == "proved"
        assert verified(run, tmp_path, found["derivation"])


def test_supported_or_undecided_is_exit_code_3(run: Run) -> None:
    shape = ("--players", "2", "--states", "1", "--gamma", "1/2", "--seconds", "2")
    claim = "NashGap <= 3*eps_rho + 7*delta"
    ran = run("conjecture", claim, "--assume", "nash,zero-sum", *shape, "--json")
    assert ran.code == 3
    assert ran.json["status"] in ("supported", "undecided")
    assert ran.json["witness"] is None
    assert ran.json["reasons"]


def test_the_default_assumption_is_nash(run: Run) -> None:
    ran = run("conjecture", "NashGap <= 1", "--json")
    assert ran.json["class"]["assumptions"] == ["nash"]
    assert ran.json["witness"]["witness"]["assumptions"] == ["nash"]


@pytest.mark.parametrize(
    ("claim", "assume", "word"),
    [(SHARP, "dominant", "proved"), (TEMPTING, "dominant", "refuted")],
)
def test_text_and_file(run: Run, tmp_path: Path, claim: str, assume: str, word: str) -> None:
    ran = run("conjecture", claim, "--assume", assume, "-o", "kept.json")
    assert ran.out.startswith(f"{word}  {claim}")
    assert "re-check it with: nashgap verify kept.json" in ran.out
    assert all(len(line) <= 100 for line in ran.out.splitlines())
    assert run("verify", "kept.json").code == 0


def test_quiet_says_nothing(run: Run) -> None:
    ran = run("conjecture", TEMPTING, "--assume", "dominant", "--quiet")
    assert (ran.code, ran.out, ran.err) == (1, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("NashGap <=",),
        ("NashGap <= 1", "--assume", "nsh"),
        ("NashGap <= 1", "--players", "0"),
        ("NashGap <= 1", "--gamma", "1"),
        ("NashGap <= 1", "--actions", "2,3", "--players", "3"),
        ("NashGap <= 1", "--seconds", "-1"),
        ("NashGap <= 1", "--assume", "zero-sum", "--players", "3"),
        ("NashGap <= 1", "-o", "missing/file.json"),
        (),
    ],
)
def test_misuse_is_one_line_and_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("conjecture", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
