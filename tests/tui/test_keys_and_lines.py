"""Keys as people read them, the keymap, and the two lines that shorten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.text import cell_width
from plannertui.tui import footer, status
from plannertui.tui.footer import GAP, Hint
from plannertui.tui.keys import check_keymap, show_key
from plannertui.tui.status import Piece
from plannertui.tui.themes import ASCII, UNICODE, frame_for, theme_names
from tests.tui.sample import planner

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("a", "a"),
        ("H", "H"),
        ("1", "1"),
        ("ctrl+s", "Ctrl+S"),
        ("shift+tab", "Shift+Tab"),
        ("slash", "/"),
        ("question_mark", "?"),
        ("up", "↑"),
        ("f1", "F1"),
        ("ctrl+pagedown", "Ctrl+PgDn"),
    ],
)
def test_keys_as_people_read_them(key: str, shown: str) -> None:
    assert show_key(key) == shown


def test_arrows_have_names_in_ascii() -> None:
    assert show_key("up", ascii_only=True) == "Up"


def test_a_keymap_is_checked() -> None:
    assert check_keymap({}) == []
    assert check_keymap({"main.capture": "f6"}) == []
    problems = check_keymap({"main.capture": "f6", "nowhere.at_all": "x"})
    assert len(problems) == 1
    assert "nowhere.at_all" in problems[0]


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ({"main.capture": "n"}, ["main.capture", "goals.add", "reflect.another"]),
        (
            {"main.capture": "f6", "main.search": "f7,f6"},
            ["main.capture", "main.search"],
        ),
        ({"goals.add": "plus"}, []),
        ({"goals.add": "a"}, ["goals.add", "main.capture"]),
        (
            {
                "main.capture": "n",
                **dict.fromkeys(("goals.add", "reflect.another"), "f7"),
                **dict.fromkeys(
                    (
                        "people.add",
                        "leader.add",
                        "review.next",
                        "meet.add",
                        "matters.add",
                        "evidence.add",
                        "mirror.look",
                        "calendar.event",
                        "agenda.event",
                        "view.event",
                    ),
                    "f8",
                ),
            },
            [],
        ),
        ({"main.today": "t,f6"}, []),
    ],
)
def test_two_commands_on_one_key_are_told(keys: dict[str, str], ids: list[str]) -> None:
    said = check_keymap(keys)
    assert len(said) == bool(ids)
    for part in ids:
        assert part in said[0]


def test_where_ambiguous_characters_are_wide_the_frame_is_ascii() -> None:
    assert frame_for("unicode", 1) is UNICODE
    assert frame_for("unicode", 2) is ASCII
    assert frame_for("ascii", 1) is ASCII


def test_every_character_of_a_frame_is_one_cell() -> None:
    for frame in (UNICODE, ASCII):
        for name in frame._fields:
            text = getattr(frame, name)
            if name not in ("name", "border", "focused"):
                assert cell_width(text) == len(text), name
    for name in ASCII._fields:
        assert getattr(ASCII, name).isascii()


def test_our_themes_come_first() -> None:
    assert theme_names()[:3] == ["planner-dark", "planner-light", "ansi"]


pieces = st.lists(
    st.builds(
        Piece,
        rank=st.integers(1, 6),
        forms=st.lists(
            st.text("ab 中", min_size=1, max_size=12), min_size=1, max_size=3
        ).map(lambda forms: tuple(sorted(forms, key=cell_width, reverse=True))),
        style=st.just(""),
    ),
    min_size=1,
    max_size=7,
)


@given(pieces, st.integers(1, 80))
def test_the_status_line_fits_or_is_one_piece(said: list[Piece], width: int) -> None:
    left = status.fitted(said, width, 3)
    used = sum(cell_width(text) for text, _style in left) + 3 * (len(left) - 1)
    assert left
    assert used <= width or len(left) == 1


@given(
    st.lists(
        st.builds(
            Hint,
            key=st.just("a"),
            shown=st.sampled_from(["a", "?", "Ctrl+P"]),
            label=st.text("ab中", min_size=1, max_size=10),
            tooltip=st.just(""),
            local=st.booleans(),
            # Left to its type, it would grow hints within hints without end.
            others=st.just(()),
        ),
        max_size=9,
    ),
    st.integers(1, 80),
)
def test_the_footer_fits(said: list[Hint], width: int) -> None:
    left = footer.fitted(said, width)
    assert sum(hint.width for hint in left) + GAP * max(0, len(left) - 1) <= width


def test_a_year_that_is_not_published_says_so(store: Store, now: datetime) -> None:
    shared = planner(store, now.replace(year=2090))
    said = status.year_piece(shared)
    assert said.forms[0] == ("2090: holidays not published, Monday to Friday assumed")
