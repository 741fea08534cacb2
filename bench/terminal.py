"""A program in a pty, seen as a terminal would show it, with times for every byte.

A thread reads and stamps what the program writes, and answers its questions at once;
the screen is put together behind it, so that drawing it never delays a stamp.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import queue
import re
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

from bench.calm import surroundings

QUERY = re.compile(
    rb"\x1b\[(?:0?c|6n|5n|>0?q|\?u|\?(\d+)\$p)|\x1b\](1[01]);\?(?:\x07|\x1b\\)"
)
# What pyte would print or misread.
UNKNOWN = re.compile(
    r"\x1b\[[<>=?][0-9;:]*u|\x1b\[[?>]?[0-9;]*\$[py]|\x1b\[>[0-9;]*[a-zA-Z]"
    r"|\x1b\[[0-9;]* q|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_][^\x1b]*\x1b\\"
    r"|\x1b\[[0-9;]*:[0-9:;]*m|\x1b\[[0-9;]*t"
)
PARTIAL = re.compile(
    r"\x1b(?:\[[0-9;:?<>=$ ]*|\][^\x07\x1b]*\x1b?|[P_][^\x1b]*\x1b?|[()]?)?$"
)


class Screen:
    """What stands on the screen, and whether it changed since ``mark``."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._rows: list[object] = []
        self._cursor: object = None
        self.mark()

    def feed(self, data: bytes) -> None:
        """Draw what the program wrote."""
        text = self._held + self._decoder.decode(data)
        cut = PARTIAL.search(text)
        self._held = text[cut.start() :] if cut else ""
        self._stream.feed(UNKNOWN.sub("", text[: cut.start()] if cut else text))

    def _row(self, y: int) -> object:
        line = self._screen.buffer[y]
        return tuple(line[x] for x in range(self._screen.columns))

    def _at(self) -> object:
        cursor = self._screen.cursor
        return cursor.x, cursor.y, cursor.hidden

    def mark(self) -> None:
        """Remember what stands here now."""
        self._rows = [self._row(y) for y in range(self._screen.lines)]
        self._cursor = self._at()
        self._screen.dirty.clear()

    def changed(self) -> bool:
        """Whether a cell or the cursor differs from what was marked."""
        dirty = [y for y in self._screen.dirty if y < len(self._rows)]
        self._screen.dirty.clear()
        return self._at() != self._cursor or any(
            self._row(y) != self._rows[y] for y in dirty
        )

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor, from 1."""
        return self._screen.cursor.y + 1, self._screen.cursor.x + 1

    def text(self) -> str:
        """The rows, joined by newlines."""
        return "\n".join(self._screen.display)


class Terminal:
    """A program running in a pty. Times are ``perf_counter`` seconds."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        size: tuple[int, int] = (120, 36),
    ) -> None:
        columns, rows = size
        self.screen = Screen(columns, rows)
        self.bytes = 0
        self.first: float | None = None
        self.last: float | None = None
        self.exited: float | None = None
        self.status: int | None = None
        self.cpu_ms = 0.0
        self._queue: queue.Queue[tuple[float, bytes | None]] = queue.Queue()
        self._master, self._slave = os.openpty()
        size_now = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, size_now)
        dropped = ("COLUMNS", "LINES", "NO_COLOR", "TERM_PROGRAM")
        mine = {k: v for k, v in surroundings({}).items() if k not in dropped}
        mine |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.started = time.perf_counter()
        self.pid = os.posix_spawnp(
            argv[0],
            list(argv),
            {**mine, **env},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.ttyname(self._slave), os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ],
            setsid=True,
            setsigdef=[signal.SIGPIPE, signal.SIGINT],
        )
        self._pidfd = os.pidfd_open(self.pid)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        poll = select.poll()
        poll.register(self._master, select.POLLIN)
        poll.register(self._pidfd, select.POLLIN)
        ended = 0.0
        while True:
            events = poll.poll(50 if ended else None)
            now = time.perf_counter()
            if ended and not events:
                break
            for fd, _event in events:
                if fd == self._pidfd:
                    ended = now
                    poll.unregister(self._pidfd)
                    continue
                try:
                    data = os.read(self._master, 65536)
                except OSError:
                    data = b""
                for match in QUERY.finditer(data):
                    self._answer(match)
                if data:
                    self._queue.put((now, data))
        self._queue.put((ended, None))

    def _answer(self, match: re.Match[bytes]) -> None:
        asked, mode, colour = match.group(0), match.group(1), match.group(2)
        if mode:
            known = b"2" if mode == b"2026" else b"0"
            reply = b"\x1b[?" + mode + b";" + known + b"$y"
        elif colour:
            value = b"ffff" if colour == b"10" else b"0000"
            reply = b"\x1b]%b;rgb:%b/%b/%b\x1b\\" % (colour, value, value, value)
        elif asked.endswith(b"c"):
            reply = b"\x1b[?62;22c"
        elif asked.endswith(b"6n"):
            reply = b"\x1b[%d;%dR" % self.screen.cursor
        elif asked.endswith(b"5n"):
            reply = b"\x1b[0n"
        else:
            return
        os.write(self._master, reply)

    def write(self, data: bytes) -> float:
        """Type ``data``; when that was."""
        now = time.perf_counter()
        os.write(self._master, data)
        return now

    def pump(self, until: Callable[[], bool] | None, timeout: float) -> bool:
        """Draw what comes until ``until`` holds; False when time or program ended."""
        return self._pump(until, timeout, None, 0.0)

    def settle(self, quiet: float, timeout: float = 30.0) -> None:
        """Draw what comes until nothing came for ``quiet`` seconds."""
        self._pump(None, timeout, quiet, time.perf_counter())

    def _pump(
        self,
        until: Callable[[], bool] | None,
        timeout: float,
        quiet: float | None,
        since: float,
    ) -> bool:
        deadline = time.perf_counter() + timeout
        while self.exited is None:
            now = time.perf_counter()
            limit = deadline
            if quiet is not None:
                limit = min(deadline, max(self.last or 0.0, since) + quiet)
            if now >= limit and self._queue.empty():
                return False
            try:
                at, data = self._queue.get(timeout=max(0.0, limit - now) + 0.0005)
            except queue.Empty:
                continue
            if data is None:
                self.exited = at
                return False
            self.bytes += len(data)
            self.first = self.first or at
            self.last = at
            self.screen.feed(data)
            if until and until():
                return True
        return False

    def close(self) -> None:
        """End the program if it still runs, reap it, give the pty back."""
        if self.exited is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._thread.join(10)
        _, status, usage = os.wait4(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(status)
        self.cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
        for fd in (self._master, self._slave, self._pidfd):
            os.close(fd)
