"""A run survives kill -9, dead workers and company, and never does finished work again."""

import random
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

import pytest

from nashgap.search.run import Progress, run
from nashgap.search.store import Store, Task

PROGRAM = textwrap.dedent(
    """
    import os, signal, sys, time
    from concurrent.futures import ThreadPoolExecutor
    from nashgap.search.run import Died, run
    from nashgap.search.store import Store, Task

    def slow_square(task):
        time.sleep(0.004)
        with open(sys.argv[2], "a") as log:
            log.write(f"{task.payload['number']}\\n")
        return task.payload["number"] ** 2

    def die_at_three(task):
        if task.payload["number"] == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return task.payload["number"] ** 2

    if __name__ == "__main__":
        count, solve = int(sys.argv[3]), globals()[sys.argv[4]]
        tasks = [Task("square", {"number": k}) for k in range(count)]
        pool = ThreadPoolExecutor(2) if solve is slow_square else None
        with Store(sys.argv[1]) as store:
            found = run(tasks, solve, store, executor=pool)
        print(["died" if isinstance(x, Died) else x for x in found])
    """
)


def numbers(count: int) -> list[Task]:
    return [Task("square", {"number": k}) for k in range(count)]


def square(task: Task) -> int:
    return int(task.payload["number"]) ** 2


def interrupt_at_five(task: Task) -> int:
    if task.payload["number"] == 5:
        raise KeyboardInterrupt
    return square(task)


def start(tmp_path: Path, count: int = 120, solve: str = "slow_square") -> "Popen[str]":
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    files = [str(tmp_path / "store"), str(tmp_path / "log")]
    command = [sys.executable, str(program), *files, str(count), solve]
    return Popen(command, stdout=PIPE, stderr=DEVNULL, text=True)


def kill_until_done(tmp_path: Path, kills: int, seed: int) -> list[int]:
    chance = random.Random(seed)
    for _ in range(kills):
        process = start(tmp_path)
        time.sleep(chance.uniform(0.05, 0.35))
        process.kill()
        process.communicate()
    out, _ = start(tmp_path).communicate(timeout=60)
    return list(map(int, out.strip("[]\n").split(", ")))


def test_results_in_order_and_nothing_done_twice(tmp_path: Path) -> None:
    seen: list[Progress] = []
    with Store(tmp_path / "s") as store, ThreadPoolExecutor(2) as pool:
        found = run(numbers(6), square, store, executor=pool, report=seen.append)
        assert found == [0, 1, 4, 9, 16, 25]
        assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, 6, 6)
        assert run(numbers(6), interrupt_at_five, store, executor=pool) == found


def test_a_task_that_kills_its_worker_costs_no_other_task(tmp_path: Path) -> None:
    out, _ = start(tmp_path, 6, "die_at_three").communicate(timeout=60)
    assert out == "[0, 1, 4, 'died', 16, 25]\n"
    with Store(tmp_path / "store") as store, ThreadPoolExecutor(1) as pool:
        assert store.result(numbers(4)[3]) is None
        assert run(numbers(6), square, store, executor=pool)[3] == 9


def test_an_interrupt_keeps_what_was_finished(tmp_path: Path) -> None:
    with Store(tmp_path / "s") as store, ThreadPoolExecutor(1) as pool:
        with pytest.raises(KeyboardInterrupt):
            run(numbers(9), interrupt_at_five, store, executor=pool, workers=1)
        assert [store.result(t) for t in numbers(6)] == [0, 1, 4, 9, 16, None]
    with Store(tmp_path / "s") as store, ThreadPoolExecutor(1) as pool:
        assert run(numbers(9), square, store, executor=pool)[-1] == 64


def test_kill_nine_loses_only_the_tasks_in_flight(tmp_path: Path) -> None:
    kills = 4
    assert kill_until_done(tmp_path, kills, seed=1) == [k * k for k in range(120)]
    done = (tmp_path / "log").read_text().split()
    assert 120 <= len(done) <= 120 + 2 * kills


def test_two_processes_share_one_store(tmp_path: Path) -> None:
    both = [start(tmp_path), start(tmp_path)]
    printed = [process.communicate(timeout=60)[0] for process in both]
    assert printed[0] == printed[1] == f"{[k * k for k in range(120)]}\n"
    assert sorted(map(int, (tmp_path / "log").read_text().split())) == list(range(120))


@pytest.mark.slow
def test_fifty_kills_end_in_the_undisturbed_result(tmp_path: Path) -> None:
    assert kill_until_done(tmp_path, 50, seed=2) == [k * k for k in range(120)]
