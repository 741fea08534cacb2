"""Goals between the store's columns and their class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from plannertui.core.errors import Usage
from plannertui.core.goals import (
    DIRECTIONS,
    IF_THEN_LENGTH,
    OBSTACLE_LENGTH,
    STATES,
    TITLE_LENGTH,
    WHY_LENGTH,
    Goal,
    Measure,
    Milestone,
    Serve,
)
from plannertui.core.text import clean
from plannertui.i18n import gettext as _
from plannertui.store import rows
from plannertui.store.open import Store

SELECT = (
    "SELECT g.id, g.uid, h.letter || h.number, g.created_at, g.updated_at, g.rev, "
    "g.deleted_at, g.year, g.title, g.why, g.measure_name, g.measure_unit, "
    "g.measure_start, g.measure_target, g.measure_now, g.measure_direction, g.start, "
    "g.due, g.obstacle, g.if_then, g.state, g.position, g.released_why, g.told "
    "FROM goal g JOIN handle h ON h.id = g.id"
)
LARGEST = 1e15
LONGEST_DAYS = 3660
_LENGTHS = {
    "title": TITLE_LENGTH,
    "why": WHY_LENGTH,
    "obstacle": OBSTACLE_LENGTH,
    "if_then": IF_THEN_LENGTH,
}


def build(db: Store, found: Sequence[Sequence[Any]]) -> list[Goal]:
    """The goals of ``found``, rows of SELECT, with their milestones and priorities."""
    ids = [row[0] for row in found]
    milestones: dict[int, list[Milestone]] = {number: [] for number in ids}
    serves: dict[int, list[Serve]] = {number: [] for number in ids}
    for part in rows.chunks(ids):
        marks = rows.marks(part)
        for owner, number, handle, title, due, done_on in db.read(
            "SELECT m.goal_id, m.id, h.letter || h.number, m.title, m.due, m.done_on "
            "FROM milestone m JOIN handle h ON h.id = m.id "
            f"WHERE m.goal_id IN ({marks}) ORDER BY m.position, m.id",
            part,
        ):
            milestones[owner].append(
                Milestone(number, handle, title, rows.day(due), rows.day(done_on))
            )
        for owner, number, handle, text, how in db.read(
            "SELECT s.goal_id, s.priority_id, h.letter || h.number, k.text, s.how "
            "FROM serve s JOIN priority k ON k.id = s.priority_id "
            "JOIN handle h ON h.id = k.id "
            f"WHERE s.goal_id IN ({marks}) AND k.deleted_at IS NULL ORDER BY s.id",
            part,
        ):
            serves[owner].append(Serve(number, handle, text, how))
    return [
        Goal(
            id=row[0],
            uid=row[1],
            handle=row[2],
            created_at=row[3],
            updated_at=row[4],
            rev=row[5],
            deleted_at=row[6],
            year=row[7],
            title=row[8],
            why=row[9],
            measure=None
            if row[12] is None
            else Measure(
                row[10] or "", row[11] or "", row[12], row[13], row[14], row[15]
            ),
            milestones=tuple(milestones[row[0]]),
            serves=tuple(serves[row[0]]),
            start=date.fromisoformat(row[16]),
            due=date.fromisoformat(row[17]),
            obstacle=row[18],
            if_then=row[19],
            state=row[20],
            position=row[21],
            released_why=row[22],
            told=row[23],
        )
        for row in found
    ]


def title_of(title: str) -> str:
    """``title`` without blanks around it; Usage when it is empty or too long."""
    title = clean(title).strip()
    if not title or len(title) > TITLE_LENGTH:
        message = _("A title has between 1 and {count} characters.")
        raise Usage(message.format(count=TITLE_LENGTH))
    return title


def number_of(value: float) -> float:
    """``value`` as a measure keeps it; Usage for one that cannot be counted with."""
    value = float(value)
    if not isfinite(value) or abs(value) > LARGEST:
        raise Usage(_("A measure is a number of at most 15 digits."))
    return value


def check_span(start: date, due: date) -> None:
    """Refuse a goal that ends before it begins, or never."""
    if due < start:
        raise Usage(_("It would end before it begins."))
    if (due - start).days > LONGEST_DAYS:
        raise Usage(_("A goal lasts at most ten years."))


def columns(fields: dict[str, Any]) -> dict[str, Any]:
    """``fields`` as columns; Usage for one that breaks a rule."""
    values = dict(fields)
    if "title" in values:
        values["title"] = title_of(values["title"])
    for name, most in _LENGTHS.items():
        if len(values.get(name) or "") > most:
            message = _("{field} has at most {count} characters.")
            raise Usage(message.format(field=name, count=most))
    if "state" in values and values["state"] not in STATES:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=values["state"], choices=", ".join(STATES)
            )
        )
    if "measure" in values:
        measure: Measure | None = values.pop("measure")
        if measure is not None and measure.direction not in DIRECTIONS:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=measure.direction, choices=", ".join(DIRECTIONS)
                )
            )
        values |= {
            "measure_name": measure and measure.name,
            "measure_unit": measure and measure.unit,
            "measure_start": measure and number_of(measure.start),
            "measure_target": measure and number_of(measure.target),
            "measure_now": measure and number_of(measure.now),
            "measure_direction": measure and measure.direction,
        }
    return values
