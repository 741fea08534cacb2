"""The situations: what is not over first, what is over under it; and one, read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.core.situation_answers import resume_at, sheet
from plannertui.core.situation_steps import STEPS
from plannertui.core.situations import LIVE, Situation
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import priorities, situations
from plannertui.tui import labels
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.panes.situation_draft import begun
from plannertui.tui.safety import say, telling, words
from plannertui.tui.widgets.drawn import BLANK, Line, fit, line, pad
from plannertui.tui.widgets.rows import Row, RowList, heading, paragraph
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.tui.planner import Planner

LABEL = 18


class Rows(RowList):
    """Rows that are read again when there is room for them once more."""

    class Resized(Message):
        """There is another width to draw for, after having been hidden, say."""

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new width, and say so."""
        super().on_resize(event)
        self.post_message(self.Resized())


class SituationList(Vertical):
    """Every situation; keys go on with one, begin another, close it."""

    DEFAULT_CSS = """
    SituationList RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "go_on",
            N_("open"),
            id="situations.go_on",
            tooltip=N_(
                "Go on with the situation where you were; read one that is over."
            ),
        ),
        bind(
            "n",
            "new",
            N_("new"),
            id="situations.new",
            tooltip=N_("Begin a new situation: six steps, five minutes."),
        ),
        bind(
            "m",
            "message",
            N_("message"),
            id="situations.message",
            tooltip=N_("See the message, copy it, note that it is out."),
        ),
        bind(
            "c",
            "close",
            N_("close"),
            id="situations.close",
            tooltip=N_("It is over: four lines, and what your leader in fact wanted."),
        ),
        bind(
            "v",
            "void",
            N_("set aside"),
            id="situations.void",
            tooltip=N_("It was no situation after all; u brings it back."),
            show=False,
        ),
        bind(
            "o",
            "reopen",
            N_("reopen"),
            id="situations.reopen",
            tooltip=N_("Go on with one that is over."),
            show=False,
        ),
    ]

    class Picked(Message):
        """Go on with a situation, or begin one: ``situation`` None; ``to`` a part of it."""

        def __init__(self, situation: Situation | None, to: str = "") -> None:
            self.situation = situation
            self.to = to
            super().__init__()

    class Moved(Message):
        """The cursor is on another ``situation``, or on none."""

        def __init__(self, situation: Situation | None) -> None:
            self.situation = situation
            super().__init__()

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.found: dict[int, Situation] = {}
        self._wanted = 0

    def compose(self) -> ComposeResult:
        """The list."""
        yield Rows(self.planner, self._rows)

    def on_mount(self) -> None:
        """Name the panel."""
        self.border_title = _("Situations")

    @property
    def rows(self) -> RowList:
        """The rows."""
        return self.query_one(RowList)

    @property
    def current(self) -> Situation | None:
        """The situation one is on, None on the line that begins a new one."""
        row = self.rows.row
        return None if row is None else self.found.get(row.key)

    def reload(self) -> None:
        """Read again; the cursor stays on its situation."""
        every = situations.ls(self.planner.db, None)
        self.found = {each.id: each for each in every}
        self.rows.reload()
        self.refresh_bindings()
        self.post_message(self.Moved(self.current))

    def go_to(self, number: int) -> bool:
        """Go to the situation with this id; whether it is there now."""
        self._wanted = number
        return self.rows.go_to("situation", [number])

    @on(Rows.Resized)
    def resized(self, event: Rows.Resized) -> None:
        """Read again what was read while hidden, and go where one wanted to."""
        event.stop()
        self.reload()
        if self._wanted and self.go_to(self._wanted):
            self._wanted = 0

    def _rows(self, width: int) -> list[Row]:
        live = [each for each in self.found.values() if each.state in LIVE]
        over = [each for each in self.found.values() if each.state not in LIVE]
        frame = self.planner.frame
        rows: list[Row] = []
        for each in live:
            rows += [self._row(each, width), Row((BLANK,))]
        typed = begun(self.planner)
        begin = (
            _("Go on with: {line}").format(line=typed)
            if typed
            else _("Begin: what has happened, in one line?")
        )
        rows.append(Row((line((fit(begin, width, frame), "here")),), "new", 0))
        if not live:
            about = _(
                "Six steps from your leader's chair, about five minutes. Enter begins; "
                "every step may be left out, and each is saved."
            )
            rows.append(Row(tuple(paragraph(about, width, "muted"))))
        if over:
            rows.append(Row((BLANK,)))
            count = ngettext("{count} situation", "{count} situations", len(over))
            rows.append(
                heading(_("Over"), count.format(count=len(over)), "", width, frame)
            )
            rows += [self._row(each, width) for each in over]
        return rows

    def _row(self, situation: Situation, width: int) -> Row:
        """A situation on two lines: what, then kind, state and when."""
        frame, live = self.planner.frame, situation.state in LIVE
        handle = pad(situation.handle, 5)
        said = fit(situation.line, width - len(handle), frame)
        parts = [kind_word(situation.kind), state_word(situation.state)]
        if situation.state == "open":
            at = resume_at(situation)
            parts.append(f"{at + 1}/{len(STEPS)} {_(STEPS[at].title)}")
        when = labels.day_words(situation.day, self.planner.today)
        parts.append(f"{when} {labels.clock(situation.at)}".strip())
        about = fit(f" {frame.dot} ".join(parts), width - len(handle), frame)
        return Row(
            (
                line((handle, "muted"), (said, "strong" if live else "")),
                line((" " * len(handle), ""), (about, "muted")),
            ),
            "situation",
            situation.id,
            situation.handle,
        )

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        """Show the situation one is on beside the list."""
        event.stop()
        self.refresh_bindings()
        self.post_message(self.Moved(self.current))

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        """Two clicks open."""
        event.stop()
        self.action_go_on()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing to what one is on are not there."""
        if action in ("message", "close", "void", "reopen"):
            current = self.current if self.is_mounted else None
            if current is None:
                return False
            if action == "reopen":
                return current.state not in LIVE
            return action != "void" or current.state in LIVE
        return super().check_action(action, parameters)

    # -- verbs -------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Go on with the one one is on."""
        self.post_message(self.Picked(self.current))

    def action_new(self) -> None:
        """Begin a new one."""
        self.post_message(self.Picked(None))

    def action_message(self) -> None:
        """See the message."""
        if self.current is not None:
            self.post_message(self.Picked(self.current, "message"))

    def action_close(self) -> None:
        """Close it, or look at the lines of the close again."""
        if self.current is not None:
            self.post_message(self.Picked(self.current, "close"))

    def action_void(self) -> None:
        """Set it aside."""
        current, planner = self.current, self.planner
        if current is None:
            return
        with telling(self):
            if current.state not in LIVE:
                say(self, _("{handle} is over.").format(handle=current.handle))
                return
            situations.void(planner.db, current, planner.today, planner.now())
            said = _("{handle} is set aside; u brings it back.")
            self.post_message(Changed(said.format(handle=current.handle)))

    def action_reopen(self) -> None:
        """Go on with one that is over."""
        current, planner = self.current, self.planner
        if current is None or current.state in LIVE:
            return
        with telling(self):
            situations.reopen(planner.db, current, planner.now())
            said = _("{handle} is open again.")
            self.post_message(Changed(said.format(handle=current.handle)))


