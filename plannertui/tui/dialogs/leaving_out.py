"""Taking away an occurrence of what repeats: this one, those from it on, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.store import arranging, events
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
    db, now = planner.db, planner.now()
    with telling(owner) as outcome:
        event, slot = events.get(db, item.id), item.rule_day or item.day
        arranging.take_away(db, event, slot, which, now, planner.calendar)
        if item.kind == "leave":
            planner.refresh_calendar()
    if not outcome.failed:
        told(taken_words(which, item.handle, labels.day_words(item.day, planner.today)))


def taken_words(which: Which, handle: str, day: str) -> str:
    """What has become of the occurrences that were meant."""
    if which == "one":
        said = _("{handle} does not take place on {day}; u brings it back.")
    elif which == "following":
        said = _("{handle} ends before {day}; u brings it back.")
    else:
        said = _("{handle} is in the trash; u brings it back.")
    return said.format(handle=handle, day=day)
