"""`nashgap atlas`: the table, proofs that `verify` accepts, and a rebuild that outlives kill -9."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nashgap.search.atlas import atlas
from nashgap.search.store import Store

Run = Callable[..., Any]
ONE = "rho/nash,state-rewards/n2S3A2/gamma=9/10"
EASY = ("rho/dominant/n2S2A2/",)
HUNDRED = ("rho/nash/", "rho/nash,zero-sum/", "rho/nash,common-payoff/", "rho/nash,turn-based/")


def test_the_table_has_every_class_and_its_formula(run: Run) -> None:
    ran = run("atlas")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 100
    assert "rho/nash,reset=b" in ran.out
    assert "sup = 2*gamma*(1 - b)/(1 - gamma)" in ran.out
    assert "fitted to" in ran.out


def test_filters_and_json(run: Run) -> None:
    flags = ("--match", "rho", "--assume", "state-rewards,nash", "--states", "3", "--gamma", "9/10")
    found = run("atlas", *flags, "--json").json
    assert found["status"] == "done"
    one = next(entry for entry in found["entries"] if entry["name"] == ONE)
    assert (one["supremum"], one["attained"], one["status"]) == ("81/5", True, "ruled_out")
    assert len(found["entries"]) > 1
    listed = run("atlas", *flags, "--entries").out
    for entry in found["entries"]:
        assert {"nash", "state-rewards"} <= {*entry["class"]["assumptions"]}
        assert (entry["class"]["states"], entry["class"]["discount"]) == (3, "9/10")
        assert f"\n  {entry['name']}  " in listed
    assert all(family["entries"] for family in found["families"])


def test_one_entry_in_full_and_its_files(run: Run, tmp_path: Path) -> None:
    ran = run("atlas", ONE)
    assert "81/5 = 16.2 attained" in ran.out
    assert "exploiting player" in ran.out
    assert run("atlas", ONE, "-o", "e.json").code == 0
    for name, form in (("e.json", "certificate"), ("e-witness.json", "witness")):
        assert json.loads((tmp_path / name).read_text())["format"] == f"nashgap/{form}/1"
        assert run("verify", name).code == 0
    shown = run("atlas", ONE, "--json").json["entries"][0]
    assert shown["certificate"] == json.loads((tmp_path / "e.json").read_text())


def test_verify_checks_and_says_so(run: Run) -> None:
    ran = run("atlas", ONE, "--verify", "--json")
    assert (ran.code, ran.json["valid"], ran.json["checked"]) == (0, True, 1)


@pytest.mark.slow
def test_verify_of_the_whole_atlas(run: Run) -> None:
    assert run("atlas", "--verify").out.startswith(f"valid  {len(atlas().entries)} entries")


def test_verify_finds_what_is_wrong(run: Run, tmp_path: Path) -> None:
    from nashgap.search.atlas import Entry, file

    whole = atlas()
    one = whole.by_name[ONE]
    wrong = Entry(one.query, {**one.verdict, "supremum": "16"}, one.seconds)
    family = next(f for f in whole.families if any(e is one for _, e in f.entries))
    points = tuple((point, wrong if entry is one else entry) for point, entry in family.entries)
    changed = file.Atlas(tuple(e for _, e in points), (replace(family, entries=points),), {})
    file.write(changed, tmp_path / "wrong.xz")
    ran = run("atlas", ONE, "--verify", "--data", "wrong.xz", "--json")
    assert ran.code == 1
    assert "another gap than the supremum" in " ".join(ran.json["reasons"])
    assert "is not the supremum of" in " ".join(ran.json["reasons"])


def start(folder: Path, *names: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "nashgap", "atlas", *names, "--rebuild", "--workers", "2"]
    files = ["--store", "store", "-o", "atlas.xz", "--json"]
    return subprocess.Popen(
        [*command, *files], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finished(folder: Path, *names: str) -> dict[str, Any]:
    """The answers of a rebuild that goes on to its end, with their proofs."""
    out, err = start(folder, *names).communicate(timeout=600)
    assert json.loads(out)["status"] == "done", err
    built = atlas(folder / "atlas.xz")
    for entry in built.entries:
        entry.verified()
    return {
        entry.name: [entry.status, entry.supremum, entry.attained, entry.verdict["certificate"]]
        for entry in built.entries
    }


def count(folder: Path) -> int:
    """How many questions the store has answers to."""
    if not (folder / "store").exists():
        return 0
    with Store(folder / "store") as store:
        return sum(task["kind"] == "search" for task, _ in store.results())


def kill(folder: Path, kills: int, seed: int, *names: str) -> list[int]:
    """Kills a rebuild again and again; how much was kept each time."""
    chance, kept = random.Random(seed), []
    for _ in range(kills):
        process = start(folder, *names)
        time.sleep(chance.uniform(0.5, 2.5))
        process.kill()
        process.communicate()
        kept.append(count(folder))
    return kept


def test_a_rebuild_outlives_kills_and_does_nothing_twice(tmp_path: Path) -> None:
    kept = kill(tmp_path, 2, 1, *EASY)
    assert kept == sorted(kept)
    found = finished(tmp_path, *EASY)
    shipped = atlas().by_name
    assert len(found) == 6
    for name, (status, supremum, attained, _) in found.items():
        there = shipped[name]
        assert (status, supremum, attained) == (there.status, there.supremum, there.attained)


@pytest.mark.slow
def test_fifty_kills_end_in_the_undisturbed_atlas(tmp_path: Path) -> None:
    for name in ("killed", "left"):
        (tmp_path / name).mkdir()
    kept = kill(tmp_path / "killed", 50, 2, *HUNDRED)
    assert kept == sorted(kept)
    assert finished(tmp_path / "killed", *HUNDRED) == finished(tmp_path / "left", *HUNDRED)
    assert count(tmp_path / "killed") >= 100


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    process = start(tmp_path, *EASY)
    while process.poll() is None and not count(tmp_path):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    found = json.loads(out)
    if process.returncode == 130:
        assert found["interrupted"] is True
        assert not (tmp_path / "atlas.xz").exists()
    assert len(found["entries"]) >= 1
    assert "Traceback" not in err
