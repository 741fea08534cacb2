"""Says that something is under way that takes a moment; keys wait for nothing meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from plannertui.tui.safety import words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import App, ComposeResult


PAINTED_SECONDS = 1.0
"""The longest that one waits for it to be seen, on a terminal that takes no bytes."""


class Working(ModalScreen[None], inherit_bindings=False):
    """One line over the screen, until whoever put it there takes it away."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """The line in its frame."""
        with Vertical(classes="dialog narrow"):
            yield Static(words(self.text), classes="question")


@asynccontextmanager
async def working(app: App[Any], text: str) -> AsyncIterator[None]:
    """Show ``text`` as long as the block takes; what is typed then goes nowhere."""
    screen = Working(text)
    await app.push_screen(screen)
    painted = asyncio.Event()
    screen.call_after_refresh(painted.set)
    try:
        # Seen before whatever it speaks of holds everything up.
        await asyncio.wait_for(painted.wait(), PAINTED_SECONDS)
    except TimeoutError:
        pass
    try:
        yield
    finally:
        if screen in app.screen_stack:
            await screen.dismiss()
