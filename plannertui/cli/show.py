"""``show``: everything that is known about one thing, whatever it is."""

from __future__ import annotations

from plannertui.cli.lists import rows as item_rows
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import Usage
from plannertui.core.fieldwords import WORDED, field, in_words
from plannertui.core.words import kind_word, share_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.events import Event
    from plannertui.core.rows import Row
    from plannertui.store.history import Revision
    from plannertui.store.items import Item

LINKED = 10
NEXT = 5
HIDDEN = (
    *("id", "uid", "handle", "rev", "deleted_at"),
    *("person_id", "successor_id", "series_id"),
)
TEXTS = ("text", "title", "line", "alias", "theme")


def show(session: Session, args: Args) -> int:
    """Print the things with these handles."""
    if not args.words:
        raise Usage(_("Which one? Try: ptui show J1"))
    found = [thing(session, name) for name in args.words]
    log = args.has("log")
    if args.has("json"):
        documents = [data(session, row, log=log) for row in found]
        single = len(documents) == 1
        session.out.document(documents[0] if single else documents)
        return 0
    for at, row in enumerate(found):
        if at:
            session.out.line()
        _print(session, row, log)
    return 0


def thing(session: Session, name: str) -> Row:
    """The noun called ``name``; what lies in the trash is found too."""
    from plannertui.store.refs import find

    return find(session.db, session.readable(name).lstrip("@＠"))


def noun_of(row: Row) -> str:
    """The noun that ``row`` is: "entry", "matter", "goal" …"""
    return type(row).__name__.lower()


def data(session: Session, row: Row, *, log: bool = False) -> dict[str, Any]:
    """``row`` as plain JSON values, with what can be computed and what links to it.

    Of a boundary record only the decision: the rest leaves by ``boundary`` alone.
    """
    from plannertui.core.rows import as_data

    values = {"type": noun_of(row), **as_data(row), **computed(session, row)}
    values.pop("boundary", None)
    if not session.args.has("names"):
        values.pop("name", None)
    values["linked"] = [item.handle for item in linked(session, row, None)]
    if log:
        values["log"] = [_step(step) for step in history(session, row)]
    return values


def computed(session: Session, row: Row) -> dict[str, Any]:
    """What follows from ``row``: a promise's outcome, a goal's pace, a win's proof."""
    from plannertui.core.entries import Entry, proof
    from plannertui.core.events import Event
    from plannertui.core.goals import Goal, pace
    from plannertui.core.matters import Matter, outcome

    if isinstance(row, Entry) and row.kind == "win":
        return {"proof": proof(row)}
    if isinstance(row, Matter):
        found: dict[str, Any] = {"decision": (row.boundary or {}).get("decision")}
        if row.kind == "promise":
            found["outcome"] = outcome(row)
        return found
    if isinstance(row, Goal):
        now = pace(row, session.calendar, session.today)
        return {
            "progress": round(now.progress, 1),
            "elapsed": round(now.elapsed, 1),
            "gap": now.gap,
            "health": now.health,
        }
    if isinstance(row, Event) and row.repeats:
        return _repeating(session, row)
    return {}


def _repeating(session: Session, event: Event) -> dict[str, Any]:
    """How often a repeating event takes place, in words, and when it does next."""
    from plannertui.core.recurrence import parse
    from plannertui.core.rulewords import say
    from plannertui.store.occurrences import coming

    found = coming(session.db, event, session.today, NEXT, session.calendar)
    return {
        "every": say(parse(event.repeat), event.starts_on),
        "next": [one.starts_on.isoformat() for one in found],
    }


def linked(session: Session, row: Row, limit: int | None) -> list[Item]:
    """What refers to ``row``, the newest first."""
    from plannertui.store.items import Filter, ls

    noun = noun_of(row)
    if noun == "person":
        wanted = Filter(person_id=row.id)
    elif noun in ("goal", "matter", "event", "situation", "priority", "entry"):
        wanted = Filter(goal_id=row.id)
    else:
        return []
    return ls(session.db, wanted, limit=limit)


def history(session: Session, row: Row) -> list[Revision]:
    """The changes of ``row``, oldest first."""
    from plannertui.store.history import log

    steps = log(session.db, row.id)
    for step in steps:
        if step.table == "matter" and step.before is not None:
            step.before.pop("boundary", None)
    if not session.args.has("names"):
        for step in steps:
            if step.table == "person" and step.before is not None:
                step.before.pop("name", None)
    return steps


