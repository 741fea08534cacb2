"""Trash: removing, restoring, and erasing for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import NotFound, Refused
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import foreign, rows
from plannertui.store.items import SELECTS, Filter, Item, fill, where
from plannertui.store.open import Store, stamp
from plannertui.store.triggers import NOUNS

# What goes with a thing that is erased, and the columns that say to what it belongs.
PARTS = {
    "milestone": ("goal_id",),
    "priority": ("person_id",),
    "check_in": ("goal_id",),
    "serve": ("goal_id", "priority_id"),
    "link": ("from_id", "to_id"),
    "tag": ("owner_id",),
    "foreign_item": ("item_id",),
}
# What stays and forgets that it had to do with it.
POINTERS = (
    ("matter", "person_id"),
    ("matter", "goal_id"),
    ("matter", "priority_id"),
    ("event", "series_id"),
    ("situation", "person_id"),
    ("priority", "successor_id"),
    ("asked", "entry_id"),
)


def _noun(db: Store, number: int) -> tuple[str, str]:
    row = db.one("SELECT type, letter || number FROM handle WHERE id = ?", (number,))
    if row is None or row[0] not in NOUNS:
        raise NotFound(_("It is no longer there; it may have been purged."))
    return row[0], row[1]


def remove(db: Store, number: int, now: datetime) -> None:
    """Put the thing with this id into the trash; a year stays, only its words go."""
    noun, handle = _noun(db, number)
    if noun == "year":
        raise Refused(
            _("A year is not removed. To empty it: ptui year set --theme none")
        )
    with db.write(N_("remove {what}"), now, what=handle):
        rows.update(db, noun, number, {"deleted_at": stamp(now)}, now)
        for one in _of_series(db, noun, number, None):
            rows.update(db, noun, one, {"deleted_at": stamp(now)}, now)


def restore(db: Store, number: int, now: datetime) -> str:
    """Take the thing with this id out of the trash; what else there is to say of it.

    A talk comes back into its place in the series. Where another has taken it since, a
    bare one gives way; beside one that says something it comes back as a talk of its own.
    """
    noun, handle = _noun(db, number)
    said = ""
    with db.write(N_("restore {what}"), now, what=handle):
        if noun == "event" and (doubles := _in_its_place(db, number)):
            if all(_is_bare(db, double) for double in doubles):
                for double in doubles:
                    rows.update(db, "event", double, {"deleted_at": stamp(now)}, now)
            else:
                # How often it recurs from there on is the other's to say now.
                db.conn.execute(
                    'UPDATE event SET "repeat" = (SELECT "repeat" FROM event '
                    "WHERE id = ?) WHERE id = ? AND \"repeat\" = ''",
                    (number, doubles[0]),
                )
                _hand_on_series(db, number)
                alone = {"series_id": None, "slot_on": None, "repeat": ""}
                rows.update(db, noun, number, alone, now)
                said = _(
                    "{handle} stands alone now: {other} has its place in the series."
                )
                said = said.format(handle=handle, other=_noun(db, doubles[0])[1])
        row = db.one(f"SELECT deleted_at FROM {noun} WHERE id = ?", (number,))
        rows.update(db, noun, number, {"deleted_at": None}, now)
        # What went into the trash with it comes out with it.
        for one in _of_series(db, noun, number, row[0] if row else None):
            rows.update(db, noun, one, {"deleted_at": None}, now)
    return said


def _of_series(db: Store, noun: str, number: int, removed: str | None) -> list[int]:
    """The occurrences of a repeating event that are rows of their own."""
    if noun != "event":
        return []
    return [
        one
        for (one,) in db.read(
            "SELECT e.id FROM event e JOIN event r ON r.id = e.series_id "
            "WHERE r.id = ? AND e.id != r.id AND r.last_on NOT NULL "
            "AND e.deleted_at IS ?",
            (number, removed),
        )
    ]


def _in_its_place(db: Store, number: int) -> list[int]:
    """The talks that stand where the one with this id, in the trash, stood in its series."""
    found = db.conn.execute(
        "SELECT e.id FROM event gone JOIN event e ON e.series_id = gone.series_id "
        "AND ifnull(e.slot_on, e.starts_on) = ifnull(gone.slot_on, gone.starts_on) "
        "WHERE gone.id = ? AND gone.kind = 'one_on_one' AND e.id != gone.id "
        "AND gone.deleted_at NOT NULL AND e.deleted_at IS NULL ORDER BY e.id",
        (number,),
    ).fetchall()
    return [double for (double,) in found]


def _is_bare(db: Store, number: int) -> bool:
    """Whether nothing was done with a talk since it became a row by itself."""
    found = db.conn.execute(
        "SELECT 1 FROM event e WHERE id = ? AND state = 'planned' AND agenda = '[]' "
        "AND wanted = '' AND notes = '' AND follow_up = '{}' AND \"repeat\" = '' "
        "AND starts_on = ifnull(slot_on, starts_on) AND id != series_id AND NOT EXISTS "
        "(SELECT 1 FROM link WHERE to_id = e.id OR (from_id = e.id AND role != 'with'))",
        (number,),
    ).fetchone()
    return found is not None


def purge(db: Store, which: int | Iterable[int], now: datetime) -> None:
    """Erase the things with these ids, their parts and their history, all or none.

    Only what lies in the trash can be purged; handles are not given out again. There is
    no undo, and nothing of the texts is left in the file.
    """
    numbers = [which] if isinstance(which, int) else list(which)
    with db.write(N_("purge {what}"), now) as group:
        execute = db.conn.execute
        execute("PRAGMA defer_foreign_keys = ON")
        execute("INSERT OR IGNORE INTO purging (id) VALUES (1)")
        for number in numbers:
            _erase(db, number)
        execute("DELETE FROM revision WHERE group_id = ?", (group,))
        execute(
            "UPDATE action SET undone = 1 WHERE id NOT IN "
            "(SELECT group_id FROM revision WHERE group_id NOT NULL)"
        )
        execute("DELETE FROM purging")
        # Words removed from the index stay in it until its parts are merged.
        execute("INSERT INTO fts (fts) VALUES ('optimize')")
    try:
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except driver.Error:
        # It is erased; what the log still holds goes when the last one closes.
        pass


def _erase(db: Store, number: int) -> None:
    """Erase one thing inside the write of ``purge``."""
    noun, handle = _noun(db, number)
    execute = db.conn.execute
    row = execute(f"SELECT deleted_at FROM {noun} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(_("It is no longer there; it may have been purged."))
    if row[0] is None:
        message = _("{handle} is not in the trash. Remove it first: ptui rm {handle}")
        raise Refused(message.format(handle=handle))
    gone = [number, *_ids(db, "milestone", "goal_id", number)]
    gone += _ids(db, "priority", "person_id", number)
    if noun == "event":
        _hand_on_series(db, number)
    foreign.erase(db, number)
    for table, columns in PARTS.items():
        for column in columns:
            for owner in gone:
                execute(f"DELETE FROM {table} WHERE {column} = ?", (owner,))
    for table, column in POINTERS:
        for owner in gone:
            execute(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", (owner,))
    execute(f"DELETE FROM {noun} WHERE id = ?", (number,))
    _forget(db, noun, gone)
    execute(
        "UPDATE asked SET why = '' WHERE instance = ? OR instance LIKE ?",
        (handle, f"{handle}:%"),
    )
    execute(
        "DELETE FROM draft WHERE target = ? OR target LIKE ?",
        (f"{noun}:{handle}", f"%:{handle}"),
    )


def _hand_on_series(db: Store, number: int) -> None:
    """Let a series of events go on without the one with this id, its first or another.

    It goes by the id of its first, and the last that says how often it recurs is what
    counts: both pass on to one that stays.
    """
    execute = db.conn.execute
    heir = execute(
        'SELECT e.id, e."repeat", gone."repeat", gone.series_id FROM event gone '
        "JOIN event e ON e.series_id = gone.series_id AND e.id != gone.id "
        "WHERE gone.id = ? AND gone.series_id NOT NULL "
        "ORDER BY ifnull(e.slot_on, e.starts_on), e.id LIMIT 1",
        (number,),
    ).fetchone()
    if heir is None:
        return
    heir_id, own, repeat, series = heir
    others = execute(
        "SELECT 1 FROM event WHERE series_id = ? AND id != ? AND \"repeat\" != ''",
        (series, number),
    ).fetchone()
    if repeat and not own and others is None:
        execute('UPDATE event SET "repeat" = ? WHERE id = ?', (repeat, heir_id))
    if series == number:
        execute("UPDATE event SET series_id = ? WHERE series_id = ?", (heir_id, number))


def _forget(db: Store, noun: str, gone: Sequence[int]) -> None:
    """Erase the history of ``gone`` and of every part that it ever had."""
    execute = db.conn.execute
    doomed: list[tuple[int, int | None]] = []
    for owner in gone:
        doomed += execute(
            "SELECT id, group_id FROM revision WHERE row_id = ? AND tbl IN "
            "(?, 'milestone', 'priority')",
            (owner, noun),
        )
        for table, columns in PARTS.items():
            belongs = " OR ".join(f"before ->> '{name}' = ?" for name in columns)
            parts = execute(
                "SELECT DISTINCT row_id FROM revision WHERE tbl = ? "
                f"AND before NOT NULL AND ({belongs})",
                (table, *[owner for _name in columns]),
            ).fetchall()
            for (part,) in parts:
                doomed += _lives(db, table, part, columns, owner)
    db.conn.executemany(
        "DELETE FROM revision WHERE id = ?", [(number,) for number, _group in doomed]
    )
    for group in {group for _number, group in doomed if group is not None}:
        # The label may hold an alias or a title.
        execute(
            "UPDATE action SET label = substr(label, 1, instr(label, char(9))) || '…' "
            "WHERE id = ? AND instr(label, char(9)) > 0",
            (group,),
        )


def _lives(
    db: Store, table: str, part: int, columns: Sequence[str], owner: int
) -> list[tuple[int, int | None]]:
    """The revisions of a part from its making to its end, as often as it was ``owner``'s.

    The id of a part that is gone may be given to another one, of another owner.
    """
    belongs = " OR ".join(f"before ->> '{name}' = ?" for name in columns)
    found: list[tuple[int, int | None]] = []
    life: list[tuple[int, int | None]] = []
    for number, group, op, own in db.conn.execute(
        f"SELECT id, group_id, op, before NOT NULL AND ({belongs}) FROM revision "
        "WHERE tbl = ? AND row_id = ? ORDER BY id",
        (*[owner for _name in columns], table, part),
    ).fetchall():
        life.append((number, group))
        if op == "delete":
            found += life if own else []
            life = []
    return found


def _ids(db: Store, table: str, column: str, number: int) -> list[int]:
    rows: list[Any] = db.conn.execute(
        f"SELECT id FROM {table} WHERE {column} = ?", (number,)
    ).fetchall()
    return [row[0] for row in rows]


def ls(db: Store) -> list[Item]:
    """What lies in the trash, the last removed first."""
    found = []
    for noun in NOUNS:
        condition, values = where(Filter(trashed=True), noun) or ("0", [])
        found += db.read(f"{SELECTS[noun]} WHERE {condition}", values)
    found.sort(key=lambda row: (row[11], row[0]), reverse=True)
    return fill(db, found)
