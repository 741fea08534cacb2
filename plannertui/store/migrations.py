"""The shape of the store, step by step: append a step, never edit one.

Imported only when a step is due. Each step is atomic; after the last one the triggers
are made anew (a table that was rebuilt has lost its own) and ``user_version`` is set.
"""

from __future__ import annotations

from typing import Any

import sqlcipher3.dbapi2 as driver
import sqlite_utils.db
import sqlite_utils.utils
from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from plannertui.store import triggers
from plannertui.store.open import APPLICATION_ID, SCHEMA

migrations = Migrations("plannertui")

NOUN: dict[str, Any] = {
    "id": int,
    "uid": str,
    "created_at": str,
    "updated_at": str,
    "rev": int,
    "deleted_at": str,
}


def _use_driver() -> None:
    """Let sqlite-utils catch this driver's exceptions instead of the stdlib's."""
    for module in (sqlite_utils.db, sqlite_utils.utils):
        vars(module)["sqlite3"] = driver
    vars(sqlite_utils.utils)["OperationalError"] = driver.OperationalError


def database(conn: Any) -> Database:
    """``conn`` as a sqlite-utils database, with foreign plugins kept off it."""
    _use_driver()
    return Database(conn, execute_plugins=False)


def migrate(conn: Any) -> None:
    """Bring the open store to ``SCHEMA``; the caller holds the migration lock."""
    db = database(conn)
    migrations.apply(db)
    with db.atomic():
        triggers.create(conn)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {SCHEMA}")


def _noun(
    db: Database,
    name: str,
    columns: dict[str, Any],
    *,
    required: set[str],
    defaults: dict[str, Any] | None = None,
    links: tuple[tuple[str, str], ...] = (),
) -> Table:
    """Create the table of a noun; its id is that of its handle."""
    table: Table = db[name]  # type: ignore[assignment]
    table.create(
        NOUN | columns,
        pk="id",
        not_null={"uid", "created_at", "updated_at", "rev"}
        | required
        | set(defaults or {}),
        defaults={"rev": 1} | (defaults or {}),
        foreign_keys=[("id", "handle", "id"), *((c, t, "id") for c, t in links)],
        strict=True,
    )
    table.create_index(["uid"], unique=True)
    return table


@migrations()
def m001_first(db: Database) -> None:
    """Handles, the eight nouns, links, tags, history, drafts, asked questions, search."""
    db.execute(
        "CREATE TABLE handle (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "letter TEXT NOT NULL, number INTEGER NOT NULL, type TEXT NOT NULL, "
        "UNIQUE (letter, number)) STRICT"
    )
    db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    _noun(
        db,
        "year",
        {
            "year": int,
            "theme": str,
            "refusals": str,
            "standards": str,
            "lines": str,
            "askers": str,
            "appraisal_on": str,
            "calendar": str,
            "state": str,
        },
        required={"year"},
        defaults={
            "theme": "",
            "refusals": "[]",
            "standards": "[]",
            "lines": "[]",
            "askers": "[]",
            "calendar": "",
            "state": "active",
        },
    ).create_index(["year"], unique=True)
    _noun(
        db,
        "goal",
        {
            "year": int,
            "title": str,
            "why": str,
            "measure_name": str,
            "measure_unit": str,
            "measure_start": float,
            "measure_target": float,
            "measure_now": float,
            "measure_direction": str,
            "start": str,
            "due": str,
            "obstacle": str,
            "if_then": str,
            "state": str,
            "position": int,
            "released_why": str,
            "told": str,
        },
        required={"year", "title", "start", "due"},
        defaults={
            "why": "",
            "obstacle": "",
            "if_then": "",
            "state": "active",
            "position": 0,
            "released_why": "",
            "told": "",
        },
    ).create_index(["year", "position"])
    _noun(
        db,
        "person",
        {
            "alias": str,
            "slug": str,
            "name": str,
            "relation": str,
            "is_primary": int,
            "in_room": int,
            "style": str,
            "since": str,
            "until": str,
            "state": str,
        },
        required={"alias", "slug", "relation"},
        defaults={"is_primary": 0, "in_room": 0, "style": "{}", "state": "active"},
    ).create_index(["slug"])
    _noun(
        db,
        "priority",
        {
            "person_id": int,
            "kind": str,
            "text": str,
            "rank": int,
            "basis": str,
            "checked_on": str,
            "since": str,
            "until": str,
            "state": str,
            "successor_id": int,
        },
        required={"person_id", "text"},
        defaults={"kind": "goal", "rank": 3, "basis": "guess", "state": "active"},
        links=(("person_id", "handle"), ("successor_id", "handle")),
    ).create_index(["person_id", "rank"])
    matter = _noun(
        db,
        "matter",
        {
            "title": str,
            "kind": str,
            "nature": str,
            "day": str,
            "at": str,
            "person_id": int,
            "goal_id": int,
            "origin": str,
            "due": str,
            "urgent": int,
            "important": int,
            "moves": str,
            "boundary": str,
            "state": str,
            "closed_on": str,
            "told_on": str,
        },
        required={"title", "kind", "day"},
        defaults={
            "nature": "official",
            "origin": "mine",
            "urgent": 0,
            "important": 0,
            "moves": "[]",
            "state": "open",
        },
        links=(("person_id", "handle"), ("goal_id", "handle")),
    )
    matter.create_index(["deleted_at", "day"])
    matter.create_index(["state", "due"])
    event = _noun(
        db,
        "event",
        {
            "kind": str,
            "title": str,
            "starts_on": str,
            "ends_on": str,
            "time": str,
            "minutes": int,
            "zone": str,
            "repeat": str,
            "agenda": str,
            "wanted": str,
            "notes": str,
            "state": str,
        },
        required={"kind", "title", "starts_on", "ends_on"},
        defaults={
            "zone": "",
            "repeat": "",
            "agenda": "[]",
            "wanted": "",
            "notes": "",
            "state": "planned",
        },
    )
    event.create_index(["starts_on"])
    event.create_index(["ends_on"])
    _noun(
        db,
        "situation",
        {
            "kind": str,
            "line": str,
            "day": str,
            "at": str,
            "person_id": int,
            "clock": str,
            "facts": str,
            "chair": str,
            "heart": str,
            "options": str,
            "move": str,
            "predicted": str,
            "actual": str,
            "match": str,
            "close": str,
            "state": str,
            "closed_on": str,
        },
        required={"kind", "line", "day"},
        defaults={
            "clock": "",
            "facts": "{}",
            "chair": "{}",
            "heart": "{}",
            "options": "{}",
            "move": "{}",
            "predicted": "",
            "actual": "",
            "match": "",
            "close": "{}",
            "state": "open",
        },
        links=(("person_id", "handle"),),
    ).create_index(["deleted_at", "day"])
    entry = _noun(
        db,
        "entry",
        {
            "kind": str,
            "text": str,
            "day": str,
            "at": str,
            "about": str,
            "prompt": str,
            "period": str,
            "win": str,
            "mirror": str,
            "snapshot": str,
            "share": str,
        },
        required={"kind", "text", "day"},
        defaults={"share": "private"},
    )
    entry.create_index(["deleted_at", "day"])
    entry.create_index(["kind", "deleted_at", "day"])
    db.execute("CREATE INDEX entry_prompt ON entry (prompt, day) WHERE prompt NOT NULL")
    _parts(db)
    _working(db)
    db.execute(
        "CREATE VIRTUAL TABLE fts USING fts5(words, content='', contentless_delete=1, "
        "prefix='2 3', tokenize='porter unicode61 remove_diacritics 2')"
    )


