"""A terminal for programs under test: a pty, what stands on it, and every byte of it."""

from __future__ import annotations

import codecs
import copy
import errno
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyte
from wcwidth import wcwidth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds to wait for what must come. Nothing is judged by how long it took."""

NAMES = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
}
CONTROLLING = (
    "import fcntl,os,sys,termios;"
    "fcntl.ioctl(0,termios.TIOCSCTTY,0);"
    "os.execvp(sys.argv[1],sys.argv[1:])"
)
"""Makes the pty the terminal that sends SIGHUP when it goes, then becomes the command."""

# What a terminal is asked, and what this one says: a VT220 without kitty's keys,
# synchronised output, or sizes reported in band.
QUERY = re.compile(r"\x1b\[(?:0?c|>0?[cq]|[56]n|\?u|\?(?P<mode>\d+)\$p)")
# What pyte would print or misread.
UNKNOWN = re.compile(
    r"\x1b\[[<>=?][0-9;:]*u|\x1b\[[?>]?[0-9;]*\$[py]|\x1b\[>[0-9;]*[a-zA-Z]"
    r"|\x1b\[[0-9;]* q|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_][^\x1b]*\x1b\\"
    r"|\x1b\[[0-9;]*:[0-9:;]*m|\x1b\[[0-9;]*t"
)
PARTIAL = re.compile(
    r"\x1b(?:\[[0-9;:?<>=$ ]*|\][^\x07\x1b]*\x1b?|[P_][^\x1b]*\x1b?|[()]?)?$"
)
# What the program itself sends besides text: rows that it empties, colours, places,
# modes, the pointer.
OWN = re.compile(
    r"\x1b\[[0-9]+;1H\x1b\[2K"
    r"|\x1b\[[0-9;]*m|\x1b\[[0-9]*;?[0-9]*H|\x1b\[[0-9]+G"
    r"|\x1b\[\?[0-9;]+[hl]|\x1b\[\?[0-9]+\$p"
    r"|\x1b\[[<>][0-9;]*u|\x1b\[>[0-9;]*m|\x1b\[[0-9]* q|\x1b\[\?u"
    r"|\x1b\]22;[a-z-]*\x07|\x1b\[2[23];0t|\x1b\]0;(?:Calendar|日历|Notes)\x07"
)
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
ALTERNATE = 1049 << 5


class Display(pyte.Screen):
    """pyte's screen with the alternate buffer that full-screen programs ask for."""

    _main: Any = None

    def set_mode(self, *modes: int, **options: Any) -> None:
        """Set modes; 1049 puts the main screen aside."""
        super().set_mode(*modes, **options)
        if options.get("private") and 1049 in modes and self._main is None:
            self._main = (copy.deepcopy(self.buffer), self.cursor.x, self.cursor.y)
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        """Take modes back; 1049 brings the main screen back."""
        super().reset_mode(*modes, **options)
        if options.get("private") and 1049 in modes and self._main is not None:
            self.buffer, self.cursor.x, self.cursor.y = self._main
            self._main = None
            self.dirty.update(range(self.lines))

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Take another size; what the edge cuts through is gone."""
        super().resize(lines, columns)
        self.dirty.update(range(self.lines))
        self.mend()

    def mend(self) -> None:
        """Blank what is left of wide characters that were half written over.

        Every terminal does; pyte keeps the halves, and then cannot say its own rows.
        """
        for y in self.dirty:
            line = self.buffer[y]
            whole = False
            for x in range(self.columns + 1):
                data = line[x].data if x < self.columns else " "
                half = data == ""
                if half is not whole:
                    at = x if half else x - 1
                    line[at] = line[at]._replace(data=" ")
                whole = not half and wcwidth(data[0]) == 2
        self.dirty.clear()


class Terminal:
    """Runs ``command`` on a pty of ``columns`` by ``rows``, and stands in for the person.

    ``raw`` is every byte that the program ever sent. Reading happens in the ``wait``
    methods only, and each of them gives up after ``PATIENCE`` seconds with what stood
    on the screen.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        columns: int = 120,
        rows: int = 36,
    ) -> None:
        self.raw = bytearray()
        self.display = Display(columns, rows)
        self._stream = pyte.Stream(self.display)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._settled_at = -1
        master, slave = os.openpty()
        self._master: int | None = master
        self._size(columns, rows)
        self._before = termios.tcgetattr(slave)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        for name, value in (env or {}).items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = value
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", CONTROLLING, *command],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=environment,
                cwd=cwd,
                start_new_session=True,
            )
        finally:
            # A second end kept open here would hide that the program let go of its own.
            os.close(slave)
        os.set_blocking(master, False)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End whatever still runs, and let go of the pty."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.hang_up()

    # -- what the person does ----------------------------------------------------------

    def send(self, data: str | bytes) -> None:
        """Send ``data`` as it is, however long it takes the program to read it."""
        left = data.encode() if isinstance(data, str) else data
        until = time.monotonic() + PATIENCE
        while left:
            assert self._master is not None, "the terminal was hung up"
            assert time.monotonic() < until, "the program does not read its keys"
            # Read as well: two sides that both only write wait for ever.
            self._pump(0.05, write=True)
            try:
                # A terminal in its line-wise mode loses what is past 4,096 bytes.
                left = left[os.write(self._master, left[:512]) :]
            except BlockingIOError:
                continue

    def type(self, text: str) -> None:
        """Type ``text``; a line break is Enter."""
        self.send(text.replace("\n", "\r"))

    def press(self, *keys: str) -> None:
        """Press keys by name: "enter", "ctrl+s", "shift+tab", "a"."""
        for key in keys:
            if key in NAMES:
                self.send(NAMES[key])
            elif key.startswith("ctrl+"):
                self.send(chr(ord(key[5:].upper()) & 31))
            else:
                self.send(key)

    def paste(self, text: str) -> None:
        """Paste ``text`` the way terminals mark a paste."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def click(self, column: int, row: int) -> None:
        """Press and release the left button on a cell, counted from 0."""
        place = f"{column + 1};{row + 1}"
        self.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the program is told by SIGWINCH."""
        self.display.resize(rows, columns)
        self._size(columns, rows)
        try:
            os.killpg(self.process.pid, signal.SIGWINCH)
        except ProcessLookupError:
            pass

    def hang_up(self) -> None:
        """Close the terminal, as when a window is closed or a connection drops."""
        if self._master is not None:
            os.close(self._master)
            self._master = None

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the program itself."""
        self.process.send_signal(number)

    # -- what the person sees ----------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The rows of the screen; a wide character is followed by no blank."""
        return [str(line) for line in self.display.display]

    @property
    def text(self) -> str:
        """The rows of the screen, joined by line breaks."""
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def sent(self) -> str:
        """Everything that the program ever sent."""
        return self.raw.decode("utf-8", "replace")

    @property
    def group(self) -> int:
        """The process group in the foreground, which a shell may have started."""
        assert self._master is not None
        return os.tcgetpgrp(self._master)

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and row of the cursor, counted from 0."""
        return self.display.cursor.x, self.display.cursor.y

    def settled(self) -> bool:
        """Whether nothing was drawn since this was asked the last time, nor will be soon.

        For ``wait``, where a screen has no word of its own to wait for.
        """
        before, self._settled_at = self._settled_at, len(self.raw)
        if before == len(self.raw) and not self._busy():
            self._settled_at = -1
            return True
        return False

    def _busy(self) -> bool:
        """Whether a thread in the foreground is at work, where the system tells that."""
        group = str(self.group)
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                about = stat.read_text(errors="replace").rpartition(")")[2].split()
                if about[2] != group:
                    continue
                for task in stat.parent.glob("task/*/stat"):
                    state = task.read_text(errors="replace").rpartition(")")[2].split()
                    if state[0] in "RD":
                        return True
            except (OSError, IndexError):
                continue
        return False

    def find(self, text: str) -> tuple[int, int]:
        """The column and row, counted from 0, of the first ``text`` on the screen."""
        for row, line in enumerate(self.lines):
            if text in line:
                return len(line.partition(text)[0]), row
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def wait(self, done: Callable[[], bool], what: str = "") -> None:
        """Read until ``done`` says so; AssertionError after ``PATIENCE`` seconds."""
        until = time.monotonic() + PATIENCE
        while not done():
            gone = not self._pump(0.05)
            if done():
                return
            assert not gone, f"the program ended before {what}:\n{self.text}"
            assert time.monotonic() < until, f"never came: {what}\n{self.text}"

    def wait_for(self, text: str) -> None:
        """Read until ``text`` stands on the screen."""
        self.wait(lambda: text in self.text, repr(text))

    def wait_match(self, pattern: str) -> re.Match[str]:
        """Read until the regular expression finds something in the rows."""
        found: list[re.Match[str]] = []

        def look() -> bool:
            match = re.search(pattern, self.text, re.MULTILINE)
            if match:
                found.append(match)
            return match is not None

        self.wait(look, pattern)
        return found[-1]

    def wait_gone(self, text: str) -> None:
        """Read until ``text`` stands nowhere on the screen."""
        self.wait(lambda: text not in self.text, f"the end of {text!r}")

    def wait_exit(self) -> int:
        """Read until the program has ended; its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < until, f"does not end:\n{self.text}"
            if not self._pump(0.05):
                time.sleep(0.01)
        while self._pump(0.01, short=True):
            pass
        return self.process.wait()

    # -- what the bytes say ------------------------------------------------------------

    def modes(self) -> set[int]:
        """The private modes that were set and not taken back."""
        left: set[int] = set()
        for numbers, way in re.findall(r"\x1b\[\?([0-9;]+)([hl])", self.sent):
            for number in map(int, numbers.split(";")):
                (left.add if way == "h" else left.discard)(number)
        return left

    def assert_restored(self) -> None:
        """The terminal is as it was: screen, mouse, paste, cursor, keys, and line mode."""
        # 25 is the visible cursor; 7 wraps lines. Both are on in any terminal.
        assert self.modes() <= {7, 25}, f"left on: {sorted(self.modes())}"
        hidden = self.sent.rfind("\x1b[?25l")
        assert hidden < 0 or self.sent.rfind("\x1b[?25h") > hidden, "no cursor"
        keys = re.findall(r"\x1b\[([<>])\d*u", self.sent)
        assert keys.count(">") == keys.count("<"), "kitty's keys left on"
        titles = re.findall(r"\x1b\[(2[23]);0t", self.sent)
        assert titles == ["22", "23"] * (len(titles) // 2), "the title is not back"
        if self._master is not None:
            assert termios.tcgetattr(self._master)[:4] == self._before[:4]

    def assert_safe(self) -> None:
        """Nothing was sent but text and the program's own few sequences."""
        # The last sequence may still be on its way.
        bare = PARTIAL.sub("", OWN.sub("", self.sent))
        found = FORBIDDEN.search(bare)
        if found:
            around = bare[max(0, found.start() - 60) : found.end() + 60]
            raise AssertionError(f"reached the terminal: {found[0]!r} in {around!r}")

    # -- inside ------------------------------------------------------------------------

    def _size(self, columns: int, rows: int) -> None:
        assert self._master is not None
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def _pump(
        self, seconds: float, *, write: bool = False, short: bool = False
    ) -> bool:
        """Take what came within ``seconds``; False when no more can come.

        With ``write`` it also returns as soon as something may be sent, and with
        ``short`` it is False as soon as nothing came.
        """
        if self._master is None:
            time.sleep(seconds)
            return False
        ends = [self._master]
        readable, _, _ = select.select(ends, ends if write else [], [], seconds)
        if not readable:
            return not short
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            if error.errno == errno.EIO:  # nobody holds the other end
                return False
            raise
        if not data:
            return False
        self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        self.raw += data
        text = self._held + self._decoder.decode(data)
        cut = PARTIAL.search(text)
        self._held = text[cut.start() :] if cut else ""
        text = text[: cut.start()] if cut else text
        at = 0
        for query in QUERY.finditer(text):
            self._draw(text[at : query.start()])
            self._answer(query)
            at = query.end()
        self._draw(text[at:])

    def _draw(self, text: str) -> None:
        if text:
            self._stream.feed(UNKNOWN.sub("", text))
            self.display.mend()

    def _answer(self, query: re.Match[str]) -> None:
        asked = query[0]
        if query["mode"]:
            said = f"\x1b[?{query['mode']};0$y"
        elif asked.endswith("6n"):
            cursor = self.display.cursor
            said = f"\x1b[{cursor.y + 1};{cursor.x + 1}R"
        elif asked.endswith("5n"):
            said = "\x1b[0n"
        elif asked.startswith("\x1b[>") and asked.endswith("q"):
            said = "\x1bP>|plannertui-tests\x1b\\"
        elif asked.startswith("\x1b[>"):
            said = "\x1b[>1;10;0c"
        elif asked.endswith("?u"):
            said = ""
        else:
            said = "\x1b[?62;22c"
        if said and self._master is not None:
            os.write(self._master, said.encode())


def planner(
    db: Path | str,
    *words: str,
    now: str = "2024-09-14T18:10:00+08:00",
    env: Mapping[str, str | None] | None = None,
    cwd: Path | None = None,
    columns: int = 120,
    rows: int = 36,
) -> Terminal:
    """``python -m plannertui`` with ``words`` on a terminal, on the store ``db``."""
    return Terminal(
        [sys.executable, "-m", "plannertui", *words],
        env={"PLANNERTUI_DB": str(db), "PLANNERTUI_NOW": now, **(env or {})},
        cwd=cwd,
        columns=columns,
        rows=rows,
    )
