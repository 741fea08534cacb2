"""What is on, day after day, as a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.things import by_day, time_words, week_first
from plannertui.i18n import gettext as _
from plannertui.outputs.calendar.canvas import Sheet, Spot, clipped
from plannertui.outputs.calendar.words import (
    colour,
    day_head,
    day_kind,
    sign,
    span_label,
    title_role,
    unpublished,
    week_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.things import Scene, Thing
    from plannertui.outputs.calendar.canvas import Pen, Span, Spans

TIME = 11
NARROW = 56
NEAR = 8
"""So many things after the head of their day keep it in view."""


def draw(
    scene: Scene, width: int, pen: Pen, *, every: bool = False, week_start: int = 0
) -> Sheet:
    """The days from ``scene.first`` to ``scene.last`` that have something, by week.

    With ``every`` also those that have nothing.
    """
    lists = by_day(scene.things, scene.first, scene.last)
    lines: list[Spans] = []
    spots: list[Spot] = []
    keep: tuple[int, int] | None = None
    left = (
        max(pen.width(day_head(date(2024, 9, 20 + n), 40, pen)) for n in range(7)) + 3
    )
    week: date | None = None
    top = 0
    for number in range(scene.first.toordinal(), scene.last.toordinal() + 1):
        day = date.fromordinal(number)
        things = lists.get(day, [])
        notes = _notes(scene, day)
        if not (things or notes or every or day in (scene.day, scene.today)):
            continue
        start = week_first(day, week_start)
        if start != week:
            week = start
            if lines:
                lines.append(())
            lines.append(clipped(_week_head(start, pen), width, pen))
        if day == scene.day:
            top = len(lines)
        before = len(lines)
        for spans, key in _day(scene, day, things, notes, left, width, pen):
            spots.append(Spot(len(lines), 0, width, day.isoformat(), key))
            if day == scene.day and ((key == scene.picked and key) or keep is None):
                near = len(lines) - before < NEAR
                keep = (before if near else len(lines), len(lines))
            lines.append(clipped(spans, width, pen))
        if day == scene.day and not scene.picked:
            keep = (before, len(lines) - 1)
    said = unpublished(scene)
    if said:
        lines.append(())
        lines += [((part, "behind"),) for part in pen.wrap(said, width)]
    return Sheet((), tuple(lines), (), tuple(spots), keep, top)


def _week_head(start: date, pen: Pen) -> Spans:
    last = date.fromordinal(min(date.max.toordinal(), start.toordinal() + 6))
    thursday = date.fromordinal(
        min(date.max.toordinal(), start.toordinal() + (3 - start.weekday()) % 7)
    )
    said = f"{week_words(thursday)} {pen.dot} {span_label(start, last, pen.dash)}"
    return ((said, "heading"),)


def _notes(scene: Scene, day: date) -> list[Span]:
    """What a day is: a holiday, a make-up workday; and what it is elsewhere."""
    notes: list[Span] = []
    name = day_kind(scene.calendar, day)
    if name:
        makeup = scene.calendar.kind(day) == "makeup"
        notes.append((name, "here" if makeup else "holiday"))
    notes += [(f"{code} {other}", "faint") for code, other in scene.holidays(day)]
    return notes


def _day(
    scene: Scene,
    day: date,
    things: Sequence[Thing],
    notes: Sequence[Span],
    left: int,
    width: int,
    pen: Pen,
) -> list[tuple[Spans, str]]:
    """The lines of a day, each with the key of its thing."""
    here = day == scene.day
    role = "today" if day == scene.today else ""
    if not role and not scene.calendar.is_workday(day):
        role = "weekend"
    said = day_head(day, left, pen)
    label: list[Span] = [(" ", ""), (said, role), (" ", "")]
    if here:
        label = [("[", "here"), (said, f"{role} strong"), ("]", "here")]
    label.append((" " * max(0, left - pen.width(said) - 2), ""))
    found: list[tuple[Spans, str]] = []
    rest: list[Span] = []
    used = 0
    for text, played in notes:
        text = pen.cut(text, width - left - used)
        if text:
            rest += [(text, played), ("  ", "")]
            used += pen.width(text) + 2
    if rest or not things:
        empty = (
            ()
            if rest
            else ((pen.dash if day != scene.today else _("nothing"), "faint"),)
        )
        found.append(((*label, *rest[:-1], *empty), ""))
        label = [(" " * left, "")]
    for thing in things:
        found.append(
            ((*label, *_thing(scene, thing, day, width - left, pen)), thing.key)
        )
        label = [(" " * left, "")]
    return found


def _thing(scene: Scene, thing: Thing, day: date, width: int, pen: Pen) -> Spans:
    """A thing: when, what, with whom."""
    held = thing.key == scene.picked and day == scene.day
    ground = " held" if held else ""
    time = TIME if width >= NARROW - 12 else 5
    clock = time_words(thing, pen.dash)
    if thing.first != day:
        clock = _("goes on") if pen.width(_("goes on")) <= time else pen.dash
    elif pen.width(clock) > time:
        clock = clock[:5]
    lead: list[Span] = [
        (pen.pad_left(clock, time), "muted" + ground),
        ("  ", ground.strip()),
    ]
    if not clock and time < TIME:
        # Where there is little room, nothing is kept free for a time.
        lead, time = [], -2
    mark = pen.bar if thing.noun == "event" else sign(thing, pen)
    who = pen.cut(thing.who, width // 4) if width >= NARROW else ""
    if who.casefold() in thing.title.casefold():
        who = ""
    room = max(1, width - time - 4 - (pen.width(who) + 2 if who else 0))
    whole = bool(who) or held
    title = pen.pad(thing.title, room) if whole else pen.cut(thing.title, room)
    spans: list[Span] = [
        *lead,
        (mark, colour(thing) + ground),
        (" ", ground.strip()),
        (title, title_role(thing, held) + ground),
    ]
    if who:
        spans.append(("  " + who, "muted" + ground))
    return tuple((text, roles.strip()) for text, roles in spans if text)
