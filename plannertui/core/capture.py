"""One line, as typed: ``[mark] text with @ref #tag ^date key:value``.

=============== ======================================================================
mark            first of all and followed by a blank, a full-width one also by a word;
                see ``MARKS``
``@name``       a handle or an alias, anywhere; stays in the text
``#tag``        letters, digits, ``-`` and ``_``, with at least one letter, anywhere;
                stays
``^date``       anything that core.dates reads, also in several words; taken off at the
                end
``n:3``         added to the measure of the goal referred to; taken off at the end
``revisit:30d`` the day to see an entry again; taken off at the end
=============== ======================================================================

The end is the trailing run of such tokens, whatever became of them. No character is
dropped: the text is the line less its mark and what was taken off, each with the blanks
around it, less one line break at the end. Full-width forms of all signs are equal.
On the shell's quick path: imports next to nothing.
"""

from __future__ import annotations

from plannertui.core.text import clean
from plannertui.core.tokens import (
    AT,
    HASH,
    LONGEST,
    Token,
    at_end,
    in_tag,
    is_stop,
    named,
    opens,
    unread,
    word_start,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.tokens import Found, Resolve

MARKS = {
    "+": "win",
    "＋": "win",
    ">": "promise",
    "＞": "promise",
    "<": "waiting",
    "＜": "waiting",
    "?": "ask",
    "？": "ask",
    "!": "warn",
    "！": "warn",
    "~": "grey",
    "～": "grey",
    "*": "lesson",
    "＊": "lesson",
}

OPENING = "“‘《「『（【"

# What happened has a day that lies behind; anything else is due.
PAST = ("note", "win", "lesson")
# What is written down can be seen again; what is to be done is not.
WRITTEN = (*PAST, "warn")


class Capture:
    """A line as it was understood.

    ``refs`` are (id, handle, label, type); ``tags`` are without ``#``; ``date_text`` is
    the ``^date`` as typed; ``fields`` holds the values of the keys as typed;
    ``unresolved`` lists what looks like a token, was not used and stayed in the text;
    ``revisit`` is the day to see it again.
    """

    __slots__ = (
        "date",
        "date_text",
        "fields",
        "kind",
        "number",
        "refs",
        "revisit",
        "tags",
        "text",
        "unresolved",
    )

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text
        self.refs: list[Found] = []
        self.tags: list[str] = []
        self.date: date | None = None
        self.date_text = ""
        self.number: float | None = None
        self.revisit: date | None = None
        self.fields: dict[str, str] = {}
        self.unresolved: list[str] = []


def parse(
    line: str,
    *,
    today: date,
    resolve: Resolve,
    kind: str | None = None,
    year_start: int = 1,
    goal: bool = False,
) -> Capture:
    """What ``line`` says; never an error, also for an empty one.

    With ``kind`` given no mark is taken off. ``goal`` says that a goal is referred to
    outside the line; without any, ``n:`` has nothing to add to and stays in the text.
    """
    line = clean(line)
    tokens = read(
        line,
        today=today,
        resolve=resolve,
        kind=kind,
        year_start=year_start,
        goal=goal,
    )
    capture = Capture(kind or "note", _less(line, tokens))
    seen: set[str] = set()
    for token in tokens:
        typed = line[token.start : token.end]
        if token.what == "mark":
            capture.kind = token.value
        elif token.what == "ref":
            if all(token.value[0] != ref[0] for ref in capture.refs):
                capture.refs.append(token.value)
        elif token.what == "tag":
            if token.value.casefold() not in seen:
                seen.add(token.value.casefold())
                capture.tags.append(token.value)
        elif token.what == "date":
            capture.date, capture.date_text = token.value, typed
        elif token.what == "number":
            capture.number = token.value
            capture.fields["n"] = typed[2:]
        elif token.what == "revisit":
            capture.revisit = token.value
            capture.fields["revisit"] = typed.split(":" if ":" in typed else "：", 1)[1]
        else:
            capture.unresolved.append(typed)
    return capture


def read(
    line: str,
    *,
    today: date,
    resolve: Resolve,
    kind: str | None = None,
    year_start: int = 1,
    goal: bool = False,
) -> list[Token]:
    """The tokens of ``line`` in order, for showing what it will do while it is typed.

    Positions count in ``line`` as given, which is expected to be clean.
    """
    tokens: list[Token] = []
    start = 0
    if kind is None:
        mark = _mark(line)
        if mark is not None:
            tokens.append(mark)
            kind, start = mark.value, mark.end
    names = named(line, start, resolve)
    tokens += names
    goal = goal or any(t.what == "ref" and t.value[3] == "goal" for t in names)

    def day(text: str) -> date | None:
        if len(text) > LONGEST:
            return None
        from plannertui.core.dates import parse_date
        from plannertui.core.errors import UnreadableDate

        past = kind is None or kind in PAST
        try:
            return parse_date(text, today, past=past, year_start=year_start)
        except UnreadableDate:
            return None

    def again(text: str) -> date | None:
        return day_again(text, today, year_start)

    seen_again = again if kind is None or kind in WRITTEN else None
    taken = at_end(line, start, names, day, goal, seen_again)
    tokens += taken
    tokens += unread(line, start, taken)
    tokens.sort(key=_by_start)
    return tokens


def day_again(text: str, today: date, year_start: int = 1) -> date | None:
    """The day after ``today`` that 30d, 2w, 30天 or a date means; None for none."""
    if len(text) > LONGEST:
        return None
    from plannertui.core.dates import parse_date
    from plannertui.core.errors import UnreadableDate

    for words in (text, "+" + text, text + "后"):
        try:
            day = parse_date(words, today, year_start=year_start)
        except UnreadableDate:
            continue
        return day if day > today else None
    return None


def complete_at(line: str, cursor: int) -> tuple[int, str, str] | None:
    """What is being named at ``cursor``: (start, prefix, "@" or "#"), None for nothing.

    ``line[start:cursor]`` is the prefix; a completion takes its place.
    """
    cursor = max(0, min(cursor, len(line)))
    at = cursor
    while at > 0 and cursor - at <= LONGEST:
        at -= 1
        char = line[at]
        if char.isspace():
            return None
        if char in AT or char in HASH:
            if not opens(line, at) or "://" in line[word_start(line, at) : at]:
                return None
            prefix = line[at + 1 : cursor]
            if char in HASH and not all(map(in_tag, prefix)):
                return None
            return at + 1, prefix, "@" if char in AT else "#"
    return None


def _mark(line: str) -> Token | None:
    """The mark that ``line`` starts with."""
    start = len(line) - len(line.lstrip())
    after = line[start + 1 : start + 2]
    kind = MARKS.get(line[start : start + 1])
    if kind is None or not (after.isspace() or _begins(line[start], after)):
        return None
    return Token(start, start + 1, "mark", kind)


def _begins(mark: str, after: str) -> bool:
    """Whether ``after`` begins a word that a full-width mark, as wide as one with its
    blank, may stand right before; ？！ and ＊＊ are no marks.
    """
    return not mark.isascii() and (
        after.isalnum() or (after != "" and after in AT + HASH + OPENING)
    )


def _less(line: str, tokens: list[Token]) -> str:
    """``line`` less its mark, its date and its number, with the blanks around them."""
    start = 0
    stop = len(line)
    if line.endswith("\n"):
        stop -= 1
    if tokens and tokens[0].what == "mark":
        start = tokens[0].end
        while start < stop and line[start].isspace():
            start += 1
    kept: list[str] = []
    at = start
    for token in tokens:
        if token.what not in ("date", "number", "revisit"):
            continue
        part = line[at : token.start]
        at = token.end
        # ^fri. leaves its full stop to the word before, ^明天@王 leaves a word apart.
        if at == stop or line[at].isspace() or is_stop(line[at]):
            part = part.rstrip()
        kept.append(part)
        if not line[at:stop].strip():
            at = stop
        elif not any(kept):
            while line[at].isspace():
                at += 1
    kept.append(line[at:stop])
    return "".join(kept)


def _by_start(token: Token) -> int:
    return token.start
