"""A paragraph of somebody's text, wrapped by our own rules."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from plannertui.tui.wrapping import wrap


class Prose(Widget):
    """Text that is never markup; ``most`` lines at the most, the last with an ellipsis."""

    DEFAULT_CSS = """
    Prose { height: auto; width: 1fr; }
    """

    text = reactive("")

    def __init__(
        self,
        text: str = "",
        *,
        most: int = 0,
        ellipsis: str = "…",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.most = most
        self.ellipsis = ellipsis
        self.set_reactive(Prose.text, text)

    def watch_text(self, old: str, new: str) -> None:
        """Ask for another height only where it is another one."""
        width = self.content_size.width
        if len(self._wrapped(old, width)) != len(self._wrapped(new, width)):
            self.refresh(layout=True)

    def lines(self, width: int) -> list[str]:
        """What is shown at ``width`` cells."""
        return self._wrapped(self.text, width)

    def _wrapped(self, text: str, width: int) -> list[str]:
        if not text:
            return []
        if not self.most:
            return wrap(text, width)
        # A long text is cut before it is wrapped: only its beginning can be seen.
        ahead = text[: (self.most + 1) * max(width, 1) * 2]
        lines = wrap(ahead, width)
        if len(lines) > self.most:
            last = wrap(lines[self.most - 1], max(1, width - len(self.ellipsis)))
            lines = [*lines[: self.most - 1], (last or [""])[0] + self.ellipsis]
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes."""
        return len(self.lines(width))

    def render(self) -> Content:
        """The wrapped text."""
        return Content("\n".join(self.lines(self.content_size.width)))
