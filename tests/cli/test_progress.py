"""Progress on a terminal, and Ctrl-C: parts done, the best so far, the bound; nothing is lost."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from nashgap.numeric.games.random import random_game
from nashgap.numeric.io import save

NASHGAP = [sys.executable, "-m", "nashgap"]
KERNEL = {
    "start": ["1/2", "1/2", "0"],
    "transition": [
        [[["1/2", "1/2", "0"], ["0", "1/3", "2/3"]], [["1", "0", "0"], ["1/3", "2/3", "0"]]],
        [[["0", "1", "0"], ["1", "0", "0"]], [["1/4", "3/4", "0"], ["1/2", "0", "1/2"]]],
        [[["0", "0", "1"], ["1", "0", "0"]], [["1/4", "3/4", "0"], ["1/2", "0", "1/2"]]],
    ],
}


def interrupted(*arguments: str, word: str) -> tuple[dict[str, Any], str]:
    """Runs a command on a terminal until its line says a word, then presses Ctrl-C.

    Returns what it printed as JSON, which must come with the exit code 130, and its lines.
    """
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [*NASHGAP, *arguments, "--json"], stdout=subprocess.PIPE, stderr=slave, text=True
    )
    os.close(slave)
    shown, end = "", time.monotonic() + 60
    while not re.search(word, shown) and time.monotonic() < end:
        try:
            shown += os.read(master, 10_000).decode()
        except OSError:  # it ended, and nobody else has the terminal open
            break
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=60)
    os.close(master)
    assert re.search(word, shown), shown
    assert running.returncode == 130, shown
    found: dict[str, Any] = json.loads(out)
    return found, shown


def test_small_errors() -> None:
    asked = "search --match bc --eps 1/10 --assume dominant --states 2 --gamma 9/10 --sup"
    found, _ = interrupted(*asked.split(), word=r"of 2 rounds done, best gap \S+, proved bound \d")
    assert re.match(r"interrupted: \d of 2 rounds done, best gap", found["reason"])
    assert found["lower"] is not None
    assert found["witness"] is not None
    assert found["certificate"] is not None


@pytest.mark.slow
def test_given_kernels(tmp_path: Path) -> None:
    path = tmp_path / "kernel.json"
    path.write_text(json.dumps(KERNEL))
    asked = ["search", "--assume", "dominant,pure", "--match", "mu", "--states", "3", "--sup"]
    found, _ = interrupted(*asked, "--fix", str(path), word=r"\d+ of \d+ gains done, ")
    assert re.match(r"interrupted: \d+ of \d+ gains done, .*proved bound", found["reason"])


@pytest.mark.slow
def test_learners(tmp_path: Path) -> None:
    path = tmp_path / "game.json"
    made = random_game(7, states=3, actions=2, discount="9/10")
    save(path, made.game, made.expert)
    asked = ["learners", str(path), "--match", "rho", "--eps", "1/3", "--nodes", "10000"]
    found, _ = interrupted(*asked, word=r"\d+ of 10000 pieces done, best gap \S+, proved bound")
    assert len(found["largest"]) == 1


@pytest.mark.slow
def test_a_check_of_the_atlas() -> None:
    found, shown = interrupted("atlas", "--verify", word=r"[1-9]\d* of \d+ entries checked, 0 fau")
    assert found["valid"] is None
    assert 0 < found["checked"] < 1214
    assert "s left; " in shown
    assert found["status"] == "undecided"


@pytest.mark.slow
def test_a_rebuild_of_the_atlas(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store"), "-o", str(tmp_path / "atlas.xz")]
    chosen = ["atlas", "--rebuild", "--states", "4", "--workers", "1", *store]
    found, _ = interrupted(*chosen, word=r"[1-9]\d* of \d+ entries done, best gap \S+, proved")
    assert len(found["entries"]) >= 1
    assert not (tmp_path / "atlas.xz").exists()


def test_a_conjecture() -> None:
    asked = ["conjecture", "C <= 1", "--assume", "nash,match-rho"]
    found, shown = interrupted(*asked, "--seconds", "60", word=r"[1-9]\d* games done, none breaks")
    assert found["status"] == "undecided"
    assert found["interrupted"] is True
    assert sum(found["tried"].values()) > 0, shown
