"""What is left over from an earlier day: a matter that stood for it and is still open.

On the shell's daily path: plain functions, few imports.
"""

from __future__ import annotations

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FINISHED_BY_ME = ("task", "promise")
MOST_DAYS = 14


def left_from(
    today: date,
    *,
    kind: str,
    day: date,
    due: date | None,
    taken: Iterable[date],
    moved: bool,
) -> tuple[date, str] | None:
    """The day before ``today`` that an open matter was last meant for, and why.

    Why is "taken": taken up on it, or the one that counted; "due": due on it; "written":
    a task without a date, on the day it came up. None where it is meant for today or a
    day to come, or was given another date, which it waits for. What others owe, or what
    is to be asked, counts on the days it was taken up only: it is not ours to finish.
    """
    days = set(taken)
    if due is not None and (due == today or (moved and due > today)):
        return None
    if any(each >= today for each in days):
        return None
    mine = kind in FINISHED_BY_ME
    reasons = [(each, "taken") for each in days]
    if mine and due is not None and due < today:
        reasons.append((due, "due"))
    if kind == "task" and due is None and day < today:
        reasons.append((day, "written"))
    return max(reasons, key=lambda each: (each[0], each[1] == "taken"), default=None)


def begins(today: date, workday: date, seen: tuple[date, date] | None) -> date:
    """The first day whose leftovers are offered on ``today``.

    That of the ``workday`` before, or of the day on which one looked last, if that is
    longer ago: nothing goes by unseen, and what was seen and left rests. ``seen`` is
    that day and the first one offered on it; never more than two weeks.
    """
    if seen is None:
        return workday
    looked, first = seen
    if looked >= today:
        return first
    earliest = date.fromordinal(max(1, today.toordinal() - MOST_DAYS))
    return min(workday, max(looked, earliest))
