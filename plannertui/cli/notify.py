"""``notify``: what is due now, for cron, a timer or the desktop's notifications."""

from __future__ import annotations

from plannertui.cli.listing import FORM, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.duewords import Due

LONGEST = 7 * 24 * 60


def notify(session: Session, args: Args) -> int:
    """Print what is due now: one line each, nothing when nothing is."""
    from plannertui.cli import nouns
    from plannertui.store.due import of_the_day, reminders, unsaid

    nouns.no_words(args, "ptui notify")
    # A timer runs it: it says that the store is locked, and waits for nobody.
    session.asks = False
    within = 0
    if args.has("within"):
        from plannertui.core.lengths import read_minutes

        within = read_minutes(args.get("within") or "")
        if within > LONGEST:
            raise Usage(_("It looks at most a week ahead."))
    db, today = session.db, session.today
    found = reminders(
        db, session.now, session.calendar, zone=session.zone, within=within
    )
    found += of_the_day(db, today)
    if args.has("once"):
        found = unsaid(db, found, today, note=not db.readonly)
    values = [_values(session, each, args.has("titles")) for each in found]
    if not printed(session, args, "notify", lambda: values):
        for each in values:
            session.out.line(each["text"])
    return 0


def _values(session: Session, due: Due, titles: bool) -> dict[str, Any]:
    from plannertui.core.duewords import line, what_words, when_words

    today = session.today
    values: dict[str, Any] = {
        "text": line(due, today, titles=titles),
        "what": what_words(due, titles=titles),
        "when": when_words(due, today),
        "handle": due.handle,
        "kind": due.kind,
        "day": due.day.isoformat(),
        "time": due.time,
        "minutes": due.minutes,
        "place": due.place if titles else "",
    }
    return values


COMMANDS: dict[str, Command | Group] = {
    "notify": Command(
        "notify",
        N_("What is due now: reminders, promises of the day, what asks to be seen."),
        notify,
        options=(
            Option("within", "TIME", N_("reminders that come in the next 15m, too")),
            Option("once", "", N_("each only once: what was printed is remembered")),
            Option("titles", "", N_("with titles; without, a neutral word is said")),
            *FORM,
        ),
        notes=(
            N_("Anybody may see a desktop's notifications, so titles are left out."),
            N_(
                "In --format: {text} {what} {when} {handle} {kind} {day} {time} {place}"
            ),
        ),
        examples=(
            "ptui notify --once",
            "ptui notify --once | xargs -rd '\\n' -n 1 notify-send",
        ),
    )
}
