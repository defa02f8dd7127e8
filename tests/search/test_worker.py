"""Workers: deadlines that hold, limited memory, deaths that are noticed, results that are kept."""

import os
import time
from collections.abc import Iterator

import pytest

from nashgap.search.worker import Stopped, stream


def counting(count: int) -> Iterator[int]:
    yield from range(count)


def then_sleep(count: int) -> Iterator[int]:
    yield from range(count)
    time.sleep(60)


def then_crash(count: int) -> Iterator[int]:
    yield from range(count)
    raise ValueError("broken")


def then_die(count: int) -> Iterator[int]:
    yield from range(count)
    os._exit(9)


def hungry() -> Iterator[int]:
    kept = [bytearray(50_000_000) for _ in range(100)]
    yield len(kept)


def own_pid() -> Iterator[int]:
    yield os.getpid()
    time.sleep(60)


def test_results_in_order_and_in_another_process() -> None:
    assert list(stream(counting, 5)) == [0, 1, 2, 3, 4]
    assert next(iter(stream(own_pid))) != os.getpid()


def test_a_deadline_is_a_kill_and_keeps_what_came() -> None:
    started = time.monotonic()
    found = list(stream(then_sleep, 3, seconds=0.5))
    assert time.monotonic() - started < 5
    assert found[:3] == [0, 1, 2]
    assert isinstance(found[3], Stopped)
    assert "time" in found[3].reason


def test_a_crash_is_a_value_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    failed = "the worker failed: ValueError: broken"
    assert list(stream(then_crash, 1)) == [0, Stopped(failed)]
    assert [(one.levelname, one.message) for one in caplog.records] == [("WARNING", failed)]


def test_a_death_is_a_value() -> None:
    found = list(stream(then_die, 2))
    assert found[:2] == [0, 1]
    assert isinstance(found[2], Stopped)
    assert "died" in found[2].reason


def test_memory_is_limited() -> None:
    (found,) = stream(hungry, memory=1 << 30)
    assert isinstance(found, Stopped)
    assert "memory" in found.reason


def test_closing_kills() -> None:
    running = stream(own_pid)
    pid = next(running)
    running.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
