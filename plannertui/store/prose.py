"""Where what people typed stands, and how a change of words reaches all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plannertui.store import rows

# Every column that holds what people typed; those of ids, days and fixed words are none.
TEXTS: dict[str, tuple[str, ...]] = {
    "year": ("theme", "refusals", "standards", "lines", "askers", "rule"),
    "goal": (
        *("title", "why", "measure_name", "measure_unit", "obstacle", "if_then"),
        *("released_why", "told"),
    ),
    "person": ("style",),
    "priority": ("text",),
    "matter": ("title", "boundary"),
    "event": ("title", "wanted", "notes", "agenda", "follow_up", "place", "url"),
    "situation": (
        *("line", "clock", "facts", "chair", "heart", "options", "move"),
        *("predicted", "actual", "close"),
    ),
    "entry": ("text", "win", "mirror", "snapshot"),
    "milestone": ("title",),
    "check_in": ("note",),
    "serve": ("how",),
    "tag": ("name",),
    "foreign_item": ("source", "kept"),
    "action": ("label",),
    "draft": ("body",),
    "asked": ("why",),
}
JSON = frozenset(
    (
        *("refusals", "standards", "lines", "askers", "style", "boundary", "agenda"),
        *("follow_up", "facts", "chair", "heart", "options", "move", "close", "win"),
        *("mirror", "snapshot", "kept"),
    )
)
# Keys whose values are fixed words, ids or days, by column: the same key holds what was
# typed elsewhere, as the decision that a situation asks for.
FIXED: dict[str, frozenset[str]] = {
    "boundary": frozenset(("kind", "decision", "decided_on", "tests")),
    "agenda": frozenset(("id", "kind", "ref", "became")),
    "follow_up": frozenset(("ref", "became", "basis")),
    "chair": frozenset(("priorities",)),
    "options": frozenset(("pick", "public_test")),
    "move": frozenset(("type",)),
    "win": frozenset(("used_on",)),
    "mirror": frozenset(("standard", "answer")),
}


def reworded(table: str, column: str, value: Any, naming: Callable[[str], str]) -> Any:
    """``value`` in other words; a column of JSON is read, and written again."""
    if not isinstance(value, str):
        return value
    if table == "tag":
        return naming("#" + value)[1:]
    if table == "action":
        template, tab, what = value.partition("\t")
        return template + tab + naming("@" + what)[1:]
    if column not in JSON:
        return naming(value)
    found = rows.load(value)
    other = within(found, naming, FIXED.get(column, frozenset()))
    if column == "boundary" and isinstance(found.get("fixed"), int):
        # So many characters of its words may not change any longer.
        kept = found.get("words", "")[: found["fixed"]]
        other["fixed"] = min(len(naming(kept)), len(other.get("words", "")))
    return value if other == found else rows.dump(other)


def within(value: Any, naming: Callable[[str], str], fixed: frozenset[str]) -> Any:
    """The texts in ``value`` in other words; what stands under ``fixed`` stays."""
    if isinstance(value, str):
        return naming(value)
    if isinstance(value, list):
        return [within(each, naming, fixed) for each in value]
    if isinstance(value, dict):
        return {
            key: each if key in fixed else within(each, naming, fixed)
            for key, each in value.items()
        }
    return value
