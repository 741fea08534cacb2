"""A terminal's screen as an SVG drawing, and that drawing as a small PNG."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

CELL = 9.0
LINE = 18.0
MARGIN = 10.0
# What DejaVu Sans Mono advances by, in em; fallbacks are stretched to the same cells.
ADVANCE = 0.60205
FONT_SIZE = round(CELL / ADVANCE, 2)
WIDE_SIZE = 16.0
BASELINE = 13.6
PALETTE = 64
NARROW_FONTS = "'DejaVu Sans Mono',Menlo,Consolas,monospace"
WIDE_FONTS = (
    "'Noto Sans Mono CJK SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',"
    "'DejaVu Sans Mono',monospace"
)
# What the shell's eight colours are on a dark ground and on a light one.
DARK_NAMED = {
    "black": "14161b",
    "red": "df8079",
    "green": "86b886",
    "brown": "d9b06c",
    "blue": "8ab0ee",
    "magenta": "c79ad8",
    "cyan": "6fbccb",
    "white": "d6d9e0",
    "brightblack": "8b91a0",
}
LIGHT_NAMED = {
    "black": "2a2d35",
    "red": "b23a32",
    "green": "3a7a3f",
    "brown": "8f6410",
    "blue": "2a5db0",
    "magenta": "86479c",
    "cyan": "177585",
    "white": "faf9f6",
    "brightblack": "6b6f7a",
}
BRAILLE = "\u2800"
# The bit of each dot, by row from the top, left and right.
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
EIGHTHS_LEFT = " ▏▎▍▌▋▊▉█"
EIGHTHS_UP = " ▁▂▃▄▅▆▇█"
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}
# Which of left, up, right, down a line reaches from the middle of its cell.
LINES = {
    "─": "lr",
    "│": "ud",
    "┌": "rd",
    "┐": "ld",
    "└": "ur",
    "┘": "lu",
    "├": "urd",
    "┤": "lud",
    "┬": "lrd",
    "┴": "lur",
    "┼": "lurd",
}
ROUND = {"╭": (1, 1), "╮": (-1, 1), "╰": (1, -1), "╯": (-1, -1)}


Frames = dict[str, tuple[list[tuple[float, float, float, float]], list[str]]]
"""For each colour the straight lines (x, y, x, y) and the curves that are drawn in it."""


class Look(NamedTuple):
    """How a cell is painted: colours as six hex digits, and its type."""

    ink: str
    ground: str
    bold: bool
    italic: bool
    under: bool
    strike: bool


def svg(display: Any, *, ink: str, ground: str, title: str) -> str:
    """The rows of a pyte ``display`` as one SVG document.

    ``ink`` and ``ground`` are the terminal's own colours, as six hex digits. Box and
    block characters are drawn as shapes, so that they join in any font.
    """
    width = display.columns * CELL + 2 * MARGIN
    height = display.lines * LINE + 2 * MARGIN
    grounds: list[str] = []
    shapes: list[str] = []
    texts: list[str] = []
    frames: Frames = {}
    for row in range(display.lines):
        cells = _cells(display, row, ink, ground)
        _grounds(cells, row, ground, grounds)
        _row(cells, row, shapes, texts, frames)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} '
            f'{height:g}" width="{width:g}" height="{height:g}">',
            f"<title>{escape(title)}</title>",
            f"<style>text{{white-space:pre;font:{FONT_SIZE}px {NARROW_FONTS}}}"
            f".w{{font:{WIDE_SIZE}px {WIDE_FONTS}}}.b{{font-weight:bold}}"
            ".i{font-style:italic}.u{text-decoration:underline}"
            ".s{text-decoration:line-through}</style>",
            f'<rect width="100%" height="100%" rx="6" fill="#{ground}"/>',
            f'<g transform="translate({MARGIN:g},{MARGIN:g})" xml:space="preserve">',
            *grounds,
            *shapes,
            *(_frame(color, parts) for color, parts in frames.items()),
            *texts,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _cells(display: Any, row: int, ink: str, ground: str) -> list[tuple[str, Look]]:
    """The characters of a row with their looks; "" follows a wide one."""
    line = display.buffer[row]
    named = DARK_NAMED if int(ground[:2], 16) < 128 else LIGHT_NAMED
    found = []
    for column in range(display.columns):
        char = line[column]
        fore = named.get(char.fg, char.fg) if char.fg != "default" else ink
        back = named.get(char.bg, char.bg) if char.bg != "default" else ground
        if char.reverse:
            fore, back = back, fore
        look = Look(
            fore, back, char.bold, char.italics, char.underscore, char.strikethrough
        )
        found.append((char.data, look))
    return found


def _grounds(
    cells: list[tuple[str, Look]], row: int, ground: str, into: list[str]
) -> None:
    """One rectangle for each run of cells with a ground of their own."""
    start = 0
    for column in range(1, len(cells) + 1):
        color = cells[start][1].ground
        if column < len(cells) and cells[column][1].ground == color:
            continue
        if color != ground:
            # A little lower, so that no seam shows between two rows.
            into.append(_rect(start, row, column - start, color))
        start = column


def _rect(column: int, row: int, width: float, color: str) -> str:
    return (
        f'<rect x="{column * CELL:g}" y="{row * LINE:g}" width="{width * CELL:g}" '
        f'height="{LINE + 0.2:g}" fill="#{color}"/>'
    )


def _row(
    cells: list[tuple[str, Look]],
    row: int,
    shapes: list[str],
    texts: list[str],
    frames: Frames,
) -> None:
    """The characters of a row: lines and shapes where they are some, else text."""
    column = 0
    while column < len(cells):
        data, look = cells[column]
        if not data or data.isspace():
            column += 1
            continue
        if data in LINES or data in ROUND:
            _line(data, column, row, frames.setdefault(look.ink, ([], [])))
            column += 1
            continue
        shape = _shape(data, column, row, look.ink)
        if shape:
            shapes.append(shape)
            column += 1
            continue
        end, run, wide = _run(cells, column)
        texts.append(_text(run, column, row, end - column, look, wide))
        column = end


def _run(cells: list[tuple[str, Look]], start: int) -> tuple[int, str, bool]:
    """The text from ``start`` on that one element can hold, and where it ends."""
    look = cells[start][1]
    wide = start + 1 < len(cells) and cells[start + 1][0] == ""
    column = start
    run = ""
    while column < len(cells):
        data, other = cells[column]
        paint = other._replace(ground="") == look._replace(ground="")
        is_wide = column + 1 < len(cells) and cells[column + 1][0] == ""
        if not paint or is_wide != wide or (data != " " and _is_shape(data)):
            break
        if data == " " and (wide or cells[column + 1 : column + 2] == []):
            break
        run += data
        column += 2 if is_wide else 1
    while run.endswith(" ") and not look.under:
        run = run[:-1]
        column -= 1
    return column, run, wide


def _text(run: str, column: int, row: int, cells: int, look: Look, wide: bool) -> str:
    names = [
        name
        for name, on in (
            ("w", wide),
            ("b", look.bold),
            ("i", look.italic),
            ("u", look.under),
            ("s", look.strike),
        )
        if on
    ]
    style = f' class="{" ".join(names)}"' if names else ""
    # Each wide character stands in the middle of its two cells.
    gap = 2 * CELL - WIDE_SIZE
    spaced = f' letter-spacing="{gap:g}"' if wide else ""
    x = column * CELL + (gap / 2 if wide else 0)
    return (
        f'<text x="{x:g}" y="{row * LINE + BASELINE:g}" fill="#{look.ink}"{style}'
        f'{spaced} textLength="{cells * CELL:g}">{escape(run, quote=False)}</text>'
    )


def _is_shape(data: str) -> bool:
    return (
        data in LINES
        or data in ROUND
        or data in SHADES
        or data in "┊▔▕▐▀"
        or BRAILLE < data <= "\u28ff"
        or (data != " " and (data in EIGHTHS_LEFT or data in EIGHTHS_UP))
    )


def _line(
    data: str,
    column: int,
    row: int,
    into: tuple[list[tuple[float, float, float, float]], list[str]],
) -> None:
    """The strokes of a box character."""
    straight, curves = into
    x, y = column * CELL, row * LINE
    middle, centre = x + CELL / 2, y + LINE / 2
    if data in ROUND:
        right, down = ROUND[data]
        a, b = middle + right * CELL / 2, centre + down * LINE / 2
        curves.append(f"M{a:g} {centre:g}Q{middle:g} {centre:g} {middle:g} {b:g}")
        return
    ways = LINES[data]
    if "l" in ways or "r" in ways:
        left = x if "l" in ways else middle
        straight.append((left, centre, x + CELL if "r" in ways else middle, centre))
    if "u" in ways or "d" in ways:
        top = y if "u" in ways else centre
        straight.append((middle, top, middle, y + LINE if "d" in ways else centre))


def _frame(
    color: str, parts: tuple[list[tuple[float, float, float, float]], list[str]]
) -> str:
    """All strokes of one colour; those that touch end to end become one."""
    straight, curves = parts
    drawn = list(curves)
    level = sorted((y, x, to) for x, y, to, end in straight if y == end)
    upright = sorted((x, y, to) for x, y, end, to in straight if x == end)
    for lines, pattern in (
        (level, "M{1:g} {0:g}H{2:g}"),
        (upright, "M{0:g} {1:g}V{2:g}"),
    ):
        joined: list[tuple[float, float, float]] = []
        for across, start, end in lines:
            if joined and joined[-1][0] == across and joined[-1][2] == start:
                joined[-1] = (across, joined[-1][1], end)
            else:
                joined.append((across, start, end))
        drawn += [pattern.format(*one) for one in joined]
    return f'<path d="{"".join(drawn)}" stroke="#{color}" fill="none"/>'


def _shape(data: str, column: int, row: int, ink: str) -> str:
    """``data`` as a shape; empty when it is a letter."""
    if not _is_shape(data):
        return ""
    x, y = column * CELL, row * LINE
    middle = x + CELL / 2
    stroke = f'stroke="#{ink}" fill="none"'
    if data == "┊":
        return f'<path d="M{middle:g} {y:g}V{y + LINE:g}" {stroke} stroke-dasharray="3 2"/>'
    if data > BRAILLE and data <= "\u28ff":
        return _dots(ord(data) - ord(BRAILLE), x, y, ink)
    left, top, width, height, alpha = x, y, CELL, LINE, 1.0
    if data in SHADES:
        alpha = SHADES[data]
    elif data == "▔":
        height = LINE / 8
    elif data == "▕":
        left, width = x + CELL * 7 / 8, CELL / 8
    elif data == "▐":
        left, width = middle, CELL / 2
    elif data == "▀":
        height = LINE / 2
    elif data in EIGHTHS_LEFT:
        width = CELL * EIGHTHS_LEFT.index(data) / 8
    else:
        height = LINE * EIGHTHS_UP.index(data) / 8
        top = y + LINE - height
    faded = f' fill-opacity="{alpha:g}"' if alpha < 1 else ""
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" '
        f'fill="#{ink}"{faded}/>'
    )


def _dots(bits: int, x: float, y: float, ink: str) -> str:
    """The Braille cell with its corner at ``x``, ``y``: a square for each dot."""
    across, down, size = CELL / 2, LINE / 4, 2.2
    path = "".join(
        f"M{x + (column + 0.5) * across - size / 2:g} "
        f"{y + (row + 0.5) * down - size / 2:g}h{size}v{size}h-{size}z"
        for row, pair in enumerate(DOTS)
        for column, bit in enumerate(pair)
        if bits & bit
    )
    return f'<path d="{path}" fill="#{ink}"/>'


# -- PNG -------------------------------------------------------------------------------


def png(source: Path, target: Path) -> bool:
    """Draw the SVG ``source`` as a PNG with a palette; False without rsvg-convert."""
    tool = shutil.which("rsvg-convert")
    if tool is None:
        return False
    made = subprocess.run([tool, str(source)], capture_output=True, check=True)
    flat = re.findall(r'fill="#([0-9a-f]{6})"', source.read_text(encoding="utf-8"))
    colors = [bytes.fromhex(color) + b"\xff" for color in dict.fromkeys(flat)]
    target.write_bytes(_reduced(made.stdout, colors))
    return True


def _reduced(data: bytes, flat: list[bytes]) -> bytes:
    """The same picture with a palette: a quarter of the bytes, and no visible change.

    ``flat`` are colours that it has for sure; the rest are the softened edges of letters.
    """
    width, height, pixels = _read(data)
    counts = Counter(pixels)
    often = [color for color, _ in counts.most_common(PALETTE)]
    colors = list(dict.fromkeys([*flat, *often]))[: max(PALETTE, len(flat))]
    index = {color: number for number, color in enumerate(colors)}
    for color in counts:
        if color not in index:
            index[color] = min(
                range(len(colors)),
                key=lambda n: sum(
                    (a - b) ** 2 for a, b in zip(colors[n], color, strict=True)
                ),
            )
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        rows += bytes(index[p] for p in pixels[row * width : (row + 1) * width])
    palette = b"".join(color[:3] for color in colors)
    clear = bytes(color[3] for color in colors)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"tRNS", clear.rstrip(b"\xff")) if clear.strip(b"\xff") else b"",
            _chunk(b"IDAT", zlib.compress(bytes(rows), 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def _read(data: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the RGBA pixels of a PNG as rsvg-convert writes it."""
    at, packed = 8, b""
    width = height = 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", body[:10])
            if (depth, color) != (8, 6):
                raise ValueError("rsvg-convert writes 8-bit RGBA")
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    raw, stride = zlib.decompress(packed), width * 4
    above = bytearray(stride)
    pixels: list[bytes] = []
    for row in range(height):
        start = row * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        _unfilter(raw[start], line, above)
        pixels += [bytes(line[n : n + 4]) for n in range(0, stride, 4)]
        above = line
    return width, height, pixels


def _unfilter(kind: int, line: bytearray, above: bytearray) -> None:
    """Undo the filter of one PNG row, in place."""
    if kind == 0:
        return
    if kind == 2:
        line[:] = bytes((a + b) & 255 for a, b in zip(line, above, strict=True))
        return
    for n in range(len(line)):
        left = line[n - 4] if n >= 4 else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + above[n]) // 2
        else:
            corner = above[n - 4] if n >= 4 else 0
            up = above[n]
            p = left + up - corner
            a, b, c = abs(p - left), abs(p - up), abs(p - corner)
            guess = left if a <= b and a <= c else up if b <= c else corner
        line[n] = (line[n] + guess) & 255
