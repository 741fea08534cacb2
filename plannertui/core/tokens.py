"""The tokens in a captured line: what is named, tagged, dated and counted, and where.

On the shell's quick path: imports nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import Any

    Found = tuple[int, str, str, str]
    Resolve = Callable[[str], Found | None]

AT = "@＠"
HASH = "#＃"
LONGEST = 64

_CARET = "^＾"
_COLON = ":："
_OPENING = "([{\"',;"
_JOINING = "/&"
_LONGEST_ALIAS = 20
_MOST_WORDS = 5
_MOST_TRIES = 64
_REVISIT = ("revisit", "再看")


class Token:
    """A piece of a line: ``what`` is mark, ref, tag, date, number, revisit or unread.

    ``value`` is what it means: a kind, what was found, a tag's name, a date, a number,
    the day to see it again.
    """

    __slots__ = ("end", "start", "value", "what")

    def __init__(self, start: int, end: int, what: str, value: Any = None) -> None:
        self.start = start
        self.end = end
        self.what = what
        self.value = value


def named(line: str, start: int, resolve: Resolve) -> list[Token]:
    """The references and tags of ``line`` from ``start`` on."""
    tokens: list[Token] = []
    for at, end in _words(line, start, AT + HASH):
        url = line.find("://", at, end)
        last = at - 1
        for index in range(at, end if url < 0 else url):
            char = line[index]
            if char not in AT and char not in HASH:
                continue
            joined = index == last + 1 and line[last] in _JOINING
            if index < last or not (
                index == last or joined or opens(line, index, start)
            ):
                continue
            if char in AT:
                token = _ref(line, index, end, resolve)
            else:
                token = _tag(line, index, end)
            if token is not None:
                tokens.append(token)
                last = token.end
    return tokens


def _ref(line: str, at: int, end: int, resolve: Resolve) -> Token | None:
    """The reference whose ``@`` stands at ``at``, in a word up to ``end``."""
    run = line[at + 1 : min(end, at + 1 + LONGEST)]
    for name in _names(run):
        found = resolve(name)
        if found is None and (folded := _fold(name)) != name:
            found = resolve(folded)
        if found is not None:
            return Token(at, at + 1 + len(name), "ref", found)
    name = _name(run).rstrip(".-_")
    if not name:
        return None
    return Token(at, at + 1 + len(name), "unread")


def _names(run: str) -> Iterator[str]:
    """What ``run`` may name, best first, each once."""
    tried = set()
    whole = run
    while whole:
        tried.add(whole)
        yield whole
        if whole[-1].isalnum():
            break
        whole = whole[:-1]
    name = _name(run)
    while name:
        if name not in tried:
            tried.add(name)
            yield name
        if name[-1].isalnum():
            break
        name = name[:-1]
    for length in range(min(len(name) - 1, _LONGEST_ALIAS), 0, -1):
        # Chinese runs on without blanks; a Latin word is never cut.
        if _is_cjk(name[length - 1]) or _is_cjk(name[length]):
            part = name[:length]
            if part not in tried:
                yield part


def _name(run: str) -> str:
    """The part of ``run`` up to the first character that no plain name has."""
    for index, char in enumerate(run):
        if not (char in "-." or in_tag(char)):
            return run[:index]
    return run


def _tag(line: str, at: int, end: int) -> Token | None:
    """The tag whose ``#`` stands at ``at``, in a word up to ``end``."""
    stop = at + 1
    while stop < end and in_tag(line[stop]):
        stop += 1
    name = line[at + 1 : stop].rstrip("-_")
    if len(name) > LONGEST or not any(map(str.isalpha, name)):
        return None
    stop = at + 1 + len(name)
    # In Chinese a tag is often closed by a second sign: #预算#
    if stop < end and line[stop] in HASH and any(map(_is_cjk, name)):
        stop += 1
    return Token(at, stop, "tag", name)


def at_end(
    line: str,
    start: int,
    names: list[Token],
    day: Callable[[str], date | None],
    goal: bool,
    again: Callable[[str], date | None] | None = None,
) -> list[Token]:
    """The one date, number and day to see it again in the trailing run of tokens.

    ``again`` reads that day; None where the line is nothing that is seen again.
    """
    by_end = {token.end: token for token in names}
    taken: dict[str, Token] = {}
    pos = word = len(line)
    tries = 0
    while tries < _MOST_TRIES:
        while pos > start and line[pos - 1].isspace():
            pos -= 1
        if pos <= start:
            break
        end = pos
        while end > start and end not in by_end and is_stop(line[end - 1]):
            end -= 1
        if end in by_end:
            pos = by_end[end].start
            continue
        if pos <= word:
            word = max(start, word_start(line, pos))
        token = _last(line, start, word, pos, day, again)
        tries += 1
        if token is None:
            break
        usable = token.value is not None and (token.what != "number" or goal)
        if usable and token.what not in taken:
            taken[token.what] = token
        pos = token.start
    return list(taken.values())


