"""A month in weeks, each day with what is on it as far as it fits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plannertui.core.day import month_length
from plannertui.core.daywords import weekday_heads
from plannertui.core.things import clock_of, week_first
from plannertui.core.timetable import pack
from plannertui.core.words import month_name, weekday
from plannertui.i18n import gettext as _
from plannertui.outputs.calendar.canvas import Canvas, Sheet, Spot
from plannertui.outputs.calendar.hours import columns
from plannertui.outputs.calendar.words import (
    colour,
    day_kind,
    sign,
    title_role,
    week_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.things import Scene, Thing
    from plannertui.outputs.calendar.canvas import Pen
    from plannertui.outputs.calendar.hours import Columns

WEEKS_FROM = 76
"""The cells from which on the weeks have their numbers before them."""
LEAST = 2
LOW = 3
WITH_TIME = 12
SHADE_FROM = (1, 3, 5)


def shade(count: int) -> int:
    """1 to 3: how dark a day with so many entries is."""
    return sum(1 for least in SHADE_FROM if count >= least)


def window(day: date, week_start: int = 0) -> tuple[date, date]:
    """The first and last day that the month of ``day`` shows: whole weeks."""
    first = week_first(day.replace(day=1), week_start)
    end = day.replace(day=month_length(day.year, day.month))
    last = week_first(end, week_start).toordinal() + 6
    return first, date.fromordinal(min(last, date.max.toordinal()))


def draw(scene: Scene, width: int, height: int, pen: Pen) -> Sheet:
    """The month of ``scene.day`` in ``width`` cells; the weeks share ``height`` lines.

    With a ``height`` of 0 every week is as high as what it has.
    """
    left = 4 if width >= WEEKS_FROM else 0
    at = columns(width, 7, left)
    start = scene.first
    count = -(-((scene.last - scene.first).days + 1) // 7)
    heads = Canvas(width, 1, pen)
    for n in range(7):
        day = start + timedelta(n) if start < date.max - timedelta(7) else start
        name = weekday(day)
        if pen.width(name) > at.widths[n]:
            name = weekday_heads()[day.weekday()]
        heads.put(at.starts[n], 0, name, "muted", at.widths[n])
    weeks = [
        [
            date.fromordinal(min(date.max.toordinal(), start.toordinal() + 7 * w + n))
            for n in range(7)
        ]
        for w in range(count)
    ]
    if height:
        each, over = divmod(max(LEAST * count, height - 1), count)
        heights = [each + (n < over) for n in range(count)]
    else:
        heights = [_need(scene, week) for week in weeks]
    canvas = Canvas(width, sum(heights), pen)
    spots: list[Spot] = []
    keep = None
    y = 0
    for week, tall in zip(weeks, heights, strict=True):
        if left:
            thursday = next(day for day in week if day.weekday() == 3)
            said = week_words(thursday)
            if pen.width(said) >= left:
                said = f"{thursday.isocalendar().week:3}"
            canvas.put(0, y, said, "faint", left - 1)
        spots += _week(canvas, scene, week, at, y, tall, pen)
        if scene.day in week:
            keep = (y, y + tall - 1)
        y += tall
    return Sheet(heads.lines(), canvas.lines(), (), tuple(spots), keep)


def _need(scene: Scene, week: Sequence[date]) -> int:
    """The lines that a week takes to show everything."""
    spans, _things = _spans(scene, week)
    packed = pack(spans, 7, 1000)
    lanes = max((lane + 1 for _n, lane, _a, _b in packed.pieces), default=0)
    return max(LEAST, lanes + 1 + 1)


def _spans(
    scene: Scene, week: Sequence[date]
) -> tuple[list[tuple[int, int]], list[Thing]]:
    """What touches a week: its columns, the longest and the earliest first."""
    first, last = week[0], week[-1]
    things = [t for t in scene.things if t.first <= last and t.last >= first]
    things.sort(key=lambda t: (t.days == 1, t.order))
    base = first.toordinal()
    return [
        (t.first.toordinal() - base, t.last.toordinal() - base) for t in things
    ], things


def _week(
    canvas: Canvas,
    scene: Scene,
    week: Sequence[date],
    at: Columns,
    y: int,
    tall: int,
    pen: Pen,
) -> list[Spot]:
    """One week of the month on ``tall`` lines from ``y`` on."""
    spots: list[Spot] = []
    here = week.index(scene.day) if scene.day in week else -1
    spans, things = _spans(scene, week)
    # Where there are few lines, how many more there are stands beside the number.
    low = tall <= LOW
    packed = pack(spans, 7, tall - 1, 0 if low else 1)
    if here >= 0:
        for row in range(y, y + tall):
            canvas.ground(at.starts[here], row, at.widths[here], "selected-day")
    for n, day in enumerate(week):
        x, room = at.starts[n], at.widths[n]
        if low and n in packed.more:
            said = f"+{packed.more[n]}"
            room -= pen.width(said) + 1
            canvas.put(x + room + 1, y, said, "muted")
        _figure(canvas, scene, day, x, y, room, pen)
        spots += [
            Spot(row, x, at.end(n), day.isoformat()) for row in range(y, y + tall)
        ]
    for number, lane, start, end in packed.pieces:
        thing = things[number]
        x, until = at.starts[start], at.end(end)
        row = y + 1 + lane
        _thing(canvas, scene, thing, x, row, until - x, pen, end > start)
        for n in range(start, end + 1):
            on = week[n].isoformat()
            spots.insert(0, Spot(row, at.starts[n], at.end(n), on, thing.key))
    for column, more in packed.more.items():
        picked = next((n for n, t in enumerate(things) if t.key == scene.picked), -1)
        hidden = (
            column == here
            and picked >= 0
            and not any(
                n == picked and a <= column <= b for n, _lane, a, b in packed.pieces
            )
        )
        x, roles = at.starts[column], "held strong" if hidden else "muted"
        if not low:
            canvas.put(x, y + tall - 1, f"+{more}", roles, at.widths[column])
        elif hidden:
            said = f"+{more}"
            canvas.put(at.end(column) - pen.width(said), y, said, roles)
    return spots


def _figure(
    canvas: Canvas, scene: Scene, day: date, x: int, y: int, room: int, pen: Pen
) -> None:
    """The number of a day, the holiday that it is, and others' holidays beside."""
    inside = (day.year, day.month) == (scene.day.year, scene.day.month)
    said = str(day.day)
    if day.day == 1 and room >= 8:
        said = _("{day} {month}").format(day=day.day, month=month_name(day.month))
    elif day != scene.day:
        said = said.rjust(2)
    role = "" if inside else "faint"
    if inside and not scene.calendar.is_workday(day):
        role = "weekend"
    if day == scene.today:
        role = "today"
    count = scene.counts.get(day, 0)
    if count and inside:
        size = pen.width(said) + (2 if day == scene.day else 0)
        canvas.ground(x, y, min(room, size), f"shade-{shade(count)}")
    if day == scene.day:
        end = canvas.put(x, y, "[", "here")
        end = canvas.put(end, y, said, f"{role} strong", room - 2)
        end = canvas.put(end, y, "]", "here")
    else:
        end = canvas.put(x, y, said, role, room)
    name = day_kind(scene.calendar, day)
    others = " ".join(code for code, _name in scene.holidays(day))
    rest = x + room - end - 1
    if name and rest >= 3:
        makeup = scene.calendar.kind(day) == "makeup"
        end = canvas.put(end + 1, y, name, "here" if makeup else "holiday", rest)
    size = pen.width(others)
    if others and end + 1 + size <= x + room:
        canvas.put(x + room - size, y, others, "faint")


def _thing(
    canvas: Canvas,
    scene: Scene,
    thing: Thing,
    x: int,
    y: int,
    width: int,
    pen: Pen,
    several: bool,
) -> None:
    """One thing on a line of its day, or with a rule over its ``several`` days."""
    held = thing.key == scene.picked
    long = thing.days > 1 or (thing.noun == "event" and thing.at is None)
    if held or long:
        canvas.ground(x, y, width, "held" if held else "block")
    title = title_role(thing, held)
    if long:
        canvas.put(x, y, pen.bar, colour(thing))
        end = canvas.put(x + 1, y, thing.title, title, width - 1)
        if several:
            canvas.trail(end, y, x + width)
        return
    if thing.at is not None:
        if width >= WITH_TIME:
            x2 = canvas.put(x, y, clock_of(thing.at), colour(thing))
        else:
            x2 = canvas.put(x, y, pen.bullet, colour(thing))
    else:
        x2 = canvas.put(x, y, sign(thing, pen), colour(thing))
    gap = 1 if width >= 8 else 0
    canvas.put(x2 + gap, y, thing.title, title, x + width - x2 - gap)
