"""Forgetting somebody: the row and its links stay, what it says of a person goes.

Names are taken out of every text, out of the history, the search index, drafts and the
labels of actions, and what is erased is overwritten in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import Refused
from plannertui.core.parting import Forgotten
from plannertui.core.people import Person, slug
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import people, rows
from plannertui.store.naming import namer
from plannertui.store.open import Store, stamp
from plannertui.store.prose import TEXTS, reworded
from plannertui.store.triggers import PARTS

ERASED = "…"
NOTES = ("note", "feedback")
"""The kinds of entries that are about somebody, where they name nobody else."""

WORKING = ("action", "draft", "asked")


def look(db: Store, person: Person) -> Forgotten:
    """What forgetting ``person`` would touch; nothing is changed."""
    naming = namer(db, person)
    notes = _notes(db, person)
    texts = 0
    for table, columns in TEXTS.items():
        if table in WORKING:
            continue
        names = ", ".join(columns)
        for number, *values in db.read(f"SELECT id, {names} FROM {table}"):
            if number == person.id or (table == "entry" and number in notes):
                continue
            if any(
                reworded(table, column, value, naming) != value
                for column, value in zip(columns, values, strict=True)
            ):
                texts += 1
    beliefs = db.read(
        "SELECT count(*) FROM priority WHERE person_id = ?", (person.id,)
    )[0][0]
    boundary = db.read(
        "SELECT count(*) FROM matter WHERE boundary NOT NULL AND deleted_at IS NULL "
        "AND (person_id = ?1 OR id IN (SELECT from_id FROM link WHERE to_id = ?1))",
        (person.id,),
    )[0][0]
    return Forgotten(
        beliefs + len(person.style), len(notes), texts, boundary, _copies(db)
    )


def forget(
    db: Store, person: Person, today: date, now: datetime, *, keep_notes: bool = False
) -> Forgotten:
    """Make ``person`` nobody in particular; there is no undo.

    Alias, real name, way of working and what they answer for are erased, and notes that
    name nobody else unless ``keep_notes``. In all other texts the handle stands for them.
    Links stay, so that promises kept and evidence still count.
    """
    if person.state == "forgotten":
        raise Refused(_("{handle} is forgotten already.").format(handle=person.handle))
    with db.write(N_("forget {what}"), now, what=person.handle) as group:
        person = people.get(db, person.id)
        found = look(db, person)
        naming = namer(db, person)
        execute = db.conn.execute
        execute("INSERT OR IGNORE INTO purging (id) VALUES (1)")
        emptied = [] if keep_notes else _notes(db, person)
        _empty(db, person, emptied, today, now)
        for table, columns in TEXTS.items():
            _sweep(db, table, columns, naming, now)
        beliefs = execute(
            "SELECT id FROM priority WHERE person_id = ?", (person.id,)
        ).fetchall()
        for number in (person.id, *(row[0] for row in beliefs), *emptied):
            execute(
                "DELETE FROM revision WHERE row_id = ? "
                "AND tbl IN ('person', 'priority', 'entry')",
                (number,),
            )
        execute("DELETE FROM revision WHERE group_id = ?", (group,))
        _sweep_history(db, naming)
        execute(
            "UPDATE action SET undone = 1 WHERE id NOT IN "
            "(SELECT group_id FROM revision WHERE group_id NOT NULL)"
        )
        for (name,) in execute(
            "SELECT letter || number FROM handle WHERE id = ? OR id IN "
            f"({rows.marks(emptied) or 'NULL'})",
            (person.id, *emptied),
        ).fetchall():
            execute("DELETE FROM draft WHERE target LIKE ?", (f"%:{name}",))
        execute("DELETE FROM draft WHERE target LIKE ?", (f"%{person.uid}%",))
        execute("DELETE FROM purging")
        execute("INSERT INTO fts (fts) VALUES ('optimize')")
    overwrite(db)
    return found


def overwrite(db: Store) -> bool:
    """Empty the write-ahead log into the file; False while somebody else reads it."""
    try:
        row = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except driver.Error:
        return False
    return row is not None and row[0] == 0


def _empty(
    db: Store, person: Person, notes: Iterable[int], today: date, now: datetime
) -> None:
    """Erase what is said of ``person`` in rows of their own."""
    neutral = _("somebody")
    rows.update(
        db,
        "person",
        person.id,
        {
            "alias": neutral,
            "slug": slug(neutral),
            "name": None,
            "style": "{}",
            "is_primary": 0,
            "in_room": 0,
            "state": "forgotten",
            "until": person.until or today,
        },
        now,
    )
    db.conn.execute(
        "UPDATE priority SET text = ?, state = iif(state = 'active', 'dropped', state), "
        "until = coalesce(until, ?), rev = rev + 1, updated_at = ? WHERE person_id = ?",
        (ERASED, today.isoformat(), stamp(now), person.id),
    )
    for number in notes:
        rows.update(db, "entry", number, {"text": ERASED}, now)


def _sweep(
    db: Store,
    table: str,
    columns: tuple[str, ...],
    naming: Callable[[str], str],
    now: datetime,
) -> None:
    """Take the names out of the rows of ``table``."""
    execute = db.conn.execute
    key = "rowid" if table == "draft" else "id"
    found = execute(f"SELECT {key}, {', '.join(columns)} FROM {table}").fetchall()
    for number, *values in found:
        changes = {
            column: swept
            for column, value in zip(columns, values, strict=True)
            if (swept := reworded(table, column, value, naming)) != value
        }
        if not changes:
            continue
        if table in WORKING or table in PARTS:
            names = ", ".join(f"{column} = ?" for column in changes)
            execute(
                f"UPDATE OR REPLACE {table} SET {names} WHERE {key} = ?",
                (*changes.values(), number),
            )
        else:
            rows.update(db, table, number, changes, now)


def _sweep_history(db: Store, naming: Callable[[str], str]) -> None:
    """Take the names out of the images of rows before their changes."""
    execute = db.conn.execute
    for number, group, table, row_id, op, before in execute(
        "SELECT id, group_id, tbl, row_id, op, before FROM revision "
        "WHERE before NOT NULL"
    ).fetchall():
        image = rows.load(before)
        swept = {
            name: reworded(table, name, value, naming)
            if name in TEXTS.get(table, ())
            else value
            for name, value in image.items()
        }
        if swept == image:
            continue
        # History is append-only: a line is taken out and put back in its place.
        execute("DELETE FROM revision WHERE id = ?", (number,))
        execute(
            "INSERT INTO revision (id, group_id, tbl, row_id, op, before) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (number, group, table, row_id, op, rows.dump(swept)),
        )


def _notes(db: Store, person: Person) -> list[int]:
    """Notes and feedback that refer to ``person`` and to nobody else."""
    found = db.read(
        "SELECT e.id FROM entry e JOIN link l ON l.from_id = e.id AND l.to_id = ?1 "
        "WHERE e.kind IN (?3, ?4) AND e.text != ?2 AND NOT EXISTS "
        "(SELECT 1 FROM link o JOIN person p ON p.id = o.to_id "
        "WHERE o.from_id = e.id AND o.to_id != ?1) ORDER BY e.id",
        (person.id, ERASED, *NOTES),
    )
    return [number for (number,) in found]


def _copies(db: Store) -> tuple[str, ...]:
    """Copies that the program made beside the store before it changed its shape."""
    import os

    folder, name = os.path.split(db.path)
    try:
        every = sorted(os.listdir(folder))
    except OSError:
        return ()
    return tuple(each for each in every if each.startswith(f"{name}.before-"))
