"""Copying stays inside; the terminal's clipboard is given what was asked for, and no more."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from plannertui.exchange.demo import build, demo_now
from plannertui.store.open import open_store
from tests.terminal import planner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal

CLIPBOARD = re.compile(r"\x1b\]52;[^;]*;([^\x07\x1b]*)")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year."""
    path = tmp_path_factory.mktemp("clipboard") / "planner.db"
    store = open_store(str(path), now=demo_now())
    build(store, demo_now())
    store.close()
    return path


def given(terminal: Terminal) -> list[str]:
    """What the terminal was given for its clipboard."""
    return [b64decode(text).decode() for text in CLIPBOARD.findall(terminal.sent)]


@pytest.mark.case(62)
@pytest.mark.parametrize("far", [False, True])
def test_it_is_asked_for_each_time_and_once_more_over_ssh(db: Path, far: bool) -> None:
    env = {
        "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22" if far else None,
        "SSH_TTY": None,
    }
    with planner(db, now=demo_now().isoformat(), env=env) as terminal:
        terminal.wait_for("Tonight")
        terminal.wait(terminal.settled, "a calm screen")
        # In a text, in the journal, and a page.
        terminal.press("r")
        terminal.wait_for("Ctrl+S")
        terminal.type("a text")
        terminal.press("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+v")
        terminal.wait_for("a text")
        terminal.press("escape")
        terminal.wait_gone("Ctrl+S")
        terminal.press("2", "j", "y", "p")
        terminal.wait_for("Left out")
        terminal.wait(terminal.settled, "a calm screen")
        terminal.press("y")
        terminal.wait_for("Ctrl+V puts it")
        assert given(terminal) == []
        terminal.press("Y")
        if far:
            terminal.wait_for("over SSH")
            terminal.press("n")
            terminal.wait_gone("over SSH")
            terminal.press("Y")
            terminal.wait_for("over SSH")
            assert given(terminal) == []
            terminal.press("y")
        terminal.wait_for("Given to the")
        (text,) = given(terminal)
        assert text.startswith("#")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
