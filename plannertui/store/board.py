"""The board of a year: each goal by months, with evidence, milestones and progress."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.board import Board, GoalRow
from plannertui.core.day import plus_days, year_span
from plannertui.core.goals import pace, progress
from plannertui.store import evidence, goals, reflected, years

if TYPE_CHECKING:
    from plannertui.core.goals import Goal
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store

POINTS = 48


def read(
    db: Store, year: int, today: date, calendar: WorkCalendar, year_start: int = 1
) -> Board:
    """The board of ``year`` as it stands on ``today``."""
    first, last = year_span(year, year_start)
    planned = years.get(db, year)
    proved = {
        each.goal_id: each
        for each in evidence.by_goal(db, (first, last), today, year_start, year)
    }
    nothing = ((0, 0),) * 12
    rows = []
    for goal in goals.ls(db, year, past=True):
        if goal.state not in ("draft", "active", "paused", "done"):
            continue
        wins = proved.get(goal.id)
        rows.append(
            GoalRow(
                goal=goal,
                pace=pace(goal, calendar, today),
                wins=nothing if wins is None else wins.months,
                points=tuple(progress_days(db, goal, today)),
                expected=tuple(expected_days(goal, calendar)),
            )
        )
    rest = proved.get(None)
    return Board(
        year=year,
        first=first,
        last=last,
        theme=planned.theme,
        rows=tuple(rows),
        rest=nothing if rest is None else rest.months,
        weeks=tuple(reflected.year_weeks(db, today, calendar, year_start, year)),
    )


def progress_days(db: Store, goal: Goal, today: date) -> list[tuple[date, float]]:
    """The progress of a goal in percent on the days on which it is known, up to today."""
    found = [(goal.start, 0.0)]
    measure = goal.measure
    if measure is not None and measure.target != measure.start:
        span = measure.target - measure.start
        for check in goals.check_ins(db, goal):
            if check.value is not None:
                done = 100.0 * (check.value - measure.start) / span
                found.append((check.day, min(100.0, max(0.0, done))))
    else:
        ticked = sorted(s.done_on for s in goal.milestones if s.done_on is not None)
        for number, day in enumerate(ticked, 1):
            share = 100.0 / len(goal.milestones)
            found += [(day, share * (number - 1)), (day, share * number)]
    found.sort(key=lambda point: point[0])
    now = min(today, goal.due)
    if now > found[-1][0]:
        found.append((now, progress(goal)))
    return found


def expected_days(goal: Goal, calendar: WorkCalendar) -> list[tuple[date, float]]:
    """What was to be expected of a goal in percent, from its start to its due date."""
    days = (goal.due - goal.start).days
    if days < 1:
        return []
    found = []
    for number in range(POINTS + 1):
        day = plus_days(goal.start, round(days * number / POINTS)) or goal.due
        gone = calendar.elapsed(goal.start, goal.due, day)
        found.append((day, 0.0 if number == 0 else 100.0 * gone))
    return found
