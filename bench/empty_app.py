"""The floor of a screen: an empty Textual program."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Header, Static


class Empty(App[None]):
    """A header, one word and a footer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("Nothing here")
        yield Footer()


if __name__ == "__main__":
    Empty().run()
