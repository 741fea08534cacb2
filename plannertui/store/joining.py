"""Joining an exported document with a store that is in use, thing by thing, by uid."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from plannertui.core.errors import BadFile
from plannertui.core.mentions import replaced
from plannertui.i18n import gettext as _
from plannertui.store import triggers
from plannertui.store.document import Tables
from plannertui.store.open import Store
from plannertui.store.prose import TEXTS, reworded
from plannertui.store.refs import LABELS
from plannertui.store.rows import chunks, dump, marks

# In this order what a row points to has its new id before the row is made.
ORDER = (
    "person",
    "year",
    "goal",
    "priority",
    "matter",
    "event",
    "situation",
    "entry",
    "milestone",
)
POINTERS = {
    "priority": ("person_id", "successor_id"),
    "matter": ("person_id", "goal_id", "priority_id"),
    "event": ("series_id",),
    "situation": ("person_id",),
    "milestone": ("goal_id",),
}
PARTS = {
    "check_in": ("goal_id",),
    "serve": ("goal_id", "priority_id"),
    "link": ("from_id", "to_id"),
    "tag": ("owner_id",),
}
OWN = ("id", "rev")
# Where JSON columns hold handles.
NAMING = {"win": ("witnesses", "credit"), "chair": ("priorities",)}
# Where the parts of JSON columns each hold one, at whatever depth.
NAMING_PARTS = {
    "agenda": ("ref", "carried"),
    "follow_up": ("became",),
    "snapshot": ("goal",),
}
# Where they are the keys of a part: what a review noted of each goal.
NAMED_BY = ("numbers",)


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that the file tells differently; the store keeps its own."""

    noun: str
    handle: str
    label: str


@dataclass(slots=True)
class Report:
    """What an import did, or would do.

    ``exact``: the store was empty and is now what was exported, history included.
    ``added`` counts by noun; ``moved`` maps handles of the file to the new ones.
    """

    exact: bool = False
    added: dict[str, int] = field(default_factory=dict)
    same: int = 0
    clashes: list[Clash] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    doubles: list[str] = field(default_factory=list)


def unsound(reason: str) -> BadFile:
    return BadFile(
        _("The file contradicts itself ({reason}); nothing was taken in.").format(
            reason=reason
        )
    )


def insert(conn: Any, table: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    conn.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks(list(rows[0]))})",
        [tuple(row.values()) for row in rows],
    )


