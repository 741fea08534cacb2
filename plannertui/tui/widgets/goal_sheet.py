"""Everything about one goal as rows: milestones, check-ins, whom it serves, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.day import plus_days
from plannertui.i18n import gettext as _
from plannertui.tui.labels import kind_of, mark
from plannertui.tui.widgets.bar import bar
from plannertui.tui.widgets.chart import chart
from plannertui.tui.widgets.drawn import BLANK, Line, fit, flat, line, pad, pad_left
from plannertui.tui.widgets.goal_lines import (
    ROLES,
    done_of,
    health_words,
    measure_words,
    number,
    percent,
)
from plannertui.tui.wording import long_day, month_name, short_day
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plannertui.core.goals import CheckIn, Goal, Pace
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.history import Revision
    from plannertui.store.items import Item
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.drawn import Span

CHART_HEIGHT = 5
MOST_CHECKS = 6
MOST_CHANGES = 8
POINTS = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of a goal, read from the store once."""

    goal: Goal
    pace: Pace
    checks: Sequence[CheckIn]
    evidence: Sequence[Item]
    changes: Sequence[Revision]
    whom: dict[int, str]
    today: date
    calendar: WorkCalendar
    language: str


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of the sheet; what has a ``kind`` can be gone to, ``key`` says which."""

    lines: tuple[Line, ...]
    kind: str = ""
    key: int = 0
    handle: str = ""


def rows(sheet: Sheet, width: int, frame: Frame, *, most: int) -> list[Row]:
    """The whole sheet at ``width`` cells, at most ``most`` lines of evidence."""
    parts = [
        [Row(tuple(_head(sheet, width, frame)))],
        list(_steps(sheet, width, frame)),
        list(_checks(sheet, width, frame)),
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


def _title(text: str, about: str, keys: str, width: int, frame: Frame) -> Row:
    """The heading of a section: its name, a figure, and the keys that work in it."""
    head = fit(text, width, frame)
    about = fit(about, max(0, width - cell_len(head) - 2), frame)
    gap = width - cell_len(head) - 2 - cell_len(about) - cell_len(keys)
    return Row(
        (
            line(
                (head, "heading"),
                ("  " + about if about else "  ", "muted"),
                (" " * gap + keys if gap > 1 else "", "faint"),
            ),
        )
    )


def _block(text: str, width: int, role: str, indent: int = 0) -> list[Line]:
    room = max(4, width - indent)
    return [
        line((" " * indent, ""), (part, role))
        for part in wrap(flat(text), room)
        if part
    ]


def _head(sheet: Sheet, width: int, frame: Frame) -> Iterator[Line]:
    goal, pace = sheet.goal, sheet.pace
    yield from _block(goal.title, width, "strong")
    if goal.why:
        yield from _block(goal.why, width, "muted")
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
    yield from _block(dot.join(said), width, "muted")
    if goal.state == "released":
        told = _("Released: {why} Told: {told}")
        yield from _block(
            told.format(why=goal.released_why, told=goal.told), width, "muted"
        )


def _steps(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    goal = sheet.goal
    yield _title(_("Milestones"), done_of(goal), _("m add"), width, frame)
    if not goal.milestones and goal.measure is None:
        said = _("None yet: m adds one, or e gives the goal a number to move.")
        yield Row(tuple(_block(said, width, "muted")))
    left = max((cell_len(step.handle) for step in goal.milestones), default=0)
    for step in goal.milestones:
        done = step.done_on is not None
        late = not done and step.due is not None and step.due < sheet.today
        when = ""
        if step.done_on is not None:
            when = _day(step.done_on, sheet.today)
        elif step.due is not None:
            when = _("due {day}").format(day=_day(step.due, sheet.today))
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


def _day(day: date, today: date) -> str:
    return short_day(day) if day.year == today.year else long_day(day)


def _checks(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    goal, measure = sheet.goal, sheet.goal.measure
    about = ""
    if measure is not None:
        dot = f" {frame.dot} "
        now = _("now {value} {unit}").format(
            value=number(measure.now), unit=flat(measure.unit)
        )
        parts = [flat(measure.name), measure_words(measure, frame), now.strip()]
        about = dot.join(part for part in parts if part)
    yield _title(_("Check-ins"), about, _("c check in"), width, frame)
    if measure is not None:
        drawing = _drawing(sheet, min(width, 72), frame)
        if drawing:
            yield Row(tuple(drawing))
        for said in _targets(sheet):
            yield Row(tuple(_block(said, width, "muted")))
    newest = sorted(sheet.checks, key=lambda check: (check.day, check.id), reverse=True)
    left = max((cell_len(_day(c.day, sheet.today)) for c in newest), default=0)
    values = ["" if c.value is None else number(c.value) for c in newest]
    room = max(map(cell_len, values), default=0)
    for check, value in list(zip(newest, values, strict=True))[:MOST_CHECKS]:
        rest = max(4, width - left - room - 4)
        yield Row(
            (
                line(
                    (pad(_day(check.day, sheet.today), left) + "  ", "muted"),
                    (pad_left(value, room) + "  ", ""),
                    (fit(check.note, rest, frame), "muted"),
                ),
            )
        )
    more = len(newest) - MOST_CHECKS
    if more > 0:
        said = _("and {count} more").format(count=more)
        yield Row((line((said, "muted")),))
    if not newest and measure is None and goal.milestones:
        said = _("None yet: c ticks a milestone or takes a word.")
        yield Row(tuple(_block(said, width, "muted")))


def _drawing(sheet: Sheet, width: int, frame: Frame) -> list[Line]:
    """The values against the line they were to follow, with figures and months."""
    goal, measure = sheet.goal, sheet.goal.measure
    days = (goal.due - goal.start).days
    if measure is None or measure.direction == "hold" or days < 2:
        return []

    def time(day: date) -> float:
        return min(1.0, max(0.0, (day - goal.start).days / days))

    values = [
        (time(check.day), check.value)
        for check in sorted(sheet.checks, key=lambda c: (c.day, c.id))
        if check.value is not None
    ]
    now = time(sheet.today) if goal.start <= sheet.today <= goal.due else None
    if values and now is not None and goal.state == "active" and values[-1][0] < now:
        values.append((now, values[-1][1]))
    span = measure.target - measure.start
    expected = []
    for point in range(POINTS + 1):
        day = plus_days(goal.start, round(days * point / POINTS)) or goal.due
        gone = sheet.calendar.elapsed(goal.start, goal.due, day)
        expected.append((point / POINTS, measure.start + span * gone))
    figures = [value for _time, value in [*values, *expected]]
    top, bottom = number(round(max(figures), 2)), number(round(min(figures), 2))
    left = max(cell_len(top), cell_len(bottom))
    role = ROLES[sheet.pace.health]
    drawn = chart(values, expected, width - left - 1, CHART_HEIGHT, now, frame, role)
    lines = []
    for index, spans in enumerate(drawn):
        label = {0: top, CHART_HEIGHT - 1: bottom}.get(index, "")
        lines.append(line((pad_left(label, left) + " ", "muted"), *spans))
    lines.append(line(*_months(goal, width - left - 1, left + 1)))
    return lines


def _months(goal: Goal, width: int, indent: int) -> list[Span]:
    """The names of the months under the cells in which they begin."""
    days = (goal.due - goal.start).days
    text, day = "", goal.start
    while day <= goal.due:
        place = round(width * (day - goal.start).days / days)
        name = month_name(day.month)
        if place >= cell_len(text) and place + cell_len(name) <= width:
            text = pad(text, place) + name + " "
        following = plus_days(day.replace(day=28), 4)
        if following is None:
            break
        day = following.replace(day=1)
    return [(" " * indent, ""), (text.rstrip(), "faint")]


def _targets(sheet: Sheet) -> Iterator[str]:
    """A target or start that was changed is dated and shown."""
    now = sheet.goal.measure
    following: dict[str, float | None] = {
        "measure_target": now.target if now else None,
        "measure_start": now.start if now else None,
    }
    for change in reversed(sheet.changes):
        if change.table != "goal" or change.before is None or change.op != "update":
            continue
        for name, said in (
            ("measure_target", _("target {old} until {day}, then {new}")),
            ("measure_start", _("start {old} until {day}, then {new}")),
        ):
            old, new = change.before.get(name), following[name]
            if old is not None and new is not None and old != new:
                day = date.fromisoformat(change.at[:10])
                yield said.format(
                    old=number(old), new=number(new), day=_day(day, sheet.today)
                )
            following[name] = old


def _obstacle(sheet: Sheet, width: int) -> Iterator[Row]:
    goal = sheet.goal
    if not goal.obstacle and not goal.if_then:
        return
    yield Row((line((_("Obstacle, if and then"), "heading")),))
    for text, role in ((goal.obstacle, ""), (goal.if_then, "muted")):
        if text:
            yield Row(tuple(_block(text, width, role)))


def _serves(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    goal = sheet.goal
    yield _title(_("Serves"), "", _("s add"), width, frame)
    if not goal.serves:
        said = _("Nobody but yourself: your own course. s says whom it serves.")
        yield Row(tuple(_block(said, width, "muted")))
    for serve in goal.serves:
        whom = flat(sheet.whom.get(serve.priority_id, ""))
        room = max(4, width - cell_len(serve.handle) - 1 - cell_len(whom) - 2)
        label = fit(serve.label, room, frame)
        gap = width - cell_len(serve.handle) - 1 - cell_len(label) - cell_len(whom)
        first = line(
            (serve.handle + " ", "muted"), (label, ""), (" " * gap + whom, "muted")
        )
        indent = cell_len(serve.handle) + 1
        how = _block(serve.how, width, "muted", indent) if serve.how else []
        yield Row((first, *how), "serve", serve.priority_id)


def _evidence(sheet: Sheet, width: int, frame: Frame, most: int) -> Iterator[Row]:
    items = sheet.evidence
    wins = sum(1 for item in items if item.kind == "win")
    about = ""
    if items:
        about = _("{wins} wins of {all} entries").format(wins=wins, all=len(items))
    yield _title(_("Written about it"), about, "", width, frame)
    if not items:
        said = _("Nothing yet. Entries with @{handle} in them appear here.")
        yield Row(tuple(_block(said.format(handle=sheet.goal.handle), width, "muted")))
    shown = sorted(items, key=lambda item: item.kind != "win") if wins else items
    left = max((cell_len(_day(i.day, sheet.today)) for i in shown[:most]), default=0)
    for item in shown[:most]:
        sign = mark(kind_of(item))
        day = _day(item.day, sheet.today)
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
    yield _title(_("History"), "", _("u undo"), width, frame)
    before: tuple[str, str] | None = None
    count = 0
    for change in reversed(sheet.changes):
        key = (change.at, change.label)
        if key == before or count == MOST_CHANGES:
            continue
        before = key
        count += 1
        try:
            when = _day(date.fromisoformat(change.at[:10]), sheet.today)
        except ValueError:
            when = ""
        head = f"{when} {change.at[11:16]}  "
        label = fit(change.label, max(4, width - cell_len(head)), frame)
        yield Row((line((head, "muted"), (label, "muted")),))
