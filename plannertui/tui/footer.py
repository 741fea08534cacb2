"""The bottom line: the keys of where one is, and those that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.app import App
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from plannertui.core.text import cell_width
from plannertui.tui.keys import IDS, label, show_key, tooltip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import ActiveBinding
    from textual.dom import DOMNode
    from textual.events import Click, MouseMove


class Hint(NamedTuple):
    """One key and what it does; ``key`` is what Textual calls it.

    ``others`` are neighbours that do the same the other way, shown with it: "h l day".
    """

    key: str
    shown: str
    label: str
    tooltip: str
    local: bool
    others: tuple[Hint, ...] = ()

    @property
    def keys(self) -> str:
        """The keys as they are shown."""
        return " ".join(hint.shown for hint in (self, *self.others))

    @property
    def width(self) -> int:
        """Cells that the hint takes, without the gap after it."""
        return cell_width(self.keys) + 1 + cell_width(self.label)


def _as_declared(bindings: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """``bindings`` node by node, each node's as our classes declare them.

    Textual leaves a key where a base class bound it first.
    """
    nodes: dict[DOMNode, int] = {}
    ids = {name: at for at, name in enumerate(IDS)}

    def place(active: ActiveBinding) -> tuple[int, int, int]:
        binding = active.binding
        node = nodes.setdefault(active.node, len(nodes))
        if binding.id not in ids:
            return node, len(ids), 0
        keys = IDS[binding.id].key.split(",")
        at = keys.index(binding.key) if binding.key in keys else 0
        return node, ids[binding.id], at

    return sorted(bindings, key=place)


def hints(bindings: Iterable[ActiveBinding], *, ascii_only: bool = False) -> list[Hint]:
    """The hints of the bindings to show, one for each action, local ones first.

    Local is what the focused widget or a pane around it binds.
    """
    local: list[Hint] = []
    everywhere: list[Hint] = []
    seen: set[str] = set()
    for node, binding, enabled, _tip in _as_declared(bindings):
        if not binding.show or not enabled or binding.action in seen:
            continue
        if _is_idle(node, binding.action):
            continue
        seen.add(binding.action)
        near = not isinstance(node, (Screen, App))
        shown = binding.key_display or show_key(binding.key, ascii_only=ascii_only)
        hint = Hint(binding.key, shown, label(binding), tooltip(binding), near)
        found = local if near else everywhere
        if found and found[-1].label == hint.label:
            before = found[-1]
            found[-1] = before._replace(others=(*before.others, hint))
        else:
            found.append(hint)
    return local + everywhere


def _is_idle(node: DOMNode, action: str) -> bool:
    """Whether the key does nothing where one is now: a pane tells by ``is_idle``."""
    tell: Callable[[str], bool] | None = getattr(node, "is_idle", None)
    return tell is not None and tell(action)


GAP = 3


def fitted(said: list[Hint], width: int) -> list[Hint]:
    """The hints that ``width`` cells hold, from the first on.

    Room is kept for the two that help everywhere: "?" and the way back.
    """
    order = sorted(
        range(len(said)),
        key=lambda at: (said[at].shown != "?", said[at].key != "escape", at),
    )
    kept: set[int] = set()
    room = width + GAP
    for at in order:
        if said[at].width + GAP <= room:
            kept.add(at)
            room -= said[at].width + GAP
    return [hint for at, hint in enumerate(said) if at in kept]


def _under(hint: Hint, at: int) -> Hint:
    """Which of the keys of ``hint`` is shown ``at`` so many cells from its start."""
    for one in (hint, *hint.others):
        at -= cell_width(one.shown) + 1
        if at < 0:
            return one
    return hint


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
        self._covered = False

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self.look)
        self.look(self.screen)

    def cover(self, covered: bool) -> None:
        """Be empty while a dialog has the keys; it says itself which they are."""
        if covered != self._covered:
            self._covered = covered
            self.refresh()

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
        if self._covered:
            return Content("")
        parts: list[Content] = []
        at = 0
        for hint in fitted(self._hints, self.size.width):
            parts.append(
                Content.assemble(
                    (hint.keys, "bold $foreground" if hint.local else "bold"),
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
                return _under(hint, inside - start)
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
