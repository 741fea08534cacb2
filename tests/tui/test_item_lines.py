"""A line of the journal as text: what it says, and where it is cut."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from rich.style import Style
from textual._cells import cell_len

from plannertui.store import entries, items, matters, people
from plannertui.tui.themes import UNICODE
from plannertui.tui.widgets.item_lines import GAP, MOST_LINES, lay_out
from plannertui.tui.widgets.item_strips import _linked
from tests.tui.sample import TODAY

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

FRAME = UNICODE
LONG = (
    "Saturday make-up day before the holiday. Three things, one after another, slowly."
)


def lines_of(db: Store, width: int) -> list[tuple[str, str]]:
    (item,) = items.on_day(db, TODAY)
    return lay_out(item, width, FRAME, TODAY)


@pytest.mark.parametrize("width", [24, 28, 31, 40, 60])
def test_a_long_text_shows_its_beginning_and_its_kind_beside_it(
    store: Store, now: datetime, width: int
) -> None:
    entries.add(store, text=LONG * 3, day=TODAY, now=now)
    lines = lines_of(store, width)
    assert len(lines) == MOST_LINES
    assert lines[0][0] == LONG[: len(lines[0][0])]
    last, about = lines[-1]
    assert last.endswith(FRAME.ellipsis)
    assert about == "note"
    assert cell_len(last) + GAP + len(about) <= width


def test_no_comma_stands_before_the_ellipsis(store: Store, now: datetime) -> None:
    entries.add(store, text="one, " * 60, day=TODAY, now=now)
    assert lines_of(store, 29)[-1][0].endswith(f"one{FRAME.ellipsis}")


def test_what_does_not_fit_beside_stands_below(store: Store, now: datetime) -> None:
    matters.add(
        store,
        title="the list of the 30 oldest",
        day=TODAY,
        now=now,
        kind="promise",
        due=date(2024, 9, 20),
    )
    assert lines_of(store, 30) == [
        ("the list of the 30 oldest", ""),
        ("", "promise due Fri 20 Sep"),
    ]
    assert lines_of(store, 60) == [
        ("the list of the 30 oldest", "promise due Fri 20 Sep")
    ]


def test_a_kind_word_takes_no_line_of_its_own(store: Store, now: datetime) -> None:
    matters.add(store, title="weekly review, 15 minutes", day=TODAY, now=now)
    assert lines_of(store, 31) == [("weekly review, 15 minutes", "task")]
    assert lines_of(store, 28) == [("weekly review, 15", ""), ("minutes", "task")]


def test_a_warning_speaks_of_its_day(store: Store, now: datetime) -> None:
    about = date(2024, 9, 23)
    entries.add(store, text="budget", kind="warn", day=TODAY, now=now, about=about)
    assert lines_of(store, 60) == [("budget", "warning for Mon 23 Sep")]


def test_empty_lines_take_no_room(store: Store, now: datetime) -> None:
    entries.add(store, text="\n\nfirst\n\n\nsecond\n", day=TODAY, now=now)
    assert lines_of(store, 40) == [("first", ""), ("second", "note")]


def test_a_text_of_empty_lines_is_a_line(store: Store, now: datetime) -> None:
    entries.add(store, text="x" + "\n" * 700, day=TODAY, now=now)
    assert lines_of(store, 40) == [("x" + FRAME.ellipsis, "note")]


@pytest.mark.parametrize("width", [24, 30, 60])
def test_a_name_of_two_words_is_one_link(
    store: Store, now: datetime, width: int
) -> None:
    lin = people.add(store, alias="Director Lin", now=now)
    entries.add(
        store, text="saw the draft with @L1 today", day=TODAY, now=now, links=[lin.id]
    )
    lines = lines_of(store, width)
    shown = "\n".join(text for text, _about in lines)
    assert "@Director\u00a0Lin" in shown
    assert [about for _text, about in lines if about] == ["note"]
    plain, link = Style(), Style(bold=True)
    marked = [
        segment.text
        for text, _about in lines
        for segment in _linked(text, plain, link)
        if segment.style == link
    ]
    assert marked == ["@Director\u00a0Lin"]
