"""The command as a process: Ctrl-C, a reader that goes away, exit codes."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nashgap.cli import main

from .conftest import Run

NASHGAP = [sys.executable, "-m", "nashgap"]
LONG = ["search", "--sup", "--states", "60", "--players", "3", "--actions", "3"]


def start(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NASHGAP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def interrupted_at_work(*arguments: str, word: bytes = b" s") -> tuple[int | None, str, list[str]]:
    """Starts a command on a terminal, waits for a word of its progress line, presses Ctrl-C.

    Returns the exit code, stdout, and the processes that it had started.
    """
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [*NASHGAP, *arguments], stdout=subprocess.PIPE, stderr=slave, text=True
    )
    shown = os.read(master, 10_000)
    for _ in range(20):
        if word in shown:
            break
        shown += os.read(master, 10_000)
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    workers = children.read_text().split() if children.exists() else []
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=60)
    os.close(slave)
    os.close(master)
    assert word in shown
    return running.returncode, out, workers


def test_ctrl_c_in_a_search_keeps_what_was_found_and_leaves_no_worker() -> None:
    code, out, workers = interrupted_at_work(*LONG, "--json", word=b"60 cases done, ")
    assert code == 130
    found = json.loads(out)
    assert found["status"] == "undecided"
    assert found["interrupted"] is True
    assert re.match(r"interrupted: \d+ of 60 cases done, .*proved bound 20", found["reason"])
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_ctrl_c_with_a_store_says_how_many_parts_are_done(tmp_path: Path) -> None:
    slow = ["search", "--sup", "--states", "30", "--players", "3", "--actions", "3"]
    through = ["--store", str(tmp_path / "runs.db"), "--workers", "1"]
    code, out, _ = interrupted_at_work(*slow, *through, "--json", word=b" parts done, ")
    assert code == 130
    assert re.search(r"\d+ of 30 parts done, .*proved bound 20", json.loads(out)["reason"])


def test_ctrl_c_in_a_check_keeps_what_was_checked() -> None:
    code, out, _ = interrupted_at_work("check", "--all", "--stress", "--json")
    assert code == 130
    found = json.loads(out)
    assert found["interrupted"] is True
    assert isinstance(found["results"], list)


def test_ctrl_c_at_once_is_130_without_a_traceback() -> None:
    running = start(*LONG, "-v")
    assert running.stderr is not None
    assert "running search" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in err


def test_ctrl_c_while_the_commands_load_is_130_and_one_line() -> None:
    code = (
        "import signal, nashgap.start as start\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'nashgap.cli.search':\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "import sys\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "sys.exit(start.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "nashgap: interrupted\n")


def test_ctrl_c_after_the_answer_changes_nothing() -> None:
    code = (
        "import atexit, signal, sys, nashgap.start as start\n"
        "atexit.register(signal.raise_signal, signal.SIGINT)\n"
        "sys.argv = ['nashgap', '--version']\n"
        "sys.exit(start.main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_ctrl_c_in_a_command_that_keeps_nothing_says_so() -> None:
    running = start("derive", "NashGap", "--assume", "dominant", "-v")
    assert running.stderr is not None
    while "one-step" not in (line := running.stderr.readline()):
        assert line
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out) == (130, "")
    assert "nashgap: interrupted\n" in err


def test_an_interrupt_that_a_module_turns_into_its_own_error_is_130(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(_: object) -> int:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("half loaded") from None
        return 0

    monkeypatch.setattr("nashgap.cli.app.run", interrupted)
    before = signal.getsignal(signal.SIGINT)
    assert main([]) == 130
    assert signal.getsignal(signal.SIGINT) is before
    monkeypatch.setattr("nashgap.cli.app.run", broken)
    with pytest.raises(ImportError):
        main([])


def broken(_: object) -> int:
    raise ImportError("not there")


def test_a_reader_that_goes_away_is_no_error_and_changes_no_exit_code() -> None:
    for arguments, code in (
        ("games --json", "0"),
        ("search --sup --states 40 --seconds 0.01", "3"),
    ):
        command = f"{' '.join(NASHGAP)} {arguments} | true; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert done.stdout.strip() == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line_and_a_closed_output_no_error() -> None:
    for redirect, code, said in ((">/dev/full", 2, "standard output: cannot"), (">&-", 0, "")):
        command = f"{' '.join(NASHGAP)} games {redirect}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert said in done.stderr
        assert done.stderr.count("\n") == bool(said)


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


def test_an_interrupt_while_the_line_is_read_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typer alone would turn it into 130 without a word."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for step in ("make_context", "invoke"):
        with monkeypatch.context() as patched:
            patched.setattr(f"typer.core.TyperGroup.{step}", interrupted)
            done = run("games")
        assert (done.code, done.out, done.err) == (130, "", "nashgap: interrupted\n")
