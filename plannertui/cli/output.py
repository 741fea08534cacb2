"""What the shell prints: data on stdout, talk on stderr, one JSON document."""

from __future__ import annotations

import os
import sys

from plannertui.core.errors import PlannerError
from plannertui.core.text import cell_width, clusters, fit, visible
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, TextIO

    # A text, a text with its style, or several of those side by side.
    Cell = str | tuple[str, str] | list[tuple[str, str]]


class OutputLost(PlannerError):
    """Nobody takes the output; a full disk there undoes nothing that was done."""

    code = "output"


STYLES = {
    "strong": "1",
    "quiet": "2",
    "accent": "36",
    "good": "32",
    "warn": "33",
    "bad": "31",
}


class Output:
    """The two streams of one command.

    ``width`` is the terminal's in cells, None when stdout is no terminal; then nothing is
    cut. ``ambiguous`` is what characters of ambiguous width take there, 1 or 2 cells.
    Every text given to it is taken as data: control characters are made visible.
    """

    __slots__ = ("ambiguous", "color", "err", "json", "out", "quiet", "width")

    def __init__(
        self, env: Mapping[str, str], *, json: bool = False, quiet: bool = False
    ) -> None:
        self.ambiguous = 1
        self.json = json
        self.quiet = quiet
        self.out = _ready(sys.stdout)
        self.err = _ready(sys.stderr)
        self.width: int | None = None
        if self.out is not None and self.out.isatty():
            self.width = _columns(self.out, env)
        self.color = (
            self.width is not None
            and not env.get("NO_COLOR")
            and env.get("TERM", "") not in ("", "dumb")
        )

    def line(self, *cells: Cell) -> None:
        """Print ``cells``, each a text or a text and a style, as one line of data."""
        self._write("".join(map(self._show, cells)) + "\n")

    def raw(self, text: str) -> None:
        """Print ``text``, which its maker has made fit to be shown, as it is."""
        self._write(text)

    def block(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Print ``text`` with its lines, indented; on a terminal wrapped to its width."""
        for line in visible(text).split("\n"):
            lines = [line]
            if self.width is not None:
                room = max(self.width - indent, 8)
                lines = wrapped(line.expandtabs(4), room, self.ambiguous)
            for part in lines:
                self.line(" " * indent, (part, style))

    def talk(self, text: str) -> None:
        """Say ``text`` on stderr, unless the user asked for quiet."""
        if not self.quiet:
            self.say(text)

    def say(self, text: str) -> None:
        """Say ``text`` on stderr."""
        if self.err is not None:
            self.err.write(visible(text) + "\n")
            self.err.flush()

    def document(self, value: Any) -> None:
        """Print ``value`` as the command's one JSON document."""
        if self.out is not None:
            self._write(as_json(value, ascii_only=not _is_utf8(self.out)) + "\n")

    def failed(self, error: PlannerError) -> None:
        """Say what went wrong, as JSON when JSON was asked for; give the text back."""
        if not self.json:
            self.say("ptui: " + error.message)
            if error.text:
                self.say(_("Not stored; here is your text:"))
                self.say(error.text)
        elif self.err is not None:
            said = {"error": {"code": error.code, "message": error.message}}
            if error.text:
                said["error"]["text"] = error.text
            self.err.write(as_json(said, ascii_only=not _is_utf8(self.err)) + "\n")

    def table(self, rows: Iterable[Sequence[Cell]], *, gap: int = 2) -> None:
        """Print ``rows`` in columns aligned by cell; the last column takes the rest.

        On a terminal no line is wider than it: the last column is cut, and the others
        too, the widest first, where they leave it no room.
        """
        wide = self.ambiguous
        shown = [[_parts(cell) for cell in row] for row in rows]
        last = max(map(len, shown), default=1) - 1
        widths = [
            max((_width(row[at], wide) for row in shown if at < len(row)), default=0)
            for at in range(last)
        ]
        used = [at for at in range(last) if widths[at]]
        if self.width is not None:
            room = max(self.width - gap * len(used) - min(16, self.width // 3), 0)
            while sum(widths) > room and max(widths) > 1:
                widths[widths.index(max(widths))] -= 1
        for row in shown:
            cells: list[tuple[str, str]] = []
            left = self.width
            for at in used:
                parts = _cut(row[at] if at < len(row) else [], widths[at], wide)
                cells += [*parts, (" " * (widths[at] - _width(parts, wide) + gap), "")]
                if left is not None:
                    left -= widths[at] + gap
            rest = row[last] if last < len(row) else []
            cells += rest if left is None else _cut(rest, left, wide)
            while cells and not cells[-1][0].strip():
                cells.pop()
            self.line(*cells)

    def flush(self) -> None:
        """Hand everything printed to the system; OutputLost when it is not taken."""
        self._write("", flush=True)
        if self.err is not None:
            self.err.flush()

    def _write(self, text: str, *, flush: bool = False) -> None:
        if self.out is None:
            return
        try:
            self.out.write(text)
            if flush:
                self.out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(
                _(
                    "The output could not be written: {reason}. What was asked for "
                    "is done all the same."
                ).format(reason=error.strerror)
            ) from error

    def _show(self, cell: Cell) -> str:
        if isinstance(cell, list):
            return "".join(map(self._show, cell))
        text, style = (cell, "") if isinstance(cell, str) else cell
        text = visible(text)
        if not self.color or not style or not text:
            return text
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m"


def as_json(value: Any, *, ascii_only: bool = False, indent: int | None = 2) -> str:
    """``value`` as JSON; what could command a terminal is written as \\u escapes."""
    from json import dumps

    text = dumps(value, ensure_ascii=ascii_only, indent=indent, allow_nan=False)
    if text.isascii():
        return text.replace("\x7f", "\\u007f")
    return "".join(
        char
        if char in "\n" or char.isprintable() or char == "\u3000"
        else _escaped(char)
        for char in text
    )


def _escaped(char: str) -> str:
    """``char`` as JSON escapes, two for one beyond the basic plane."""
    raw = char.encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{raw[at] << 8 | raw[at + 1]:04x}" for at in range(0, len(raw), 2)
    )


def one_line(text: str) -> str:
    """``text`` on one line: a mark stands for each line break, a blank for each tab."""
    if "\n" in text:
        text = " ⏎ ".join(line for line in text.split("\n") if line.strip())
    return text.replace("\t", " ")


_CLOSING = "，。、；：？！）》」』】”’…,.;:?!)]}%"
_OPENING = "（《「『【“‘([{"


def wrapped(text: str, width: int, ambiguous: int = 1) -> list[str]:
    """``text``, one line, in lines of at most ``width`` cells.

    Broken after blanks and between wide characters, but not before a closing mark nor
    after an opening one; a word wider than a line is cut.
    """
    if cell_width(text, ambiguous) <= width:
        return [text]
    lines: list[str] = []
    line: list[tuple[str, int]] = []
    used = 0
    for piece, cells in clusters(text, ambiguous):
        if used + cells > width and line and not piece.isspace():
            at = len(line)
            while at and not _breaks(line[at - 1], (piece, cells), line, at):
                at -= 1
            at = at or len(line)
            lines.append("".join(part for part, _cells in line[:at]).rstrip())
            line = line[at:]
            used = sum(size for _part, size in line)
        line.append((piece, cells))
        used += cells
    lines.append("".join(part for part, _cells in line).rstrip())
    return lines


def _breaks(
    before: tuple[str, int],
    following: tuple[str, int],
    line: list[tuple[str, int]],
    at: int,
) -> bool:
    """Whether a line may end after ``before``, which stands in front of ``line[at]``."""
    after = line[at] if at < len(line) else following
    if before[0].isspace():
        return True
    if before[0] in _OPENING or after[0] in _CLOSING or after[0].isspace():
        return False
    return before[1] == 2 or after[1] == 2


def _parts(cell: Cell) -> list[tuple[str, str]]:
    """``cell`` as visible one-line texts, each with its style."""
    if isinstance(cell, str):
        cell = (cell, "")
    parts = cell if isinstance(cell, list) else [cell]
    return [(visible(one_line(text)), style) for text, style in parts if text]


def _width(parts: list[tuple[str, str]], ambiguous: int) -> int:
    return sum(cell_width(text, ambiguous) for text, _style in parts)


def _cut(
    parts: list[tuple[str, str]], width: int, ambiguous: int
) -> list[tuple[str, str]]:
    """As much of ``parts`` as fits ``width``, its end marked where something is left off."""
    if _width(parts, ambiguous) <= width:
        return list(parts)
    kept: list[tuple[str, str]] = []
    for at, (text, style) in enumerate(parts):
        size = cell_width(text, ambiguous)
        following = _width(parts[at + 1 :], ambiguous)
        if size < width or (size == width and not following):
            kept.append((text, style))
            width -= size
            continue
        # A part that fits but has no room for the mark after it gives up a cell.
        more = "…" if following else ""
        kept.append((fit(text + more, max(width, 0), ambiguous), style))
        break
    return kept


def _is_utf8(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("_", "-") in ("utf-8", "utf8")


def _ready(stream: Any) -> TextIO | None:
    """``stream`` able to print any text; bytes go out as UTF-8 where ASCII is asked for.

    The C locale says ASCII, yet arguments come in it as UTF-8, so they go out as that.
    """
    if stream is None:
        return None
    encoding = (getattr(stream, "encoding", None) or "").lower()
    if hasattr(stream, "reconfigure"):
        if encoding in ("ascii", "us-ascii", "ansi_x3.4-1968", "646"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        elif getattr(stream, "errors", "") != "backslashreplace":
            stream.reconfigure(errors="backslashreplace")
    found: TextIO = stream
    return found


def _columns(stream: TextIO, env: Mapping[str, str]) -> int:
    """The terminal's width in cells; COLUMNS wins, 80 where nobody knows."""
    asked = env.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked[:6]) > 0:
        return int(asked[:6])
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def yes(answer: str) -> bool:
    """Whether ``answer`` to a question means yes, in either language."""
    word = answer.strip().casefold()
    return word in ("y", "yes", "是", "好", "ｙ") or word == _("y")
