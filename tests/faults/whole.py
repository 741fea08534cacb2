"""Is a store whole? Looked at from outside, row by row, after whatever was done to it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from plannertui.core.errors import PlannerError
from plannertui.store import doctor
from plannertui.store.open import connect
from tests.faults.deeds import KEYS, START, key_of, opened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# What differs between two runs of the same deed.
CHANCE = ("uid", "applied_at")
State = dict[str, list[tuple[Any, ...]]]


def connected(path: Path) -> Any:
    """A connection to the store, by whichever key opens it."""
    return connect(str(path), key=KEYS[key_of(str(path))])


def unsound(path: Path, allowed: Iterable[str] = ()) -> list[str]:
    """What is wrong with the store in the words of ``doctor``, and what it cannot see.

    It is opened first, as the next start does, which takes back what was cut off.
    """
    try:
        db = opened(str(path))
    except PlannerError as error:
        return [error.message]
    db.close()
    if db.notice:
        return [db.notice]
    found = [
        f"{finding.code}: {finding.text}"
        for finding in doctor.examine(str(path), db.key)
        if finding.level == "wrong" and finding.code not in allowed
    ]
    if found:
        return found
    conn = connected(path)
    try:
        for words, sql in HALF:
            if rows := conn.execute(sql).fetchall():
                found.append(f"{words}: {rows[:5]}")
    finally:
        conn.close()
    return found


NOUNS = ("year", "goal", "person", "priority", "matter", "event", "situation", "entry")
_ROWS = " UNION ALL ".join(f"SELECT id FROM {noun}" for noun in NOUNS)
# What half an action would look like. What was purged has its handle only, and is not
# among what the deeds leave.
HALF = (
    ("an action is under way", "SELECT * FROM current WHERE group_id NOT NULL"),
    ("a purge is under way", "SELECT * FROM purging"),
    ("a change without its action", "SELECT * FROM revision WHERE group_id IS NULL"),
    (
        "an action without a change",
        "SELECT * FROM action a WHERE NOT EXISTS "
        "(SELECT 1 FROM revision WHERE group_id = a.id) AND NOT undone",
    ),
    (
        "a row without its history",
        f"SELECT id FROM ({_ROWS}) r WHERE NOT EXISTS (SELECT 1 FROM revision "
        "WHERE row_id = r.id AND op = 'insert')",
    ),
)


def state(path: Path) -> State:
    """Every row of every table, less what is made by chance; opening it recovers it.

    What is unsound is in it, too, so that an unsound store is neither of two sound ones.
    """
    conn = connected(path)
    try:
        tables = [
            row[0]
            for row in conn.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                "'fts%' AND name NOT LIKE 'sqlite_stat%'"
            )
        ]
        found = {}
        for table in tables:
            names = [row[1] for row in conn.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{name}"' for name in names if name not in CHANCE)
            rows = conn.execute(f'SELECT {kept} FROM "{table}"').fetchall()
            found[table] = sorted(map(_comparable, rows), key=repr)
        found["meta"] = [row for row in found.get("meta", []) if not _ours(row[0])]
        found["schema"] = [
            tuple(conn.execute("PRAGMA user_version").fetchone()),
            *sorted(conn.execute("SELECT name, ifnull(sql, '') FROM sqlite_master")),
        ]
        found["key"] = [(key_of(str(path)),)]
        found["search"] = conn.execute("SELECT rowid FROM fts").fetchall()
        found["unsound"] = [
            *(row for row in conn.execute("PRAGMA integrity_check") if row != ("ok",)),
            *conn.execute("PRAGMA foreign_key_check"),
        ]
        return found
    finally:
        conn.close()


def _ours(key: str) -> bool:
    """Whether a value in ``meta`` is made by chance, or of backups."""
    return key.startswith(("seed", "backup_", "age_"))


def _comparable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row, with the images of history less what is made by chance."""
    values = []
    for value in row:
        if isinstance(value, str) and value.startswith('{"id"'):
            image = json.loads(value)
            value = json.dumps({k: v for k, v in image.items() if k not in CHANCE})
        values.append(value)
    return tuple(values)


def differences(one: State, other: State) -> list[str]:
    """Where two states differ, in short."""
    return [
        f"{table}: {len(one.get(table, []))} and {len(other.get(table, []))} rows"
        for table in sorted({*one, *other})
        if one.get(table) != other.get(table)
    ]


def lost(path: Path, acknowledged: Iterable[tuple[str, int]]) -> list[str]:
    """What of ``deeds.write`` was said to be kept and is not there, or is there by half."""
    said: defaultdict[str, set[int]] = defaultdict(set)
    for what, number in acknowledged:
        said[what].add(number)
    conn = connected(path)
    try:
        return list(_lost(conn, said))
    except driver.Error as error:
        return [f"cannot be read: {error}"]
    finally:
        conn.close()


def _lost(conn: driver.Connection, said: dict[str, set[int]]) -> Iterable[str]:
    tagged: dict[int, str] = {}
    for name, text in conn.execute(
        "SELECT t.name, e.text FROM entry e JOIN tag t ON t.owner_id = e.id "
        "WHERE e.kind = 'win'"
    ):
        number = int(name[1:])
        if number in tagged:
            yield f"win {number} is there twice"
        tagged[number] = text
    edited = {n for n, text in tagged.items() if text == f"row {n} edited @G1 @L1"}
    for number in said["win"] - tagged.keys():
        yield f"win {number}"
    for number in said["edit"] - edited:
        yield f"edit {number}"
    if extra := tagged.keys() - said["tries"]:
        yield f"wins from nowhere: {extra}"
    wins = len(tagged)
    for words, sql, expected in (
        ("wins", "SELECT count(*) FROM entry WHERE kind = 'win'", wins),
        ("links", "SELECT count(*) FROM link WHERE from_id IN (SELECT id FROM entry)", 2 * wins),
        ("check-ins", "SELECT count(*) FROM check_in", wins + 1),
        ("measure", "SELECT measure_now FROM goal", START + wins),
        ("last check-in", "SELECT value FROM check_in ORDER BY id DESC LIMIT 1", START + wins),
    ):  # fmt: skip
        (found,) = conn.execute(sql).fetchone()
        if found != expected:
            yield f"{words}: {found}, not {expected}"
    promised = {
        int(title.split()[1])
        for (title,) in conn.execute(
            "SELECT title FROM matter WHERE title LIKE 'promise %'"
        )
    }
    for number in said["promise"] - promised:
        # It was undone, or was about to be.
        if number % 8:
            yield f"promise {number}"
    for number in said["undo"] & promised:
        yield f"undo {number}"
    if said["draft"]:
        (body,) = conn.execute("SELECT body FROM draft").fetchone() or ("",)
        if not body or int(body.split()[1]) < max(said["draft"]):
            yield f"draft {max(said['draft'])}: {body!r}"
