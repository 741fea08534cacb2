"""How often, in words: read as people type it, and said so that it can be read again.

Both languages are read whatever the interface speaks, and the rule itself (RFC 5545).
What has no words is said as the rule.
"""

from __future__ import annotations

from datetime import date

from plannertui.core.dates import halfwidth, parse_date
from plannertui.core.errors import Usage
from plannertui.core.forms import (
    AFTER,
    BEFORE,
    EVERY_WORKDAY,
    WORKWEEK,
    clamped,
    yearly,
)
from plannertui.core.rules import MOST_TIMES, WORKDAY, Rule, is_rule, parse
from plannertui.core.words import month_name, weekday_name
from plannertui.i18n import gettext as _
from plannertui.i18n import language, ngettext

NONE = ("", "none", "never", "no", "once", "-", "无", "不", "不重复", "从不", "一次")


def read(text: str, day: date, leap: str = BEFORE) -> Rule | None:
    """The rule that ``text`` asks for of something on ``day``; None for no repeating.

    Usage, with examples, for what cannot be read. ``leap`` is where 29 February goes.
    """
    if is_rule(text):
        return parse(text)
    plain = halfwidth(text).strip().casefold()
    if plain in NONE:
        return None
    from plannertui.core import rulewords_en, rulewords_zh

    found = rulewords_zh.read(plain, day, leap) or rulewords_en.read(plain, day, leap)
    if found is None:
        message = _(
            '"{text}" is no way to repeat. Try: every day, every workday, weekly on '
            "Mon, every 2 weeks, monthly on the last day, yearly"
        )
        shown = text if len(text) <= 60 else text[:59] + "…"
        raise Usage(message.format(text=shown))
    return found


def until(text: str, day: date) -> date:
    """The last day that ``text`` names; one before ``day`` is refused."""
    last = parse_date(text, day)
    if last < day:
        raise Usage(_("It would end before it begins."))
    return last


def times(number: int) -> int:
    """So many times; Usage when there are too many, or none."""
    if not 1 <= number <= MOST_TIMES:
        message = _("{name} is {value}; it is from {least} to {most}.")
        raise Usage(
            message.format(name=_("times"), value=number, least=1, most=MOST_TIMES)
        )
    return number


def say(rule: Rule | None, day: date) -> str:
    """The rule of something on ``day`` in words; "never" ends it."""
    if rule is None:
        return _("does not repeat")
    every = _every(rule._replace(times=None, until=None), day)
    if not every:
        return rule.text()
    if rule.times is not None:
        count = ngettext("{count} time", "{count} times", rule.times)
        return _("{every}, {count}").format(
            every=every, count=count.format(count=rule.times)
        )
    if rule.until is not None:
        return _("{every}, until {day}").format(every=every, day=rule.until.isoformat())
    return every


def _every(rule: Rule, day: date) -> str:
    count = rule.interval
    if rule == EVERY_WORKDAY:
        return _("every workday")
    if rule.freq == "DAILY" and rule.plain:
        if count == 1:
            return _("every day")
        return _("every {count} days").format(count=count)
    if rule.freq == "WEEKLY":
        return _weekly(rule, day)
    if rule.freq == "MONTHLY":
        which = _in_month(rule, day)
        if not which:
            return ""
        if count == 1:
            return _("every month on {which}").format(which=which)
        return _("every {count} months on {which}").format(count=count, which=which)
    if rule.freq == "YEARLY":
        which = _in_year(rule, day)
        if not which:
            return ""
        if count == 1:
            return _("every year on {which}").format(which=which)
        return _("every {count} years on {which}").format(count=count, which=which)
    return ""


def _weekly(rule: Rule, day: date) -> str:
    if rule._replace(by_day=(), wkst=0) != Rule("WEEKLY", rule.interval):
        return ""
    if rule.wkst and rule.interval > 1:
        return ""
    days = rule.by_day or ((0, day.weekday()),)
    if days == WORKWEEK:
        which = _("Mon to Fri")
    elif rule.by_workdays:
        return ""
    else:
        which = _(", ").join(weekday_name(each) for _n, each in days)
    if rule.interval == 1:
        return _("every week on {which}").format(which=which)
    text = _("every {count} weeks on {which}")
    return text.format(count=rule.interval, which=which)


def _in_month(rule: Rule, day: date) -> str:
    """Which day of the month, "" when there are no words for it."""
    bare = rule._replace(interval=1, wkst=0)
    last = clamped(rule)
    if last:
        if last <= 28:
            return _ordinals((last,))
        return _("the {day} or the last day").format(day=ordinal(last))
    if bare == Rule("MONTHLY", by_month_day=(-1,)):
        return _("the last day")
    if bare.plain:
        return _ordinals((day.day,)) if day.day <= 28 else ""
    numbers = rule.by_month_day
    if bare == Rule("MONTHLY", by_month_day=numbers) and all(
        0 < n <= 28 for n in numbers
    ):
        return _ordinals(numbers)
    for place in (1, -1):
        if bare == Rule("MONTHLY", by_day=((0, WORKDAY),), by_set_pos=(place,)):
            return _("the first workday") if place == 1 else _("the last workday")
    if bare == Rule("MONTHLY", by_day=rule.by_day) and len(rule.by_day) == 1:
        return _placed(rule)
    return ""


def _in_year(rule: Rule, day: date) -> str:
    bare = rule._replace(interval=1, wkst=0)
    if bare == yearly(2, 29, leap=BEFORE):
        return _("{day} or {other}").format(day=_date(2, 29), other=_date(2, 28))
    if bare == yearly(2, 29, leap=AFTER):
        return _("{day} or {other}").format(day=_date(2, 29), other=_date(3, 1))
    if bare.plain:
        month, number = day.month, day.day
    elif len(rule.by_month) == len(rule.by_month_day) == 1:
        month, number = rule.by_month[0], rule.by_month_day[0]
        if bare != yearly(month, number) or number < 1:
            return ""
    elif len(rule.by_month) == len(rule.by_day) == 1:
        if bare != Rule("YEARLY", by_day=rule.by_day, by_month=rule.by_month):
            return ""
        which = _placed(rule)
        month_word = month_name(rule.by_month[0])
        return which and _("{which} of {month}").format(which=which, month=month_word)
    else:
        return ""
    # 29 February alone is only in leap years: that is said by the rule itself.
    return "" if (month, number) == (2, 29) else _date(month, number)


def _placed(rule: Rule) -> str:
    ((n, day),) = rule.by_day
    words = {
        1: _("the first {weekday}"),
        2: _("the second {weekday}"),
        3: _("the third {weekday}"),
        4: _("the fourth {weekday}"),
        5: _("the fifth {weekday}"),
        -1: _("the last {weekday}"),
    }
    return words[n].format(weekday=weekday_name(day)) if n in words else ""


def _date(month: int, day: int) -> str:
    return _("{day} {month}").format(day=day, month=month_name(month))


def _ordinals(days: tuple[int, ...]) -> str:
    return _("the {days}").format(days=_(", ").join(ordinal(day) for day in days))


def ordinal(number: int) -> str:
    """A day of the month: "21st", "21日"."""
    if language() == "zh_Hans":
        return f"{number}日"
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if number % 100 in (11, 12, 13) else ends.get(number % 10, "th")
    return f"{number}{end}"
