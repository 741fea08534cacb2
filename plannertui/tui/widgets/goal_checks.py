"""The check-ins of a goal: a drawing against the expected line, values, old targets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from plannertui.core.day import plus_days
from plannertui.core.goalwords import ROLES
from plannertui.core.words import month_name
from plannertui.i18n import gettext as _
from plannertui.tui.widgets.chart import chart
from plannertui.tui.widgets.drawn import Line, fit, flat, line, pad, pad_left
from plannertui.tui.widgets.goal_lines import measure_words, number
from plannertui.tui.widgets.goal_parts import Sheet, dated
from plannertui.tui.widgets.rows import Row, heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plannertui.core.goals import Goal
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.drawn import Span

CHART_HEIGHT = 5
MOST_CHECKS = 6
POINTS = 48


def check_rows(sheet: Sheet, width: int, frame: Frame) -> Iterator[Row]:
    goal, measure = sheet.goal, sheet.goal.measure
    about = ""
    if measure is not None:
        dot = f" {frame.dot} "
        now = _("now {value} {unit}").format(
            value=number(measure.now), unit=flat(measure.unit)
        )
        parts = [flat(measure.name), measure_words(measure, frame), now.strip()]
        about = dot.join(part for part in parts if part)
    yield heading(_("Check-ins"), about, _("c check in"), width, frame)
    if measure is not None:
        drawing = _drawing(sheet, min(width, 72), frame)
        if drawing:
            yield Row(tuple(drawing))
        for said in _targets(sheet):
            yield Row(tuple(paragraph(said, width, "muted")))
    newest = sorted(sheet.checks, key=lambda check: (check.day, check.id), reverse=True)
    left = max((cell_len(dated(c.day, sheet.today)) for c in newest), default=0)
    values = ["" if c.value is None else number(c.value) for c in newest]
    room = max(map(cell_len, values), default=0)
    for check, value in list(zip(newest, values, strict=True))[:MOST_CHECKS]:
        rest = max(4, width - left - room - 4)
        yield Row(
            (
                line(
                    (pad(dated(check.day, sheet.today), left) + "  ", "muted"),
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
        yield Row(tuple(paragraph(said, width, "muted")))


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
                    old=number(old), new=number(new), day=dated(day, sheet.today)
                )
            following[name] = old
