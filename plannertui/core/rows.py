"""What every kept thing has in common."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A kept thing: its handle for people, its ids for the store, its revision.

    Stamps are ISO 8601 with an offset. ``rev`` starts at 1 and grows with every change.
    """

    id: int
    uid: str
    handle: str
    created_at: str
    updated_at: str
    rev: int
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to another thing: its id, its handle and the name people read."""

    id: int
    handle: str
    label: str


def as_data(row: object) -> dict[str, Any]:
    """``row``, a dataclass, as plain JSON values: dates as ISO text, tuples as lists."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return value

    data: dict[str, Any] = plain(asdict(row))  # type: ignore[call-overload]
    return data
