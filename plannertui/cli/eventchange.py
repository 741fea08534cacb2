"""``event set``, ``move``, ``cancel``, ``restore``, ``rm``: one, those following, or all."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.eventfields import (
    days_of,
    event_of,
    fields_of,
    kind_of,
    one_length,
    rule_of,
    tell,
)
from plannertui.cli.options import Args
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.events import Event

CALL = "ptui event"


def scope_of(session: Session, args: Args, event: Event) -> tuple[str, Event]:
    """What is meant, "this", "following", "all" or "" for once, and the occurrence."""
    from plannertui.store import occurrences

    given = [name for name in ("this", "following", "all") if args.has(name)]
    if len(given) > 1:
        raise Usage(_("Give one of --this, --following and --all."))
    name = given[0] if given else ""
    own = not event.repeats and occurrences.is_one(session.db, event)
    if not event.repeats and not own:
        if name in ("this", "following"):
            occurrences.of(session.db, event)
        return "", event
    if own and not name:
        # A row of its own is meant alone.
        return "this", event
    if not name:
        message = _(
            "{handle} repeats. Say which: --this DATE, --following DATE or --all"
        )
        raise Usage(message.format(handle=event.handle))
    master = occurrences.of(session.db, event)
    if name != "all":
        day = session.date(args.get(name) or "")
        return name, occurrences.on_day(session.db, master, day, session.calendar)
    coming = occurrences.coming(session.db, master, session.today, 1, session.calendar)
    regular = [one for one in coming if one.repeats]
    return name, regular[0] if regular else master


def set_(session: Session, args: Args) -> int:
    """Change an event: when, with whom, what for, how it went."""
    from plannertui.core.events import STATES

    (name,) = nouns.only(args, 1, CALL + " set")
    event = event_of(session, name)
    scope, one = scope_of(session, args, event)
    changes = fields_of(session, args, False)
    if args.has("on") or args.has("to"):
        days = days_of(session, args, (one.starts_on, one.ends_on))
        changes["starts_on"], changes["ends_on"] = days
    one_length(args, changes, one)
    title = nouns.option_text(session, args, "title")
    if title is not None:
        changes["title"] = title
    kind, state = kind_of(args), args.choice("state", STATES)
    if kind is not None:
        changes["kind"] = kind
    if state is not None:
        changes["state"] = state
    rule = rule_of(session, args, changes.get("starts_on", one.starts_on))
    if rule is not None:
        if scope == "this":
            raise Usage(_("One of them cannot repeat: use --following or --all."))
        changes["repeat"] = rule
    if not changes:
        raise Usage(_("What should change? See: {call} --help").format(call=CALL))
    return tell(session, _change(session, event, one, scope, changes))


def _change(
    session: Session, event: Event, one: Event, scope: str, changes: dict[str, Any]
) -> Event:
    from plannertui.store import arranging

    return arranging.change(
        session.db,
        one if scope else event,
        "one" if scope == "this" else scope,
        changes,
        session.today,
        session.now,
        session.calendar,
        session.settings.leap_day,
    )


def move(session: Session, args: Args) -> int:
    """Put an event, or an occurrence of it, on another day or time."""
    (name,) = nouns.only(args, 1, CALL + " move")
    if not (args.has("on") or args.has("at") or args.has("all-day") or args.has("to")):
        raise Usage(_("Where to? Try: ptui event move E7 --on fri --at 14:00"))
    event = event_of(session, name)
    scope, one = scope_of(session, args, event)
    changes = fields_of(session, args, False)
    if args.has("on") or args.has("to"):
        days = days_of(session, args, (one.starts_on, one.ends_on))
        changes["starts_on"], changes["ends_on"] = days
    one_length(args, changes, one)
    return tell(session, _change(session, event, one, scope, changes))


def cancel(session: Session, args: Args) -> int:
    """Say that an event does not take place; one occurrence is left out."""
    from plannertui.store import arranging, occurrences, repeating

    (name,) = nouns.only(args, 1, CALL + " cancel")
    event = event_of(session, name)
    scope, one = scope_of(session, args, event)
    db, now = session.db, session.now
    if scope == "this":
        event = repeating.cancel_one(db, one, now, calendar=session.calendar)
        day = one.slot_on or one.starts_on
        return tell(session, event, _("not on {day}").format(day=day.isoformat()))
    if scope == "following":
        event = repeating.cancel_following(db, one, now, calendar=session.calendar)
    elif event.kind == "one_on_one" and not event.repeats:
        from plannertui.store import meetings

        event = meetings.cancel(db, event, session.today, now, session.calendar)
    else:
        if scope == "all":
            event = occurrences.of(db, event)
        event = arranging.cancel(db, event, now)
    return tell(session, event)


def restore(session: Session, args: Args) -> int:
    """Let take place again what was cancelled: all of it, or one occurrence."""
    from plannertui.core.errors import Refused
    from plannertui.store import arranging, occurrences, repeating

    (name,) = nouns.only(args, 1, CALL + " restore")
    event = event_of(session, name)
    db, now = session.db, session.now
    if args.has("this") and args.has("all"):
        raise Usage(_("Give one of --this and --all."))
    if args.has("all") and (event.repeats or occurrences.is_one(db, event)):
        event = occurrences.of(db, event)
    if args.has("this"):
        master = occurrences.of(db, event)
        day = session.date(args.get("this") or "", past=False)
        event = repeating.restore_one(db, master, day, now, calendar=session.calendar)
        return tell(session, event, _("again on {day}").format(day=day.isoformat()))
    if event.state != "cancelled":
        message = _("{handle} is not cancelled. One occurrence: --this DATE")
        raise Refused(message.format(handle=event.handle))
    return tell(session, arranging.restore(db, event, now))


def rm(session: Session, args: Args) -> int:
    """Put an event into the trash, all of its occurrences or some of them."""
    from plannertui.store.trash import remove

    (name,) = nouns.only(args, 1, CALL + " rm")
    event = event_of(session, name)
    if args.has("this") or args.has("following"):
        return cancel(session, args)
    remove(session.db, event.id, session.now)
    session.out.talk(
        _("{handle} is in the trash; ptui undo brings it back.").format(
            handle=event.handle
        )
    )
    return tell(session, event)
