"""History, undo and redo, across restarts and between shell and screen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store.items import marks
from plannertui.store.open import Store
from plannertui.store.triggers import BARE

NAMES_A_KIND = ("capture {what}", "open {what}", "write {what}")


@dataclass(frozen=True, slots=True)
class Step:
    """An action that was undone or done again: its label and the handles it touched.

    ``stays``: words of a boundary record were in it, which are not taken back.
    """

    label: str
    handles: tuple[str, ...]
    stays: bool = False

    @property
    def said(self) -> str:
        """The label, and what was not taken back."""
        if not self.stays:
            return self.label
        return _("{label}; what was recorded stays").format(label=self.label)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a row: when, by which action, and the row before it."""

    at: str
    label: str
    kind: str
    table: str
    op: str
    before: dict[str, Any] | None


def words(label: str) -> str:
    """The label of an action in the language in use."""
    template, _tab, what = label.partition("\t")
    if template in NAMES_A_KIND:
        what = kind_word(what)
    return _(template).replace("{what}", what) if template else ""


def undo(db: Store, now: datetime) -> Step | None:
    """Take the last action back as a new action; None when there is none."""
    with db.write("undo", now, kind="undo") as group:
        row = db.conn.execute(
            "SELECT id, label FROM action WHERE undone = 0 AND kind IN ('do', 'redo') "
            "AND id < ? ORDER BY id DESC LIMIT 1",
            (group,),
        ).fetchone()
        return None if row is None else _reverse(db, group, row[0], row[1])


def redo(db: Store, now: datetime) -> Step | None:
    """Do again what was last undone, unless something else was done since; or None."""
    with db.write("redo", now, kind="redo") as group:
        row = db.conn.execute(
            "SELECT id, label FROM action u WHERE undone = 0 AND kind = 'undo' "
            "AND id < ? AND NOT EXISTS (SELECT 1 FROM action d WHERE d.kind = 'do' "
            "AND d.id > u.id) ORDER BY id DESC LIMIT 1",
            (group,),
        ).fetchone()
        return None if row is None else _reverse(db, group, row[0], row[1])


def _reverse(db: Store, group: int, target: int, label: str) -> Step:
    """Apply the inverse of ``target`` inside the action ``group``."""
    changes = db.conn.execute(
        "SELECT tbl, row_id, op, before FROM revision WHERE group_id = ? "
        "ORDER BY id DESC",
        (target,),
    ).fetchall()
    db.conn.execute("PRAGMA defer_foreign_keys = ON")
    touched: dict[int, None] = {}
    kept_words = False
    for table, row_id, op, before in changes:
        owner = _owner(table, row_id, before)
        if owner is not None:
            touched[owner] = None
        stays = _recorded(db, table, row_id)
        if op == "delete":
            put(db, table, json.loads(before))
        elif op == "update":
            row = json.loads(before)
            if stays is not None:
                kept = with_record(db, row["boundary"], stays)
                kept_words = kept_words or kept != row["boundary"]
                row["boundary"] = kept
            _set(db, table, row)
        elif stays is not None and _is_fixed(db, stays):
            # What was recorded on an earlier day is not unmade: into the trash with it.
            at, kept_words = _at(db), True
            _set(db, table, {"id": row_id, "rev": 0, "deleted_at": at})
        else:
            db.conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
    db.conn.execute("UPDATE action SET undone = 1 WHERE id = ?", (target,))
    db.conn.execute(
        "UPDATE action SET label = ?, target_id = ? WHERE id = ?",
        (label, target, group),
    )
    handles = []
    for number in touched:
        row = db.conn.execute(
            "SELECT letter || number FROM handle WHERE id = ?", (number,)
        ).fetchone()
        if row is not None:
            handles.append(row[0])
    return Step(words(label), tuple(sorted(handles)), kept_words)


def _recorded(db: Store, table: str, row_id: int) -> str | None:
    """The boundary record of a matter as it is now, None without one."""
    if table != "matter":
        return None
    row = db.conn.execute(
        "SELECT boundary FROM matter WHERE id = ?", (row_id,)
    ).fetchone()
    record: str | None = row and row[0]
    return record


def _at(db: Store) -> str:
    """The stamp of the action that is under way."""
    row = db.conn.execute("SELECT at FROM action WHERE id = ?", (db.group,)).fetchone()
    return str(row[0])


def _is_fixed(db: Store, record: str) -> bool:
    from plannertui.core.boundary import day_at, fixed_words

    day = day_at(datetime.fromisoformat(_at(db)))
    return bool(fixed_words(json.loads(record), day))


def with_record(db: Store, before: str | None, record: str) -> str | None:
    """The boundary ``before`` with the words of ``record`` that stay."""
    from plannertui.core.boundary import day_at, taken_back
    from plannertui.store.rows import dump

    old = json.loads(before) if before else None
    day = day_at(datetime.fromisoformat(_at(db)))
    kept = taken_back(old, json.loads(record), day)
    return before if kept is old else dump(kept)


def _owner(table: str, row_id: int, before: str | None) -> int | None:
    """The id in the common space of what a change is about; None for bare parts."""
    if table not in BARE:
        return row_id
    if before is None:
        return None
    row = json.loads(before)
    for name in ("goal_id", "from_id", "owner_id", "item_id"):
        if row.get(name):
            number: int = row[name]
            return number
    return None


def put(db: Store, table: str, row: dict[str, Any]) -> None:
    """Insert a row as it once was, inside a write."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    db.conn.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values())
    )


def _set(db: Store, table: str, row: dict[str, Any]) -> None:
    values = {name: value for name, value in row.items() if name != "id"}
    if "rev" in values:
        # The revision number only grows, so that a stale copy is always noticed.
        values.pop("rev")
        names = ", ".join(f'"{name}" = ?' for name in values) + ", rev = rev + 1"
    else:
        names = ", ".join(f'"{name}" = ?' for name in values)
    db.conn.execute(
        f"UPDATE {table} SET {names} WHERE id = ?", [*values.values(), row["id"]]
    )


def log(db: Store, number: int) -> list[Revision]:
    """The changes of the thing with this id and of its parts, oldest first."""
    rows = db.read(
        "SELECT a.at, a.label, a.kind, r.tbl, r.op, r.before FROM revision r "
        "LEFT JOIN action a ON a.id = r.group_id WHERE r.row_id = ? AND r.tbl NOT IN "
        f"({marks(BARE)}) ORDER BY r.id",
        (number, *BARE),
    )
    return [
        Revision(
            at or "",
            words(label or ""),
            kind or "",
            table,
            op,
            before and json.loads(before),
        )
        for at, label, kind, table, op, before in rows
    ]
