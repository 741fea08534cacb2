"""When events take place: the days of every one that touches a span, repeating or not.

Read by the shell's daily verbs: plain tuples, few imports. Repeating events are one row
each; only those whose rule may reach the span are read, and only the days in it counted.
"""

from __future__ import annotations

from datetime import date, timedelta

from plannertui.core.errors import Usage
from plannertui.store.open import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from plannertui.core.workdays import WorkCalendar

_COLUMNS = (
    'id, starts_on, ends_on, time, minutes, zone, "repeat", skipped, extra, last_on'
)
_LIVE = f"SELECT {_COLUMNS} FROM event WHERE deleted_at IS NULL "


# By then the clocks of every country have been changed.
SMALL_HOURS = "05:00"


class Slot:
    """One time that an event takes place: from ``day`` at ``time`` to ``end``.

    ``rule_day`` is the day that the rule gave, None for an event that does not repeat;
    another day than ``day`` only where the event's zone has another date.
    """

    __slots__ = ("day", "end", "id", "rule_day", "time")

    def __init__(
        self, number: int, day: date, end: date, time: str | None, rule_day: date | None
    ) -> None:
        self.id = number
        self.day = day
        self.end = end
        self.time = time
        self.rule_day = rule_day

    def order(self) -> tuple[date, bool, str, int]:
        """By day, all-day ones first, then by time."""
        return (self.day, self.time is not None, self.time or "", self.id)


def between(
    db: Store,
    first: date,
    last: date,
    calendar: WorkCalendar | None = None,
    *,
    zone: str = "",
    only: str = "",
    values: Sequence[Any] = (),
) -> list[Slot]:
    """Every time that an event touches the days from ``first`` to ``last``, in order.

    With ``zone`` those with a zone of their own are on the day and at the time that it
    is there. ``only`` is a further condition on the table, with its ``values``.
    """
    low, high = first, last
    if zone:
        # Another zone has another date: at most a day away.
        low = max(date.min + timedelta(1), first) - timedelta(1)
        high = min(date.max - timedelta(1), last) + timedelta(1)
    a, b = low.isoformat(), high.isoformat()
    more = f" AND {only}" if only else ""
    found = [
        Slot(row[0], _day(row[1]), _day(row[2]), row[3], None)
        if not _is_elsewhere(row, zone)
        else _read_in(row, _day(row[1]), _day(row[2]), None, zone)
        for row in db.read(
            # Those that begin in the span by their first day; those that reach into it
            # by an index of the few that last for days: not by all before or after it.
            f"{_LIVE}AND last_on IS NULL AND starts_on BETWEEN ? AND ?{more} UNION ALL "
            f"{_LIVE}AND last_on IS NULL AND +starts_on < ? AND ends_on >= ? "
            f"AND ends_on > starts_on{more}",
            (a, b, *values, a, a, *values),
        )
    ]
    repeating = db.read(
        # What lasts days may reach into the span from before its last beginning.
        f"{_LIVE}AND last_on NOT NULL AND +starts_on <= ? AND (last_on >= ? OR "
        f"(ends_on > starts_on AND julianday(last_on) + julianday(ends_on) "
        f"- julianday(starts_on) >= julianday(?))){more}",
        (b, a, a, *values),
    )
    for row in repeating:
        found += _slots(row, low, high, calendar, zone)
    if zone:
        found = [each for each in found if each.day <= last and each.end >= first]
    found.sort(key=Slot.order)
    return found


def rule_days(
    row: Sequence[Any], first: date, last: date, calendar: WorkCalendar | None
) -> list[date]:
    """The days from ``first`` to ``last`` on which a repeating event begins.

    ``row`` holds its first day, rule, skipped and extra days and the last day that it
    can begin on, as the store keeps them.
    """
    from plannertui.core.recurrence import days, parse

    starts_on, repeat, skipped, extra, last_on = row
    start = _day(starts_on)
    try:
        rule = parse(repeat)
        if rule.times is not None and extra == "[]" and not rule.by_workdays:
            # Counted when it was written; not each time that it is read.
            rule = rule._replace(times=None, until=_day(last_on))
        found = days(rule, start, first, last, calendar)
    except Usage:
        # A rule that some other program wrote: at least its first day is known.
        found = [start] if first <= start <= last else []
    if extra != "[]":
        a, b = first.isoformat(), last.isoformat()
        more = {_day(each) for each in _load(extra) if a <= each <= b}
        found = sorted(more.union(found))
    if skipped != "[]" and found:
        gone = set(_load(skipped))
        found = [day for day in found if day.isoformat() not in gone]
    return found


def _slots(
    row: Sequence[Any],
    first: date,
    last: date,
    calendar: WorkCalendar | None,
    zone: str,
) -> Iterator[Slot]:
    begin, end = row[1], row[2]
    span = timedelta(0) if begin == end else _day(end) - _day(begin)
    start = first
    if span and first.toordinal() > span.days:
        start = first - span
    foreign = _is_elsewhere(row, zone)
    for day in rule_days((begin, *row[6:10]), start, last, calendar):
        until = day + span if (date.max - day) >= span else date.max
        if foreign:
            yield _read_in(row, day, until, day, zone)
        else:
            yield Slot(row[0], day, until, row[3], day)


def _is_elsewhere(row: Sequence[Any], zone: str) -> bool:
    """Whether the clock in ``zone`` may not show the time that an event has.

    In the small hours it may be one that the clocks skip.
    """
    time, own = row[3], row[5]
    if not zone or time is None:
        return False
    return own not in ("", zone) or time < SMALL_HOURS


def _read_in(
    row: Sequence[Any], day: date, end: date, rule_day: date | None, zone: str
) -> Slot:
    from plannertui.core.zones import read_in

    here, time = read_in(day, row[3], row[5] or zone, zone)
    try:
        end += here - day
    except OverflowError:
        end = max(end, here)
    return Slot(row[0], here, end, time, rule_day)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _load(text: str) -> list[str]:
    from json import loads

    found: list[str] = loads(text)
    return found
