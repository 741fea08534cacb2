"""The figures that are kept with a review when it is closed."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

from plannertui.core.workdays import WorkCalendar
from plannertui.store.open import Store


def snapshot(
    db: Store, today: date, calendar: WorkCalendar, year_start: int
) -> dict[str, Any]:
    """The figures of the mirror as they are on ``today``."""
    try:
        figures = import_module("plannertui.store.figures")
    except ModuleNotFoundError:
        return {}
    found: dict[str, Any] = figures.snapshot(db, today, calendar, year_start)
    return found
