"""What is to be said in a one-on-one: the agenda that carries over, the decision wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import EmptyText, NotFound, Refused
from plannertui.core.events import WANTED_LENGTH, Event
from plannertui.core.meetings import ITEM_LENGTH, Item, item_of, one_line
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import events, refs, rows
from plannertui.store.open import Store
from plannertui.store.series import AHEAD, before, check_not_cancelled, kept

REFERABLE = ("matter", "entry", "priority", "situation", "goal", "milestone")


def want(db: Store, event: Event, text: str, now: datetime) -> Event:
    """Say the one decision that is wanted; "" takes it back."""
    text = one_line(text, WANTED_LENGTH, _("The decision wanted"))
    with db.write(N_("edit {what}"), now, what=event.handle or "one_on_one"):
        event = kept(db, event, now)
        check_not_cancelled(event)
        changes = {"wanted": text}
        if text and event.state == "planned":
            changes["state"] = "prepared"
        rows.update(db, "event", event.id, changes, now)
    return events.get(db, event.id)


def agenda(
    db: Store, event: Event, today: date, earlier: Sequence[Event] | None = None
) -> list[Item]:
    """The items of its agenda: what comes over from the talks before, then its own."""
    own = [item_of(one) for one in event.agenda]
    if event.state not in AHEAD:
        return own
    here = {item.same for item in own}
    return [
        one for one in pending(db, event, today, earlier) if one.same not in here
    ] + own


def pending(
    db: Store, event: Event, today: date, earlier: Sequence[Event] | None = None
) -> list[Item]:
    """What was not ticked in the talks before and is not taken over yet.

    An item goes to the next talk alone: one that is still to come keeps what it has.
    """
    talks = before(db, event) if earlier is None else earlier
    took_over = _took_over(db, [event.id, *(talk.id for talk in talks)])
    if event.id in took_over:
        return []
    found: list[Item] = []
    for talk in talks:
        own = [item_of(one) for one in talk.agenda]
        here = {item.same for item in own}
        if talk.id in took_over:
            found = []
        if talk.state in AHEAD and talk.starts_on >= today:
            found = []
            continue
        found = [one for one in found if one.same not in here]
        found += [
            replace(one, carried=one.carried or talk.handle)
            for one in own
            if not one.done
        ]
    return found


def _took_over(db: Store, ids: Sequence[int]) -> set[int]:
    """Which talks have taken over what was open before: dropped there, it is gone."""
    found: set[int] = set()
    for part in rows.chunks(list(ids)):
        found |= {
            row[0]
            for row in db.read(
                "SELECT from_id FROM link WHERE role = 'carried' "
                f"AND from_id IN ({rows.marks(part)})",
                part,
            )
        }
    return found


def change_agenda(
    db: Store,
    event: Event,
    today: date,
    now: datetime,
    change: Callable[[list[Item]], Sequence[Item]] = list,
) -> Event:
    """Rewrite the agenda by ``change``, with what comes over from before in it."""
    with db.write(N_("agenda of {what}"), now, what=event.handle or "one_on_one"):
        event = kept(db, event, now)
        check_not_cancelled(event)
        items = change(agenda(db, event, today))
        changes: dict[str, Any] = {"agenda": rows.dump([one.data() for one in items])}
        if event.state == "planned":
            changes["state"] = "prepared"
        rows.update(db, "event", event.id, changes, now)
        earlier = before(db, event)
        if event.state in AHEAD and earlier:
            rows.set_links(db, event.id, [earlier[-1].id], "carried")
    return events.get(db, event.id)


def add_item(
    db: Store,
    event: Event,
    text: str,
    today: date,
    now: datetime,
    *,
    kind: str = "inform",
) -> Event:
    """Put a text, or a thing by its handle alone, at the end of the agenda."""
    text = one_line(text, ITEM_LENGTH, _("The item"))
    if not text:
        raise EmptyText(_("There is nothing to write down: give some text."))
    found = refs.resolve(db, text.lstrip("@＠")) if " " not in text else None
    ref = found[1] if found is not None and found[3] in REFERABLE else ""
    made = item_of({"ref": ref, "text": "" if ref else text, "kind": kind})

    def put(items: list[Item]) -> list[Item]:
        if any(one.same == made.same and not one.done for one in items):
            raise Refused(_("That is on the agenda already."))
        return [*items, made]

    return change_agenda(db, event, today, now, put)


def tick(
    db: Store, event: Event, place: int, today: date, now: datetime, done: bool = True
) -> Event:
    """Tick the item at ``place``, from 1; a copy carried on to the next talk too."""

    def put(items: list[Item]) -> list[Item]:
        need(items, place)
        items[place - 1] = replace(items[place - 1], done=done)
        return items

    with db.write(N_("agenda of {what}"), now, what=event.handle or "one_on_one"):
        event = change_agenda(db, event, today, now, put)
        same = item_of(event.agenda[place - 1]).same
        for later in _carried_on(db, event):
            items = [item_of(one) for one in later.agenda]
            changed = [
                replace(one, done=done) if one.carried and one.same == same else one
                for one in items
            ]
            if changed != items:
                kept_as = rows.dump([one.data() for one in changed])
                rows.update(db, "event", later.id, {"agenda": kept_as}, now)
    return event


def _carried_on(db: Store, event: Event) -> list[Event]:
    found = db.read(
        "SELECT from_id FROM link WHERE to_id = ? AND role = 'carried'", (event.id,)
    )
    return [events.get(db, row[0]) for row in found]


def drop_item(db: Store, event: Event, place: int, today: date, now: datetime) -> Event:
    """Take the item at ``place`` off the agenda; it does not come back."""

    def put(items: list[Item]) -> list[Item]:
        need(items, place)
        return [*items[: place - 1], *items[place:]]

    return change_agenda(db, event, today, now, put)


def set_item(
    db: Store, event: Event, place: int, today: date, now: datetime, **changes: Any
) -> Event:
    """Change the words of an item (``text``), or what it is for (``kind``)."""
    if "text" in changes:
        changes["text"] = one_line(changes["text"], ITEM_LENGTH, _("The item"))
        if not changes["text"]:
            raise EmptyText(_("There is nothing to write down: give some text."))

    def put(items: list[Item]) -> list[Item]:
        need(items, place)
        items[place - 1] = replace(items[place - 1], **changes)
        return items

    return change_agenda(db, event, today, now, put)


def shift_item(
    db: Store, event: Event, place: int, by: int, today: date, now: datetime
) -> Event:
    """Move the item at ``place`` up or down."""

    def put(items: list[Item]) -> list[Item]:
        need(items, place)
        to = max(0, min(len(items) - 1, place - 1 + by))
        items.insert(to, items.pop(place - 1))
        return items

    return change_agenda(db, event, today, now, put)


def need(items: Sequence[Item], place: int) -> Item:
    """The item at ``place``, from 1; raises NotFound."""
    if not 1 <= place <= len(items):
        raise NotFound(
            _("There is no item {number} on the agenda.").format(number=place)
        )
    return items[place - 1]
