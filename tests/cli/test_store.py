"""`nashgap search --store`: answers are kept, and what an interrupt leaves is taken up again."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nashgap.search.store import Store

Run = Callable[..., Any]


def test_the_second_time_the_answer_is_there(run: Run, tmp_path: Path) -> None:
    first = run("search", "--sup", "--gamma", "1/2", "--store", "s.db", "--json").json
    second = run("search", "--sup", "--gamma", "0.5", "--store", "s.db", "--json").json
    assert [found["store"]["was_kept"] for found in (first, second)] == [False, True]
    assert first["store"]["disagreements"] == []
    for key in ("status", "supremum", "attained", "witness", "certificate", "class", "claim"):
        assert first[key] == second[key]
    said = run("search", "--sup", "--gamma", "1/2", "--store", "s.db").out
    assert "this answer was kept in s.db; finding it took" in said
    other = run("search", "--sup", "--gamma", "1/2", "--states", "1", "--store", "s.db", "--json")
    assert other.json["store"]["was_kept"] is False


def test_parts_by_workers(run: Run) -> None:
    flags = ("search", "--sup", "--gamma", "1/2", "--workers", "2", "--store", "s.db", "--json")
    found = run(*flags).json
    assert (found["status"], found["supremum"], found["attained"]) == ("ruled_out", "2", True)
    assert [case["visited"] for case in found["certificate"]["cases"]] == [1, 2]
    assert run(*flags).json["store"]["was_kept"] is True


def test_disagreements_are_said(run: Run) -> None:
    run("search", "--gap-at-least", "2", "--gamma", "1/2", "--store", "s.db", "--quiet")
    with Store("s.db") as store:
        found = [(task, result) for task, result in store.results() if task["kind"] == "search"]
        ((task, result),) = found
        from nashgap.search.question import question_of

        store.disagree(question_of(task["payload"]).task, result, {"status": "ruled_out"})
    ran = run("search", "--gap-at-least", "2", "--gamma", "1/2", "--store", "s.db", "--json")
    assert (ran.code, ran.json["status"]) == (3, "undecided")
    assert "contradict" in ran.json["reason"]
    assert ran.json["store"]["disagreements"][0][1] == {"status": "ruled_out"}


def test_ctrl_c_leaves_what_is_known_in_the_store(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nashgap", "search", "--sup", "--states", "2"]
    command += ["--assume", "nash,own-rewards", "--store", "s.db", "--json"]
    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (tmp_path / "s.db").exists():
        time.sleep(0.05)
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in err
    if running.returncode != 130:
        return  # it was done before
    assert json.loads(out)["interrupted"] is True
    with Store(tmp_path / "s.db") as store:
        assert list(store.results()) == []
    done = subprocess.run(
        [*command, "--seconds", "0.001"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    before, after = json.loads(out), json.loads(done.stdout)
    if before["lower"] is not None:
        assert after["lower"] == before["lower"]
        assert after["witness"] is not None
