"""How often, in Chinese; what each form means stands in ``core.rulewords``."""

from __future__ import annotations

from datetime import date

from plannertui.core import rulewords
from plannertui.core.dates_zh import TRADITIONAL, WEEKDAYS, WEEKS, Text
from plannertui.core.day import month_length
from plannertui.core.forms import EVERY_WORKDAY, LEAP_DAYS, monthly, yearly
from plannertui.core.rules import MOST_APART, WORKDAY, Rule

UNITS = {
    "天": ("DAILY", 1),
    "日": ("DAILY", 1),
    **{name: ("WEEKLY", 1) for week in WEEKS for name in (week, "个" + week)},
    "月": ("MONTHLY", 1),
    "个月": ("MONTHLY", 1),
    "季": ("MONTHLY", 3),
    "季度": ("MONTHLY", 3),
    "个季度": ("MONTHLY", 3),
    "年": ("YEARLY", 1),
}
WORKDAYS = ("工作日", "个工作日")
SIGNS = "、,和及与 "
LAST_DAY = ("最后一天", "月底", "月末", "最后1天")


def read(text: str, day: date, leap: str) -> Rule | None:
    """The rule that ``text``, half-width and in lower case, asks for; None when none."""
    text = "".join(text.split()).translate(TRADITIONAL).replace("两", "二")
    text, last = _until(text)
    given = Text(text)
    found = _every(given, day, leap)
    if found is None:
        return None
    given.take(",", ";", "。")
    given.take("共", "一共", "重复")
    times = given.number()
    if given.take("次", "回", "遍") and times is not None:
        found = found._replace(times=rulewords.times(times))
    elif times is not None or given.rest:
        return None
    if given.rest:
        return None
    return found._replace(until=rulewords.until(last, day)) if last else found


def _until(text: str) -> tuple[str, str]:
    """``text`` without, and the day of, "到…为止" at its end."""
    for sign in ("直到", "截至", "截止到", "到", "至"):
        head, found, tail = text.rpartition(sign)
        if found and head and any(each.isdigit() for each in tail):
            return head.rstrip(",;"), tail.removesuffix("为止").removesuffix("止")
    return text, ""


def _every(text: Text, day: date, leap: str) -> Rule | None:
    if text.take("隔天", "隔日", "每隔一天"):
        return Rule("DAILY", 2)
    if text.take("天天"):
        return Rule("DAILY")
    interval = 1
    if text.take("隔周", "双周", "隔星期"):
        return _weekly(text, 2, day)
    if not text.take("每", "每逢", "每隔"):
        return EVERY_WORKDAY if text.take(*WORKDAYS) else None
    number = text.number()
    if number is not None:
        interval = number
    if text.take(*WORKDAYS):
        return EVERY_WORKDAY if interval == 1 else None
    if (
        number is None
        and text.rest[:1] == "个"
        and text.rest[1:2] in ("周", "星", "礼")
    ):
        text.take("个")
    unit = text.take(*UNITS)
    if not unit:
        return None
    freq, each = UNITS[unit]
    interval *= each
    if not 1 <= interval <= MOST_APART:
        return None
    text.take("的")
    if freq == "DAILY":
        return Rule("DAILY", interval)
    if freq == "WEEKLY":
        return _weekly(text, interval, day)
    if freq == "MONTHLY":
        return _in_month(text, interval, day)
    return _in_year(text, interval, day, leap)


def _weekday(text: Text) -> int | None:
    before = text.rest
    text.take(*WEEKS)
    sign = text.take(*WEEKDAYS)
    if sign and not (sign.isdigit() and text.rest[:1] in ("次", "回")):
        return WEEKDAYS[sign]
    text.rest = before
    return None


def _weekly(text: Text, interval: int, day: date) -> Rule | None:
    text.take("的")
    days: set[int] = set()
    while (found := _weekday(text)) is not None:
        days.add(found)
        before = text.rest
        if text.take("到", "至", "-"):
            last = _weekday(text)
            if last is None or last < found:
                return None
            days.update(range(found, last + 1))
        elif text.take(*SIGNS) and _weekday(Text(text.rest)) is None:
            text.rest = before
            break
    wanted = tuple((0, each) for each in sorted(days)) or ((0, day.weekday()),)
    return Rule("WEEKLY", interval, by_day=wanted)


def _place(text: Text) -> int:
    """The place of "第二个" or "最后一个", 0 for none."""
    before = text.rest
    if text.take("最后一个", "最后1个"):
        return -1
    if text.take("第"):
        number = text.number()
        if number and 1 <= number <= 5 and text.take("个"):
            return number
    text.rest = before
    return 0


def _in_month(text: Text, interval: int, day: date) -> Rule | None:
    if text.take(*LAST_DAY, "底", "末"):
        return Rule("MONTHLY", interval, by_month_day=(-1,))
    place = _place(text)
    if place:
        if text.take(*WORKDAYS):
            if place not in (1, -1):
                return None
            on = ((0, WORKDAY),)
            return Rule("MONTHLY", interval, by_day=on, by_set_pos=(place,))
        weekday = _weekday(text)
        if weekday is None:
            return None
        return Rule("MONTHLY", interval, by_day=((place, weekday),))
    numbers: list[int] = []
    while (number := _day(text)) is not None:
        numbers.append(number)
        if not text.take(*SIGNS):
            break
    if not numbers:
        return monthly(day.day, interval)
    if text.take("或最后一天"):
        return monthly(numbers[0], interval) if numbers[0] > 28 else None
    if not 1 <= min(numbers) <= max(numbers) <= 31:
        return None
    if len(numbers) == 1:
        return monthly(numbers[0], interval)
    return Rule("MONTHLY", interval, by_month_day=tuple(sorted(set(numbers))))


def _day(text: Text) -> int | None:
    """Take off "15日" or "15号"; None leaves the text as it was."""
    before = text.rest
    number = text.number()
    if number is not None and text.take("日", "号"):
        return number
    if number is not None and text.rest[:1] in ("、", "和", "及"):
        # As in 1、15日.
        return number
    text.rest = before
    return None


def _in_year(text: Text, interval: int, day: date, leap: str) -> Rule | None:
    found = _month_day(text)
    if found is None:
        if text.rest[:1].isdigit():
            return None
        return yearly(day.month, day.day, interval, leap)
    month, number = found
    if not number:
        place = _place(text)
        weekday = _weekday(text) if place else None
        if weekday is None:
            return None
        on = ((place, weekday),)
        return Rule("YEARLY", interval, by_day=on, by_month=(month,))
    if found == (2, 29) and text.take("或"):
        other = _month_day(text)
        named = f"{other[0]:02d}-{other[1]:02d}" if other else ""
        return yearly(2, 29, interval, named) if named in LEAP_DAYS else None
    return yearly(month, number, interval, leap)


def _month_day(text: Text) -> tuple[int, int] | None:
    """Take off "9月17日", or "9月" with 0 as its day; None leaves the text as it was."""
    before = text.rest
    month = text.number()
    if month is None or not 1 <= month <= 12 or not text.take("月", "月的"):
        text.rest = before
        return None
    number = _day(text)
    if number is not None and not 1 <= number <= month_length(2024, month):
        text.rest = before
        return None
    return month, number or 0
