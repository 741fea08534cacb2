"""The bottom line: the keys of where one is, and those that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import App
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from plannertui.core.text import cell_width
from plannertui.tui.keys import label, show_key, tooltip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import ActiveBinding
    from textual.events import Click, MouseMove


class Hint(NamedTuple):
    """One key and what it does; ``key`` is what Textual calls it."""

    key: str
    shown: str
    label: str
    tooltip: str
    local: bool

    @property
    def width(self) -> int:
        """Cells that the hint takes, without the gap after it."""
        return cell_width(self.shown) + 1 + cell_width(self.label)


def hints(bindings: Iterable[ActiveBinding], *, ascii_only: bool = False) -> list[Hint]:
    """The hints of the bindings to show, one for each action, local ones first.

    Local is what the focused widget or a pane around it binds.
    """
    local: list[Hint] = []
    everywhere: list[Hint] = []
    seen: set[str] = set()
    for node, binding, enabled, _tip in bindings:
        if not binding.show or not enabled or binding.action in seen:
            continue
        seen.add(binding.action)
        near = not isinstance(node, (Screen, App))
        shown = binding.key_display or show_key(binding.key, ascii_only=ascii_only)
        hint = Hint(binding.key, shown, label(binding), tooltip(binding), near)
        (local if near else everywhere).append(hint)
    return local + everywhere


GAP = 3


def fitted(said: list[Hint], width: int) -> list[Hint]:
    """The hints that ``width`` cells hold, from the first on; room is kept for "?"."""
    order = sorted(range(len(said)), key=lambda at: (said[at].shown != "?", at))
    kept: set[int] = set()
    room = width + GAP
    for at in order:
        if said[at].width + GAP <= room:
            kept.add(at)
            room -= said[at].width + GAP
    return [hint for at, hint in enumerate(said) if at in kept]


class KeyBar(Widget):
    """The bottom line; a click presses the key."""

    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 1; color: $muted; dock: bottom; }
    """
    ALLOW_SELECT = False

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ascii_only = ascii_only
        self._hints: list[Hint] = []
        self._placed: list[tuple[int, int, Hint]] = []

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self.look)
        self.look(self.screen)

    def look(self, screen: Screen[object]) -> None:
        """Look at the bindings again; painted only when they differ."""
        if screen is not self.screen or not self.is_attached:
            return
        found = hints(screen.active_bindings.values(), ascii_only=self._ascii_only)
        if found != self._hints:
            self._hints = found
            self.refresh()

    def render(self) -> Content:
        """The line, as much of it as fits."""
        self._placed = []
        parts: list[Content] = []
        at = 0
        for hint in fitted(self._hints, self.size.width):
            parts.append(
                Content.assemble(
                    (hint.shown, "bold $foreground" if hint.local else "bold"),
                    (f" {hint.label}", ""),
                )
            )
            self._placed.append((at, at + hint.width, hint))
            at += hint.width + GAP
        return Content(" " * GAP).join(parts)

    def _at(self, x: int) -> Hint | None:
        inside = x - self.styles.padding.left
        for start, end, hint in self._placed:
            if start <= inside < end:
                return hint
        return None

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        hint = self._at(event.x)
        if hint is not None:
            self.app.simulate_key(hint.key)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Say in a tooltip what the key under the pointer does."""
        hint = self._at(event.x)
        self.tooltip = Content(hint.tooltip) if hint is not None else None
