"""A sealed planner for tests, and what is in it; without the dear way from a passphrase."""

from __future__ import annotations

import os
import signal
from datetime import date
from typing import TYPE_CHECKING, Any

from plannertui.core.goals import Measure
from plannertui.store import filing, goals, inbox, people, seal, sealing
from plannertui.store.key import Key
from plannertui.store.open import open_store
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from plannertui.store.open import Store

KEY = Key(bytes(range(32)), bytes(range(200, 216)))
TABLES = ("entry", "matter", "goal", "check_in", "link", "tag", "handle", "action")
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def planned(path: Path) -> None:
    """A sealed store with L1 Director, P1 Finance, P2 老李, G1 with a measure, and G2."""
    db = opened(path)
    people.add(db, alias="Director", now=NOW)
    people.add(db, alias="Finance", relation="peer", now=NOW)
    people.add(db, alias="老李", relation="peer", now=NOW)
    measure = Measure("open cases", "cases", 412, 100, 200, "down")
    for title, scale in (("Cut the backlog", measure), ("One form", None)):
        goals.add(
            db, year=2024, title=title, start=FIRST, due=LAST, now=NOW, measure=scale
        )
    sealing.tend(db, language="en", day_start="240", year_start="1")
    db.close()


def opened(path: Path) -> Store:
    """The store at ``path``, unlocked; a test does not wait for the disk."""
    db = open_store(str(path), now=NOW, key=KEY)
    db.conn.execute("PRAGMA synchronous = OFF")
    return db


def note_of(path: Path) -> seal.Seal:
    """Its note."""
    note = seal.read(str(path))
    assert note is not None
    return note


def texts(path: Path) -> list[str]:
    """The texts of all entries, in the order of their handles."""
    db = opened(path)
    try:
        return [row[0] for row in db.read("SELECT text FROM entry ORDER BY id")]
    finally:
        db.close()


def rows(db: Store) -> dict[str, list[dict[str, Any]]]:
    """All rows that capturing makes or changes, less their uids."""
    found = {}
    for table in TABLES:
        cursor = db.conn.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [column[0] for column in cursor.description]
        found[table] = [
            {n: v for n, v in zip(names, row, strict=True) if n != "uid"}
            for row in cursor.fetchall()
        ]
    return found


class Dying:
    """Stands before ``real`` and kills the process at the n-th of its calls.

    ``torn``: that call, if it writes, first writes the half.
    """

    def __init__(self, real: Any, names: Iterable[str], left: list[int]) -> None:
        self._real = real
        self._names = frozenset(names)
        self._left = left
        self.torn = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in self._names:
            return found

        def called(*args: Any, **options: Any) -> Any:
            self._left[0] -= 1
            if not self._left[0]:
                if self.torn and name == "write":
                    found(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return found(*args, **options)

        return called


OF_FILES = (
    *("open", "close", "write", "fsync", "ftruncate", "pread", "fstat", "stat"),
    *("fchmod", "replace", "unlink"),
)


def dying_files(left: list[int], *, torn: bool = False) -> None:
    """Let this process die at the n-th call of the system by what handles the inbox."""
    for module in (inbox, filing, seal):
        proxy = Dying(os, OF_FILES, left)
        proxy.torn = torn
        module.os = proxy  # type: ignore[attr-defined]


def apart(work: Callable[[], None]) -> int:
    """Do ``work`` in a process of its own; its exit code, -9 when it was killed."""
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
