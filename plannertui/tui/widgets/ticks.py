"""A few lines, each with a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets.drawn import fit, pad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Size

    from plannertui.tui.planner import Planner


class Tick(NamedTuple):
    """One line: what it stands for, its text, and a word at its end."""

    value: str
    text: str
    about: str


class Ticks(Widget, can_focus=True):
    """Boxes; Space ticks the one that one is on."""

    DEFAULT_CSS = """
    Ticks {
        height: auto;
        width: 1fr;
        & > .ticks--here { background: $surface; }
        & > .ticks--about { color: $muted; }
        &:focus > .ticks--here { background: $here-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"ticks--here", "ticks--about"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "space,x",
            "tick",
            N_("tick"),
            id="ticks.tick",
            tooltip=N_("Tick the line one is on, or take the tick back."),
        ),
        bind(
            "up,k",
            "step(-1)",
            N_("up"),
            id="ticks.up",
            tooltip=N_("Go to the line above."),
            show=False,
        ),
        bind(
            "down,j",
            "step(1)",
            N_("down"),
            id="ticks.down",
            tooltip=N_("Go to the line below."),
            show=False,
        ),
    ]

    at = reactive(0)
    ticked: reactive[frozenset[str]] = reactive(frozenset())

    class Ticked(Message):
        """A box was ticked, or emptied."""

    class Edge(Message):
        """An arrow key leads out of it: -1 up, 1 down."""

        def __init__(self, ticks: Ticks, by: int) -> None:
            self.ticks = ticks
            self.by = by
            super().__init__()

    def __init__(
        self,
        planner: Planner,
        lines: Sequence[Tick],
        ticked: Sequence[str],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.lines = list(lines)
        self.set_reactive(Ticks.ticked, frozenset(ticked))

    @property
    def values(self) -> list[str]:
        """What is ticked, in the order of the lines; what no line stands for stays."""
        shown = [line.value for line in self.lines]
        rest = sorted(self.ticked - set(shown))
        return [value for value in shown if value in self.ticked] + rest

    def action_tick(self) -> None:
        """Tick the line, or take the tick back."""
        if self.lines:
            self.ticked = self.ticked ^ {self.lines[self.at].value}
            self.post_message(self.Ticked())

    def action_step(self, by: int) -> None:
        """Go to a neighbour, or out of it."""
        to = self.at + by
        if 0 <= to < len(self.lines):
            self.at = to
        else:
            self.post_message(self.Edge(self, by))

    def on_click(self, event: events.Click) -> None:
        """Tick what was clicked."""
        if 0 <= event.y < len(self.lines):
            self.at = event.y
            self.action_tick()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each."""
        return max(1, len(self.lines))

    def render(self) -> Content:
        """The boxes, the texts, and the words at the end."""
        width = self.content_size.width
        frame = self.planner.frame
        here = self.get_visual_style("ticks--here")
        about = self.get_visual_style("ticks--about")
        end = max((cell_len(line.about) for line in self.lines), default=0)
        found = []
        for number, line in enumerate(self.lines):
            box = "[x] " if line.value in self.ticked else "[ ] "
            room = max(4, width - len(box) - end - 3)
            body = Content(box + pad(fit(line.text, room, frame), room) + "  ")
            basis = Content(pad(line.about, end + 1)).stylize(about)
            row = Content.assemble(body, basis)
            found.append(row.stylize(here) if number == self.at else row)
        return Content("\n").join(found)
