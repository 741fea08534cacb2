"""``meet``: one-on-ones, before and after: agenda, decision wanted, hold, follow up."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.eventfields import fields_of
from plannertui.cli.options import Args, looks_like_handle
from plannertui.cli.words import day_words
from plannertui.core.errors import NotFound, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.events import Event

CALL = "ptui meet"


# -- which one -------------------------------------------------------------------------


def picked(session: Session, args: Args, *, text: bool = False) -> str:
    """The first word where it names a talk or a person, taken off; else "".

    With ``text`` the words are a text: only a handle or ``@name`` in front is a name.
    """
    words = args.words
    if not words or len(words) == args.literal:
        return ""
    name = words[0]
    if (
        text
        and not (looks_like_handle(name) and name[0] in "ELPelp")
        and (name[0] not in "@＠")
    ):
        return ""
    del words[0]
    return name


def which(session: Session, name: str, *, gone: bool = False) -> Event:
    """The one-on-one called ``name``, the next with somebody, or the next one at all.

    ``gone``: rather the last one that took place, or should have, up to today.
    """
    from plannertui.store import events, meetings

    person: int | None = None
    if name:
        found = session.find(name)
        if found[3] == "event":
            event = events.get(session.db, found[0])
            if event.kind != "one_on_one":
                message = _("{handle} is no one-on-one. See: ptui meet")
                raise NotFound(message.format(handle=event.handle))
            return event
        person = nouns.person(session, name).id
    if gone:
        over = [
            one
            for one in meetings.ls(session.db, person)
            if one.starts_on <= session.today
            and one.state in ("planned", "prepared", "held")
        ]
        if over:
            return over[-1]
        raise NotFound(_("No one-on-one up to today waits for that. See: ptui meet"))
    soon = meetings.next_with(session.db, person, session.today, session.calendar)
    if soon is None:
        raise NotFound(
            _("No one-on-one is planned. Add one: ptui meet add L1 --on thu --at 10:00")
        )
    return soon


def tell(session: Session, event: Event, *more: str) -> int:
    """Say what a one-on-one is now, in one line or as JSON."""
    if session.args.has("json"):
        from plannertui.cli.meetview import event_data

        session.out.document(event_data(session, event))
        return 0
    parts: list[Any] = [(event.handle or "·", "accent"), "  " + when(event)]
    parts += ["  @" + ref.label for ref in event.people]
    if event.state != "planned":
        parts.append("  " + kind_word(event.state))
    parts += ["  " + word for word in more if word]
    session.out.line(parts)
    return 0


def when(event: Event) -> str:
    """The day and time of ``event``."""
    return " ".join(word for word in (day_words(event.starts_on), event.time) if word)


# -- making and changing ---------------------------------------------------------------


def add(session: Session, args: Args) -> int:
    """Add a one-on-one, or with --every a series of them."""
    from plannertui.core.meetings import every, repeat_word
    from plannertui.store import meetings

    person = nouns.person(session, nouns.first(args, CALL + " add"))
    on = args.get("on")
    if on is None:
        raise Usage(_("When? Try: ptui meet add L1 --on thu --at 10:00 --every 2w"))
    day = session.date(on)
    fields = fields_of(session, args, False)
    rhythm = args.get("every")
    repeat = every(rhythm) if rhythm is not None else ""
    title = session.joined(args.words[1:]) if len(args.words) > 1 else ""
    event = meetings.add(
        session.db,
        person,
        starts_on=day,
        now=session.now,
        repeat=repeat,
        title=title,
        **fields,
    )
    if fields.get("wanted"):
        event = meetings.want(session.db, event, fields["wanted"], session.now)
    kind = session.calendar.kind(day)
    if kind in ("holiday", "leave", "weekend"):
        from plannertui.core.words import day_kind_word

        session.out.talk(
            _("{day} is no workday: {kind}.").format(
                day=day_words(day),
                kind=session.calendar.name(day) or day_kind_word(kind),
            )
        )
    return tell(session, event, repeat_word(repeat))


def want(session: Session, args: Args) -> int:
    """Say the one decision that is wanted."""
    from plannertui.store import meetings

    event = which(session, picked(session, args, text=True))
    if args.has("clear"):
        text = ""
    else:
        text = nouns.words_after(session, args, 0, _("Which one decision? "))
    event = meetings.want(session.db, event, text, session.now)
    return tell(session, event, event.wanted)


def move(session: Session, args: Args) -> int:
    """Put a one-on-one on another day or time."""
    from plannertui.store import meetings

    event = which(session, picked(session, args))
    nouns.no_words(args, CALL + " move")
    fields = fields_of(session, args, False)
    on = args.get("on")
    if on is None and not fields:
        raise Usage(_("To when? Try: ptui meet move --on fri --at 14:00"))
    day = session.date(on) if on is not None else event.starts_on
    event = meetings.move(
        session.db,
        event,
        day,
        session.now,
        following=args.has("following"),
        **fields,
    )
    return tell(session, event)


def set_every(session: Session, args: Args) -> int:
    """Let a one-on-one recur, or end its series."""
    from plannertui.core.meetings import every, repeat_word
    from plannertui.store import meetings

    if not args.words:
        raise Usage(_("How often? Try: ptui meet every L1 2w"))
    rhythm = every(args.words.pop())
    event = which(session, picked(session, args))
    nouns.no_words(args, CALL + " every")
    event = meetings.set_rhythm(session.db, event, rhythm, session.now)
    return tell(session, event, repeat_word(rhythm) or _("no longer in a series"))


def hold(session: Session, args: Args) -> int:
    """Say that a one-on-one took place."""
    from plannertui.store import meetings

    event = which(session, picked(session, args), gone=True)
    nouns.no_words(args, CALL + " hold")
    event = meetings.hold(
        session.db, event, session.today, session.now, session.calendar
    )
    session.out.talk(
        _("Heard, promised, assumed? ptui meet follow-up {handle}").format(
            handle=event.handle
        )
    )
    return tell(session, event)


def cancel(session: Session, args: Args) -> int:
    """Say that a one-on-one does not take place."""
    from plannertui.store import meetings

    event = which(session, picked(session, args))
    nouns.no_words(args, CALL + " cancel")
    event = meetings.cancel(
        session.db, event, session.today, session.now, session.calendar
    )
    soon = meetings.next_with(
        session.db,
        event.people[0].id if event.people else None,
        session.today,
        session.calendar,
    )
    if soon is not None:
        session.out.talk(_("The next one: {day}.").format(day=when(soon)))
    return tell(session, event)


# -- the agenda ------------------------------------------------------------------------


def agenda_ls(session: Session, args: Args) -> int:
    """Print the agenda."""
    from plannertui.cli.meetview import agenda_data, print_agenda

    event = which(session, picked(session, args))
    nouns.no_words(args, CALL + " agenda")
    if args.has("json"):
        session.out.document(agenda_data(session, event))
        return 0
    tell(session, event, event.wanted)
    print_agenda(session, event)
    return 0


def agenda_add(session: Session, args: Args) -> int:
    """Put an item on the agenda: a text, or a thing by its handle."""
    from plannertui.store import agendas

    event = which(session, picked(session, args, text=True))
    text = nouns.words_after(session, args, 0, _("What is to be said? "))
    event = agendas.add_item(
        session.db,
        event,
        text,
        session.today,
        session.now,
        kind=_for(args) or "inform",
    )
    return _show_agenda(session, event)


def _place(session: Session, args: Args, call: str) -> tuple[Event, int]:
    """The talk and the number of the item meant."""
    if not args.words:
        raise Usage(_("Which item? Give its number: {call} 2").format(call=call))
    text = args.words.pop()
    if not (text.isascii() and text.isdigit()):
        raise Usage(_('"{text}" is no number of an item.').format(text=text))
    event = which(session, picked(session, args))
    nouns.no_words(args, call)
    return event, int(text[:9])


def _for(args: Args) -> str:
    """What an item is to be for, "" where nothing is said."""
    from plannertui.core.meetings import ITEM_KINDS

    kinds = [kind for kind in ITEM_KINDS if args.has(kind)]
    if len(kinds) > 1:
        raise Usage(_("An item is one of: --decide, --inform, --ask, --thank."))
    return kinds[0] if kinds else ""


def agenda_set(session: Session, args: Args) -> int:
    """Change the words of an item, or what it is for."""
    from plannertui.store import agendas

    event, place = _place(session, args, CALL + " agenda set")
    changes: dict[str, Any] = {}
    text = nouns.option_text(session, args, "text")
    if text is not None:
        changes |= {"text": text, "ref": ""}
    kind = _for(args)
    if kind:
        changes["kind"] = kind
    if not changes:
        call = CALL + " agenda set"
        raise Usage(_("What should change? See: {call} --help").format(call=call))
    event = agendas.set_item(
        session.db, event, place, session.today, session.now, **changes
    )
    return _show_agenda(session, event)


def agenda_tick(session: Session, args: Args) -> int:
    """Tick an item: it was said, and is not carried over."""
    from plannertui.store import agendas

    event, place = _place(session, args, CALL + " agenda tick")
    event = agendas.tick(
        session.db,
        event,
        place,
        session.today,
        session.now,
        done=not args.has("undo"),
    )
    return _show_agenda(session, event)


def agenda_drop(session: Session, args: Args) -> int:
    """Take an item off the agenda; it is not carried over either."""
    from plannertui.store import agendas

    event, place = _place(session, args, CALL + " agenda drop")
    event = agendas.drop_item(session.db, event, place, session.today, session.now)
    return _show_agenda(session, event)


def agenda_up(session: Session, args: Args) -> int:
    """Move an item up, or with --down down."""
    from plannertui.store import agendas

    event, place = _place(session, args, CALL + " agenda up")
    by = 1 if args.has("down") else -1
    event = agendas.shift_item(session.db, event, place, by, session.today, session.now)
    return _show_agenda(session, event)


def _show_agenda(session: Session, event: Event) -> int:
    from plannertui.cli.meetview import agenda_data, print_agenda

    if session.args.has("json"):
        session.out.document(agenda_data(session, event))
    else:
        tell(session, event)
        print_agenda(session, event)
    return 0
