"""The terminal driver: Textual's, without waking up ten times a second."""

from __future__ import annotations

import os
import select
import sys
import termios
import time
import tty
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import App
    from textual.message import Message


ESCAPE_SECONDS = 0.015
"""How long the rest of an escape sequence may take; a lone Esc is known then.

A terminal sends the whole of it at once, and a serial line of 9600 baud needs 1 ms for a
character; ESCDELAY gives lines that are slower more time.
"""


TITLE_KEPT = "\x1b[22;0t"
"""Lets a terminal that has a stack of titles remember the one that it has."""
TITLE_BACK = "\x1b[23;0t"
UNTITLED = ("", "dumb", "linux")
"""Terminals without a title, which might print what sets one."""
MOST_OF_TITLE = 60


def window_title(text: str) -> str:
    """``text`` as it may stand in an escape sequence: printable, short, on one line."""
    return "".join(char for char in text if char.isprintable())[:MOST_OF_TITLE].strip()


def _is_terminal(stream: Any) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


class QuietDriver(LinuxDriver):
    """Reads keys as they come, and stops reading as soon as it is told to.

    Textual's own input thread polls every 0.1 s, which is what quitting waits for and
    how late a lone Esc is noticed. Here a pipe wakes the thread instead, and only an
    unfinished escape sequence sets a time limit. A terminal that is gone calls
    ``hang_up`` of the app, where there is one.
    """

    _titled = False
    _wake: tuple[int, int] | None = None
    _stopping = False
    _on = False

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        # Textual draws on the standard errors. Where somebody sends those elsewhere, as
        # in "plannertui 2>errors", the screen belongs on the terminal all the same.
        # https://github.com/Textualize/textual/issues/4420
        if not _is_terminal(sys.__stderr__) and _is_terminal(sys.__stdout__):
            self._file = sys.__stdout__

    def start_application_mode(self) -> None:
        """Take over the terminal, and begin to read keys."""
        self._stopping = False
        if "ESCDELAY" not in os.environ:
            constants.ESCAPE_DELAY = ESCAPE_SECONDS  # type: ignore[misc]
        canvas = getattr(self._app, "canvas", None)
        if canvas is not None:
            canvas.forget()
        if self._wake is None:
            self._wake = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._on = True
        self._show_title()

    def stop_application_mode(self) -> None:
        """Give the terminal back, with the title that it had and nothing of ours."""
        self._on = False
        self._wipe()
        if self._titled:
            self._titled = False
            self.write(TITLE_BACK)
        super().stop_application_mode()

    def _sigcont_application(self, *_signal: object) -> None:
        """Go on after a stop: begin anew, or take back what the shell had meanwhile.

        After a stop that nobody announced (SIGSTOP) Textual would begin a second time: two
        threads would read the keys, and the terminal would stay as it is for a screen when
        the program has ended.
        """
        if not self._on:
            super()._sigcont_application()
            return
        try:
            attrs = termios.tcgetattr(self.fileno)
            attrs[tty.LFLAG] = self._patch_lflag(attrs[tty.LFLAG])
            attrs[tty.IFLAG] = self._patch_iflag(attrs[tty.IFLAG])
            termios.tcsetattr(self.fileno, termios.TCSANOW, attrs)
        except termios.error:
            return
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()
        self.flush()
        redraw = getattr(self._app, "action_redraw", None)
        if redraw is not None:
            self._loop.call_soon_threadsafe(self._app.call_later, redraw)

    def _show_title(self) -> None:
        """Put a word of the settings, never a text, into the terminal's title."""
        title = window_title(getattr(self._app, "window_title", ""))
        if not title or os.environ.get("TERM", "") in UNTITLED or self._titled:
            return
        if self._writer_thread is not None:
            self._titled = True
            self.write(f"{TITLE_KEPT}\x1b]0;{title}\x07")

    def retitle(self) -> None:
        """Put the title that the app has by now in the place of the one before."""
        if self._titled and self._writer_thread is not None:
            title = window_title(getattr(self._app, "window_title", ""))
            self.write(f"\x1b]0;{title}\x07")

    def _wipe(self) -> None:
        """Empty the screen row by row, before the terminal's own comes back.

        Many terminals keep the other screen, and can be asked to show it again; and some
        have no other screen. Erasing all at once would make a few of them, tmux and PuTTY
        among them, move what stood there into the scrollback. The person's own scrollback
        is left alone: nothing of ours has ever scrolled into it.
        """
        if self._writer_thread is not None:
            _width, height = self._get_terminal_size()
            rows = (f"\x1b[{row};1H\x1b[2K" for row in range(1, height + 1))
            self.write("\x1b[0m" + "".join(rows) + "\x1b[H")

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        # Said before the pipe is written to: whoever wakes up sees it.
        self._stopping = True
        if self._wake is not None:
            os.write(self._wake[1], b"\0")
        super().disable_input()

    def close(self) -> None:
        """Let go of the writer thread and the pipe."""
        super().close()
        if self._wake is not None:
            for end in self._wake:
                os.close(end)
            self._wake = None

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events, until told to stop or hung up."""
        assert self._wake is not None
        wake = self._wake[0]
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self._stopping:
            due = parser._timeout_time
            wait = None if due is None else max(0.0, due - time.monotonic())
            ready, _, _ = select.select([self.fileno, wake], [], [], wait)
            if wake in ready:
                os.read(wake, 64)
            if self.fileno in ready and not self._read(parser, decode):
                self._hung_up()
                break
            self._pass_on(parser.tick())
        try:
            self._pass_on(parser.feed(""))
        except (EOFError, ParseError):
            pass

    def _read(self, parser: XTermParser, decode: Callable[[bytes], str]) -> bool:
        """Feed what the terminal sent to ``parser``; False when it is gone."""
        try:
            data = os.read(self.fileno, 4096)
        except OSError:
            return False
        if not data:
            return False
        self._pass_on(parser.feed(decode(data)))
        return True

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _hung_up(self) -> None:
        hang_up = getattr(self._app, "hang_up", None)
        if hang_up is not None:
            self._app.call_later(hang_up)
