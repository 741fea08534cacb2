"""What an editor tells whoever holds it; the editor itself is read when one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from plannertui.tui.editor import Editor


class Pen:
    """The messages of an editor."""

    class SaveAsked(Message, namespace="editor"):
        """Somebody wants ``editor`` saved now."""

        def __init__(self, editor: Editor) -> None:
            self.editor = editor
            super().__init__()

    class Left(Message, namespace="editor"):
        """The focus left ``editor``; ``by_key`` when it was asked for by a key."""

        def __init__(self, editor: Editor, by_key: bool) -> None:
            self.editor = editor
            self.by_key = by_key
            super().__init__()

    class StateChanged(Message, namespace="editor"):
        """The word beside ``editor`` is another one."""

        def __init__(self, editor: Editor) -> None:
            self.editor = editor
            super().__init__()

    class PasteAsked(Message, namespace="editor"):
        """A ``text`` came that is too much to edit: the owner asks what to do with it."""

        def __init__(self, editor: Editor, text: str) -> None:
            self.editor = editor
            self.text = text
            super().__init__()


def is_field(node: object) -> bool:
    """Whether letters that reach ``node`` are text: it has a cursor of its own."""
    return isinstance(node, Widget) and hasattr(node, "cursor_blink")


def is_written(node: object) -> bool:
    """Whether ``node`` is an editor with a text that is not saved yet."""
    return isinstance(node, Pen) and bool(getattr(node, "touched", False))


def interrupted(widget: Widget) -> bool:
    """Whether the program is being interrupted or locked: nobody has left the text."""
    app = widget.app
    return bool(app.return_code or getattr(app, "shutting", False))
