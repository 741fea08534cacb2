"""The boundary record, which leaves the program by this report alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.boundary import (
    answer_word,
    answers,
    decision_of,
    decision_word,
    kind_word,
)
from plannertui.outputs.desk import Desk, is_sealed
from plannertui.outputs.wording import full_day, span
from plannertui.store import matters

if TYPE_CHECKING:
    from plannertui.core.matters import Matter


def boundary(desk: Desk) -> dict[str, Any]:
    """What was asked, word for word, and what one decided, in the order of days."""
    found = [
        m
        for m in matters.ls(desk.db, state=None)
        if is_sealed(m) and desk.first <= m.day <= desk.last
    ]
    return {
        "span": span(desk.first, desk.last),
        "records": [
            _record(desk, m) for m in sorted(found, key=lambda m: (m.day, m.id))
        ],
    }


def _record(desk: Desk, matter: Matter) -> dict[str, Any]:
    kept = matter.boundary or {}
    put = desk.vault.put
    tests = answers(kept)
    decided = kept.get("decided_on")
    return {
        "day": full_day(matter.day),
        "title": put(matter.title),
        "who": desk.vault.person(matter.person.label) if matter.person else "",
        "kind": put(kind_word(str(kept.get("kind") or ""))),
        "words": [
            put(line) for line in str(kept.get("words") or "").split("\n") if line
        ],
        "when": put(str(kept.get("when") or "")),
        "where": put(str(kept.get("where") or "")),
        "present": put(str(kept.get("present") or "")),
        "tests": [put(answer_word(test)) for test in tests] if any(tests) else [],
        "decision": decision_word(decision_of(matter)),
        "decided": put(str(decided)) if decided else "",
        "consulted": put(str(kept.get("consulted") or "")),
        "sentence": put(str(kept.get("sentence") or "")),
    }
