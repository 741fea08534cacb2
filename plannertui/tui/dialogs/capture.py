"""The capture line: one line, one Enter, from wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from plannertui.core.capture import complete_at, parse
from plannertui.core.errors import PlannerError
from plannertui.core.praise import advice
from plannertui.core.text import fit
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import refs
from plannertui.store.capture import Filed, file_capture
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.drafting import Drafting
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import say, telling, words
from plannertui.tui.wording import day_near, short_day

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from plannertui.core.capture import Capture
    from plannertui.tui.planner import Planner

TARGET = "new:capture"
QUIET_SECONDS = 0.4
MOST_COMPLETIONS = 6
MATTERS = ("promise", "waiting", "ask", "grey", "task")


def marks_line() -> Content:
    """The marks and what they make of a line."""
    said = (
        ("+", _("win")),
        (">", _("promise")),
        ("<", _("waiting for")),
        ("?", _("ask")),
        ("!", _("warning")),
        ("~", _("grey")),
        ("*", _("lesson")),
    )
    parts = [
        Content.assemble((mark, "bold $foreground"), (f" {word}", "$muted"))
        for mark, word in said
    ]
    return Content("  ").join(parts)


class CaptureInput(Input):
    """The field of the capture line; the keys of its completions are the dialog's."""


class CaptureLine(Dialog[Filed]):
    """Writes one line down; dismissed with what became of it, or None.

    Whatever is typed is kept as a draft from 0.4 s after the last key on.
    """

    KEPT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "down,ctrl+n",
            "choose(1)",
            N_("next suggestion"),
            id="capture.down",
            tooltip=N_("Choose the next suggestion."),
            show=False,
            priority=True,
        ),
        bind(
            "up",
            "choose(-1)",
            N_("suggestion before"),
            id="capture.up",
            tooltip=N_("Choose the suggestion before."),
            show=False,
            priority=True,
        ),
        bind(
            "tab",
            "complete",
            N_("complete"),
            id="capture.complete",
            tooltip=N_("Take the suggestion."),
            priority=True,
        ),
    ]

    def __init__(
        self, planner: Planner, text: str = "", *, behind: bool = False
    ) -> None:
        """``text`` stands there at first; ``behind`` what is going to be typed."""
        super().__init__()
        self.planner = planner
        self.given = text
        self.behind = behind
        self.drafting = Drafting(planner)
        self._timer: Timer | None = None
        self._found: list[str] = []
        # The text that could not be kept when it was to be left.
        self._refused: str | None = None

    def compose(self) -> ComposeResult:
        """Suggestions, the line, and what it will do."""
        with Vertical(id="capture", classes="bottom-dialog") as box:
            box.border_title = words(_("Write it down"))
            box.border_subtitle = words(
                _("Enter file   Tab complete   Esc keep as draft")
            )
            yield OptionList(id="suggestions", compact=True)
            yield CaptureInput(self.given, select_on_focus=False)
            yield Static(marks_line(), id="preview")

    def on_mount(self) -> None:
        """Take up a line that was left behind."""
        self.query_one(OptionList).display = False
        self.planner.keep(self._keep)
        field = self.query_one(Input)
        draft = self.drafting.open(TARGET, self.given if self.behind else "", 0)
        at = 0 if self.behind else None
        if draft is not None and not self.drafting.elsewhere(draft):
            self.drafting.take(draft)
            if self.behind or not self.given:
                field.value, at = draft.body, None
        field.focus()
        field.cursor_position = len(field.value) if at is None else at
        self._look()

    def on_unmount(self) -> None:
        """Keep what is there, whatever closed the line."""
        self.drafting.flush()
        self.planner.let_go(self._keep)

    def _keep(self) -> None:
        """Write the draft; raises where it cannot be."""
        drafting = self.drafting
        if not drafting.flush() and drafting.pending and drafting.error is not None:
            raise drafting.error

    def action_leave(self) -> None:
        """Go back; what cannot be kept as a draft stays here, until Esc comes again."""
        with telling(self) as told:
            self._keep()
        text = self.query_one(Input).value
        if told.failed and self._refused != text:
            self._refused = text
            say(self, _("It cannot be kept: Esc again leaves without it."), "warning")
            return
        super().action_leave()

    # -- reading -----------------------------------------------------------------------

    def _parse(self, text: str) -> Capture:
        planner = self.planner
        return parse(
            text,
            today=planner.today,
            resolve=lambda name: refs.resolve(planner.db, name),
            year_start=planner.settings.year_start,
        )

    def _reading(self, text: str, unfinished: str = "") -> Content:
        """What Enter will do with ``text``, or what is wrong with it.

        ``unfinished`` is the name under the cursor while there are suggestions for it.
        """
        if not text.strip():
            return marks_line()
        try:
            capture = self._parse(text)
        except PlannerError as error:
            return Content.styled(error.message, "$warning")
        if unfinished:
            capture.unresolved = [
                name for name in capture.unresolved if name.lstrip("@＠") != unfinished
            ]
        return reading(capture, self.planner, self.size.width - 8)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Say what is understood, suggest, and keep a draft soon."""
        self.drafting.text = event.value
        if self._timer is None:
            self._timer = self.set_timer(QUIET_SECONDS, self._keep_soon)
        self._look()

    def _keep_soon(self) -> None:
        self._timer = None
        with telling(self):
            self._keep()

    def _look(self) -> None:
        field = self.query_one(Input)
        self._suggest(field)
        at = complete_at(field.value, field.cursor_position) if self._found else None
        said = self._reading(field.value, at[1] if at else "")
        self.query_one("#preview", Static).update(said)

    # -- suggestions -------------------------------------------------------------------

    def _suggest(self, field: Input) -> None:
        """Show what the unfinished name before the cursor may become."""
        found: list[tuple[str, str]] = []
        at = complete_at(field.value, field.cursor_position)
        if at is not None and at[2] == "@":
            for handle, label, noun in refs.complete(
                self.planner.db, at[1], MOST_COMPLETIONS
            ):
                found.append((handle, f"{label}  {kind_word(noun)}"))
        elif at is not None:
            for name, count in refs.tags(self.planner.db, at[1])[:MOST_COMPLETIONS]:
                found.append((name, str(count)))
        if at is not None and len(found) == 1 and found[0][0] == at[1]:
            found = []
        taken = [name for name, _label in found]
        suggestions = self.query_one(OptionList)
        suggestions.display = bool(found)
        if taken == self._found:
            return
        self._found = taken
        suggestions.clear_options()
        width = max(20, self.size.width - 10)
        suggestions.add_options(
            Option(
                Content.assemble(
                    (f"{name:<8}", "bold"), (" " + fit(said, width - 9), "$muted")
                )
            )
            for name, said in found
        )
        if found:
            suggestions.highlighted = 0

    def action_choose(self, by: int) -> None:
        """Move among the suggestions."""
        if self._found:
            suggestions = self.query_one(OptionList)
            here = suggestions.highlighted or 0
            suggestions.highlighted = (here + by) % len(self._found)

    def action_complete(self) -> None:
        """Put the chosen suggestion into the line."""
        field = self.query_one(Input)
        at = complete_at(field.value, field.cursor_position)
        if not self._found or at is None:
            return
        name = self._found[self.query_one(OptionList).highlighted or 0]
        start, after = at[0], field.value[field.cursor_position :]
        gap = "" if after.startswith(" ") else " "
        field.value = f"{field.value[:start]}{name}{gap}{after}"
        field.cursor_position = start + len(name) + 1

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """A suggestion was clicked."""
        self.action_complete()
        self.query_one(Input).focus()

    # -- filing ------------------------------------------------------------------------

    @on(Input.Submitted)
    def file(self, event: Input.Submitted) -> None:
        """File the line; what cannot be read stays in it."""
        if not event.value.strip():
            self.dismiss(None)
            return
        planner = self.planner
        with telling(self) as told:
            filed = file_capture(
                planner.db,
                self._parse(event.value),
                day=planner.today,
                now=planner.now(),
            )
        if told.failed:
            return
        self.drafting.settle(TARGET, "", 0)
        self.drafting.text = ""
        self.dismiss(filed)


def reading(capture: Capture, planner: Planner, width: int) -> Content:
    """What will become of ``capture``, within ``width`` cells where it can be."""
    dot = f" {planner.frame.dot} "
    parts = [Content.styled(kind_word(capture.kind), "bold $here")]
    if capture.kind in MATTERS or capture.kind == "warn":
        if capture.date is not None:
            due = _("due {day}") if capture.kind != "warn" else _("about {day}")
            parts.append(
                Content.styled(due.format(day=short_day(capture.date)), "$foreground")
            )
        elif capture.kind == "promise":
            parts.append(Content.styled(_("no due date; add ^fri"), "$muted"))
    else:
        day = capture.date or planner.today
        parts.append(Content(day_near(day, planner.today)))
    for _number, handle, label, _noun in capture.refs:
        name = fit(label, 24)
        parts.append(Content(f"{planner.frame.arrow} {handle} {name}"))
    parts.extend(Content(f"#{tag}") for tag in capture.tags)
    if capture.number is not None:
        parts.append(Content(f"n {capture.number:+g}"))
    if capture.revisit is not None:
        again = _("again on {day}").format(day=short_day(capture.revisit))
        parts.append(Content(again))
    for name in capture.unresolved:
        parts.append(
            Content.styled(
                _("{name} stays as text").format(name=fit(name, 24)), "$warning"
            )
        )
    if capture.kind == "win" and (said := advice(capture.text)):
        parts.append(Content.styled(said, "$warning"))
    return (
        Content.styled(dot, "$faint").join(parts).truncate(max(1, width), ellipsis=True)
    )


def reply(filed: Filed, planner: Planner) -> str:
    """One line about what was filed, as the shell says it."""
    dot = f" {planner.frame.dot} "
    parts = [filed.handle, kind_word(filed.kind), day_near(filed.day, planner.today)]
    if filed.due is not None:
        parts.append(_("due {day}").format(day=short_day(filed.due)))
    return dot.join(parts)
