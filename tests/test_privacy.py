"""A real name never leaves the store unasked: not by a verb, not on a screen, not in a title."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, cast

import pytest

from plannertui import i18n
from plannertui.cli import main as cli
from plannertui.cli.options import Group
from plannertui.exchange.demo import build
from plannertui.store import people, trash
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.person import PersonForm
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.names import SCREENS
from tests.tui.sample import planner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from plannertui.cli.options import Command
    from plannertui.store.open import Store

CANARY = "Quetzalcanary"
# What everybody is called, and was called before.
NAMES = (f"{CANARY} First", f"Old {CANARY}")
# What is given to each command: nothing, a person, and other things that there are.
WORDS: tuple[tuple[str, ...], ...] = (
    *((), ("L1",), ("L1.1",), ("G1",), ("M1",), ("E1",), ("S1",), ("J1",)),
    *(("quetzalcanar",), ("brief", "L1")),
)
# They ask for a terminal, an editor, or take a store apart.
NOT_RUN = ("edit", "import", "__complete", "purge", "lock", "unlock")


@pytest.fixture
def named(store: Store, now: datetime) -> Store:
    """The sample year; everybody has a real name, and somebody lies in the trash."""
    build(store, now)
    for person in people.ls(store, past=True):
        people.edit(store, person, now, name=NAMES[1])
        person = people.get(store, person.id)
        people.edit(store, person, now, name=f"{NAMES[0]} {person.handle}")
    trash.remove(store, people.get(store, "P5").id, now)
    return store


def commands() -> Iterator[tuple[str, ...]]:
    """Every command of the shell, groups down to the last one."""

    def inside(
        path: tuple[str, ...], found: Command | Group
    ) -> Iterator[tuple[str, ...]]:
        yield path
        if isinstance(found, Group):
            for name, each in found.commands.items():
                yield from inside((*path, name), each)

    for verb in cli.VERBS:
        found = cli.find(verb)
        if verb not in NOT_RUN and found is not None:
            yield from inside((verb,), found)


def test_no_verb_prints_it(
    named: Store,
    tmp_path: Path,
    now: datetime,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each verb, on each kind of thing, in words and as JSON; what it changes stays."""
    monkeypatch.setenv("PLANNERTUI_DB", named.path)
    monkeypatch.setenv("PLANNERTUI_NOW", now.isoformat())
    monkeypatch.chdir(tmp_path)
    ran = 0
    for command in commands():
        for words in WORDS:
            for how in ((), ("--json",), ("--log",)):
                monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
                if how == ("--log",) and command[0] != "show":
                    continue
                code = cli.main([*command, *words, *how])
                said = capsys.readouterr()
                told = (said.out + said.err).replace("quetzalcanar", "")
                assert CANARY.casefold() not in told.casefold(), (command, words, how)
                ran += code == 0
    assert ran > 100
    # It was there all the time, and is given to who asks for it.
    assert cli.main(["show", "L2", "--names"]) == 0
    assert CANARY in capsys.readouterr().out


def on_screen(app: PlannerApp) -> str:
    """All that a person can see: every layer, the toasts, the title."""
    parts = [app.title, app.window_title]
    parts += [note.message for note in app._notifications]
    for screen in app.screen_stack:
        parts += [strip.text for strip in screen._compositor.render_strips()]
    return "\n".join(parts)


async def test_no_screen_shows_it(named: Store, now: datetime) -> None:
    i18n.use("en")
    named.set_meta("welcomed", "1")
    app = PlannerApp(planner(named, now))
    async with app.run_test(size=(140, 50)) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                assert CANARY.casefold() not in on_screen(app).casefold(), key

        await pilot.pause()
        await press("1", "enter", "escape", "2", "3", "slash", *"quetzalcana")
        await press("enter", "escape", "escape", "u")
        assert isinstance(cast(object, app.screen), MainScreen)
        for each in SCREENS:
            await press(each.key, "j", "j", "tab", "j", "tab", "escape")
            while not isinstance(cast(object, app.screen), MainScreen):
                await press("escape")
        await press("6", "E")
        assert isinstance(cast(object, app.screen), PersonForm)
        await press("ctrl+s", "C", "escape", "n", "escape", "tab", "m", "u", "U")
