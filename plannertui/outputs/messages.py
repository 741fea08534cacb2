"""What one sends in a hard moment: the message upward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.errors import NotFound
from plannertui.core.situations import (
    LETTERS,
    halves,
    picked,
    tells,
    unsettled,
    ways,
)
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import situations

if TYPE_CHECKING:
    from plannertui.outputs.desk import Desk


def message(desk: Desk) -> dict[str, Any]:
    """A hard moment in the shape of a message upward: decide or inform."""
    found = (
        [situations.get(desk.db, desk.subject)]
        if desk.subject
        else situations.ls(desk.db, "open")
        or situations.ls(desk.db, "sent")
        or situations.ls(desk.db, "closed")
    )
    if not found:
        raise NotFound(_("There is no situation yet. s on the screen opens one."))
    kept = found[0]
    put = desk.vault.put
    move = kept.move
    pick = picked(kept)
    listed = [
        {"letter": LETTERS[at]} | {name: put(text) for name, text in one.items()}
        for at, one in enumerate(ways(kept))
    ]
    if kept.predicted:
        why = N_("what you expect them to say is a guess")
        desk.leave_out(kept.handle, kept.predicted, why, "guess")
    one, other = halves(str(kept.heart.get("between") or ""))
    return {
        "handle": kept.handle,
        "decide": tells(kept) == "decide",
        "line": put(kept.line),
        "clock": put(kept.clock),
        "known": [put(str(t)) for t in kept.facts.get("confirmed") or ()],
        "reported": [put(str(t)) for t in kept.facts.get("reported") or ()],
        "unknown": [put(str(t)) for t in kept.facts.get("unknown") or ()],
        "between": put(one),
        "against": put(other),
        "symptom": put(str(kept.heart.get("symptom") or "")),
        "options": [way for way in listed if way["text"] or way["cost"]],
        "pick": listed[pick - 1] if pick else None,
        "propose": put(str(move.get("propose") or "")),
        "needed": put(str(move.get("decision") or "")),
        "by": put(str(move.get("by") or "")),
        "now": put(str(move.get("next_30_min") or "")),
        "again": put(str(move.get("report_again_at") or "")),
        "settled": not unsettled(kept),
    }
