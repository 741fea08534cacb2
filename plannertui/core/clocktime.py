"""Times of day as people type them."""

from __future__ import annotations

import re

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

LONGEST = 20
FIGURES = {sign: at for at, sign in enumerate("零一二三四五六七八九")}
FIGURES |= {"〇": 0, "两": 2}
# Those alone: all that looks alike (NFKC) would take a footnote's ² for an hour.
FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: " "}
TRADITIONAL = str.maketrans("點鐘時兩", "点钟时两")
PARTS = {
    "凌晨": (0, 7),
    "清晨": (4, 9),
    "早上": (4, 12),
    "早晨": (4, 12),
    "上午": (6, 13),
    "中午": (11, 14),
    "下午": (12, 20),
    "傍晚": (16, 20),
    "晚上": (17, 24),
}
"""The parts of a day and the hours of it that each may have, the last one excluded."""
_APART = re.compile(r"\d\s+\d")
_DOT = re.compile(r"(?<=\d)\.(?=\d)")
_ZH = re.compile(
    r"(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)?"
    r"(?:(\d{1,2}):(\d\d)|(\d{1,2})(?:点钟|[点时](?:整|(半)|(一刻|三刻)|(\d\d)分?|(\d)分)?))"
)
_EN = re.compile(r"(\d{1,2})(?::?(\d\d))?([ap])\.?m\.?")
_PLAIN = re.compile(r"(\d{1,2})(?::(\d\d))?|(\d{1,2})(\d\d)")
_WRITTEN = re.compile(f"[{''.join(FIGURES)}十]+(?!刻)")


def read_time(text: str) -> str:
    """A time of day as HH:MM; Usage where ``text`` is none."""
    found = time_in(text)
    if not found:
        raise Usage(
            _("{value} is no time of day. Write it like 09:30.").format(value=text)
        )
    return found


def time_in(text: str) -> str:
    """A time of day in ``text`` as HH:MM; "" when it is none.

    9:30, 09:30, 0930, 9 and full-width forms; 3pm, 3:30 p.m.; 下午3点, 三点半, 15点30.
    """
    said = text.strip()[: LONGEST + 1].translate(FULL_WIDTH).lower()
    said = "".join(str(int(c)) if c.isdecimal() else c for c in said)
    if len(said) > LONGEST or _APART.search(said):
        return ""
    said = "".join(said.split()).translate(TRADITIONAL)
    # "3.30" is a time; the dots of "3 p.m." are none of it.
    found = _read(_DOT.sub(":", said))
    if found is None or found[0] > 23 or found[1] > 59:
        return ""
    return f"{found[0]:02d}:{found[1]:02d}"


def _read(plain: str) -> tuple[int, int] | None:
    """The hour and minute that ``plain`` says, None where it says none."""
    if found := _PLAIN.fullmatch(plain):
        one, two, three, four = found.groups()
        return int(one or three), int(two or four or 0)
    if found := _EN.fullmatch(plain):
        hour = int(found[1])
        if not 1 <= hour <= 12:
            return None
        return hour % 12 + 12 * (found[3] == "p"), int(found[2] or 0)
    if found := _ZH.fullmatch(_WRITTEN.sub(_figures, plain)):
        part, hours, minutes, points, half, quarter, two, one = found.groups()
        minute = int(minutes or two or one or 0)
        if half:
            minute = 30
        elif quarter:
            minute = 15 if quarter == "一刻" else 45
        return _of_part(part, int(hours or points), minute)
    return None


def _of_part(part: str | None, hour: int, minute: int) -> tuple[int, int] | None:
    """``hour`` of a part of the day: 3 in the afternoon, or 15, is 15."""
    if part is None:
        return hour, minute
    first, last = PARTS[part]
    given = [hour, hour + 12, hour - 12] if hour == 12 else [hour, hour + 12]
    return next(((each, minute) for each in given if first <= each < last), None)


def _figures(found: re.Match[str]) -> str:
    """A number up to 99 in Chinese signs, in figures; what is none stays as it is."""
    tens, ten, ones = found[0].partition("十")
    digits = "".join(str(FIGURES.get(sign, "")) for sign in tens)
    if not ten:
        return digits if len(digits) == len(tens) else found[0]
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return found[0]
    return str(10 * int(digits or 1) + FIGURES.get(ones, 0))
