"""Marks of kinds, and days as a line of the journal names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.words import MARKS, month_name
from plannertui.i18n import gettext as _
from plannertui.i18n import language
from plannertui.tui.wording import long_day, short_day

if TYPE_CHECKING:
    from datetime import date

    from plannertui.store.items import Item


def kind_of(item: Item) -> str:
    """The kind of ``item`` as people see it: a grey matter is grey first."""
    return "grey" if item.nature == "grey" else item.kind


def hint(text: str) -> str:
    """What an empty field says of itself, in brackets: without colours it looks typed."""
    if not text:
        return ""
    # A handle or a time is in narrow brackets, and in narrow fields, in any language.
    wide = language() == "zh_Hans" and not text.isascii()
    return f"（{text}）" if wide else f"({text})"


def example(text: str) -> str:
    """An answer that somebody might give, told from one that was given."""
    return hint(_("e.g. {text}").format(text=text))


def mark(kind: str) -> str:
    """The mark typed for ``kind``, "-" where there is none."""
    return MARKS.get(kind, "-")


def day_words(day: date, today: date | None = None) -> str:
    """``day`` with its weekday: "Sat 14 Sep", "9月14日 周六"; with its year if not this."""
    if today is not None and day.year != today.year:
        return long_day(day)
    return short_day(day)


def date_words(day: date, today: date | None = None) -> str:
    """``day`` without its weekday: "12 Jun", "6月12日"; with its year if not this one."""
    far = today is not None and day.year != today.year
    if language() == "zh_Hans":
        return f"{f'{day.year}年' if far else ''}{day.month}月{day.day}日"
    return f"{day.day} {month_name(day.month)}{f' {day.year}' if far else ''}"


def clock(stamp: str | None) -> str:
    """The wall time "HH:MM" of an ISO ``stamp``, "" for none."""
    return stamp[11:16] if stamp else ""
