"""The message of a situation as it would go out, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical
from textual.message import Message

from plannertui.core.errors import PlannerError
from plannertui.core.situation_steps import step
from plannertui.core.situations import (
    LIVE,
    Situation,
    promised,
    tells,
    unsettled,
)
from plannertui.core.words import state_word
from plannertui.i18n import gettext as _
from plannertui.store import situations
from plannertui.tui.clipboard import give
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.safety import say, telling, words
from plannertui.tui.widgets.drawn import BLANK, Line, line
from plannertui.tui.widgets.rows import Row, RowList, paragraph
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.tui.planner import Planner


class _Back(Exception):
    """Takes a write back that was only made to see what would come of it."""


def text_of(planner: Planner, situation: Situation) -> str:
    """The message of ``situation`` as the store has it, as Markdown."""
    from plannertui.outputs.report import make

    made = make(
        planner.db,
        "message",
        now=planner.now(),
        today=planner.today,
        calendar=planner.calendar,
        settings=planner.settings,
        subject=situation.id,
    )
    return made.markdown.strip()


def preview(planner: Planner, situation: Situation, given: dict[str, Any]) -> str:
    """The message as it would be with the answers ``given`` to the last step."""
    found = ""
    try:
        with planner.db.write(N_("step of {what}"), planner.now()):
            situations.save_step(
                planner.db, situation, step("move"), given, planner.now()
            )
            found = text_of(planner, situation)
            raise _Back
    except _Back:
        return found


class SituationMessage(Vertical):
    """The message, and keys to copy it, to note that it is out, and to go back."""

    DEFAULT_CSS = """
    SituationMessage RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "y",
            "copy",
            N_("copy"),
            id="message.copy",
            tooltip=N_("Copy the message inside the program."),
        ),
        bind(
            "d",
            "sent",
            N_("it is out"),
            id="message.sent",
            tooltip=N_(
                "Note that it went out; promises to report again at the time said."
            ),
        ),
        bind(
            "b,ctrl+b,shift+tab,backspace",
            "step_back",
            N_("change it"),
            id="message.back",
            tooltip=N_("Go back to the last step and change the message."),
        ),
        bind(
            "c",
            "close",
            N_("close"),
            id="message.close",
            tooltip=N_("It is over: four lines, and what your leader in fact wanted."),
        ),
        bind(
            "i",
            "kind",
            N_("decide or inform"),
            id="message.kind",
            tooltip=N_("Ask for a decision, or only inform: then nothing is needed."),
        ),
        bind(
            "Y",
            "copy_out",
            N_("copy for other programs"),
            id="message.copy_out",
            tooltip=N_(
                "Hand the message to the terminal's clipboard, for other programs."
            ),
        ),
        bind(
            "B",
            "boundary",
            N_("boundary check"),
            id="message.boundary",
            tooltip=N_("Look at what may not stand in public."),
            show=False,
        ),
    ]

    class Back(Message):
        """Back to the last step."""

    class CloseAsked(Message):
        """It is over."""

    class BoundaryAsked(Message):
        """The boundary check is asked for."""

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.situation: Situation | None = None
        self.text = ""

    def compose(self) -> ComposeResult:
        """The text."""
        yield RowList(self.planner, self._rows)

    def on_mount(self) -> None:
        """Name the panel."""
        self.border_title = _("Message")

    def show(self, situation: Situation, given: dict[str, Any] | None = None) -> None:
        """Show the message of ``situation``, with answers that are not saved yet."""
        self.situation = situation
        try:
            self.text = (
                text_of(self.planner, situation)
                if given is None or self.planner.db.readonly
                else preview(self.planner, situation, given)
            )
        except PlannerError as error:
            self.text = error.message
        state = "" if situation.state == "open" else state_word(situation.state)
        self.border_subtitle = words(state)
        self.refresh_bindings()
        self.query_one(RowList).reload()

    def _rows(self, width: int) -> list[Row]:
        situation = self.situation
        if situation is None:
            return []
        rows = [Row(tuple(marked(each, width))) for each in self.text.split("\n")]
        notes = []
        if unsettled(situation):
            notes.append(_("It may not stand in public: B looks at its boundary."))
        promise = promised(situation)
        if situation.state == "open" and promise:
            notes.append(_("d notes that it is out, and promises: {text}"))
        for note in notes:
            said = note.format(text=promise)
            rows += [Row((BLANK,)), Row(tuple(paragraph(said, width, "muted")))]
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are not there."""
        situation = self.situation
        if situation is not None:
            if action in ("sent", "kind", "step_back") and situation.state not in LIVE:
                return False
            if action == "sent":
                return situation.state == "open" or self._promises_more(situation)
            if action == "boundary":
                return unsettled(situation)
        return super().check_action(action, parameters)

    def _promises_more(self, situation: Situation) -> bool:
        """Whether a time to report again was said that is not promised yet."""
        title = promised(situation)
        known = situations.reports(self.planner.db, situation)
        return bool(title) and not any(title.startswith(m.title[:-1]) for m in known)

    # -- verbs -------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy it inside the program."""
        self.app.copy_to_clipboard(self.text)
        say(self, _("Copied; Ctrl+V puts it into an editor."))

    def action_copy_out(self) -> None:
        """Hand it to the terminal, because that was asked for."""
        give(self, self.text)

    def action_sent(self) -> None:
        """Note that it is out, and promise to report again."""
        situation, planner = self.situation, self.planner
        if situation is None:
            return
        with telling(self):
            sent, promise = situations.send(
                planner.db, situation, planner.today, planner.now()
            )
            said = _("{handle} is out.").format(handle=sent.handle)
            if promise is not None:
                said += " " + _("{handle} due today: {title}").format(
                    handle=promise.handle, title=promise.title
                )
            self.show(sent)
            self.post_message(Changed(said))

    def action_kind(self) -> None:
        """Ask for a decision, or only inform."""
        situation, planner = self.situation, self.planner
        if situation is None:
            return
        with telling(self):
            other = "inform" if tells(situation) == "decide" else "decide"
            changed = situations.save_step(
                planner.db, situation, step("move"), {"type": other}, planner.now()
            )
            self.show(changed)
            self.post_message(Changed())

    def action_close(self) -> None:
        """Close the situation."""
        self.post_message(self.CloseAsked())

    def action_step_back(self) -> None:
        """Back to the last step."""
        self.post_message(self.Back())

    def action_boundary(self) -> None:
        """Look at its boundary."""
        if self.situation is not None and unsettled(self.situation):
            self.post_message(self.BoundaryAsked())


def marked(text: str, width: int) -> list[Line]:
    """A line of Markdown, wrapped, its bold words strong and its list marks kept."""
    indent = "  " if text.startswith("- ") else ""
    parts = wrap(text, max(4, width - len(indent))) if text.strip() else [""]
    found: list[Line] = []
    strong = False
    for number, part in enumerate(parts):
        spans: list[tuple[str, str]] = [(indent if number else "", "")]
        for at, piece in enumerate(part.split("**")):
            if at:
                strong = not strong
            spans.append((piece.replace("\\", ""), "strong" if strong else ""))
        found.append(line(*spans))
    return found
