"""`nashgap derive`: status words, exit codes, and files that `verify` accepts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

COMMON = {"status", "claim", "class", "evidence", "witness", "certificate", "seconds", "versions"}


def verified(run: Run, path: str) -> bool:
    ran = run("verify", path, "--json")
    assert ran.code in (0, 1)
    return bool(ran.json["valid"])


def test_proved(run: Run, tmp_path: Path) -> None:
    flags = ("--without", "all", "--rewards", "0,1", "--horizon")
    ran = run("derive", "NashGap", "--assume", "dominant", *flags, "--json")
    assert ran.code == 0
    assert ran.err == ""
    found = ran.json
    assert set(found) >= COMMON
    assert found["status"] == "proved"
    assert found["claim"] == "NashGap <= (1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2"
    assert found["class"]["assumptions"] == ["dominant"]
    first, *others = found["bounds"]
    assert first["derivation"] == found["derivation"]
    halved, stepped = first["transferred"]
    assert halved["games"] == "rewards in [0, 1]"
    assert stepped["claim"] == "NashGap <= (horizon + n*(horizon**2 - horizon))*eps_BC"
    files = [b["derivation"] for b in (first, *others)]
    for k, raw in enumerate([*files, stepped["derivation"], found["whole"]]):
        (tmp_path / f"{k}.json").write_text(json.dumps(raw))
        assert verified(run, f"{k}.json")


def test_files_and_text(run: Run, tmp_path: Path) -> None:
    ran = run("derive", "ValueGap", "-o", "out.json")
    assert ran.code == 0
    assert ran.out.startswith("proved  ValueGap <= n*eps_BC/(1 - gamma)**2\n")
    written = sorted(path.name for path in tmp_path.glob("*.json"))
    assert written == ["out-2.json", "out-whole.json", "out.json"]
    assert all(f"nashgap verify {name}" in ran.out for name in written)
    assert all(verified(run, name) for name in written)
    claim = json.loads((tmp_path / "out-whole.json").read_text())["claim"]
    assert claim == "ValueGap <= min(n*eps_BC/(1 - gamma)**2, 2/(1 - gamma))"


def test_undecided(run: Run) -> None:
    asked = ["derive", "NashGap", "--assume", "nash", "--in", "mu_min,n"]
    ran = run(*asked, "--json")
    assert ran.code == 3
    assert ran.json["status"] == "undecided"
    assert (ran.json["claim"], ran.json["derivation"], ran.json["bounds"]) == (None, None, [])
    assert "gamma among the names" in ran.json["missing"][0]
    ran = run(*asked)
    assert ran.code == 3
    assert ran.out.startswith("undecided  NashGap, assuming nash\n  missing  ")


def test_quiet(run: Run) -> None:
    ran = run("derive", "ValueGap", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
