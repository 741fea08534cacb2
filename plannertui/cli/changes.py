"""What the options of ``edit`` ask for, as arguments of the store's edit."""

from __future__ import annotations

from dataclasses import replace

from plannertui.cli.again import revisit_day
from plannertui.cli.quick import person as find_person
from plannertui.core.boundary import decide
from plannertui.core.day import plus_days
from plannertui.core.entries import Entry, Win
from plannertui.core.errors import NotFound, Usage
from plannertui.core.events import Event
from plannertui.core.goals import Goal
from plannertui.core.matters import DECISIONS, ORIGINS, Matter
from plannertui.core.slip import tag_name
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from plannertui.cli.options import Args
    from plannertui.cli.session import Session
    from plannertui.core.rows import Row

WIN = ("number", "document", "witness", "credit", "before", "did", "after", "used")
DECIDE = frozenset(("decide", "请示"))
CLEAR = ("none", "无")


def changes_of(session: Session, args: Args, row: Row) -> dict[str, Any]:
    """What the options ask for, as arguments of the store's edit."""
    changes: dict[str, Any] = {}
    for name in ("kind", "share", "nature"):
        text = args.get(name)
        if text is not None:
            changes[name] = text.strip().lower().replace("-", "_")
    for name in ("urgent", "important"):
        word = args.choice(name, ("yes", "no"))
        if word is not None:
            changes[name] = word == "yes"
    day = args.get("day")
    if day is not None:
        _set_day(row, session.date(day, past=not isinstance(row, Event)), changes)
    due = args.get("due")
    if due is not None:
        _set_due(row, None if due in CLEAR else session.date(due), changes)
    person = args.get("person")
    if person is not None:
        clear = person in CLEAR
        changes["person_id"] = None if clear else find_person(session, person)[0]
    goal = args.get("goal")
    if goal is not None:
        changes["goal_id"] = None if goal in CLEAR else _goal(session, goal)
    decision = args.choice("decision", DECISIONS)
    if decision is not None and isinstance(row, Matter):
        record = row.boundary or {}
        changes["boundary"] = decide(
            record,
            decision,
            session.today,
            consulted=record.get("consulted", ""),
            sentence=record.get("sentence", ""),
        )
    origin = args.choice("origin", ORIGINS)
    if origin is not None:
        changes["origin"] = origin
    priority = args.get("priority")
    if priority is not None:
        clear = priority in CLEAR
        changes["priority_id"] = None if clear else _priority(session, priority)
    if isinstance(row, Entry | Matter):
        if args.has("tag") or args.has("untag"):
            changes["tags"] = _tags(session, args, row.tags)
        if args.has("ref") or args.has("unref"):
            changes["links"] = _links(session, args, row)
    again = args.get("revisit")
    if again is not None:
        changes["revisit_on"] = None if again in CLEAR else revisit_day(session, again)
    if isinstance(row, Entry) and any(args.has(name) for name in WIN):
        changes["win"] = win_of(session, args, row)
    return changes


def _set_day(row: Row, day: date, changes: dict[str, Any]) -> None:
    if isinstance(row, Event):
        last = plus_days(day, (row.ends_on - row.starts_on).days)
        if last is None:
            raise Usage(_("It would end after the last day there is."))
        changes["starts_on"], changes["ends_on"] = day, last
    else:
        changes["day"] = day
        if day != getattr(row, "day", None):
            # The time of writing is the time of that day only while it is its day.
            changes["at"] = None


def _set_due(row: Row, due: date | None, changes: dict[str, Any]) -> None:
    if isinstance(row, Entry):
        # A warning has the day it speaks of, a decision asked for the day it is needed.
        if row.kind != "warn" and not DECIDE & {*row.tags}:
            raise Usage(
                _("{handle} is not due; for its day use --day.").format(
                    handle=row.handle
                )
            )
        changes["about"] = due
        return
    if isinstance(row, Goal):
        if due is None:
            raise Usage(_("A goal always has a due date."))
    elif isinstance(row, Matter) and row.kind == "promise" and row.due is not None:
        raise Usage(
            _("A promise is moved, so that its word counts: {call}").format(
                call=f"ptui move {row.handle} --to DATE --told"
            )
        )
    changes["due"] = due


def _goal(session: Session, name: str) -> int:
    found = session.find(name)
    if found[3] != "goal":
        raise NotFound(
            _("{handle} is no goal. See: ptui goal ls").format(handle=found[1])
        )
    return found[0]


def _priority(session: Session, name: str) -> int:
    found = session.find(name)
    if found[3] != "priority":
        raise NotFound(
            _("{handle} is no priority. See: ptui leader").format(handle=found[1])
        )
    return found[0]


def _tags(session: Session, args: Args, old: Iterable[str]) -> list[str]:
    away = {tag_name(session.readable(tag)).casefold() for tag in args.all("untag")}
    tags = [tag for tag in old if tag.casefold() not in away]
    for tag in args.all("tag"):
        name = tag_name(session.readable(tag))
        if name not in tags:
            tags.append(name)
    return tags


def _links(session: Session, args: Args, row: Entry | Matter) -> list[int]:
    away = {session.find(name)[0] for name in args.all("unref")}
    links = [ref.id for ref in row.refs if ref.id not in away]
    return links + [session.find(name)[0] for name in args.all("ref")]


def win_of(session: Session, args: Args, row: Entry) -> Win:
    """The win of ``row`` with the proof that the options add."""
    kind = args.get("kind") or row.kind
    if kind != "win":
        raise Usage(_("Only a win has proof: --kind win makes it one."))
    win = row.win or Win()
    fields: dict[str, Any] = {}
    for name in ("number", "document", "before", "did", "after"):
        text = args.get(name)
        if text is not None:
            value = "" if text in CLEAR else session.readable(text)
            fields[name] = value
    used = args.get("used")
    return replace(
        win,
        **fields,
        witnesses=_people(session, args.all("witness"), win.witnesses),
        credit=_people(session, args.all("credit"), win.credit),
        used_on=session.date(used, past=True) if used is not None else win.used_on,
    )


def _people(
    session: Session, given: Iterable[str], before: tuple[str, ...]
) -> tuple[str, ...]:
    """``before`` and the names given, people by their handle; none empties it first."""
    from plannertui.store.evidence import named

    found = dict.fromkeys(before)
    for text in given:
        if text.strip().lower() in CLEAR:
            found.clear()
        else:
            found |= dict.fromkeys(named(session.db, session.readable(text)))
    return tuple(found)


def relink(
    session: Session, row: Row, old: str, new: str, changes: dict[str, Any]
) -> None:
    """Let links and tags follow the names in the text; the others stay."""
    if not isinstance(row, Entry | Matter):
        return
    from plannertui.core.capture import parse
    from plannertui.store.refs import resolve

    def read(text: str) -> Any:
        return parse(
            text,
            today=session.today,
            resolve=lambda name: resolve(session.db, name),
            kind="note",
        )

    before, after = read(old), read(new)
    gone = {ref[0] for ref in before.refs} - {ref[0] for ref in after.refs}
    links = changes.get("links", [ref.id for ref in row.refs])
    wanted = [number for number in links if number not in gone]
    changes["links"] = [*wanted, *(ref[0] for ref in after.refs)]
    untagged = set(before.tags) - set(after.tags)
    tags = changes.get("tags", list(row.tags))
    kept = [tag for tag in tags if tag not in untagged]
    changes["tags"] = [*kept, *(tag for tag in after.tags if tag not in kept)]
