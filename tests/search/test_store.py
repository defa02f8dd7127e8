"""The store loses nothing, shares work, and refuses what is not its own."""

import os
import sqlite3
from pathlib import Path

import pytest

from nashgap.search.store import Store, Task
from nashgap.theory.errors import BadInput


def tasks(count: int) -> list[Task]:
    return [Task("square", {"number": k}, {"solver": "1"}) for k in range(count)]


def test_key_depends_on_every_part_and_not_on_the_order_of_keys() -> None:
    base = Task("a", {"x": 1, "y": 2}, {"z3": "4"})
    assert base.key == Task("a", {"y": 2, "x": 1}, {"z3": "4"}).key
    others = [
        Task("b", base.payload, base.versions),
        Task("a", {"x": 1}, base.versions),
        Task("a", base.payload),
    ]
    assert len({base.key, *(t.key for t in others)}) == 4


def test_results_outlive_the_process(tmp_path: Path) -> None:
    first, second = tasks(2)
    with Store(tmp_path / "s") as store:
        store.finish(first, {"status": "found"})
    with Store(tmp_path / "s") as store:
        assert store.result(first) == {"status": "found"}
        assert store.result(second) is None
        assert [result for _, result in store.results()] == [{"status": "found"}]


def test_a_second_differing_result_is_kept_beside_the_first(tmp_path: Path) -> None:
    (task,) = tasks(1)
    with Store(tmp_path / "s") as store:
        for result in ("found", "found", "ruled_out"):
            store.finish(task, result)
        assert store.result(task) == "found"
        assert store.disagreements() == [(task.key, "found", "ruled_out")]


def test_two_owners_never_hold_the_same_task(tmp_path: Path) -> None:
    work = tasks(6)
    with Store(tmp_path / "s") as one, Store(tmp_path / "s") as two:
        mine = one.claim(work, 4, 60)
        yours = two.claim(work, 4, 60)
        assert (len(mine), len(yours)) == (4, 2)
        assert not {t.key for t in mine} & {t.key for t in yours}
        one.finish(mine[0], 1)
        assert two.claim(work, 6, 60) == []


def test_leases_end_with_time_with_their_process_and_with_the_store(tmp_path: Path) -> None:
    work = tasks(3)
    with Store(tmp_path / "s") as one, Store(tmp_path / "s") as two:
        one.claim(work[:1], 1, -1)
        assert two.claim(work[:1], 1, 60) == work[:1]
        child = os.fork()
        if child == 0:
            Store(tmp_path / "s").claim(work[1:2], 1, 60)
            os._exit(0)
        os.waitpid(child, 0)
        assert two.claim(work[1:2], 1, 60) == work[1:2]
        third = Store(tmp_path / "s")
        third.claim(work[2:], 1, 60)
        assert two.claim(work[2:], 1, 60) == []
        third.close()
        assert two.claim(work[2:], 1, 60) == work[2:]


def test_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "foreign"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(BadInput, match="another program"):
        Store(path)
    assert path.read_bytes() == before


def test_another_schema_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "s").close()
    with sqlite3.connect(tmp_path / "s") as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(BadInput, match="schema 99"):
        Store(tmp_path / "s")


@pytest.mark.parametrize("keep", [10, 100, 4096, 5000])
def test_a_torn_file_is_refused_with_its_mend(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "s"
    with Store(path) as store:
        for task in tasks(300):
            store.finish(task, "x" * 100)
    os.truncate(path, keep)
    with pytest.raises(BadInput, match="recover"):
        Store(path)


def test_not_a_database_and_no_folder(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello " * 500)
    with pytest.raises(BadInput, match="damaged or not a store"):
        Store(tmp_path / "text")
    with pytest.raises(BadInput, match="cannot be used as a store"):
        Store(tmp_path / "no" / "s")


def test_a_full_disk_costs_the_store_and_not_the_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Catches an answer that is lost, and a traceback, where the disk fills during the work."""
    one, other = tasks(2)
    with Store(tmp_path / "s") as store:
        store.finish(one, "kept")
        store._connection.execute("PRAGMA max_page_count = 8")
        store.finish(other, "y" * 100_000)
        store.leave_off(other, "y" * 100_000)
        assert (store.result(one), store.result(other)) == ("kept", None)
    assert caplog.text.count("not kept") == 2
    assert "disk is full" in caplog.text
    with Store(tmp_path / "s") as store:
        assert store.result(one) == "kept"
        store.finish(other, "y" * 100_000)
        assert store.has(other)
