"""Entries: anything written down on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from plannertui.core.rows import Ref, Row

Kind = Literal[
    "note",
    "win",
    "lesson",
    "warn",
    "surprise",
    "thanks",
    "feedback",
    "setback",
    "mirror",
    "reflection",
    "review",
]
KINDS: tuple[Kind, ...] = (
    "note",
    "win",
    "lesson",
    "warn",
    "surprise",
    "thanks",
    "feedback",
    "setback",
    "mirror",
    "reflection",
    "review",
)

Share = Literal["private", "ready"]
SHARES: tuple[Share, ...] = ("private", "ready")

Proof = Literal["claim", "evidence", "used"]


@dataclass(frozen=True, slots=True)
class Win:
    """What makes a win checkable; a number, a document or a witness is proof."""

    before: str = ""
    did: str = ""
    after: str = ""
    number: str = ""
    document: str = ""
    witnesses: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    used_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Row):
    """One thing written down; ``text`` is the only field it needs.

    ``day`` is the day lived; ``at`` is set only when it was written on that day.
    ``about`` is the day a warning speaks of, ``revisit_on`` the day to see it again.
    """

    kind: Kind = "note"
    text: str
    day: date
    at: str | None = None
    about: date | None = None
    refs: tuple[Ref, ...] = ()
    tags: tuple[str, ...] = ()
    prompt: str | None = None
    period: str | None = None
    win: Win | None = None
    mirror: dict[str, Any] | None = None
    snapshot: dict[str, Any] | None = None
    share: Share = "private"
    revisit_on: date | None = None


def proof(entry: Entry) -> Proof | None:
    """How far a win is proved; None for what is not a win.

    Telling it in a report proves nothing: a claim that was used is still a claim.
    """
    if entry.kind != "win":
        return None
    win = entry.win or Win()
    if not (win.number or win.document or win.witnesses):
        return "claim"
    return "evidence" if win.used_on is None else "used"
