"""A store of finished tasks: one SQLite file, safe against kill -9 and shared by processes.

A task is a kind and a JSON payload; its key is a digest of both and of the versions of what
computes it, so a result is reused exactly as long as the same programs would compute it again: an
old store stays whole, and what it answered is asked again where the program has changed. A result
is one committed row: killing a process at any moment loses at most the tasks in flight.
"""

import hashlib
import json
import logging
import os
import socket
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nashgap.theory.errors import BadInput

_APPLICATION = 0x4E474150
_SCHEMA = 2
_WAIT = 30.0

_TABLES = """
CREATE TABLE results (
    key TEXT PRIMARY KEY, task TEXT NOT NULL, result TEXT NOT NULL, finished REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE leases (
    key TEXT PRIMARY KEY, owner TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL,
    until REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE partial (key TEXT PRIMARY KEY, result TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE disagreements (
    key TEXT NOT NULL, kept TEXT NOT NULL, other TEXT NOT NULL, seen REAL NOT NULL
);
"""


@dataclass(frozen=True)
class Task:
    """One piece of work, named by its content.

    Attributes:
        kind: what is to be done with the payload.
        payload: a JSON object.
        versions: of every program on which the result depends.

    Example:
        >>> a, b = Task("search", {"states": 3}, {"z3": "4.13"}), Task("search", {"states": 3}, {})
        >>> a.key == b.key, len(a.key)
        (False, 64)
    """

    kind: str
    payload: Mapping[str, Any]
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """The task as canonical JSON."""
        whole = {"kind": self.kind, "payload": self.payload, "versions": self.versions}
        return json.dumps(whole, sort_keys=True, separators=(",", ":"))

    @property
    def key(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content.encode()).hexdigest()


