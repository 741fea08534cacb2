"""One-on-ones: the rule of a series, and the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from plannertui.core.errors import Usage
from plannertui.core.recurrence import next_days, settle
from plannertui.core.rules import Rule, is_rule, parse
from plannertui.core.workdays import WorkCalendar
from plannertui.i18n import gettext as _

Repeat = Literal["weekly", "fortnightly", "monthly"]
REPEATS: tuple[Repeat, ...] = ("weekly", "fortnightly", "monthly")

ItemKind = Literal["decide", "inform", "ask", "thank"]
ITEM_KINDS: tuple[ItemKind, ...] = ("decide", "inform", "ask", "thank")

ITEM_LENGTH = 400
MOST_WEEKS_OFF = 8

_EVERY = {
    "weekly": ("weekly", "week", "w", "1w", "7d", "每周", "每星期", "一周"),
    "fortnightly": (
        *("fortnightly", "biweekly", "2w", "14d", "fortnight"),
        *("每两周", "两周", "隔周"),
    ),
    "monthly": ("monthly", "month", "m", "1m", "每月", "每个月", "一个月"),
    "": ("none", "never", "no", "-", "无", "不"),
}


def every(text: str) -> str:
    """The rhythm that ``text`` asks for: "2w" is fortnightly, "none" is ""."""
    word = text.strip().casefold().removeprefix("every ")
    for rhythm, words in _EVERY.items():
        if word in words:
            return rhythm
    message = _('"{text}" is no rhythm. It is 1w, 2w, 1m or none.')
    raise Usage(message.format(text=text))


def following(repeat: str, anchor: date, after: date) -> date | None:
    """The day that the rule gives after ``after``, on the weekday of ``anchor``.

    Weeks count from ``after``, so that after a shift there are still two weeks between
    two talks; a month gives the same weekday of the month as ``anchor``, its fifth being
    the last one. None past the years 1 to 9999, and without a rule.
    """
    if is_rule(repeat):
        found = next_days(parse(repeat), anchor, _after(after), 1)
        return found[0] if found else None
    if repeat not in REPEATS:
        return None
    from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

    try:
        if repeat == "monthly":
            which = (anchor.day - 1) // 7 + 1
            on = weekday(anchor.weekday(), which if which < 5 else -1)
            first = max(anchor, date(max(1, after.year - 1), 1, 1))
            days = rrule(MONTHLY, dtstart=_noon(first), byweekday=on)
        else:
            weeks = 1 if repeat == "weekly" else 2
            days = rrule(WEEKLY, interval=weeks, dtstart=_noon(after))
        next_one = days.after(_noon(after))
    except (OverflowError, ValueError):
        return None
    return None if next_one is None else next_one.date()


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _noon(day: date) -> Any:
    from datetime import UTC, datetime

    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def next_slot(
    repeat: str, anchor: date, after: date, calendar: WorkCalendar
) -> date | None:
    """The next day of a series: what falls on a holiday or into leave waits a week.

    The weekday stays, since that is what both keep free. A weekend that was chosen on
    purpose is no day off. When it is off for eight weeks, the day of the rule stands.
    """
    day = following(repeat, anchor, after)
    if day is None:
        return None
    for weeks in range(MOST_WEEKS_OFF):
        try:
            shifted = day + timedelta(weeks=weeks)
        except OverflowError:
            break
        if calendar.kind(shifted) not in ("holiday", "leave"):
            return shifted
    return day


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda: a text or the handle of a thing, and what it is for.

    ``carried`` is the handle of the talk on whose agenda it first stood. An item to
    decide holds one decision; to inform needs no answer; to thank is said once.
    """

    text: str = ""
    ref: str = ""
    kind: ItemKind = "inform"
    done: bool = False
    carried: str = ""

    @property
    def same(self) -> tuple[str, str]:
        """What makes it the same item on another agenda."""
        return (self.ref, "" if self.ref else self.text)

    def data(self) -> dict[str, Any]:
        """As the store keeps it."""
        kept: dict[str, Any] = {"ref": self.ref} if self.ref else {"text": self.text}
        kept |= {"kind": self.kind, "done": self.done, "carried": self.carried}
        return kept


def item_of(data: Any) -> Item:
    """An item as kept; what a foreign file left out is taken as not said."""
    if not isinstance(data, dict):
        return Item(text=str(data))
    kind = data.get("kind")
    carried = data.get("carried")
    return Item(
        text=str(data.get("text") or ""),
        ref=str(data.get("ref") or ""),
        kind=kind if kind in ITEM_KINDS else "inform",
        done=bool(data.get("done")),
        carried=carried if isinstance(carried, str) else "",
    )


def one_line(text: str, limit: int, what: str) -> str:
    """``text`` on one line; refused when it is longer than ``limit`` characters."""
    text = " ".join(text.split())
    if len(text) > limit:
        message = _("{field} has {count} characters; {limit} fit.")
        raise Usage(message.format(field=what, count=len(text), limit=limit))
    return text


def item_word(kind: str) -> str:
    """What an item of an agenda is for."""
    return {
        "decide": _("decide"),
        "inform": _("inform"),
        "ask": _("ask about"),
        "thank": _("thank"),
    }[kind]


def rhythm_of(repeat: str, day: date) -> str:
    """The rhythm of a series that a rule of something on ``day`` is; else the rule."""
    if not is_rule(repeat):
        return repeat
    rule = parse(repeat)
    for name, interval in (("weekly", 1), ("fortnightly", 2)):
        if rule in (
            Rule("WEEKLY", interval),
            Rule("WEEKLY", interval, by_day=((0, day.weekday()),)),
        ):
            return name
    # It says all by itself: the words for it need no day.
    settled = settle(rule, day)[0]
    return settled._replace(times=rule.times, until=rule.until).text()


def repeat_word(repeat: str, day: date = date.min) -> str:
    """How often a series takes place; by a rule, that of something on ``day``."""
    if is_rule(repeat):
        from plannertui.core.rulewords import say

        return say(parse(repeat), day)
    return {
        "weekly": _("every week"),
        "fortnightly": _("every two weeks"),
        "monthly": _("every month"),
    }.get(repeat, "")
