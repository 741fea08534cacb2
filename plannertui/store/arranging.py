"""Adding and changing an event as the shell and the dialogs ask for it.

A one-on-one that repeats is a series, each talk of it a row of its own; everything else
that repeats is one row with its rule.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from plannertui.core.errors import Usage
from plannertui.core.events import Event
from plannertui.core.forms import BEFORE
from plannertui.core.meetings import rhythm_of
from plannertui.core.recurrence import check, parse
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import events, meetings, occurrences, repeating, trash
from plannertui.store.open import Store

OVER = ("held", "followed_up", "cancelled")


def add(
    db: Store, now: datetime, calendar: WorkCalendar | None = None, **values: Any
) -> Event:
    """Add an event; one with a ``repeat`` begins on the first day that the rule gives."""
    if values.get("repeat"):
        values = _first_of_rule(None, values, calendar)
    series = (
        values.get("repeat")
        and values.get("kind") == "one_on_one"
        and values.get("people")
    )
    repeat = values.pop("repeat", "") if series else ""
    with db.write(N_("add {what}"), now, what=values.get("kind", "meeting")):
        event = events.add(db, now=now, **values)
        if series:
            rhythm = rhythm_of(repeat, event.starts_on)
            event = meetings.set_rhythm(db, event, rhythm, now)
    return event


def change(
    db: Store,
    event: Event,
    which: str,
    changes: dict[str, Any],
    today: date,
    now: datetime,
    calendar: WorkCalendar,
    leap: str = BEFORE,
) -> Event:
    """Change ``event``: ``which`` is "one", "following", "all", or "" for what is once.

    Of what repeats ``event`` is the occurrence from which it is looked at.
    """
    label = N_("edit {what}")
    if "starts_on" in changes or "time" in changes:
        label = N_("move {what}")
    if which == "one":
        if changes.get("repeat"):
            raise Usage(_("One of them cannot repeat: use --following or --all."))
        return repeating.change_one(
            db, event, now, calendar=calendar, label=label, **changes
        )
    if which:
        act: Callable[..., Event] = repeating.change_all
        if which == "following":
            act = repeating.change_following
        return act(db, event, now, calendar=calendar, leap=leap, label=label, **changes)
    with db.write(label, now, what=event.handle):
        if "repeat" in changes and event.kind == "one_on_one":
            rhythm = rhythm_of(changes.pop("repeat"), event.starts_on)
            event = meetings.set_rhythm(db, event, rhythm, now)
        if changes.get("repeat"):
            changes = _first_of_rule(event, changes, calendar)
        if changes:
            event = events.edit(db, event, now, **changes)
        if event.kind == "one_on_one" and changes.get("state") in OVER:
            meetings.make_next(db, event, today, now, calendar)
    return event


def _first_of_rule(
    event: Event | None, values: dict[str, Any], calendar: WorkCalendar | None
) -> dict[str, Any]:
    """``values`` beginning on the first day that their rule gives."""
    day = values["starts_on"] if event is None else event.starts_on
    day = values.get("starts_on", day)
    first = check(parse(values["repeat"]), day, calendar)
    if first == day:
        return values
    ends = values.get("ends_on", day if event is None else event.ends_on)
    return values | {"starts_on": first, "ends_on": first + (ends - day)}


def take_away(
    db: Store,
    event: Event,
    slot: date | None,
    which: str,
    now: datetime,
    calendar: WorkCalendar,
) -> None:
    """Take away the occurrence on ``slot`` ("one"), those from it on ("following"), or "all".

    All go into the trash; one that is left out can be restored on its own.
    """
    if which == "all":
        trash.remove(db, event.id, now)
        return
    one = event if slot is None else occurrences.on_day(db, event, slot, calendar)
    if which == "one":
        repeating.cancel_one(db, one, now, calendar=calendar)
    else:
        repeating.cancel_following(db, one, now, calendar=calendar)


def cancel(db: Store, event: Event, now: datetime) -> Event:
    """Say that an event does not take place, with those of it that were changed alone."""
    return _turn(db, event, N_("cancel {what}"), ("planned", "prepared"), now)


def restore(db: Store, event: Event, now: datetime) -> Event:
    """Let take place again what was cancelled, and those of it that were changed alone."""
    return _turn(db, event, N_("restore {what}"), ("cancelled",), now)


def _turn(
    db: Store, event: Event, label: str, those: tuple[str, ...], now: datetime
) -> Event:
    state = "planned" if those == ("cancelled",) else "cancelled"
    with db.write(label, now, what=event.handle):
        for own in events.exceptions(db, event) if event.repeats else ():
            if own.state in those:
                events.edit(db, own, now, state=state)
        return events.edit(db, event, now, state=state)
