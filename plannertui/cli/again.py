"""``--revisit``: the day on which an entry is to be seen again."""

from __future__ import annotations

from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.cli.session import Session


def revisit_day(session: Session, text: str) -> date:
    """The day to see something again; Usage for none, and for one gone by."""
    from plannertui.core.capture import day_again

    day = day_again(text, session.today, session.settings.year_start)
    if day is None:
        raise Usage(
            _('"{text}" is no day ahead. Try 30d, 2w or 2024-12-01.').format(text=text)
        )
    return day
