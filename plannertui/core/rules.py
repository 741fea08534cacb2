"""The rule of what repeats: an RRULE counted in whole days, and one weekday of our own.

The weekday ``WD`` is any workday of the user's calendar, holidays and make-up days
known: ``FREQ=DAILY;BYDAY=WD`` is every workday, ``FREQ=MONTHLY;BYDAY=WD;BYSETPOS=-1``
the last of each month. All the rest is RFC 5545; what would repeat within a day, without
end in a blink, or never, is refused with a reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

FREQS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAY = 7
ENDLESS = date.max

MOST_TIMES = 10_000
MOST_APART = 1000
MOST_PARTS = 400
LONGEST = 2000
WITHIN = ("SECONDLY", "MINUTELY", "HOURLY")


class Rule(NamedTuple):
    """A rule; see RFC 5545 for what its parts mean.

    ``by_day`` are pairs of a number (0 for every one) and a weekday, 0 Monday to 6
    Sunday, 7 a workday. ``until`` is the last day. Numbers below 0 count from the end.
    """

    freq: str
    interval: int = 1
    times: int | None = None
    until: date | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    wkst: int = 0

    @property
    def by_workdays(self) -> bool:
        """Whether it asks the work calendar."""
        return (0, WORKDAY) in self.by_day

    @property
    def plain(self) -> bool:
        """Whether the day it counts from says all but how often: "every two weeks"."""
        return self[4:10] == ((),) * 6

    def text(self) -> str:
        """The rule as one writes it: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.times is not None:
            parts.append(f"COUNT={self.times}")
        if self.until is not None:
            parts.append("UNTIL=" + self.until.isoformat().replace("-", ""))
        for name, values in zip(NUMBERED, self._numbered(), strict=True):
            if values:
                parts.append(f"{name}={','.join(map(str, values))}")
        if self.by_day:
            days = [f"{n or ''}{day_code(day)}" for n, day in self.by_day]
            parts.append("BYDAY=" + ",".join(days))
        if self.by_set_pos:
            parts.append("BYSETPOS=" + ",".join(map(str, self.by_set_pos)))
        if self.wkst:
            parts.append("WKST=" + WEEKDAYS[self.wkst])
        return ";".join(parts)

    def _numbered(self) -> tuple[tuple[int, ...], ...]:
        return (self.by_month, self.by_week_no, self.by_year_day, self.by_month_day)


NUMBERED = ("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY")
_RANGES = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYSETPOS": (-366, 366),
}
_ONCE = ("BYHOUR", "BYMINUTE", "BYSECOND")


def day_code(day: int) -> str:
    """The two letters of a weekday, "WD" for a workday."""
    return "WD" if day == WORKDAY else WEEKDAYS[day]


def is_rule(text: str) -> bool:
    """Whether ``text`` is meant as a rule, not as words or the rhythm of a series."""
    return "FREQ=" in text.upper()


def parse(text: str, *, time: str | None = None, zone: str = "") -> Rule:
    """The rule that ``text`` writes; Usage says what is wrong with it.

    UNTIL may be a day or a moment; a moment in UTC is read in ``zone``, and one before
    ``time`` leaves its day out.
    """
    if len(text) > LONGEST:
        raise Usage(_("A rule has at most {limit} characters.").format(limit=LONGEST))
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, sign, value = part.partition("=")
        if not part.strip():
            continue
        if not sign or not value or name in parts:
            raise _wrong(part)
        parts[name.strip()] = value.strip()
    freq = parts.pop("FREQ", "")
    if freq in WITHIN:
        raise Usage(_("It would repeat within a day: the shortest is every day."))
    if freq not in FREQS:
        raise _wrong(f"FREQ={freq}")
    interval = _number(parts.pop("INTERVAL", "1"), 1, MOST_APART, "INTERVAL")
    count = None
    if "COUNT" in parts:
        count = _number(parts.pop("COUNT"), 1, MOST_TIMES, "COUNT")
    until = None
    if "UNTIL" in parts:
        until = _until(parts.pop("UNTIL"), time, zone)
    by_day = _by_day(parts.pop("BYDAY", ""), freq)
    wkst = parts.pop("WKST", "MO")
    if wkst not in WEEKDAYS:
        raise _wrong(f"WKST={wkst}")
    lists = {
        name: _list(name, parts.pop(name)) if name in parts else () for name in _RANGES
    }
    _once(parts, time)
    if parts:
        raise _wrong("=".join(next(iter(parts.items()))))
    rule = Rule(
        freq,
        interval,
        count,
        until,
        by_day,
        lists["BYMONTHDAY"],
        lists["BYMONTH"],
        lists["BYSETPOS"],
        lists["BYYEARDAY"],
        lists["BYWEEKNO"],
        WEEKDAYS.index(wkst),
    )
    _check(rule)
    return rule


