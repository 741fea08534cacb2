"""Situations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from plannertui.core.errors import EmptyText, NotFound, Refused, Usage
from plannertui.core.situation_answers import changes as step_changes
from plannertui.core.situation_steps import Step
from plannertui.core.situations import (
    CLOSING,
    KINDS,
    LINE_LENGTH,
    MATCHES,
    STATES,
    Situation,
    promised,
)
from plannertui.core.words import state_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import drafts, entries, matters, refs, rows
from plannertui.store.open import Store, stamp

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.core.matters import Matter

TITLE_LENGTH = 100
"""How long the title of a matter is meant to be."""

_SELECT = (
    "SELECT s.id, s.uid, h.letter || h.number, s.created_at, s.updated_at, s.rev, "
    "s.deleted_at, s.kind, s.line, s.day, s.at, s.person_id, s.clock, s.facts, "
    's.chair, s.heart, s.options, s.move, s.predicted, s.actual, s."match", s.close, '
    "s.state, s.closed_on FROM situation s JOIN handle h ON h.id = s.id"
)
_PARTS = ("facts", "chair", "heart", "options", "move", "close")


def _situation(db: Store, row: Sequence[Any]) -> Situation:
    return Situation(
        id=row[0],
        uid=row[1],
        handle=row[2],
        created_at=row[3],
        updated_at=row[4],
        rev=row[5],
        deleted_at=row[6],
        kind=row[7],
        line=row[8],
        day=date.fromisoformat(row[9]),
        at=row[10],
        person=rows.ref(db, row[11]),
        clock=row[12],
        facts=rows.load(row[13]),
        chair=rows.load(row[14]),
        heart=rows.load(row[15]),
        options=rows.load(row[16]),
        move=rows.load(row[17]),
        predicted=row[18],
        actual=row[19],
        match=row[20],
        close=rows.load(row[21]),
        state=row[22],
        closed_on=rows.day(row[23]),
    )


def get(db: Store, which: int | str) -> Situation:
    """The situation with this id or handle; raises NotFound."""
    number = (
        which
        if isinstance(which, int)
        else refs.need(db, which, "situation", trashed=True)[0]
    )
    row = db.one(f"{_SELECT} WHERE s.id = ?", (number,))
    if row is None:
        raise NotFound(_("There is no situation {name}.").format(name=which))
    return _situation(db, row)


def ls(db: Store, state: str | None = "open") -> list[Situation]:
    """Situations in one state or all (None), newest first."""
    found = db.read(
        f"{_SELECT} WHERE s.deleted_at IS NULL AND (? IS NULL OR s.state = ?) "
        "ORDER BY s.day DESC, s.id DESC",
        (state, state),
    )
    return [_situation(db, row) for row in found]


def live(db: Store) -> list[Situation]:
    """The situations that are not over: open ones and those told of, newest first."""
    return [each for each in ls(db, None) if each.state in ("open", "sent")]


def add(
    db: Store,
    *,
    line: str,
    day: date,
    now: datetime,
    kind: str = "emergency",
    timed: bool = True,
    **fields: Any,
) -> Situation:
    """Open a situation with its one line."""
    _check({"line": line, "kind": kind} | fields)
    with db.write(N_("open {what}"), now, what=kind):
        number, _handle = rows.insert(
            db,
            "situation",
            {
                "line": line,
                "kind": kind,
                "day": day,
                "at": stamp(now) if timed else None,
            }
            | _columns(fields),
            now,
        )
    return get(db, number)


def edit(
    db: Store,
    situation: Situation,
    now: datetime,
    *,
    base_rev: int | None = None,
    **changes: Any,
) -> Situation:
    """Change fields of a situation."""
    _check(changes)
    with db.write(N_("edit {what}"), now, what=situation.handle):
        rows.update(
            db, "situation", situation.id, _columns(changes), now, base_rev=base_rev
        )
    return get(db, situation.id)


def save_step(
    db: Store, situation: Situation, step: Step, given: Mapping[str, Any], now: datetime
) -> Situation:
    """Save the answers ``given`` to ``step``, by field name, as one action.

    What others wrote into other fields since ``situation`` was read stays. Nothing is
    written where nothing differs.
    """
    label = N_("step of {what}")
    with db.write(label, now, what=situation.handle):
        fresh = get(db, situation.id)
        changed = step_changes(fresh, step, given)
        if changed:
            _check(changed)
            rows.update(db, "situation", fresh.id, _columns(changed), now)
    return get(db, situation.id)


def reports(db: Store, situation: Situation) -> list[Matter]:
    """The promises to report again that came out of it, the first made first."""
    found = db.read(
        "SELECT m.id FROM link JOIN matter m ON m.id = link.from_id "
        "WHERE link.to_id = ? AND link.role = 'from' AND m.kind = 'promise' "
        "AND m.deleted_at IS NULL ORDER BY m.id",
        (situation.id,),
    )
    return [matters.get(db, row[0]) for row in found]


def checks(db: Store, situation: Situation) -> list[Matter]:
    """The grey matters in which its boundary was looked at."""
    found = db.read(
        "SELECT m.id FROM link JOIN matter m ON m.id = link.from_id "
        "WHERE link.to_id = ? AND link.role = 'from' AND m.nature = 'grey' "
        "AND m.deleted_at IS NULL ORDER BY m.id",
        (situation.id,),
    )
    return [matters.get(db, row[0]) for row in found]


def send(
    db: Store, situation: Situation, today: date, now: datetime
) -> tuple[Situation, Matter | None]:
    """Note that the message went out, and promise to report again when it says so.

    The promise is due ``today`` and comes out of the situation; one with the same words
    is not made twice. Both are one action.
    """
    with db.write(N_("send {what}"), now, what=situation.handle):
        fresh = get(db, situation.id)
        if fresh.state not in ("open", "sent"):
            message = _("{handle} is over: {state}.")
            raise Refused(
                message.format(handle=fresh.handle, state=state_word(fresh.state))
            )
        if fresh.state != "sent":
            rows.update(db, "situation", fresh.id, {"state": "sent"}, now)
        title = _fitting(promised(fresh))
        known = [each for each in reports(db, fresh) if each.title == title]
        promise = known[0] if known else None
        if title and promise is None:
            promise = matters.add(
                db,
                title=title,
                kind="promise",
                day=today,
                due=today,
                now=now,
                person_id=fresh.person.id if fresh.person else None,
                origin="mine",
                links=[fresh.id],
            )
            rows.set_links(db, promise.id, [fresh.id], "from")
    return get(db, situation.id), promise


def look_at_boundary(
    db: Store, situation: Situation, today: date, now: datetime
) -> Matter:
    """The grey matter in which its boundary is looked at, made when there is none."""
    known = checks(db, situation)
    if known:
        return known[0]
    with db.write(N_("boundary check {what}"), now, what=situation.handle):
        matter = matters.add(
            db,
            title=_fitting(situation.line),
            day=today,
            now=now,
            nature="grey",
            person_id=situation.person.id if situation.person else None,
            origin="asked",
            links=[situation.id],
        )
        rows.set_links(db, matter.id, [situation.id], "from")
    return matter


def close(
    db: Store,
    situation: Situation,
    given: Mapping[str, str],
    today: date,
    now: datetime,
) -> tuple[Situation, Entry | None]:
    """Close it with the lines ``given``: those of ``CLOSING``, actual, match, lesson.

    A lesson becomes an entry of its own that links to the situation. All of it is one
    action. A situation that is closed already gets the new lines and keeps its day.
    """
    match = given.get("match", situation.match)
    if match and match not in MATCHES:
        raise Usage(
            _("{value} is none of: {choices}").format(
                value=match, choices=", ".join(MATCHES)
            )
        )
    entry = None
    with db.write(N_("close {what}"), now, what=situation.handle):
        fresh = get(db, situation.id)
        lines = dict(fresh.close)
        for name in (*CLOSING, "lesson"):
            if name in given:
                text = given[name].strip()
                lines[name] = text
                if not text:
                    del lines[name]
        changed: dict[str, Any] = {
            "close": lines,
            "match": match,
            "actual": given.get("actual", fresh.actual).strip(),
        }
        if fresh.state != "closed":
            changed |= {"state": "closed", "closed_on": today}
        lesson = lines.get("lesson", "")
        if lesson and lesson != fresh.close.get("lesson"):
            links = [fresh.id] + ([fresh.person.id] if fresh.person else [])
            entry = entries.add(
                db, text=lesson, kind="lesson", day=today, now=now, links=links
            )
        rows.update(db, "situation", fresh.id, _columns(changed), now)
        _forget_place(db, fresh)
    return get(db, situation.id), entry


def void(db: Store, situation: Situation, today: date, now: datetime) -> Situation:
    """Set it aside as no situation after all; nothing written in it is lost."""
    with db.write(N_("void {what}"), now, what=situation.handle):
        rows.update(
            db, "situation", situation.id, {"state": "void", "closed_on": today}, now
        )
        _forget_place(db, situation)
    return get(db, situation.id)


def reopen(db: Store, situation: Situation, now: datetime) -> Situation:
    """Go on with one that was closed or set aside; its closing lines stay."""
    with db.write(N_("reopen {what}"), now, what=situation.handle):
        rows.update(
            db, "situation", situation.id, {"state": "open", "closed_on": None}, now
        )
    return get(db, situation.id)


def draft_of(situation: Situation | None) -> str:
    """The name of the draft of its answers; None for one that is just begun."""
    return f"form:situation:{'new' if situation is None else situation.handle}"


def _forget_place(db: Store, situation: Situation) -> None:
    """Forget at which step one was; answers that were never saved stay."""
    draft = drafts.get(db, draft_of(situation))
    if draft is not None and "\n" not in draft.body:
        drafts.drop(db, draft.target)


def _fitting(title: str) -> str:
    """``title`` as long as a matter's may be."""
    room = TITLE_LENGTH
    return title if len(title) <= room else title[: room - 1].rstrip() + "…"


def _check(values: dict[str, Any]) -> None:
    if not values.get("line", "x").strip():
        raise EmptyText(_("There is nothing to write down: give some text."))
    if len(values.get("line", "")) > LINE_LENGTH:
        message = _("The line has at most {count} characters.")
        raise Usage(message.format(count=LINE_LENGTH))
    for name, choices in (("kind", KINDS), ("state", STATES)):
        if name in values and values[name] not in choices:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=values[name], choices=", ".join(choices)
                )
            )


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name in _PARTS:
        if name in values:
            values[name] = rows.dump(values[name])
    return values
