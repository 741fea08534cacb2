"""The working calendar of the store: years remembered, leave included."""

from __future__ import annotations

from plannertui.core.workdays import WorkCalendar, WorkYear, build_year
from plannertui.store.open import Store
from plannertui.store.settings import Settings

# Raised when the calendar package may know more years than when one was remembered.
_EDITION = 1


def work_calendar(db: Store, settings: Settings, language: str) -> WorkCalendar:
    """The workdays of the user's country, minus leave.

    A year is built from the calendar package once and then remembered in the store;
    one that the package does not know yet is asked for again.
    """
    code = settings.calendar

    def year(number: int) -> WorkYear:
        key = f"workyear:{_EDITION}:{code}:{number}:{language}"
        kept = db.meta(key)
        if kept is not None:
            return WorkYear.unpack(kept)
        built = build_year(code, number, language)
        if built.known:
            db.set_meta(key, built.pack())
        return built

    from plannertui.store.events import leave

    return WorkCalendar(year, leave(db))
