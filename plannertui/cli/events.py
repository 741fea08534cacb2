"""``event``: one-on-ones, meetings, appraisals, deadlines and leave."""

from __future__ import annotations

from plannertui.cli import eventchange, nouns
from plannertui.cli.eventfields import (
    ALSO,
    MORE,
    REPEAT,
    SCOPE,
    WHEN,
    days_of,
    event_of,
    fields_of,
    kind_of,
    one_length,
    repeat_words,
    rule_of,
    tell,
    zone_words,
)
from plannertui.cli.eventfields import named_zone as named_zone
from plannertui.cli.listing import LISTED, period, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import day_words
from plannertui.core.errors import Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.events import Event

CALL = "ptui event"
AHEAD = 14


def add(session: Session, args: Args) -> int:
    """Add an event on a day or over several, once or repeating."""
    from plannertui.store import arranging

    kind = kind_of(args) or "meeting"
    first, last = days_of(session, args, None)
    values = {"starts_on": first, "ends_on": last, **fields_of(session, args, True)}
    if values.get("minutes") and not values.get("time"):
        raise Usage(_("--for goes with a time: --at 9:30. Several days: --to +2d"))
    one_length(args, values)
    rule = rule_of(session, args, first)
    if args.words or not args.has("kind"):
        title = nouns.words_after(session, args, 0, _("What is it? "))
    else:
        title = kind_word(kind)
    event = arranging.add(
        session.db,
        session.now,
        session.calendar,
        title=title,
        kind=kind,
        repeat=rule or "",
        **values,
    )
    return tell(session, event)


def ls(session: Session, args: Args) -> int:
    """Print what takes place: the next two weeks, or the period asked for."""
    from datetime import date

    from plannertui.core.day import plus_days
    from plannertui.store import events, slots

    nouns.no_words(args, CALL + " ls")
    since, until = period(session, args, past=False)
    first = since or session.today
    last = until or plus_days(first, AHEAD) or date.max
    if since is None and until is not None and until < first:
        first = date.min
    kind = kind_of(args)
    times = slots.between(
        session.db,
        first,
        last,
        session.calendar,
        zone=session.zone,
        only="" if kind is None else "kind = ?",
        values=() if kind is None else (kind,),
    )
    found = events.of_slots(session.db, times[: args.count("n")])
    if kind in (None, "one_on_one"):
        found = _with_talks(session, found, first, last)[: args.count("n")]
    if printed(session, args, "event ls", lambda: _data(session, found)):
        return 0
    kept = {
        event.id: event for event in events.by_ids(session.db, {e.id for e in found})
    }
    session.out.table(
        _cells(session, event, kept.get(event.id, event)) for event in found
    )
    if not found:
        session.out.talk(
            _("Nothing from {first} to {last}.").format(
                first=first.isoformat(), last=last.isoformat()
            )
        )
    return 0


def _data(session: Session, found: list[Event]) -> list[dict[str, Any]]:
    """``found`` as plain values; what is only computed has no handle, and says so."""
    from plannertui.cli.show import data

    return [{**data(session, one), "computed": not one.id} for one in found]


def _with_talks(
    session: Session, found: list[Event], first: date, last: date
) -> list[Event]:
    """``found`` and the talks of a series that are no rows yet, in order."""
    from plannertui.store import series

    more = series.ahead(session.db, first, last, session.today, session.calendar)
    if not more:
        return found
    return sorted(
        [*found, *more],
        key=lambda one: (one.starts_on, one.time is not None, one.time or ""),
    )


def _cells(session: Session, event: Event, kept: Event) -> list[Cell]:
    """One line of the list; ``kept`` has the time as it is in the event's own zone."""
    when = event.time or ""
    if not when and event.ends_on != event.starts_on:
        when = _("to {day}").format(day=event.ends_on.isoformat()[5:])
    words = [event.title, *("@" + ref.label for ref in event.people)]
    words += [
        word
        for word in (
            event.place,
            event.wanted,
            repeat_words(event),
            zone_words(session, event, kept),
        )
        if word
    ]
    return [
        (event.handle or "·", "accent"),
        day_words(event.starts_on),
        when,
        kind_word(event.kind),
        "" if event.state == "planned" else kind_word(event.state),
        "  ".join(words),
    ]


def show(session: Session, args: Args) -> int:
    """Print one event."""
    from plannertui.cli.show import show as show_any

    event_of(session, nouns.first(args, CALL + " show"))
    return show_any(session, args)


HANDLE = N_("EVENT")
CHANGES = (
    Option("title", "TITLE", N_("its title")),
    *WHEN,
    *MORE,
)

SET = Command(
    "set",
    N_("Change an event; of what repeats say which."),
    eventchange.set_,
    words=HANDLE,
    notes=ALSO,
    options=(
        *CHANGES,
        *REPEAT,
        Option(
            "state",
            "STATE",
            N_("planned, prepared, held, followed_up or cancelled"),
        ),
        *SCOPE,
    ),
    examples=(
        "ptui event set E7 --on fri --at 9:30",
        "ptui event set E7 --all --remind 10m --place R4",
    ),
)

COMMANDS: dict[str, Command | Group] = {
    "event": Group(
        "event",
        N_("What takes place: one-on-ones, meetings, deadlines, leave."),
        {
            "add": Command(
                "add",
                N_("Add an event, once or repeating; a bare weekday is the next one."),
                add,
                words=N_("[TITLE…]"),
                options=(*WHEN, *MORE, *REPEAT),
                notes=ALSO,
                examples=(
                    "ptui event add --kind one-on-one --on thu --at 10:00 --with L1",
                    N_("ptui event add Leave --kind leave --on 2024-10-08 --to +3d"),
                    N_('ptui event add Board --on tue --at 9:30 --repeat "every 2w"'),
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
            "set": SET,
            "edit": SET,
            "move": Command(
                "move",
                N_("Another day or time: for one, those following, or all."),
                eventchange.move,
                words=HANDLE,
                options=(*WHEN[:4], *MORE[:2], MORE[-1], *SCOPE),
                examples=(
                    "ptui event move E7 --on fri --at 14:00",
                    "ptui event move E7 --this 2024-09-17 --on 2024-09-18",
                ),
            ),
            "cancel": Command(
                "cancel",
                N_("It does not take place; of what repeats say which."),
                eventchange.cancel,
                words=HANDLE,
                options=SCOPE,
                examples=("ptui event cancel E7 --this 2024-09-17",),
            ),
            "restore": Command(
                "restore",
                N_("What was cancelled takes place again."),
                eventchange.restore,
                words=HANDLE,
                options=(SCOPE[0], SCOPE[2]),
                examples=("ptui event restore E7 --this 2024-09-17",),
            ),
            "rm": Command(
                "rm",
                N_("Put an event into the trash; of what repeats all, or say which."),
                eventchange.rm,
                words=HANDLE,
                options=SCOPE,
                examples=("ptui event rm E7",),
            ),
        },
        default="ls",
        other="show",
        examples=("ptui event", "ptui event add --kind leave --on mon --to fri"),
    )
}
