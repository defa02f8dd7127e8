"""The command as a process: Ctrl-C, a reader that goes away, exit codes."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

NASHGAP = [sys.executable, "-m", "nashgap"]
LONG = ["search", "--sup", "--states", "60", "--players", "3", "--actions", "3"]


def start(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NASHGAP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_ctrl_c_in_a_search_keeps_what_was_found() -> None:
    running = start(*LONG, "--json")
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    assert "Traceback" not in err
    found = json.loads(out)
    assert found["status"] == "undecided"
    assert found["interrupted"] is True
    assert "interrupted" in found["reason"]


def test_ctrl_c_at_once_is_130_without_a_traceback() -> None:
    running = start(*LONG)
    time.sleep(0.6)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in err


def test_no_worker_survives_an_interrupt() -> None:
    running = start(*LONG)
    time.sleep(4)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    workers = children.read_text().split() if children.exists() else []
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_ctrl_c_in_a_check_keeps_what_was_checked() -> None:
    running = start("check", "--all", "--stress", "--json")
    time.sleep(6)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    assert "Traceback" not in err
    assert isinstance(json.loads(out)["results"], list)


def test_a_reader_that_goes_away_is_no_error_and_changes_no_exit_code() -> None:
    for arguments, code in (("games --json", "0"), ("search --match mu --sup", "3")):
        command = f"{' '.join(NASHGAP)} {arguments} | true; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert done.stdout.strip() == code


def test_no_progress_where_nobody_looks_and_some_on_a_terminal() -> None:
    piped = start(*LONG, "--seconds", "4")
    _, err = piped.communicate(timeout=30)
    assert err == ""
    master, slave = pty.openpty()
    shown = subprocess.Popen(
        [*NASHGAP, *LONG, "--seconds", "4"], stdout=subprocess.DEVNULL, stderr=slave
    )
    shown.wait(timeout=30)
    os.close(slave)
    assert b" s" in os.read(master, 10_000)
    os.close(master)
