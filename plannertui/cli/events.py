"""``event``: one-on-ones, meetings, appraisals, deadlines and leave."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import LISTED, period, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import day_words
from plannertui.core.clocktime import read_time
from plannertui.core.errors import NotFound, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.events import Event

CALL = "ptui event"
AHEAD = 14
SHORT = {"1:1": "one_on_one", "one-on-one": "one_on_one", "11": "one_on_one"}


def _kind(args: Args) -> str | None:
    from plannertui.core.events import KINDS

    text = args.get("kind")
    if text is None:
        return None
    word = SHORT.get(text.strip().lower(), text.strip().lower().replace("-", "_"))
    if word not in KINDS:
        raise Usage(
            _('--{name} is one of {choices}, not "{text}".').format(
                name="kind", choices=", ".join(KINDS), text=text
            )
        )
    return word


def _days(
    session: Session, args: Args, old: tuple[date, date] | None
) -> tuple[date, date]:
    """The first and last day: of --on (a day or a period), or from it to --to."""
    on, until = args.get("on"), args.get("to")
    if on is None:
        if old is None:
            raise Usage(_("When? Try: ptui event add Leave --on 2024-10-08 --to +4d"))
        first, last = old
    else:
        first, last = session.span(on, past=False)
        if old is not None and first == last and until is None:
            last = first + (old[1] - old[0])
    if until is not None:
        from plannertui.core.dates import parse_date

        last = parse_date(until, first, year_start=session.settings.year_start)
    return first, last


def fields_of(session: Session, args: Args, at: bool) -> dict[str, Any]:
    """Time, length, place on the agenda and people, as the options say."""
    fields: dict[str, Any] = {}
    if nouns.is_none(args, "at"):
        fields["time"] = None
    elif args.has("at"):
        fields["time"] = read_time(args.get("at") or "")
        fields["zone"] = named_zone(session)
    minutes = args.count("minutes")
    if minutes is not None:
        fields["minutes"] = minutes
    for option in ("wanted", "notes"):
        text = nouns.option_text(session, args, option)
        if text is not None:
            fields[option] = text
    if args.has("with") or at:
        names = [
            name
            for given in args.all("with")
            for name in given.replace("，", ",").split(",")
            if name.strip()
        ]
        fields["people"] = [nouns.person(session, name.strip()).id for name in names]
    return fields


def named_zone(session: Session) -> str:
    """The zone one is in, "" where it has no name that is known."""
    from plannertui.core.zones import is_known

    return session.zone if is_known(session.zone) else ""


def _tell(session: Session, event: Event) -> int:
    when = day_words(event.starts_on)
    if event.ends_on != event.starts_on:
        when = _("{first} to {last}").format(first=when, last=day_words(event.ends_on))
    if event.time:
        when += " " + event.time
    people = " ".join("@" + ref.label for ref in event.people)
    state = "" if event.state == "planned" else kind_word(event.state)
    return nouns.tell(
        session, event, when, kind_word(event.kind), event.title, people, state
    )


def add(session: Session, args: Args) -> int:
    """Add an event on a day or over several."""
    from plannertui.store import events

    kind = _kind(args)
    first, last = _days(session, args, None)
    fields = fields_of(session, args, True)
    if args.words or kind is None:
        title = nouns.words_after(session, args, 0, _("What is it? "))
    else:
        title = kind_word(kind)
    event = events.add(
        session.db,
        title=title,
        kind=kind or "meeting",
        starts_on=first,
        ends_on=last,
        now=session.now,
        **fields,
    )
    return _tell(session, event)


def ls(session: Session, args: Args) -> int:
    """Print what takes place: the next two weeks, or the period asked for."""
    from datetime import date

    from plannertui.cli.show import data
    from plannertui.core.day import plus_days
    from plannertui.store import events

    nouns.no_words(args, CALL + " ls")
    since, until = period(session, args, past=False)
    first = since or session.today
    last = until or plus_days(first, AHEAD) or date.max
    if since is None and until is not None and until < first:
        first = date.min
    kind = _kind(args)
    found = [
        event
        for event in events.between(
            session.db, first, last, calendar=session.calendar, zone=session.zone
        )
        if kind is None or event.kind == kind
    ]
    found = found[: args.count("n")]
    if printed(session, args, "event ls", lambda: [data(session, e) for e in found]):
        return 0
    session.out.table(
        [
            (event.handle, "accent"),
            day_words(event.starts_on),
            event.time
            or (
                ""
                if event.ends_on == event.starts_on
                else _("to {day}").format(day=event.ends_on.isoformat()[5:])
            ),
            kind_word(event.kind),
            "" if event.state == "planned" else kind_word(event.state),
            "  ".join(
                [event.title, *("@" + ref.label for ref in event.people)]
                + ([event.wanted] if event.wanted else [])
            ),
        ]
        for event in found
    )
    if not found:
        session.out.talk(
            _("Nothing from {first} to {last}.").format(
                first=first.isoformat(), last=last.isoformat()
            )
        )
    return 0


def _event(session: Session, name: str) -> Event:
    from plannertui.store.events import get

    found = session.find(name)
    if found[3] != "event":
        raise NotFound(
            _("{handle} is no event. See: ptui event ls").format(handle=found[1])
        )
    return get(session.db, found[0])


def set_(session: Session, args: Args) -> int:
    """Change an event: when, with whom, what for, how it went."""
    from plannertui.core.events import STATES
    from plannertui.store import events

    (name,) = nouns.only(args, 1, CALL + " set")
    event = _event(session, name)
    changes = fields_of(session, args, False)
    if args.has("on") or args.has("to"):
        days = _days(session, args, (event.starts_on, event.ends_on))
        changes["starts_on"], changes["ends_on"] = days
    title = nouns.option_text(session, args, "title")
    if title is not None:
        changes["title"] = title
    kind, state = _kind(args), args.choice("state", STATES)
    if kind is not None:
        changes["kind"] = kind
    if state is not None:
        changes["state"] = state
    if not changes:
        raise Usage(_("What should change? See: {call} --help").format(call=CALL))
    with session.db.write(N_("edit {what}"), session.now, what=event.handle):
        event = events.edit(session.db, event, session.now, **changes)
        if event.kind == "one_on_one" and state in ("held", "followed_up", "cancelled"):
            from plannertui.store.meetings import make_next

            make_next(session.db, event, session.today, session.now, session.calendar)
    return _tell(session, event)


def rm(session: Session, args: Args) -> int:
    """Put an event into the trash."""
    from plannertui.store.trash import remove

    (name,) = nouns.only(args, 1, CALL + " rm")
    event = _event(session, name)
    remove(session.db, event.id, session.now)
    session.out.talk(
        _("{handle} is in the trash; ptui undo brings it back.").format(
            handle=event.handle
        )
    )
    return _tell(session, event)


def show(session: Session, args: Args) -> int:
    """Print one event."""
    from plannertui.cli.show import show as show_any

    _event(session, nouns.first(args, CALL + " show"))
    return show_any(session, args)


WHEN = (
    Option("on", "DATE", N_("the day, or a period such as 2024-W40")),
    Option("to", "DATE", N_("up to this day; +4d counts from the first")),
    Option("at", "HH:MM", N_("the time; without it, all day")),
    Option("minutes", "NUM", N_("how long")),
    Option("kind", "KIND", N_("one-on-one, meeting, appraisal, deadline, leave")),
    Option("with", "WHO", N_("with whom; several with commas"), many=True),
    Option("wanted", "TEXT", N_("the one decision wanted")),
    Option("notes", "TEXT", N_("notes")),
)
HANDLE = N_("EVENT")

COMMANDS: dict[str, Command | Group] = {
    "event": Group(
        "event",
        N_("What takes place: one-on-ones, meetings, deadlines, leave."),
        {
            "add": Command(
                "add",
                N_("Add an event; a bare weekday is the next one."),
                add,
                words=N_("[TITLE…]"),
                options=WHEN,
                examples=(
                    "ptui event add --kind one-on-one --on thu --at 10:00 --with L1",
                    N_("ptui event add Leave --kind leave --on 2024-10-08 --to +3d"),
                ),
            ),
            "ls": Command(
                "ls",
                N_("List the next two weeks, or another period."),
                ls,
                options=(
                    WHEN[4],
                    *LISTED,
                ),
                examples=("ptui event ls", "ptui event ls --on 2024-10 --json"),
            ),
            "show": Command(
                "show",
                N_("Show an event."),
                show,
                words=HANDLE,
                examples=("ptui event E7",),
            ),
            "set": Command(
                "set",
                N_("Change an event; --at none makes it last all day."),
                set_,
                words=HANDLE,
                options=(
                    Option("title", "TITLE", N_("its title")),
                    *WHEN,
                    Option(
                        "state",
                        "STATE",
                        N_("planned, prepared, held, followed_up or cancelled"),
                    ),
                ),
                examples=("ptui event set E7 --on fri --at 9:30",),
            ),
            "rm": Command(
                "rm",
                N_("Put an event into the trash."),
                rm,
                words=HANDLE,
                examples=("ptui event rm E7",),
            ),
        },
        default="ls",
        other="show",
        examples=("ptui event", "ptui event add --kind leave --on mon --to fri"),
    )
}
