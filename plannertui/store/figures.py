"""The figures of the mirror, counted from what is kept; each knows what it counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from plannertui.core.day import year_of, year_span
from plannertui.core.figures import (
    Case,
    Figure,
    Side,
    months_since,
    side,
    span_days,
    split,
)
from plannertui.core.goals import pace
from plannertui.core.matters import Matter, Move, counted, outcome
from plannertui.core.priorities import stale
from plannertui.store import evidence, goals, people, priorities, reflected, rows

if TYPE_CHECKING:
    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store

Span = tuple[date, date]
RIGHT = ("yes", "partly", "no")


def read(
    db: Store, span: Span, today: date, calendar: WorkCalendar, year_start: int = 1
) -> dict[str, Figure]:
    """Every figure of ``span``, first and last day, by its name.

    Nothing later than ``today`` counts. The basis of beliefs and the alignment of goals
    are as they stand today. Grey matters are in none of them.
    """
    span = span[0], min(span[1], today)
    kept, sides = promises(db, span, today)
    found = [
        kept,
        *split(kept, sides).values(),
        *pair(db, span),
        started(db, span),
        options(db, span),
        guesses(db, span),
        lessons(db, span),
        *basis(db, today),
        *alignment(db, today, year_start),
        reflected.recent(db, today, calendar),
        reflected.over(db, span, calendar),
    ]
    return {figure.name: figure for figure in found}


# -- assured ---------------------------------------------------------------------------


def promises(
    db: Store, span: Span, today: date
) -> tuple[Figure, list[tuple[int, Side]]]:
    """Promises that fell due in ``span``: kept, or moved in time; and whom to."""
    cases, sides = [], []
    for number, due, state, closed, told, moves, relation in db.read(
        "SELECT m.id, m.due, m.state, m.closed_on, m.told_on, m.moves, p.relation "
        "FROM matter m LEFT JOIN person p ON p.id = m.person_id "
        "WHERE m.kind = 'promise' AND m.state IN ('open', 'done', 'dropped') "
        "AND m.due BETWEEN ? AND ? AND m.nature != 'grey' AND m.deleted_at IS NULL "
        "ORDER BY m.due, m.id",
        _days(span),
    ):
        matter = Matter(
            id=number,
            uid="",
            handle="",
            created_at="",
            updated_at="",
            rev=1,
            title="",
            kind="promise",
            day=date.min,
            due=date.fromisoformat(due),
            state=state,
            closed_on=rows.day(closed),
            told_on=rows.day(told),
            moves=tuple(
                Move(date.fromisoformat(old), rows.day(when))
                for old, when in rows.load(moves)
            ),
        )
        if not counted(matter, today):
            continue
        how = outcome(matter)
        cases.append(
            Case(number, matter.due, how in ("kept", "renegotiated"), how),
        )
        sides.append((number, side(relation)))
    return Figure("kept", tuple(cases), parts=True), sides


# -- thoughtful ------------------------------------------------------------------------


def pair(db: Store, span: Span) -> tuple[Figure, Figure]:
    """Warnings given before the event, and surprises caused: never one without the other."""
    warned, surprised = [], []
    for kind, number, day, about in db.read(
        "SELECT kind, id, day, about FROM entry WHERE kind IN ('warn', 'surprise') "
        "AND deleted_at IS NULL AND day BETWEEN ? AND ? ORDER BY day, id",
        _days(span),
    ):
        at = date.fromisoformat(day)
        if kind == "surprise":
            surprised.append(Case(number, at))
        else:
            early = about is None or about >= day
            warned.append(Case(number, at, early, "" if early else "late"))
    return Figure("warned", tuple(warned)), Figure("surprised", tuple(surprised))


def guesses(db: Store, span: Span) -> Figure:
    """Predictions and guesses that were checked; of these, the right ones."""
    cases = [
        Case(number, date.fromisoformat(day), match == "yes", match)
        for number, day, match in db.read(
            'SELECT id, ifnull(closed_on, day), "match" FROM situation '
            "WHERE state = 'closed' AND deleted_at IS NULL "
            "AND \"match\" IN ('yes', 'partly', 'no') "
            "AND ifnull(closed_on, day) BETWEEN ? AND ?",
            _days(span),
        )
    ]
    first, last = _days(span)
    for number, checks in db.read(
        "SELECT k.id, k.checks FROM priority k JOIN person p ON p.id = k.person_id "
        "WHERE k.checks != '[]' AND k.deleted_at IS NULL AND p.deleted_at IS NULL"
    ):
        for on, was, right in rows.load(checks):
            if was == "guess" and right in RIGHT and first <= on <= last:
                day = date.fromisoformat(on)
                cases.append(Case(number, day, right == "yes", right))
    cases.sort(key=lambda case: (case.day or date.min, case.id))
    return Figure("checked", tuple(cases), parts=True)


def lessons(db: Store, span: Span) -> Figure:
    """Situations closed with a lesson, of those closed."""
    return Figure(
        "lessons",
        tuple(
            Case(number, date.fromisoformat(day), bool((lesson or "").strip()))
            for number, day, lesson in db.read(
                "SELECT id, ifnull(closed_on, day) AS ended, "
                "json_extract(close, '$.lesson') FROM situation "
                "WHERE state = 'closed' AND deleted_at IS NULL "
                "AND ended BETWEEN ? AND ? ORDER BY ended, id",
                _days(span),
            )
        ),
        parts=True,
    )


# -- active ----------------------------------------------------------------------------


def started(db: Store, span: Span) -> Figure:
    """Tasks and promises that one began before being asked."""
    found = db.read(
        "SELECT id, day, state FROM matter WHERE deleted_at IS NULL "
        "AND day BETWEEN ? AND ? AND kind IN ('task', 'promise') "
        "AND origin = 'mine' AND nature != 'grey' ORDER BY day, id",
        _days(span),
    )
    return Figure(
        "started",
        tuple(Case(number, date.fromisoformat(d), True, s) for number, d, s in found),
    )


def options(db: Store, span: Span) -> Figure:
    """Situations that went up with two options or more, of those that went up.

    One that is closed went up where it holds the message, or what was proposed.
    """
    cases = []
    for number, day, text in db.read(
        "SELECT id, day, options FROM situation WHERE deleted_at IS NULL "
        "AND day BETWEEN ? AND ? AND (state = 'sent' OR (state = 'closed' "
        "AND trim(ifnull(json_extract(move, '$.message'), '') || "
        "ifnull(json_extract(move, '$.propose'), '')) != '')) "
        "ORDER BY day, id",
        _days(span),
    ):
        given = rows.load(text).get("options") or []
        named = [o for o in given if str((o or {}).get("text") or "").strip()]
        cases.append(Case(number, date.fromisoformat(day), len(named) >= 2))
    return Figure("options", tuple(cases), parts=True)


# -- as it stands ----------------------------------------------------------------------


def basis(db: Store, today: date) -> list[Figure]:
    """Active priorities by what they rest on, and the guesses that are stale."""
    active = priorities.ls(db)
    cases = {
        name: tuple(
            Case(p.id, p.checked_on, word=p.basis) for p in active if p.basis == name
        )
        for name in ("said", "seen", "guess")
    }
    old = tuple(
        Case(p.id, p.checked_on, word=p.basis)
        for p in active
        if p.basis == "guess" and stale(p, today)
    )
    return [
        *(Figure(f"basis_{name}", found) for name, found in cases.items()),
        Figure("basis_stale", old),
    ]


def alignment(db: Store, today: date, year_start: int) -> tuple[Figure, Figure]:
    """Priorities of the primary leader that a goal serves, and goals that are one's own."""
    year = goals.ls(db, year_of(today, year_start))
    leader = people.primary(db)
    wanted = priorities.ls(db, leader.id) if leader is not None else []
    active = [goal for goal in year if goal.state == "active"]
    served = {serve.priority_id for goal in active for serve in goal.serves}
    first = Figure(
        "aligned",
        tuple(Case(p.id, p.checked_on, p.id in served, p.basis) for p in wanted),
        parts=True,
    )
    own = tuple(Case(goal.id, goal.start) for goal in active if not goal.serves)
    return first, Figure("own", own)


