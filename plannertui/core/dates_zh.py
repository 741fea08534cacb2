"""Dates in Chinese; what each form means stands in ``core.dates``."""

from __future__ import annotations

from plannertui.core.dates import (
    Asked,
    edge,
    exact,
    last_days,
    month,
    month_day,
    one,
    part,
    shift,
    week,
    whole_year,
)
from plannertui.core.day import plus_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.core.dates import Span

DAYS = {
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "大前天": -3,
}
YEARS = {"今年": 0, "本年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}
SIDES = {
    "本": 0,
    "这": 0,
    "这个": 0,
    "下": 1,
    "下个": 1,
    "下下": 2,
    "下下个": 2,
    "上": -1,
    "上个": -1,
    "上上": -2,
    "上上个": -2,
}
WEEKS = ("星期", "礼拜", "周")
WEEKDAYS = {sign: at for at, sign in enumerate("一二三四五六日")} | {
    "天": 6,
    **{str(at + 1): at for at in range(7)},
}
UNITS = {
    "天": "d",
    "周": "w",
    "个周": "w",
    "星期": "w",
    "个星期": "w",
    "礼拜": "w",
    "个礼拜": "w",
    "个月": "m",
    "年": "y",
}
AFTER = ("以后", "之后", "后")
BEFORE = ("以前", "之前", "前")
LAST = ("底", "末")
FIGURES = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
TRADITIONAL = str.maketrans("後週禮個號這兩內過財", "后周礼个号这两内过财")


class Text:
    """A text read from its left end."""

    __slots__ = ("rest",)

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, *choices: str) -> str:
        """Take off the longest of ``choices`` that it starts with; "" when none."""
        found = ""
        for choice in choices:
            if len(choice) > len(found) and self.rest.startswith(choice):
                found = choice
        self.rest = self.rest[len(found) :]
        return found

    def number(self) -> int | None:
        """Take off a number, in figures or in words to 99; None when there is none."""
        length = 0
        arabic = self.rest[:1].isascii() and self.rest[:1].isdigit()
        for sign in self.rest:
            is_figure = sign.isascii() and sign.isdigit()
            if is_figure != arabic or not (
                is_figure or sign in FIGURES or sign == "十"
            ):
                break
            length += 1
        value = _value(self.rest[:length])
        if value is not None:
            self.rest = self.rest[length:]
        return value


def read(text: str, asked: Asked) -> Span | None:
    """The span that ``text``, half-width and in lower case, names; None when none."""
    text = "".join(text.split()).translate(TRADITIONAL)
    if text.endswith(")") and text.count("(") == 1:
        # As in 2024年9月20日(星期五).
        text = text[:-1].replace("(", "")
    if text in DAYS:
        return one(plus_days(asked.today, DAYS[text]))
    return (
        _counted(Text(text), asked)
        or _weekly(Text(text), asked)
        or _calendar(Text(text), asked)
    )


def _value(figures: str) -> int | None:
    if not figures:
        return None
    if figures.isascii():
        return int(figures)
    if "十" in figures:
        tens, _, ones = figures.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones or tens in ("零", "〇"):
            return None
        return FIGURES.get(tens, 1) * 10 + FIGURES.get(ones, 0)
    if len(figures) not in (1, 4):
        return None
    value = 0
    for sign in figures:
        value = value * 10 + FIGURES[sign]
    return value


def _counted(text: Text, asked: Asked) -> Span | None:
    """三天后, 两周前, 半年后, +3天, 最近30天."""
    recent = text.take("最近", "过去", "近")
    sign = "" if recent else text.take("+", "-")
    if text.take("半年"):
        count, unit = 6, "m"
    else:
        # 两 counts, and numbers nothing: 两月 is not February.
        number = 2 if text.take("两") else text.number()
        unit = UNITS.get(text.take(*UNITS), "")
        # 2024年后 means after 2024, not that many years from now.
        if number is None or not unit or (unit == "y" and number > 999):
            return None
        count = number
    if recent:
        return last_days(asked, count) if unit == "d" and not text.rest else None
    if sign:
        count = -count if sign == "-" else count
        return None if text.rest else shift(asked, count, unit)
    if text.rest in AFTER:
        return shift(asked, count, unit)
    return shift(asked, -count, unit) if text.rest in BEFORE else None


def _weekly(text: Text, asked: Asked) -> Span | None:
    """周五, 下周五, 本周."""
    side = text.take(*SIDES)
    if not text.take(*WEEKS):
        return None
    offset = SIDES[side] if side else None
    if not text.rest:
        return None if offset is None else asked.week(offset)
    if text.rest not in WEEKDAYS:
        return None
    return asked.weekday(WEEKDAYS[text.rest], offset)


