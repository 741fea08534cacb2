"""Days, numbers and titles as a line of the shell shows them."""

from __future__ import annotations

from plannertui.core.words import number as number
from plannertui.core.words import weekday
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.cli.output import Cell


def day_words(day: date) -> str:
    """``day`` with its weekday: Fri 2024-09-20."""
    return _("{weekday} {date}").format(weekday=weekday(day), date=day.isoformat())


def away_words(due: date, day: date, workdays: int) -> Cell:
    """How far ``due`` is from ``day``, in ``workdays`` or, with none between, in days."""
    days = (due - day).days
    if days == 0:
        return _("today"), "strong"
    if days < 0:
        late = ngettext("{count} day late", "{count} days late", -days)
        return late.format(count=-days), "bad"
    if workdays:
        ahead = ngettext("in {count} workday", "in {count} workdays", workdays)
        return ahead.format(count=workdays)
    return ngettext("in {count} day", "in {count} days", days).format(count=days)


def clip(text: str, length: int = 60) -> str:
    """The first line of ``text``, at most ``length`` characters of it."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
