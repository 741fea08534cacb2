"""Days of reflection, answers to one's own standards, lenses and when each was met."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from plannertui.core.day import year_of, year_span
from plannertui.core.figures import (
    RECENT_WORKDAYS,
    Case,
    Figure,
    Standing,
    Week,
    weeks,
)
from plannertui.store import years

if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store


def days(db: Store, first: date, last: date) -> dict[date, int]:
    """The days with a reflection, each with the first one's id."""
    return {
        date.fromisoformat(day): number
        for day, number in db.read(
            "SELECT day, min(id) FROM entry WHERE kind = 'reflection' "
            "AND deleted_at IS NULL AND day BETWEEN ? AND ? GROUP BY day ORDER BY day",
            (first.isoformat(), last.isoformat()),
        )
    }


def recent_days(today: date, calendar: WorkCalendar) -> list[date]:
    """The last twenty workdays up to ``today``, the oldest first."""
    day = today if calendar.is_workday(today) else calendar.previous(today)
    found = [day]
    while len(found) < RECENT_WORKDAYS and day > date.min:
        before = calendar.previous(day)
        if before >= day:
            break
        day = before
        found.append(day)
    return found[::-1]


def recent(db: Store, today: date, calendar: WorkCalendar) -> Figure:
    """Workdays with a reflection among the last twenty; a case is the day's first one.

    A workday without one stands with the id 0.
    """
    return _figure("reflected", db, recent_days(today, calendar))


def over(db: Store, span: tuple[date, date], calendar: WorkCalendar) -> Figure:
    """Workdays with a reflection among all of a span."""
    first, last = (day.toordinal() for day in span)
    worked = [
        day
        for day in map(date.fromordinal, range(first, last + 1))
        if calendar.is_workday(day)
    ]
    return _figure("reflected_span", db, worked)


def _figure(name: str, db: Store, workdays: list[date]) -> Figure:
    done = days(db, workdays[0], workdays[-1]) if workdays else {}
    return Figure(
        name,
        tuple(Case(done.get(day, 0), day, day in done) for day in workdays),
        parts=True,
    )


def year_weeks(
    db: Store,
    today: date,
    calendar: WorkCalendar,
    year_start: int = 1,
    year: int | None = None,
) -> list[Week]:
    """The weeks of a year, that of ``today`` unless given, each day with its mark."""
    if year is None:
        year = year_of(today, year_start)
    first, last = year_span(year, year_start)
    return weeks(first, last, today, calendar.is_workday, days(db, first, last))


def standings(db: Store, today: date, year_start: int = 1) -> list[Standing]:
    """This year's standards with their answers, the oldest first."""
    year = year_of(today, year_start)
    first, last = year_span(year, year_start)
    answers: dict[int, list[Case]] = {}
    for number, day, text in db.read(
        "SELECT id, day, mirror FROM entry WHERE kind = 'mirror' AND mirror NOT NULL "
        "AND deleted_at IS NULL AND day BETWEEN ? AND ? ORDER BY day, id",
        (first.isoformat(), min(last, today).isoformat()),
    ):
        mirror = json.loads(text)
        answer = str(mirror.get("answer") or "")
        answers.setdefault(mirror.get("standard"), []).append(
            Case(number, date.fromisoformat(day), answer == "yes", answer)
        )
    return [
        Standing(
            one.id,
            one.text,
            Figure(f"standard_{one.id}", tuple(answers.get(one.id, ())), parts=True),
        )
        for one in years.get(db, year).standards
    ]


def lenses(db: Store, today: date) -> dict[str, int | None]:
    """Days since each lens was asked for, None for never; in the order of the bank."""
    from plannertui.core.prompts import load_bank

    last = {
        lens: date.fromisoformat(day)
        for lens, day in db.read(
            "SELECT lens, max(day) FROM asked WHERE day <= ? GROUP BY lens",
            (today.isoformat(),),
        )
    }
    return {
        lens.id: (today - last[lens.id]).days if lens.id in last else None
        for lens in load_bank().lenses
    }
