"""Offering what was left unfinished: go on, compare, keep it, or throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.store import entries, matters
from plannertui.tui import unfinished
from plannertui.tui.messages import Changed

if TYPE_CHECKING:
    from textual.widget import Widget

    from plannertui.tui.planner import Planner
    from plannertui.tui.texts import Text
    from plannertui.tui.unfinished import Unfinished


async def settle(widget: Widget, planner: Planner, left: Unfinished) -> bool:
    """Do what the person wants done with ``left``; True when they want to go on.

    Call it in a worker.
    """
    from plannertui.tui.dialogs.drafts import DraftDialog

    while True:
        saved = unfinished.moved_on(planner.db, left)
        what = left.what(planner.today)
        answer = await widget.app.push_screen_wait(
            DraftDialog(planner, left.draft, what, moved=saved is not None)
        )
        if answer == "compare" and saved is not None:
            if await _compare(widget, planner, left, saved):
                return False
            continue
        if answer == "keep":
            _say(widget, _("It is kept as {handle}."), unfinished.keep(planner, left))
        elif answer == "discard":
            handle = unfinished.discard(planner, left)
            _say(widget, _("It is in the trash as {handle}."), handle)
        return answer == "continue"


async def _compare(
    widget: Widget, planner: Planner, left: Unfinished, saved: Text
) -> bool:
    """Show both; False when one goes back without having chosen."""
    from plannertui.tui.dialogs.compare import CompareDialog

    body = left.draft.body
    answer = await widget.app.push_screen_wait(
        CompareDialog(saved.handle, saved.text, body, _("Esc back"))
    )
    if answer == "mine":
        said = _("{handle} has your text.")
        handle = unfinished.replace(planner, left, saved)
    elif answer == "saved":
        said = _("It is in the trash as {handle}.")
        handle = unfinished.discard(planner, left)
    elif answer == "both":
        said = _("It is kept as {handle}.")
        handle = unfinished.keep(planner, left)
    else:
        return False
    _say(widget, said, handle)
    return True


def _say(widget: Widget, said: str, handle: str) -> None:
    widget.post_message(Changed(said.format(handle=handle)))


async def reopen(widget: Widget, planner: Planner, left: Unfinished) -> str | None:
    """Open the dialog that ``left`` was written in; what it says when it is done."""
    from plannertui.store.questions import bank
    from plannertui.tui.dialogs.boundary import BoundaryDialog
    from plannertui.tui.dialogs.yields import YieldDialog

    if left.form == "yield":
        answer = entries.get(planner.db, left.handle)
        prompt = bank(planner.settings).get(answer.prompt or "")
        kind = "" if prompt is None else prompt.yields
        return await widget.app.push_screen_wait(YieldDialog(planner, answer, kind))
    if left.form == "boundary":
        matter = matters.get(planner.db, left.handle)
        return await widget.app.push_screen_wait(BoundaryDialog(planner, matter))
    return None
