"""A short answer under a question: one line, or a list with a line for each thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from plannertui.tui.editor import Editor
from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.content import Content

    from plannertui.tui.planner import Planner


class Reply(Editor):
    """A text that wraps and grows. Enter goes on; its owner keeps the draft.

    With ``many`` Enter adds a line, and goes on from an empty one. At its edges the arrow
    keys lead to the neighbours.
    """

    DEFAULT_CSS = """
    Reply, Reply:focus {
        height: auto;
        min-height: 1;
        max-height: 6;
        width: 1fr;
        padding: 0 1;
        scrollbar-size-vertical: 0;
    }
    Reply { background: $surface; }
    Reply:focus { background: $here-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "escape",
            "leave",
            N_("save and leave"),
            id="reply.leave",
            tooltip=N_("Save what is written, and leave at once."),
        ),
        bind(
            "ctrl+s",
            "save",
            N_("save"),
            id="reply.save",
            tooltip=N_("Save this step, and stay."),
            show=False,
        ),
        bind(
            "up",
            "up",
            N_("up"),
            id="reply.up",
            tooltip=N_("Go up; from the first line to the answer before."),
            show=False,
        ),
        bind(
            "down",
            "down",
            N_("down"),
            id="reply.down",
            tooltip=N_("Go down; from the last line to the next answer."),
            show=False,
        ),
    ]

    class Done(Message):
        """Enter: ``reply`` is answered, or passed over."""

        def __init__(self, reply: Reply) -> None:
            self.reply = reply
            super().__init__()

    class Edge(Message):
        """An arrow key leads out of ``reply``: -1 up, 1 down."""

        def __init__(self, reply: Reply, by: int) -> None:
            self.reply = reply
            self.by = by
            super().__init__()

    def __init__(
        self,
        planner: Planner,
        text: str = "",
        *,
        many: bool = False,
        hint: str | Content = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(planner, placeholder=hint, id=id, classes=classes)
        self.many = many
        self._first = text
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Show what was answered before, the cursor at its end."""
        self.load("", self._first)

    def put_in(self, text: str) -> None:
        """Show another text."""
        self.load("", text)

    def tidy(self) -> None:
        """Take the empty lines out."""
        lines = [line for line in self.text.split("\n") if line.strip()]
        if "\n".join(lines) != self.text:
            self.put_in("\n".join(lines))

    async def _on_key(self, event: events.Key) -> None:
        if event.key != "enter":
            return
        event.stop()
        event.prevent_default()
        row, _column = self.cursor_location
        if self.many and self.document[row].strip() and not self.read_only:
            self.move_cursor((row, len(self.document[row])))
            self.put("\n")
        else:
            self.post_message(self.Done(self))

    def _receive(self, text: str) -> None:
        super()._receive(text if self.many else " ".join(text.split()))

    def action_up(self) -> None:
        """Go up a line, or out of it."""
        if self._at_edge(-1):
            self.post_message(self.Edge(self, -1))
        else:
            self.action_cursor_up()

    def action_down(self) -> None:
        """Go down a line, or out of it."""
        if self._at_edge(1):
            self.post_message(self.Edge(self, 1))
        else:
            self.action_cursor_down()

    def _at_edge(self, by: int) -> bool:
        """Whether the cursor is on the first or last line that is shown."""
        offset = self.wrapped_document.location_to_offset(self.cursor_location)
        last = self.wrapped_document.height - 1
        return offset.y <= 0 if by < 0 else offset.y >= last
