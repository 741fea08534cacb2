"""Which reviews are due, begun, held, or still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from plannertui.core import reviews as rules
from plannertui.core.day import year_of
from plannertui.core.reviews import Due, Kind, Period
from plannertui.core.workdays import WorkCalendar
from plannertui.store import goals, reviews, years
from plannertui.store.open import Store
from plannertui.store.reviews import Review

State = Literal["open", "due", "coming"]

# Workdays for which a review stays due; after that the next one comes.
GRACE: dict[Kind, int] = {
    "week": 6,
    "month": 10,
    "quarter": 20,
    "year-close": 40,
    "year-open": 40,
}

# As many times longer one that was begun waits to be gone on with.
BEGUN_WAITS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """How one kind of review stands: the one to hold, and the last that was held."""

    review: Review
    state: State
    on: date | None
    held: Review | None

    @property
    def kind(self) -> Kind:
        """Which review it is."""
        return self.review.kind

    @property
    def period(self) -> Period:
        """What it looks at."""
        return self.review.period


def standings(
    db: Store, today: date, calendar: WorkCalendar, year_start: int = 1
) -> list[Standing]:
    """How each kind of review stands on ``today``, in the order of ``KINDS``."""
    every = reviews.ls(db, year_start)
    began = _first_day(db)
    return [
        _standing(db, kind, every, began, today, calendar, year_start)
        for kind in rules.KINDS
    ]


def due(
    db: Store, today: date, calendar: WorkCalendar, year_start: int = 1
) -> list[Standing]:
    """Those that are due or were begun, the short plan left out."""
    found = standings(db, today, calendar, year_start)
    return [each for each in found if each.state != "coming"]


def _standing(
    db: Store,
    kind: Kind,
    every: list[Review],
    began: date | None,
    today: date,
    calendar: WorkCalendar,
    year_start: int,
) -> Standing:
    mine = [each for each in every if each.kind == kind]
    held = next((each for each in mine if each.closed), None)
    begun = next((each for each in mine if not each.closed), None)
    if begun is not None and not _given_up(begun, today, calendar):
        on = rules.due_on(kind, begun.period, calendar)
        return Standing(begun, "open", on, held)
    if kind in ("year-open", "plan"):
        return _planning(db, kind, held, today, calendar, year_start)
    last = rules.latest(kind, today, calendar, year_start)
    closed = {each.period.label for each in mine if each.closed}
    if (
        last is not None
        and last.period.label not in closed
        and began is not None
        and began <= last.period.last
        and calendar.between(last.on, today) <= GRACE[kind]
    ):
        return Standing(reviews.get(db, kind, last.period), "due", last.on, held)
    following = rules.coming(kind, today, calendar, year_start)
    return _coming(db, kind, following, held, today, year_start)


def _given_up(review: Review, today: date, calendar: WorkCalendar) -> bool:
    """Whether one was begun so long ago that it no longer stands before the next."""
    last = review.period.last
    if last >= today or review.kind not in GRACE or review.kind == "year-open":
        return last < today
    return calendar.between(last, today) > BEGUN_WAITS * GRACE[review.kind]


def _planning(
    db: Store,
    kind: Kind,
    held: Review | None,
    today: date,
    calendar: WorkCalendar,
    year_start: int,
) -> Standing:
    """A year is to be planned while it lacks a theme or goals."""
    year = year_of(today, year_start)
    period = rules.period_of(kind, today, year_start)
    review = reviews.get(db, kind, period)
    bare = not years.get(db, year).theme or not goals.ls(db, year)
    if bare and not review.closed:
        state: State = "due" if kind == "year-open" else "coming"
        on = rules.due_on(kind, period, calendar)
        # A year can be planned on any of its days: a day gone by says nothing.
        return Standing(review, state, on if on and on > today else None, held)
    following = rules.coming(kind, today, calendar, year_start)
    return _coming(db, kind, following, held, today, year_start)


def _coming(
    db: Store,
    kind: Kind,
    following: Due | None,
    held: Review | None,
    today: date,
    year_start: int,
) -> Standing:
    if following is None:
        period = rules.period_of(kind, today, year_start)
        return Standing(reviews.get(db, kind, period), "coming", None, held)
    review = reviews.get(db, kind, following.period)
    return Standing(review, "coming", following.on, held)


def _first_day(db: Store) -> date | None:
    """The first day of anything written; None in an empty store."""
    row = db.one(
        "SELECT min(day) FROM (SELECT min(day) AS day FROM entry "
        "UNION ALL SELECT min(day) FROM matter UNION ALL "
        "SELECT min(substr(created_at, 1, 10)) FROM goal)"
    )
    return date.fromisoformat(row[0]) if row and row[0] else None