def _parts(db: Database) -> None:
    """What belongs to a noun: milestones, check-ins, what a goal serves, links, tags."""
    tables: dict[str, tuple[dict[str, Any], set[str], list[tuple[str, str]]]] = {
        "milestone": (
            {
                "goal_id": int,
                "title": str,
                "due": str,
                "done_on": str,
                "position": int,
            },
            {"goal_id", "title", "position"},
            [("id", "handle"), ("goal_id", "handle")],
        ),
        "check_in": (
            {"goal_id": int, "day": str, "at": str, "value": float, "note": str},
            {"goal_id", "day", "at", "note"},
            [("goal_id", "handle")],
        ),
        "serve": (
            {"goal_id": int, "priority_id": int, "how": str},
            {"goal_id", "priority_id", "how"},
            [("goal_id", "handle"), ("priority_id", "handle")],
        ),
        "link": (
            {"from_id": int, "to_id": int, "role": str},
            {"from_id", "to_id", "role"},
            [("from_id", "handle"), ("to_id", "handle")],
        ),
        "tag": (
            {"owner_id": int, "name": str},
            {"owner_id", "name"},
            [("owner_id", "handle")],
        ),
    }
    for name, (columns, required, links) in tables.items():
        part: Table = db[name]  # type: ignore[assignment]
        part.create(
            {"id": int} | columns,
            pk="id",
            not_null=required,
            foreign_keys=[(column, other, "id") for column, other in links],
            strict=True,
        )
    for name, indexed, unique in (
        ("milestone", ["goal_id", "position"], False),
        ("milestone", ["due"], False),
        ("check_in", ["goal_id", "day"], False),
        ("serve", ["goal_id", "priority_id"], True),
        ("link", ["from_id", "to_id", "role"], True),
        ("link", ["to_id", "from_id"], False),
        ("tag", ["owner_id", "name"], True),
        ("tag", ["name", "owner_id"], False),
    ):
        db[name].create_index(indexed, unique=unique)  # type: ignore[union-attr]


def _working(db: Database) -> None:
    """What the program keeps for itself: history, drafts, the questions it asked."""
    db.execute(
        "CREATE TABLE action (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, "
        "label TEXT NOT NULL, kind TEXT NOT NULL, target_id INTEGER, "
        "undone INTEGER NOT NULL DEFAULT 0) STRICT"
    )
    db.execute("CREATE INDEX action_undone ON action (undone, kind, id)")
    db.execute("CREATE TABLE current (group_id INTEGER) STRICT")
    db.execute("INSERT INTO current VALUES (NULL)")
    db.execute("CREATE TABLE purging (id INTEGER PRIMARY KEY) STRICT")
    db.execute(
        "CREATE TABLE revision (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "group_id INTEGER, tbl TEXT NOT NULL, row_id INTEGER NOT NULL, "
        "op TEXT NOT NULL, before TEXT) STRICT"
    )
    db.execute("CREATE INDEX revision_group ON revision (group_id)")
    db.execute("CREATE INDEX revision_row ON revision (row_id, tbl)")
    db.execute(
        "CREATE TABLE draft (target TEXT PRIMARY KEY, base_rev INTEGER NOT NULL, "
        "body TEXT NOT NULL, cursor TEXT NOT NULL, session TEXT NOT NULL, "
        "updated_at TEXT NOT NULL) STRICT"
    )
    db.execute(
        "CREATE TABLE asked (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, "
        "prompt TEXT NOT NULL, lens TEXT NOT NULL, cadence TEXT NOT NULL, "
        "turn INTEGER NOT NULL, trigger TEXT, instance TEXT, why TEXT NOT NULL, "
        "state TEXT NOT NULL, entry_id INTEGER REFERENCES handle (id)) STRICT"
    )
    db.execute("CREATE INDEX asked_day ON asked (day)")
    db.execute("CREATE INDEX asked_entry ON asked (entry_id)")
