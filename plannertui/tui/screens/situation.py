"""The situations: the list, the six steps, the message."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from plannertui.core.errors import NotFound
from plannertui.core.situations import LIVE, Situation
from plannertui.store import situations
from plannertui.tui.messages import Changed
from plannertui.tui.panes import situation_boundary
from plannertui.tui.panes.situation_flow import SituationFlow
from plannertui.tui.panes.situation_message import SituationMessage
from plannertui.tui.panes.situations import SituationList, SituationSheet
from plannertui.tui.safety import telling
from plannertui.tui.screens.base import LETTERS, Going, WorkScreen
from plannertui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner

BESIDE = 100
"""From how many cells on two panels stand side by side."""
LAST = 5


class SituationScreen(WorkScreen, inherit_bindings=True):
    """A list with what it leads to beside it; the steps take the screen for themselves."""

    CSS_PATH: ClassVar[str | list[str]] = ["screens.tcss", "situation.tcss"]

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__(planner, subject)
        self.part = "list"

    def panels(self) -> Iterable[Widget]:
        """List and sheet; steps and message."""
        yield SituationList(self.planner, id="situations")
        yield SituationSheet(self.planner, id="situation-sheet")
        yield SituationFlow(self.planner, id="situation-flow")
        yield SituationMessage(self.planner, id="situation-message")

    @property
    def listed(self) -> SituationList:
        """The situations."""
        return self.query_one(SituationList)

    @property
    def flow(self) -> SituationFlow:
        """The steps."""
        return self.query_one(SituationFlow)

    @property
    def message(self) -> SituationMessage:
        """The message."""
        return self.query_one(SituationMessage)

    @property
    def changing(self) -> bool:
        """Whether keys have to wait for the fields that they are for."""
        return self.part == "flow" and self.flow.changing

    def make_room(self, width: int) -> None:
        """Show the part one is in, and what belongs to it where there is room."""
        wide = width >= BESIDE
        move = self.flow.at == LAST and self.flow.situation is not None
        shown = {
            "list": {"situations", *(["situation-sheet"] if wide else [])},
            "sheet": {"situation-sheet", *(["situations"] if wide else [])},
            "flow": {
                "situation-flow",
                *(["situation-message"] if wide and move else []),
            },
            "message": {"situation-message"},
        }[self.part]
        for panel in self.query("#panels > *"):
            panel.display = panel.id in shown

    def reload(self) -> None:
        """Read the list again; what is being answered stays."""
        self.listed.reload()

    def begin(self) -> None:
        """Begin with what was asked for, else with the list, what is open first."""
        self.listed.rows.focus(scroll_visible=False)
        if self.subject:
            with telling(self):
                self.listed.go_to(self.subject)
                try:
                    found = situations.get(self.planner.db, self.subject)
                except NotFound:
                    return
                if found.state in LIVE:
                    self.go_on(found)

    def show_part(self, name: str) -> None:
        """Show another part of the screen."""
        self.part = name
        self.make_room(self.app.size.width)

    # -- from part to part -------------------------------------------------------------

    @on(SituationList.Moved)
    def moved(self, event: SituationList.Moved) -> None:
        """Read beside the list what one is on."""
        event.stop()
        self.query_one(SituationSheet).show(event.situation)

    @on(SituationList.Picked)
    def picked(self, event: SituationList.Picked) -> None:
        """Go on with a situation, begin one, read one."""
        event.stop()
        situation = event.situation
        if event.to == "close" and situation is not None:
            self.close_situation(situation)
        elif event.to == "message" and situation is not None:
            self.flow.situation = situation
            self.show_message(situation)
        elif situation is not None and situation.state not in LIVE:
            self.show_part("sheet")
            self.query_one("#situation-sheet").query_one(RowList).focus()
        else:
            self.go_on(situation)

    def go_on(self, situation: Situation | None, at: int | None = None) -> None:
        """Go through the steps."""
        self.flow.fields = None
        self.show_part("flow")
        self._open(situation, at)

    @work(exclusive=True, group="situation-screen")
    async def _open(self, situation: Situation | None, at: int | None) -> None:
        with telling(self):
            await self.flow.open(situation, at)

    def _beside(self) -> None:
        """Show the message beside the last step, where there is room for it."""
        self.make_room(self.app.size.width)
        flow = self.flow
        ready = flow.at == LAST and flow.fields is not None
        if ready and self.message.display and flow.situation is not None:
            self.message.show(flow.situation, flow.given())

    @on(SituationFlow.Typed)
    def typed(self, event: SituationFlow.Typed) -> None:
        """The message follows what is typed."""
        event.stop()
        if self.part == "flow":
            self._beside()

    @on(SituationFlow.Told)
    def told(self, event: SituationFlow.Told) -> None:
        """The last step is done."""
        event.stop()
        if self.flow.situation is not None:
            self.show_message(self.flow.situation)

    def show_message(self, situation: Situation) -> None:
        """Show the message alone."""
        self.show_part("message")
        self.message.show(situations.get(self.planner.db, situation.id))
        self.message.query_one(RowList).focus()

    @on(SituationMessage.Back)
    def back_to_step(self, event: SituationMessage.Back) -> None:
        """Change the message."""
        event.stop()
        if self.message.situation is not None:
            self.go_on(self.message.situation, LAST)

    @on(SituationMessage.CloseAsked)
    def close_asked(self, event: SituationMessage.CloseAsked) -> None:
        """It is over."""
        event.stop()
        if self.message.situation is not None:
            self.close_situation(self.message.situation)

    @on(SituationMessage.BoundaryAsked)
    @work(exclusive=True, group="situation-screen")
    async def boundary_asked(self, event: SituationMessage.BoundaryAsked) -> None:
        """Look at the boundary."""
        event.stop()
        situation = self.message.situation
        if situation is not None:
            await situation_boundary.check(self.message, self.planner, situation)

    @work(exclusive=True, group="situation-screen")
    async def close_situation(self, situation: Situation) -> None:
        """Ask how it ended."""
        from plannertui.tui.dialogs.situation_close import CloseDialog

        said = await self.app.push_screen_wait(CloseDialog(self.planner, situation))
        if said is not None:
            self.show_list()
            self.changed(Changed(said))

    def show_list(self) -> None:
        """Show the list, and go to it, to what one comes from."""
        came = self.message if self.part == "message" else self.flow
        self.show_part("list")
        self.listed.rows.focus(scroll_visible=False)
        if came.situation is not None:
            self.listed.go_to(came.situation.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one answers, undo would take back what is on the screen.

        Letters that come while the fields change are no commands.
        """
        if self.part == "flow" and action in ("undo", "redo"):
            return False
        if action in LETTERS and self.is_mounted and self.changing:
            return False
        return super().check_action(action, parameters)

    # -- the way out -------------------------------------------------------------------

    def leave(self, going: Going | None = None) -> None:
        """Go; what is answered is saved first, or at least kept."""
        if self.part == "flow":
            self.flow.put_away()
        super().leave(going)

    @on(SituationFlow.Left)
    def left(self, event: SituationFlow.Left) -> None:
        """Everything is saved: leave at once."""
        event.stop()
        self.leave()

    @on(SituationFlow.Listed)
    def list_asked(self, event: SituationFlow.Listed) -> None:
        """Show the list."""
        event.stop()
        self.show_list()

    def action_back(self) -> None:
        """Leave; from what is read or told, back to the list."""
        if self.part in ("sheet", "message"):
            self.show_list()
        else:
            self.leave()

    def standing_on(self) -> int:
        """The situation one is on."""
        found = self.listed.current
        return 0 if found is None else found.id
