"""What becomes of a paste that is too much to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.i18n import gettext as _
from plannertui.store import entries
from plannertui.tui.bulk import in_pieces
from plannertui.tui.dialogs.paste import PasteDialog
from plannertui.tui.messages import Changed
from plannertui.tui.safety import say, telling

if TYPE_CHECKING:
    from datetime import date

    from textual.widget import Widget

    from plannertui.tui.editor import Editor
    from plannertui.tui.planner import Planner


async def ask_about_paste(
    owner: Widget, planner: Planner, editor: Editor, text: str, day: date
) -> None:
    """Ask what to do with ``text``, and do it; the whole of it goes where it goes."""
    answer = await owner.app.push_screen_wait(PasteDialog(text, len(editor.text)))
    if answer == "pieces":
        editor.put(in_pieces(text))
        editor.focus(scroll_visible=False)
    elif answer == "keep":
        with telling(owner):
            entry = entries.add(
                planner.db,
                text=text,
                day=day,
                now=planner.now(),
                timed=day == planner.today,
            )
            said = _("All of it is kept as {handle}.").format(handle=entry.handle)
            say(owner, said)
            owner.post_message(Changed())
