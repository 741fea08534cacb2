"""Sending only what differs leaves the same screen as sending everything."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip
from wcwidth import wcwidth

from plannertui.tui.ink import change, ink_of
from plannertui.tui.painting import Canvas, Painting, cells_of
from tests.terminal import Display

WIDTH, HEIGHT = 14, 4
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = [
    None,
    Style(bold=True),
    Style(color="red", bgcolor="blue"),
    Style(reverse=True),
    Style(color="#102030", bgcolor="#405060", bold=True),
    Style(color="#405060", bgcolor="#405060"),
    Style(color="green", underline=True),
    Style(color="#102030", strike=True),
    Style(color="#102030", bold=True, italic=True, underline=True),
    Style(bgcolor="bright_red", italic=True),
    Style(color="color(200)", bgcolor="color(100)", underline=True, bold=True),
]

texts = st.lists(
    st.tuples(st.text("ab 中文，é", max_size=6), st.sampled_from(STYLES)), max_size=4
)


def strip(pieces: list[tuple[str, Style | None]]) -> Strip:
    return Strip([Segment(text, style) for text, style in pieces]).adjust_cell_length(
        WIDTH
    )


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    return screen, pyte.Stream(screen)


def shown(screen: pyte.Screen) -> list[list[object]]:
    return [
        [seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(screen.lines)
    ]


def seen(cell: pyte.screens.Char) -> object:
    """What of a cell can be seen: a blank has no colour but that behind it."""
    lined = cell.underscore or cell.strikethrough or cell.reverse
    if cell.data != " " or lined:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


@given(
    st.lists(st.lists(texts, min_size=HEIGHT, max_size=HEIGHT), min_size=1, max_size=6)
)
def test_the_terminal_shows_the_last_frame(
    frames: list[list[list[tuple[str, Style | None]]]],
) -> None:
    canvas = Canvas()
    screen, stream = terminal()
    for frame in frames:
        canvas.fit(Size(WIDTH, HEIGHT))
        update = LayoutUpdate(
            [[strip(line)] for line in frame], Region(0, 0, WIDTH, HEIGHT)
        )
        stream.feed(Painting(update, canvas).render_segments(CONSOLE))
        whole, whole_stream = terminal()
        whole_stream.feed(plainly(frame))
        assert shown(screen) == shown(whole)


def plainly(frame: list[list[tuple[str, Style | None]]]) -> str:
    """Every cell of ``frame`` at its place, in its own colours."""
    parts = []
    for y, line in enumerate(frame):
        for x, (text, codes) in enumerate(cells_of(strip(line), ColorSystem.TRUECOLOR)):
            parts.append(f"\x1b[{y + 1};{x + 1}H\x1b[0;{codes}m{text}" if text else "")
    return "".join(parts)


def draw(canvas: Canvas, y: int, x: int, cells: list[tuple[str, str]]) -> str:
    """What is sent for ``cells`` alone."""
    return canvas.send(canvas.draw(y, x, cells))


def test_the_same_frame_again_sends_nothing() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    cells = cells_of(strip([("中文 ab", STYLES[2])]), ColorSystem.TRUECOLOR)
    assert draw(canvas, 1, 0, cells)
    assert draw(canvas, 1, 0, cells) == ""


def test_one_changed_cell_sends_little() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    draw(canvas, 0, 0, cells_of(strip([("a" * WIDTH, None)]), ColorSystem.TRUECOLOR))
    changed = [("a", "")] * 5 + [("b", "")] + [("a", "")] * 8
    assert draw(canvas, 0, 0, changed) == "\x1b[1;6Hb"


def test_a_blank_in_other_colours_is_not_sent_again() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    red = Style(color="red", bgcolor="blue")
    green = Style(color="green", bgcolor="blue")
    for style, wanted in ((red, True), (green, False), (Style(reverse=True), True)):
        line = strip([(" " * WIDTH, style)])
        assert bool(draw(canvas, 0, 0, cells_of(line, ColorSystem.TRUECOLOR))) is wanted


def test_half_of_a_wide_character_is_never_sent_alone() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    draw(canvas, 0, 0, cells_of(strip([("中a", None)]), ColorSystem.TRUECOLOR))
    assert "文" in draw(
        canvas, 0, 0, cells_of(strip([("文a", None)]), ColorSystem.TRUECOLOR)
    )


def test_a_line_with_an_emoji_is_sent_whole() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    draw(canvas, 0, 0, cells_of(strip([("👩‍💻 abc", None)]), ColorSystem.TRUECOLOR))
    sent = draw(
        canvas, 0, 0, cells_of(strip([("👩‍💻 abd", None)]), ColorSystem.TRUECOLOR)
    )
    assert sent.startswith("\x1b[1;1H👩‍💻 abd")


def test_after_forgetting_everything_is_sent_again() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    cells = cells_of(strip([("abc", None)]), ColorSystem.TRUECOLOR)
    draw(canvas, 0, 0, cells)
    canvas.forget()
    canvas.fit(Size(WIDTH, HEIGHT))
    assert "abc" in draw(canvas, 0, 0, cells)


def test_what_lies_outside_is_left_out() -> None:
    canvas = Canvas()
    canvas.fit(Size(3, 1))
    assert draw(canvas, 1, 0, [("a", "")]) == ""
    assert draw(canvas, 0, -1, [("a", ""), ("b", "")]) == "\x1b[1;1Hb"
    assert draw(canvas, 0, 2, [("c", ""), ("d", "")]) == "\x1b[1;3Hc"


def test_frames_that_change_say_each_colour_once() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))

    def framed(left: str, right: str) -> str:
        one = [("│", left), *[("a", "1")] * (WIDTH - 2), ("│", right)]
        runs = [run for y in range(HEIGHT) for run in canvas.draw(y, 0, one)]
        return canvas.send(runs)

    framed("31", "32")
    sent = framed("32", "31")
    assert sent.count("31m") == sent.count("32m") == 1
    assert sent.count("│") == 2 * HEIGHT


@given(
    st.lists(
        st.tuples(st.integers(0, WIDTH - 1), st.text("ab 中文", max_size=5)),
        max_size=8,
    ),
    st.integers(1, WIDTH),
)
def test_the_terminal_of_the_tests_shows_no_half_characters(
    writings: list[tuple[int, str]], narrower: int
) -> None:
    display = Display(WIDTH, HEIGHT)
    stream = pyte.Stream(display)
    for column, text in writings:
        stream.feed(f"\x1b[1;{column + 1}H{text}")
        display.mend()
    display.resize(HEIGHT, narrower)
    assert [sum(map(wcwidth, line)) for line in display.display] == [narrower] * HEIGHT


def test_half_of_a_wide_character_is_blank_when_the_other_is_written_over() -> None:
    display = Display(4, 1)
    stream = pyte.Stream(display)
    for column, shown in ((1, "a 文"), (2, " a文"), (4, "中 a")):
        stream.feed(f"\x1b[1;1H中文\x1b[1;{column}Ha")
        display.mend()
        assert display.display == [shown]


def test_what_another_program_left_the_pen_in_does_not_matter() -> None:
    canvas = Canvas()
    canvas.fit(Size(WIDTH, HEIGHT))
    draw(canvas, 0, 0, [("a", "")])
    canvas.forget()
    canvas.fit(Size(WIDTH, HEIGHT))
    screen, stream = terminal()
    stream.feed("\x1b[1;31;44m" + draw(canvas, 0, 0, [("a", ""), ("b", "1")]))
    assert screen.buffer[0][0] == pyte.screens.Char("a")
    assert screen.buffer[0][1] == pyte.screens.Char("b", bold=True)


def test_a_row_is_named_again_where_the_terminal_may_have_left_it() -> None:
    canvas = Canvas()
    canvas.fit(Size(20, 1))
    draw(canvas, 0, 0, [(" ", "1")] * 20)
    near = canvas.send([(0, 0, [("a", ""), ("│", "")]), (0, 10, [("b", "")])])
    assert near == "\x1b[1;1Ha│\x1b[11Gb"
    # Where each of these were two cells wide, the cursor would be on the next row.
    wide = canvas.send([(0, 0, [("─", "")] * 12), (0, 18, [("b", "")])])
    assert wide.endswith("\x1b[1;19Hb")


def test_of_two_inks_only_the_difference_is_said() -> None:
    one, other = ink_of("1;38;2;1;2;3;48;2;9;9;9"), ink_of("38;2;4;5;6;48;2;9;9;9")
    assert change(one, other) == "\x1b[22;38;2;4;5;6m"
    assert change(other, one) == "\x1b[1;38;2;1;2;3m"
    assert change(ink_of("1;2;31"), ink_of("2;31")) == "\x1b[22;2m"
    assert change(ink_of("31;44"), ink_of("")) == "\x1b[0m"
    assert change(None, ink_of("31")) == "\x1b[0;31m"
    assert change(one, one) == ""
