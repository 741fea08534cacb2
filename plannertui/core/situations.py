"""Situations: an emergency, contradiction or decision seen from the leader's chair."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from plannertui.core.rows import Ref, Row
from plannertui.i18n import gettext as _
from plannertui.i18n import pgettext

Kind = Literal["emergency", "contradiction", "decision"]
KINDS: tuple[Kind, ...] = ("emergency", "contradiction", "decision")

State = Literal["open", "sent", "closed", "void"]
STATES: tuple[State, ...] = ("open", "sent", "closed", "void")
LIVE: tuple[State, ...] = ("open", "sent")

PUBLIC: tuple[str, ...] = ("yes", "no", "unsure")
TYPES: tuple[str, ...] = ("decide", "inform")
MATCHES: tuple[str, ...] = ("yes", "partly", "no")
CLOSING: tuple[str, ...] = ("expected", "happened", "why", "keep")
"""The four lines of the close; a fifth, ``lesson``, may become an entry."""

LINE_LENGTH = 140
MOST_OPTIONS = 3
LETTERS = "ABC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation(Row):
    """One hard moment: line and clock, facts, chair, heart, options, move, close."""

    kind: Kind = "emergency"
    line: str
    day: date
    at: str | None = None
    person: Ref | None = None
    clock: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    chair: dict[str, Any] = field(default_factory=dict)
    heart: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    move: dict[str, Any] = field(default_factory=dict)
    predicted: str = ""
    actual: str = ""
    match: str = ""
    close: dict[str, Any] = field(default_factory=dict)
    state: State = "open"
    closed_on: date | None = None


def public_word(answer: str) -> str:
    """Whether it would stand in public, in a word; "" for an answer not given."""
    return {"yes": _("yes"), "no": _("no"), "unsure": _("unsure")}.get(answer, answer)


def match_word(answer: str) -> str:
    """Whether what was predicted held, in a word."""
    return {"yes": _("yes"), "partly": _("partly"), "no": _("no")}.get(answer, answer)


def type_word(kind: str) -> str:
    """Whether the message asks for a decision or informs (请示, 报告)."""
    if kind == "decide":
        return pgettext("message", "decide")
    return pgettext("message", "inform") if kind == "inform" else kind


def ways(situation: Situation) -> list[dict[str, str]]:
    """The ways that were weighed, at most three: text, cost, borne_by."""
    found = []
    for way in situation.options.get("options") or []:
        given = way if isinstance(way, dict) else {"text": way}
        found.append({k: str(given.get(k) or "") for k in ("text", "cost", "borne_by")})
    return found[:MOST_OPTIONS]


def picked(situation: Situation) -> int:
    """Which of the ways was picked, counted from 1; 0 for none."""
    pick = situation.options.get("pick")
    if isinstance(pick, int) and 1 <= pick <= len(ways(situation)):
        return pick
    return 0


def unsettled(situation: Situation) -> bool:
    """Whether something was picked, or answered, that would not surely stand in public.

    Then the boundary check is offered, and the message is headed "not settled".
    """
    answer = situation.options.get("public_test") or ""
    if answer:
        return bool(answer != "yes")
    return picked(situation) > 0


def tells(situation: Situation) -> str:
    """What the message is: "decide" or "inform"; a pick asks unless it is said."""
    kind = situation.move.get("type")
    if kind in TYPES:
        return str(kind)
    return "decide" if picked(situation) else "inform"


def halves(between: str) -> tuple[str, str]:
    """What "… against …" is about: the two sides of a text parted by a slash."""
    one, _slash, other = between.replace("／", "/").partition("/")
    return one.strip(), other.strip()


def joined(one: str, other: str) -> str:
    """Two sides as one text, the inverse of ``halves``."""
    return " / ".join(part for part in (one.strip(), other.strip()) if part)


def promised(situation: Situation) -> str:
    """The promise to report again, in words; "" where no time was said."""
    when = str(situation.move.get("report_again_at") or "").strip()
    if not when:
        return ""
    from plannertui.core.clocktime import time_in

    return _("report again {time}: {line}").format(
        time=time_in(when) or when, line=situation.line
    )


def checked(situation: Situation) -> bool:
    """Whether a prediction was written down, and compared with what was wanted."""
    return bool(situation.predicted.strip()) and situation.match in MATCHES


def learned(situation: Situation) -> str:
    """The line that was learned from it; "" for none."""
    return str(situation.close.get("lesson") or "").strip()
