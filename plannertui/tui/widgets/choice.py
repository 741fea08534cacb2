"""One of a few, chosen with the arrow keys on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual._cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Size


class Choice(Widget, can_focus=True):
    """The names of a few values in a row, the chosen one between brackets.

    Where they do not fit, they go on in the next line.

    ``options`` are (value, word) pairs; the words are ours, never the user's.
    """

    DEFAULT_CSS = """
    Choice {
        height: auto;
        width: 1fr;
        & > .choice--on { text-style: bold; }
        & > .choice--off { color: $muted; }
        &:focus > .choice--on { color: $here; }
        &:focus { background: $here-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--on", "choice--off"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "left,h",
            "step(-1)",
            N_("previous"),
            id="choice.previous",
            tooltip=N_("Choose the one before."),
            show=False,
        ),
        bind(
            "right,l,space",
            "step(1)",
            N_("next"),
            id="choice.next",
            tooltip=N_("Choose the next one."),
            show=False,
        ),
    ]

    value = reactive("")

    class Picked(Message):
        """Another value of ``choice`` was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            self.choice = choice
            self.value = value
            super().__init__()

        @property
        def control(self) -> Choice:
            """The choice that changed."""
            return self.choice

    def __init__(
        self,
        options: list[tuple[str, str]],
        value: str,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.choices = options
        self.set_reactive(Choice.value, value)

    def watch_value(self, value: str) -> None:
        """Tell the owner."""
        if self.is_mounted:
            self.post_message(self.Picked(self, value))

    def action_step(self, by: int) -> None:
        """Move to a neighbour, round the ends; where none is chosen, begin at an end."""
        values = [value for value, _ in self.choices]
        if self.value not in values:
            self.value = values[0 if by > 0 else -1]
        else:
            here = values.index(self.value)
            self.value = values[(here + by) % len(values)]

    def _rows(self, width: int) -> list[list[tuple[str, str]]]:
        """The choices line by line, in ``width`` cells."""
        rows: list[list[tuple[str, str]]] = []
        left = 0
        for value, word in self.choices:
            need = cell_len(word) + 2
            if not rows or need > left:
                rows.append([])
                left = width
            rows[-1].append((value, word))
            left -= need + 1
        return rows

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As much as all of them take on one line."""
        return sum(cell_len(word) + 3 for _value, word in self.choices) - 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as they take."""
        return len(self._rows(width))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        rows = self._rows(self.content_size.width)
        if not 0 <= event.y < len(rows):
            return
        x = 0
        for value, word in rows[event.y]:
            width = cell_len(word) + 3
            if x <= event.x < x + width:
                self.value = value
                return
            x += width

    def render(self) -> Content:
        """The words; the chosen one in brackets, so that colour is not needed."""
        on = self.get_visual_style("choice--on")
        off = self.get_visual_style("choice--off")
        return Content("\n").join(
            Content(" ").join(
                Content(f"[{word}]").stylize(on)
                if value == self.value
                else Content(f" {word} ").stylize(off)
                for value, word in row
            )
            for row in self._rows(self.content_size.width)
        )