def boundary(db: Store, year: Span) -> tuple[Figure, Figure]:
    """Grey matters that are open, and those decided in ``year``; never a merit.

    For the month's review and the matters alone: in no total, no snapshot, no trend.
    """
    first, last = _days(year)
    opened, decided = [], []
    for number, day, state, on in db.read(
        "SELECT id, day, state, json_extract(boundary, '$.decided_on') FROM matter "
        "WHERE nature = 'grey' AND deleted_at IS NULL ORDER BY day, id"
    ):
        at = date.fromisoformat(day)
        if state == "open":
            opened.append(Case(number, at))
        if on and first <= on <= last:
            decided.append(Case(number, date.fromisoformat(on)))
    return Figure("grey_open", tuple(opened)), Figure("grey_decided", tuple(decided))


# -- all of it as numbers --------------------------------------------------------------


def snapshot(
    db: Store,
    today: date,
    calendar: WorkCalendar,
    year_start: int = 1,
    span: Span | None = None,
) -> dict[str, Any]:
    """The figures as JSON values, to be kept with a review or printed in a report.

    ``span`` is the last 90 days unless given. Grey matters are not in it.
    """
    first, last = span or span_days(today)
    year = year_of(today, year_start)
    return {
        "today": today.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "figures": {
            name: figure.as_data()
            for name, figure in read(
                db, (first, last), today, calendar, year_start
            ).items()
        },
        "goals": [
            {
                "goal": goal.handle,
                "progress": round(at.progress),
                "elapsed": round(at.elapsed),
                "gap": at.gap,
                "health": at.health,
            }
            for goal in goals.ls(db, year)
            for at in (pace(goal, calendar, today),)
            if goal.state == "active"
        ],
        "evidence": [
            {
                "goal": each.handle,
                "evidence": each.evidence.count,
                "claims": each.claims.count,
                "last": each.last.isoformat() if each.last else None,
                "months_since": months_since(each.last, today),
            }
            for each in evidence.by_goal(db, (first, last), today, year_start)
        ],
        "standards": [
            {
                "standard": one.standard,
                "text": one.text,
                "answers": list(one.last),
                "counts": dict(Counter(case.word for case in one.answers.cases)),
            }
            for one in reflected.standings(db, today, year_start)
        ],
        "lenses": reflected.lenses(db, today),
        "year": [day.isoformat() for day in year_span(year, year_start)],
    }


def _days(span: Span) -> tuple[str, str]:
    return span[0].isoformat(), span[1].isoformat()
