"""Two versions of a text, word by word: what stayed, what went, what came.

Where words have no blanks between them, every character counts as a word.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["=", "-", "+"]
Piece = tuple[Mark, str]

# Where words have no blanks between them.
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_LETTER = rf"(?:(?![{_WIDE}])\w)"
_WORD = re.compile(rf"[{_WIDE}]|\n|[^\S\n]+|{_LETTER}+(?:['’]{_LETTER}+)*|[^\w\s]|\w")
# Above so many pairs of words two passages are shown one after the other.
MOST_PAIRS = 4_000_000
SHORT = 3


def pieces(was: str, now: str, *, by_words: bool = True) -> list[Piece]:
    """``was`` and ``now`` as pieces that stayed, went or came, in the order of reading.

    The pieces without the "+" are ``was``, those without the "-" are ``now``. Without
    ``by_words`` a line is the same or another, as that of a date is.
    """
    found: list[Piece] = []
    old, new = was.splitlines(keepends=True), now.splitlines(keepends=True)
    for left, right in _passages(old, new):
        if left == right:
            found.append(("=", left))
            continue
        if not by_words:
            found += [("-", left), ("+", right)]
            continue
        words = _passages(_WORD.findall(left), _WORD.findall(right))
        part: list[Piece] = []
        for gone, come in words:
            part += [("=", gone)] if gone == come else [("-", gone), ("+", come)]
        found += _whole(part)
    return _joined(found)


def _passages(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """What stands at the same place in both, in order: equal texts, and replaced ones."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [("".join(old[:head]),) * 2]
    if len(left) * len(right) > MOST_PAIRS:
        found.append(("".join(left), "".join(right)))
    else:
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        found += [
            ("".join(left[a:b]), "".join(right[c:d]))
            for _what, a, b, c, d in matcher.get_opcodes()
        ]
    found.append(("".join(old[len(old) - tail :]),) * 2)
    return [pair for pair in found if any(pair)]


def _whole(found: list[Piece]) -> list[Piece]:
    """``found`` without blanks and marks alone between two changes: easier to read."""
    kept: list[Piece] = []
    for at, (mark, text) in enumerate(found):
        between = 0 < at < len(found) - 1 and "\n" not in text
        if mark == "=" and between and len(text) < SHORT and not _says(text):
            kept += [("-", text), ("+", text)]
        else:
            kept.append((mark, text))
    return kept


def _says(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _joined(found: list[Piece]) -> list[Piece]:
    """``found`` with what stands together as one piece: first what went, then what came."""
    done: list[Piece] = []
    went = came = ""
    for mark, text in [*found, ("=", "")]:
        if mark == "-":
            went += text
        elif mark == "+":
            came += text
        else:
            done += [("-", went)] if went else []
            done += [("+", came)] if came else []
            went = came = ""
            if text and done and done[-1][0] == "=":
                done[-1] = ("=", done[-1][1] + text)
            elif text:
                done.append(("=", text))
    return done


def shortened(found: list[Piece], around: int = 40) -> list[Piece]:
    """``found`` with what stayed cut down to ``around`` characters beside each change."""
    if all(mark == "=" for mark, _text in found):
        return found
    kept: list[Piece] = []
    for at, (mark, text) in enumerate(found):
        if mark == "=":
            first, last = at == 0, at == len(found) - 1
            head = "" if first else _until_line(text[:around], text)
            tail = "" if last else _from_line(text[-around:], text)
            if len(head) + len(tail) < len(text):
                text = f"{head}…{tail}"
        kept.append((mark, text))
    return kept


def _until_line(head: str, text: str) -> str:
    """``head`` up to the end of its first line; what is cut ends with a whole word."""
    line = head.split("\n", 1)[0]
    if len(line) < len(head) or len(head) == len(text):
        return line
    cut = line.rfind(" ")
    return line[: cut + 1] if cut > len(line) // 2 else line


def _from_line(tail: str, text: str) -> str:
    line = tail.rsplit("\n", 1)[-1]
    if len(line) < len(tail) or len(tail) == len(text):
        return line
    cut = line.find(" ")
    return line[cut:] if 0 <= cut < len(line) // 2 else line
