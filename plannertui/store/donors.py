"""The newest backup that is whole, as a source of rows for what cannot be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import PlannerError
from plannertui.store import shelf
from plannertui.store.open import APPLICATION_ID, connect
from plannertui.store.rescue import Found

if TYPE_CHECKING:
    from plannertui.store.key import Key

ASIDE = "before-restore"
NO_COPY = (".part", "-wal", "-shm", "-journal", ".lock", ".seal", ".damaged")


class Donor:
    """An open backup at ``path``; it is only read."""

    def __init__(self, path: str, conn: Any) -> None:
        self.path = path
        self.conn = conn

    def table(self, name: str) -> Found:
        """Every row of a table."""
        columns = [row[1] for row in self.conn.execute(f"PRAGMA table_info({name})")]
        if not columns:
            return Found([])
        rows = self.conn.execute(f"SELECT rowid, * FROM {name}").fetchall()
        return Found(columns, {row[0]: row[1:] for row in rows})

    def highest(self, name: str) -> int:
        """The highest number that a table ever gave out."""
        row = self.conn.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)
        ).fetchone()
        return int(row[0]) if row else 0

    def erased_since(self, actions: Found) -> tuple[bool, bool]:
        """Whether something was erased for good, or somebody forgotten, after the backup.

        ``actions`` is what can be read of them in the store itself. And whether some of
        what was done since then cannot be read, so that nobody knows.
        """
        last = self.highest("action")
        unknown = any(end > last for _first, end in actions.lost)
        if "label" not in actions.columns:
            return False, True
        at = actions.columns.index("label")
        erased = any(
            number > last and str(row[at]).startswith(("purge", "forget"))
            for number, row in actions.rows.items()
        )
        return erased, unknown

    def close(self) -> None:
        """Let go of the file."""
        self.conn.close()


def newest(path: str, key: Key | None) -> Donor | None:
    """The newest backup of the store at ``path`` that is whole and can be opened."""
    for name in candidates(path):
        # A backup from before the passphrase was set needs none.
        for each in dict.fromkeys((key, None)):
            donor = _opened(name, each)
            if donor is not None:
                return donor
    return None


def candidates(path: str) -> list[str]:
    """The backups of the store at ``path``, then other copies of it, the newest first."""
    folder, base = os.path.split(path)
    found = [each.path for each in shelf.ls(path) if each.state != "damaged"]
    others: list[tuple[float, str]] = []
    for where, begin in (
        (os.path.join(folder, ASIDE), ""),
        (folder, f"{base}.before-"),
    ):
        try:
            names = os.listdir(where)
        except OSError:
            continue
        for name in names:
            if name.startswith(begin) and not name.endswith(NO_COPY):
                file = os.path.join(where, name)
                try:
                    others.append((os.stat(file).st_mtime, file))
                except OSError:
                    continue
    return found + [file for _at, file in sorted(others, reverse=True)]


def _opened(path: str, key: Key | None) -> Donor | None:
    if not os.path.isfile(path):
        return None
    try:
        conn = connect(path, readonly=True, key=key)
    except PlannerError:
        return None
    try:
        ours = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        whole = conn.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if key is not None and conn.execute("PRAGMA cipher_integrity_check").fetchone():
            whole = False
        if ours and whole and conn.execute("SELECT 1 FROM handle").fetchone():
            return Donor(path, conn)
    except driver.Error:
        pass
    conn.close()
    return None
