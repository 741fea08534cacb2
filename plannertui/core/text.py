"""Text as people type it: what may enter, what may be shown, and how wide it is.

On the shell's quick path: imports nothing, and unicodedata only for text beyond ASCII.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

REPLACEMENT = "\ufffd"
ELLIPSIS = "…"

# Stands for what must not reach a terminal; one cell wide everywhere.
HIDDEN = "␦"
_NEWLINE = "␤"

_ZWJ = "\u200d"
_VS16 = "\ufe0f"

# Zero-width and invisible format characters, variation selectors other than VS16.
_DROPPED = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200C),
    (0x2060, 0x2064),
    (0x206A, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0E),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1D173, 0x1D17A),
    (0xE0080, 0xE0FFF),
)
# Marks, embeddings, overrides and isolates that turn the direction of a line.
_BIDI = ((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069))
_TAGS = (0xE0000, 0xE007F)

# What may be followed by VS16, take a skin tone or be joined by ZWJ; the letters and
# symbols among them are harmless, since nothing follows those in a real text.
_EMOJI = (
    (0x23, 0x23),
    (0x2A, 0x2A),
    (0x30, 0x39),
    (0xA9, 0xA9),
    (0xAE, 0xAE),
    (0x203C, 0x203C),
    (0x2049, 0x2049),
    (0x2122, 0x2122),
    (0x2139, 0x2139),
    (0x2194, 0x21AA),
    (0x231A, 0x23FF),
    (0x24C2, 0x24C2),
    (0x25AA, 0x25FE),
    (0x2600, 0x27BF),
    (0x2934, 0x2935),
    (0x2B05, 0x2B55),
    (0x3030, 0x303D),
    (0x3297, 0x3299),
    (0x1F000, 0x1FAFF),
)
# Unassigned in the oldest Unicode data that we run on, and wide in later ones.
_WIDE_LATER = (
    (0x2FFC, 0x2FFF),
    (0x31E4, 0x31EF),
    (0x187F8, 0x187FF),
    (0x18CD6, 0x191D2),
    (0x1F6D8, 0x1F6DC),
    (0x1F7DA, 0x1F7DA),
    (0x1FA70, 0x1FAFF),
    (0x20000, 0x2FFFD),
    (0x30000, 0x3FFFD),
)
# Narrow in that data, and wide since Unicode 16.
_WIDE_NOW = (
    (0x2630, 0x2637),
    (0x268A, 0x268F),
    (0x4DC0, 0x4DFF),
    (0x1D300, 0x1D376),
)
_FLAGS = (0x1F1E6, 0x1F1FF)
_SKIN = (0x1F3FB, 0x1F3FF)

_table: dict[int, str | None] = {}
_widths: dict[tuple[str, int], int] = {}


def clean(text: str) -> str:
    """``text`` as it may be kept: no NUL, no lone surrogate, ``\\n`` between lines.

    A lone surrogate becomes U+FFFD, the two halves of a pair the character they mean.
    Nothing else is changed, and cleaning twice changes nothing more.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    while "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        halves = text.encode("utf-16-le", "surrogatepass")
        text = halves.decode("utf-16-le", "replace")
    return text


def visible(text: str) -> str:
    """``text`` as a terminal may get it: nothing in it is a command or hides.

    Control characters become control pictures, controls of the writing direction, tags
    and C1 controls become ``␦``, zero-width characters are left off. ``\\n``, ``\\t`` and
    what holds an emoji together stay.
    """
    if text.isascii() and text.isprintable():
        return text
    if not _table:
        _fill(_table)
    text = text.translate(_table)
    if _ZWJ in text:
        text = _joined(text)
    return text


def cell_width(text: str, ambiguous: int = 1) -> int:
    """How many terminal cells ``text`` takes; a control character takes none.

    ``ambiguous`` is what a character of ambiguous width takes in this terminal: 1 or 2.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(width for _, width in clusters(text, ambiguous))


def fit(text: str, width: int, ambiguous: int = 1) -> str:
    """``text`` on one line of at most ``width`` cells, cut with ``…`` between clusters.

    Line breaks, tabs and other control characters become blanks.
    """
    text = _flat(text)
    if len(text) <= width and text.isascii():
        return text
    if width <= 0:
        return ""
    if cell_width(text, ambiguous) <= width:
        return text
    # The ellipsis is itself a character of ambiguous width.
    room = width - ambiguous
    if room < 0:
        return "." * width
    used = 0
    kept: list[str] = []
    for cluster, cells in clusters(text, ambiguous):
        if used + cells > room:
            break
        used += cells
        kept.append(cluster)
    return "".join(kept).rstrip() + ELLIPSIS


def pad(text: str, width: int, ambiguous: int = 1) -> str:
    """``text`` as :func:`fit` gives it, filled with blanks to exactly ``width`` cells."""
    text = fit(text, width, ambiguous)
    return text + " " * (width - cell_width(text, ambiguous))


def first_line(text: str) -> str:
    """The first line of ``text`` that has something on it, without blanks around it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        line = text[start:end].strip()
        if line:
            return line
        start = end + 1
    return ""


