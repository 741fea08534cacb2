"""What one takes into a one-on-one, gathered in the order in which it is said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from plannertui.core import goals as goal_rules
from plannertui.core.briefs import Brief, Point, Standing, StyleLine
from plannertui.core.day import year_of
from plannertui.core.events import Event
from plannertui.core.followups import follow_up_of
from plannertui.core.matters import Matter
from plannertui.core.meetings import Item, item_of
from plannertui.core.people import STYLE, Person
from plannertui.core.priorities import Priority, stale
from plannertui.core.workdays import WorkCalendar
from plannertui.store import (
    agendas,
    events,
    goals,
    items,
    matters,
    people,
    priorities,
    refs,
    series,
)
from plannertui.store.ledger import SIDES
from plannertui.store.open import Store

WARNED_DAYS = 30


def gather(
    db: Store,
    event: Event,
    today: date,
    calendar: WorkCalendar,
    *,
    year_start: int = 1,
) -> Brief:
    """Everything for ``event``, kept or computed, as it stands ``today``.

    Each line has the handle of its thing. What is private or grey in an official sense
    is here too, with its ``share`` and ``nature``: whoever prints it decides.
    """
    person = people.get(db, event.people[0].id) if event.people else None
    earlier = series.before(db, event)
    last = series.last_before(db, event, earlier)
    since = last.starts_on if last is not None else None
    agenda = agendas.agenda(db, event, today, earlier)
    told = _told(earlier)
    points = [
        (item, _item_point(db, item, place, today))
        for place, item in enumerate(agenda, 1)
        if not item.done
    ]
    here = {item.ref for item in agenda if item.ref}
    fresh = [item for item in points if not item[0].carried]

    def of(kind: str) -> tuple[Point, ...]:
        return tuple(point for item, point in fresh if item.kind == kind)

    between = [] if person is None else _matters(db, person.id)
    return Brief(
        event=event,
        person=person,
        last=last,
        wanted=event.wanted,
        standings=_standings(db, person, today, calendar, year_start),
        warnings=tuple(
            point
            for point in _warnings(db, today, since)
            if point.handle not in here | told
        ),
        decide=of("decide"),
        inform=of("inform"),
        wins=tuple(
            point
            for point in _wins(db, today, since)
            if point.handle not in here | told
        ),
        ask=of("ask")
        + _asks(db, person, between, today, here | told, _assumed(earlier)),
        promises=tuple(
            _promise(one)
            for one in between
            if one.kind != "ask" and _between(one, since)
        ),
        carried=tuple(point for item, point in points if item.carried),
        style=_style(person),
        thanks=of("thank"),
    )


def _told(earlier: Iterable[Event]) -> set[str]:
    """The things that were ticked on an agenda before this one: they are told."""
    return {
        item.ref
        for talk in earlier
        for item in map(item_of, talk.agenda)
        if item.ref and item.done
    }


def _item_point(db: Store, item: Item, place: int, today: date) -> Point:
    values: dict[str, Any] = {"text": item.text, "carried": item.carried}
    if item.carried:
        found = refs.resolve(db, item.carried, trashed=True)
        if found is not None and found[3] == "event":
            values["carried_on"] = events.get(db, found[0]).starts_on
    if item.ref:
        values |= _thing(db, item.ref)
    return Point(item=place, **values)


def _thing(db: Store, ref: str) -> dict[str, Any]:
    """The words of what an item refers to, and what is to be known of it."""
    found = refs.resolve(db, ref, trashed=True)
    if found is None:
        return {"text": ref, "handle": ref}
    number, handle, label, noun = found
    values: dict[str, Any] = {"text": label, "handle": handle, "kind": noun}
    if noun == "matter":
        matter = matters.get(db, number)
        values |= {"kind": matter.kind, "due": matter.due, "state": matter.state}
        values |= {"day": matter.day, "nature": matter.nature}
    elif noun == "entry":
        row = db.one(
            "SELECT kind, day, about, share FROM entry WHERE id = ?", (number,)
        )
        if row is not None:
            values |= {"kind": row[0], "day": date.fromisoformat(row[1])}
            values |= {"due": date.fromisoformat(row[2]) if row[2] else None}
            values["share"] = row[3]
    elif noun == "priority":
        belief = priorities.get(db, number)
        values |= {"kind": belief.basis, "basis": belief.basis}
        values["day"] = belief.checked_on or belief.since
    return values


def _standings(
    db: Store,
    person: Person | None,
    today: date,
    calendar: WorkCalendar,
    year_start: int,
) -> tuple[Standing, ...]:
    """The goals that serve what this leader answers for, the weightiest first."""
    if person is None:
        return ()
    weight = {one.id: one.rank for one in priorities.ls(db, person.id)}
    found: list[tuple[int, int, Standing]] = []
    for goal in goals.ls(db, year_of(today, year_start)):
        ranks = [weight[s.priority_id] for s in goal.serves if s.priority_id in weight]
        if goal.state != "active" or not ranks:
            continue
        checks = goals.check_ins(db, goal)
        as_of = checks[-1].day if checks else None
        standing = Standing(goal, goal_rules.pace(goal, calendar, today), as_of)
        found.append((min(ranks), goal.id, standing))
    return tuple(each[2] for each in sorted(found, key=lambda one: one[:2]))


def _entry_points(found: Iterable[items.Item]) -> tuple[Point, ...]:
    return tuple(
        Point(
            text=item.text,
            handle=item.handle,
            kind=item.kind,
            day=item.day,
            due=item.due,
            share=item.share,
        )
        for item in found
    )


def _warnings(db: Store, today: date, since: date | None) -> tuple[Point, ...]:
    """Warnings whose day has not come; without a day, those since the last talk."""
    rows = db.read(
        f"{items.SELECTS['entry']} WHERE kind = 'warn' AND deleted_at IS NULL "
        "AND (about >= ? OR (about IS NULL AND day >= ?)) ORDER BY about, day, id",
        (today.isoformat(), (since or _days_ago(today)).isoformat()),
    )
    return _entry_points(items.fill(db, rows))


def _wins(db: Store, today: date, since: date | None) -> tuple[Point, ...]:
    """Wins since the last talk that are marked ready."""
    rows = db.read(
        f"{items.SELECTS['entry']} WHERE kind = 'win' AND deleted_at IS NULL "
        "AND share = 'ready' AND day >= ? ORDER BY day, id",
        ((since or _days_ago(today)).isoformat(),),
    )
    return _entry_points(items.fill(db, rows))


def _days_ago(today: date) -> date:
    return date.fromordinal(max(1, today.toordinal() - WARNED_DAYS))


def _matters(db: Store, person_id: int) -> list[Matter]:
    """What is promised, awaited and asked between us, by due date."""
    found = db.read(
        "SELECT id FROM matter WHERE person_id = ? AND deleted_at IS NULL "
        f"AND kind IN ({items.marks(list(SIDES))}) AND nature != 'grey' "
        "ORDER BY kind != 'promise', due IS NULL, due, id",
        (person_id, *SIDES),
    )
    return matters.some(db, [row[0] for row in found])


def _between(matter: Matter, since: date | None) -> bool:
    """Whether it is open, or was closed since the last talk."""
    if matter.closed_on is None:
        return True
    return since is not None and matter.closed_on >= since


def _promise(matter: Matter) -> Point:
    return Point(
        text=matter.title,
        handle=matter.handle,
        kind=matter.kind,
        day=matter.day,
        due=matter.due,
        closed_on=matter.closed_on,
        state=matter.state,
        nature=matter.nature,
    )


def _asks(
    db: Store,
    person: Person | None,
    between: Iterable[Matter],
    today: date,
    less: set[str],
    assumed: set[str],
) -> tuple[Point, ...]:
    """Open asks, each with the belief behind it, then guesses and stale beliefs."""
    if person is None:
        return ()
    beliefs = {one.id: one for one in priorities.ls(db, person.id)}
    found: list[Point] = []
    asked: set[int] = set()
    for matter in between:
        if matter.kind != "ask" or matter.state != "open":
            continue
        belief = beliefs.get(matter.priority_id or 0)
        if belief is not None:
            asked.add(belief.id)
        if matter.handle in less:
            continue
        basis = "guess" if matter.handle in assumed else ""
        found.append(
            Point(
                text=matter.title,
                handle=matter.handle,
                kind="ask",
                day=matter.day if belief is None else _checked(belief),
                due=matter.due,
                basis=basis if belief is None else belief.basis,
                nature=matter.nature,
            )
        )
    for belief in beliefs.values():
        wanted = belief.basis == "guess" or stale(belief, today)
        if belief.id not in asked and belief.handle not in less and wanted:
            found.append(
                Point(
                    text=belief.text,
                    handle=belief.handle,
                    kind=belief.basis,
                    day=_checked(belief),
                    basis=belief.basis,
                )
            )
    return tuple(found)


def _checked(belief: Priority) -> date | None:
    return belief.checked_on or belief.since


def _assumed(earlier: Iterable[Event]) -> set[str]:
    """The handles of what was assumed in a talk before this one: each is a guess."""
    return {
        line.became
        for talk in earlier
        for line in follow_up_of(talk.follow_up).assumed
        if line.became
    }


def _style(person: Person | None) -> tuple[StyleLine, ...]:
    if person is None:
        return ()
    return tuple(
        StyleLine(name, belief.text, belief.basis, belief.checked_on)
        for name in STYLE
        if (belief := person.style.get(name)) is not None
    )
