"""Locking the planner and opening it again: by a key, when nobody is there, when left."""

from __future__ import annotations

import asyncio
import gc
import os
import time
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual._context import visible_screen_stack
from textual.signal import Signal

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.store import drafts
from plannertui.store.shut import Shut, shut
from plannertui.tui.curtain import Curtained
from plannertui.tui.dialogs.base import Dialog
from plannertui.tui.intake import look_again
from plannertui.tui.keys import N_, bind
from plannertui.tui.messages import Changed
from plannertui.tui.opener import Opener
from plannertui.tui.opening import OpensDialogs
from plannertui.tui.safety import safe, telling
from plannertui.tui.screens.unlock import UnlockScreen
from plannertui.tui.unfinished import waits

if TYPE_CHECKING:
    from textual.events import Event
    from textual.screen import Screen

LOCK_KEY = bind(
    "f9",
    "lock",
    N_("lock"),
    id="app.lock",
    tooltip=N_("Lock the planner now; its passphrase opens it again."),
    show=False,
    priority=True,
)
PASSPHRASE_KEY = bind(
    "f4",
    "passphrase",
    N_("passphrase"),
    id="app.passphrase",
    tooltip=N_("Set a passphrase, which encrypts everything; change it, take it away."),
    show=False,
)
LOOK_SECONDS = 5.0
"""How often it is looked at whether anybody is there; also after the machine has slept."""
LET_GO_SECONDS = 0.2
PATIENCE = 3.0
"""Seconds in which what reads on connections of its own has to end."""


