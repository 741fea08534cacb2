"""What a page draws, read from the store by the same rules as its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plannertui.core.day import year_of, year_span
from plannertui.store import goals, reflected

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plannertui.core.entries import Entry
    from plannertui.core.goals import Goal
    from plannertui.outputs.desk import Desk

Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A goal against time: where it stood on which days, and where time stood.

    Values run from ``start`` to ``target``; ``points`` end with the last check-in or
    milestone, ``expected`` follows the workdays of the calendar.
    """

    title: str
    start: float
    target: float
    points: tuple[Point, ...]
    expected: tuple[Point, ...]
    today: date
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """The workdays of a year by week: reflected, free, missed, off, or still ahead."""

    weeks: tuple[tuple[tuple[date, str], ...], ...]
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Months:
    """How much evidence each month holds, for each goal."""

    months: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def lines(desk: Desk, told: Iterable[Goal], most: int = 4) -> list[Line]:
    """A line for each goal that is told."""
    return [_line(desk, goal) for goal in list(told)[:most]]


def _line(desk: Desk, goal: Goal) -> Line:
    upto = min(desk.today, desk.last)
    title = desk.vault.tidy(goal.title)
    if goal.measure is not None:
        start, target = goal.measure.start, goal.measure.target
        unit = desk.vault.tidy(goal.measure.unit)
        points = [(goal.start, start)] + [
            (check.day, check.value)
            for check in goals.check_ins(desk.db, goal)
            if check.value is not None and goal.start < check.day <= upto
        ]
    else:
        start, target, unit = 0.0, float(len(goal.milestones) or 1), ""
        done = sorted(
            s.done_on for s in goal.milestones if s.done_on and s.done_on <= upto
        )
        points = [(goal.start, 0.0)]
        for count, day in enumerate(done, 1):
            points += [(day, count - 1.0), (day, float(count))]
        if points[-1][0] < upto:
            points.append((upto, points[-1][1]))
    return Line(
        title,
        start,
        target,
        tuple(points),
        _expected(desk, goal, start, target),
        upto,
        unit,
    )


def _expected(desk: Desk, goal: Goal, start: float, target: float) -> tuple[Point, ...]:
    """Where the goal would stand if it moved with the workdays."""
    days = (goal.due - goal.start).days
    found = []
    for step in range(13):
        day = goal.start + timedelta(days=days * step // 12)
        share = desk.calendar.elapsed(goal.start, goal.due, day) if step else 0.0
        found.append((day, start + (target - start) * share))
    return tuple(found)


def heat(desk: Desk) -> Heat:
    """The year of the period, for one's own eyes."""
    upto = min(desk.today, desk.last)
    first, last = year_span(
        year_of(upto, desk.settings.year_start), desk.settings.year_start
    )
    weeks = reflected.year_weeks(desk.db, upto, desk.calendar, desk.settings.year_start)
    figure = reflected.over(desk.db, (first, min(last, upto)), desk.calendar)
    return Heat(
        tuple(tuple((d.day, str(d.mark)) for d in week.days) for week in weeks),
        figure.count,
        figure.total or 0,
    )


def months(desk: Desk, wins: Iterable[Entry], told: Iterable[Goal]) -> Months:
    """Ready evidence by month and goal."""
    upto = min(desk.last, desk.today)
    order: list[tuple[int, int]] = []
    year, month = desk.first.year, desk.first.month
    while (year, month) <= (upto.year, upto.month) and len(order) < 12:
        order.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    kept = list(wins)
    rows = []
    for goal in told:
        mine = [e for e in kept if goal.id in {ref.id for ref in e.refs}]
        counts = tuple(
            sum((e.day.year, e.day.month) == at for e in mine) for at in order
        )
        if any(counts):
            rows.append((desk.vault.tidy(goal.title), counts))
    return Months(tuple(m for _y, m in order), tuple(rows))
