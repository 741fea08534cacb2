"""Keys: how bindings are written, shown in the language in use, and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

IDS: dict[str, Binding] = {}
"""Every binding that a loaded class declares, by its id."""

TOGETHER = (
    ("main", "app", "goals"),
    ("main", "app", "reflect"),
    ("main", "app", "journal", "list"),
    ("main", "app", "journal", "years", "rows"),
    ("main", "app", "calendar"),
    ("main", "app", "agenda"),
    ("main", "app", "screen", "rows"),
    ("main", "app", "screen", "rows", "evidence"),
    ("main", "app", "screen", "rows", "mirror"),
    ("main", "app", "screen", "rows", "mirroryear"),
    ("main", "app", "screen", "rows", "people"),
    ("main", "app", "screen", "rows", "leader"),
    ("main", "app", "screen", "rows", "between"),
    ("main", "app", "screen", "rows", "review"),
    ("main", "app", "screen", "rows", "meet"),
    ("main", "app", "screen", "rows", "talks"),
    ("main", "app", "screen", "rows", "ledger"),
    ("main", "app", "screen", "matters", "rows", "boxes"),
    ("main", "app", "screen", "rows", "report", "leftout"),
    ("main", "app", "screen", "view"),
    ("main", "app", "screen", "rows", "viewday"),
    ("goal", "dialog", "rows"),
    ("versions", "dialog", "rows"),
)
"""The first words of the ids whose keys work at the same time."""

NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "slash": "/",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "colon": ":",
    "plus": "+",
    "minus": "-",
    "grave_accent": "`",
    "backslash": "\\",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "greater_than_sign": ">",
    "less_than_sign": "<",
}
ASCII_NAMES = {"up": "Up", "down": "Down", "left": "Left", "right": "Right"}


def N_(message: str) -> str:
    """``message`` as it is, marked for translation where it is shown."""
    return message


def bind(
    key: str,
    action: str,
    description: str,
    *,
    id: str,
    tooltip: str,
    show: bool = True,
    priority: bool = False,
    key_display: str | None = None,
) -> Binding:
    """A binding that footer, help, palette and keymap all come from.

    ``description`` and ``tooltip`` are msgids: wrap them in ``N_``. ``id`` is
    "pane.verb" and can be given other keys in config.toml.
    """
    binding = Binding(
        key,
        action,
        description,
        show=show,
        key_display=key_display,
        priority=priority,
        tooltip=tooltip,
        id=id,
    )
    IDS[id] = binding
    return binding


def label(binding: Binding) -> str:
    """What ``binding`` does, in a word or two of the language in use."""
    if not binding.description:
        return ""
    said = _(binding.description)
    return said[:1].lower() + said[1:]


def tooltip(binding: Binding) -> str:
    """What ``binding`` does, in a sentence of the language in use."""
    return _(binding.tooltip) if binding.tooltip else label(binding)


def show_key(key: str, *, ascii_only: bool = False) -> str:
    """``key`` as people read it: "Ctrl+S", "↑", "/"."""
    if ascii_only and key in ASCII_NAMES:
        return ASCII_NAMES[key]
    if key in NAMES:
        return NAMES[key]
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if len(last) == 1 and not modifiers:
        return last
    if last.startswith("upper_"):
        return last.removeprefix("upper_").upper()
    shown = NAMES.get(last, last.upper() if len(last) == 1 else last.capitalize())
    return "+".join([*(word.capitalize() for word in modifiers), shown])


def is_alias(key: str) -> bool:
    """Whether ``key`` is another form of a key, made while an IME is on."""
    return key.startswith("fullwidth_") or key == "middle_dot"


def load_all() -> None:
    """Import every module of the screen, so that ``IDS`` holds every id."""
    from importlib import import_module
    from pkgutil import walk_packages

    import plannertui.tui as tui

    for module in walk_packages(tui.__path__, tui.__name__ + "."):
        import_module(module.name)


def check_keymap(keys: Mapping[str, str]) -> list[str]:
    """A line for a person about each id of ``keys`` that nothing has or that clashes."""
    if not keys:
        return []
    load_all()
    said = [
        _('config.toml, [keys]: there is no "{id}"; see "?" on the screen.').format(
            id=name
        )
        for name in keys
        if name not in IDS
    ]
    for name in keys:
        others = _sharing(name, keys) if name in IDS else []
        if others:
            line = _(
                'config.toml, [keys]: "{key}" of {id} is also a key of {others}; '
                "where both work, only one does."
            )
            said.append(
                line.format(key=keys[name], id=name, others=", ".join(sorted(others)))
            )
    return said


def _sharing(name: str, keys: Mapping[str, str]) -> list[str]:
    """The ids that have a key of ``name``, too, in a place where both work.

    Pairs that share one as we ship them are meant so, and of two that ``keys`` changes
    only the first is told of.
    """

    def of(each: str, chosen: Mapping[str, str]) -> set[str]:
        return set(chosen.get(each, IDS[each].key).split(","))

    place = name.partition(".")[0]
    near = {other for group in TOGETHER if place in group for other in group} | {place}
    order = list(keys)
    return [
        other
        for other in IDS
        if other != name
        and other.partition(".")[0] in near
        and of(name, keys) & of(other, keys)
        and not of(name, {}) & of(other, {})
        and (other not in keys or order.index(other) > order.index(name))
    ]


def clashes(bindings: Iterable[Binding]) -> list[str]:
    """The keys that two of ``bindings`` share, once each."""
    seen: dict[str, str] = {}
    twice: list[str] = []
    for binding in bindings:
        if seen.setdefault(binding.key, binding.action) != binding.action:
            twice.append(binding.key)
    return twice
