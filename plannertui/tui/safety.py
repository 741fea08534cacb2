"""What keeps a person's text from becoming markup, an action or an escape sequence."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.filter import LineFilter

from plannertui.core.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from textual.color import Color
    from textual.widget import Widget

    Severity = Literal["information", "warning", "error"]

ZERO_WIDTH_JOINER = "\u200d"
VARIATION_SELECTORS = ("\ufe0e", "\ufe0f")
REPLACEMENT = "\ufffd"

# What is of ambiguous width, and what stands for it; parts of scrollbars are blanks.
STAND_INS = {
    ord(character): stand_in
    for stand_in, characters in (
        ('"', "“”"),
        ("'", "‘’"),
        ("~", "…"),
        ("-", "—–─━"),
        ("|", "│┃┆┊▌▐▎"),
        (".", "·░"),
        (":", "▒"),
        ("#", "■█▓"),
        ("*", "●★◆•"),
        ("o", "○□☆◇°"),
        ("x", "×"),
        ("/", "÷"),
        ("+", "±"),
        (">", "→⇒▶"),
        ("<", "←◀"),
        ("^", "↑▲△"),
        ("v", "↓▼▽"),
        (" ", "▁▂▃▄▅▆▇▀▉▊▋▍▏▕"),
        *zip("123456789", "①②③④⑤⑥⑦⑧⑨", strict=True),
    )
    for character in characters
}


def _kept(before: str, character: str, after: str) -> bool:
    """Whether a character that is not printable has a place in a terminal's line."""
    if character == "\u3000" or character in VARIATION_SELECTORS:
        return True
    if character == ZERO_WIDTH_JOINER:
        return before > "\u2190" and after > "\u2190"
    return character == "\u00a0"


@lru_cache(maxsize=2048)
def safe(text: str) -> str:
    """``text`` as it may go to a terminal, of the same width in cells.

    Control characters, escape sequences, bidirectional overrides, tags, lone surrogates
    and what has no shape are dropped where they take no cell, and become U+FFFD where
    they take one. A soft hyphen is a hyphen.
    """
    if text.isprintable():
        return text
    kept: list[str] = []
    for index, character in enumerate(text):
        if character.isprintable():
            kept.append(character)
            continue
        before = text[index - 1] if index else ""
        if _kept(before, character, text[index + 1 : index + 2]):
            kept.append(character)
        elif character == "\u00ad":
            kept.append("-")
        else:
            width = get_character_cell_size(character)
            if width:
                kept.append(
                    " " * width
                    if character.isspace()
                    else REPLACEMENT + " " * (width - 1)
                )
    return "".join(kept)


class SafeText(LineFilter):
    """Stops whatever is not text in the lines that go to the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """``segments`` with safe text; the very same list where nothing was wrong."""
        for text, _, control in segments:
            if control is None and not text.isprintable():
                break
        else:
            return segments
        return [
            segment
            if segment.control is not None or segment.text.isprintable()
            else Segment(safe(segment.text), segment.style)
            for segment in segments
        ]


class OneCell(LineFilter):
    """Puts characters of one cell in the place of those that this terminal draws wide.

    For terminals with wide ambiguous characters, where each of them would push the rest
    of its line, and its frame, to the right. Letters stay: nothing stands for them.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """``segments`` with the stand-ins; the very same list where there are none."""
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [
            segment
            if segment.control is not None or segment.text.isascii()
            else Segment(segment.text.translate(STAND_INS), segment.style)
            for segment in segments
        ]


def words(text: str, style: str = "") -> Content:
    """``text`` as what a widget may show: never markup, one line stays one line."""
    return Content.styled(text, style) if style else Content(text)


def lines(parts: Sequence[Content]) -> Content:
    """``parts`` under one another."""
    return Content("\n").join(parts)


def say(widget: Widget, text: str, severity: Severity = "information") -> None:
    """Show ``text`` as a toast; it is never read as markup, nor said twice at once."""
    shown = widget.app._notifications
    if any((each.message, each.severity) == (text, severity) for each in shown):
        return
    widget.notify(text, severity=severity, markup=False)


class Outcome:
    """How a guarded block ended: ``error`` is what was told, or None."""

    __slots__ = ("error",)

    def __init__(self) -> None:
        self.error: PlannerError | None = None

    @property
    def failed(self) -> bool:
        """Whether something went wrong, and was told."""
        return self.error is not None


@contextmanager
def telling(widget: Widget) -> Iterator[Outcome]:
    """Tell a ``PlannerError`` of the block in a toast, and go on after it.

    Look at ``failed`` of what it gives before throwing away what was typed.
    """
    outcome = Outcome()
    try:
        yield outcome
    except PlannerError as error:
        outcome.error = error
        say(widget, error.message, "error")
