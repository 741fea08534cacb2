"""Texts too long to be typed in without every key waiting."""

from __future__ import annotations

MOST_CHARACTERS = 1_000_000
LONGEST_LINE = 20_000
PIECE = 10_000


def too_long(text: str) -> bool:
    """Whether a text as long as ``text`` would make every key wait."""
    return len(text) > MOST_CHARACTERS or longest_line(text) > LONGEST_LINE


def longest_line(text: str) -> int:
    """The length of the longest line of ``text``, in characters."""
    if len(text) <= LONGEST_LINE:
        return len(text)
    return max(map(len, text.split("\n")))


def in_pieces(text: str) -> str:
    """``text`` with line breaks put into lines too long to edit; nothing is taken off."""
    return "\n".join(
        "\n".join(line[n : n + PIECE] for n in range(0, len(line), PIECE))
        if len(line) > LONGEST_LINE
        else line
        for line in text.split("\n")
    )
