"""People."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.people import (
    ALIAS_LENGTH,
    RELATIONS,
    Belief,
    Person,
    slug,
)
from plannertui.core.text import clean
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import refs, rows
from plannertui.store.open import Store

STAYS = ("", "leader", "above")

_SELECT = (
    "SELECT p.id, p.uid, h.letter || h.number, p.created_at, p.updated_at, p.rev, "
    "p.deleted_at, p.alias, p.name, p.relation, p.is_primary, p.in_room, p.style, "
    "p.since, p.until, p.state FROM person p JOIN handle h ON h.id = p.id"
)


def _person(row: Sequence[Any]) -> Person:
    style = {
        name: Belief(text, basis, rows.day(checked))
        for name, (text, basis, checked) in rows.load(row[12]).items()
    }
    return Person(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        alias=row[7],
        name=row[8],
        relation=row[9],
        primary=bool(row[10]),
        in_room=bool(row[11]),
        style=style,
        since=rows.day(row[13]),
        until=rows.day(row[14]),
        state=row[15],
    )


def ls(db: Store, relation: str | None = None, *, past: bool = False) -> list[Person]:
    """Active people, those of one relation or all, primary leader first."""
    found = db.read(
        f"{_SELECT} WHERE p.deleted_at IS NULL AND (? IS NULL OR p.relation = ?) "
        "AND (p.state = 'active' OR ?) "
        "ORDER BY p.is_primary DESC, p.relation != 'leader', p.id",
        (relation, relation, past),
    )
    return [_person(row) for row in found]


def real_names(db: Store) -> dict[str, str]:
    """Every real name that somebody has or had, and the alias that stands for it.

    Those in the trash are among them, and names that were taken back: texts still hold
    them. A single character is no name to look for.
    """
    found = db.read(
        "SELECT name, alias FROM person WHERE name NOT NULL UNION ALL "
        "SELECT json_extract(r.before, '$.name') AS had, p.alias FROM person p "
        "JOIN revision r ON r.row_id = p.id AND r.tbl = 'person' WHERE had NOT NULL"
    )
    names: dict[str, str] = {}
    for name, alias in found:
        if len(name.strip()) > 1 and name.casefold() != alias.casefold():
            names.setdefault(name, alias)
    return names


def get(db: Store, who: int | str) -> Person:
    """The person with this id, handle or alias; raises NotFound."""
    number = who if isinstance(who, int) else refs.need(db, who, "person")[0]
    row = db.one(f"{_SELECT} WHERE p.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no person {name}.").format(name=who))
    return _person(row)


def primary(db: Store) -> Person | None:
    """The leader one works for first, or None."""
    row = db.one(
        f"{_SELECT} WHERE p.deleted_at IS NULL AND p.state = 'active' "
        "AND p.is_primary = 1 ORDER BY p.id LIMIT 1"
    )
    return None if row is None else _person(row)


def add(
    db: Store, *, alias: str, now: datetime, relation: str = "leader", **fields: Any
) -> Person:
    """Add somebody by alias; the first leader becomes the primary one.

    Raises Usage for an alias that is empty, too long, taken, or looks like a handle.
    """
    alias = _alias(alias)
    if relation not in RELATIONS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=relation, choices=", ".join(RELATIONS)
            )
        )
    values = {"alias": alias, "slug": slug(alias), "relation": relation}
    with db.write(N_("add {what}"), now, what=alias):
        free(db, alias)
        if "primary" not in fields and relation == "leader" and primary(db) is None:
            fields["primary"] = True
        number, _handle = rows.insert(
            db,
            "person",
            values | _columns(fields),
            now,
            letter="L" if relation == "leader" else "P",
        )
        if fields.get("primary"):
            _only_primary(db, number, now)
    return get(db, number)


def edit(
    db: Store,
    person: Person,
    now: datetime,
    *,
    base_rev: int | None = None,
    **changes: Any,
) -> Person:
    """Change fields of a person; a new alias is checked as in ``add``."""
    if changes.get("state") == "past":
        changes["primary"] = False
    values = _columns(changes)
    if "alias" in changes:
        values["alias"] = _alias(changes["alias"])
        values["slug"] = slug(values["alias"])
    with db.write(N_("edit {what}"), now, what=person.handle):
        if "alias" in changes:
            free(db, values["alias"], person.id)
        rows.update(db, "person", person.id, values, now, base_rev=base_rev)
        if changes.get("primary"):
            _only_primary(db, person.id, now)
    return get(db, person.id)


def succeed(
    db: Store,
    new: Person | str,
    today: date,
    now: datetime,
    *,
    stays: str = "",
) -> Person:
    """Make ``new``, somebody known or a new alias, the leader one works for first.

    The one before becomes past today, or goes on as ``stays``: "leader" or "above". What
    they answered for, and all that was written about them, stays with them.
    """
    if stays not in STAYS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=stays, choices=", ".join(STAYS[1:])
            )
        )
    what = new if isinstance(new, str) else new.alias
    with db.write(N_("change of leader to {what}"), now, what=what):
        old = primary(db)
        if old is not None and isinstance(new, Person) and old.id == new.id:
            message = _("{alias} is the one you work for first already.")
            raise Refused(message.format(alias=new.alias))
        if old is not None:
            # Before the new one comes: an office may keep its name.
            gone: dict[str, Any] = {"state": "past", "until": today}
            if stays:
                gone = {"relation": stays}
            edit(db, old, now, primary=False, **gone)
        if isinstance(new, str):
            return add(db, alias=new, now=now, since=today, primary=True)
        if new.state != "active":
            new = come_back(db, new, now)
        return edit(db, new, now, relation="leader", primary=True, since=today)


def come_back(db: Store, person: Person, now: datetime) -> Person:
    """Make somebody of the past active again; the alias must be free."""
    if person.state == "forgotten":
        raise Refused(_("{handle} is forgotten.").format(handle=person.handle))
    with db.write(N_("edit {what}"), now, what=person.handle):
        free(db, person.alias, person.id)
        return edit(db, person, now, state="active", until=None)


def _only_primary(db: Store, number: int, now: datetime) -> None:
    others = db.conn.execute(
        "SELECT id FROM person WHERE is_primary = 1 AND id != ?", (number,)
    ).fetchall()
    for (other,) in others:
        rows.update(db, "person", other, {"is_primary": 0}, now)


def _alias(alias: str) -> str:
    """``alias`` with single blanks; Usage when it is none."""
    alias = " ".join(clean(alias).split())
    if not alias or len(alias) > ALIAS_LENGTH:
        message = _("An alias has between 1 and {count} characters.")
        raise Usage(message.format(count=ALIAS_LENGTH))
    if refs.split(alias) is not None and alias[1:].replace(".", "", 1).isdigit():
        raise Usage(_("An alias must not look like a handle such as L1."))
    return alias


def free(db: Store, alias: str, own: int = 0) -> None:
    """Refuse, inside a write, an alias that somebody else has."""
    if db.one(
        "SELECT 1 FROM person WHERE slug = ? AND deleted_at IS NULL "
        "AND state = 'active' AND id != ?",
        (slug(alias), own),
    ):
        raise Usage(_("There is already somebody called {alias}.").format(alias=alias))


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    if "primary" in values:
        values["is_primary"] = values.pop("primary")
    if "style" in values:
        values["style"] = rows.dump(
            {
                name: [belief.text, belief.basis, belief.checked_on]
                for name, belief in values["style"].items()
            }
        )
    return values