def _last(
    line: str,
    start: int,
    word: int,
    pos: int,
    day: Callable[[str], date | None],
    again: Callable[[str], date | None] | None,
) -> Token | None:
    """The date, number or revisit that ends at ``pos``, in a word from ``word`` on, or
    before the full stop there.

    Its value is None when it has the shape of one and cannot be read.
    """
    stop = pos
    while stop > word and is_stop(line[stop - 1]):
        stop -= 1
    ends = (pos,) if stop in (pos, word) else (pos, stop)
    if _is_number(line, word, stop):
        return Token(word, stop, "number", _number(line[word + 2 : stop]))
    colon = _revisit(line, word, stop)
    if colon:
        when = None if again is None else again(line[colon:stop])
        return Token(word, stop, "revisit", when)
    caret = _last_caret(line, word, stop)
    if caret >= 0:
        for end in ends:
            value = day(line[caret + 1 : end])
            if value is not None:
                return Token(caret, end, "date", value)
        return Token(caret, stop, "date")
    at = word
    for _ in range(_MOST_WORDS - 1):
        while at > start and line[at - 1].isspace():
            at -= 1
        if at <= start:
            return None
        at = max(start, word_start(line, at))
        if line[at] in _CARET:
            for end in ends:
                value = day(" ".join(line[at + 1 : end].split()))
                if value is not None:
                    return Token(at, end, "date", value)
            return None
    return None


def unread(line: str, start: int, taken: list[Token]) -> list[Token]:
    """What looks like a date or a number and was not taken."""
    tokens: list[Token] = []
    used = {index for token in taken for index in range(token.start, token.end)}
    for at, end in _words(line, start, _CARET + _COLON):
        if _is_number(line, at, end) or _revisit(line, at, end):
            firsts = [at]
        else:
            firsts = [index for index in range(at, end) if _is_caret(line, at, index)]
        for first, stop in zip(firsts, [*firsts[1:], end], strict=False):
            while stop > first and is_stop(line[stop - 1]):
                stop -= 1
            if first not in used and any(map(str.isalnum, line[first:stop])):
                tokens.append(Token(first, stop, "unread"))
    return tokens


def _is_number(line: str, at: int, end: int) -> bool:
    """Whether the word from ``at`` to ``end`` is ``n:`` with some digit."""
    return (
        end - at > 2
        and line[at] in "nN"
        and line[at + 1] in _COLON
        and any(map(str.isdigit, line[at + 2 : end]))
    )


def _revisit(line: str, at: int, end: int) -> int:
    """Where the day begins in the word ``revisit:30d``; 0 for another word."""
    for name in _REVISIT:
        colon = at + len(name)
        if line[at:colon].lower() == name and line[colon : colon + 1] in (*_COLON,):
            return colon + 1 if end > colon + 1 else 0
    return 0


def _number(text: str) -> float | None:
    """``text`` as a plain decimal number of at most 15 digits, None for anything else."""
    text = _fold(text).replace("−", "-")
    bare = text[1:] if text[:1] in ("+", "-") else text
    digits = bare.replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        return None
    if not (bare[0].isdigit() and bare[-1].isdigit()):
        return None
    return float(text)


def _last_caret(line: str, word: int, end: int) -> int:
    """Where the last date of a word begins, -1 without one."""
    for index in range(end - 1, word - 1, -1):
        if _is_caret(line, word, index):
            return index if any(map(str.isalnum, line[index + 1 : end])) else -1
    return -1


def _is_caret(line: str, word: int, index: int) -> bool:
    """Whether a date may begin at ``index``: first of its word, or after Chinese."""
    return line[index] in _CARET and (index == word or _is_cjk(line[index - 1]))


def _words(line: str, start: int, signs: str) -> Iterator[tuple[int, int]]:
    """Where the words of ``line`` that hold one of ``signs`` begin and end."""
    if not any(sign in line for sign in signs):
        return
    at = start
    for word in line[start:].split():
        at = line.index(word, at)
        if any(sign in word for sign in signs):
            yield at, at + len(word)
        at += len(word)


def word_start(line: str, end: int) -> int:
    """Where the word that ends at ``end`` begins."""
    while end > 0 and not line[end - 1].isspace():
        end -= 1
    return end


def opens(line: str, at: int, start: int = 0) -> bool:
    """Whether a sign at ``at`` may begin a token: not in an address or a word."""
    if at <= start:
        return True
    before = line[at - 1]
    if before.isascii():
        return before.isspace() or before in _OPENING
    return _is_cjk(before) or not before.isalnum()


def in_tag(char: str) -> bool:
    """Whether ``char`` may stand in a tag."""
    if char.isalnum() or char in "-_":
        return True
    return char >= "\u0300" and not _is_cjk(char) and _is_mark(char)


def _is_mark(char: str) -> bool:
    """Whether ``char`` belongs to the letter before it."""
    from unicodedata import category

    return category(char) in ("Mn", "Mc")


def is_stop(char: str) -> bool:
    """Whether ``char`` may follow the last word of a sentence."""
    return char in ".,;!?)。，、；！？）…"


def _is_cjk(char: str) -> bool:
    """Whether ``char`` is of a script that writes without blanks, or its punctuation."""
    return (
        "\u2e80" <= char <= "\ud7ff"
        or "\uf900" <= char <= "\ufaff"
        or "\ufe30" <= char <= "\ufe4f"
        or "\uff00" <= char <= "\uffef"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def _fold(text: str) -> str:
    """``text`` with full-width letters, digits and signs as ASCII."""
    if text.isascii():
        return text
    return "".join(
        chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text
    )
