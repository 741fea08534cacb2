"""Keys that come faster than dialogs open and close stay in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from textual import events, on
from textual.app import App
from textual.containers import Vertical
from textual.keys import _character_to_key
from textual.screen import ModalScreen
from textual.widgets import Input

from plannertui.tui import typeahead
from plannertui.tui.typeahead import TypeAhead

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class Ask(ModalScreen[None]):
    """A field in a box in a box, gone as soon as it is submitted."""

    def compose(self) -> ComposeResult:
        yield Vertical(Vertical(Input()))

    @on(Input.Submitted)
    def said(self, event: Input.Submitted) -> None:
        assert isinstance(self.app, Typed)
        self.app.lines.append(event.value)
        self.dismiss(None)


class Typed(App[None]):
    """Opens the dialog with a; counts how often d was pressed as a command."""

    BINDINGS: ClassVar[list[BindingType]] = [("a", "ask", "ask"), ("d", "drop", "drop")]
    AUTO_FOCUS = "*"

    def __init__(self) -> None:
        super().__init__()
        self.keys = TypeAhead(self, super().on_event)
        self.lines: list[str] = []
        self.dropped = 0

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.keys.take(event)
        else:
            await super().on_event(event)

    def action_ask(self) -> None:
        self.push_screen(Ask())

    def action_drop(self) -> None:
        self.dropped += 1


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may need the last resort: a test would end by its own time limit."""
    monkeypatch.setattr(typeahead, "LONGEST_WAIT", 1e9)


def send(app: App[None], keys: list[str]) -> None:
    """Type ``keys`` at once, as a quick typist or a paste does."""
    for key in keys:
        name, character = (
            (_character_to_key(key), key) if len(key) == 1 else (key, None)
        )
        app.post_message(events.Key(name, character))


@pytest.mark.usefixtures("patient")
async def test_keys_wait_for_dialogs_that_open_and_close() -> None:
    app = Typed()
    async with app.run_test() as pilot:
        for number in range(8):
            send(app, ["a", *f"day {number}", "enter", "d"])
        while app.dropped < 8:
            await pilot.pause()
    assert app.lines == [f"day {number}" for number in range(8)]
    assert app.dropped == 8


@pytest.mark.usefixtures("patient")
async def test_what_was_removed_under_the_key_is_not_waited_for() -> None:
    app = Typed()
    async with app.run_test() as pilot:
        await pilot.press("a")
        field = app.screen.query_one(Input)
        app.pop_screen()
        await pilot.pause()
        app.keys._hold(field)
        send(app, ["d"])
        while not app.dropped:
            await pilot.pause()
        assert app.dropped == 1


@pytest.mark.usefixtures("patient")
async def test_what_is_removed_while_it_is_asked_is_not_waited_for() -> None:
    app = Typed()
    async with app.run_test() as pilot:
        await pilot.press("a")
        field = app.screen.query_one(Input)
        app.pop_screen()
        await pilot.pause()
        app.keys._begin()
        app.keys._at = field
        app.keys._go = lambda: app.keys._seen(field, app.keys._turn, None)
        send(app, ["d"])
        while not app.dropped:
            await pilot.pause()
        assert app.dropped == 1
