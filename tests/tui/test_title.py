"""The terminal's title: a neutral word, and the one that it had afterwards."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.store import entries, people
from plannertui.store.open import open_store
from plannertui.tui.driver import window_title
from plannertui.tui.isnew import WELCOMED
from tests.terminal import planner

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SET = re.compile(r"\x1b\](\d+);([^\x07\x1b]*)(?:\x07|\x1b\\)")
TODAY = date(2024, 9, 14)


@pytest.fixture
def db(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "planner.db"
    store = open_store(str(path), now=now)
    store.set_meta(WELCOMED, "1")
    people.add(store, alias="Director", name="Quetzal Real", now=now)
    entries.add(store, text="a quiet morning", day=TODAY, now=now)
    store.close()
    return path


def titles(sent: str) -> list[str]:
    """What the title was set to; 22 is the shape of the pointer."""
    return [text for number, text in SET.findall(sent) if number in "012"]


@pytest.mark.parametrize(
    ("settings", "language", "title"),
    [
        ("", "en_US.UTF-8", ["Calendar"]),
        ("", "zh_CN.UTF-8", ["日历"]),
        ('title = "Notes"', "en_US.UTF-8", ["Notes"]),
        ('title = ""', "en_US.UTF-8", []),
    ],
)
def test_the_title_is_neutral_on_every_screen_and_given_back(
    db: Path, tmp_path: Path, settings: str, language: str, title: list[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(settings, "utf-8")
    env = {"PLANNERTUI_CONFIG": str(config), "LANG": language}
    with planner(db, env=env) as terminal:
        terminal.wait_for("a quiet morning")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.press("6")
        terminal.wait_for("Director")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.press("escape")
        terminal.wait_for("a quiet morning")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert titles(terminal.sent) == title
        kept, back = terminal.sent.find("\x1b[22;0t"), terminal.sent.rfind("\x1b[23;0t")
        assert (kept >= 0, back > kept) == (bool(title), bool(title))
        terminal.assert_restored()
        terminal.assert_safe()
        assert "Quetzal" not in terminal.sent


def test_a_terminal_without_titles_gets_none(db: Path) -> None:
    with planner(db, env={"TERM": "linux"}) as terminal:
        terminal.wait_for("a quiet morning")
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert titles(terminal.sent) == []


@pytest.mark.case(38)
@given(st.text(max_size=200))
def test_a_title_cannot_command_the_terminal(text: str) -> None:
    title = window_title(text)
    assert title.isprintable()
    assert len(title) <= 60
    assert "\x1b" not in title
    assert "\x07" not in title
