"""Taking away an occurrence of what repeats: this one, those from it on, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.store import events, occurrences, repeating, trash
from plannertui.tui import labels
from plannertui.tui.dialogs.which import Which, WhichDialog
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner


def leave_out(
    owner: Widget, planner: Planner, item: Item, told: Callable[[str], None]
) -> None:
    """Ask which occurrences of ``item`` go, take them away, and say so to ``told``."""
    day = item.rule_day or item.day

    def left(which: Which | None) -> None:
        if which is not None:
            _remove(owner, planner, item, which, told)

    question = _("Take {handle} away?").format(handle=item.handle)
    said = labels.day_words(day, planner.today)
    owner.app.push_screen(WhichDialog(question, detail=f"{item.text}, {said}"), left)


def _remove(
    owner: Widget,
    planner: Planner,
    item: Item,
    which: Which,
    told: Callable[[str], None],
) -> None:
    db, now, calendar = planner.db, planner.now(), planner.calendar
    with telling(owner) as outcome:
        event = events.get(db, item.id)
        if which == "all":
            trash.remove(db, event.id, now)
            said = _("{handle} is in the trash; u brings it back.")
        else:
            day = item.rule_day or item.day
            one = occurrences.on_day(db, event, day, calendar)
            if which == "one":
                repeating.cancel_one(db, one, now, calendar=calendar)
                said = _("{handle} does not take place on {day}; u brings it back.")
            else:
                repeating.cancel_following(db, one, now, calendar=calendar)
                said = _("{handle} ends before {day}; u brings it back.")
        if item.kind == "leave":
            planner.refresh_calendar()
    if not outcome.failed:
        day_said = labels.day_words(item.day, planner.today)
        told(said.format(handle=item.handle, day=day_said))
