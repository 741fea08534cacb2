"""The rules that people use, made from the day they begin on; and rules taken apart.

A month without the day asked for has it on its last one: "on the 31st" is 28 February,
and 29 February is 28 February or 1 March in other years, as the user's setting says. The
rules say so themselves, so that every program that reads RRULE does the same.
"""

from __future__ import annotations

from datetime import date, timedelta

from plannertui.core.day import month_length
from plannertui.core.errors import Usage
from plannertui.core.recurrence import days, next_days, settle
from plannertui.core.rules import WORKDAY, Rule
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from plannertui.core.workdays import WorkCalendar

BEFORE, AFTER = "02-28", "03-01"
LEAP_DAYS = (BEFORE, AFTER)
EVERY_WORKDAY = Rule("DAILY", by_day=((0, WORKDAY),))
WORKWEEK = tuple((0, day) for day in range(5))


def monthly(day: int, interval: int = 1) -> Rule:
    """Each month on ``day``, or on its last one where it has no such day."""
    if day <= 28:
        return Rule("MONTHLY", interval, by_month_day=(day,))
    numbers = tuple(range(28, day + 1))
    return Rule("MONTHLY", interval, by_month_day=numbers, by_set_pos=(-1,))


def clamped(rule: Rule) -> int:
    """The day of the month that ``rule`` means, or the last one; 0 for other rules."""
    numbers = rule.by_month_day
    if rule.freq != "MONTHLY" or not numbers or rule.by_day or rule.by_month:
        return 0
    asked = monthly(numbers[-1], rule.interval) if numbers[-1] > 28 else None
    return numbers[-1] if asked == rule._replace(times=None, until=None) else 0


def yearly(month: int, day: int, interval: int = 1, leap: str = BEFORE) -> Rule:
    """Each year on a day; 29 February is ``leap`` in years that have none."""
    if (month, day) != (2, 29):
        return Rule("YEARLY", interval, by_month=(month,), by_month_day=(day,))
    if leap == AFTER:
        # The 60th day of a year is 29 February or 1 March.
        return Rule("YEARLY", interval, by_year_day=(60,))
    numbers = (28, 29)
    rule = Rule("YEARLY", interval, by_month=(2,), by_month_day=numbers)
    return rule._replace(by_set_pos=(-1,))


def place(day: date) -> int:
    """Which one of its weekday ``day`` is in its month, -1 for one that is always last."""
    which = (day.day - 1) // 7 + 1
    return which if which < 5 else -1


def choices(day: date, leap: str = BEFORE) -> dict[str, Rule]:
    """What one may mean by repeating something of ``day``, the most usual first.

    The names are the same for all days; some days have fewer of them.
    """
    weekday = day.weekday()
    found = {
        "day": Rule("DAILY"),
        "workday": EVERY_WORKDAY,
        "week": Rule("WEEKLY", by_day=((0, weekday),)),
        "fortnight": Rule("WEEKLY", 2, by_day=((0, weekday),)),
        "month": monthly(day.day),
        "place": Rule("MONTHLY", by_day=((place(day), weekday),)),
    }
    length = month_length(day.year, day.month)
    if day.day + 7 > length and place(day) != -1:
        found["last"] = Rule("MONTHLY", by_day=((-1, weekday),))
    if day.day == length:
        found["end"] = Rule("MONTHLY", by_month_day=(-1,))
    found["close"] = Rule("MONTHLY", by_day=((0, WORKDAY),), by_set_pos=(-1,))
    found["year"] = yearly(day.month, day.day, leap=leap)
    return found


def shifted(rule: Rule, old: date, new: date, leap: str = BEFORE) -> Rule:
    """``rule`` when all that took place as on ``old`` are to be as on ``new``.

    Usage for a rule that does not say which of its parts that is.
    """
    if old == new or (rule.freq == "DAILY" and rule.plain):
        return rule
    bare = rule._replace(times=None, until=None)
    if bare.plain:
        if rule.freq == "MONTHLY" and new.day > 28:
            return _ending(monthly(new.day, rule.interval), rule)
        if rule.freq == "YEARLY" and (new.month, new.day) == (2, 29):
            return _ending(yearly(2, 29, rule.interval, leap), rule)
        return rule
    moved = _shifted(bare, old, new, leap)
    if moved is None or rule.by_workdays:
        raise Usage(
            _("This rule cannot be moved as a whole: say the new one with --repeat.")
        )
    return _ending(moved, rule)


