"""The goals of a year as a list to move in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import var

from plannertui.i18n import gettext as _
from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.drawn import BLANK, Drawn, Line, line
from plannertui.tui.widgets.goal_lines import LIVE, GoalView, closed_line, goal_lines
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from plannertui.core.goals import Goal
    from plannertui.tui.planner import Planner


class GoalList(Drawn):
    """Goals under one another, the open ones first; ``cursor`` is the one one is on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "k,up",
            "move(-1)",
            N_("goal above"),
            id="goals.up",
            tooltip=N_("Go to the goal above"),
            show=False,
        ),
        bind(
            "j,down",
            "move(1)",
            N_("goal below"),
            id="goals.down",
            tooltip=N_("Go to the goal below"),
            show=False,
        ),
        bind(
            "home",
            "edge(False)",
            N_("first goal"),
            id="goals.first",
            tooltip=N_("Go to the first goal"),
            show=False,
        ),
        bind(
            "end,G",
            "edge(True)",
            N_("last goal"),
            id="goals.last",
            tooltip=N_("Go to the last goal"),
            show=False,
        ),
    ]

    cursor: var[int] = var(0, init=False)

    class Opened(Message):
        """The goal with ``goal_id`` is to be opened."""

        def __init__(self, goal_id: int) -> None:
            self.goal_id = goal_id
            super().__init__()

    def __init__(self, planner: Planner, year: int, *, id: str | None = None) -> None:
        super().__init__(planner, id=id)
        self.year = year
        self.views: list[GoalView] = []
        self._owners: list[int | None] = []

    @property
    def goal(self) -> Goal | None:
        """The goal one is on, None where there is none."""
        return self.views[self.cursor].goal if self.cursor < len(self.views) else None

    def show(self, year: int, views: Sequence[GoalView]) -> None:
        """Show ``views``, open ones first; the cursor stays on its goal."""
        here = self.goal
        if bool(views) != bool(self.views):
            self.refresh_bindings()
        closed = [view for view in views if view.goal.state not in LIVE]
        self.views = [view for view in views if view.goal.state in LIVE] + closed
        self.year = year
        ids = [view.goal.id for view in self.views]
        at = min(self.cursor, max(0, len(ids) - 1))
        self.set_reactive(
            GoalList.cursor, ids.index(here.id) if here and here.id in ids else at
        )
        self.redraw()
        self._follow()

    def go_to(self, goal_id: int) -> bool:
        """Move to a goal; False where it is not of this year."""
        for index, view in enumerate(self.views):
            if view.goal.id == goal_id:
                self.cursor = index
                return True
        return False

    def draw(self, width: int) -> list[Line]:
        """The goals, with blank lines between them where there is room."""
        self._owners = []
        if not self.views:
            return self._nothing(width)
        frame, today = self.frame, self.planner.today
        left = max(cell_len(view.goal.handle) for view in self.views) + 1
        blocks: list[list[Line]] = []
        for index, view in enumerate(self.views):
            here = index == self.cursor
            if view.goal.state in LIVE:
                blocks.append(goal_lines(view, today, left, width, frame, here))
            else:
                blocks.append([closed_line(view.goal, left, width, frame, here)])
        height = self.size.height
        roomy = sum(map(len, blocks)) + len(blocks) - 1 <= height or not height
        lines: list[Line] = []
        for index, block in enumerate(blocks):
            first_closed = len(block) == 1 and index and len(blocks[index - 1]) > 1
            if index and ((roomy and len(block) > 1) or first_closed):
                lines.append(BLANK)
                self._owners.append(None)
            lines += block
            self._owners += [index] * len(block)
        return lines

    def _nothing(self, width: int) -> list[Line]:
        said = [
            _("No goals for {year} yet.").format(year=self.year),
            "",
            _("n adds one: a title is enough. Three to five are plenty for a year."),
        ]
        return [
            line((part, "muted"))
            for text in said
            for part in (wrap(text, width) or [""])
        ]

    def watch_cursor(self) -> None:
        """Repaint the two goals, and keep the one in view."""
        self.redraw()
        self._follow()

    def _follow(self) -> None:
        shown = [n for n, owner in enumerate(self._owners) if owner == self.cursor]
        if shown:
            self.keep_in_view(shown[0], shown[-1])

    def action_move(self, by: int) -> None:
        """Move by goals."""
        self.cursor = max(0, min(len(self.views) - 1, self.cursor + by))

    def action_edge(self, last: bool) -> None:
        """Move to the first or the last goal."""
        self.cursor = max(0, len(self.views) - 1) if last else 0

    def on_click(self, event: events.Click) -> None:
        """Go to the goal under the mouse; a second click opens it."""
        at = event.get_content_offset(self)
        index = -1 if at is None else at.y + self.scroll_offset.y
        owner = self._owners[index] if 0 <= index < len(self._owners) else None
        if owner is None:
            return
        event.stop()
        self.cursor = owner
        goal = self.goal
        if event.chain > 1 and goal is not None:
            self.post_message(self.Opened(goal.id))
