"""Everything about one goal as rows: milestones, check-ins, whom it serves, history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.i18n import gettext as _
from plannertui.tui.labels import kind_of, mark
from plannertui.tui.widgets.bar import bar
from plannertui.tui.widgets.drawn import BLANK, Line, fit, flat, line, pad, pad_left
from plannertui.tui.widgets.goal_checks import check_rows
from plannertui.tui.widgets.goal_lines import (
    done_of,
    health_words,
    percent,
)
from plannertui.tui.widgets.goal_parts import Sheet, dated
from plannertui.tui.widgets.rows import Row, heading, paragraph
from plannertui.tui.wording import long_day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.tui.themes import Frame

MOST_CHANGES = 8


def rows(sheet: Sheet, width: int, frame: Frame, *, most: int) -> list[Row]:
    """The whole sheet at ``width`` cells, at most ``most`` lines of evidence."""
    parts = [
        [Row(tuple(_head(sheet, width, frame)))],
        list(_steps(sheet, width, frame)),
        list(check_rows(sheet, width, frame)),
        list(_obstacle(sheet, width)),
        list(_serves(sheet, width, frame)),
        list(_evidence(sheet, width, frame, most)),
        list(_history(sheet, width, frame)),
    ]
    found: list[Row] = []
    for part in parts:
        if found and part:
            found.append(Row((BLANK,)))
        found += part
    return found


def _head(sheet: Sheet, width: int, frame: Frame) -> Iterator[Line]:
    goal, pace = sheet.goal, sheet.pace
    yield from paragraph(goal.title, width, "strong")
    if goal.why:
        yield from paragraph(goal.why, width, "muted")
    word, role = health_words(goal, pace)
    active = goal.state == "active"
    room = min(48, width - cell_len(word) - 11)
    yield BLANK
    if room >= 8:
        elapsed = pace.elapsed if active else None
        shown = role if active else "muted"
        yield line(
            *bar(room, pace.progress, elapsed, frame, shown),
            (pad_left(percent(pace.progress), 7) + "   ", ""),
            (word, role),
        )
    else:
        yield line((percent(pace.progress) + "  ", ""), (word, role))
    dot = f" {frame.dot} "
    days = [short_day(goal.start), short_day(goal.due)]
    if goal.start.year != goal.due.year or goal.due.year != sheet.today.year:
        days = [long_day(goal.start), long_day(goal.due)]
    said = [f" {frame.arrow} ".join(days)]
    gone = _("{percent} % of the time gone").format(percent=round(pace.elapsed))
    said.append(gone)
    yield from paragraph(dot.join(said), width, "muted")
    if goal.state == "released":
        told = _("Released: {why} Told: {told}")
        yield from paragraph(
            told.format(why=goal.released_why, told=goal.told), width, "muted"
        )


def _steps(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    goal = sheet.goal
    yield heading(_("Milestones"), done_of(goal), _("m add"), width, frame)
    if not goal.milestones:
        said = (
            _("None yet: m adds one, or e gives the goal a number to move.")
            if goal.measure is None
            else _("None: the number below says how far it is. m adds one.")
        )
        yield Row(tuple(paragraph(said, width, "muted")))
    left = max((cell_len(step.handle) for step in goal.milestones), default=0)
    for step in goal.milestones:
        done = step.done_on is not None
        late = not done and step.due is not None and step.due < sheet.today
        when = ""
        if step.done_on is not None:
            when = dated(step.done_on, sheet.today)
        elif step.due is not None:
            when = _("due {day}").format(day=dated(step.due, sheet.today))
        box = frame.done_box if done else frame.open_box
        room = width - left - 3 - (cell_len(when) + 2 if when else 0)
        title = fit(step.title, max(4, room), frame)
        gap = width - left - 3 - cell_len(title) - cell_len(when)
        yield Row(
            (
                line(
                    (box + " ", "on-pace" if done else "muted"),
                    (pad(step.handle, left) + " ", "muted"),
                    (title, "muted" if done else ""),
                    (" " * gap + when, "at-risk" if late else "muted"),
                ),
            ),
            "step",
            step.id,
        )


def _obstacle(sheet: Sheet, width: int) -> Iterator[Row]:
    goal = sheet.goal
    if not goal.obstacle and not goal.if_then:
        return
    yield Row((line((_("Obstacle, if and then"), "heading")),))
    for text, role in ((goal.obstacle, ""), (goal.if_then, "muted")):
        if text:
            yield Row(tuple(paragraph(text, width, role)))


def _serves(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    goal = sheet.goal
    yield heading(_("Serves"), "", _("s add"), width, frame)
    if not goal.serves:
        said = _("Nobody but yourself: your own course. s says whom it serves.")
        yield Row(tuple(paragraph(said, width, "muted")))
    for serve in goal.serves:
        whom = flat(sheet.whom.get(serve.priority_id, ""))
        room = max(4, width - cell_len(serve.handle) - 1 - cell_len(whom) - 2)
        label = fit(serve.label, room, frame)
        gap = width - cell_len(serve.handle) - 1 - cell_len(label) - cell_len(whom)
        first = line(
            (serve.handle + " ", "muted"), (label, ""), (" " * gap + whom, "muted")
        )
        indent = cell_len(serve.handle) + 1
        how = paragraph(serve.how, width, "muted", indent) if serve.how else []
        yield Row((first, *how), "serve", serve.priority_id)


def _evidence(sheet: Sheet, width: int, frame: Frame, most: int) -> Iterator[Row]:
    items = sheet.evidence
    wins = sum(1 for item in items if item.kind == "win")
    about = ""
    if items:
        about = _("{wins} wins of {all} entries").format(wins=wins, all=len(items))
    yield heading(_("Written about it"), about, "", width, frame)
    if not items:
        said = _("Nothing yet. Entries with @{handle} in them appear here.")
        yield Row(
            tuple(paragraph(said.format(handle=sheet.goal.handle), width, "muted"))
        )
    shown = sorted(items, key=lambda item: item.kind != "win") if wins else items
    left = max((cell_len(dated(i.day, sheet.today)) for i in shown[:most]), default=0)
    for item in shown[:most]:
        sign = mark(kind_of(item))
        day = dated(item.day, sheet.today)
        room = max(4, width - left - 4)
        yield Row(
            (
                line(
                    (pad(day, left) + "  ", "muted"),
                    (sign + " ", "here" if item.kind == "win" else "muted"),
                    (fit(item.text, room, frame), ""),
                ),
            ),
            "item",
            item.id,
            item.handle,
        )
    if len(items) > most:
        said = _("and {count} more").format(count=len(items) - most)
        yield Row((line((said, "muted")),))


def _history(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    yield heading(_("History"), "", _("u undo"), width, frame)
    before: tuple[str, str] | None = None
    count = 0
    for change in reversed(sheet.changes):
        key = (change.at, change.label)
        if key == before or count == MOST_CHANGES:
            continue
        before = key
        count += 1
        try:
            when = dated(date.fromisoformat(change.at[:10]), sheet.today)
        except ValueError:
            when = ""
        head = f"{when} {change.at[11:16]}  "
        label = fit(change.label, max(4, width - cell_len(head)), frame)
        yield Row((line((head, "muted"), (label, "muted")),))
