"""The program as far as it paints: only what differs is sent, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App

from plannertui.tui.painting import Canvas, Painting

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

CALM_SECONDS = 0.05


class Painted(App[None], inherit_bindings=False):
    """A program that knows what its terminal shows."""

    def __init__(self, **options: Any) -> None:
        self.canvas = Canvas()
        self._resized: Timer | None = None
        super().__init__(**options)

    def refresh(
        self, *, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Lay out again what was asked for; it is asked for when a screen has closed.

        Whoever comes back from it has been painted by then: once is enough.
        """
        once = repaint and not layout
        super().refresh(repaint=once, layout=layout, recompose=recompose)
        return self

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Send to the terminal what differs from what it shows."""
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self.canvas.fit(self.size)
            renderable = Painting(renderable, self.canvas)
        super()._display(screen, renderable)

    def on_resize(self) -> None:
        """What a terminal shows after its size changed is anybody's guess: draw it anew.

        Also when it came back to the size that it had; and once, after many changes.
        """
        self.canvas.forget()
        if self._resized is not None:
            self._resized.stop()
            self._resized = self.set_timer(CALM_SECONDS, self.action_redraw)
        else:
            # The size that one begins with is no change.
            self._resized = self.set_timer(0, lambda: None)

    def action_redraw(self) -> None:
        """Draw everything again, for when something else wrote on the terminal."""
        self.canvas.forget()
        self.screen.refresh()
