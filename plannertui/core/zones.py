"""Wall times and zones: the moment an event begins, and how it reads somewhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Mark = Literal["", "gap", "unknown"]


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo | None:
    """The zone with this IANA name; None for "" and for one that nobody knows."""
    if not name:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


def is_known(name: str) -> bool:
    """Whether ``name`` is a zone; "" is wherever one is."""
    return not name or zone_of(name) is not None


def moment(day: date, time: str, zone: str, here: tzinfo = UTC) -> datetime:
    """When it is ``time`` on ``day`` in ``zone``, in ``here`` without one that is known.

    A time that the clocks skip is as much later as they skip (02:30 is 03:30); of one
    that comes twice it is the first.
    """
    there = zone_of(zone) or here
    hour, minute = int(time[:2]), int(time[3:5])
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=there)
    try:
        return wall.astimezone(UTC).astimezone(there)
    except OverflowError:
        return wall


def mark(day: date, time: str, zone: str) -> Mark:
    """What is to be said of a wall time: "gap" when the clocks skip it, "unknown" zone."""
    if zone and zone_of(zone) is None:
        return "unknown"
    if zone and moment(day, time, zone).strftime("%H:%M") != time:
        return "gap"
    return ""


def read_in(day: date, time: str, zone: str, here: str) -> tuple[date, str]:
    """How ``time`` on ``day`` in ``zone`` reads on a clock in ``here``.

    As it is where either is not known: then it is meant wherever one is. A time that the
    clocks of ``zone`` skip reads as the one after.
    """
    there, target = zone_of(zone), zone_of(here)
    if there is None:
        return day, time
    try:
        found = moment(day, time, zone).astimezone(target or there)
    except (OverflowError, ValueError):
        return day, time
    return found.date(), f"{found.hour:02d}:{found.minute:02d}"


def from_utc(day: date, time: str, zone: str) -> tuple[date, str]:
    """How ``time`` on ``day`` in UTC reads in ``zone``."""
    return read_in(day, time, "UTC", zone)


def minutes_to(start: datetime, now: datetime) -> float:
    """Minutes from ``now`` to ``start``, over a night of changing clocks too."""
    return (start.astimezone(UTC) - now.astimezone(UTC)) / timedelta(minutes=1)
