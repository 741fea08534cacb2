"""``meet follow-up``: what was heard, promised, assumed, and what each line becomes."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.meet import CALL, picked, which
from plannertui.cli.options import Args
from plannertui.core.errors import PlannerError, Refused, Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session
    from plannertui.core.followups import Part, Yield


def follow_up(session: Session, args: Args) -> int:
    """File what came of a one-on-one, all in one step."""
    from plannertui.cli.meetview import show_one
    from plannertui.core.followups import PARTS
    from plannertui.store import followups

    event = which(session, picked(session, args), gone=True)
    nouns.no_words(args, CALL + " follow-up")
    lines: list[Yield] = []
    for part in PARTS:
        for text in args.all(part):
            lines.append(_read(session, part, text))
    if not lines and not args.has("nothing"):
        if not session.interactive:
            raise Usage(
                _(
                    "Give --heard, --promised or --assumed, or --nothing. See: {call}"
                ).format(call=CALL + " follow-up --help")
            )
        lines = _asked(session)
        if not lines:
            raise Refused(_("Nothing was changed."))
    event = followups.follow_up(
        session.db, event, lines, session.today, session.now, session.calendar
    )
    return show_one(session, event)


def _read(session: Session, part: Part, text: str) -> Yield:
    from plannertui.core.followups import check, read_line

    line = read_line(
        part, session.readable(text), session.today, session.settings.year_start
    )
    check(line)
    return line


def _asked(session: Session) -> list[Yield]:
    """Ask line by line; a line that cannot be read is asked for again."""
    from plannertui.core.followups import PARTS, part_word

    found: list[Yield] = []
    hints = {
        "heard": _(
            "as:goal new; as:L1.2 so it is, partly:L1.2, was:L1.2 not so; as:M44 answered"
        ),
        "promised": _("mine ^fri; with < in front theirs"),
        "assumed": _("becomes an ask; as:goal a guess"),
    }
    session.out.talk(_("One line each; an empty line goes on."))
    for part in PARTS:
        session.out.talk(f"{part_word(part)} ({hints[part]})")
        while True:
            text = session.ask("  > ").strip()
            if not text:
                break
            for one in filter(str.strip, text.splitlines()):
                try:
                    found.append(_read(session, part, one))
                except PlannerError as error:
                    session.out.talk("  " + error.message)
    return found
