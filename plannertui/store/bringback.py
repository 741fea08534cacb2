"""One version of a thing brought back, as a new action that can be undone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import Refused
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import rows, trash, versions
from plannertui.store.history import put, with_record
from plannertui.store.triggers import NOUNS

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store
    from plannertui.store.versions import Change, Values, Version, Versions

# What stays as it is: the program's own, places among others, and what was counted.
STAYS = frozenset(("id", "uid", "rev", "created_at", "updated_at", "deleted_at"))
FACTS = {
    "goal": ("measure_now", "position", "year"),
    "matter": ("moves", "first_on", "firsts", "carried"),
    "event": ("series_id", "slot_on"),
    "priority": ("checks", "successor_id"),
    "milestone": ("goal_id", "position"),
    "year": ("year",),
}


@dataclass(frozen=True, slots=True)
class Back:
    """A version that was brought back: what differs now, and what stayed, in words."""

    handle: str
    number: int
    changes: tuple[Change, ...]
    stays: tuple[str, ...]
    untrashed: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the thing said all of it already."""
        return not self.changes and not self.untrashed


def bring_back(db: Store, found: Versions, number: int, now: datetime) -> Back:
    """Let the thing say again what version ``number`` of it said.

    What lies in the trash comes out of it; nothing is put there. Raises NotFound for a
    version that there is not, Refused for one in which the thing was not there.
    """
    wanted = found.get(number)
    if wanted.values is None:
        raise Refused(
            _(
                "In version {number} {handle} was not there. To take it away: ptui rm "
                "{handle}. Its versions: ptui log {handle}"
            ).format(number=number, handle=found.handle)
        )
    before = found.last
    stays: list[str] = []
    with db.write(N_("restore {what}"), now, what=f"{found.handle}@{number}"):
        try:
            _row(db, found, wanted, stays, now)
        except driver.IntegrityError as error:
            message = _("Version {number} of {handle} does not fit in any more: {why}")
            raise Refused(
                message.format(number=number, handle=found.handle, why=error)
            ) from error
        _parts(db, found, wanted, stays)
        back = versions.of(db, found.id)
        changes = tuple(versions.compare(before.fields, back.last.fields))
        untrashed = before.trashed or before.values is None
    return Back(found.handle, number, changes, tuple(stays), untrashed)


def _row(
    db: Store, found: Versions, wanted: Version, stays: list[str], now: datetime
) -> None:
    """Write the row itself."""
    image: Values = dict(wanted.values or {})
    noun, number = found.noun, found.id
    current = found.last.values
    if current is None:
        # Its making was undone, or it was a step that was taken away.
        _pointers(db, image, stays)
        put(db, noun, image | ({"deleted_at": None} if noun in NOUNS else {}))
        current = image
    elif current.get("deleted_at"):
        said = trash.restore(db, number, now)
        stays += [said] if said else []
        current = versions.of(db, number).last.values or current
    keep = STAYS.union(FACTS.get(noun, ()))
    values = {
        name: value
        for name, value in image.items()
        if name in current and name not in keep
    }
    _pointers(db, values, stays)
    _what_binds(db, found, current, values, stays)
    changed = {name: new for name, new in values.items() if new != current[name]}
    if not changed:
        return
    if noun == "milestone":
        names = ", ".join(f'"{name}" = ?' for name in changed)
        db.conn.execute(
            f"UPDATE milestone SET {names} WHERE id = ?", [*changed.values(), number]
        )
        rows.touch(db, "goal", current["goal_id"], now)
    else:
        rows.update(db, noun, number, changed, now)


def _pointers(db: Store, values: Values, stays: list[str]) -> None:
    """Let go of what was erased since."""
    for name in [each for each in values if each.endswith("_id")]:
        if values[name] is not None and not _there(db, values[name]):
            values[name] = None
            stays.append(_("What it belonged to was erased since."))


def _there(db: Store, number: int) -> bool:
    row = db.one("SELECT type FROM handle WHERE id = ?", (number,))
    return row is not None and bool(
        db.one(f"SELECT 1 FROM {row[0]} WHERE id = ?", (number,))
    )


def _what_binds(
    db: Store, found: Versions, current: Values, values: Values, stays: list[str]
) -> None:
    """Keep what no version takes back: a record, a promise's day, privacy, a series."""
    handle = found.handle
    if found.noun == "matter":
        record = current.get("boundary")
        if record:
            values["boundary"] = with_record(db, values.get("boundary"), record)
        if current["kind"] == values["kind"] == "promise" and current["due"]:
            if values["due"] != current["due"]:
                stays.append(
                    _("Its day stays; a promise is moved: {call}").format(
                        call=f"ptui move {handle} --to DATE --told"
                    )
                )
            values["due"] = current["due"]
    elif found.noun == "entry" and values.get("share") != current["share"]:
        # What was marked for others once is not so again by itself.
        if current["share"] == "private":
            values["share"] = "private"
            said = _("It stays private. To let reports take it: ptui ready {handle}")
            stays.append(said.format(handle=handle))
    elif found.noun == "event":
        if current["kind"] == "one_on_one" and current["series_id"]:
            values.pop("repeat", None)
        if values.get("last_on"):
            own = db.read(
                "SELECT slot_on FROM event WHERE series_id = ? AND id != ? "
                "AND slot_on NOT NULL",
                (found.id, found.id),
            )
            days = {*json.loads(values["skipped"]), *(day for (day,) in own)}
            values["skipped"] = rows.dump(sorted(days))
    elif found.noun == "person" and values["slug"] != current["slug"]:
        from plannertui.store.people import free

        free(db, values["alias"], found.id)


def _parts(db: Store, found: Versions, wanted: Version, stays: list[str]) -> None:
    """Write tags, links and what a goal serves."""
    if found.noun == "milestone":
        return
    rows.set_tags(
        db, found.id, [row["name"] for table, row in wanted.parts if table == "tag"]
    )
    lost = False
    for role in versions.ROLES:
        to = [
            row["to_id"]
            for table, row in wanted.parts
            if table == "link" and row["role"] == role
        ]
        have = [number for number in to if _there(db, number)]
        lost = lost or have != to
        rows.set_links(db, found.id, have, role)
    if found.noun == "goal":
        lost = _serves(db, found.id, wanted) or lost
    if lost:
        stays.append(_("Links to what was erased since stay away."))


def _serves(db: Store, number: int, wanted: Version) -> bool:
    """Let a goal serve what it did; whether some of that is gone."""
    to: dict[int, Any] = {
        row["priority_id"]: row["how"]
        for table, row in wanted.parts
        if table == "serve"
    }
    have = {each: how for each, how in to.items() if _there(db, each)}
    now = dict(
        db.read("SELECT priority_id, how FROM serve WHERE goal_id = ?", (number,))
    )
    for each in now:
        if have.get(each) != now[each]:
            db.conn.execute(
                "DELETE FROM serve WHERE goal_id = ? AND priority_id = ?",
                (number, each),
            )
    for each, how in have.items():
        if now.get(each) != how:
            db.conn.execute(
                "INSERT INTO serve (goal_id, priority_id, how) VALUES (?, ?, ?)",
                (number, each, how),
            )
    return have != to
