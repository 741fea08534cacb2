"""The program on the screen: theme, keys, signals, and which screen is shown."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.events import Event, Key, Paste
from textual.filter import ANSIToTruecolor

from plannertui.core.errors import PlannerError
from plannertui.i18n import gettext as _
from plannertui.store.settings import AUTO
from plannertui.tui import wrapping
from plannertui.tui.curtain import CURTAIN_KEY
from plannertui.tui.frames import use_scrollbars
from plannertui.tui.intake import Intake
from plannertui.tui.keys import N_, bind, check_keymap
from plannertui.tui.locking import LOCK_KEY, PASSPHRASE_KEY, Lockable
from plannertui.tui.messages import Changed
from plannertui.tui.planner import Planner
from plannertui.tui.process import driver_class, fault_line
from plannertui.tui.safety import OneCell, SafeText
from plannertui.tui.themes import DEFAULT, OWN, extra_variables, theme_names
from plannertui.tui.tidying import Tidying
from plannertui.tui.typeahead import TypeAhead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.filter import LineFilter
    from textual.screen import Screen


LATE_CSS = Path(__file__).with_name("late.tcss")
LAST_RESORT_SECONDS = 2.0
WARNED_SECONDS = 15.0
"""How long it is said that something is not kept; quitting again meanwhile leaves."""


class PlannerApp(Lockable, inherit_bindings=False):
    """plannertui on a terminal.

    ``notices`` are lines about the settings that are told once the screen is there.
    ``fault`` is the one line to print after it ended by a fault, else empty.
    """

    TITLE = "plannertui"
    CSS_PATH: ClassVar[Any] = ["app.tcss", "main.tcss"]
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    NOTIFICATION_TIMEOUT = 4
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        CURTAIN_KEY,
        LOCK_KEY,
        PASSPHRASE_KEY,
        bind(
            "ctrl+q",
            "quit",
            N_("quit"),
            id="app.quit",
            tooltip=N_("Leave; what is not saved stays as a draft."),
            show=False,
            priority=True,
        ),
        bind(
            "ctrl+c",
            "help_quit",
            N_("how to quit"),
            id="app.interrupt",
            tooltip=N_("Say which key quits."),
            show=False,
        ),
        bind(
            "ctrl+l",
            "redraw",
            N_("draw again"),
            id="app.redraw",
            tooltip=N_("Draw the screen again, when something else wrote on it."),
            show=False,
        ),
        bind(
            "ctrl+z",
            "suspend_process",
            N_("suspend"),
            id="app.suspend",
            tooltip=N_("Back to the shell; fg returns."),
            show=False,
        ),
    ]

    def __init__(self, planner: Planner, *, notices: Sequence[str] = ()) -> None:
        self.planner = planner
        self.fault = ""
        self.notices = list(notices)
        self._warned_until = 0.0
        self._safe_text = SafeText()
        wrapping.everywhere()
        self._tidying = Tidying()
        self._keys = TypeAhead(self, self.answer)
        super().__init__(driver_class=driver_class())
        self.animation_level = "none"
        use_scrollbars(planner.frame)
        for theme in OWN:
            self.register_theme(theme)
        self._wear(planner.settings.theme or DEFAULT)
        self.notices += check_keymap(planner.settings.keys)
        if planner.settings.keys:
            self.set_keymap(planner.settings.keys)

    def _wear(self, name: str) -> None:
        """Begin with the theme ``name``; what there is not is told, never ignored."""
        if name not in theme_names():
            said = _('config.toml: there is no theme "{name}". There are: {names}.')
            names = ", ".join(theme_names())
            self.notices.append(said.format(name=name, names=names))
            name = DEFAULT
        # Set without its watcher, so that the style sheets are read only once.
        self.set_reactive(App.theme, name)
        self.stylesheet = Stylesheet(variables=self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.set_class(self.planner.frame.name == "ascii", "-ascii", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)

    @property
    def window_title(self) -> str:
        """What the terminal's title says: a neutral word unless the settings have one."""
        title = self.planner.settings.title
        neutral = title == AUTO or bool(title and self.drawn)
        return _("Calendar") if neutral else title

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, and our own made from them."""
        variables = super().get_css_variables()
        variables.update(extra_variables(variables))
        return variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of every line; what is not text never passes."""
        own: list[LineFilter] = [self._safe_text]
        if self.planner.settings.ambiguous == 2:
            own.append(OneCell())
        # All colours are given in full: looking for others costs a tenth of a paint.
        theirs = super().get_line_filters()
        return [*own, *(f for f in theirs if not isinstance(f, ANSIToTruecolor))]

    def get_default_screen(self) -> Screen[Any]:
        """The main screen; where the store is locked, the one that opens it."""
        if self.locked:
            return self._unlock_screen()
        from plannertui.tui.main import MainScreen

        return MainScreen(self.planner)

    def on_mount(self) -> None:
        """Say what was wrong with the settings, and listen to signals."""
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=10)
        if not self.is_headless:
            self._listen()
        self.watch_idleness()
        if not self.planner.demo:
            Intake(self, self.planner).begin()
        self.call_after_refresh(self._started)

    def _started(self) -> None:
        """Everything is painted: read what was not needed for that."""
        if not gc.isenabled():
            self._tidying.begin(self)
        if not self.is_headless:
            from plannertui.store.holding import harden

            harden()
        # Nothing that is on the screen has to be styled again for it.
        self.stylesheet.read(LATE_CSS)
        self.stylesheet.parse()
        if not self.locked:
            self.opened()

    def opened(self) -> None:
        """The store is open: look after it, and ask the first questions once."""
        if self.sealed:
            self.tend()
        if self.planner.catch_up():
            self.screen.post_message(Changed())
        from plannertui.tui.isnew import is_new

        if not self.planner.demo and is_new(self.planner.db):
            self.run_worker(self._welcome(), exclusive=True)

    async def _welcome(self) -> None:
        from plannertui.tui.main import MainScreen
        from plannertui.tui.welcome import welcome

        screen = self.screen
        await welcome(screen, self.planner, dict(os.environ))
        if isinstance(screen, MainScreen):
            # In the screen's own turn, so that nothing looks for panes in between.
            screen.call_later(screen.begin_anew)

    def notify(self, message: str, **options: Any) -> None:
        """Show ``message`` as a toast; it is never read as markup."""
        options["markup"] = False
        super().notify(message, **options)

    async def on_event(self, event: Event) -> None:
        """Handle events in their order, also where a key changes who gets the next."""
        if not self.is_someone(event) or self.before_curtain(event):
            return
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._tidying.stirred = True
            await self._keys.take(event)
        else:
            await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep ``text`` for pasting inside the program; the terminal is not told."""
        self._clipboard = text

    def action_help_quit(self) -> None:
        """Say which key quits."""
        self.notify(_("Ctrl+Q quits."))

    async def action_quit(self) -> None:
        """Leave; every text that is not saved becomes a draft first.

        Where one could not be, that is said, and quitting again leaves without it.
        """
        if self.planner.flush_drafts() or monotonic() < self._warned_until:
            self.exit()
            return
        self._warned_until = monotonic() + WARNED_SECONDS
        text = _("{why} Quit again to leave without it.").format(why=self._unkept())
        self.notify(text, severity="error", timeout=WARNED_SECONDS, markup=False)

    def _unkept(self) -> str:
        """Why a text could not be kept, in words; never the text."""
        error = self.planner.unkept
        why = error.message if isinstance(error, PlannerError) else type(error).__name__
        return _("What you typed could not be kept: {why}").format(why=why)

    # -- signals and faults ------------------------------------------------------------

    def _listen(self) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"):
            number = getattr(signal, name, None)
            if number is not None:
                loop.add_signal_handler(number, self._signalled, number)
        stop = getattr(signal, "SIGTSTP", None)
        if stop is not None:
            # Asked for from outside: as if Ctrl+Z had been pressed.
            loop.add_signal_handler(
                stop, self.call_later, self.run_action, "suspend_process"
            )
        self.app_suspend_signal.subscribe(self, lambda _: self.planner.flush_drafts())
        self.app_resume_signal.subscribe(self, lambda _app: self.action_redraw())

    def _signalled(self, number: int) -> None:
        """Keep what was typed, and end with the exit code of the signal."""
        if not self.planner.flush_drafts():
            self.fault = self._unkept()
        self._end_surely(128 + number)
        self.exit(return_code=128 + number)

    def hang_up(self) -> None:
        """The terminal is gone: the same as SIGHUP."""
        self._signalled(int(getattr(signal, "SIGHUP", 1)))

    def _end_surely(self, code: int) -> None:
        """End within seconds even when a terminal that takes no bytes blocks us."""
        from threading import Timer

        timer = Timer(LAST_RESORT_SECONDS, os._exit, (code,))
        timer.daemon = True
        timer.start()

    def _fatal_error(self) -> None:
        """End after a fault with one line, without locals or anybody's text."""
        self._stop_with(sys.exc_info()[1] or self._exception)

    def panic(self, *renderables: Any) -> None:
        """End after a fault; what Textual would print is not printed."""
        self._return_code = self._return_code or 1
        self._stop_with(sys.exc_info()[1] or self._exception)

    def _stop_with(self, error: BaseException | None) -> None:
        kept = self.planner.flush_drafts()
        if not self.fault:
            self.fault = fault_line(error, kept)
            if isinstance(error, PlannerError):
                self._return_code = error.exit_code
        self._close_messages_no_wait()
