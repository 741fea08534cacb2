"""The front matter of a Markdown note: YAML between two lines of hyphens, read with care."""

from __future__ import annotations

from datetime import date, time
from typing import Any

LARGEST = 64 * 1024
DEEPEST = 12
_ENDS = ("---", "...")


def split(text: str) -> tuple[dict[str, Any] | None, str, int]:
    """The properties, the text below them, and the line on which that begins.

    The properties are None, and the text is whole, where they cannot be read, or could
    grow (references, as in a "bomb") or are nested too deeply.
    """
    if not text.startswith("---\n"):
        return {}, text, 1
    lines = text[: LARGEST + 8].split("\n")
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() in _ENDS), 0)
    if not end:
        # A rule at the top, and no front matter at all.
        return ({} if len(text) <= LARGEST else None), text, 1
    found = _load("\n".join(lines[1:end]))
    if found is None:
        return None, text, 1
    below = text.split("\n", end + 1)
    return found, below[end + 1] if len(below) > end + 1 else "", end + 2


def _load(text: str) -> dict[str, Any] | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

    try:
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if isinstance(event, AliasEvent) or depth > DEEPEST:
                return None
        found = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return None
    if found is None:
        return {}
    if not isinstance(found, dict):
        return None
    return {str(name): value for name, value in found.items()}


def plain(value: Any) -> Any:
    """``value`` as plain JSON; dates as ISO text, what is neither as its words."""
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return str(value)
