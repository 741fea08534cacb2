"""A goal as lines: its title and measure, its bar against time, how it stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from plannertui.core.coverage import where_is_mine
from plannertui.core.goalwords import health_words
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.tui.widgets.bar import bar
from plannertui.tui.widgets.days import day_month, month_word
from plannertui.tui.widgets.drawn import Line, fit, flat, line, pad, pad_left

if TYPE_CHECKING:
    from plannertui.core.goals import Coverage, Goal, Measure, Milestone, Pace
    from plannertui.tui.themes import Frame

QUIET = timedelta(days=45)
PERCENT = 6
LEAST_TITLE = 10
LIVE = ("draft", "active", "paused")


class GoalView(NamedTuple):
    """A goal, how it stands, and the last day on which it was seen to move."""

    goal: Goal
    pace: Pace
    last: date


def number(value: float) -> str:
    """``value`` as people write it: no ".0", at most two places."""
    if abs(value) >= 1e15:
        return f"{value:g}"
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def percent(value: float) -> str:
    """72 %."""
    return _("{percent} %").format(percent=round(value))


def measure_words(measure: Measure, frame: Frame) -> str:
    """412→100; a measure to hold is its target alone."""
    if measure.direction == "hold":
        return _("hold {target}").format(target=number(measure.target))
    return f"{number(measure.start)}{frame.arrow}{number(measure.target)}"


def done_of(goal: Goal) -> str:
    """3 of 5: the milestones done of all, "" without any."""
    if not goal.milestones:
        return ""
    done = sum(1 for step in goal.milestones if step.done_on is not None)
    return _("{done} of {all}").format(done=done, all=len(goal.milestones))


def next_step(goal: Goal) -> Milestone | None:
    """The milestone that is due next: the earliest due, else the first in order."""
    left = [step for step in goal.milestones if step.done_on is None]
    dated = [step for step in left if step.due is not None]
    if dated:
        return min(dated, key=lambda step: step.due or date.max)
    return left[0] if left else None


def details(view: GoalView, today: date, width: int, frame: Frame) -> str:
    """What is worth knowing beside the health: the value, what is next, or a silence.

    Begins with a dot between blanks, and is at most ``width`` cells; a date gives way
    before a title is cut.
    """
    goal = view.goal
    dot = f" {frame.dot} "
    said = ""
    if goal.measure is not None:
        now = _("now {value} {unit}").format(
            value=number(goal.measure.now), unit=flat(goal.measure.unit)
        )
        said += dot + now.strip()
    step = next_step(goal)
    dated = step is not None and step.due is not None and step.due >= today
    if today - view.last > QUIET and not dated and goal.state == "active":
        month = month_word(view.last.month)
        if view.last.year != today.year:
            month = f"{month} {view.last.year}"
        said += dot + _("nothing since {month}").format(month=month)
    elif step is not None:
        late = step.due is not None and step.due < today
        words = _("overdue: {title}") if late else _("next: {title}")
        said += dot + words.format(title=flat(step.title))
        if step.due is not None:
            when = day_month(step.due)
            if cell_len(said + dot + when) <= width:
                said += dot + when
    if cell_len(said) <= width:
        return said
    return " " + fit(said[1:], width - 1, frame) if width > len(dot) + 1 else ""


def goal_lines(
    view: GoalView, today: date, left: int, width: int, frame: Frame, selected: bool
) -> list[Line]:
    """The three lines of a goal that is still open; ``left`` cells for handles."""
    goal, pace = view.goal, view.pace
    fill = "cursor" if selected else ""
    marker = (cursor_mark(frame) if selected else " ", "cursor-mark")
    figure = (
        measure_words(goal.measure, frame)
        if goal.measure is not None
        else done_of(goal) or _("no measure")
    )
    own = "" if goal.serves else _("own") + f" {frame.dot} "
    start = 1 + left
    room = width - start
    if own and room - cell_len(own + figure) - 2 < LEAST_TITLE:
        own = ""
    side = own + figure
    title = fit(goal.title, max(4, room - cell_len(side) - 2), frame)
    gap = room - cell_len(title) - cell_len(side)
    first = line(
        marker,
        (pad(goal.handle, left), "muted"),
        (title, "strong"),
        (" " * gap, ""),
        (side if gap > 0 else "", "muted"),
        fill=fill,
    )
    word, role = health_words(goal, pace)
    elapsed = pace.elapsed if goal.state == "active" else None
    shown = role if goal.state == "active" else "muted"
    second = line(
        marker,
        (" " * left, ""),
        *bar(room - PERCENT, pace.progress, elapsed, frame, shown),
        (pad_left(percent(pace.progress), PERCENT), ""),
        fill=fill,
    )
    third = line(
        marker,
        (" " * left, ""),
        (fit(word, room, frame), role),
        (details(view, today, room - cell_len(word), frame), "muted"),
        fill=fill,
    )
    return [first, second, third]


def closed_line(
    goal: Goal, left: int, width: int, frame: Frame, selected: bool
) -> Line:
    """The one line of a goal that is closed."""
    word = state_word(goal.state)
    room = width - 1 - left
    title = fit(goal.title, max(4, room - cell_len(word) - 2), frame)
    gap = room - cell_len(title) - cell_len(word)
    return line(
        (cursor_mark(frame) if selected else " ", "cursor-mark"),
        (pad(goal.handle, left), "muted"),
        (title, "muted"),
        (" " * gap, ""),
        (word if gap > 0 else "", "muted"),
        fill="cursor" if selected else "",
    )


def cursor_mark(frame: Frame) -> str:
    """What stands before the thing one is on."""
    return frame.partials[1] if frame.partials else frame.arrow


def coverage_words(coverage: Coverage, leader: str) -> list[str]:
    """Serves Director: 3 of 4 priorities, and 1 own course; empty without goals.

    Where everything serves the leader it asks for one's own: that is no reason for praise.
    """
    said: list[str] = []
    if leader and coverage.priorities:
        said.append(
            _("Serves {leader}: {served} of {all} priorities").format(
                leader=flat(leader), served=coverage.served, all=coverage.priorities
            )
        )
    if coverage.own:
        said.append(
            ngettext("{count} own course", "{count} own courses", coverage.own).format(
                count=coverage.own
            )
        )
    if leader and where_is_mine(coverage):
        said.append(_("Everything serves somebody else. Where is your own goal?"))
    return said


__all__ = [
    "LIVE",
    "GoalView",
    "closed_line",
    "coverage_words",
    "details",
    "goal_lines",
    "health_words",
    "measure_words",
    "next_step",
    "number",
    "percent",
]
