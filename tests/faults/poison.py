"""A year in which every field of every noun holds a text that wants to be more."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from plannertui.core.text import clean
from plannertui.exchange.demo import build
from plannertui.tui.isnew import WELCOMED
from tests import hostile

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

WORDS = {
    "year": ("theme", "rule"),
    "goal": (
        *("title", "why", "measure_name", "measure_unit", "obstacle", "if_then"),
        *("released_why", "told"),
    ),
    "person": ("alias", "name"),
    "priority": ("text",),
    "matter": ("title",),
    "event": ("title", "wanted", "notes", "place", "url"),
    "situation": ("line", "clock", "predicted", "actual"),
    "entry": ("text",),
    "milestone": ("title",),
    "check_in": ("note",),
    "serve": ("how",),
    "tag": ("name",),
    "asked": ("why",),
}
"""The columns of each table that hold people's words."""
PARTS = {
    "year": ("refusals", "standards", "lines", "askers"),
    "person": ("style",),
    "matter": ("boundary",),
    "event": ("agenda", "follow_up"),
    "situation": ("facts", "chair", "heart", "options", "move", "close"),
    "entry": ("win", "snapshot"),
}
"""The columns that hold JSON, with words of people and of the program in it."""
# Kinds, dates, times, handles, names of steps: what the program itself has put there.
OURS = re.compile(
    r"[a-z_-]*|\d{4}-\d\d-\d\d.*|\d\d:\d\d|[A-Z]\d+(\.\d+)*|\d{4}-[WQ]\d+|\d+"
)
TEXTS = [
    clean(text) for name, text in hostile.TEXTS.items() if not name.startswith("long")
]
LONG = clean(hostile.TEXTS["one word"])


def _poison(number: int, old: str) -> str:
    """One of the texts before ``old``; every 13th is long, every 7th has all of them."""
    if number % 13 == 0:
        return f"{LONG} {old}"
    if number % 7 == 0:
        return f"{clean(hostile.EVERYTHING)} {old}"
    return f"{TEXTS[number % len(TEXTS)]} {old}"


def _inside(value: Any, number: int) -> Any:
    if isinstance(value, dict):
        return {k: _inside(v, number + n) for n, (k, v) in enumerate(value.items())}
    if isinstance(value, list):
        return [_inside(each, number + n) for n, each in enumerate(value)]
    if isinstance(value, str) and not OURS.fullmatch(value):
        return _poison(number, value)
    return value


def fill(db: Store, now: datetime) -> int:
    """Fill ``db`` with the sample year, poisoned; how many texts were put into it."""
    build(db, now)
    db.set_meta(WELCOMED, "1")
    done = 0
    # Boundary records are fixed; here they are poisoned all the same.
    fixed = db.read(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
        "AND sql LIKE '%append-only%' AND tbl_name != 'revision'"
    )
    with db.write("poison", now):
        for name, _sql in fixed:
            db.conn.execute(f"DROP TRIGGER {name}")
        for table, columns in WORDS.items():
            rows = db.read(f"SELECT rowid, {', '.join(columns)} FROM {table}")
            for number, (row, *old) in enumerate(rows):
                new = [_poison(number + n, text or "") for n, text in enumerate(old)]
                if table == "tag":
                    new = [re.sub(r"\s", "", new[0])]
                if table == "asked":
                    new = [f"en\n{new[0]}"]
                sets = ", ".join(f"{name} = ?" for name in columns)
                db.conn.execute(
                    f"UPDATE {table} SET {sets} WHERE rowid = ?", (*new, row)
                )
                done += len(new)
        for table, columns in PARTS.items():
            for column in columns:
                rows = db.read(
                    f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL"
                )
                for number, (row, kept) in enumerate(rows):
                    made = json.dumps(_inside(json.loads(kept), number))
                    db.conn.execute(
                        f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (made, row)
                    )
                    done += made != kept
        for _name, sql in fixed:
            db.conn.execute(sql)
    return done
