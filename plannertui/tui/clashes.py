"""Two versions of a text after somebody else changed it: shown, and chosen between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.errors import NotFound
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import trash
from plannertui.tui import texts
from plannertui.tui.messages import Changed
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner
    from plannertui.tui.texts import Text


def offer(
    widget: Widget,
    planner: Planner,
    old: Text,
    kept: Text,
    close: Callable[[], object] = lambda: None,
) -> None:
    """Ask which of two texts stays, once both are safe.

    ``kept`` is the entry that holds one's own text. ``close`` is called before it goes
    to the trash, so that nobody goes on writing in it.
    """
    widget.run_worker(
        _ask(widget, planner, old, kept, close), exclusive=True, group="clash"
    )


async def _ask(
    widget: Widget,
    planner: Planner,
    old: Text,
    kept: Text,
    close: Callable[[], object],
) -> None:
    from plannertui.tui.dialogs.compare import CompareDialog

    db = planner.db
    with telling(widget):
        try:
            saved = texts.read(db, old)
            mine = texts.read(db, kept)
        except NotFound:
            return
        if saved is None or mine is None:
            return
        answer = await widget.app.push_screen_wait(
            CompareDialog(saved.handle, saved.text, mine.text, _("Esc keeps both"))
        )
        if answer not in ("mine", "saved"):
            return
        close()
        now = planner.now()
        with db.write(N_("choose a text of {what}"), now, what=saved.handle):
            if answer == "mine":
                texts.write(db, saved, mine.text, now, saved.rev)
            trash.remove(db, mine.id, now)
        said = (
            _("{handle} has your text.")
            if answer == "mine"
            else _("{handle} stays as it was saved; yours is in the trash.")
        )
        widget.post_message(Changed(said.format(handle=saved.handle)))
