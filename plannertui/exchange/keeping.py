"""How what comes in becomes a thing of the store, inside the write of an import."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from plannertui.store import entries, events, matters, rows, trash
from plannertui.store.open import Store

if TYPE_CHECKING:
    from plannertui.exchange.importing import Step

# The default of what is not told.
FIRST = {"entry": "note", "matter": "task", "event": "meeting"}
DAYS = ("day", "due", "closed_on", "starts_on", "ends_on", "slot_on", "last_on")
LISTS = ("agenda", "skipped", "extra", "reminders", "moves", "carried", "win")


def add(db: Store, noun: str, values: dict[str, Any], now: datetime) -> tuple[int, str]:
    """Add a thing; its id and handle."""
    fields, links, tags = _parted(values)
    made: Any
    if noun == "event":
        made = events.add(db, now=now, people=links or (), **fields)
        rows.set_tags(db, made.id, tags or ())
    elif noun == "matter":
        made = matters.add(db, now=now, tags=tags or (), timed=False, **fields)
    else:
        made = entries.add(
            db, now=now, links=links or (), tags=tags or (), timed=False, **fields
        )
    return made.id, made.handle


def change(db: Store, step: Step, values: dict[str, Any], now: datetime) -> None:
    """Change what ``step`` names of a thing, out of the trash where that is meant."""
    assert step.item_id is not None
    if step.restore:
        trash.restore(db, step.item_id, now)
    names = values.keys() if step.restore else step.names
    fields, links, tags = _parted({name: values[name] for name in names})
    noun, number = step.found.noun, step.item_id
    if noun == "event":
        event = events.get(db, number)
        if "skipped" in fields:
            # What was moved here is an event of its own: it does not come twice.
            moved = {one.slot_on for one in events.exceptions(db, event) if one.slot_on}
            fields["skipped"] = tuple(sorted(moved.union(fields["skipped"])))
        events.edit(db, event, now, people=links, **fields)
        if tags is not None:
            rows.set_tags(db, number, tags)
    elif noun == "matter":
        matters.edit(db, matters.get(db, number), now, tags=tags, **fields)
    else:
        entry = entries.get(db, number)
        if links is not None:
            # Only the people are told by the file; whatever else it refers to stays.
            links += [ref.id for ref in entry.refs if ref.handle[:1] not in "LP"]
        entries.edit(db, entry, now, links=links, tags=tags, **fields)


def _parted(
    values: dict[str, Any],
) -> tuple[dict[str, Any], list[int] | None, list[str] | None]:
    """``values`` as what the nouns' stores take: fields, links, tags."""
    fields = dict(values)
    links, tags = fields.pop("people", None), fields.pop("tags", None)
    for name in DAYS:
        if isinstance(fields.get(name), str):
            fields[name] = date.fromisoformat(fields[name])
    for name in LISTS:
        if isinstance(fields.get(name), str):
            fields[name] = rows.load(fields[name])
    for name in ("skipped", "extra"):
        if name in fields:
            fields[name] = tuple(map(date.fromisoformat, fields[name]))
    return fields, links, tags