class Joining:
    """One import into a store that is in use; the caller holds the transaction."""

    def __init__(self, db: Store, tables: Tables, report: Report) -> None:
        self.db = db
        self.tables = tables
        self.report = report
        self.handles = {row["id"]: row for row in tables["handle"]}
        self.ids: dict[int, int] = {}
        self.fresh: set[int] = set()
        kept = db.conn.execute("SELECT id, letter, number FROM handle").fetchall()
        self.names = {number: f"{letter}{n}" for number, letter, n in kept}
        self.taken = {(letter, n) for _id, letter, n in kept}
        self.here: dict[str, str] = {}
        self.renamed = False
        self.last: dict[str, int] = {}
        for letter, number in self.taken:
            self.last[letter] = max(number, self.last.get(letter, 0))
        # Handles are never given back, so neither are their ids.
        self.next_id = self.first_id = max(self.names, default=0) + 1
        self.made: list[tuple[int, str, int, str]] = []

    def run(self) -> None:
        """Give out ids first, so that rows may point to each other in any order."""
        self.db.conn.execute("PRAGMA defer_foreign_keys = ON")
        known = {table: self._known(table) for table in ORDER[:-1]}
        for table in ORDER:
            for row in self.tables[table]:
                self._place(table, row, known.get(table, {}))
        self.db.conn.executemany(
            "INSERT INTO handle (id, letter, number, type) VALUES (?, ?, ?, ?)",
            self.made,
        )
        for number, row in self.handles.items():
            if number in self.ids:
                name = self.names[self.ids[number]]
                self.here[f"{row['letter']}{row['number']}"] = name
        self.renamed = any(old != new for old, new in self.here.items())
        # Fed row by row, the search index is written anew for each of them.
        for table in triggers.SEARCHED:
            self.db.conn.execute(f"DROP TRIGGER {table}_search_insert")
        for table in ORDER:
            rows = []
            for row in self.tables[table]:
                if row["id"] in self.fresh:
                    rows.append(self._mapped(table, row, POINTERS.get(table, ())))
                elif table != "milestone":
                    self._compare(table, row)
            if table == "person":
                self._settle(rows)
            insert(self.db.conn, table, rows)
            if rows and table != "milestone":
                self.report.added[table] = len(rows)
        for table, pointers in PARTS.items():
            insert(self.db.conn, table, list(self._parts(table, pointers)))
        self._foreign()
        self._asked()
        self._drafts()
        triggers.feed(self.db.conn, self.first_id)
        triggers.create(self.db.conn)

    def _known(self, table: str) -> dict[str, int]:
        """The ids of what the store has of the file's things, by uid."""
        found: dict[str, int] = {}
        uids = [row["uid"] for row in self.tables[table]]
        for part in chunks(uids):
            found.update(
                self.db.conn.execute(
                    f"SELECT uid, id FROM {table} WHERE uid IN ({marks(part)})", part
                ).fetchall()
            )
        if table == "year":
            by_year = dict(self.db.conn.execute("SELECT year, id FROM year").fetchall())
            for row in self.tables[table]:
                if row["year"] in by_year:
                    found.setdefault(row["uid"], by_year[row["year"]])
        return found

    def _place(self, table: str, row: dict[str, Any], known: dict[str, int]) -> None:
        """Find or make the id that the file's ``row`` has in this store."""
        old = row["id"]
        if table != "milestone" and row["uid"] in known:
            self.ids[old] = known[row["uid"]]
            return
        owner = None
        if table in ("priority", "milestone"):
            owner = row["person_id" if table == "priority" else "goal_id"]
            if owner not in self.ids:
                raise unsound(f"{table} {old}")
            if table == "milestone" and owner not in self.fresh:
                return
        named = self.handles.get(old)
        if named is None or named["type"] != table or old in self.ids:
            raise unsound(f"{table} {old}")
        letter, number = named["letter"], named["number"]
        if owner is not None:
            letter = self.names[self.ids[owner]] + "."
        if (letter, number) in self.taken:
            number = self.last[letter] + 1
        self.taken.add((letter, number))
        self.last[letter] = max(number, self.last.get(letter, 0))
        self.made.append((self.next_id, letter, number, table))
        self.ids[old], self.names[self.next_id] = self.next_id, f"{letter}{number}"
        self.next_id += 1
        self.fresh.add(old)
        before = f"{named['letter']}{named['number']}"
        if before != f"{letter}{number}":
            self.report.moved[before] = f"{letter}{number}"

    def _mapped(
        self,
        table: str,
        row: dict[str, Any],
        pointers: Iterable[str],
        own: bool = True,
    ) -> dict[str, Any]:
        """``row`` with the ids and the handles of this store."""
        values = dict(row)
        if own:
            values["id"] = self.ids[row["id"]]
        for name in pointers:
            values[name] = self.ids.get(row[name])
        if self.renamed:
            for name, keys in NAMING.items():
                if values.get(name) not in (None, "{}"):
                    values[name] = self._renamed(values[name], keys)
            for name, keys in NAMING_PARTS.items():
                if values.get(name) not in (None, "{}", "[]"):
                    values[name] = dump(self._within(json.loads(values[name]), keys))
            # What came from another program stays as it came.
            for name in TEXTS.get(table, ()) if table != "foreign_item" else ():
                values[name] = reworded(table, name, values[name], self._mention)
        return values

    def _within(self, value: Any, keys: tuple[str, ...]) -> Any:
        """``value`` with the handles at ``keys`` of every part as they are here."""
        if isinstance(value, list):
            return [self._within(one, keys) for one in value]
        if not isinstance(value, dict):
            return value
        return {
            key: self._name(one)
            if key in keys
            else {self._name(name): each for name, each in one.items()}
            if key in NAMED_BY and isinstance(one, dict)
            else self._within(one, keys)
            for key, one in value.items()
        }

    def _renamed(self, text: str, keys: tuple[str, ...]) -> str:
        """The JSON object ``text`` with the handles in the lists at ``keys`` as they are here."""
        fields = json.loads(text)
        for key in keys:
            if isinstance(fields.get(key), list):
                fields[key] = [self._name(handle) for handle in fields[key]]
        return dump(fields)

    def _name(self, handle: Any) -> Any:
        """The handle that the file's ``handle`` has here; what is none stays."""
        return self.here.get(handle, handle) if handle.__hash__ else handle

    def _mention(self, text: str) -> str:
        """``text`` with what it mentions by the handles of here."""
        return replaced(text, self.here)

    def _compare(self, table: str, row: dict[str, Any]) -> None:
        """Count what the store has already, and report what it has otherwise."""
        number = self.ids[row["id"]]
        cursor = self.db.conn.execute(f"SELECT * FROM {table} WHERE id = ?", (number,))
        names = [column[0] for column in cursor.description]
        have = dict(zip(names, cursor.fetchone(), strict=True))
        told = self._mapped(table, row, POINTERS.get(table, ()))
        skip: tuple[str, ...] = OWN
        if table == "year" and have["uid"] != told["uid"]:
            skip = (*OWN, "uid", "created_at", "updated_at")
        if table == "person":
            # Which leader is the primary one is this store's own; so is a name left out.
            skip = (*OWN, "is_primary", *(("name",) if told["name"] is None else ()))
        if all(told[name] == have[name] for name in names if name not in skip):
            self.report.same += 1
            return
        label = str(have[LABELS[table]]) or str(have.get("year", ""))
        self.report.clashes.append(Clash(table, self.names[number], label))

    def _settle(self, people: list[dict[str, Any]]) -> None:
        """Keep one primary leader, and say which aliases now stand for two people."""
        have = self.db.conn.execute(
            "SELECT slug, is_primary, state FROM person WHERE deleted_at IS NULL"
        ).fetchall()
        # Those of before share their aliases with whoever came after.
        slugs = {slug for slug, primary, state in have if state == "active"}
        primary = any(primary for slug, primary, state in have)
        for row in people:
            row["is_primary"] &= not primary and row["deleted_at"] is None
        self.report.doubles = [
            r["alias"] for r in people if r["state"] == "active" and r["slug"] in slugs
        ]

    def _parts(self, table: str, pointers: tuple[str, ...]) -> Iterable[dict[str, Any]]:
        """The parts of what is new; what the store had keeps its own."""
        for row in self.tables[table]:
            if row[pointers[0]] in self.fresh and row[pointers[-1]] in self.ids:
                values = self._mapped(table, row, pointers, own=False)
                values["id"] = None
                yield values

    def _foreign(self) -> None:
        """Where things came from; what the store has taken in itself stays as it is."""
        have = set(
            self.db.conn.execute("SELECT source, key FROM foreign_item").fetchall()
        )
        rows = []
        for row in self.tables["foreign_item"]:
            if (row["source"], row["key"]) in have:
                continue
            if row["item_id"] is None or row["item_id"] in self.ids:
                values = self._mapped("foreign_item", row, ("item_id",), own=False)
                rows.append(values | {"id": None})
        insert(self.db.conn, "foreign_item", rows)

    def _asked(self) -> None:
        have = set(self.db.conn.execute("SELECT day, prompt FROM asked").fetchall())
        rows = []
        for row in self.tables["asked"]:
            if (row["day"], row["prompt"]) in have:
                continue
            values = self._mapped("asked", row, ("entry_id",), own=False) | {"id": None}
            if values["instance"]:
                handle, colon, rest = values["instance"].partition(":")
                values["instance"] = f"{self._name(handle)}{colon}{rest}"
            rows.append(values)
        insert(self.db.conn, "asked", rows)

    def _drafts(self) -> None:
        """Texts that were not saved; one for a thing of the file follows its handle."""
        have = dict(self.db.conn.execute("SELECT target, body FROM draft").fetchall())
        rows = []
        for row in self.tables["draft"]:
            target = ":".join(map(self._name, row["target"].split(":")))
            body = self._mention(row["body"]) if self.renamed else row["body"]
            if target not in have:
                rows.append(row | {"target": target, "body": body})
            elif have[target] != body:
                self.report.clashes.append(Clash("draft", "", target))
        insert(self.db.conn, "draft", rows)
