"""Years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plannertui.core.errors import NotFound, Usage
from plannertui.core.years import (
    LINE_LENGTH,
    MOST_LINES,
    MOST_REFUSALS,
    MOST_STANDARDS,
    THEME_LENGTH,
    Standard,
    Year,
)
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import rows
from plannertui.store.open import Store

_COLUMNS = (
    "y.id, y.uid, h.letter || h.number, y.created_at, y.updated_at, y.rev, "
    "y.deleted_at, y.year, y.theme, y.refusals, y.standards, y.lines, y.askers, "
    "y.appraisal_on, y.calendar, y.state, "
    "y.rule"
)
_FROM = "FROM year y JOIN handle h ON h.id = y.id"
_LISTS = {
    "refusals": MOST_REFUSALS,
    "lines": MOST_LINES,
    "askers": 20,
}


def _year(row: Sequence[Any]) -> Year:
    return Year(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        year=row[7],
        theme=row[8],
        refusals=tuple(rows.load(row[9])),
        standards=tuple(Standard(*line) for line in rows.load(row[10])),
        lines=tuple(rows.load(row[11])),
        askers=tuple(rows.load(row[12])),
        appraisal_on=rows.day(row[13]),
        calendar=row[14],
        state=row[15],
        rule=row[16],
    )


def get(db: Store, year: int) -> Year:
    """The year with this number; a blank one, with id 0, where none is kept."""
    row = db.one(f"SELECT {_COLUMNS} {_FROM} WHERE y.year = ?", (year,))
    if row is not None:
        return _year(row)
    return Year(id=0, uid="", handle="", created_at="", updated_at="", rev=0, year=year)


def rule(db: Store, year: int) -> str:
    """The rule of the user's own house as last given, in ``year`` or before; or ""."""
    row = db.one(
        "SELECT rule FROM year WHERE rule != '' AND year <= ? AND deleted_at IS NULL "
        "ORDER BY year DESC LIMIT 1",
        (year,),
    )
    return "" if row is None else str(row[0])


def by_id(db: Store, number: int) -> Year:
    """The year with this id; raises NotFound."""
    row = db.one(f"SELECT {_COLUMNS} {_FROM} WHERE y.id = ?", (number,))
    if row is None:
        raise NotFound(_("It is no longer there; it may have been purged."))
    return _year(row)


def known(db: Store) -> list[int]:
    """Every year that has a theme or goals, in order."""
    found = db.read(
        "SELECT year FROM year WHERE deleted_at IS NULL UNION "
        "SELECT year FROM goal WHERE deleted_at IS NULL ORDER BY 1"
    )
    return [row[0] for row in found]


def save(
    db: Store,
    year: int,
    now: datetime,
    *,
    base_rev: int | None = None,
    **changes: Any,
) -> Year:
    """Change fields of a year, made first where it is new.

    ``standards`` may be texts or Standards. Raises Usage for a field that is too long or
    a list with too many lines.
    """
    values = _checked(changes)
    with db.write(N_("year {what}"), now, what=str(year)):
        kept = get(db, year)
        if kept.id == 0:
            rows.insert(db, "year", {"year": year} | values, now)
        else:
            rows.update(db, "year", kept.id, values, now, base_rev=base_rev)
    return get(db, year)


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    values = dict(changes)
    if len(values.get("theme") or "") > THEME_LENGTH:
        message = _("A theme has at most {count} characters.")
        raise Usage(message.format(count=THEME_LENGTH))
    for name, most in _LISTS.items():
        if name in values:
            values[name] = rows.dump(_lines(values[name], most))
    if "standards" in values:
        texts = [s.text if isinstance(s, Standard) else s for s in values["standards"]]
        numbers = [s.id if isinstance(s, Standard) else 0 for s in values["standards"]]
        following = max([0, *numbers])
        kept = []
        for number, text in zip(numbers, _lines(texts, MOST_STANDARDS), strict=True):
            if not number:
                following += 1
            kept.append([number or following, text])
        values["standards"] = rows.dump(kept)
    return values


def _lines(texts: Sequence[str], most: int) -> list[str]:
    lines = [text.strip() for text in texts]
    if len(lines) > most:
        raise Usage(_("At most {count} lines are kept here.").format(count=most))
    if any(not line or len(line) > LINE_LENGTH for line in lines):
        message = _("A line has between 1 and {count} characters.")
        raise Usage(message.format(count=LINE_LENGTH))
    return lines
