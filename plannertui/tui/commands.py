"""Every command there is on a screen, read from its bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App
from textual.screen import Screen

from plannertui.tui.keys import is_alias, label, show_key, tooltip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import Binding
    from textual.dom import DOMNode


class Command(NamedTuple):
    """One command: what it is called, what it does, its keys, and where it runs.

    ``words`` is everything it can be found by, in both languages, in lower case.
    """

    id: str
    label: str
    tooltip: str
    keys: tuple[str, ...]
    action: str
    node: DOMNode
    shown: bool
    words: str

    @property
    def everywhere(self) -> bool:
        """Whether it is of the whole screen or program, not of a widget."""
        return isinstance(self.node, Screen | App)


def commands(
    chain: Iterable[tuple[DOMNode, Iterable[tuple[str, Binding]]]],
    *,
    ascii_only: bool = False,
) -> list[Command]:
    """The commands of the (node, (key, binding) pairs) of ``chain``, one for each id."""
    found: dict[str, Command] = {}
    for node, bindings in chain:
        for key, binding in bindings:
            name = binding.id
            if not name or not binding.description or is_alias(key):
                continue
            shown = binding.key_display or show_key(key, ascii_only=ascii_only)
            known = found.get(name)
            if known is None:
                says, does = label(binding), tooltip(binding)
                texts = (says, does, binding.description, binding.tooltip, name)
                found[name] = Command(
                    name,
                    says,
                    does,
                    (shown,),
                    binding.action,
                    node,
                    binding.show,
                    " ".join(texts).casefold(),
                )
            elif known.node is node and shown not in known.keys:
                found[name] = known._replace(keys=(*known.keys, shown))
    return list(found.values())


def near(screen: Screen[Any], *, ascii_only: bool = False) -> list[Command]:
    """The commands that work where the focus is, the nearest first."""
    usable = [
        (active.node, [(key, active.binding)])
        for key, active in screen.active_bindings.items()
        if active.enabled
    ]
    return commands(usable, ascii_only=ascii_only)


MOVES = frozenset(
    (
        *("up", "down", "first", "last", "next", "previous", "page_up", "page_down"),
        *("day_before", "day_after", "week_before", "week_after", "first_day"),
        *("month_before", "month_after", "year_before", "year_after", "last_day"),
        *("top", "bottom", "left", "right", "start", "end", "palette"),
    )
)
"""Verbs of moving a cursor: keys everybody presses, and nobody looks up by name."""


WAYS_BACK = frozenset(("screen.back", "screen.close", "main.home"))
"""Esc, by its other names: who leaves a list of commands is back already."""


def all_of(screen: Screen[Any], *, ascii_only: bool = False) -> list[Command]:
    """Every command of ``screen``, its panes and the program, wherever the focus is."""
    nodes: list[DOMNode] = [screen, *screen.walk_children(), screen.app]
    chain = [(node, list(node._bindings)) for node in nodes]
    return [
        command
        for command in commands(chain, ascii_only=ascii_only)
        if command.id.partition(".")[2] not in MOVES and command.id not in WAYS_BACK
    ]


def matching(found: Iterable[Command], query: str) -> list[Command]:
    """Those of ``found`` that every word of ``query`` leads to, the best first."""
    wanted = query.casefold().split()
    ranked: list[tuple[int, int, Command]] = []
    for order, command in enumerate(found):
        if not all(word in command.words for word in wanted):
            continue
        name = command.label.casefold()
        begins = bool(wanted) and name.startswith(wanted[0])
        named = all(word in name for word in wanted)
        said = " ".join(wanted) in command.words
        ranked.append((3 - 2 * named - (begins or said), order, command))
    ranked.sort(key=lambda entry: entry[:2])
    return [command for _rank, _order, command in ranked]
