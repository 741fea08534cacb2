"""What quietly waits, said in ``today``: one line each, and nothing to count up."""

from __future__ import annotations

from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.cli.daily import Today
    from plannertui.cli.session import Session


def waited(session: Session) -> date:
    """The last day on which a matter can have come up that waits for three workdays."""
    from plannertui.store.glance import UNDECIDED_WORKDAYS

    short = 0 if session.calendar.is_workday(session.today) else 1
    return session.calendar.add(session.today, -UNDECIDED_WORKDAYS - short)


def notice_lines(session: Session, now: Today) -> list[str]:
    """What quietly waits, one line each."""
    lines = []
    count = now.notices.get("claims", 0)
    if count:
        lines.append(
            ngettext(
                "{count} win without proof", "{count} wins without proof", count
            ).format(count=count)
        )
    count = now.notices.get("again", 0)
    if count:
        lines.append(
            ngettext(
                "{count} entry to see again: ptui revisit",
                "{count} entries to see again: ptui revisit",
                count,
            ).format(count=count)
        )
    count = now.notices.get("guesses", 0)
    if count:
        lines.append(
            ngettext(
                "{count} guess to check", "{count} guesses to check", count
            ).format(count=count)
        )
    if now.undecided:
        words = _("a grey matter waits for its decision: ptui boundary {handle}")
        lines.append(words.format(handle=now.undecided))
    if not now.year["known"]:
        lines.append(
            _("The calendar {code} does not know {year} yet: Monday to Friday.").format(
                code=session.settings.calendar, year=session.today.year
            )
        )
    return lines