class Store:
    """Results by task, in one file that several processes may have open.

    Args:
        path: the file; it is made when there is none.

    Raises:
        BadInput: the file is damaged, or is another program's; the message says what to do.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.owner = uuid.uuid4().hex
        try:
            self._connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
        except sqlite3.Error as error:
            raise self._unusable(error) from None
        try:
            self._open()
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise self._unusable(error) from None
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise self._refused(f"is damaged or not a store ({error})") from None
        except BadInput:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives back this process's leases and closes the file."""
        with closing(self._connection), self._if_possible():
            self._connection.execute("DELETE FROM leases WHERE owner = ?", (self.owner,))

    def result(self, task: Task) -> Any | None:
        """The stored result of a task, or None."""
        row = self._connection.execute(
            "SELECT result FROM results WHERE key = ?", (task.key,)
        ).fetchone()
        return None if row is None else json.loads(row[0])

    def has(self, task: Task) -> bool:
        """Whether the task is finished."""
        row = self._connection.execute("SELECT 1 FROM results WHERE key = ?", (task.key,))
        return row.fetchone() is not None

    def outdated(self, tasks: Iterable[Task]) -> int:
        """How many unfinished tasks other versions of the program have finished.

        Their results stay in the file; they are not taken for results of this version.
        """
        asked = {_what(task.content) for task in tasks if not self.has(task)}
        rows = self._connection.execute("SELECT task FROM results").fetchall() if asked else []
        return len(asked & {_what(content) for (content,) in rows})

    def release(self, task: Task) -> None:
        """Gives a claimed task back unfinished."""
        with self._if_possible():
            self._connection.execute("DELETE FROM leases WHERE key = ?", (task.key,))

    def results(self) -> Iterator[tuple[dict[str, Any], Any]]:
        """Every finished task (as its JSON content) with its result, in the order of finishing."""
        rows = self._connection.execute("SELECT task, result FROM results ORDER BY finished, key")
        for task, result in rows.fetchall():
            yield json.loads(task), json.loads(result)

    def finish(
        self, task: Task, result: Any, same: Callable[[Any, Any], bool] | None = None
    ) -> None:
        """Keeps a result and ends the lease.

        The first result of a task stays. A later one that differs is kept beside it and shows up in
        `disagreements`.

        Args:
            task: what was done.
            result: a JSON value.
            same: whether two results agree; by default they must be equal.
        """
        written = json.dumps(result, sort_keys=True)
        key, now = task.key, time.time()
        with self._if_possible():
            self._connection.execute("DELETE FROM leases WHERE key = ?", (key,))
            kept = self._connection.execute(
                "SELECT result FROM results WHERE key = ?", (key,)
            ).fetchone()
            if kept is None:
                row = (key, task.content, written, now)
                self._connection.execute("INSERT INTO results VALUES (?, ?, ?, ?)", row)
            elif kept[0] != written and not (same and same(json.loads(kept[0]), result)):
                self._disagree(key, kept[0], written)

    def disagree(self, task: Task, one: Any, other: Any) -> None:
        """Keeps two answers to one task that contradict each other, once."""
        with self._if_possible():
            self._disagree(
                task.key, json.dumps(one, sort_keys=True), json.dumps(other, sort_keys=True)
            )

    def _disagree(self, key: str, one: str, other: str) -> None:
        known = self._connection.execute(
            "SELECT 1 FROM disagreements WHERE key = ? AND kept = ? AND other = ?",
            (key, one, other),
        )
        if known.fetchone() is None:
            row = (key, one, other, time.time())
            self._connection.execute("INSERT INTO disagreements VALUES (?, ?, ?, ?)", row)

    def partial(self, task: Task) -> Any | None:
        """What was known of an unfinished task when it was last left off, or None."""
        row = self._connection.execute("SELECT result FROM partial WHERE key = ?", (task.key,))
        found = row.fetchone()
        return None if found is None else json.loads(found[0])

    def leave_off(self, task: Task, known: Any) -> None:
        """Keeps what is known of an unfinished task, in place of what was known before."""
        with self._if_possible():
            row = (task.key, json.dumps(known, sort_keys=True))
            self._connection.execute("REPLACE INTO partial VALUES (?, ?)", row)

    def disagreements(self) -> list[tuple[str, Any, Any]]:
        """(key, kept answer, differing answer) for every task that was answered in two ways."""
        rows = self._connection.execute("SELECT key, kept, other FROM disagreements").fetchall()
        return [(key, json.loads(kept), json.loads(other)) for key, kept, other in rows]

    def claim(self, tasks: Iterable[Task], count: int, seconds: float) -> list[Task]:
        """Takes at most `count` unfinished tasks that nobody alive is at work on.

        A lease runs for `seconds` and is renewed by `renew`. One whose process is gone from this
        machine, or that ran out, is taken over.
        """
        taken: list[Task] = []
        with self._transaction():
            for task in tasks:
                if len(taken) >= count:
                    break
                if self._is_free(task.key):
                    row = (
                        task.key,
                        self.owner,
                        socket.gethostname(),
                        os.getpid(),
                        time.time() + seconds,
                    )
                    self._connection.execute("REPLACE INTO leases VALUES (?, ?, ?, ?, ?)", row)
                    taken.append(task)
        return taken

    def renew(self, seconds: float) -> None:
        """Prolongs every lease of this process to `seconds` from now."""
        with self._if_possible():
            self._connection.execute(
                "UPDATE leases SET until = ? WHERE owner = ?", (time.time() + seconds, self.owner)
            )

    def _is_free(self, key: str) -> bool:
        if self._connection.execute("SELECT 1 FROM results WHERE key = ?", (key,)).fetchone():
            return False
        lease = self._connection.execute(
            "SELECT owner, host, pid, until FROM leases WHERE key = ?", (key,)
        ).fetchone()
        if lease is None:
            return True
        owner, host, pid, until = lease
        if owner == self.owner:
            return False
        return until < time.time() or (host == socket.gethostname() and not _is_alive(pid))

    def _open(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {int(_WAIT * 1000)}")
        with self._transaction():
            written = self._pragma("application_id")
            tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if written == 0 and tables == 0:
                for statement in _TABLES.split(";"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._connection.execute(f"PRAGMA user_version = {_SCHEMA}")
            elif written != _APPLICATION:
                raise self._refused("is the database of another program")
            elif self._pragma("user_version") != _SCHEMA:
                raise self._refused(f"has schema {self._pragma('user_version')}, not {_SCHEMA}")
        self._connection.execute("PRAGMA journal_mode = WAL")
        check = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if check != "ok":
            raise self._refused(f"is damaged ({str(check).splitlines()[-1]})")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing.

        Raises:
            BadInput: the file takes no more.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has ended it already
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise self._unusable(error) from None

    @contextmanager
    def _if_possible(self) -> Iterator[None]:
        """Where the file takes no more, goes on without it: an answer is worth more than its place.

        The log says what is not kept.
        """
        try:
            with self._transaction():
                yield
        except BadInput as error:
            logging.getLogger(__name__).warning("what was found last is not kept: %s", error)

    def _unusable(self, error: sqlite3.Error) -> BadInput:
        """The file is not to blame, but its place."""
        needed = "a file that you alone may write to, in a folder that exists, with room"
        return BadInput(str(self.path), f"cannot be used as a store ({error})", needed)

    def _refused(self, given: str) -> BadInput:
        return BadInput(
            str(self.path),
            given,
            "a store of this version: move the file away (`sqlite3 FILE .recover` reads what is"
            " left of a damaged one) or name another, then start again",
        )


def _what(content: str) -> str:
    """A task's content without the versions, which come last."""
    return content.rpartition(',"versions":')[0]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
