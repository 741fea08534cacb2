"""Figures: honest counts of one's own conduct, each with the cases that it counts.

Counts before percentages, a pair wherever one number could be gamed, up beside down. No
composite, no level, no rank, no streak.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FEWEST = 5
"""Cases that a percentage needs."""
FREE_DAYS = 2
"""Workdays of a week that may pass without a reflection."""
RECENT_WORKDAYS = 20
LAST_ANSWERS = 6
GAP_MONTHS = 2
SPAN_DAYS = 90

Side = Literal["up", "peers", "down", "others"]
SIDES: tuple[Side, ...] = ("up", "peers", "down", "others")
_SIDE: dict[str, Side] = {
    "leader": "up",
    "above": "up",
    "peer": "peers",
    "below": "down",
}


def side(relation: str | None) -> Side:
    """Where somebody of this relation stands: up, peers, down; others for the rest."""
    return _SIDE.get(relation or "", "others")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that a figure looked at: its id, its day, and how it went.

    ``counts`` says whether it is among those counted, or only among those looked at.
    ``word`` is an outcome, an answer, a basis: a word of the store, not of a language.
    """

    id: int
    day: date | None = None
    counts: bool = True
    word: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that knows what it counted; ``parts`` when it is a count out of others."""

    name: str
    cases: tuple[Case, ...] = ()
    parts: bool = False

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of what is counted; one that is counted twice stands twice."""
        return tuple(case.id for case in self.cases if case.counts)

    @property
    def of(self) -> tuple[int, ...] | None:
        """The ids of all that was looked at; None where the figure is no share."""
        return tuple(case.id for case in self.cases) if self.parts else None

    @property
    def count(self) -> int:
        """How many."""
        return sum(case.counts for case in self.cases)

    @property
    def total(self) -> int | None:
        """Out of how many; None where the figure is no share."""
        return len(self.cases) if self.parts else None

    @property
    def percent(self) -> int | None:
        """The share in percent, from five cases on; else None."""
        return percent(self.count, self.total)

    def as_data(self) -> dict[str, Any]:
        """The numbers alone, as JSON values."""
        data: dict[str, Any] = {"count": self.count}
        if self.parts:
            data |= {"of": self.total, "percent": self.percent}
        return data


def percent(count: int, total: int | None) -> int | None:
    """``count`` of ``total`` in percent, half up; None below five cases."""
    if total is None or total < FEWEST:
        return None
    return (200 * count + total) // (2 * total)


def split(figure: Figure, sides: Iterable[tuple[int, Side]]) -> dict[Side, Figure]:
    """``figure`` by side, of the ids given with it; together they are the whole."""
    of = dict(sides)
    return {
        each: Figure(
            f"{figure.name}_{each}",
            tuple(c for c in figure.cases if of.get(c.id, "others") == each),
            figure.parts,
        )
        for each in SIDES
    }


# -- days of reflection ----------------------------------------------------------------

Mark = Literal["reflected", "free", "missed", "off", "ahead"]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week: what it was, and whether it is one of work."""

    day: date
    mark: Mark
    work: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week, or the part of it that belongs to the span; ``kept`` once it is over.

    Two workdays of a week are free: a week with no more of them missed is kept.
    """

    days: tuple[Day, ...]

    @property
    def kept(self) -> bool:
        """Whether it has workdays, is over, and none was missed beyond the free ones."""
        marks = {day.mark for day in self.days}
        return not marks & {"missed", "ahead"} and any(day.work for day in self.days)


def weeks(
    first: date,
    last: date,
    today: date,
    works: Callable[[date], bool],
    reflected: Iterable[date],
) -> list[Week]:
    """The weeks, Monday to Sunday, of the span, each day with its mark.

    The first two workdays of a week that passed without a reflection are free. A day
    that is not over is no miss.
    """
    done = set(reflected)
    found: list[Week] = []
    days: list[Day] = []
    free = FREE_DAYS
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if day.weekday() == 0 and days:
            found.append(Week(tuple(days)))
            days, free = [], FREE_DAYS
        work = works(day)
        mark: Mark
        if day in done:
            mark = "reflected"
        elif not work:
            mark = "off"
        elif day >= today:
            mark = "ahead"
        elif free:
            mark, free = "free", free - 1
        else:
            mark = "missed"
        days.append(Day(day, mark, work))
    if days:
        found.append(Week(tuple(days)))
    return found


# -- evidence and the mirror -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proved:
    """The wins of one goal: proved ones, claims, both by month, the last proved one.

    ``goal_id`` is None for wins that name no goal of the year. ``months`` has twelve
    pairs (proved, claims), from the first month of the year on.
    """

    goal_id: int | None
    handle: str
    title: str
    evidence: Figure
    claims: Figure
    months: tuple[tuple[int, int], ...]
    last: date | None


def months_since(last: date | None, today: date) -> int | None:
    """Whole calendar months between the month of ``last`` and that of ``today``."""
    if last is None:
        return None
    return max(0, (today.year - last.year) * 12 + today.month - last.month)


def is_gap(each: Proved, today: date) -> bool:
    """Whether nothing was proved for two months, or in a year gone by at all."""
    if not each.evidence.count:
        return True
    since = months_since(each.last, today)
    over = each.last is not None and (today - each.last).days > 366
    return not over and since is not None and since >= GAP_MONTHS


def by_month(
    days: Iterable[tuple[date, bool]], first: date
) -> tuple[tuple[int, int], ...]:
    """Pairs (proved, claims) for the twelve months from that of ``first`` on."""
    months = [[0, 0] for _ in range(12)]
    for day, proved in days:
        at = (day.year - first.year) * 12 + day.month - first.month
        if 0 <= at < 12:
            months[at][0 if proved else 1] += 1
    return tuple((a, b) for a, b in months)


@dataclass(frozen=True, slots=True)
class Standing:
    """One standard and its last answers, the oldest first."""

    standard: int
    text: str
    answers: Figure

    @property
    def last(self) -> tuple[str, ...]:
        """The last six answers: yes, partly, no."""
        return tuple(case.word for case in self.answers.cases[-LAST_ANSWERS:])


def turn(standings: Sequence[Standing]) -> Standing | None:
    """Whose turn it is: the one not answered for the longest time, the first of those."""

    def when(one: Standing) -> tuple[date, int]:
        cases = one.answers.cases
        day = cases[-1].day if cases else None
        return day or date.min, cases[-1].id if cases else 0

    return min(standings, key=when) if standings else None


def span_days(today: date, days: int = SPAN_DAYS) -> tuple[date, date]:
    """The last ``days`` days, ``today`` included."""
    try:
        return today - timedelta(days=days - 1), today
    except OverflowError:
        return date.min, today
