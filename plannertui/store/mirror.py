"""The mirror: every figure of a span in one reading, and the list that each one opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from plannertui.core.day import quarter_of, quarter_span, year_of, year_span
from plannertui.core.errors import NotFound, Usage
from plannertui.core.figures import (
    Case,
    Figure,
    Proved,
    Standing,
    Week,
    span_days,
    turn,
)
from plannertui.core.mirror import ANSWERS
from plannertui.i18n import gettext as _
from plannertui.store import entries, evidence, figures, reflected
from plannertui.store.search import by_id

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.items import Item
    from plannertui.store.open import Store


@dataclass(frozen=True, slots=True)
class Mirror:
    """What there is to see: figures by name, standards, evidence by goal, the year."""

    first: date
    last: date
    figures: dict[str, Figure]
    standings: tuple[Standing, ...]
    proved: tuple[Proved, ...]
    weeks: tuple[Week, ...]

    def figure(self, name: str) -> Figure:
        """The figure called ``name``; NotFound when there is none."""
        found = dict(self.figures)
        for one in self.standings:
            found[one.answers.name] = one.answers
        for each in self.proved:
            found[each.evidence.name] = each.evidence
            found[each.claims.name] = each.claims
        if name not in found:
            message = _('There is no figure "{name}". They are: {names}')
            raise NotFound(message.format(name=name, names=", ".join(found)))
        return found[name]

    def names(self) -> list[str]:
        """Every figure that can be opened."""
        return [
            *self.figures,
            *(one.answers.name for one in self.standings),
            *(f.name for each in self.proved for f in (each.evidence, each.claims)),
        ]


def span(kind: str, today: date, year_start: int = 1) -> tuple[date, date]:
    """The last 90 days, or the quarter or year of ``today`` up to today."""
    if kind == "days":
        return span_days(today)
    year = year_of(today, year_start)
    if kind == "quarter":
        quarter = quarter_of(today, year_start)
        return quarter_span(year, quarter, year_start)[0], today
    return year_span(year, year_start)[0], today


def read(
    db: Store,
    days: tuple[date, date],
    today: date,
    calendar: WorkCalendar,
    year_start: int = 1,
) -> Mirror:
    """The mirror of a span of days."""
    return Mirror(
        days[0],
        days[1],
        figures.read(db, days, today, calendar, year_start),
        tuple(reflected.standings(db, today, year_start)),
        tuple(evidence.by_goal(db, days, today, year_start)),
        tuple(reflected.year_weeks(db, today, calendar, year_start)),
    )


def items(db: Store, figure: Figure) -> list[tuple[Case, Item | None]]:
    """The cases of a figure, the newest first, each with its thing; None without one."""
    known = {item.id: item for item in by_id(db, [c.id for c in figure.cases if c.id])}
    cases = sorted(
        figure.cases, key=lambda case: (case.day or date.min, case.id), reverse=True
    )
    return [(case, known.get(case.id)) for case in cases]


def answer(
    db: Store,
    answered: str,
    example: str,
    *,
    today: date,
    now: datetime,
    year_start: int = 1,
    standard: int | None = None,
) -> tuple[Entry, Standing]:
    """Answer a standard, the one whose turn it is unless its number is given.

    Gives the entry, which says the example or else the standard, and the standard with
    its answers. Raises Usage for another answer than yes, partly, no; NotFound without
    such a standard.
    """
    if answered not in ANSWERS:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=answered, choices=", ".join(ANSWERS)
            )
        )
    found = reflected.standings(db, today, year_start)
    if standard is None:
        chosen = turn(found)
    else:
        chosen = next((one for one in found if one.standard == standard), None)
    if chosen is None:
        raise NotFound(
            _('There is no such standard. Add one: ptui year set --standard "…"')
        )
    entry = entries.add(
        db,
        text=example.strip() or chosen.text,
        kind="mirror",
        day=today,
        now=now,
        mirror={"standard": chosen.standard, "answer": answered},
    )
    case = Case(entry.id, today, answered == "yes", answered)
    answers = replace(chosen.answers, cases=(*chosen.answers.cases, case))
    return entry, replace(chosen, answers=answers)
