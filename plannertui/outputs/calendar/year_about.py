"""The goal and the month that one is on, on the board of the year, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.day import month_span
from plannertui.core.daywords import day_month, month_title, run_label, runs
from plannertui.core.goalwords import health_words
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.outputs.calendar.words import unpublished
from plannertui.outputs.wording import percent

if TYPE_CHECKING:
    from plannertui.core.board import Board, GoalRow
    from plannertui.core.things import Scene
    from plannertui.outputs.calendar.canvas import Pen, Spans


def about(board: Board, scene: Scene, width: int, height: int, pen: Pen) -> list[Spans]:
    """The goal and the month that one is on, in at most ``height`` lines."""
    column = board.column(scene.day)
    dot = f" {pen.dot} "
    year, month = scene.day.year, scene.day.month
    title = month_title(year, month)
    row = next((r for r in board.rows if r.goal.handle == scene.picked), None)
    parts: list[str] = []
    lines: list[Spans] = []
    if row is None:
        first, last = month_span(year, month)
        count = scene.calendar.count(first, last)
        parts = [
            ngettext("{count} workday", "{count} workdays", count).format(count=count)
        ]
        parts += _holidays(scene, first, last, pen)
        said = pen.cut(f"{pen.dot} {parts[0]}", width - pen.width(title) - 1)
        lines.append(((title, "strong"), (" ", ""), (said, "muted")))
        lines.append(((pen.cut(dot.join(parts[1:]), width), "muted"),))
    else:
        word, role = health_words(row.goal, row.pace)
        name = pen.cut(
            f"{row.goal.handle} {row.goal.title}", width - pen.width(word) - 3
        )
        lines.append(((name, "strong"), (f" {pen.dot} ", "muted"), (word, role)))
        parts = [title]
        if column is not None:
            proved, claims = row.wins[column]
            if proved:
                parts.append(
                    ngettext(
                        "{count} proved win", "{count} proved wins", proved
                    ).format(count=proved)
                )
            if claims:
                parts.append(
                    ngettext("{count} only said", "{count} only said", claims).format(
                        count=claims
                    )
                )
            parts += [
                f"{pen.stepped if step.done_on else pen.step} "
                f"{day_month(step.done_on or step.due or date.min)} {step.title}"
                for step in board.steps(row, column)
            ]
        parts += _stood(row, scene, month_span(year, month)[1])
        lines.append(((pen.cut(dot.join(parts), width), "muted"),))
    said = unpublished(scene)
    if said and len(lines) < height:
        lines.append(((pen.cut(said, width), "behind"),))
    return lines[:height]


def _stood(row: GoalRow, scene: Scene, end: date) -> list[str]:
    """How far the goal was at the end of a month, and how far it was to be."""
    day = min(end, scene.today)
    known = [value for when, value in row.points if when <= day]
    if not known or day < row.goal.start or end.replace(day=1) > scene.today:
        return []
    wanted = 100.0 * scene.calendar.elapsed(row.goal.start, row.goal.due, day)
    said = _("{done} done, {expected} expected")
    return [said.format(done=percent(known[-1]), expected=percent(wanted))]


def _holidays(scene: Scene, first: date, last: date, pen: Pen) -> list[str]:
    """The holidays of a month by name, here and then elsewhere."""
    found = [
        f"{name} {run_label(max(a, first), min(b, last), pen.dash)}"
        for a, b, name in runs(scene.calendar, first, last)
    ]
    makeup: list[str] = []
    at = len(found)
    for number_ in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number_)
        if scene.calendar.kind(day) == "makeup":
            makeup.append(day_month(day))
        found += [
            f"{code}: {name} {day_month(day)}" for code, name in scene.holidays(day)
        ]
    if makeup:
        found.insert(at, f"{_('make-up workday')} {_(', ').join(makeup)}")
    return found
