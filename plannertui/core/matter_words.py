"""What people read about a matter: where it stands, how its promise counts, its age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.matters import MOST_MOVES, outcome, told_in_time
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from plannertui.core.matters import Group, Matter, Quadrant
    from plannertui.core.workdays import WorkCalendar

    Said = Callable[[date], str]


def group_word(group: Group) -> str:
    """The heading of a group."""
    return {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "later": _("Later"),
        "undated": _("No date"),
    }[group]


def quadrant_word(quadrant: Quadrant) -> str:
    """The name of a box: what is in it."""
    return {
        "now": _("Urgent and important"),
        "plan": _("Important, not urgent"),
        "quick": _("Urgent, not important"),
        "rest": _("Neither"),
    }[quadrant]


def weight_word(matter: Matter) -> str:
    """Urgent, important, both; "" for neither."""
    if matter.urgent and matter.important:
        return _("urgent and important")
    if matter.urgent:
        return _("urgent")
    return _("important") if matter.important else ""


def origin_word(origin: str) -> str:
    """Whether one began it or was asked."""
    return _("asked of me") if origin == "asked" else _("my own")


def away(due: date, today: date, calendar: WorkCalendar) -> str:
    """How far ``due`` is: today, in 3 workdays, 2 workdays late."""
    if due == today:
        return pgettext("due", "today")
    count = calendar.between(today, due)
    if due < today:
        late = -count
        if not late:
            return _("late")
        words = ngettext("{count} workday late", "{count} workdays late", late)
        return words.format(count=late)
    if not count:
        days = (due - today).days
        return ngettext("in {count} day", "in {count} days", days).format(count=days)
    words = ngettext("in {count} workday", "in {count} workdays", count)
    return words.format(count=count)


def age(matter: Matter, today: date, calendar: WorkCalendar) -> str:
    """How long it has been open, or been waited for; "" on its first day."""
    count = calendar.between(matter.day, matter.closed_on or today)
    if count < 1:
        return ""
    if matter.state == "open" and matter.kind == "waiting":
        words = ngettext("waiting {count} workday", "waiting {count} workdays", count)
    elif matter.state == "open":
        words = ngettext("open {count} workday", "open {count} workdays", count)
    else:
        words = ngettext("took {count} workday", "took {count} workdays", count)
    return words.format(count=count)


def moved(matter: Matter) -> str:
    """moved ×2; "" for what was never moved."""
    if not matter.moves:
        return ""
    return _("moved ×{count}").format(count=len(matter.moves))


def move_lines(matter: Matter, said: Said) -> list[str]:
    """Each move: from when to when, and whether the other side knew."""
    after = [*(move.old_due for move in matter.moves[1:]), matter.due]
    lines = []
    for move, to in zip(matter.moves, after, strict=False):
        words = _("{old} to {new}").format(
            old=said(move.old_due), new=said(to) if to is not None else "–"
        )
        if move.told_on is None:
            told = _("not told")
        elif told_in_time(move):
            told = _("told {day}").format(day=said(move.told_on))
        else:
            told = _("told {day}, too late").format(day=said(move.told_on))
        lines.append(_("{what}: {name}").format(what=words, name=told))
    return lines


def rule(matter: Matter, today: date, said: Said) -> str:
    """How a promise counts, or will count, in a sentence; "" for what is no promise."""
    if matter.kind != "promise":
        return ""
    match outcome(matter):
        case "kept":
            return _("Kept: done by the day that was promised.")
        case "renegotiated":
            return _("Moved in time: told before the old day, and done by the new one.")
        case "late":
            return _("Late: {why}").format(why=_why_late(matter))
        case "broken":
            return _("Broken: dropped, and the other side was not told.")
        case "released":
            return _("Released: given up, and the other side was told in time.")
    if matter.due is None:
        return _("A promise needs a day: until it has one, it does not count.")
    if matter.due < today:
        return _("Its day has passed: done now, it counts as late.")
    if not matter.moves:
        return _("Done by {day}, it is kept.").format(day=said(matter.due))
    if len(matter.moves) > MOST_MOVES:
        return _("Moved more than twice, it counts as late.")
    if not all(map(told_in_time, matter.moves)):
        return _("Moved without telling in time, it counts as late.")
    left = MOST_MOVES - len(matter.moves)
    words = _("Done by {day}, it counts as moved in time.").format(day=said(matter.due))
    if not left:
        words += " " + _("A third move would count as late.")
    return words


def _why_late(matter: Matter) -> str:
    if matter.state == "dropped":
        return _("dropped, and told only when the day had passed.")
    if matter.closed_on and matter.due and matter.closed_on > matter.due:
        return _("done after the day that was promised.")
    if len(matter.moves) > MOST_MOVES:
        return _("moved more than twice.")
    return _("moved without telling in time.")
