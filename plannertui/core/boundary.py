"""The boundary check of a grey matter: what was asked, and what one decided.

It records and asks; it never accuses. What is written down stays: more words become a
dated line under the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.matters import DECISIONS
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from plannertui.core.matters import Matter

Boundary = dict[str, Any]
"""``words``, ``decision``, ``decided_on``, ``consulted``, ``sentence`` and more, as
given: what is missing was not answered."""

UNDECIDED = ""


def decision_word(decision: str) -> str:
    """What a decision is called; an empty one is still to come."""
    return {
        UNDECIDED: _("not decided yet"),
        "did": _("did it"),
        "declined": _("declined"),
        "asked_advice": _("asked advice"),
    }.get(decision, decision)


def decision_of(matter: Matter) -> str:
    """What was decided, "" for nothing yet."""
    return str((matter.boundary or {}).get("decision") or UNDECIDED)


def needs_check(matter: Matter) -> bool:
    """Whether the matter is grey and waits for its decision."""
    return matter.nature == "grey" and not decision_of(matter)


def add_words(boundary: Boundary | None, words: str, day: date) -> Boundary:
    """``boundary`` with more ``words``: the first as given, later ones dated."""
    kept = dict(boundary or {})
    words = words.strip()
    if not words:
        return kept
    old = str(kept.get("words") or "").rstrip()
    kept["words"] = f"{old}\n{day.isoformat()}: {words}" if old else words
    return kept


def decide(
    boundary: Boundary | None,
    decision: str,
    day: date,
    *,
    consulted: str = "",
    sentence: str = "",
) -> Boundary:
    """``boundary`` with ``decision`` taken on ``day``; "" takes a decision back.

    ``consulted`` is whom one asked, ``sentence`` what one said or would say.
    """
    kept = dict(boundary or {})
    if decision not in DECISIONS:
        kept.pop("decision", None)
        kept.pop("decided_on", None)
    elif decision != kept.get("decision"):
        kept["decision"] = decision
        kept["decided_on"] = day.isoformat()
    for name, text in (("consulted", consulted), ("sentence", sentence)):
        if text:
            kept[name] = text
        else:
            kept.pop(name, None)
    return kept
