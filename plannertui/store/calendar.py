"""The working calendar of the store: years remembered, leave included."""

from __future__ import annotations

from datetime import date

from plannertui.core.workdays import WorkCalendar, WorkYear, build_year, mon_fri
from plannertui.store.open import Store
from plannertui.store.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Years that nobody publishes or looks back to are neither asked for nor remembered.
AHEAD, BACK = 100, 100


def work_calendar(
    db: Store, settings: Settings, language: str, today: date, *, fresh: bool = True
) -> WorkCalendar:
    """The workdays of the user's country, minus leave.

    A year is built from the calendar package and then remembered in the store. One that
    may still change, because it is not published yet or not over, is built again in
    each new month: notices come and are amended in the year. That takes a tenth of a
    second and more; without ``fresh`` what an earlier month remembered will do.
    """
    from plannertui.store.glance import leave

    years = _years(db, settings.calendar, language, today, fresh)
    return WorkCalendar(years, leave(db))


def others(
    db: Store, settings: Settings, language: str, today: date, *, fresh: bool = True
) -> tuple[tuple[str, WorkCalendar], ...]:
    """The calendars that are shown beside one's own, by code; nobody's leave in them.

    BadSettings for a code that there is not, once a year of it is asked for.
    """
    return tuple(
        (code, WorkCalendar(_years(db, code, language, today, fresh)))
        for code in settings.also
        if code != settings.calendar
    )


def _years(
    db: Store, code: str, language: str, today: date, fresh: bool
) -> Callable[[int], WorkYear]:
    """What gives the years of a calendar, remembered in the store."""
    month = f"{today:%Y-%m}"

    def year(number: int) -> WorkYear:
        if not today.year - BACK <= number <= today.year + AHEAD:
            return mon_fri(code, number, known=False)
        built_in, kept = _kept(db, code, number, language)
        if kept is not None and (
            not fresh or built_in == month or (kept.known and number < today.year)
        ):
            return kept
        built = build_year(code, number, language)
        db.remember(_key(code, number, language), f"{month}\n{built.pack()}")
        return built

    return year


def is_stale(db: Store, settings: Settings, language: str, today: date) -> bool:
    """Whether this year is remembered from an earlier month, and may be another now."""
    built_in, kept = _kept(db, settings.calendar, today.year, language)
    return kept is not None and built_in != f"{today:%Y-%m}"


def _key(code: str, year: int, language: str) -> str:
    return f"workyear:{code}:{year}:{language}"


def _kept(
    db: Store, code: str, year: int, language: str
) -> tuple[str, WorkYear | None]:
    """The month in which a year was built, and the year as it is remembered."""
    kept = db.meta(_key(code, year, language)) or ""
    built_in, _newline, packed = kept.partition("\n")
    return built_in, _unpacked(packed)


def _unpacked(packed: str) -> WorkYear | None:
    """The year as remembered; None for none, or for one that cannot be read."""
    try:
        return WorkYear.unpack(packed)
    except ValueError:
        return None
