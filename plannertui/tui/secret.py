"""A field for what nobody may read over one's shoulder."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input

MOST = 4096
"""Characters of a passphrase at the most."""


class Secret(Input):
    """Shows one mark for each character, and gives nothing to any clipboard."""

    def __init__(
        self, *, mark: str, id: str | None = None, placeholder: str = ""
    ) -> None:
        super().__init__(password=True, max_length=MOST, id=id, placeholder=placeholder)
        self.cursor_blink = False
        self._mark = mark

    @property
    def _value(self) -> Text:
        marks = self._mark * len(self.value)
        return Text(marks, no_wrap=True, overflow="ignore", end="")

    def action_copy(self) -> None:
        """Nothing is copied."""

    def action_cut(self) -> None:
        """What is selected goes, and nothing is copied."""
        self.delete_selection()

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        said, self.value = self.value, ""
        return said
