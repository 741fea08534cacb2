"""Trash: removing, restoring, and erasing for good."""

from __future__ import annotations

from datetime import datetime

from plannertui.core.errors import NotFound
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import rows
from plannertui.store.items import SELECTS, Filter, Item, fill, where
from plannertui.store.open import Store, stamp
from plannertui.store.triggers import HISTORY, NOUNS


def _noun(db: Store, number: int) -> tuple[str, str]:
    row = db.one("SELECT type, letter || number FROM handle WHERE id = ?", (number,))
    if row is None or row[0] not in NOUNS:
        raise NotFound(_("It is no longer there; it may have been purged."))
    return row[0], row[1]


def remove(db: Store, number: int, now: datetime) -> None:
    """Put the thing with this id into the trash."""
    noun, handle = _noun(db, number)
    with db.write(N_("remove {what}"), now, what=handle):
        rows.update(db, noun, number, {"deleted_at": stamp(now)}, now)


def restore(db: Store, number: int, now: datetime) -> None:
    """Take the thing with this id out of the trash."""
    noun, handle = _noun(db, number)
    with db.write(N_("restore {what}"), now, what=handle):
        rows.update(db, noun, number, {"deleted_at": None}, now)


def purge(db: Store, number: int, now: datetime) -> None:
    """Erase the thing with this id, its parts and its history for good.

    Only what lies in the trash can be purged; its handle is not given out again.
    """
    noun, handle = _noun(db, number)
    row = db.one(f"SELECT deleted_at FROM {noun} WHERE id = ?", (number,))
    if row is None:
        raise NotFound(_("It is no longer there; it may have been purged."))
    if row[0] is None:
        from plannertui.core.errors import Refused

        message = _("{handle} is not in the trash. Remove it first: ptui rm {handle}")
        raise Refused(message.format(handle=handle))
    with db.write(N_("purge {what}"), now, what=handle):
        execute = db.conn.execute
        execute("PRAGMA defer_foreign_keys = ON")
        execute("INSERT OR IGNORE INTO purging (id) VALUES (?)", (number,))
        gone = [number]
        if noun == "goal":
            gone += _ids(db, "SELECT id FROM milestone WHERE goal_id = ?", number)
        if noun == "person":
            for other in _ids(
                db, "SELECT id FROM priority WHERE person_id = ?", number
            ):
                execute("DELETE FROM serve WHERE priority_id = ?", (other,))
                execute(
                    "UPDATE priority SET successor_id = NULL WHERE successor_id = ?",
                    (other,),
                )
                execute("DELETE FROM priority WHERE id = ?", (other,))
                gone.append(other)
        for table, column in (
            ("milestone", "goal_id"),
            ("check_in", "goal_id"),
            ("serve", "goal_id"),
            ("serve", "priority_id"),
            ("link", "from_id"),
            ("link", "to_id"),
            ("tag", "owner_id"),
        ):
            numbers = _ids(db, f"SELECT id FROM {table} WHERE {column} = ?", number)
            execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
            for part in numbers:
                execute(
                    "DELETE FROM revision WHERE tbl = ? AND row_id = ?", (table, part)
                )
        for table, column in (
            ("matter", "person_id"),
            ("matter", "goal_id"),
            ("situation", "person_id"),
            ("priority", "successor_id"),
            ("asked", "entry_id"),
        ):
            execute(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", (number,))
        execute(f"DELETE FROM {noun} WHERE id = ?", (number,))
        for row_id in gone:
            execute(
                "DELETE FROM revision WHERE row_id = ? AND tbl IN "
                f"({', '.join('?' * len(_WHOLE))})",
                (row_id, *_WHOLE),
            )
        execute(
            "DELETE FROM draft WHERE target = ? OR target LIKE ?",
            (f"{noun}:{handle}", f"%:{handle}"),
        )
        # The rest of an action that lost a part can no longer be taken back as one.
        execute(
            "UPDATE action SET undone = 1 WHERE id NOT IN "
            "(SELECT group_id FROM revision WHERE group_id NOT NULL)"
        )
        execute("DELETE FROM purging")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


_WHOLE = tuple(
    name for name in HISTORY if name not in ("check_in", "serve", "link", "tag")
)


def _ids(db: Store, sql: str, number: int) -> list[int]:
    return [row[0] for row in db.conn.execute(sql, (number,))]


def ls(db: Store) -> list[Item]:
    """What lies in the trash, the last removed first."""
    found = []
    for noun in NOUNS:
        condition, values = where(Filter(trashed=True), noun) or ("0", [])
        found += db.read(f"{SELECTS[noun]} WHERE {condition}", values)
    found.sort(key=lambda row: row[11], reverse=True)
    return fill(db, found)
