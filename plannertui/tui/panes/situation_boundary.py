"""The boundary check of a situation: offered once, open to whoever wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.situations import unsettled
from plannertui.i18n import gettext as _
from plannertui.store import situations
from plannertui.tui.messages import Changed
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from textual.widget import Widget

    from plannertui.core.situations import Situation
    from plannertui.tui.planner import Planner


async def offer(
    owner: Widget, planner: Planner, situation: Situation, offered: set[str]
) -> None:
    """Ask whether the boundary is to be looked at, where something may not be public.

    Not again for an answer in ``offered``, and not where it was looked at.
    """
    if not unsettled(situation) or situations.checks(planner.db, situation):
        return
    answer = f"{situation.handle} {situation.options.get('public_test') or ''}"
    if answer in offered:
        return
    offered.add(answer)
    from plannertui.tui.dialogs.confirm import Confirm

    asking = Confirm(
        _("It may not stand in public. Look at its boundary now?"),
        detail=_(
            "What was asked, word for word, and a decision: a minute. Until it is "
            "settled, the message says so."
        ),
    )
    if await owner.app.push_screen_wait(asking):
        await check(owner, planner, situation)


async def check(owner: Widget, planner: Planner, situation: Situation) -> None:
    """Open the boundary check that belongs to ``situation``."""
    from plannertui.tui.dialogs.boundary import BoundaryDialog

    with telling(owner):
        matter = situations.look_at_boundary(
            planner.db, situation, planner.today, planner.now()
        )
        said = await owner.app.push_screen_wait(BoundaryDialog(planner, matter))
        owner.post_message(Changed(said or ""))
