"""One goal, opened: everything about it, and the keys to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from plannertui.core.errors import PlannerError
from plannertui.core.goals import pace
from plannertui.i18n import gettext as _
from plannertui.store import goals, history, people, priorities
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.dialogs.goal_verbs import GoalVerbs
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import say, telling, words
from plannertui.tui.widgets.goal_parts import Sheet
from plannertui.tui.widgets.goal_view import GoalView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from plannertui.core.goals import Goal
    from plannertui.tui.planner import Planner

EVIDENCE = 200


class GoalScreen(Dialog[str]):
    """Shows the goal with ``goal_id`` and changes it.

    ``on_change`` is called after every change; the result is the handle of an entry to
    go to, or None.
    """

    CSS_PATH = "goal.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "space,d",
            "tick",
            N_("tick"),
            id="goal.tick",
            tooltip=N_("Tick the milestone one is on, or take the tick back"),
        ),
        bind(
            "m,n,A",
            "verb('step')",
            N_("milestone"),
            id="goal.milestone",
            tooltip=N_("Add a milestone"),
        ),
        bind(
            "c",
            "verb('check_in')",
            N_("check in"),
            id="goal.check_in",
            tooltip=N_("Say where the goal stands today, in one line"),
        ),
        bind(
            "e",
            "edit",
            N_("edit"),
            id="goal.edit",
            tooltip=N_("Edit the milestone one is on, or else the goal"),
        ),
        bind(
            "E",
            "verb('edit')",
            N_("edit the goal"),
            id="goal.edit_goal",
            tooltip=N_("Edit the goal, wherever one is in it"),
            show=False,
        ),
        bind(
            "s",
            "verb('serve')",
            N_("serves"),
            id="goal.serve",
            tooltip=N_("Say whom the goal serves, and how"),
        ),
        bind(
            "delete,D",
            "remove",
            N_("remove"),
            id="goal.remove",
            tooltip=N_("Remove the milestone, or what it serves; u brings it back"),
            show=False,
        ),
        bind(
            "x",
            "verb('release')",
            N_("release"),
            id="goal.release",
            tooltip=N_("Let the goal go, with a sentence why and who was told"),
        ),
        bind(
            "f",
            "verb('finish')",
            N_("done"),
            id="goal.finish",
            tooltip=N_("Close the goal as done"),
        ),
        bind(
            "o",
            "verb('carry')",
            N_("carry over"),
            id="goal.carry",
            tooltip=N_("Carry the goal over into the next year"),
            show=False,
        ),
        bind(
            "enter",
            "open",
            N_("go to"),
            id="goal.open",
            tooltip=N_("Go to the entry one is on"),
            show=False,
        ),
        bind(
            "u",
            "undo",
            N_("undo"),
            id="goal.undo",
            tooltip=N_("Take back the last thing done"),
        ),
        bind(
            "U,ctrl+r",
            "redo",
            N_("redo"),
            id="goal.redo",
            tooltip=N_("Do again what was taken back"),
            show=False,
        ),
        bind(
            "question_mark,fullwidth_question_mark",
            "help",
            N_("help"),
            id="goal.help",
            tooltip=N_("The keys that work here"),
            show=False,
        ),
    ]

    def __init__(
        self, planner: Planner, goal_id: int, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self.planner = planner
        self.goal_id = goal_id
        self.changed = False
        self._on_change = on_change
        self.verbs = GoalVerbs(self, planner, self._after)

    def compose(self) -> ComposeResult:
        """The sheet, and the keys under it."""
        with Vertical(classes="dialog"):
            yield GoalView(self.planner)
            said = _(
                "Space tick  c check in  e edit  f done  x release  ? help  Esc back"
            )
            yield Static(words(said), classes="keys")

    def on_mount(self) -> None:
        """Read the goal."""
        self.reload()
        left = {step.id for step in self.goal.milestones if step.done_on is None}
        self.sheet.go_to("step", left)
        self.sheet.focus()

    @property
    def sheet(self) -> GoalView:
        """What is shown."""
        return self.query_one(GoalView)

    @property
    def goal(self) -> Goal:
        """The goal as it is in the store."""
        return goals.get(self.planner.db, self.goal_id)

    def reload(self) -> None:
        """Read everything again; the cursor stays on its thing."""
        planner, db = self.planner, self.planner.db
        goal = self.goal
        aliases = {person.id: person.alias for person in people.ls(db, past=True)}
        served = {serve.priority_id for serve in goal.serves}
        whom = {
            priority.id: aliases.get(priority.person_id, "")
            for priority in priorities.ls(db, past=True)
            if priority.id in served
        }
        self.sheet.show(
            Sheet(
                goal,
                pace(goal, planner.calendar, planner.today),
                goals.check_ins(db, goal),
                goals.evidence(db, goal, EVIDENCE),
                history.log(db, goal.id),
                whom,
                planner.today,
                planner.calendar,
                planner.language,
            )
        )
        dot = f" {planner.frame.dot} "
        box = self.query_one(".dialog")
        box.border_title = words(f"{goal.handle}{dot}{goal.year}")

    def on_resize(self, event: Resize) -> None:
        """Draw for the new width."""
        self.sheet.redraw()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from plannertui.tui.commands import near
        from plannertui.tui.dialogs.help import Help

        frame = self.planner.frame
        found = near(self, ascii_only=frame.name == "ascii")
        self.app.push_screen(Help(found, frame, place=False))

    # -- verbs -------------------------------------------------------------------------

    def action_tick(self) -> None:
        """Tick the milestone one is on."""
        row = self.sheet.row
        if row is None or row.kind != "step":
            return
        goal, planner = self.goal, self.planner
        step = next((step for step in goal.milestones if step.id == row.key), None)
        if step is None:
            return
        with telling(self):
            day = planner.today if step.done_on is None else None
            goals.tick(planner.db, goal, step.id, day, planner.now())
            self._after("")

    def action_verb(self, name: str) -> None:
        """Do one of the verbs of ``GoalVerbs`` to the goal."""
        getattr(self.verbs, name)(self.goal)

    def action_edit(self) -> None:
        """Edit what one is on: a milestone, how it serves, or the goal."""
        row, goal = self.sheet.row, self.goal
        step = None
        if row is not None and row.kind == "step":
            step = next((each for each in goal.milestones if each.id == row.key), None)
        if step is not None:
            self.verbs.step(goal, step)
        elif row is not None and row.kind == "serve":
            self.verbs.serve(goal, row.key)
        else:
            self.verbs.edit(goal)

    def action_remove(self) -> None:
        """Remove the milestone, or whom it serves."""
        row, goal, planner = self.sheet.row, self.goal, self.planner
        if row is None or row.kind not in ("step", "serve"):
            return
        with telling(self):
            if row.kind == "step":
                goals.remove_milestone(planner.db, goal, row.key, planner.now())
            else:
                goals.unserve(planner.db, goal, row.key, planner.now())
            self._after(_("Removed. u brings it back."))

    def action_open(self) -> None:
        """Go to the entry one is on; on a milestone, tick it."""
        row = self.sheet.row
        if row is None:
            return
        if row.handle:
            self.dismiss(row.handle)
        elif row.kind == "step":
            self.action_tick()

    def action_undo(self) -> None:
        """Take back the last thing done."""
        with telling(self):
            step = history.undo(self.planner.db, self.planner.now())
            self._after(
                _("Nothing to undo.")
                if step is None
                else _("Undone: {label}").format(label=step.label)
            )

    def action_redo(self) -> None:
        """Do again what was taken back."""
        with telling(self):
            step = history.redo(self.planner.db, self.planner.now())
            self._after(
                _("Nothing to redo.")
                if step is None
                else _("Done again: {label}").format(label=step.label)
            )

    def _after(self, said: str) -> None:
        """Show what was changed, here and below; a goal that is gone closes this."""
        self.changed = True
        self._on_change()
        if said:
            say(self, said)
        try:
            self.reload()
            gone = self.goal.deleted_at is not None
        except PlannerError:
            gone = True
        if gone:
            self.dismiss(None)
