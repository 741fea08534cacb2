"""Times of day as people type them."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _


def read_time(text: str) -> str:
    """A time of day as HH:MM: 9:30, 09:30, 0930, 9 and full-width forms."""
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in text.strip()[:9])
    plain = plain.replace("：", ":").replace(".", ":")
    hours, colon, minutes = plain.partition(":")
    if not colon:
        hours, minutes = (plain[:-2], plain[-2:]) if len(plain) > 2 else (plain, "00")
    good = hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2
    if not good or int(hours) > 23 or int(minutes) > 59:
        raise Usage(
            _("{value} is no time of day. Write it like 09:30.").format(value=text)
        )
    return f"{int(hours):02d}:{minutes}"
