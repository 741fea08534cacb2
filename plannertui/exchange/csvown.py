"""CSV in columns of our own: what is changed in a spreadsheet can come back.

Each row bears the uid and the revision of its thing, by which an import knows it again,
and whether it was changed here in the meantime.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from plannertui.core.entries import SHARES
from plannertui.core.text import clean
from plannertui.core.zones import is_known
from plannertui.exchange.exporting import Chosen
from plannertui.exchange.formats import Asked
from plannertui.exchange.lines import Line, lines
from plannertui.exchange.reading import Found, Left
from plannertui.i18n import gettext as _
from plannertui.store.open import Store

COLUMNS = (
    *("handle", "type", "kind", "day", "time", "until", "due", "state", "closed"),
    *("text", "tags", "person", "goal", "place", "share", "at", "uid", "rev"),
    "zone",
)
# The columns before events had their zone with them.
HEADERS = (COLUMNS, COLUMNS[:-1])
# What a spreadsheet would take for a formula, and the mark that stops it from doing so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_GUARD = "'"


def write(db: Store, chosen: Chosen, asked: Asked) -> Iterator[str]:
    """One row for each thing, below a header."""
    yield _written(COLUMNS)
    for line in lines(db, chosen):
        yield _written(_cells(line))


def _cells(line: Line) -> Iterable[str]:
    days = (line.until, line.due, line.closed)
    until, due, closed = (day.isoformat() if day else "" for day in days)
    return (
        *(line.handle, line.noun, line.kind, line.day.isoformat(), line.clock),
        *(until, due, line.state, closed, line.text, " ".join(line.tags)),
        *(", ".join(line.people), line.goal and f"{line.goal_handle} {line.goal}"),
        *(line.place, line.share, line.at or "", line.uid, str(line.rev or "")),
        line.zone,
    )


def _written(cells: Iterable[str]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerow(map(_guarded, cells))
    return made.getvalue()


def _guarded(cell: str) -> str:
    return _GUARD + cell if cell.startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    """A cell without the mark that a formula was given."""
    return cell[1:] if cell[:1] == _GUARD and cell[1:].startswith(_FORMULA) else cell


def own(found: Found, told: Mapping[str, str]) -> Found | Left:
    """``found``, read as any table is, as the thing that its row was written from."""
    uid = told.get("uid", "").strip()
    if told.get("handle") and not uid:
        why = _("one of what repeats: change it in the planner")
        return Left(found.label, why, found.line)
    fields = dict(found.fields)
    rev = told.get("rev", "").strip()
    text = "text" if found.noun == "entry" else "title"
    fields[text] = clean(told["text"])
    guessed = found.guessed
    if uid and not rev:
        # It went out with an alias for a name, and does not come back so.
        del fields[text]
        guessed = (*guessed, "tags")
    at = told.get("at", "")
    if "at" in fields and at[11:16] == told.get("time", ""):
        fields["at"] = at or None
    if found.noun == "entry" and told.get("share") in SHARES:
        fields["share"] = told["share"]
    if found.noun == "matter" and not told.get("closed"):
        fields["closed_on"] = None
    fields.pop("notes", None)
    zone = told.get("zone", "")
    if found.noun == "event" and fields.get("time") and is_known(zone):
        fields["zone"] = zone
    return replace(
        found,
        key=uid or found.key,
        uid=uid,
        rev=int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 10 else 0,
        fields=fields,
        guessed=guessed,
        goal=found.goal.partition(" ")[0],
    )
