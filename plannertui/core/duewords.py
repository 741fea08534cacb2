"""What is due, in a line for a notification: neutral, or with its title."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from plannertui.core.daywords import day_near
from plannertui.core.lengths import say_minutes
from plannertui.core.text import first_line
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _

SOON = 180


class Due(NamedTuple):
    """One thing that is due: ``kind`` of event, "promise" or "revisit".

    ``minutes`` to its beginning, None for what is due on its ``day``; ``key`` names this
    very reminder, so that it is given once.
    """

    noun: str
    kind: str
    handle: str
    title: str
    day: date
    time: str | None
    minutes: int | None
    place: str
    key: str


def what_words(due: Due, *, titles: bool) -> str:
    """What is due: its title, or a neutral word for its kind."""
    if titles and due.title.strip():
        return " ".join(first_line(due.title).split())
    if due.kind == "revisit":
        return _("something to see again")
    return kind_word(due.kind)


def when_words(due: Due, today: date) -> str:
    """When it is: in ten minutes, tomorrow at nine, due since Friday."""
    if due.noun != "event":
        if due.kind == "revisit":
            return _("today")
        if due.day == today:
            return _("due today")
        return _("due since {day}").format(day=day_near(due.day, today))
    if due.time is not None and due.minutes is not None and due.minutes <= SOON:
        if not due.minutes:
            return _("now")
        return _("in {time}").format(time=say_minutes(due.minutes))
    day = day_near(due.day, today)
    return f"{day} {due.time}" if due.time else day


def line(due: Due, today: date, *, titles: bool) -> str:
    """One line: what and when."""
    what = what_words(due, titles=titles)
    return _("{what}: {when}").format(what=what, when=when_words(due, today))
