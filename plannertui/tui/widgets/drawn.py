"""Widgets drawn line by line: what a line is, and how only what differs is repainted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from plannertui.tui.safety import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.style import Style
    from textual import events

    from plannertui.tui.planner import Planner
    from plannertui.tui.themes import Frame

Span = tuple[str, str]
"""A text and the roles it plays, parted by blanks: ("14", "weekend shade-2")."""

ROLES = {
    "muted": "$muted",
    "faint": "$faint",
    "strong": "bold",
    "here": "$here",
    "ahead": "$ahead",
    "on-pace": "$on-pace",
    "behind": "$behind",
    "at-risk": "$at-risk",
    "track": "$faint",
    "time": "$foreground",
    "cursor": "on $block-cursor-blurred-background",
    "cursor-mark": "$muted",
    "heading": "bold $muted",
    "weekend": "$muted",
    "holiday": "$muted",
    "today": "bold underline $here",
    "selected": "bold",
    "line": "$line",
    "block": "on $here 12%",
    "held": "on $block-cursor-blurred-background",
    "reversed": "reverse",
    "selected-day": "on $surface",
    "shade-1": "on $here 16%",
    "shade-2": "on $here 32%",
    "shade-3": "on $here 52%",
}
"""How each role looks. Twenty component classes for each widget would be styled one by
one, which is a tenth of the time until the first paint; these are parsed once a theme."""

FOCUSED_ROLES = {"cursor": "on $block-cursor-background", "cursor-mark": "$here"}
"""How they look where one is."""


class Line(NamedTuple):
    """One line of cells; ``fill`` are roles that the whole width plays."""

    spans: tuple[Span, ...] = ()
    fill: str = ""

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(text for text, _ in self.spans)

    @property
    def width(self) -> int:
        """The cells that the line takes."""
        return sum(cell_len(text) for text, _ in self.spans)


BLANK = Line()


def line(*spans: Span, fill: str = "") -> Line:
    """A line of ``spans``, less the empty ones."""
    return Line(tuple(span for span in spans if span[0]), fill)


def flat(text: str) -> str:
    """``text`` as one line that a terminal can show, of a width that can be counted."""
    return safe(" ".join(text.split()))


def fit(text: str, width: int, frame: Frame) -> str:
    """``text`` on one line of at most ``width`` cells, its end cut where it is longer."""
    text = flat(text)
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return set_cell_size(text, width - 1).rstrip() + frame.ellipsis


def pad(text: str, width: int) -> str:
    """``text`` with blanks after it up to ``width`` cells."""
    return text + " " * (width - cell_len(text))


def pad_left(text: str, width: int) -> str:
    """``text`` with blanks before it up to ``width`` cells."""
    return " " * (width - cell_len(text)) + text


def differing(before: Line, after: Line, width: int) -> tuple[int, int]:
    """The cells from which and up to which two lines of ``width`` cells differ."""
    if before.fill != after.fill:
        return 0, width
    start, at = 0, 0
    for old, new in zip(before.spans, after.spans, strict=False):
        if old != new:
            break
        start += cell_len(new[0])
        at += 1
    end = width
    if before.width == after.width:
        left = min(len(before.spans), len(after.spans)) - at
        end = after.width
        for old, new in zip(
            reversed(before.spans), reversed(after.spans[at:]), strict=False
        ):
            if old != new or not left:
                break
            end -= cell_len(new[0])
            left -= 1
    return start, max(start + 1, end)


class Drawn(ScrollView, can_focus=True):
    """A widget that is a list of lines; a subclass says which by ``draw``."""

    FOCUSED: ClassVar[Mapping[str, str]] = FOCUSED_ROLES

    DEFAULT_CSS = """
    Drawn {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: transparent;
    }
    """

    def __init__(
        self, planner: Planner, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.planner = planner
        self.lines: Sequence[Line] = []
        self._drawn_width = -1
        self._role_styles: dict[tuple[bool, str], Style] = {}

    @property
    def frame(self) -> Frame:
        """The characters to draw with."""
        return self.planner.frame

    def draw(self, width: int) -> Sequence[Line]:
        """The lines at ``width`` cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again, and repaint the lines that differ."""
        width = self._room()
        if width <= 0:
            return
        old, new = self.lines, self.draw(width)
        if isinstance(new, list):
            # Whoever made it may go on with it.
            new = list(new)
        self.lines = new
        if width != self._drawn_width:
            self._drawn_width = width
            self.virtual_size = Size(width, len(new))
            self.refresh()
            return
        if len(old) != len(new):
            self.virtual_size = Size(width, len(new))
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        missing = BLANK
        for index in range(top, min(bottom, max(len(old), len(new)))):
            before = old[index] if index < len(old) else missing
            after = new[index] if index < len(new) else missing
            if before != after:
                start, end = differing(before, after, self.size.width)
                self.refresh(Region(start, index - top, end - start, 1))

    def _room(self) -> int:
        """The cells a line may take: the scrollbar's cell is kept free for it."""
        return self.scrollable_content_region.width

    def keep_in_view(self, first: int, last: int) -> None:
        """Scroll no more than is needed to show the lines from ``first`` to ``last``."""
        top, height = self.scroll_offset.y, self.size.height
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif last >= top + height > 0:
            self.scroll_to(y=min(first, last - height + 1), animate=False)

    @property
    def shown_text(self) -> str:
        """What is drawn, as plain text."""
        return "\n".join(each.text.rstrip() for each in self.lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are at ``width``."""
        return len(self.draw(max(1, width)))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All that there is."""
        return container.width

    def watch_show_vertical_scrollbar(self) -> None:
        """The scrollbar takes a cell from the lines, or gives it back."""
        self.call_after_refresh(self.redraw)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the new width."""
        self.redraw()

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._role_styles.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        """Show where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self.refresh()

    def role_style(self, roles: str) -> Style:
        """The style of ``roles``, the later ones over the earlier."""
        key = (self.has_focus, roles)
        style = self._role_styles.get(key)
        if style is None:
            looks = {**ROLES, **self.FOCUSED} if self.has_focus else ROLES
            parse = self.app.stylesheet.parse_style
            visual = self.visual_style
            for role in roles.split():
                visual += parse(looks[role])
            style = self._role_styles[key] = visual.rich_style
        return style

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of what is in view."""
        width = self.size.width
        index = y + self.scroll_offset.y
        shown = self.lines[index] if index < len(self.lines) else BLANK
        base = self.role_style(shown.fill)
        segments = [
            Segment(text, self.role_style(f"{shown.fill} {roles}"))
            for text, roles in shown.spans
        ]
        return Strip(segments).adjust_cell_length(width, base).simplify()
