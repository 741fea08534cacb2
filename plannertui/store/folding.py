"""Texts as the search index takes them. On the shell's daily path: imports nothing."""

from __future__ import annotations

_HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))


# Written in other letters than those that people look for.
FOLDED = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
FOLDED |= {"ß": "ss", "ẞ": "ss", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl"}
FOLDED |= {"ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def is_han(char: str) -> bool:
    """Whether ``char`` is a Han character, a word of its own for the search index."""
    return any(first <= char <= last for first, last in _HAN)


class _Spaced(dict[int, str]):
    """What stands for each character in the index, found out when it is first seen."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        spaced = f" {char} " if is_han(char) else FOLDED.get(char, char)
        self[code] = spaced
        return spaced


_SPACED = _Spaced()


def fts_text(text: str | None) -> str:
    """``text`` as the search index wants it, and the words looked for as well.

    Every Han character stands alone; full-width letters and digits, ligatures and ß are
    written as the plain letters that people look for.
    """
    if not text or text.isascii():
        return text or ""
    return text.translate(_SPACED)
