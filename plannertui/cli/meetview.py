"""What ``meet`` prints: what is to come, one talk, the brief, the ledger."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import chosen, printed
from plannertui.cli.meet import CALL, picked, tell, when, which
from plannertui.cli.options import Args
from plannertui.cli.words import away_words, day_words
from plannertui.core.mentions import bare
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.briefs import Brief, Point
    from plannertui.core.events import Event

PAST = 5


def ls(session: Session, args: Args) -> int:
    """Print the next one-on-ones, and those that nobody has closed."""
    from plannertui.store import meetings

    person = None
    if args.words:
        (name,) = nouns.only(args, 1, CALL + " ls")
        person = nouns.person(session, name).id
    found = meetings.unheld(session.db, session.today, person)[::-1]
    if args.has("all"):
        found = [
            one
            for one in meetings.ls(session.db, person)
            if one.starts_on < session.today or one.state not in meetings.AHEAD
        ]
    found += meetings.upcoming(session.db, session.today, session.calendar, person)
    found = chosen(
        session, args, found, lambda one: (one.starts_on, one.ends_on), past=False
    )
    if printed(
        session, args, "meet ls", lambda: [event_data(session, e) for e in found]
    ):
        return 0
    session.out.table(_row(session, one) for one in found)
    if not found:
        session.out.talk(
            _("No one-on-one is planned. Add one: ptui meet add L1 --on thu --at 10:00")
        )
    return 0


def _row(session: Session, event: Event) -> list[Cell]:
    state: Cell = "" if event.state == "planned" else kind_word(event.state)
    if event.starts_on < session.today and event.state in ("planned", "prepared"):
        state = (_("held?"), "warn")
    elif event.starts_on >= session.today and not state:
        days = session.calendar.between(session.today, event.starts_on)
        state = away_words(event.starts_on, session.today, days)
    return [
        (event.handle or "·", "accent"),
        when(event),
        " ".join("@" + ref.label for ref in event.people),
        state,
        event.wanted,
    ]


def show(session: Session, args: Args) -> int:
    """Print one: decision wanted, agenda, what is ready to say, what came of it."""
    event = which(session, picked(session, args))
    nouns.no_words(args, CALL + " show")
    return show_one(session, event)


def show_one(session: Session, event: Event) -> int:
    """Print ``event`` with all that belongs to it."""
    if session.args.has("json"):
        session.out.document(event_data(session, event, brief=True))
        return 0
    from plannertui.core.followups import PARTS, follow_up_of, part_word
    from plannertui.core.meetings import repeat_word
    from plannertui.store import meetings

    minutes = event.minutes or 0
    length = ngettext("{count} minute", "{count} minutes", minutes)
    tell(
        session,
        event,
        length.format(count=minutes) if minutes else "",
        repeat_word(meetings.rhythm(session.db, event)),
    )
    out = session.out
    if event.wanted:
        out.line("  ", (_("wanted: "), "quiet"), event.wanted)
    print_agenda(session, event)
    if event.state in meetings.AHEAD:
        _print_ready(session, event)
    kept = follow_up_of(event.follow_up)
    for part in PARTS:
        lines = kept.part(part)
        if lines:
            out.line()
            out.line((part_word(part), "strong"))
            out.table(
                ["  " + line.text, (line.became and "→ " + line.became, "accent")]
                for line in lines
            )
    if event.notes:
        out.line()
        out.block(event.notes, indent=2)
    return 0


def print_agenda(session: Session, event: Event) -> None:
    """Print the items of an agenda with their numbers."""
    from plannertui.core.meetings import item_word

    out = session.out
    rows: list[list[Cell]] = []
    names = aliases(session)
    for item in agenda_data(session, event):
        carried = ""
        if item["carried"]:
            carried = _("carried from {handle}").format(handle=item["carried"])
        rows.append(
            [
                f"  {item['number']}",
                "[x]" if item["done"] else "[ ]",
                (item_word(item["kind"]), "quiet"),
                bare(item["text"], names),
                (item["ref"], "accent"),
                (carried, "quiet"),
            ]
        )
    if rows:
        out.table(rows)
    else:
        out.line("  ", (_("Nothing on the agenda yet."), "quiet"))


def agenda_data(session: Session, event: Event) -> list[dict[str, Any]]:
    """The agenda as plain values: what a handle refers to is in ``text``."""
    from plannertui.store import agendas, refs

    found: list[dict[str, Any]] = []
    for number, item in enumerate(agendas.agenda(session.db, event, session.today), 1):
        named = refs.resolve(session.db, item.ref, trashed=True) if item.ref else None
        text = named[2].strip().split("\n", 1)[0] if named is not None else item.text
        found.append({"number": number, **item.data(), "ref": item.ref, "text": text})
    return found


def _print_ready(session: Session, event: Event) -> None:
    from plannertui.store.briefing import gather

    brief = gather(
        session.db,
        event,
        session.today,
        session.calendar,
        year_start=session.settings.year_start,
    )
    out, names = session.out, aliases(session)
    for title, points in (
        (_("Ready to say"), (*brief.warnings, *brief.wins)),
        (_("To check"), tuple(point for point in brief.ask if not point.item)),
        (_("Between us"), brief.promises),
    ):
        if points:
            out.line()
            out.line((title, "strong"))
            out.table(_point_row(session, point, names) for point in points)


def aliases(session: Session) -> list[tuple[int, str, str]]:
    """Id, handle and alias of everybody, for texts that name them by their handles."""
    from plannertui.store import people

    return [(p.id, p.handle, p.alias) for p in people.ls(session.db, past=True)]


def _point_row(
    session: Session, point: Point, names: list[tuple[int, str, str]]
) -> list[Cell]:
    tail: Cell = ""
    if point.kind in ("promise", "waiting") and point.closed_on is not None:
        tail = state_word(point.state)
    elif point.due is not None:
        days = session.calendar.between(session.today, point.due)
        tail = away_words(point.due, session.today, days)
    elif point.basis:
        tail = kind_word(point.basis)
        if point.day is not None:
            tail += " " + day_words(point.day)
    kind, text = kind_word(point.kind), bare(point.text, names)
    return ["  " + point.handle, (kind, "quiet"), text, tail]


def event_data(
    session: Session, event: Event, *, brief: bool = False
) -> dict[str, Any]:
    """A one-on-one as plain values; one that is only computed has no handle."""
    from plannertui.cli.show import data
    from plannertui.core.rows import as_data
    from plannertui.store import meetings

    if event.id:
        values = data(session, event)
    else:
        values = {"type": "event", **as_data(event)}
    values["computed"] = not event.id
    values["rhythm"] = meetings.rhythm(session.db, event)
    values["agenda"] = agenda_data(session, event)
    if brief:
        from plannertui.store.briefing import gather

        values["brief"] = brief_data(
            gather(
                session.db,
                event,
                session.today,
                session.calendar,
                year_start=session.settings.year_start,
            )
        )
    return values


def brief_data(brief: Brief) -> dict[str, Any]:
    """A brief as plain values, people by handle and alias."""
    from plannertui.core.rows import as_data

    values: dict[str, Any] = {
        "person": brief.person
        and {"handle": brief.person.handle, "label": brief.person.alias},
        "last": brief.last.handle if brief.last is not None else None,
        "wanted": brief.wanted,
        "standings": [
            {
                "handle": one.goal.handle,
                "title": one.goal.title,
                "progress": round(one.pace.progress, 1),
                "elapsed": round(one.pace.elapsed, 1),
                "health": one.pace.health,
                "as_of": one.as_of.isoformat() if one.as_of else None,
            }
            for one in brief.standings
        ],
        "style": [as_data(line) for line in brief.style],
    }
    for name in (
        *("warnings", "decide", "inform", "wins", "ask", "promises", "carried"),
        "thanks",
    ):
        values[name] = [as_data(point) for point in getattr(brief, name)]
    return values


def brief(session: Session, args: Args) -> int:
    """Print the brief for the next one-on-one, or for one of them."""
    event = which(session, picked(session, args))
    nouns.no_words(args, CALL + " brief")
    if not event.id:
        # What is only computed has nothing of its own yet: it is shown as it stands.
        return show_one(session, event)
    from plannertui.cli.report import say_left_out
    from plannertui.outputs.report import make

    report = make(
        session.db,
        "brief",
        now=session.now,
        today=session.today,
        calendar=session.calendar,
        settings=session.settings,
        subject=event.id,
    )
    if args.has("json"):
        session.out.document(
            {
                **event_data(session, event, brief=True),
                "title": report.title,
                "markdown": report.markdown,
            }
        )
        return 0
    session.out.block(report.markdown)
    say_left_out(session, report.left_out, whole=f"ptui report brief {event.handle}")
    return 0
