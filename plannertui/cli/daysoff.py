"""The days off ahead that hold a holiday, as stretches with a name."""

from __future__ import annotations

from datetime import date

from plannertui.core.day import later
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session


def free_stretches(session: Session, ahead: int) -> list[tuple[date, date, str]]:
    """The stretches off work ahead that hold a holiday: first day, last day, name."""
    calendar = session.calendar
    found: list[tuple[date, date, str]] = []
    stretch: list[date] = []
    day = session.today
    for _day in range(ahead):
        day = later(day, 1)
        if calendar.kind(day) in ("holiday", "weekend"):
            stretch.append(day)
            continue
        found += _stretch(session, stretch)
        stretch = []
    return found + _stretch(session, stretch)


def _stretch(session: Session, days: list[date]) -> list[tuple[date, date, str]]:
    """Days off in a row as one stretch, nothing when none of them is a holiday."""
    if all(session.calendar.kind(day) != "holiday" for day in days):
        return []
    names = dict.fromkeys(session.calendar.name(day) for day in days)
    # A day off in exchange for another names that one in brackets.
    own = [name for name in names if name and "(" not in name and "（" not in name]
    named = own or [name for name in names if name]
    return [(days[0], days[-1], _(", ").join(named))]
