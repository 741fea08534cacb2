"""Keys that arrive while an earlier one is still being answered wait for it.

Textual hands each key to whatever has the focus when the key arrives. Of a quick "a", and
a line of text after it, the first letters would still reach the pane as commands, and a
"d" among them would delete something. So a key that is not just typed into a field holds
back the ones behind it until it was handled, and the dialog it opens is there. And a key
that may be handled at once, such as one that saves, waits for the letters before it.

A screen that puts other fields in the place of those it has says so by ``changing``.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from plannertui.tui.pen import is_field

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.timer import Timer

LONGEST_WAIT = 10.0
"""Seconds after which the keys go on, whatever became of the one before: a slow machine
may need some to open a dialog, and until then a letter would be a command."""

LOOK = 0.02
"""Seconds between two looks at whether what is waited for is still there."""

SHORTEST_WAIT = 0.002
HOPS = 3
"""Turns of the loop in which a worker that a key started comes to push its screen."""


class TypeAhead:
    """Lets keys through to the ``app`` one after the other, in their order."""

    def __init__(
        self, app: App[None], handle: Callable[[events.Event], Awaitable[None]]
    ) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[events.Event] = deque()
        self._busy = False
        self._field: MessagePump | None = None
        self._turn = 0
        self._at: MessagePump = app
        self._go: Callable[[], object] = self._release
        self._until = 0.0
        self._timer: Timer | None = None

    async def take(self, event: events.Event) -> None:
        """Handle ``event``, a key or a paste, now or when its turn has come."""
        self._waiting.append(event)
        if not self._busy:
            await self._go_on()

    def take_back(self) -> list[events.Event]:
        """What waits, in its order; it is not going to be handled here."""
        waiting = list(self._waiting)
        self._waiting.clear()
        return waiting

    def forget(self) -> None:
        """Hold on to nothing that has been removed."""
        self._field, self._at, self._go = None, self._app, self._release

    async def _go_on(self) -> None:
        while self._waiting and not self._busy:
            event = self._waiting[0]
            target = self._app.focused or self._app.screen
            typed = is_field(target) and (
                isinstance(event, events.Paste)
                or (isinstance(event, events.Key) and event.is_printable)
            )
            field, self._field = self._field, target if typed else None
            if field is not None and not typed and self._fill(field):
                return
            self._waiting.popleft()
            await self._handle(event)
            if not typed:
                self._hold(target)

    def _fill(self, field: MessagePump) -> bool:
        """Wait until ``field`` has its letters; False when it is gone."""
        if _ended(field):
            return False
        self._begin()
        self._ask(field, partial(self._filled, self._turn))
        return True

    def _filled(self, turn: int) -> None:
        if turn == self._turn:
            self._app.call_later(self._release)

    def _begin(self) -> None:
        self._busy = True
        self._turn += 1
        self._until = time.monotonic() + LONGEST_WAIT
        self._timer = self._app.set_interval(LOOK, self._look)

    def _ask(self, at: MessagePump, go: Callable[[], object]) -> None:
        """``go`` once ``at`` has handled what came before; at once where it has ended."""
        self._at, self._go = at, go
        if (_ended(at) or not at.call_later(go)) and at is not self._app:
            go()

    async def _look(self) -> None:
        """Go on where what was asked has ended: a closed dialog answers no more."""
        if _ended(self._at):
            self._at = self._app
            self._go()
        elif time.monotonic() > self._until:
            await self._release()

    def _hold(self, target: MessagePump) -> None:
        """Wait until ``target`` and everything around it has seen the key."""
        self._begin()
        # Queued behind the key, at each of the places that it rises through.
        self._ask(target, partial(self._seen, target, self._turn, target))

    def _seen(self, by: MessagePump, turn: int, again: MessagePump | None) -> None:
        if turn != self._turn:
            return
        if by is not self._app:
            above = by._parent or self._app
            self._ask(above, partial(self._seen, above, turn, again))
        elif again is not None:
            # It may be only here that the key met its binding. What the action said, such
            # as that a field is submitted, rises from the field: so once more behind it.
            self._ask(again, partial(self._seen, again, turn, None))
        else:
            self._ask(self._app, partial(self._settle, turn, HOPS))

    @property
    def _unready(self) -> bool:
        """Whether the screen, or what it shows next, is still being made."""
        screen = self._app.screen
        return not screen.is_mounted or getattr(screen, "changing", False)

    async def _settle(self, turn: int, hops: int) -> None:
        """Give what the key started the time to show its dialog."""
        # The loop is let go in between: others have to work for this to come to an end.
        await asyncio.sleep(SHORTEST_WAIT if self._unready else 0)
        if turn != self._turn or not self._busy:
            return
        if self._unready:
            # What it focuses is queued when it is there: one more turn for that.
            self._app.call_later(self._settle, turn, 1)
            return
        if hops > 0:
            self._app.call_later(self._settle, turn, hops - 1)
            return
        await self._release()

    async def _release(self) -> None:
        if not self._busy:
            return
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._busy = False
        await self._go_on()


def _ended(pump: MessagePump) -> bool:
    """Whether ``pump`` was removed, and handles nothing any longer."""
    return pump._closed and not pump.is_running