def _ending(new: Rule, old: Rule) -> Rule:
    return new._replace(times=old.times, until=old.until)


def _shifted(rule: Rule, old: date, new: date, leap: str) -> Rule | None:
    only_days = rule._replace(by_day=()).plain
    if rule.freq in ("DAILY", "WEEKLY") and only_days:
        weekdays = {day for _n, day in rule.by_day} - {old.weekday()} | {new.weekday()}
        return rule._replace(by_day=tuple((0, day) for day in sorted(weekdays)))
    if rule.freq == "MONTHLY":
        if clamped(rule):
            return monthly(new.day, rule.interval)
        if only_days and len(rule.by_day) == 1 and rule.by_day[0][0]:
            return rule._replace(by_day=(_place_like(rule.by_day[0][0], new),))
        if rule._replace(by_month_day=()).plain:
            if rule.by_month_day in ((-1,), (old.day,)):
                return monthly(new.day, rule.interval)
            numbers = set(rule.by_month_day)
            if old.day in numbers and new.day <= 28:
                kept = sorted(numbers - {old.day} | {new.day})
                return rule._replace(by_month_day=tuple(kept))
    if rule.freq == "YEARLY":
        if rule in (yearly(2, 29, rule.interval, each) for each in LEAP_DAYS):
            return yearly(new.month, new.day, rule.interval, leap)
        if rule == yearly(old.month, old.day, rule.interval):
            return yearly(new.month, new.day, rule.interval, leap)
        only = rule._replace(by_day=(), by_month=()).plain
        if only and len(rule.by_month) == len(rule.by_day) == 1 and rule.by_day[0][0]:
            at = _place_like(rule.by_day[0][0], new)
            return rule._replace(by_day=(at,), by_month=(new.month,))
    return None


def _place_like(which: int, new: date) -> tuple[int, int]:
    """The place of ``new`` in its month, from the end where the rule counts from there."""
    if which < 0 and new.day + 7 > month_length(new.year, new.month):
        return -1, new.weekday()
    return place(new), new.weekday()


def anchored(rule: Rule, near: date, calendar: WorkCalendar | None = None) -> date:
    """The day of ``rule`` nearest to ``near``, its periods counted from that of ``near``."""
    settled, base = settle(rule, near)
    low = near.toordinal() - 31
    first = max(base, date.fromordinal(max(1, low)))
    high = date.fromordinal(min(date.max.toordinal(), near.toordinal() + 62))
    found = days(settled, base, first, high, calendar)
    if not found:
        found = next_days(settled, base, near, 1, calendar)
    if not found:
        raise Usage(_("There is no day on which it would take place."))
    return min(found, key=lambda day: (abs((day - near).days), day))


def ended(rule: Rule, day: date) -> Rule:
    """``rule`` up to the day before ``day``."""
    last = day - timedelta(days=1)
    if rule.times is None and rule.until is not None:
        last = min(last, rule.until)
    return rule._replace(times=None, until=last)


def rest(
    rule: Rule, anchor: date, day: date, calendar: WorkCalendar | None = None
) -> Rule:
    """``rule`` from ``day`` on: of a number of times those that are left."""
    if rule.times is None:
        return rule
    gone = len(days(rule, anchor, anchor, day - timedelta(days=1), calendar))
    return rule._replace(times=max(1, rule.times - gone))


def carried(
    old: tuple[Rule, date],
    new: tuple[Rule, date],
    wanted: Sequence[date],
    calendar: WorkCalendar | None = None,
) -> dict[date, date]:
    """For each of ``wanted``, days of the old rule, the day that the new gives instead.

    The first is for the first, the second for the second; those past the end of the new
    one, and days that the old did not give, have none.
    """
    if not wanted:
        return {}
    before = days(*old, old[1], max(wanted), calendar)
    after = next_days(*new, new[1], len(before), calendar)
    both = dict(zip(before, after, strict=False))
    return {day: both[day] for day in wanted if day in both}
