"""Stores as older versions made them, with rows in them."""

from __future__ import annotations

from sqlite_utils import Migrations

from plannertui.store import triggers
from plannertui.store.migrations import database
from plannertui.store.open import APPLICATION_ID, connect
from plannertui.store.steps import m001_first, m002_leader


def first(path: str) -> None:
    """A store of schema 1 with a leader, a priority, a promise, a talk and a note."""
    conn = connect(path)
    conn.execute("PRAGMA journal_mode = WAL")
    steps = Migrations("plannertui")
    steps(name="m001_first")(m001_first.create)
    steps.apply(database(conn))
    triggers.create(conn)
    conn.executemany(
        "INSERT INTO handle (id, letter, number, type) VALUES (?, ?, ?, ?)",
        [
            (1, "L", 1, "person"),
            (2, "K", 1, "priority"),
            (3, "M", 1, "matter"),
            (4, "E", 1, "event"),
            (5, "J", 1, "entry"),
        ],
    )
    stamp = "2024-09-02T10:00:00.000+08:00"
    conn.execute(
        "INSERT INTO action (id, at, label, kind) VALUES (1, ?, 'x', 'do')", (stamp,)
    )
    conn.execute("UPDATE current SET group_id = 1")
    for table, columns, values in (
        ("person", "alias, slug, relation", ("Director", "director", "leader")),
        ("priority", "person_id, text", (1, "No complaint older than 30 days")),
        (
            "matter",
            "title, kind, day, due",
            ("the list", "promise", "2024-09-02", "2024-09-20"),
        ),
        (
            "event",
            "kind, title, starts_on, ends_on",
            ("one_on_one", "talk", "2024-09-19", "2024-09-19"),
        ),
        ("entry", "kind, text, day", ("note", "窗口很安静", "2024-09-02")),
    ):
        number = {"person": 1, "priority": 2, "matter": 3, "event": 4, "entry": 5}[
            table
        ]
        marks = ", ".join("?" * (4 + len(values)))
        conn.execute(
            f"INSERT INTO {table} (id, uid, created_at, updated_at, {columns}) "
            f"VALUES ({marks})",
            (number, f"uid-{number}", stamp, stamp, *values),
        )
    conn.execute("UPDATE current SET group_id = NULL")
    conn.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("seed", "42"), ("created_at", stamp)],
    )
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute("PRAGMA user_version = 1")
    conn.close()


def second(path: str) -> None:
    """That store as the second version left it: the talk begins a series."""
    first(path)
    conn = connect(path)
    steps = Migrations("plannertui")
    steps(name="m001_first")(m001_first.create)
    steps(name="m002_leader")(m002_leader.extend)
    steps.apply(database(conn))
    triggers.create(conn)
    conn.execute(
        "INSERT INTO action (id, at, label, kind) "
        "VALUES (2, '2024-09-03T10:00:00.000+08:00', 'y', 'do')"
    )
    conn.execute("UPDATE current SET group_id = 2")
    conn.execute(
        "UPDATE event SET \"repeat\" = 'weekly', series_id = 4, slot_on = starts_on, "
        "notes = 'window seven', rev = rev + 1 WHERE id = 4"
    )
    conn.execute("UPDATE matter SET first_on = '2024-09-03', rev = rev + 1")
    conn.execute("UPDATE current SET group_id = NULL")
    conn.execute("PRAGMA user_version = 2")
    conn.close()
