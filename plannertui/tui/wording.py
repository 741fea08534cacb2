"""Days and kinds in the words that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.i18n import language

if TYPE_CHECKING:
    from datetime import date


def weekday(day: date) -> str:
    """The short name of the weekday: "Sat", "周六"."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]


def month_name(month: int) -> str:
    """The short name of a month from 1 to 12: "Sep", "9月"."""
    names = (
        *(_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")),
        *(_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")),
    )
    return names[month - 1]


def short_day(day: date) -> str:
    """A day without its year: "Fri 20 Sep", "9月20日 周五"."""
    if language() == "zh_Hans":
        return f"{day.month}月{day.day}日 {weekday(day)}"
    return f"{weekday(day)} {day.day} {month_name(day.month)}"


def long_day(day: date) -> str:
    """A day with its year: "Fri 20 Sep 2024", "2024年9月20日 周五"."""
    if language() == "zh_Hans":
        return f"{day.year}年{short_day(day)}"
    return f"{short_day(day)} {day.year}"


def day_near(day: date, today: date) -> str:
    """A day as one would say it on ``today``: "tomorrow", "Fri", "Mon 23 Sep"."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if away == 1:
        return _("tomorrow")
    if away == -1:
        return _("yesterday")
    if 1 < away < 7:
        return weekday(day)
    return short_day(day) if day.year == today.year else long_day(day)


def kind_word(kind: str) -> str:
    """What a kind of entry, matter, event or noun is called."""
    words = {
        "note": _("note"),
        "win": _("win"),
        "lesson": _("lesson"),
        "warn": _("warning"),
        "surprise": _("surprise"),
        "thanks": _("thanks"),
        "feedback": _("feedback"),
        "setback": _("setback"),
        "mirror": _("mirror"),
        "reflection": _("reflection"),
        "review": _("review"),
        "task": _("task"),
        "promise": _("promise"),
        "waiting": _("waiting for"),
        "ask": _("to ask"),
        "grey": _("grey"),
        "one_on_one": _("one-on-one"),
        "meeting": _("meeting"),
        "appraisal": _("appraisal"),
        "deadline": _("deadline"),
        "goal": _("goal"),
        "milestone": _("milestone"),
        "person": _("person"),
        "priority": _("priority"),
        "situation": _("situation"),
        "emergency": _("emergency"),
        "contradiction": _("contradiction"),
        "decision": _("decision"),
        "year": _("year"),
        "leader": _("leader"),
        "above": _("above"),
        "peer": _("peer"),
        "below": _("below"),
        "outside": _("outside"),
        "said": _("said"),
        "seen": _("seen"),
        "guess": _("guess"),
    }
    return day_kind_word(kind) if kind == "leave" else words.get(kind, kind)


def day_kind_word(kind: str) -> str:
    """What a kind of day is called: workday, make-up workday, weekend, holiday, leave."""
    words = {
        "workday": _("workday"),
        "makeup": _("make-up workday"),
        "weekend": _("weekend"),
        "holiday": _("holiday"),
        "leave": _("leave"),
    }
    return words.get(kind, kind)
