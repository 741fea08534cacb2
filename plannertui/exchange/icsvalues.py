"""What the lines of a calendar file say: texts, days, times, lengths, parameters."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from icalendar.parser import Contentline, Parameters, unescape_backslash
from icalendar.prop import vDDDTypes, vText

from plannertui.core.errors import Usage
from plannertui.core.tokens import in_tag
from plannertui.exchange.icslines import Block, Line
from plannertui.i18n import gettext as _

MOST_DATES = 10_000
_PLAIN = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})[0-5][0-9](Z?))?"
)
# What the library raises for values that are none.
BROKEN = (ValueError, OverflowError, TypeError, KeyError, IndexError, AttributeError)


class When(NamedTuple):
    """A day, or a wall time on it; ``zone`` is as the file calls it, "UTC" for Z.

    Seconds are left off.
    """

    day: date
    time: str | None = None
    zone: str = ""

    def naive(self) -> datetime:
        """As a moment without a zone."""
        hours, minutes = (self.time or "00:00").split(":")
        return datetime.combine(self.day, time(int(hours), int(minutes)))


def when_of(moment: date | datetime, zone: str = "") -> When:
    """``moment``, of which a zone is taken from ``zone`` unless it is in UTC."""
    if not isinstance(moment, datetime):
        return When(moment)
    if moment.tzinfo is not None and moment.utcoffset() == timedelta():
        zone = zone or "UTC"
    return When(moment.date(), f"{moment.hour:02d}:{moment.minute:02d}", zone)


def split(line: Line) -> tuple[Mapping[str, Any], str]:
    """The parameters of ``line`` and its value as it stands there."""
    head, _colon, value = line.text.partition(":")
    if '"' not in head and "^" not in head and "\\" not in head:
        # Nothing that hides a colon, a semicolon or an equals sign.
        pairs = [param.partition("=") for param in head.split(";")[1:]]
        return {name.strip().upper(): text for name, _sign, text in pairs}, value
    _name, params, raw = Contentline(line.text).raw_parts()
    return params, raw


def text_of(line: Line | None) -> str:
    """The text of ``line`` without its escapes; "" without a line."""
    if line is None:
        return ""
    params, raw = split(line)
    if str(params.get("ENCODING", "")).upper() == "QUOTED-PRINTABLE":
        octets = quopri.decodestring(raw.encode())
        charset = str(params.get("CHARSET", "utf-8"))
        try:
            return octets.decode(charset, "replace")
        except LookupError:
            return octets.decode("utf-8", "replace")
    return str(unescape_backslash(raw))


def texts_of(line: Line) -> list[str]:
    """The texts of ``line``, which commas part."""
    _params, raw = split(line)
    found: list[str] = []
    part: list[str] = []
    escaped = False
    for char in raw:
        if char == "," and not escaped:
            found.append("".join(part))
            part = []
        else:
            part.append(char)
        escaped = char == "\\" and not escaped
    found.append("".join(part))
    return [text for one in found if (text := unescape_backslash(one).strip())]


def moment_of(line: Line) -> When:
    """The day or time of ``line``; Usage when it is none."""
    for when in moments_of(line):
        return when
    raise _no_date(line)


def moments_of(line: Line) -> Iterator[When]:
    """The days or times of ``line``; of a period, where it begins."""
    try:
        params, raw = split(line)
        zone = str(params.get("TZID", ""))
        values = raw.split(",")
    except BROKEN:
        raise _no_date(line) from None
    if len(values) > MOST_DATES:
        raise Usage(_("it has more than {n} dates").format(n=MOST_DATES))
    for value in values:
        if not value.strip():
            continue
        plain = _PLAIN.fullmatch(value)
        if plain is not None:
            year, month, day, hour, minute, utc = plain.groups()
            try:
                on = date(int(year), int(month), int(day))
            except ValueError:
                raise _no_date(line) from None
            if hour is None:
                yield When(on)
            elif int(hour) < 24 and int(minute) < 60:
                yield When(on, f"{hour}:{minute}", (zone or "UTC") if utc else zone)
            else:
                raise _no_date(line)
            continue
        try:
            found = vDDDTypes.from_ical(value.strip().partition("/")[0].upper())
            if not isinstance(found, date):
                raise ValueError(value)
            yield when_of(found, zone)
        except BROKEN:
            raise _no_date(line) from None


def _no_date(line: Line) -> Usage:
    shown = line.text if len(line.text) <= 60 else line.text[:59] + "…"
    return Usage(_('there is no date in "{line}"').format(line=shown))


def length_of(line: Line) -> timedelta:
    """The length of time that ``line`` gives; Usage when it is none."""
    try:
        _params, raw = split(line)
        found = vDDDTypes.from_ical(raw.strip().upper())
        if isinstance(found, timedelta):
            return found
    except BROKEN:
        pass
    shown = line.text if len(line.text) <= 60 else line.text[:59] + "…"
    raise Usage(_('there is no length of time in "{line}"').format(line=shown))


def tags_of(block: Block) -> tuple[str, ...]:
    """The categories of ``block`` as tags."""
    found = []
    for line in block.all("CATEGORIES"):
        found += [tag for text in texts_of(line) if (tag := tag_of(text))]
    return tuple(dict.fromkeys(found))


def tag_of(category: str) -> str:
    """``category`` as a tag: what no tag may hold becomes a hyphen, "" if nothing stays."""
    shown = "".join(char if in_tag(char) else "-" for char in category.strip())
    tag = "-".join(part for part in shown.split("-") if part)[:64]
    return tag if any(map(str.isalpha, tag)) else ""


def text_line(name: str, text: str) -> str:
    """A content line of a text."""
    return f"{name}:{escaped(text)}"


def list_line(name: str, texts: list[str]) -> str:
    """A content line of several texts."""
    return f"{name}:{','.join(map(escaped, texts))}"


def escaped(text: str) -> str:
    """``text`` as a content line has it."""
    found: str = vText(text).to_ical().decode()
    return found.replace("\r", "")


def when_line(name: str, whens: list[When]) -> str:
    """A content line of days or times, all of one zone."""
    first = whens[0]
    if first.time is None:
        return f"{name};VALUE=DATE:{','.join(stamp(one) for one in whens)}"
    values = ",".join(stamp(one) for one in whens)
    if not first.zone or first.zone == "UTC":
        return f"{name}:{values}"
    params = Parameters({"TZID": first.zone}).to_ical().decode()
    return f"{name};{params}:{values}"


def stamp(when: When) -> str:
    """A day or time as a calendar file writes it."""
    day = f"{when.day.year:04d}{when.day.month:02d}{when.day.day:02d}"
    if when.time is None:
        return day
    end = "Z" if when.zone == "UTC" else ""
    return f"{day}T{when.time.replace(':', '')}00{end}"


def utc_line(name: str, iso: str) -> str:
    """A content line of a stamp of the store, in UTC."""
    moment = datetime.fromisoformat(iso).astimezone(UTC)
    return f"{name}:{moment:%Y%m%dT%H%M%SZ}"