def clusters(text: str, ambiguous: int = 1) -> Iterator[tuple[str, int]]:
    """The pieces of ``text`` that must not be torn apart, each with its cells.

    A piece is what a reader takes for one character: a letter with its marks, an emoji
    sequence, a flag. The pieces joined give ``text`` back.
    """
    start = 0
    cells = 0
    base = 0
    last = ""
    for index, char in enumerate(text):
        width = _char_width(char, ambiguous)
        code = ord(char)
        if index == 0:
            joins = False
        elif width == 0:
            joins = code >= 0x300
        elif last == _ZWJ:
            joins = _within(code, _EMOJI) and _within(base, _EMOJI)
            width = 0 if joins else width
        elif _SKIN[0] <= code <= _SKIN[1]:
            joins = base >= 0x2190 and _within(base, _EMOJI)
            width = 0 if joins else width
        elif _FLAGS[0] <= code <= _FLAGS[1]:
            joins = len(last) == 1 and index - start == 1 and _is_flag(last)
            width = 0 if joins else width
        else:
            joins = code >= 0x300 and _is_spacing_mark(char)
        if joins:
            if char == _VS16 and cells == 1 and last and ord(last) == base:
                cells = 2 if _within(base, _EMOJI) else 1
            cells += width
        else:
            if index:
                yield text[start:index], cells
            start, cells, base = index, width, code
        last = char
    if text:
        yield text[start:], cells


def _char_width(char: str, ambiguous: int) -> int:
    """The cells of ``char`` by itself: 0, 1 or 2."""
    if " " <= char <= "~":
        return 1
    key = (char, ambiguous)
    known = _widths.get(key)
    if known is None:
        known = _widths[key] = _look_up(char, ambiguous)
    return known


def _look_up(char: str, ambiguous: int) -> int:
    from unicodedata import category, east_asian_width

    code = ord(char)
    kind = category(char)
    if kind in ("Mn", "Me", "Cf", "Cc", "Cs", "Zl", "Zp"):
        return 0
    # The vowels and finals of a Hangul syllable stand inside its first letter's cells.
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF:
        return 0
    if kind == "Cn":
        return 2 if _within(code, _WIDE_LATER) else 1
    wide = east_asian_width(char)
    if wide in "WF" or _within(code, _WIDE_NOW) or _FLAGS[0] <= code <= _FLAGS[1]:
        return 2
    return ambiguous if wide == "A" else 1


def _is_spacing_mark(char: str) -> bool:
    from unicodedata import category

    return category(char) == "Mc"


def _is_flag(char: str) -> bool:
    return _FLAGS[0] <= ord(char) <= _FLAGS[1]


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _flat(text: str) -> str:
    """``text`` with every control character as a blank."""
    if text.isprintable():
        return text
    return "".join(
        " "
        if char < " " or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029"
        else char
        for char in text
    )


def _fill(table: dict[int, str | None]) -> None:
    """Make the table by which :func:`visible` translates."""
    for low, high in _DROPPED:
        table.update(dict.fromkeys(range(low, high + 1)))
    for low, high in (*_BIDI, _TAGS, (0x80, 0x9F)):
        table.update(dict.fromkeys(range(low, high + 1), HIDDEN))
    for code in range(0x20):
        table[code] = chr(0x2400 + code)
    for code in range(0xD800, 0xE000):
        table[code] = REPLACEMENT
    table[0x7F] = "␡"
    table[0x2028] = table[0x2029] = _NEWLINE
    del table[0x09], table[0x0A]


def _joined(text: str) -> str:
    """``text`` with only those joiners that stand between two emoji."""
    kept: list[str] = []
    for index, char in enumerate(text):
        if char == _ZWJ and not (
            index + 1 < len(text)
            and _is_picture(text[index + 1])
            and _ends_in_picture(kept)
        ):
            continue
        kept.append(char)
    return "".join(kept)


def _ends_in_picture(chars: list[str]) -> bool:
    for char in reversed(chars):
        if char != _VS16:
            return _is_picture(char)
    return False


def _is_picture(char: str) -> bool:
    return char >= "\u2190" and _within(ord(char), _EMOJI)
