"""How long, as people type it and read it: "45m", "1h30", "2d", "半小时"."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分", "分钟"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "时", "小时", "个小时"), 60),
    **dict.fromkeys(("d", "day", "days", "天", "日"), 1440),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期", "个星期"), 10080),
}
WORDS = {"半小时": 30, "半个小时": 30, "一刻钟": 15, "一小时": 60, "一天": 1440}
MOST = 10_000_000


def read_minutes(text: str) -> int:
    """Minutes of "45m", "1h30", "1.5h", "90", "2d", "10分钟"; Usage for anything else."""
    plain = "".join(
        str(int(c)) if c.isdecimal() else c for c in text.strip().casefold()
    )
    plain = plain.replace("．", ".").replace(" ", "")
    if plain in WORDS:
        return WORDS[plain]
    total = 0.0
    last = 0
    while plain:
        size = next(
            (n for n, c in enumerate(plain) if not (c.isdecimal() or c == ".")),
            len(plain),
        )
        number, rest = plain[:size], plain[size:]
        unit = next((n for n, c in enumerate(rest) if c.isdecimal()), len(rest))
        name, plain = rest[:unit], rest[unit:]
        # A bare number is minutes; after hours too, as in 1h30.
        factor = UNITS.get(name, 0) if name else 1
        ok = number.count(".") < 2 and number.strip(".") and len(number) < 10
        if not ok or not factor or (last and factor >= last):
            raise _wrong(text)
        total += float(number) * factor
        last = factor
    if not last or total > MOST or total != int(total):
        raise _wrong(text)
    return int(total)


def _wrong(text: str) -> Usage:
    shown = text if len(text) <= 30 else text[:29] + "…"
    message = _('"{text}" is no length of time. Write it like 45m, 1h30 or 2d.')
    return Usage(message.format(text=shown))


def read_reminders(text: str) -> tuple[int, ...]:
    """The minutes before of "10m,1d", the nearest first; none for an empty text."""
    for sign in "，、;；":
        text = text.replace(sign, ",")
    given = [part for part in text.split(",") if part.strip()]
    return tuple(sorted({read_minutes(part) for part in given}))


def say_minutes(minutes: int) -> str:
    """So many minutes in the largest unit that says them whole: "90 minutes", "2 days"."""
    if minutes and minutes % 10080 == 0:
        count = minutes // 10080
        return ngettext("{count} week", "{count} weeks", count).format(count=count)
    if minutes and minutes % 1440 == 0:
        count = minutes // 1440
        return ngettext("{count} day", "{count} days", count).format(count=count)
    if minutes and minutes % 60 == 0:
        count = minutes // 60
        return ngettext("{count} hour", "{count} hours", count).format(count=count)
    text = ngettext("{count} minute", "{count} minutes", minutes)
    return text.format(count=minutes)


def brief(minutes: int) -> str:
    """So many minutes as one types them: "90m", "2h", "1d"."""
    for unit, factor in (("w", 10080), ("d", 1440), ("h", 60)):
        if minutes and minutes % factor == 0:
            return f"{minutes // factor}{unit}"
    return f"{minutes}m"
