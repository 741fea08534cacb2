"""The desk a review is held at: store, day, calendar, period; and the lines on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plannertui.core import pace as paces
from plannertui.core.daywords import short_day
from plannertui.core.goals import Goal, Serve
from plannertui.core.prompts import Bank
from plannertui.core.rows import Ref
from plannertui.core.text import first_line
from plannertui.core.words import kind_word, month_name
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import gettext as _
from plannertui.i18n import language, ngettext
from plannertui.store import reviews
from plannertui.store.open import Store
from plannertui.store.reviews import Review

SIDES = {
    "leader": "up",
    "above": "up",
    "peer": "peers",
    "below": "down",
    "outside": "others",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One line: a thing of the store, its text, and what is to be known beside it.

    ``noun`` is empty for words alone; ``role`` is how it stands: behind, at-risk, muted.
    """

    text: str
    about: str = ""
    handle: str = ""
    id: int = 0
    noun: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading; without any, ``empty`` says what that means."""

    title: str
    parts: tuple[Part, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a step may look at."""

    db: Store
    review: Review
    today: date
    calendar: WorkCalendar
    year_start: int = 1
    bank: Bank | None = None

    @property
    def first(self) -> date:
        """The first day of the period."""
        return self.review.period.first

    @property
    def last(self) -> date:
        """The last day of the period, or today where that is earlier."""
        return min(self.review.period.last, self.today)

    @property
    def end(self) -> date:
        """The last day that is looked at: today too, where the period is over."""
        return max(self.last, self.today)

    @property
    def span(self) -> tuple[str, str]:
        """The days of the period, as the store keeps days."""
        return self.first.isoformat(), self.review.period.last.isoformat()

    @property
    def year(self) -> int:
        """The year that the period lies in."""
        from plannertui.core.day import year_of

        return year_of(self.review.period.first, self.year_start)

    def had(self) -> Review | None:
        """The review of the same kind before this one."""
        return reviews.before(self.db, self.review)


def month_of(day: date) -> str:
    """The month of a day, with its year: "Sep 2024", "2024年9月"."""
    if language() == "zh_Hans":
        return f"{day.year}年{day.month}月"
    return f"{month_name(day.month)} {day.year}"


def number(value: float) -> str:
    """``value`` as people write it: no ".0", at most two places."""
    if abs(value) >= 1e15:
        return f"{value:g}"
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")


def dotted(*words: str) -> str:
    """``words`` with a dot between them, the empty ones left out."""
    return " · ".join(word for word in words if word)


def away(due: date, today: date) -> str:
    """How far a day is: 2 days late, today, Fri 20 Sep."""
    days = (due - today).days
    if days < 0:
        late = ngettext("{count} day late", "{count} days late", -days)
        return late.format(count=-days)
    return _("today") if days == 0 else short_day(due)


def side_word(side: str) -> str:
    """Up, to peers, down; others for the rest."""
    return {
        "up": _("up"),
        "peers": _("to peers"),
        "down": _("down"),
    }.get(side, _("others"))


def sides_of(db: Store) -> dict[int, str]:
    """Where each person stands, by id."""
    found = db.read("SELECT id, relation FROM person")
    return {number: SIDES.get(relation, "others") for number, relation in found}


def goal_part(desk: Desk, goal: Goal, had: dict[str, object] | None = None) -> Part:
    """A goal with its numbers, its pace, and where it stood at the last review."""
    pace = paces.pace(goal, desk.calendar, desk.today)
    where = ""
    before = (had or {}).get(goal.handle)
    if goal.measure is not None:
        measure = goal.measure
        if isinstance(before, int | float) and before != measure.now:
            where = f"{number(before)} → {number(measure.now)} {measure.unit}"
        else:
            where = f"{number(measure.now)} {measure.unit}"
        where = dotted(
            where.strip(), _("{percent} %").format(percent=round(pace.progress))
        )
    elif goal.milestones:
        done = sum(1 for step in goal.milestones if step.done_on is not None)
        where = _("{done} of {all}").format(done=done, all=len(goal.milestones))
        if isinstance(before, list) and before and before[0] != done:
            where = f"{before[0]} → {where}"
    role = ""
    health = ""
    if goal.state == "active":
        health = kind_word(pace.health)
        role = {"behind": "behind", "at_risk": "at-risk", "ahead": "ahead"}.get(
            pace.health, ""
        )
    else:
        health = kind_word(goal.state)
    return Part(goal.title, dotted(where, health), goal.handle, goal.id, "goal", role)


def served(serve: Serve) -> str:
    """What a goal serves, and how: "serves Stable staff: one rota for all"."""
    what = serve.label
    if serve.how:
        what = _("{title}: {text}").format(title=what, text=serve.how)
    return _("serves {what}").format(what=what)


def without_end(text: str, *names: str) -> str:
    """``text`` without the references at its end that are said beside it already."""
    while True:
        for name in names:
            if name and text.casefold().endswith(f" @{name}".casefold()):
                text = text[: -len(name) - 1].rstrip()
                break
        else:
            return text


def line_of(text: str, refs: Iterable[Ref | tuple[int, str, str]] = ()) -> str:
    """The first line of what somebody wrote, people by alias where typed by handle."""
    line = first_line(text)
    for ref in refs:
        handle, name = (ref.handle, ref.label) if isinstance(ref, Ref) else ref[1:]
        if handle[:1] in "LP" and handle[1:].isdigit() and name:
            line = f"@{name}".join(re.split(rf"@{handle}\b", line))
    return line
