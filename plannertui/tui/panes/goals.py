"""The goals pane: the year's theme, its goals against time, and whom they serve."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from plannertui.core.day import year_of
from plannertui.core.errors import NotFound
from plannertui.core.goals import covered, pace
from plannertui.i18n import gettext as _
from plannertui.store import glance, goals, items
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed, ItemPicked, YearPicked
from plannertui.tui.safety import telling
from plannertui.tui.widgets.goal_lines import (
    LIVE,
    GoalView,
    coverage_words,
    next_step,
)
from plannertui.tui.widgets.goal_list import GoalList
from plannertui.tui.widgets.phrases import Phrases

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.core.goals import Goal
    from plannertui.tui.dialogs.goal_verbs import GoalVerbs
    from plannertui.tui.planner import Planner


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
            "verb('edit')",
            N_("edit"),
            id="goals.edit",
            tooltip=N_("Edit the goal"),
            show=False,
        ),
        bind(
            "c",
            "verb('check_in')",
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
            "verb('release')",
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
        yield Phrases(self.planner, id="goals-theme")
        yield GoalList(self.planner, self.year)
        yield Phrases(self.planner, id="goals-served")

    def on_mount(self) -> None:
        """Read the year."""
        self.reload()

    @cached_property
    def verbs(self) -> GoalVerbs:
        """What can be done to a goal; read when a key asks for it."""
        from plannertui.tui.dialogs.goal_verbs import GoalVerbs

        return GoalVerbs(self, self.planner, self.changed)

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
        theme = glance.theme(db, self.year)
        if theme:
            self.query_one("#goals-theme", Phrases).say((theme,), "strong")
        else:
            said = _("No theme for {year} yet: y gives it one.")
            self.query_one("#goals-theme", Phrases).say(
                (said.format(year=self.year),), "muted"
            )
        leader = glance.leader(db)
        wanted = glance.wanted(db, leader.id) if leader is not None else set()
        served = covered(found, wanted)
        self.query_one("#goals-served", Phrases).say(
            tuple(coverage_words(served, leader.alias if leader else "")),
            "muted",
        )

    def _last(self, goal: Goal) -> date:
        """The last day with a milestone, check-in or win for ``goal``, or its start."""
        if goal.state not in LIVE:
            return goal.start
        db = self.planner.db
        days = [goal.start]
        days += [step.done_on for step in goal.milestones if step.done_on is not None]
        days += [check.day for check in goals.check_ins(db, goal)[-1:]]
        wins = items.Filter(goal_id=goal.id, kinds=("win",))
        days += [item.day for item in items.ls(db, wins, limit=1)]
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

    def is_idle(self, action: str) -> bool:
        """Without a goal there is only a new one, and the theme of the year."""
        return self.list.goal is None and action not in ("add", "theme")

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
                self.changed("")
            if handle:
                self.post_message(ItemPicked(handle))

        self.app.push_screen(screen, left)

    def action_add(self) -> None:
        """Add a goal."""
        self.verbs.add(self.year)

    def action_verb(self, name: str) -> None:
        """Do one of the verbs of ``GoalVerbs`` to the goal one is on."""
        goal = self.list.goal
        if goal is not None:
            getattr(self.verbs, name)(goal)

    def action_done(self) -> None:
        """Tick the next milestone; without one, ask and close the goal."""
        goal = self.list.goal
        if goal is None or not self.verbs.is_live(goal):
            return
        step = next_step(goal)
        if step is None:
            self.verbs.finish(goal)
            return
        planner = self.planner
        with telling(self):
            goals.tick(planner.db, goal, step.id, planner.today, planner.now())
            said = _("{handle} done: {title}")
            self.changed(said.format(handle=step.handle, title=step.title))

    def action_reorder(self, by: int) -> None:
        """Move the goal up or down."""
        goal = self.list.goal
        if goal is not None and goal.state in LIVE:
            with telling(self):
                goals.move(self.planner.db, goal, by, self.planner.now())
                self.changed("")

    def action_year(self, by: int) -> None:
        """Show another year."""
        year = self.year + by
        if 1 <= year <= 9998:
            self.show_year(year)
            self.post_message(YearPicked(year))

    def action_theme(self) -> None:
        """Theme, refusals and standards."""
        self.verbs.year(self.year)

    def changed(self, said: str) -> None:
        """Read again after a change, and tell the screen; ``said`` is for a toast."""
        self.reload()
        self.post_message(Changed(said))
