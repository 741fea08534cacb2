"""The goals pane: the year's theme, its goals against time, and whom they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.containers import Vertical

from plannertui.core.day import year_of
from plannertui.core.errors import NotFound, Refused
from plannertui.core.goals import coverage, pace
from plannertui.i18n import gettext as _
from plannertui.store import goals, people, priorities, years
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed, ItemPicked, YearPicked
from plannertui.tui.safety import telling
from plannertui.tui.widgets.drawn import Drawn, Line, flat, line
from plannertui.tui.widgets.goal_lines import (
    LIVE,
    GoalView,
    coverage_words,
    next_step,
)
from plannertui.tui.widgets.goal_list import GoalList
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.goals import Goal
    from plannertui.tui.dialogs.base import Dialog
    from plannertui.tui.planner import Planner


class Words(Drawn, can_focus=False):
    """Phrases on one line where they fit, else each on lines of its own."""

    DEFAULT_CSS = """
    Words { height: auto; overflow: hidden; }
    """

    def __init__(self, planner: Planner, *, id: str) -> None:
        super().__init__(planner, id=id)
        self.phrases: tuple[str, ...] = ()
        self.role = ""

    def say(self, phrases: tuple[str, ...], role: str) -> None:
        """Show ``phrases`` in ``role``; none take no room."""
        if (phrases, role) == (self.phrases, self.role):
            return
        before = len(self.lines)
        self.phrases, self.role = phrases, role
        self.display = bool(phrases)
        self.redraw()
        if len(self.lines) != before:
            self.refresh(layout=True)

    def draw(self, width: int) -> list[Line]:
        """The phrases."""
        whole = f" {self.frame.dot} ".join(map(flat, self.phrases))
        texts = [whole] if cell_len(whole) <= width else map(flat, self.phrases)
        return [
            line((part, self.role))
            for text in texts
            for part in wrap(text, width)
            if part
        ]


class GoalsPane(Vertical):
    """Theme, goals and coverage of one year; every verb on the goal one is on."""

    DEFAULT_CSS = """
    GoalsPane {
        #goals-theme { margin-bottom: 1; }
        GoalList { height: 1fr; }
        #goals-served { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "open",
            N_("open"),
            id="goals.open",
            tooltip=N_("Open the goal: milestones, check-ins, whom it serves, history"),
        ),
        bind(
            "n,A",
            "add",
            N_("add"),
            id="goals.add",
            tooltip=N_("Add a goal to this year"),
        ),
        bind(
            "e",
            "edit",
            N_("edit"),
            id="goals.edit",
            tooltip=N_("Edit the goal"),
            show=False,
        ),
        bind(
            "c",
            "check_in",
            N_("check in"),
            id="goals.check_in",
            tooltip=N_("Say where the goal stands today, in one line"),
        ),
        bind(
            "d,space",
            "done",
            N_("done"),
            id="goals.done",
            tooltip=N_("Tick the next milestone; without one, close the goal as done"),
        ),
        bind(
            "x",
            "release",
            N_("release"),
            id="goals.release",
            tooltip=N_("Let the goal go, with a sentence why and who was told"),
            show=False,
        ),
        bind(
            "K,shift+up",
            "reorder(-1)",
            N_("move up"),
            id="goals.move_up",
            tooltip=N_("Move the goal up in the list"),
            show=False,
        ),
        bind(
            "J,shift+down",
            "reorder(1)",
            N_("move down"),
            id="goals.move_down",
            tooltip=N_("Move the goal down in the list"),
            show=False,
        ),
        bind(
            "left_square_bracket",
            "year(-1)",
            N_("year before"),
            id="goals.year_before",
            tooltip=N_("Show the goals of the year before"),
            show=False,
        ),
        bind(
            "right_square_bracket",
            "year(1)",
            N_("year after"),
            id="goals.year_after",
            tooltip=N_("Show the goals of the year after"),
            show=False,
        ),
        bind(
            "y",
            "theme",
            N_("year"),
            id="goals.theme",
            tooltip=N_("Theme, refusals and standards of the year"),
        ),
    ]

    def __init__(
        self,
        planner: Planner,
        year: int,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.planner = planner
        self.year = year

    def compose(self) -> ComposeResult:
        """The theme, the goals, and whom they serve."""
        yield Words(self.planner, id="goals-theme")
        yield GoalList(self.planner, self.year)
        yield Words(self.planner, id="goals-served")

    def on_mount(self) -> None:
        """Read the year."""
        self.reload()

    @property
    def list(self) -> GoalList:
        """The goals."""
        return self.query_one(GoalList)

    # -- what is shown -----------------------------------------------------------------

    @property
    def this_year(self) -> int:
        """The year that today belongs to."""
        return year_of(self.planner.today, self.planner.settings.year_start)

    def reload(self) -> None:
        """Read the year again; the cursor stays on its goal."""
        db, planner = self.planner.db, self.planner
        found = goals.ls(db, self.year, past=True)
        self.list.show(
            self.year,
            [
                GoalView(
                    goal, pace(goal, planner.calendar, planner.today), self._last(goal)
                )
                for goal in found
            ],
        )
        title = _("Goals")
        if self.year != self.this_year:
            title += f" {self.year}"
        self.border_title = title
        year = years.get(db, self.year)
        if year.theme:
            self.query_one("#goals-theme", Words).say((year.theme,), "strong")
        else:
            said = _("No theme for {year} yet: y gives it one.")
            self.query_one("#goals-theme", Words).say(
                (said.format(year=self.year),), "muted"
            )
        leader = people.primary(db)
        wanted = priorities.ls(db, leader.id) if leader is not None else []
        served = coverage(found, wanted)
        self.query_one("#goals-served", Words).say(
            tuple(coverage_words(served, leader.alias if leader else "")),
            "muted",
        )

    def _last(self, goal: Goal) -> date:
        """The last day on which anything was written or done for ``goal``."""
        if goal.state not in LIVE:
            return goal.start
        db = self.planner.db
        days = [goal.start]
        days += [step.done_on for step in goal.milestones if step.done_on is not None]
        days += [check.day for check in goals.check_ins(db, goal)[-1:]]
        days += [item.day for item in goals.evidence(db, goal, 1)]
        return max(days)

    def show_year(self, year: int) -> None:
        """Show the goals of ``year``."""
        if year != self.year:
            self.year = year
            self.reload()

    def show_goal(self, handle: str) -> None:
        """Go to the goal with ``handle``, in whichever year it is."""
        with telling(self):
            goal = goals.get(self.planner.db, handle)
            self.show_year(goal.year)
            if not self.list.go_to(goal.id):
                raise NotFound(_("{handle} is in the trash.").format(handle=handle))

    # -- verbs -------------------------------------------------------------------------

    @on(GoalList.Opened)
    def action_open(self) -> None:
        """Open the goal one is on; in an empty year, add one."""
        goal = self.list.goal
        if goal is None:
            self.action_add()
            return
        from plannertui.tui.dialogs.goal import GoalScreen

        screen = GoalScreen(self.planner, goal.id, self.reload)

        def left(handle: str | None) -> None:
            if screen.changed:
                self._changed("")
            if handle:
                self.post_message(ItemPicked(handle))

        self.app.push_screen(screen, left)

    def action_add(self) -> None:
        """Add a goal."""
        from plannertui.tui.dialogs.goal_form import GoalForm

        self._ask(GoalForm(self.planner, None, self.year))

    def action_edit(self) -> None:
        """Edit the goal one is on."""
        goal = self.list.goal
        if goal is not None:
            from plannertui.tui.dialogs.goal_form import GoalForm

            self._ask(GoalForm(self.planner, goal, goal.year))

    def action_check_in(self) -> None:
        """Check in."""
        goal = self.list.goal
        if goal is not None:
            from plannertui.tui.dialogs.check_in import CheckInDialog

            self._ask(CheckInDialog(self.planner, goal))

    def action_done(self) -> None:
        """Tick the next milestone; without one, ask and close the goal."""
        goal = self.list.goal
        if goal is None:
            return
        with telling(self):
            if goal.state not in LIVE:
                raise Refused(
                    _("{handle} is closed: open it to see its history.").format(
                        handle=goal.handle
                    )
                )
            step = next_step(goal)
            if step is None:
                self._ask_finish(goal)
                return
            planner = self.planner
            goals.tick(planner.db, goal, step.id, planner.today, planner.now())
            said = _("{handle} done: {title}")
            self._changed(said.format(handle=step.handle, title=step.title))

    def _ask_finish(self, goal: Goal) -> None:
        from plannertui.tui.dialogs.confirm import Confirm

        def finish(yes: bool | None) -> None:
            if yes:
                with telling(self):
                    goals.finish(self.planner.db, goal, self.planner.now())
                    self._changed(_("{handle} is done.").format(handle=goal.handle))

        question = _("Close {handle} as done?").format(handle=goal.handle)
        self.app.push_screen(Confirm(question, detail=goal.title), finish)

    def action_release(self) -> None:
        """Let the goal go."""
        goal = self.list.goal
        if goal is not None and goal.state in LIVE:
            from plannertui.tui.dialogs.goal_steps import ReleaseDialog

            self._ask(ReleaseDialog(self.planner, goal))

    def action_reorder(self, by: int) -> None:
        """Move the goal up or down."""
        goal = self.list.goal
        if goal is not None and goal.state in LIVE:
            with telling(self):
                goals.move(self.planner.db, goal, by, self.planner.now())
                self._changed("")

    def action_year(self, by: int) -> None:
        """Show another year."""
        year = self.year + by
        if 1 <= year <= 9998:
            self.show_year(year)
            self.post_message(YearPicked(year))

    def action_theme(self) -> None:
        """Theme, refusals and standards."""
        from plannertui.tui.dialogs.year import YearDialog

        self._ask(YearDialog(self.planner, self.year))

    def _ask(self, dialog: Dialog[str]) -> None:
        """Open ``dialog``; a result is what to say about a change, None is none."""

        def told(said: str | None) -> None:
            if said is not None:
                self._changed(said)

        self.app.push_screen(dialog, told)

    def _changed(self, said: str) -> None:
        self.reload()
        self.post_message(Changed(said))
