"""Appointments of Org: a heading with an active stamp of its own on the line below it."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from plannertui.core.errors import Usage
from plannertui.core.events import KINDS
from plannertui.core.rules import parse
from plannertui.core.zones import is_known

_STAMP = r"<(\d{4}-\d\d-\d\d)([^>\n]{0,60})>"
_WHEN = re.compile(rf"{_STAMP}(?:--{_STAMP})?")
_CLOCK = re.compile(r"(?<!\d)(\d\d?:\d\d)(?:-(\d\d?:\d\d))?")
_AGAIN = re.compile(r"[+.]\+?(\d{1,3})([dwmy])")
_UNITS = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}
MOST_DAYS = 3660


def appointment(
    title: str, rows: list[str], properties: dict[str, str]
) -> dict[str, Any] | None:
    """The fields of an event; None for what is none."""
    found = _WHEN.fullmatch(rows[0].strip()) if rows else None
    if found is None:
        return None
    words = [row.strip() for row in rows[1:]]
    while words and not title:
        title = words.pop(0)
    first, last = _day(found[1]), _day(found[3] or found[1])
    if not title or first is None or last is None:
        return None
    if not 0 <= (last - first).days <= MOST_DAYS:
        return None
    clock, minutes = _time(found[2], found[4], (last - first).days)
    kind = properties.get("KIND", "")
    zone = properties.get("ZONE", "").strip()
    told = {"zone": zone} if clock and is_known(zone) else {}
    return {
        **told,
        "kind": kind if kind in KINDS else "meeting",
        "title": title,
        "starts_on": first,
        "ends_on": last,
        "time": clock and f"{clock:%H:%M}",
        "minutes": minutes,
        "repeat": _rule(found[2]),
        "place": properties.get("LOCATION", ""),
        "notes": "\n".join(words).strip(),
    }


def _time(first: str, last: str | None, days: int) -> tuple[time | None, int | None]:
    """When it begins, and how long it lasts where that is told."""
    found = _CLOCK.search(first)
    begin = _clock(found[1]) if found else None
    if found is None or begin is None:
        return None, None
    late = _CLOCK.search(last or "")
    end = _clock(found[2]) if found[2] else _clock(late[1]) if late else None
    if end is None:
        return begin, None
    minutes = days * 1440 + (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return begin, minutes if minutes > 0 else None


def _rule(inner: str) -> str:
    found = _AGAIN.search(inner)
    if found is None:
        return ""
    try:
        return parse(f"FREQ={_UNITS[found[2]]};INTERVAL={int(found[1])}").text()
    except Usage:
        return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        return None
