"""What can be done to a goal from a key, wherever the key is: each verb and its dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.day import year_span
from plannertui.core.errors import Refused
from plannertui.i18n import gettext as _
from plannertui.store import goals
from plannertui.tui.safety import telling
from plannertui.tui.widgets.goal_lines import LIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from plannertui.core.goals import Goal, Milestone
    from plannertui.tui.dialogs.base import Dialog
    from plannertui.tui.planner import Planner


class GoalVerbs:
    """The verbs, for the keys of ``owner``; ``told`` gets the line about each change."""

    def __init__(
        self, owner: Widget, planner: Planner, told: Callable[[str], None]
    ) -> None:
        self.owner = owner
        self.planner = planner
        self.told = told

    def ask(self, dialog: Dialog[str]) -> None:
        """Open ``dialog``; its result is what to say about a change, None is none."""

        def answered(said: str | None) -> None:
            if said is not None:
                self.told(said)

        self.owner.app.push_screen(dialog, answered)

    def add(self, year: int) -> None:
        """Add a goal to ``year``."""
        from plannertui.tui.dialogs.goal_form import GoalForm

        self.ask(GoalForm(self.planner, None, year))

    def edit(self, goal: Goal) -> None:
        """Edit the goal."""
        from plannertui.tui.dialogs.goal_form import GoalForm

        self.ask(GoalForm(self.planner, goal, goal.year))

    def check_in(self, goal: Goal) -> None:
        """Say where it stands."""
        from plannertui.tui.dialogs.check_in import CheckInDialog

        self.ask(CheckInDialog(self.planner, goal))

    def step(self, goal: Goal, step: Milestone | None = None) -> None:
        """Add a milestone, or edit ``step``."""
        from plannertui.tui.dialogs.goal_steps import MilestoneDialog

        self.ask(MilestoneDialog(self.planner, goal, step))

    def serve(self, goal: Goal, priority_id: int | None = None) -> None:
        """Say whom it serves, or how it serves the priority with ``priority_id``."""
        from plannertui.tui.dialogs.goal_steps import ServeDialog

        self.ask(ServeDialog(self.planner, goal, priority_id))

    def release(self, goal: Goal) -> None:
        """Let it go."""
        if self.is_live(goal):
            from plannertui.tui.dialogs.goal_steps import ReleaseDialog

            self.ask(ReleaseDialog(self.planner, goal))

    def finish(self, goal: Goal) -> None:
        """Ask, and close it as done."""

        def finish() -> str:
            goals.finish(self.planner.db, goal, self.planner.now())
            return _("{handle} is done.").format(handle=goal.handle)

        question = _("Close {handle} as done?").format(handle=goal.handle)
        self._confirm(goal, question, finish)

    def carry(self, goal: Goal) -> None:
        """Ask, and take it over into the next year as a new goal."""
        planner, year = self.planner, goal.year + 1

        def carry() -> str:
            start, due = year_span(year, planner.settings.year_start)
            fresh = goals.carry(planner.db, goal, year, start, due, planner.now())
            said = _("{old} goes on as {new} in {year}.")
            return said.format(old=goal.handle, new=fresh.handle, year=year)

        question = _("Carry {handle} over into {year}?").format(
            handle=goal.handle, year=year
        )
        self._confirm(goal, question, carry)

    def year(self, year: int) -> None:
        """Theme, refusals and standards of ``year``."""
        from plannertui.tui.dialogs.year import YearDialog

        self.ask(YearDialog(self.planner, year))

    def is_live(self, goal: Goal) -> bool:
        """Whether ``goal`` is open; where it is not, that is told."""
        with telling(self.owner) as outcome:
            if goal.state not in LIVE:
                raise Refused(
                    _("{handle} is closed already.").format(handle=goal.handle)
                )
        return not outcome.failed

    def _confirm(self, goal: Goal, question: str, do: Callable[[], str]) -> None:
        if not self.is_live(goal):
            return
        from plannertui.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                with telling(self.owner):
                    self.told(do())

        self.owner.app.push_screen(Confirm(question, detail=goal.title), answered)