def _check(rule: Rule) -> None:
    """Refuse what RFC 5545 gives no meaning."""
    if rule.by_week_no and rule.freq != "YEARLY":
        raise _wrong("BYWEEKNO")
    if rule.by_year_day and rule.freq != "YEARLY":
        raise _wrong("BYYEARDAY")
    if rule.by_month_day and rule.freq == "WEEKLY":
        raise _wrong("BYMONTHDAY")
    if any(n for n, _day in rule.by_day) and rule.by_week_no:
        raise _wrong("BYDAY")
    if rule.by_set_pos and rule._replace(by_set_pos=()).plain:
        raise _wrong("BYSETPOS")


def _wrong(part: str) -> Usage:
    shown = part if len(part) <= 40 else part[:39] + "…"
    return Usage(_('The rule is not understood at "{part}".').format(part=shown))


def _number(text: str, least: int, most: int, name: str) -> int:
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not (digits.isascii() and digits.isdigit()):
        raise _wrong(f"{name}={text}")
    number = int(text[:20])
    if not least <= number <= most:
        message = _("{name} is {value}; it is from {least} to {most}.")
        raise Usage(message.format(name=name, value=text[:20], least=least, most=most))
    return number


def _list(name: str, text: str) -> tuple[int, ...]:
    least, most = _RANGES[name]
    values = text.split(",")
    if len(values) > MOST_PARTS:
        raise _wrong(f"{name}={text}")
    numbers = {_number(value.strip(), least, most, name) for value in values}
    if 0 in numbers:
        raise _wrong(f"{name}=0")
    return tuple(sorted(numbers))


def _by_day(text: str, freq: str) -> tuple[tuple[int, int], ...]:
    found: set[tuple[int, int]] = set()
    for value in text.split(",") if text else ():
        value = value.strip()
        number, code = value[:-2], value[-2:]
        if code == "WD" and not number:
            found.add((0, WORKDAY))
            continue
        if code not in WEEKDAYS:
            raise _wrong(f"BYDAY={value}")
        n = _number(number, -53, 53, "BYDAY") if number else 0
        if number and (not n or freq not in ("MONTHLY", "YEARLY")):
            raise _wrong(f"BYDAY={value}")
        found.add((n, WEEKDAYS.index(code)))
    return tuple(sorted(found, key=lambda each: (each[1], each[0])))


def _once(parts: dict[str, str], time: str | None) -> None:
    """Let go of BYHOUR and its like where they say the time at which it begins anyway."""
    start = dict(zip(_ONCE, (*(time or "0:0").split(":"), "0"), strict=True))
    for name in _ONCE:
        value = parts.pop(name, None)
        if value is None:
            continue
        figures = value.isascii() and value.isdigit()
        if not figures or int(value[:4]) != int(start[name]):
            raise Usage(_("It would repeat within a day: the shortest is every day."))


def _until(text: str, time: str | None, zone: str) -> date:
    day, sign, clock = text.partition("T")
    if not (len(day) == 8 and day.isascii() and day.isdigit()):
        raise _wrong(f"UNTIL={text}")
    try:
        last = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        raise _wrong(f"UNTIL={text}") from None
    if not sign:
        return last
    figures = clock.removesuffix("Z")
    if not (len(figures) == 6 and figures.isascii() and figures.isdigit()):
        raise _wrong(f"UNTIL={text}")
    wall = f"{figures[:2]}:{figures[2:4]}"
    if int(figures[:2]) > 23 or int(figures[2:4]) > 59:
        raise _wrong(f"UNTIL={text}")
    if clock.endswith("Z") and zone:
        from plannertui.core.zones import from_utc

        last, wall = from_utc(last, wall, zone)
    if time is not None and wall < time and last > date.min:
        last -= timedelta(days=1)
    return last