def ticks() -> float:
    """Seconds that have passed, those in which the machine slept included."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def _empty(screen: Screen[Any]) -> None:
    """Let a removed ``screen`` hold no widget; Textual holds the first one for ever."""
    # Reckoned anew: it remembers those that it had.
    _ = screen.displayed_children
    for signal in vars(screen).values():
        if isinstance(signal, Signal):
            signal._subscriptions.clear()


class Lockable(Curtained, inherit_bindings=False):
    """A program whose store can be shut, and which then shows the unlock screen alone."""

    def __init__(self, **options: Any) -> None:
        self.opener = Opener()
        self._stirred = ticks()
        self.shutting = False
        """Whether every screen is being taken away: nobody has left a text by that."""
        self.owed = False
        """Whether it was to be locked, and could not be: it is tried again."""
        self._hidden_by_lock = False
        super().__init__(**options)

    @property
    def locked(self) -> bool:
        """Whether the store is shut, and its key forgotten."""
        return isinstance(self.planner.db.conn, Shut)

    @property
    def sealed(self) -> bool:
        """Whether there is a key to be forgotten."""
        return self.planner.db.key is not None

    @property
    def overdue(self) -> bool:
        """Whether nobody has been there for so long that it is to be locked."""
        longest = self.planner.settings.lock_after
        return bool(
            longest
            and self.sealed
            and not self.shutting
            and ticks() - self._stirred >= longest
        )

    def watch_idleness(self) -> None:
        """Look every few seconds whether anybody is there, from now on."""
        self.set_interval(LOOK_SECONDS, self._look)

    async def _look(self) -> None:
        if self.drawn:
            # Another day may have begun.
            self.paint_curtain()
        if self.overdue or self.owed:
            # A session that was begun since it was put off is somebody's wish.
            await self.lock(session=not self.owed)

    def is_someone(self, event: Event) -> bool:
        """Note that somebody is there; False when they come too late, and it is locked."""
        if not isinstance(event, events.InputEvent | events.Paste):
            return True
        if event.is_forwarded:
            return True
        if self.overdue and not self.owed:
            # A machine that has slept wakes up with this key.
            self.call_later(self.lock)
            return False
        self._stirred = ticks()
        return True

    # -- locking -----------------------------------------------------------------------

    async def action_lock(self) -> None:
        """Lock now; without a passphrase draw the curtain."""
        if self.sealed or self.locked:
            await self.lock()
        else:
            self.draw_curtain()
            self.notify(
                _(
                    "Without a passphrase nothing is locked: this was the curtain. "
                    "Ctrl+P, passphrase, sets one."
                ),
                timeout=8,
            )

    async def lock(self, *, session: bool = True) -> bool:
        """Keep what was typed, take every text away, shut the store; whether it is shut.

        What cannot be kept as a draft stays, behind a curtain that only the passphrase
        lifts; it is tried again. Unless ``session`` is False the unlocked session ends
        first, whatever becomes of the rest.
        """
        if self.shutting or not (self.locked or self.sealed):
            return self.locked
        if session:
            await self._end_session()
        # Another lock, or somebody's passphrase, may have come meanwhile.
        if self.locked or self.shutting:
            return self.locked
        planner = self.planner
        if not planner.flush_drafts() or any(
            isinstance(each, Dialog) and each.unkept for each in self.screen_stack
        ):
            self._put_off()
            return False
        self.shutting = True
        try:
            await self._show_alone(self._unlock_screen())
            drafts.leave(planner.db, drafts.session_id())
            await self._end_readers()
            shut(planner.db)
            self._forget()
        finally:
            self.shutting = False
        if self._hidden_by_lock:
            self.lift()
        return True

    async def _end_session(self) -> None:
        """Let the process of ``ptui unlock`` forget the key."""
        from plannertui.store import keeper

        await asyncio.to_thread(keeper.forget, self.planner.db.path, dict(os.environ))

    def _put_off(self) -> None:
        """Hide what cannot be taken away yet, and say that it is not locked."""
        if not self.drawn:
            self._hidden_by_lock = True
        self.draw_curtain(strict=True)
        self.owed = True
        if self._typed is None:
            self._say(_("Not locked yet: a text cannot be saved. It is tried again."))

    def lift(self) -> None:
        """Show again what was there; whoever lifts it is here, and nothing is owed."""
        self.owed = self._hidden_by_lock = False
        super().lift()

    async def _show_alone(self, screen: Screen[Any]) -> None:
        """Show ``screen``, and free every other one with its widgets and workers."""
        before: list[Screen[Any]] = list(self._screen_stack)
        self.workers.cancel_all()
        self.capture_mouse(None)
        await self.push_screen(screen)
        for each in reversed(before):
            self._screen_stack.remove(each)
            # The first screen was pushed by nobody.
            if each._result_callbacks:
                each._pop_result_callback()
            await self._replace_screen(each)
            _empty(each)
        visible_screen_stack.set([])

    def _unlock_screen(self, said: str = "") -> UnlockScreen:
        planner = self.planner
        return UnlockScreen(planner.db.path, planner.frame, self.opener, said)

    async def _end_readers(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self.planner.interrupt() and time.monotonic() < until:
            await asyncio.sleep(0.01)

    def _forget(self) -> None:
        """Let go of what still holds a text."""
        self.forget_held()
        self.clear_notifications()
        self._clipboard = ""
        self._mouse_down_widget = None
        self._compose_screen = self.screen
        for node in list(self.theme_changed_signal._subscriptions):
            if not node.is_running:
                self.theme_changed_signal.unsubscribe(node)
        for watchers in getattr(self, "__watchers", {}).values():
            watchers[:] = [each for each in watchers if each[0].is_running]
        self.planner.forget()
        self._keys.forget()
        safe.cache_clear()
        # What was there at the start is not looked at otherwise; and what holds it now,
        # such as the key that is being answered, is gone in a moment.
        gc.unfreeze()
        self.set_timer(LET_GO_SECONDS, self._collect)

    def _collect(self) -> None:
        """Free what nobody holds any longer."""
        for handle in getattr(asyncio.get_running_loop(), "_scheduled", ()):
            if handle.cancelled():
                # The loop keeps it until its time, and it the widget that had set it.
                handle._context = None
        gc.collect()

    def notify(self, message: str, **options: Any) -> None:
        """Show ``message`` as a toast; what ends because of the lock tells nothing."""
        if not self.shutting:
            super().notify(message, **options)

    # -- opening -----------------------------------------------------------------------

    @on(UnlockScreen.Opened)
    async def open_again(self, event: UnlockScreen.Opened) -> None:
        """Open the store anew, and show the main screen."""
        from plannertui.store.open import open_store
        from plannertui.tui.main import MainScreen

        event.stop()
        planner, screen = self.planner, self.screen
        try:
            planner.db = open_store(
                planner.db.path, now=planner.now(), create=False, key=event.key
            )
            planner.refresh_calendar()
        except PlannerError as error:
            if not self.locked:
                shut(planner.db)
            if isinstance(screen, UnlockScreen):
                screen.failed(error)
            return
        self._stirred = ticks()
        gc.freeze()
        await self._show_alone(MainScreen(planner))
        if self._screen_stack:
            self.opened()
            self._tell_what_waits()

    def _tell_what_waits(self) -> None:
        with telling(self.screen):
            if waits(self.planner.db, drafts.session_id()):
                said = _("What you were typing is kept: open the line or form again.")
                self.notify(said, timeout=10)

    def opened(self) -> None:
        """The store is open: look after it, and greet whoever is new."""
        raise NotImplementedError

    def tend(self) -> None:
        """Do what an opened sealed store asks for, and say what is to be known of it."""
        from plannertui.store.unlocked import after_unlock

        planner = self.planner
        with telling(self.screen):
            for said in after_unlock(planner.db, planner.settings, planner.now()):
                self.notify(said, severity="warning", timeout=30)
                look_again(self)

    def action_passphrase(self) -> None:
        """Set, change or take away the passphrase."""
        from plannertui.tui.passphrases import ask

        if not self.locked:
            self.run_worker(ask(self), exclusive=True, group="passphrase")

    def look_again(self) -> None:
        """Everything may be another by now: let every screen read it again."""
        for screen in self.screen_stack:
            if isinstance(screen, OpensDialogs):
                screen.post_message(Changed())

    # -- leaving for a while -----------------------------------------------------------

    async def action_suspend_process(self) -> None:  # type: ignore[override]
        """Keep what was typed, lock, empty the terminal, and go back to the shell.

        The unlocked session goes on: it was asked for so that the verbs of the shell
        may read, and the shell is where one goes by this.
        """
        driver = self._driver
        suspend = getattr(driver, "_sigtstp_application", None)
        if driver is None or not driver.can_suspend or suspend is None:
            return
        await self.lock(session=False)
        self._suspend_signal()
        suspend()

    # -- the curtain -------------------------------------------------------------------

    @property
    def asks_passphrase(self) -> bool:
        """Whether the curtain is lifted by the passphrase only."""
        wanted = self.planner.settings.curtain_return == "passphrase"
        return self.sealed and (wanted or self.strict)

    async def is_passphrase(self, text: str) -> bool:
        """Whether ``text`` opens the store; takes half a second, longer each time."""
        try:
            await self.opener.key_for(self.planner.db.path, text)
        except PlannerError:
            await self.opener.wait()
            return False
        return True
