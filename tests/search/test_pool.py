"""Workers end with the process that uses them, however it ends."""

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from nashgap.search.pool import Pool

PROGRAM = textwrap.dedent(
    """
    import os, sys, time
    from nashgap.search.pool import Pool
    from nashgap.search.worker import stream

    def busy():
        yield os.getpid()
        time.sleep(60)

    def names_itself(path):
        with open(path, "w") as file:
            file.write(f"{os.getpid()} ")
        time.sleep(60)

    if __name__ == "__main__":
        kind, folder = sys.argv[1:]
        if kind == "stream":
            for pid in stream(busy):
                print(pid, flush=True)
        pool = Pool(2)
        for k in range(2):
            pool.executor().submit(names_itself, f"{folder}/{k}")
        while not all(os.path.exists(f"{folder}/{k}") for k in range(2)):
            time.sleep(0.02)
        time.sleep(0.1)
        print(*(open(f"{folder}/{k}").read() for k in range(2)), flush=True)
        if kind == "close":
            pool.close()
        time.sleep(60)
    """
)


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().split(") ")[1][0] != "Z"


@pytest.mark.parametrize("kind", ["stream", "kill", "close"])
def test_no_worker_outlives_a_kill_or_a_close(kind: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [sys.executable, str(tmp_path / "program.py"), kind, str(tmp_path)]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert running.stdout is not None
        workers = [int(word) for word in running.stdout.readline().split()]
        assert len(workers) == (1 if kind == "stream" else 2)
        if kind != "close":
            running.kill()
        until = time.monotonic() + 20
        while any(map(is_alive, workers)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not [pid for pid in workers if is_alive(pid)]
    finally:
        running.kill()
        running.communicate()


def test_a_pool_starts_anew_after_a_close() -> None:
    pool = Pool(1)
    for _ in range(2):
        assert pool.executor().submit(abs, -3).result(timeout=60) == 3
        pool.close()