def _print(session: Session, row: Row, log: bool) -> None:
    """Print ``row``: a head, its text, its fields, its links."""
    from plannertui.core.rows import as_data

    out = session.out
    values = {**as_data(row), **computed(session, row)}
    record = values.pop("boundary", None)
    if not session.args.has("names"):
        values.pop("name", None)
    if "every" in values:
        # The rule is said in words; an endless one has no last day.
        values |= {"repeat": "", "last_on": None, "slot_on": None}
    _name_links(session, values)
    head = kind_word(noun_of(row))
    if "kind" in values:
        head = kind_word(str(values["kind"]))
    parts: list[tuple[str, str]] = [(row.handle, "accent"), ("  " + head, "")]
    if row.deleted_at is not None:
        parts.append(("  " + _("in the trash"), "warn"))
    out.line(parts)
    for name in TEXTS:
        if values.get(name):
            out.block(str(values[name]), indent=2, style="strong")
    out.table(
        [("  " + field(name), "quiet"), value]
        for name, value in _fields(values | by_the_clock_here(session, row))
        if value
    )
    if record:
        hint = _("What was recorded: ptui boundary {handle}")
        out.talk("  " + hint.format(handle=row.handle))
    near = linked(session, row, LINKED + 1)
    if near:
        out.line()
        out.line(_("What refers to it:"))
        out.table(
            [
                ["  " + item.handle, *cells[1:]]
                for item, cells in zip(
                    near, item_rows(near[:LINKED], session.today), strict=False
                )
            ]
        )
        if len(near) > LINKED:
            out.talk(_("The newest {count}.").format(count=LINKED))
    if log:
        _print_log(session, row, values)


def by_the_clock_here(session: Session, row: Row) -> dict[str, Any]:
    """The days and the time here of an event in another zone, and those there."""
    from plannertui.cli.eventfields import here
    from plannertui.core.events import Event
    from plannertui.core.zones import is_known

    if not isinstance(row, Event) or not (row.time and row.zone):
        return {}
    if row.zone == session.zone or not is_known(row.zone):
        return {}
    one = here(session, row)
    there = f"{row.starts_on.isoformat()} {row.time}"
    return {
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "time": one.time,
        "zone": _("{zone}, {when} there").format(zone=row.zone, when=there),
    }


def _name_links(session: Session, values: dict[str, Any]) -> None:
    """Put handles and aliases where ``values`` have numbers and handles."""
    if values.get("priority_id"):
        from plannertui.store.search import by_id

        found = by_id(session.db, [values["priority_id"]])
        values["priority_id"] = f"{found[0].handle} {found[0].text}" if found else ""
    if values.get("win"):
        from plannertui.store.evidence import aliases

        known = aliases(session.db)
        given = values["win"] = dict(values["win"])
        for name in ("witnesses", "credit"):
            given[name] = [known.get(who, who) for who in given.get(name) or ()]


def _fields(values: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields of ``values`` that are no text of its own, in words."""
    found = []
    for name, value in values.items():
        if name in HIDDEN or name in TEXTS or value in (None, "", [], {}, False):
            continue
        if name == "share":
            value = share_word(str(value))
        if name in WORDED:
            value = kind_word(str(value))
        if name in ("created_at", "updated_at", "at"):
            value = _moment(str(value))
        if name == "updated_at" and value == _moment(str(values.get("created_at"))):
            continue
        lines = value if isinstance(value, list) else [value]
        words = [in_words(name, line) for line in lines]
        between = " " if name in ("refs", "tags", "people") else " · "
        found.append((name, between.join(word for word in words if word)))
    return found


def _moment(stamp: str) -> str:
    """A stamp without its seconds and offset."""
    return stamp[:16].replace("T", " ")


def _print_log(session: Session, row: Row, values: dict[str, Any]) -> None:
    """Print what happened to ``row``, oldest first, with what each change replaced."""
    out = session.out
    steps = history(session, row)
    out.line()
    out.line(_("History:"))
    rows: list[list[Cell]] = []
    for at, step in enumerate(steps):
        after = next((s.before for s in steps[at + 1 :] if s.before), None)
        rows.append(
            [
                ("  " + _moment(step.at), "quiet"),
                step.label if step.kind == "do" else f"{step.kind}: {step.label}",
                _changes(step.before, after or values),
            ]
        )
    out.table(rows)


def _changes(before: dict[str, Any] | None, after: dict[str, Any]) -> str:
    """The fields of ``before`` that ``after`` has otherwise, with what they were."""
    if before is None:
        return ""
    kept = []
    for name, value in before.items():
        if name in (*HIDDEN, "created_at", "updated_at") or name not in after:
            continue
        then = after[name]
        if _plain(value) and _plain(then) and then != value:
            was = "–" if value in (None, "") else str(value)
            kept.append(_("{field} was {value}").format(field=field(name), value=was))
    return ", ".join(kept)


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _step(step: Revision) -> dict[str, Any]:
    return {
        "at": step.at,
        "label": step.label,
        "kind": step.kind,
        "table": step.table,
        "op": step.op,
        "before": step.before,
    }


COMMANDS: dict[str, Command | Group] = {
    "show": Command(
        "show",
        N_("Show everything about a thing: an entry, matter, goal, person or event."),
        show,
        words=N_("HANDLE…"),
        options=(
            Option("log", "", N_("with its history")),
            Option("names", "", N_("with a person's real name")),
        ),
        notes=(N_("With --json: one object, a list when several are asked for."),),
        examples=(
            "ptui show J105",
            N_("ptui show director --json"),
            "ptui show M41 --log",
        ),
    )
}