def _calendar(text: Text, asked: Asked) -> Span | None:
    """A year, a part of it, or a day in it; the year may be left out."""
    before = text.rest
    year: int | None = None
    named = text.take(*YEARS)
    if named:
        year = asked.today.year + YEARS[named]
    else:
        year = text.number()
        fiscal = text.take("财年")
        # Four figures are a year; 5年 is not.
        long = len(before) - len(text.rest) == (6 if fiscal else 4)
        if year is None or not long or not (fiscal or text.take("年")):
            year, text.rest = None, before
        elif fiscal:
            if not text.rest:
                return whole_year(year, asked.year_start)
            return _part(text, asked, year)
    if year is not None and not 1 <= year <= 9999:
        return None
    if year is not None and not text.rest:
        return whole_year(year)
    if text.rest in ("年底", "年末", "年初", "底", "末", "初"):
        if year is None and len(text.rest) == 1:
            return None
        span = whole_year(asked.today.year if year is None else year)
        return edge(span, text.rest[-1] in LAST)
    return _part(text, asked, year) or _monthly(text, asked, year)


def _part(text: Text, asked: Asked, year: int | None) -> Span | None:
    """上半年, 第三季度, 第37周, 下季度; ``text`` is as it was when it is none of them."""
    before = text.rest
    span = _half_or_week(text, asked, year) or _quarter(text, asked, year)
    if span is not None and text.rest in LAST:
        return edge(span, True)
    if span is not None and not text.rest:
        return span
    text.rest = before
    return None


def _half_or_week(text: Text, asked: Asked, year: int | None) -> Span | None:
    half = text.take("上半年", "下半年")
    if half:
        number = 1 if half == "上半年" else 2
        return _of_year(asked, year, "h", number)
    before = text.rest
    if text.take("第"):
        found = text.number()
        if found is not None and text.take(*WEEKS):
            if year is not None:
                return week(year, found)
            around = asked.today.isocalendar()[0]
            return asked.nearest(around, lambda each: week(each, found))
    text.rest = before
    return None


def _quarter(text: Text, asked: Asked, year: int | None) -> Span | None:
    side = text.take(*SIDES) if year is None else ""
    if side:
        return asked.quarter(SIDES[side]) if text.take("季度", "季") else None
    if text.rest in ("季末", "季底", "季度末", "季度底"):
        text.rest = text.rest[-1]
        return asked.quarter(0)
    text.take("第")
    number = text.number()
    if number is None or not text.take("季度"):
        return None
    return _of_year(asked, year, "q", number)


def _of_year(asked: Asked, year: int | None, letter: str, number: int) -> Span | None:
    start = asked.year_start
    if year is not None:
        return part(year, letter, number, start)
    return asked.nearest(asked.year, lambda each: part(each, letter, number, start))


def _monthly(text: Text, asked: Asked, year: int | None) -> Span | None:
    """9月20日, 9月, 9月底, 下月5号, 20号, 月底."""
    side = text.take(*SIDES) if year is None else ""
    if side or text.rest in ("月底", "月末", "月初"):
        if not text.take("月"):
            return None
        span = asked.month(SIDES.get(side, 0))
        return None if span is None else _in_month(text, span)
    number = text.number()
    if number is None:
        return None
    if year is None and text.rest in ("日", "号"):
        around = asked.today.year * 12 + asked.today.month - 1
        return asked.nearest(
            around, lambda each: exact(each // 12, each % 12 + 1, number)
        )
    if not text.take("月份", "月"):
        return None
    if year is not None:
        span = month(year, number)
        return None if span is None else _in_month(text, span)
    day = _day(text)
    if day is not None:
        return _checked(text, month_day(asked, number, day))
    span = asked.nearest(asked.today.year, lambda each: month(each, number))
    return None if span is None else _in_month(text, span)


def _in_month(text: Text, span: Span) -> Span | None:
    if not text.rest:
        return span
    if text.rest in ("底", "末", "初"):
        return edge(span, text.rest in LAST)
    day = _day(text)
    if day is None:
        return None
    return _checked(text, exact(span[0].year, span[0].month, day))


def _day(text: Text) -> int | None:
    """Take off 20日 or 20号."""
    before = text.rest
    day = text.number()
    if day is not None and text.take("日", "号"):
        return day
    text.rest = before
    return None


def _checked(text: Text, day: Span | None) -> Span | None:
    """``day`` when nothing follows but its own weekday, the way days are printed."""
    if day is None or not text.rest:
        return day
    named = text.take(*WEEKS) and WEEKDAYS.get(text.rest)
    return day if named == day[0].weekday() else None
