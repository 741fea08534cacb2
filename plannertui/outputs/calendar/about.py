"""The thing or the day that one is on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.daywords import long_day
from plannertui.core.text import first_line
from plannertui.core.words import MARKS, day_kind_word, kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.outputs.calendar.words import (
    colour,
    day_kind,
    sign,
    unpublished,
    week_words,
    when_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from plannertui.core.things import Scene, Thing
    from plannertui.outputs.calendar.canvas import Pen, Spans
    from plannertui.store.items import Item


def about(scene: Scene, width: int, height: int, pen: Pen) -> list[Spans]:
    """What one is on in at most ``height`` lines: the thing, or else the day."""
    thing = scene.thing
    if thing is not None:
        lines = thing_lines(thing, width, height, pen)
    else:
        lines = day_lines(scene, scene.day, width, pen)
    said = unpublished(scene)
    if said and len(lines) < height:
        lines.append(((pen.cut(said, width), "behind"),))
    return lines[:height]


def thing_lines(thing: Thing, width: int, height: int, pen: Pen) -> list[Spans]:
    """When it is, what it is called in full, and what is wanted of it."""
    kind = "grey" if thing.nature == "grey" else thing.kind
    parts = [
        thing.handle or _("by its rhythm"),
        when_words(thing, pen),
        kind_word(kind),
    ]
    if thing.state not in ("", "open", "planned"):
        parts.append(state_word(thing.state))
    if thing.repeats:
        parts.append(_("repeats"))
    if thing.clock:
        parts.append(thing.clock)
    if thing.place:
        parts.append(thing.place)
    if thing.who:
        parts.append(thing.who)
    mark = pen.bar if thing.noun == "event" else sign(thing, pen)
    lines: list[Spans] = [
        (
            (mark, colour(thing)),
            (" ", ""),
            (pen.cut(thing.title, width - 2), "strong"),
        ),
        (("  ", ""), (pen.cut(f" {pen.dot} ".join(parts), width - 2), "muted")),
    ]
    if thing.about:
        lines.append((("  ", ""), (pen.cut(thing.about, width - 2), "")))
    return lines[:height]


def day_lines(scene: Scene, day: date, width: int, pen: Pen) -> list[Spans]:
    """What day it is, here and elsewhere; how much is on it."""
    dot = f" {pen.dot} "
    kind = scene.calendar.kind(day)
    said = day_kind(scene.calendar, day) or day_kind_word(kind)
    things = scene.on(day)
    takes = sum(1 for t in things if t.noun == "event")
    due = len(things) - takes
    parts = [week_words(day)]
    if takes:
        parts.append(
            ngettext("{count} event", "{count} events", takes).format(count=takes)
        )
    if due:
        parts.append(ngettext("{count} due", "{count} due", due).format(count=due))
    count = scene.counts.get(day, 0)
    if count:
        parts.append(
            ngettext("{count} entry", "{count} entries", count).format(count=count)
        )
    parts += [f"{code}: {name}" for code, name in scene.holidays(day)]
    head = long_day(day)
    said = pen.cut(f"{pen.dot} {said}", width - pen.width(head) - 1)
    return [
        ((head, "strong"), (" ", ""), (said, "muted")),
        ((pen.cut(dot.join(parts), width), "muted"),),
    ]


def written(items: Iterable[Item], width: int, pen: Pen) -> list[Spans]:
    """Lines of the journal under a heading; nothing where there are none."""
    lines: list[Spans] = []
    for item in items:
        text = first_line(item.text)
        mark = MARKS.get("grey" if item.nature == "grey" else item.kind, "-")
        lines.append(
            (
                (pen.pad(item.at or "", 6), "muted"),
                (mark + " ", "muted"),
                (pen.cut(text, max(1, width - 8)), ""),
            )
        )
    return [(), ((_("Written"), "heading"),), *lines] if lines else []
