"""What comes of a one-on-one: what was heard, promised and assumed, filed in one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import NotFound, Refused
from plannertui.core.events import Event
from plannertui.core.followups import BELIEFS, PARTS, Yield, check
from plannertui.core.people import Person
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import (
    beliefs,
    entries,
    events,
    matters,
    meetings,
    people,
    priorities,
    refs,
    rows,
)
from plannertui.store.open import Store


def follow_up(
    db: Store,
    event: Event,
    lines: Sequence[Yield],
    today: date,
    now: datetime,
    calendar: WorkCalendar,
) -> Event:
    """File each line as what it becomes, linked to the talk; hold it where nobody did.

    One action: it is undone as a whole, and a line that cannot be filed leaves nothing
    behind. What is added later comes after what is there. Without any line, the talk is
    followed up all the same: nothing was heard that needs writing down.
    """
    for line in lines:
        check(line)
    with db.write(N_("follow up {what}"), now, what=event.handle or "one_on_one"):
        event = events.get(db, event.id) if event.id else event
        if event.state not in ("held", "followed_up"):
            event = meetings.hold(db, event, today, now, calendar)
        person = people.get(db, event.people[0].id) if event.people else None
        kept: dict[str, Any] = {
            name: list(event.follow_up.get(name, ())) for name in PARTS
        }
        for line in lines:
            became = _file(db, event, person, line, today, now)
            kept[line.part].append({"text": line.text, "became": became})
        rows.update(
            db,
            "event",
            event.id,
            {"follow_up": rows.dump(kept), "state": "followed_up"},
            now,
        )
    return events.get(db, event.id)


def _file(
    db: Store,
    event: Event,
    person: Person | None,
    line: Yield,
    today: date,
    now: datetime,
) -> str:
    """File one line, and give the handle of what it became."""
    if line.into in BELIEFS.values():
        return _belief(db, event, line, today, now)
    if line.into == "answer":
        return _answer(db, line, today, now)
    with_whom = [person.id] if person is not None else []
    if line.into in ("priority", "guess"):
        if person is None:
            raise Refused(_("Whom is it about? Give the talk somebody to talk with."))
        basis = "said" if line.into == "priority" else "guess"
        made: Any = priorities.add(
            db,
            person,
            text=line.text,
            now=now,
            kind=line.kind,
            basis=basis,
            checked_on=today,
            since=today,
        )
    elif line.into == "note":
        made = entries.add(
            db, text=line.text, day=today, now=now, kind="note", links=with_whom
        )
    else:
        made = matters.add(
            db,
            title=line.text,
            day=today,
            now=now,
            kind=line.into,
            person_id=person.id if person is not None else None,
            due=line.due,
            origin="asked" if line.into == "promise" else "mine",
            links=with_whom,
        )
    rows.set_links(db, made.id, [event.id], "from")
    handle: str = made.handle
    return handle


def _belief(db: Store, event: Event, line: Yield, today: date, now: datetime) -> str:
    """Check a belief of the leader: it held, or it is what was heard instead."""
    belief = priorities.get(db, line.target)
    right = {"changed": "no", "partly": "partly"}.get(line.into, "yes")
    text = line.text if right == "no" else ""
    checked, fresh = beliefs.check(db, belief, right, today, now, text=text)
    made = fresh or checked
    rows.set_links(db, made.id, [event.id], "from")
    return made.handle


def _answer(db: Store, line: Yield, today: date, now: datetime) -> str:
    """An ask was answered: it is done."""
    found = refs.need(db, line.target)
    ask = matters.get(db, found[0]) if found[3] == "matter" else None
    if ask is None or ask.kind != "ask":
        raise NotFound(_("{handle} is no ask.").format(handle=line.target))
    if ask.state == "open":
        matters.done(db, ask, today, now)
    return ask.handle


def linked(db: Store, event: Event) -> list[str]:
    """The handles of what came out of a talk, in the order they were made."""
    return [
        row[0]
        for row in db.read(
            "SELECT h.letter || h.number FROM link l JOIN handle h ON h.id = l.from_id "
            "WHERE l.role = 'from' AND l.to_id = ? ORDER BY l.id",
            (event.id,),
        )
    ]
