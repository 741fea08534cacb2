"""Working days of a country: weekends, holidays, make-up workdays, leave.

A year is kept as one integer whose bit ``n`` is set when the day ``n`` days after
1 January is worked, so a count over any span is a handful of integer operations.
"""

from __future__ import annotations

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Literal

    Kind = Literal["workday", "makeup", "weekend", "holiday", "leave"]

MON_FRI = "mon-fri"

_FIRST_YEAR, _LAST_YEAR = date.min.year, date.max.year


class WorkYear:
    """The workdays of one calendar year under a calendar code.

    ``known`` is False for a year whose calendar is not published, or not in the
    library: it is then Monday to Friday without any holiday, and says so.
    """

    __slots__ = ("_makeup", "code", "first", "known", "length", "names", "work", "year")

    def __init__(
        self,
        code: str,
        year: int,
        off: Iterable[date],
        names: Mapping[date, str],
        makeup: Iterable[date],
        known: bool,
    ) -> None:
        """``off`` is every day not worked, weekends too; ``makeup`` is worked all the same."""
        self.code = code
        self.year = year
        self.first = date(year, 1, 1).toordinal()
        self.length = date(year, 12, 31).toordinal() - self.first + 1
        self.names = dict(names)
        self.known = known
        self._makeup = _bits(makeup, self.first)
        self.work = ((1 << self.length) - 1) & ~_bits(off, self.first) | self._makeup

    @property
    def off(self) -> frozenset[date]:
        """The days not worked."""
        return frozenset(_days(((1 << self.length) - 1) & ~self.work, self.first))

    @property
    def makeup(self) -> frozenset[date]:
        """The days worked in place of others, on what would be a weekend."""
        return frozenset(_days(self._makeup, self.first))

    def kind(self, day: date) -> Kind:
        """What ``day``, one of this year, is."""
        bit = 1 << (day.toordinal() - self.first)
        if self.work & bit:
            return "makeup" if self._makeup & bit else "workday"
        return "holiday" if day in self.names else "weekend"

    def pack(self) -> str:
        """The year as one line, and a line for each name with the days that carry it."""
        grouped: dict[str, list[str]] = {}
        for day, name in sorted(self.names.items()):
            at = grouped.setdefault(" ".join(name.split()), [])
            at.append(str(day.toordinal() - self.first))
        head = f"{self.code} {self.year} {self.known:d} {self.work:x} {self._makeup:x}"
        return "\n".join(
            [head, *(f"{','.join(at)} {name}" for name, at in grouped.items())]
        )

    @classmethod
    def unpack(cls, packed: str) -> WorkYear:
        """The year that ``pack`` made; ValueError for anything else."""
        head, *lines = packed.split("\n")
        code, year, known, work, makeup = head.rsplit(" ", 4)
        self = cls(code, int(year), (), {}, (), known == "1")
        self.work, self._makeup = int(work, 16), int(makeup, 16)
        for line in lines:
            at, _, name = line.partition(" ")
            for number in at.split(","):
                self.names[date.fromordinal(self.first + int(number))] = name
        return self


