"""The first schema."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table

NOUN: dict[str, Any] = {
    "id": int,
    "uid": str,
    "created_at": str,
    "updated_at": str,
    "rev": int,
    "deleted_at": str,
}


def _columns(text: str = "", whole: str = "", real: str = "") -> dict[str, Any]:
    """Columns by type, their names parted by blanks."""
    return (
        dict.fromkeys(text.split(), str)
        | dict.fromkeys(whole.split(), int)
        | dict.fromkeys(real.split(), float)
    )


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


def create(db: Database) -> None:
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
        _columns(
            text="theme refusals standards lines askers appraisal_on calendar state",
            whole="year",
        ),
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
        _columns(
            text="title why measure_name measure_unit measure_direction start due obstacle if_then state released_why told",
            whole="year position",
            real="measure_start measure_target measure_now",
        ),
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
        _columns(
            text="alias slug name relation style since until state",
            whole="is_primary in_room",
        ),
        required={"alias", "slug", "relation"},
        defaults={"is_primary": 0, "in_room": 0, "style": "{}", "state": "active"},
    ).create_index(["slug"])
    _noun(
        db,
        "priority",
        _columns(
            text="kind text basis checked_on since until state",
            whole="person_id rank successor_id",
        ),
        required={"person_id", "text"},
        defaults={"kind": "goal", "rank": 3, "basis": "guess", "state": "active"},
        links=(("person_id", "handle"), ("successor_id", "handle")),
    ).create_index(["person_id", "rank"])
    matter = _noun(
        db,
        "matter",
        _columns(
            text="title kind nature day at origin due moves boundary state closed_on told_on",
            whole="person_id goal_id urgent important",
        ),
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
        _columns(
            text="kind title starts_on ends_on time zone repeat agenda wanted notes state",
            whole="minutes",
        ),
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
        _columns(
            text="kind line day at clock facts chair heart options move predicted actual match close state closed_on",
            whole="person_id",
        ),
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
        _columns(text="kind text day at about prompt period win mirror snapshot share"),
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
