"""News that goes up from panes and dialogs to the screen that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from datetime import date


class Changed(Message):
    """This screen changed the store; ``said`` is a translated line for a toast."""

    def __init__(self, said: str = "") -> None:
        self.said = said
        super().__init__()


class DayPicked(Message):
    """Somebody moved to ``day``: the journal shows it, and the line with id ``number``."""

    def __init__(self, day: date, number: int = 0) -> None:
        self.day = day
        self.number = number
        super().__init__()


class YearPicked(Message):
    """Somebody moved to another ``year``: the goals of it are shown."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__()


class ItemPicked(Message):
    """Somebody wants to go to the thing with ``handle``, whichever pane shows it."""

    def __init__(self, handle: str) -> None:
        self.handle = handle
        super().__init__()


class CaptureAsked(Message):
    """Somebody wants the capture line, with ``text`` already in it."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        super().__init__()


class EventAsked(Message):
    """Somebody wants a new event on ``day``, or to change the one with id ``number``.

    ``slot`` is the day of its rule that the occurrence one is on has.
    """

    def __init__(self, day: date, number: int = 0, slot: date | None = None) -> None:
        self.day = day
        self.number = number
        self.slot = slot
        super().__init__()


class Folded(Message):
    """What was unfolded is folded again: the keys go back to what stands above it."""