class WorkCalendar:
    """The workdays of all years, less leave; ``years`` gives each year when asked for.

    Where a count would leave the years 1 to 9999, it ends at the last day there is.
    """

    __slots__ = ("_leave", "_read", "_work", "_years", "remembered")

    def __init__(
        self, years: Callable[[int], WorkYear], leave: frozenset[date] = frozenset()
    ) -> None:
        self._read = years
        self._years: dict[int, WorkYear] = {}
        self._work: dict[int, tuple[int, int]] = {}
        self._leave: dict[int, set[date]] = {}
        # What was reckoned with it, for whoever asks again (``core.recurrence``).
        self.remembered: dict[object, tuple[date, ...]] = {}
        for day in leave:
            self._leave.setdefault(day.year, set()).add(day)

    def year(self, year: int) -> WorkYear:
        """The year as published, leave not counted."""
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._read(year)
        return found

    def known(self, year: int) -> bool:
        """Whether the calendar of ``year`` is published."""
        return self.year(year).known

    def name(self, day: date) -> str:
        """The holiday's name, or ""."""
        return self.year(day.year).names.get(day, "")

    def kind(self, day: date) -> Kind:
        """What ``day`` is; leave only where it would be worked."""
        kind = self.year(day.year).kind(day)
        if kind in ("workday", "makeup") and day in self._leave.get(day.year, ()):
            return "leave"
        return kind

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked."""
        first, work = self._of(day.year)
        return bool(work >> (day.toordinal() - first) & 1)

    def count(self, first: date, last: date) -> int:
        """Workdays from ``first`` to ``last``, both included; 0 when that is backwards."""
        if last < first:
            return 0
        total = -self._before(first) + self._before(last) + self.is_workday(last)
        for year in range(first.year, last.year):
            total += self._of(year)[1].bit_count()
        return total

    def elapsed(self, start: date, due: date, today: date) -> float:
        """The share of the workdays from ``start`` to ``due`` gone, ``today`` included.

        From 0.0 to 1.0. A span without workdays is gone when its last day has come.
        """
        total = self.count(start, due)
        if not total:
            return 1.0 if today >= due else 0.0
        return self.count(start, min(today, due)) / total

    def between(self, a: date, b: date) -> int:
        """Workdays after ``a`` up to and including ``b``; negative when ``b`` is earlier."""
        if b < a:
            return -self.between(b, a)
        return self.count(a, b) - self.is_workday(a)

    def next(self, day: date) -> date:
        """The first workday after ``day``."""
        return self.add(day, 1)

    def previous(self, day: date) -> date:
        """The last workday before ``day``."""
        return self.add(day, -1)

    def add(self, day: date, n: int) -> date:
        """The ``n``-th workday after ``day``, or before it for a negative ``n``.

        0 gives ``day`` itself, worked or not.
        """
        if n == 0:
            return day
        at, year = day.toordinal() - self._of(day.year)[0], day.year
        step = 1 if n > 0 else -1
        first, work = self._of(year)
        work = work >> (at + 1) << (at + 1) if n > 0 else work & ((1 << at) - 1)
        left = abs(n)
        while (here := work.bit_count()) < left:
            left -= here
            year += step
            if not _FIRST_YEAR <= year <= _LAST_YEAR:
                return date.max if n > 0 else date.min
            first, work = self._of(year)
        for _ in range(left - 1 if n > 0 else here - left):
            work &= work - 1
        return date.fromordinal(first + (work & -work).bit_length() - 1)

    def last_of_week(self, day: date) -> date | None:
        """The last workday of the week of ``day``; None in a week without any.

        The week starts on the day after the country's weekend, Monday where unsure.
        """
        start = day.toordinal() - (day.weekday() - self._week_start(day.year)) % 7
        end = date.fromordinal(min(start + 6, date.max.toordinal()))
        last = end if self.is_workday(end) else self.previous(end)
        return last if last.toordinal() >= start and self.is_workday(last) else None

    def _of(self, year: int) -> tuple[int, int]:
        """The ordinal of 1 January and the bits of the days worked, leave taken off."""
        found = self._work.get(year)
        if found is None:
            known = self.year(year)
            leave = _bits(self._leave.get(year, ()), known.first)
            found = self._work[year] = (known.first, known.work & ~leave)
        return found

    def _before(self, day: date) -> int:
        """Workdays of its year before ``day``."""
        first, work = self._of(day.year)
        return (work & ((1 << (day.toordinal() - first)) - 1)).bit_count()

    def _week_start(self, year: int) -> int:
        """The weekday, 0 is Monday, after the weekend of that year."""
        known = self.year(year)
        worked = []
        for weekday in range(7):
            at = (weekday - (known.first - 1)) % 7
            days = sum(1 << n for n in range(at, known.length, 7))
            worked.append((known.work & days).bit_count() > known.length // 14)
        for weekday in (0, 6, 5):
            if worked[weekday] and not worked[weekday - 1]:
                return weekday
        return 0


def mon_fri(code: str, year: int, known: bool = True) -> WorkYear:
    """Monday to Friday, without holidays."""
    made = WorkYear(code, year, (), {}, (), known)
    # 0 is Monday; 54 weeks of five days, cut to the year.
    weekday = (made.first - 1) % 7
    week = 0
    for _ in range(54):
        week = week << 7 | 0b0011111
    made.work &= week >> weekday
    return made


def build_year(code: str, year: int, language: str = "en") -> WorkYear:
    """The workdays of ``year`` under ``code`` ("CN", "DE-BY", "mon-fri").

    Names come in ``language`` ("en", "zh_Hans") where they exist, else in English.
    BadSettings for an unknown code. Takes some 0.2 s the first time: keep the result.
    """
    if code.strip().casefold() in ("", MON_FRI):
        return mon_fri(MON_FRI, year)
    from plannertui.core.published import build

    return build(code, year, language)


def _bits(days: Iterable[date], first: int) -> int:
    bits = 0
    for day in days:
        bits |= 1 << (day.toordinal() - first)
    return bits


def _days(bits: int, first: int) -> list[date]:
    days = []
    while bits:
        low = bits & -bits
        days.append(date.fromordinal(first + low.bit_length() - 1))
        bits ^= low
    return days
