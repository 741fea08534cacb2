"""The keys that move in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual.binding import BindingType

LIST_KEYS: list[BindingType] = [
    bind(
        "down,j",
        "move(1)",
        N_("down"),
        id="list.down",
        tooltip=N_("Move to the next line."),
        show=False,
    ),
    bind(
        "up,k",
        "move(-1)",
        N_("up"),
        id="list.up",
        tooltip=N_("Move to the line before."),
        show=False,
    ),
    bind(
        "home,g",
        "edge(False)",
        N_("first"),
        id="list.first",
        tooltip=N_("Move to the first line."),
        show=False,
    ),
    bind(
        "end,G",
        "edge(True)",
        N_("last"),
        id="list.last",
        tooltip=N_("Move to the last line."),
        show=False,
    ),
    bind(
        "pagedown",
        "page(1)",
        N_("page down"),
        id="list.page_down",
        tooltip=N_("Move a page down."),
        show=False,
    ),
    bind(
        "pageup",
        "page(-1)",
        N_("page up"),
        id="list.page_up",
        tooltip=N_("Move a page up."),
        show=False,
    ),
]