class SituationSheet(Vertical):
    """One situation, read step by step."""

    DEFAULT_CSS = """
    SituationSheet RowList { height: 1fr; }
    """

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.situation: Situation | None = None

    def compose(self) -> ComposeResult:
        """What was answered."""
        yield RowList(self.planner, self._rows)

    def show(self, situation: Situation | None) -> None:
        """Show ``situation``; None explains what there will be."""
        self.situation = situation
        title = _("How it goes") if situation is None else situation.handle
        self.border_title = words(title)
        self.query_one(RowList).reload()

    def _rows(self, width: int) -> list[Row]:
        situation = self.situation
        if situation is None:
            said = _(
                "The line, the facts, your leader's chair, the heart of it, the ways, "
                "the move: then a message, and a promise to report again."
            )
            return [Row(tuple(paragraph(said, width, "muted")))]
        known = {
            each.handle: each.text
            for each in priorities.ls(self.planner.db, None, past=True)
        }
        rows = [Row(tuple(paragraph(situation.line, width, "strong")))]
        for title, answers in sheet(situation, known):
            rows += [Row((BLANK,)), Row((line((title, "heading")),))]
            for label, lines in answers:
                rows.append(Row(tuple(self._answer(label, lines, width))))
        return rows

    def _answer(self, label: str, lines: list[str], width: int) -> list[Line]:
        """A label, and what was answered beside it."""
        left = min(LABEL, max(8, width // 3))
        found: list[Line] = []
        for text in lines:
            for part in wrap(text, max(4, width - left)):
                head = "" if found else fit(label, left - 1, self.planner.frame)
                found.append(line((pad(head, left), "muted"), (part, "")))
        return found
