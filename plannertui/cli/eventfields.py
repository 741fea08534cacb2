"""What the options of ``event`` and ``meet`` say: days, time, rule, people; and the reply."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args, Option
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

SHORT = {"1:1": "one_on_one", "one-on-one": "one_on_one", "11": "one_on_one"}

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
MORE = (
    Option("for", "TIME"),
    Option("zone", "ZONE"),
    Option("remind", "TIME"),
    Option("place", "TEXT"),
    Option("url", "URL"),
    Option("all-day"),
)
REPEAT = (
    Option(
        "repeat", "RULE", N_('"every workday", 2w, "monthly on the last day", none')
    ),
    Option("until", "DATE"),
    Option("count", "NUM"),
)
ALSO = (
    N_(
        "Also: --for 1h30, --place, --url, --remind 10m,1d, --zone Asia/Tokyo, --all-day;"
    ),
    N_("with --repeat: --until DATE or --count NUM."),
)
SCOPE = (
    Option("this", "DATE", N_("of what repeats the one on this day")),
    Option("following", "DATE", N_("that one and all after it")),
    Option("all", "", N_("all of them")),
)


def kind_of(args: Args) -> str | None:
    """The kind that --kind names."""
    from plannertui.core.events import KINDS

    text = args.get("kind")
    if text is None:
        return None
    plain = text.strip().lower()
    word = SHORT.get(plain, plain.replace("-", "_"))
    for kind in KINDS:
        if word == kind or plain == kind_word(kind).lower():
            return kind
    choices = [kind.replace("_", "-") for kind in KINDS]
    raise Usage(
        _('--{name} is one of {choices}, not "{text}".').format(
            name="kind", choices=", ".join(choices), text=text
        )
    )


def days_of(
    session: Session, args: Args, old: tuple[date, date] | None
) -> tuple[date, date]:
    """The first and last day: of --on (a day or a period), or from it to --to."""
    on, until = args.get("on"), args.get("to")
    if on is None and old is None:
        if not _says_its_days(session, args):
            raise Usage(_("When? Try: ptui event add Leave --on 2024-10-08 --to +4d"))
        first = last = session.today
    elif on is None and old is not None:
        first, last = old
    else:
        first, last = session.span(on or "", past=False)
        if old is not None and first == last and until is None:
            last = first + (old[1] - old[0])
    if until is not None:
        from plannertui.core.dates import parse_date

        last = parse_date(until, first, year_start=session.settings.year_start)
    return first, last


def _says_its_days(session: Session, args: Args) -> bool:
    """Whether --repeat names the days itself, as "every workday" does."""
    if not args.has("repeat") or args.has("to"):
        return False
    from plannertui.core import rulewords
    from plannertui.core.day import plus_days

    text, leap = args.get("repeat") or "", session.settings.leap_day
    rule = rulewords.read(text, session.today, leap)
    if rule is None:
        return False
    for days in (-1, -40):
        before = plus_days(session.today, days) or session.today
        other = rulewords.read(text, before, leap)
        if other is None or other._replace(until=rule.until) != rule:
            return False
    return not rule.plain or (rule.freq == "DAILY" and rule.interval == 1)


def fields_of(session: Session, args: Args, at: bool) -> dict[str, Any]:
    """Time, length, place, reminders, texts and people, as the options say."""
    fields: dict[str, Any] = {}
    if nouns.is_none(args, "at") or args.has("all-day"):
        fields["time"] = None
    elif args.has("at"):
        fields["time"] = read_time(args.get("at") or "")
        fields["zone"] = named_zone(session)
    if args.has("zone"):
        fields["zone"] = _zone(session, args)
    minutes = _minutes(args)
    if minutes is not None:
        fields["minutes"] = minutes
    if args.has("remind"):
        from plannertui.core.lengths import read_reminders

        given = "" if nouns.is_none(args, "remind") else args.get("remind") or ""
        fields["reminders"] = read_reminders(given)
    for option in ("wanted", "notes", "place", "url"):
        text = nouns.option_text(session, args, option)
        if text is not None:
            fields[option] = text
    if args.has("with") or at:
        names = [
            name
            for given in args.all("with")
            for name in given.replace("，", ",").split(",")
            if name.strip() and name.strip().lower() not in nouns.NONE
        ]
        fields["people"] = [nouns.person(session, name.strip()).id for name in names]
    return fields


def _minutes(args: Args) -> int | None:
    if args.has("for"):
        if args.has("minutes"):
            raise Usage(_("Give --for or --minutes, not both."))
        from plannertui.core.lengths import read_minutes

        return read_minutes(args.get("for") or "")
    return args.count("minutes")


def lasts(first: date, last: date, time: str | None, minutes: int | None) -> bool:
    """Whether a length from ``time`` on, if there is one, ends on the last of its days."""
    if last == first or not time or not minutes:
        return True
    begins = int(time[:2]) * 60 + int(time[3:])
    return (begins + minutes - 1) // 1440 == (last - first).days


def one_length(args: Args, values: dict[str, Any], event: Event | None = None) -> None:
    """Refuse a length that contradicts the days; new days alone replace the old length."""
    from plannertui.core.lengths import say_minutes

    have = {}
    if event is not None:
        names = ("starts_on", "ends_on", "time", "minutes")
        have = {name: getattr(event, name) for name in names}
    have |= values
    first, last, minutes = have["starts_on"], have["ends_on"], have.get("minutes")
    if lasts(first, last, have.get("time"), minutes):
        return
    if values.get("minutes"):
        message = _(
            "{length} from {time} on does not end on {day}: give --for or --to."
        )
        length = say_minutes(minutes or 0)
        raise Usage(message.format(length=length, time=have["time"], day=last))
    if args.has("to"):
        values["minutes"] = None


def _zone(session: Session, args: Args) -> str:
    from plannertui.core.zones import is_known

    name = (args.get("zone") or "").strip()
    if nouns.is_none(args, "zone"):
        return ""
    if name == "here":
        return named_zone(session)
    if not is_known(name):
        message = _('There is no time zone "{name}". Write it like Europe/Berlin.')
        raise Usage(message.format(name=name))
    return name


def named_zone(session: Session) -> str:
    """The zone one is in, "" where it has no name that is known."""
    from plannertui.core.zones import is_known

    return session.zone if is_known(session.zone) else ""


def rule_of(session: Session, args: Args, day: date) -> str | None:
    """The rule of --repeat, --until and --count, "" for none; None when not given."""
    if not args.has("repeat"):
        if args.has("until") or args.has("count"):
            raise Usage(_("Say how often, too: --repeat"))
        return None
    from plannertui.core import rulewords

    rule = rulewords.read(args.get("repeat") or "", day, session.settings.leap_day)
    if rule is None:
        return ""
    if args.has("until") and args.has("count"):
        raise Usage(_("Give --until or --count, not both."))
    if args.has("until"):
        last = session.date(args.get("until") or "")
        rule = rule._replace(until=last, times=None)
    count = args.count("count")
    if count is not None:
        rule = rule._replace(times=rulewords.times(count), until=None)
    if rule.until is not None and rule.until < day:
        raise Usage(_("It would end before it begins."))
    return rule.text()


def event_of(session: Session, name: str) -> Event:
    """The event called ``name``; NotFound when it is something else."""
    from plannertui.store.events import get

    found = session.find(name)
    if found[3] != "event":
        raise NotFound(
            _("{handle} is no event. See: ptui event ls").format(handle=found[1])
        )
    return get(session.db, found[0])


def when_words(event: Event) -> str:
    """The days and the time of an event."""
    when = day_words(event.starts_on)
    if event.ends_on != event.starts_on:
        when = _("{first} to {last}").format(first=when, last=day_words(event.ends_on))
    if event.time:
        when += " " + event.time
    return when


def here(session: Session, event: Event) -> Event:
    """``event`` as the clocks here show it."""
    if not event.time or not event.zone or event.zone == session.zone:
        return event
    from dataclasses import replace

    from plannertui.core.zones import read_in

    day, time = read_in(event.starts_on, event.time, event.zone, session.zone)
    last = event.ends_on + (day - event.starts_on)
    return replace(event, starts_on=day, ends_on=last, time=time)


def zone_words(session: Session, event: Event, kept: Event | None = None) -> str:
    """What is to be said of the zone and the clock: another zone, unknown, skipped."""
    if not event.time:
        return ""
    from plannertui.core import zones

    own = kept or event
    if event.zone and event.zone != session.zone:
        if not zones.is_known(event.zone):
            return _("(time zone {zone} is not known)").format(zone=event.zone)
        return _("({time} {zone})").format(time=own.time, zone=event.zone)
    if own.time and own.time != event.time:
        return _("(the clocks skip {time})").format(time=own.time)
    return ""


def repeat_words(event: Event) -> str:
    """How often it takes place, "" for once."""
    if not event.repeats:
        return ""
    from plannertui.core.recurrence import parse
    from plannertui.core.rulewords import say

    return say(parse(event.repeat), event.starts_on)


def tell(session: Session, event: Event, *more: str) -> int:
    """Say what ``event`` is now, in one line or as its JSON; ``more`` what happened."""
    from plannertui.cli.output import one_line

    people = " ".join("@" + ref.label for ref in event.people)
    state = "" if event.state == "planned" else kind_word(event.state)
    return nouns.tell(
        session,
        event,
        when_words(here(session, event)),
        zone_words(session, event),
        kind_word(event.kind),
        one_line(event.title),
        people,
        repeat_words(event),
        state,
        *more,
    )
