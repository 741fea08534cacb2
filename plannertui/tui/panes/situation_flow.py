"""Six steps through a situation, from the leader's chair: one step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from plannertui.core.errors import PlannerError
from plannertui.core.situation_answers import (
    chair_words,
    changes,
    known_words,
    resume_at,
)
from plannertui.core.situation_steps import STEPS, Step
from plannertui.core.situations import Situation
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import situations
from plannertui.tui.editor import Editor
from plannertui.tui.messages import Changed
from plannertui.tui.panes import situation_boundary
from plannertui.tui.panes.situation_draft import StepDraft
from plannertui.tui.panes.situation_fields import StepFields
from plannertui.tui.panes.situation_keys import FLOW_KEYS
from plannertui.tui.safety import say, telling, words
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.prose import Prose
from plannertui.tui.widgets.reply import Reply
from plannertui.tui.widgets.ticker import Ticker
from plannertui.tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.tui.planner import Planner


QUIET_SECONDS = 0.4


class SituationFlow(Vertical):
    """One step on the screen: what it asks, the quiet clock, what is known so far.

    Each step is saved when it is left; what is being typed is kept as a draft.
    """

    BINDINGS: ClassVar[list[BindingType]] = FLOW_KEYS

    class Left(Message):
        """Esc: it is saved, and one wants to be elsewhere."""

    class Listed(Message):
        """The list is asked for; this is saved."""

    class Told(Message):
        """The last step is done: the message is next."""

    class Typed(Message):
        """Something else is on the screen: another step, or another answer."""

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.situation: Situation | None = None
        self.at = 0
        self.draft = StepDraft(planner)
        self.fields: StepFields | None = None
        self._offered: set[str] = set()
        self._known = ""
        self._timer: Any = None

    def compose(self) -> ComposeResult:
        """Head and clock, whose chair, the answers, what went wrong, what is known."""
        with Horizontal(id="situation-head"):
            yield Static(id="situation-line", markup=False)
            yield Ticker(self.planner, id="situation-clock")
        yield Prose(id="situation-chair", classes="chair")
        yield Vertical(id="situation-step")
        yield Prose(id="situation-said", classes="said")
        yield Static(id="situation-known", markup=False)

    def on_mount(self) -> None:
        """Keep what is typed when the program is interrupted."""
        self.planner.keep(self.flush)

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self.planner.let_go(self.flush)

    # -- what is shown -----------------------------------------------------------------

    @property
    def changing(self) -> bool:
        """Whether other fields are about to take the place of those that are there."""
        return self.fields is None or self.fields.leaving

    @property
    def step(self) -> Step:
        """The step one is at."""
        return STEPS[self.at]

    async def open(self, situation: Situation | None, at: int | None = None) -> None:
        """Begin with ``situation``, None for a new one, where one was, or at step ``at``."""
        self.situation = situation
        left = self.draft.open(situation)
        if at is None:
            first = resume_at(situation) if situation is not None else 0
            at = first if left is None else left
        await self.show(at)

    async def show(self, at: int, *, last: bool = False) -> None:
        """Show a step; ``last``: begin at its last answer."""
        # Nothing is read from fields that are half made.
        self.fields = None
        self.at = at
        box = self.query_one("#situation-step", Vertical)
        await box.remove_children()
        fields = StepFields(self.planner, self.step, self.situation)
        await box.mount(fields)
        self.draft.begin(self.step, fields.texts())
        if self.draft.typed:
            fields.put_in(self.draft.typed)
        fields.begin(last=last)
        self.fields = fields
        self.query_one(Ticker).begin(self.step.seconds)
        self.tell("")
        self.look()
        with telling(self):
            self.flush()
        self.post_message(self.Typed())

    def look(self) -> None:
        """Show head, chair and what is known, as they are now."""
        situation, frame = self.situation, self.planner.frame
        dot = f" {frame.dot} "
        head = [f"{self.at + 1}/{len(STEPS)} {_(self.step.title)}"]
        if situation is not None:
            head += [kind_word(situation.kind), situation.line]
        self.query_one("#situation-line", Static).update(words(dot.join(head)))
        self.border_title = words(
            _("Situation") + (f" {situation.handle}" if situation is not None else "")
        )
        chair = ""
        if self.step.name in ("chair", "heart") and situation is not None:
            chair = chair_words(situation.person.label if situation.person else "")
        prose = self.query_one("#situation-chair", Prose)
        prose.text, prose.display = chair, bool(chair)
        self._count()

    def _count(self) -> None:
        """The running sum at the bottom."""
        typed = self.given() if self.step.name == "facts" else {}
        line = known_words(self.situation, typed)
        if line != self._known:
            self._known = line
            self.query_one("#situation-known", Static).update(words(line))

    def tell(self, message: str) -> None:
        """Say under the answers why something did not work; "" says nothing."""
        said = self.query_one("#situation-said", Prose)
        said.text, said.display = message, bool(message)

    # -- keeping -----------------------------------------------------------------------

    @on(TextArea.Changed)
    @on(Choice.Picked)
    @on(Ticks.Ticked)
    def keep_soon(self) -> None:
        """Write the draft when the keys have been quiet for a moment."""
        if self.fields is None:
            return
        if self.step.name == "facts":
            self._count()
        if self._timer is None:
            self._timer = self.set_timer(QUIET_SECONDS, self._keep)

    def _keep(self) -> None:
        self._timer = None
        with telling(self):
            self.flush()
        self.post_message(self.Typed())

    def flush(self) -> None:
        """Write the draft now."""
        if self.fields is not None:
            self.draft.keep(self.situation, self.at, self.fields.texts())

    def given(self) -> dict[str, Any]:
        """The answers of this step as they stand."""
        return self.fields.answers() if self.fields is not None else {}

    def save(self) -> bool:
        """Save this step; False when it could not be, and everything typed stays."""
        fields, planner = self.fields, self.planner
        if fields is None:
            return True
        given = fields.answers()
        try:
            if self.situation is None:
                if not given["line"].strip():
                    return False
                self.situation = self._open(given)
                written = True
            else:
                before = self.situation
                written = bool(changes(before, self.step, given))
                if written:
                    self.situation = situations.save_step(
                        planner.db, before, self.step, given, planner.now()
                    )
            self.draft.saved(self.situation, self.at, fields.texts())
        except PlannerError as error:
            self.tell(error.message)
            return False
        self.tell("")
        if written:
            self.post_message(Changed())
        return True

    def _open(self, given: dict[str, Any]) -> Situation:
        planner = self.planner
        return situations.add(
            planner.db,
            line=" ".join(given["line"].split()),
            clock=" ".join(given["clock"].split()),
            kind=given["kind"],
            person_id=given.get("person"),
            day=planner.today,
            now=planner.now(),
        )

    # -- going on ----------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Enter outside a text: to the next answer."""
        if self.fields is not None:
            self.fields.go_on(self.screen.focused)

    def action_field(self, by: int) -> None:
        """Go to a neighbour among the answers, or to the step beside."""
        if self.fields is not None:
            self.fields.step_from(self.screen.focused, by)

    def action_arrow(self, by: int) -> None:
        """Up and down between answers."""
        fields, here = self.fields, self.screen.focused
        if fields is not None and here in fields.order:
            at = fields.order.index(here) + by
            if 0 <= at < len(fields.order):
                fields.order[at].focus()

    @on(StepFields.Over)
    def over(self, event: StepFields.Over) -> None:
        """The last answer of the step."""
        event.stop()
        self.action_step_on()

    @on(StepFields.Before)
    def before(self, event: StepFields.Before) -> None:
        """Back from the first answer of the step."""
        event.stop()
        self.run_worker(self._back(last=True), exclusive=True, group="situation")

    async def action_step_back(self) -> None:
        """Go to the step before."""
        await self._back()

    async def _back(self, *, last: bool = False) -> None:
        if self.at > 0 and self.save():
            await self.show(self.at - 1, last=last)
        else:
            self._stay()

    def _stay(self) -> None:
        """The answers stay where they are."""
        if self.fields is not None:
            self.fields.leaving = False

    @work(exclusive=True, group="situation")
    async def action_step_on(self) -> None:
        """Save, and go to the next step, or from the last to the message."""
        if not self.save():
            self._stay()
            line = self.query("#a-line").results(Reply)
            for reply in line:
                if not reply.text.strip():
                    self.tell(_("One line is enough to begin with."))
                    reply.focus()
            return
        if self.step.name == "options" and self.situation is not None:
            await situation_boundary.offer(
                self, self.planner, self.situation, self._offered
            )
        if self.at + 1 < len(STEPS):
            await self.show(self.at + 1)
        else:
            self._stay()
            self.post_message(self.Told())

    @on(Editor.SaveAsked)
    def save_asked(self, event: Editor.SaveAsked) -> None:
        """Ctrl+S saves, and one stays."""
        event.stop()
        if self.save():
            say(self, _("Saved."))
            self.look()

    @on(Editor.Left)
    def editor_left(self, event: Editor.Left) -> None:
        """Esc in a text leaves everything, saved."""
        event.stop()
        if event.by_key:
            self.action_leave()

    @on(Editor.PasteAsked)
    def paste_asked(self, event: Editor.PasteAsked) -> None:
        """Ask about a paste that is too much."""
        from plannertui.tui.pasting import ask_about_paste

        event.stop()
        planner = self.planner
        self.run_worker(
            ask_about_paste(self, planner, event.editor, event.text, planner.today)
        )

    def put_away(self) -> None:
        """Save, or at least keep the draft."""
        if not self.save():
            with telling(self):
                self.flush()

    def action_leave(self) -> None:
        """Leave, saved."""
        self.post_message(self.Left())

    def action_listed(self) -> None:
        """Save, and show the list."""
        self.put_away()
        self.post_message(self.Listed())
