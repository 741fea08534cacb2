"""Days side by side with their hours: the week, and the one day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from plannertui.core.things import clock_of, time_words
from plannertui.core.timetable import DAY, cells, lines_of, pack, side_by_side
from plannertui.i18n import gettext as _
from plannertui.outputs.calendar.canvas import Canvas, Sheet, Spot
from plannertui.outputs.calendar.words import (
    colour,
    day_head,
    day_kind,
    sign,
    title_role,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.things import Scene, Thing
    from plannertui.outputs.calendar.canvas import Pen

GUTTER = 6
EARLY = 8 * 60
LATE = 18 * 60
FEW = 20
"""Lines under which an hour has one of them."""
MOST_LANES = 8
NARROW = 9
"""Cells up to which a block has no blank after its bar."""


class Columns(NamedTuple):
    """The columns of the days: where each begins, and how many cells it has."""

    starts: tuple[int, ...]
    widths: tuple[int, ...]

    def end(self, column: int) -> int:
        """The cell after a column."""
        return self.starts[column] + self.widths[column]


def columns(width: int, days: int, left: int = GUTTER) -> Columns:
    """``days`` columns in ``width`` cells after ``left``, as equal as they can be.

    Between two of them one cell stays free.
    """
    room = max(2 * days, width - left + 1)
    starts = [left + room * n // days for n in range(days + 1)]
    widths = [b - a - 1 for a, b in pairwise(starts)]
    return Columns(tuple(starts[:days]), tuple(widths))


def lines_an_hour(height: int, shown: int = 12) -> int:
    """How many lines an hour has where ``height`` are seen: some twelve hours are."""
    return 4 if height >= 4 * shown else 2 if height >= FEW else 1


def draw(
    scene: Scene,
    width: int,
    height: int,
    pen: Pen,
    per_hour: int = 0,
    whole: bool = True,
) -> Sheet:
    """The days from ``scene.first`` to ``scene.last`` by hours, in ``width`` cells.

    ``height`` is what there is to see of it. Without ``whole`` the hours before the
    first thing and after the last are left off, for what cannot be scrolled.
    """
    days = [
        scene.first.fromordinal(n)
        for n in range(scene.first.toordinal(), scene.last.toordinal() + 1)
    ]
    at = columns(width, len(days))
    head, spots = _head(scene, days, at, width, height, pen)
    per_hour = per_hour or lines_an_hour(height - len(head))
    body, body_spots, keep, bounds = _hours(scene, days, at, width, per_hour, pen)
    first, last = bounds
    top = first * per_hour // 60
    if not whole:
        until = -(-last * per_hour // 60)
        body = body[top:until]
        body_spots = tuple(
            spot._replace(y=spot.y - top)
            for spot in body_spots
            if top <= spot.y < until
        )
        keep = None
        top = 0
    return Sheet(head, body, spots, body_spots, keep, top)


# -- over the hours --------------------------------------------------------------------


def _head(
    scene: Scene, days: Sequence[date], at: Columns, width: int, height: int, pen: Pen
) -> tuple[tuple[tuple[tuple[str, str], ...], ...], tuple[Spot, ...]]:
    """The days, what each is, other countries, and what lasts all day or is due."""
    names = [day_kind(scene.calendar, day) for day in days]
    others = [scene.holidays(day) for day in days]
    beside = max(map(len, others), default=0)
    above = [t for t in scene.things if t.whole_days]
    above.sort(key=lambda t: (t.first if t.days > 1 else days[-1], t.order))
    first = days[0].toordinal()
    spans = [(t.first.toordinal() - first, t.last.toordinal() - first) for t in above]
    room = max(2, min(MOST_LANES, height // 4))
    packed = pack(spans, len(days), room)
    used = max((lane + 1 for _n, lane, _a, _b in packed.pieces), default=0)
    used = room if packed.more else used
    named = len(days) > 1
    lines = named + any(names) + beside
    canvas = Canvas(width, lines + used + 1, pen)
    spots = []
    for n, day in enumerate(days):
        x = at.starts[n]
        if named:
            _day(canvas, x, 0, at.widths[n], day, scene, pen)
        row = int(named)
        if any(names):
            holiday = scene.calendar.kind(day) == "makeup"
            canvas.put(x, row, names[n], "here" if holiday else "holiday", at.widths[n])
            row += 1
        for number, (code, name) in enumerate(others[n]):
            canvas.put(x, row + number, f"{code} {name}", "faint", at.widths[n])
        spots += [
            Spot(y, x, at.end(n), day.isoformat()) for y in range(canvas.height - 1)
        ]
    for number, lane, start, end in packed.pieces:
        thing = above[number]
        x = at.starts[start]
        until = at.end(end)
        on = days[start].isoformat()
        _strip(canvas, thing, x, lines + lane, until - x, scene, pen, end > start)
        spots.insert(0, Spot(lines + lane, x, until, on, thing.key))
    for column, count in packed.more.items():
        hidden = scene.picked in {
            t.key for t in above if t.on(days[column])
        } and not _shown(packed.pieces, above, scene.picked, column)
        roles = "held strong" if hidden else "muted"
        x = at.starts[column]
        canvas.put(x, lines + room - 1, f"+{count}", roles, at.widths[column])
    canvas.put(0, canvas.height - 1, pen.rule * width, "line")
    return canvas.lines(), tuple(spots)


def _shown(
    pieces: Sequence[tuple[int, int, int, int]],
    above: Sequence[Thing],
    key: str,
    column: int,
) -> bool:
    return any(above[n].key == key and a <= column <= b for n, _lane, a, b in pieces)


def _day(
    canvas: Canvas, x: int, y: int, room: int, day: date, scene: Scene, pen: Pen
) -> None:
    """The name of a day over its column; the one that is selected in brackets."""
    here = day == scene.day
    said = day_head(day, room - 2 if here else room, pen)
    role = "today" if day == scene.today else ""
    if not role and not scene.calendar.is_workday(day):
        role = "weekend"
    if here:
        end = canvas.put(x, y, "[", "here")
        end = canvas.put(end, y, said, f"{role} strong", room - 2)
        canvas.put(end, y, "]", "here")
    else:
        canvas.put(x, y, said, role, room)


def _strip(
    canvas: Canvas,
    thing: Thing,
    x: int,
    y: int,
    width: int,
    scene: Scene,
    pen: Pen,
    several: bool,
) -> None:
    """What lasts all day, or is due on it, as one line; a rule over ``several`` days."""
    held = thing.key == scene.picked
    if thing.noun == "event":
        canvas.ground(x, y, width, "held" if held else "block")
        canvas.put(x, y, pen.bar, colour(thing))
    else:
        if held:
            canvas.ground(x, y, width, "held")
        canvas.put(x, y, sign(thing, pen), colour(thing))
    clock = clock_of(thing.at) + " " if thing.at is not None else ""
    title = title_role(thing, held)
    end = canvas.put(x + 2, y, clock + thing.title, title, width - 2)
    if several:
        canvas.trail(end, y, x + width)


# -- the hours -------------------------------------------------------------------------


def _hours(
    scene: Scene, days: Sequence[date], at: Columns, width: int, per_hour: int, pen: Pen
) -> tuple[
    tuple[tuple[tuple[str, str], ...], ...],
    tuple[Spot, ...],
    tuple[int, int] | None,
    tuple[int, int],
]:
    """A line for each part of an hour; spots, what to keep in view, the busy hours."""
    rows = 24 * per_hour
    canvas = Canvas(width, rows, pen)
    now = scene.minute * per_hour // 60 if scene.today in days else -1
    for hour in range(24):
        canvas.put(0, hour * per_hour, f"{hour:02}:00", "faint")
    if now >= 0:
        canvas.put(0, now, clock_of(scene.minute), "here")
    for x in at.starts[1:] or at.starts:
        canvas.column(x - 1, pen.line, "line")
    spots: list[Spot] = []
    keep: tuple[int, int] | None = None
    first, last = EARLY, LATE
    for n, day in enumerate(days):
        if day == scene.day and len(days) > 1:
            for y in range(rows):
                canvas.ground(at.starts[n], y, at.widths[n], "selected-day")
        timed = [t for t in scene.on(day) if not t.whole_days]
        parts = [(t, part) for t in timed if (part := t.part(day)) is not None]
        spans = [lines_of(start, minutes, per_hour) for _t, (start, minutes) in parts]
        for (thing, (start, minutes)), span, place in zip(
            parts, spans, side_by_side(spans), strict=True
        ):
            left, right = cells(place, at.widths[n])
            gap = 1 if place.end < place.of and right - left > 6 else 0
            x, room = at.starts[n] + left, right - left - gap
            _block(canvas, thing, day, x, span, room, scene, pen)
            spots += [
                Spot(y, x, x + room, day.isoformat(), thing.key) for y in range(*span)
            ]
            first = min(first, start)
            last = max(last, min(DAY, start + (minutes or 60)))
            if thing.key == scene.picked and day == scene.day:
                keep = (span[0], span[1] - 1)
        if day == scene.today:
            for x in range(at.starts[n], at.end(n)):
                if canvas.free(x, now):
                    canvas.put(x, now, pen.rule, "here")
        spots += [
            Spot(y, at.starts[n], at.end(n), day.isoformat()) for y in range(rows)
        ]
    return canvas.lines(), tuple(spots), keep, (first // 60 * 60, -(-last // 60) * 60)


def _block(
    canvas: Canvas,
    thing: Thing,
    day: date,
    x: int,
    span: tuple[int, int],
    room: int,
    scene: Scene,
    pen: Pen,
) -> None:
    """Something that takes its time, as a block on the lines of ``span``."""
    held = thing.key == scene.picked
    height = span[1] - span[0]
    for y in range(*span):
        canvas.ground(x, y, room, "held" if held else "block")
        canvas.put(x, y, pen.bar, colour(thing))
    inner = room - 2 if room > NARROW else room - 1
    at = x + room - inner
    clock = time_words(thing, pen.dash) if thing.first == day else _("goes on")
    title = title_role(thing, held)
    if height == 1:
        short = clock_of(thing.at or 0) if thing.first == day else ""
        if short and inner >= 16:
            at = canvas.put(at, span[0], short, "muted", inner) + 1
        canvas.put(at, span[0], thing.title, title, x + room - at)
        return
    said = _wrapped(thing.title, max(2, inner), height - 1, pen)
    for number, part in enumerate(said):
        canvas.put(at, span[0] + number, part, title, inner)
    if pen.width(clock) > inner:
        clock = clock_of(thing.at or 0) if inner >= 5 else ""
    y = span[0] + len(said)
    end = canvas.put(at, y, clock, "muted", inner)
    if thing.who:
        if height > len(said) + 1:
            canvas.put(at, y + 1, thing.who, "muted", inner)
        elif x + room - end >= 6:
            canvas.put(end + 2, y, thing.who, "muted", x + room - end - 2)


def _wrapped(title: str, width: int, most: int, pen: Pen) -> list[str]:
    """``title`` on at most ``most`` lines; all that is left of it stands on the last."""
    if title.isascii() and any(len(word) > width for word in title.split()):
        # Where words would be torn, the beginning on one line is read more easily.
        return [title]
    said = pen.wrap(title, width) or [""]
    if len(said) <= most:
        return said
    kept, at = said[: most - 1], 0
    for part in kept:
        at = max(at, title.find(part, at)) + len(part)
    return [*kept, title[at:].strip()]
