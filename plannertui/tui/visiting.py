"""Going to a thing where one can act on it, and back: it is opened over where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.day import later, year_of
from plannertui.store import goals, matters
from plannertui.store.refs import need
from plannertui.store.search import by_id
from plannertui.tui.messages import Changed
from plannertui.tui.screens.base import Going
from plannertui.tui.screens.names import make

if TYPE_CHECKING:
    from textual.screen import Screen

    from plannertui.store.items import Item
    from plannertui.tui.planner import Planner

HOMES = {"situation": "situation", "person": "leader", "priority": "leader"}


def home_of(planner: Planner, item: Item) -> str:
    """The screen on which ``item`` is shown, "" where a dialog shows it."""
    if item.kind == "one_on_one":
        return "meet"
    if item.noun == "matter":
        from plannertui.tui.panes.matters import LATELY

        shown = matters.board(planner.db, later(planner.today, -LATELY))
        return "matters" if item.id in {matter.id for matter in shown} else ""
    if item.kind == "win":
        start = planner.settings.year_start
        now = year_of(item.day, start) == year_of(planner.today, start)
        return "evidence" if now else ""
    return HOMES.get(item.noun, "")


async def visit(screen: Screen[Any], planner: Planner, item: Item) -> Going | None:
    """Open ``item`` over ``screen`` until it is left, in a worker.

    Gives where one goes from there, None for back. Errors are PlannerErrors.
    """
    name = home_of(planner, item)
    if name:
        made = make(name, planner, item.id)
        return await screen.app.push_screen_wait(made)
    if item.noun in ("goal", "milestone"):
        return await _goal(screen, planner, item.handle.partition(".")[0])
    if item.noun == "year":
        from plannertui.tui.dialogs.year import YearDialog

        said = await screen.app.push_screen_wait(YearDialog(planner, item.day.year))
        _tell(screen, said)
        return None
    if item.noun in ("entry", "matter"):
        await _entry(screen, planner, item)
        return None
    return Going(item=item)


async def _goal(screen: Screen[Any], planner: Planner, name: str) -> Going | None:
    """Open a goal, and what is gone to from it, until one comes back from the goal."""
    from plannertui.tui.dialogs.goal import GoalScreen

    number = goals.get(planner.db, name).id
    while True:
        dialog = GoalScreen(planner, number, lambda: None)
        handle = await screen.app.push_screen_wait(dialog)
        if dialog.changed:
            screen.post_message(Changed())
        found = by_id(planner.db, [need(planner.db, handle)[0]]) if handle else []
        if not found:
            return None
        going = await visit(screen, planner, found[0])
        if going is not None:
            return going


async def _entry(screen: Screen[Any], planner: Planner, item: Item) -> None:
    """Open everything that can be changed about an entry or a matter."""
    from plannertui.tui import clashes, texts
    from plannertui.tui.dialogs.entry import EntryDialog

    dialog = EntryDialog(planner, item)
    _tell(screen, await screen.app.push_screen_wait(dialog))
    old = texts.read(planner.db, item)
    if dialog.clash is not None and old is not None:
        clashes.offer(screen, planner, old, dialog.clash)


def _tell(screen: Screen[Any], said: str | None) -> None:
    if said is not None:
        screen.post_message(Changed(said))
