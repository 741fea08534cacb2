"""Choosing the one thing that counts on a day: a matter there is, or a line of text."""

from __future__ import annotations

from datetime import date, datetime

from plannertui.core.capture import parse
from plannertui.core.errors import NotFound, Refused, Usage
from plannertui.core.matters import Matter
from plannertui.i18n import N_
from plannertui.i18n import gettext as _
from plannertui.store import carrying, matters
from plannertui.store.capture import file_capture
from plannertui.store.open import Store
from plannertui.store.refs import resolve

MOST_SAID = 30


def choose(
    db: Store,
    text: str,
    day: date,
    *,
    today: date,
    now: datetime,
    year_start: int = 1,
    literal: bool = False,
) -> Matter:
    """Make ``text`` what counts on ``day``, as one step; the matter that it is.

    The handle of a matter names it, unless ``literal``; any other text is written down
    as a task. Raises Refused for the handle of anything else.
    """
    text = text.strip()
    if not text:
        raise Usage(_('What counts? Try: ptui one "finish the list", or: ptui one M12'))
    name = text.removeprefix("@").removeprefix("＠")
    if literal or not _is_handle(name):
        said = text if len(text) <= MOST_SAID else text[: MOST_SAID - 1].rstrip() + "…"
        with db.write(N_("put first {what}"), now, what=said):
            matter = matters.get(db, _write(db, text, day, today, now, year_start))
            return carrying.put_first(db, matter, day, now)
    found = resolve(db, name)
    if found is None:
        message = _('There is no "{name}". Look with: ptui search WORDS')
        raise NotFound(message.format(name=name))
    if found[3] != "matter":
        message = _(
            "{handle} is no matter. Say in a line what you do for it, such as: "
            'ptui one "… @{handle}"'
        )
        raise Refused(message.format(handle=found[1]))
    return carrying.put_first(db, matters.get(db, found[0]), day, now)


def _is_handle(text: str) -> bool:
    """Whether ``text`` is a letter with a number: M12, g2.3."""
    number = text[1:].replace(".", "", 1)
    letter = text[:1]
    return letter.isascii() and letter.isalpha() and number.isdigit()


def _write(
    db: Store, text: str, day: date, today: date, now: datetime, year_start: int
) -> int:
    """Write ``text`` down as a task that came up today at the latest; its id."""
    line = parse(
        text,
        today=today,
        resolve=lambda name: resolve(db, name),
        kind="task",
        year_start=year_start,
    )
    came_up = min(day, today)
    return file_capture(db, line, day=came_up, now=now, timed=came_up == today).id
