"""Questions on the terminal itself, past any pipe: passphrases without an echo."""

from __future__ import annotations

import os
import termios
from types import TracebackType
from typing import Any

TERMINAL = "/dev/tty"
_MOST = 1 << 16
_LFLAG, _CC = 3, 6


class NoTerminal(OSError):
    """There is nobody to be asked: no terminal, or it is another program's just now."""


class Terminal:
    """The terminal that one sits at, as a context; NoTerminal where there is none.

    Whatever ends the program meanwhile, the terminal shows again what is typed.
    """

    def __init__(self) -> None:
        try:
            self._fd = os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise NoTerminal(error.errno, error.strerror) from error
        try:
            self._before: list[Any] = termios.tcgetattr(self._fd)
            # In the background nobody may read from it.
            here = os.tcgetpgrp(self._fd) == os.getpgrp()
        except (OSError, termios.error) as error:
            os.close(self._fd)
            raise NoTerminal(*error.args) from error
        if not here:
            os.close(self._fd)
            raise NoTerminal(0, "")
        self._handlers: dict[int, Any] = {}
        self._apart = False

    def __enter__(self) -> Terminal:
        import signal

        def ended(number: int, _frame: object) -> None:
            raise SystemExit(128 + number)

        try:
            for number in (signal.SIGTERM, signal.SIGHUP):
                self._handlers[number] = signal.signal(number, ended)
        except ValueError:
            # Not the main thread: then nobody interrupts it either.
            pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        import signal

        try:
            self.together()
        except OSError:
            pass
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        os.close(self._fd)

    def say(self, text: str) -> None:
        """Write ``text``, which is the program's own, as a line."""
        self._write(text + "\n")

    def ask(self, question: str) -> str | None:
        """One line, shown as it is typed; None for the end of input."""
        self._write(question)
        return self._line()

    def secret(self, question: str) -> str | None:
        """One line that is not shown; None for the end of input."""
        quiet = [*self._before]
        quiet[_LFLAG] &= ~(termios.ECHO | termios.ECHOE | termios.ECHOK)
        quiet[_LFLAG] |= termios.ECHONL | termios.ICANON | termios.ISIG
        # Stopped in the middle of it, the shell would show what is typed afterwards.
        quiet[_CC] = [*quiet[_CC]]
        quiet[_CC][termios.VSUSP] = b"\0"
        # What follows a line break in a paste is no command for the shell: thrown away.
        termios.tcsetattr(self._fd, termios.TCSAFLUSH, quiet)
        text: str | None = None
        try:
            # Asked only now: whoever answers at once is neither shown nor cut off.
            self._write(question)
            text = self._line()
        finally:
            termios.tcsetattr(self._fd, termios.TCSAFLUSH, self._before)
            if text is None:
                self._write("\n")
        return text

    def apart(self) -> bool:
        """Begin an empty screen that leaves nothing behind, where the terminal has one."""
        if os.environ.get("TERM", "dumb") in ("", "dumb"):
            return False
        self._write("\x1b[H\x1b[2J" if self._apart else "\x1b[?1049h\x1b[H\x1b[2J")
        self._apart = True
        return True

    def together(self) -> None:
        """Be back on the screen that was there before."""
        if self._apart:
            self._apart = False
            self._write("\x1b[2J\x1b[?1049l")

    def _write(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._fd, data) :]

    def _line(self) -> str | None:
        data = b""
        while not data.endswith((b"\n", b"\r")) and len(data) < _MOST:
            more = os.read(self._fd, 4096)
            if not more:
                return None if not data else _text(data)
            data += more
        return _text(data)


def _text(data: bytes) -> str:
    return data.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
