"""Two texts of one thing, the saved one and one's own, to choose between."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from plannertui.i18n import gettext as _
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.keys import N_, bind
from plannertui.tui.safety import words
from plannertui.tui.widgets.prose import Prose
from plannertui.tui.wrapping import wrap

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

Answer = Literal["saved", "mine", "both"]

WIDE = 84
MOST_CHARACTERS = 20_000


class Side(Prose):
    """A text whose paragraphs stand out where the other text does not have them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"side--same"}
    DEFAULT_CSS = """
    Side > .side--same { color: $muted; }
    """

    def __init__(self, text: str, other: str) -> None:
        super().__init__(text[:MOST_CHARACTERS])
        self.known = {line.strip() for line in other.split("\n")}

    def render(self) -> Content:
        """The wrapped paragraphs."""
        same = self.get_visual_style("side--same")
        width = self.content_size.width
        parts = []
        for paragraph in self.text.split("\n"):
            part = Content("\n".join(wrap(paragraph, width) or [""]))
            parts.append(
                part.stylize(same) if paragraph.strip() in self.known else part
            )
        return Content("\n").join(parts)


class CompareDialog(Dialog[Answer]):
    """Shows ``saved`` and ``mine`` of what is called ``name``; nothing is lost by Esc.

    ``later`` is what Esc does, in words.
    """

    DEFAULT_CSS = """
    CompareDialog {
        & #sides { layout: vertical; height: auto; }
        & .side { height: auto; max-height: 9; scrollbar-size-vertical: 1; }
        & .side:focus { background: $here-muted; }
        & .heading { color: $muted; text-style: bold; }
        & .half { height: auto; width: 1fr; margin-bottom: 1; }
        &.-wide #sides { layout: horizontal; }
        &.-wide .side { max-height: 24; }
        &.-wide .half { margin-right: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "m",
            "answer('mine')",
            N_("take mine"),
            id="compare.mine",
            tooltip=N_(
                "Put what you wrote in place of the saved text; u takes it back."
            ),
        ),
        bind(
            "s",
            "answer('saved')",
            N_("leave the saved"),
            id="compare.saved",
            tooltip=N_("Leave the saved text, and put what you wrote into the trash."),
        ),
        bind(
            "b,enter",
            "answer('both')",
            N_("keep both"),
            id="compare.both",
            tooltip=N_("Leave the saved text, and keep yours as an entry of its own."),
        ),
    ]

    def __init__(self, name: str, saved: str, mine: str, later: str) -> None:
        super().__init__()
        self.called = name
        self.saved = saved
        self.mine = mine
        self.later = later

    def compose(self) -> ComposeResult:
        """One beside the other, or under it where there is no room."""
        with Vertical(classes="dialog wide") as box:
            box.border_title = words(
                _("{name} in two versions").format(name=self.called)
            )
            with Container(id="sides"):
                yield self._half("saved", _("Saved now"), self.saved, self.mine)
                yield self._half("mine", _("What you wrote"), self.mine, self.saved)
            keys = _("m take mine   s leave the saved   b keep both   Tab ↑↓ read")
            yield Static(words(f"{keys}   {self.later}"), classes="keys")

    def _half(self, name: str, heading: str, text: str, other: str) -> Vertical:
        side = VerticalScroll(Side(text, other), classes="side", id=f"side-{name}")
        return Vertical(Static(words(heading), classes="heading"), side, classes="half")

    def on_resize(self, event: events.Resize) -> None:
        """Side by side where both can be read."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def action_answer(self, answer: Answer) -> None:
        """Say which."""
        self.dismiss(answer)
