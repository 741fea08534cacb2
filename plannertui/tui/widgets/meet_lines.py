"""One-on-ones as lines: the list of them, one with its agenda, the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.followups import PARTS, follow_up_of, part_word
from plannertui.core.meetings import item_word, repeat_word
from plannertui.core.mentions import bare as bare
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui import labels
from plannertui.tui.widgets.drawn import BLANK, Line, fit, flat, line, pad
from plannertui.tui.widgets.rows import Row, heading, paragraph
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from plannertui.core.briefs import Brief, Point
    from plannertui.core.events import Event
    from plannertui.core.meetings import Item
    from plannertui.tui.themes import Frame

AHEAD = ("planned", "prepared")
MOST_LINES = 3


WITH_WEEKDAY = 17
"""Cells that a day with its weekday and a time may need in a list."""


def talk_key(event: Event) -> int:
    """What a row of the list knows it by; a computed one by its series."""
    return event.id or -(event.series_id or 0)


def state_words(event: Event, today: date) -> tuple[str, str]:
    """What is to be done about it, or how it went, and the role of the words."""
    if event.state in AHEAD and event.starts_on < today:
        return _("held?"), "behind"
    if event.state == "held":
        return _("follow up"), "behind"
    if event.state == "followed_up":
        return state_word("held"), "muted"
    if event.state == "cancelled":
        return kind_word("cancelled"), "muted"
    return (kind_word("prepared"), "here") if event.state == "prepared" else ("", "")


def day_time(event: Event, today: date) -> str:
    """Thu 19 Sep 10:00."""
    day = labels.day_words(event.starts_on, today)
    return f"{day} {event.time}" if event.time else day


@dataclass(frozen=True, slots=True)
class Group:
    """The talks with one person: those to come, the next first, then the past ones."""

    title: str
    rhythm: str
    ahead: Sequence[Event]
    past: Sequence[Event]
    more: int = 0


def talk_rows(
    groups: Sequence[Group], today: date, width: int, frame: Frame
) -> Iterator[Row]:
    """Every talk, under the person it is with."""
    for at, group in enumerate(groups):
        if at:
            yield Row((BLANK,))
        rhythm = repeat_word(group.rhythm)
        if cell_len(group.title) + 2 + cell_len(rhythm) > width:
            rhythm = ""
        yield heading(group.title, rhythm, "", width, frame)
        if not group.ahead:
            said = _("None to come: n adds one.")
            yield Row(tuple(paragraph(said, width, "muted")))
        for event in (*group.ahead, *group.past):
            yield _talk_row(event, today, width, frame)
        if group.more:
            said = ngettext(
                "{count} more before", "{count} more before", group.more
            ).format(count=group.more)
            yield Row((line((fit(said, width, frame), "faint")),))


def _talk_row(event: Event, today: date, width: int, frame: Frame) -> Row:
    words, role = state_words(event, today)
    when = day_time(event, today)
    if width < WITH_WEEKDAY:
        when = labels.date_words(event.starts_on, today)
        when = f"{when} {event.time}" if event.time else when
    ahead = event.state in AHEAD and event.starts_on >= today
    room = width - cell_len(when) - 2
    if cell_len(words) > room:
        words = "!" if role == "behind" else ""
    gap = " " * max(1, width - cell_len(when) - cell_len(words))
    lines = [
        line(
            (fit(when, width, frame), "" if ahead else "muted"),
            (gap if words else "", ""),
            (words, role),
        )
    ]
    if ahead and event.wanted:
        lines.append(line(("  ", ""), (fit(event.wanted, width - 2, frame), "muted")))
    return Row(tuple(lines), "talk", talk_key(event), event.handle)


@dataclass(frozen=True, slots=True)
class TalkView:
    """One talk as it is shown, read from the store once."""

    event: Event
    rhythm: str
    agenda: Sequence[Item]
    texts: Sequence[str]
    since: Sequence[str]
    brief: Brief
    ready: Sequence[Point]
    today: date


def one_rows(view: TalkView, width: int, frame: Frame) -> Iterator[Row]:
    """Decision wanted, agenda, what is ready to say; or what came of it."""
    event = view.event
    yield Row(tuple(_head(view, width, frame)))
    yield from _wanted(view, width)
    yield Row((BLANK,))
    yield from _agenda(view, width, frame)
    if event.state in AHEAD:
        yield Row((BLANK,))
        yield from _ready(view, width, frame)
    else:
        yield from _came_of_it(view, width, frame)
    if event.notes:
        yield Row((BLANK,))
        yield heading(_("Notes"), "", "", width, frame)
        for part in event.notes.split("\n"):
            yield Row(tuple(paragraph(part, width, "muted")))
    style = view.brief.style
    if style and event.state in AHEAD:
        yield Row((BLANK,))
        said = f" {frame.dot} ".join(
            _("{text} ({basis})").format(
                text=flat(one.text), basis=kind_word(one.basis)
            )
            for one in style
        )
        yield Row(tuple(paragraph(said, width, "muted")))


def _head(view: TalkView, width: int, frame: Frame) -> Iterator[Line]:
    event = view.event
    dot = f" {frame.dot} "
    parts = [day_time(event, view.today)]
    if event.minutes:
        minutes = ngettext("{count} minute", "{count} minutes", event.minutes)
        parts.append(minutes.format(count=event.minutes))
    parts += [flat(ref.label) for ref in event.people]
    yield from paragraph(dot.join(parts), width, "strong")
    words, role = state_words(event, view.today)
    if not event.id:
        words, role = _("not in the calendar yet"), "muted"
    rhythm = repeat_word(view.rhythm)
    if words or rhythm:
        yield line(
            (fit(words, width, frame), role),
            (dot if words and rhythm else "", "muted"),
            (fit(rhythm, max(0, width - cell_len(words) - 3), frame), "muted"),
        )


def _wanted(view: TalkView, width: int) -> Iterator[Row]:
    yield Row((BLANK,))
    if view.event.wanted:
        yield Row(
            (
                line((_("Decision wanted"), "heading")),
                *paragraph(view.event.wanted, width, "here"),
            )
        )
    elif view.event.state in AHEAD:
        said = _("No decision wanted yet: d says the one. One talk, one decision.")
        yield Row(tuple(paragraph(said, width, "muted")))


def _agenda(view: TalkView, width: int, frame: Frame) -> Iterator[Row]:
    items = view.agenda
    done = sum(1 for item in items if item.done)
    about = _("{done} of {all}").format(done=done, all=len(items)) if items else ""
    yield heading(_("Agenda"), about, _("i item"), width, frame)
    if not items:
        said = _("Nothing yet: i adds an item; c takes one over from below.")
        if view.event.state not in AHEAD:
            said = _("There was no agenda.")
        yield Row(tuple(paragraph(said, width, "muted")))
    kinds = [item_word(item.kind) for item in items]
    left = max((cell_len(kind) for kind in kinds), default=0)
    for place, item in enumerate(items, 1):
        box = frame.done_box if item.done else frame.open_box
        text, since = view.texts[place - 1], view.since[place - 1]
        lead = f"{box} {pad(kinds[place - 1], left)}  "
        room = max(8, width - cell_len(lead))
        role = "muted" if item.done else ""
        parts = [part for part in wrap(flat(text), room) if part] or [""]
        lines = [line((lead, "muted"), (parts[0], role))]
        blank = " " * cell_len(lead)
        lines += [line((blank, ""), (part, role)) for part in parts[1:]]
        if since:
            told = _("carried over from {day}").format(day=since)
            lines.append(line((blank, ""), (fit(told, room, frame), "behind")))
        yield Row(tuple(lines), "item", place, item.ref)


def _ready(view: TalkView, width: int, frame: Frame) -> Iterator[Row]:
    keys = _("c to the agenda") if view.ready else ""
    yield heading(_("Ready to say"), "", keys, width, frame)
    if not view.ready:
        said = _(
            "Nothing waits: warnings, wins marked ready, guesses to check and "
            "promises will stand here."
        )
        yield Row(tuple(paragraph(said, width, "muted")))
    names = [_ready_word(point) for point in view.ready]
    left = max((cell_len(name) for name in names), default=0)
    for at, (point, name) in enumerate(zip(view.ready, names, strict=True)):
        tail, role = _tail(point, view.today)
        lead = pad(name, left) + "  "
        wide = max(8, width - cell_len(lead))
        room = max(8, wide - (cell_len(tail) + 2 if tail else 0))
        text = flat(point.text)
        parts = [part for part in wrap(text, room) if part][:1] or [""]
        # Only the first line has something beside it.
        rest = text[text.index(parts[0]) + len(parts[0]) :].strip()
        parts += [part for part in wrap(rest, wide) if part]
        gap = width - cell_len(lead) - cell_len(parts[0]) - cell_len(tail)
        lines = [
            line(
                (lead, "muted"),
                (parts[0], ""),
                (" " * max(1, gap) if tail else "", ""),
                (tail, role),
            )
        ]
        if len(parts) > MOST_LINES:
            for part in parts[1 : MOST_LINES - 1]:
                rest = rest[rest.index(part) + len(part) :].strip()
            parts[MOST_LINES - 1] = fit(rest, wide, frame)
        lines += [
            line((" " * cell_len(lead), ""), (part, "")) for part in parts[1:MOST_LINES]
        ]
        yield Row(tuple(lines), "ready", at, point.handle)


def _ready_word(point: Point) -> str:
    if point.kind in ("said", "seen", "guess"):
        return _("check")
    return kind_word(point.kind)


def _tail(point: Point, today: date) -> tuple[str, str]:
    """When it is due, or what it rests on and since when."""
    if point.kind in ("said", "seen", "guess") or point.basis:
        basis = kind_word(point.basis)
        if point.day is None:
            return basis, "muted"
        return f"{basis} {labels.date_words(point.day, today)}", "muted"
    if point.due is None:
        return "", ""
    if point.due < today and point.kind != "warn":
        return _("overdue"), "at-risk"
    return labels.date_words(point.due, today), "muted"


def _came_of_it(view: TalkView, width: int, frame: Frame) -> Iterator[Row]:
    kept = follow_up_of(view.event.follow_up)
    if view.event.state == "held":
        yield Row((BLANK,))
        said = _("Two minutes now: f asks what was heard, promised and assumed.")
        yield Row(tuple(paragraph(said, width, "behind")))
    number = 0
    for part in PARTS:
        lines = kept.part(part)
        if not lines:
            continue
        yield Row((BLANK,))
        yield heading(part_word(part), "", "", width, frame)
        for each in lines:
            number += 1
            tail = f"{frame.arrow} {each.became}" if each.became else ""
            room = max(8, width - cell_len(tail) - 2)
            parts = [one for one in wrap(flat(each.text), room) if one] or [""]
            gap = " " * max(1, width - cell_len(parts[0]) - cell_len(tail))
            drawn = [line((parts[0], ""), (gap, ""), (tail, "here"))]
            drawn += [line((one, "")) for one in parts[1:]]
            yield Row(tuple(drawn), "became", number, each.became)
