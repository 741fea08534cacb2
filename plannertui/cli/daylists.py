"""One list of the day by itself: what comes, what is due, what was taken up."""

from __future__ import annotations

from plannertui.cli.listing import COUNT, FORM, printed
from plannertui.cli.lists import rows
from plannertui.cli.options import Args, Option
from plannertui.cli.shapes import item_data
from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.daily import Today
    from plannertui.cli.session import Session

LISTS = ("next", "today", "due", "unfinished")
OPTIONS = (
    Option("one", "TEXT", N_("choose the one thing first: a line or M12")),
    Option("on-this-day", "", N_("with this day in other years")),
    Option("list", "LIST", N_("one by itself: next, today, due or unfinished")),
    COUNT,
    *FORM,
)


def is_asked(args: Args) -> bool:
    """Whether one list is asked for; what only a list has is refused without one."""
    name = args.choice("list", LISTS)
    for option in ("format", "null", "n"):
        if name is None and args.has(option):
            raise Usage(
                _("For one of the day's lists: ptui today --list due --format …")
            )
    return name is not None


def print_list(session: Session, args: Args, now: Today) -> int:
    """Print the list that is asked for."""
    name = args.choice("list", LISTS)
    if name == "unfinished":
        from plannertui.cli.carry import left_data

        left = now.left[: args.count("n")]
        if not printed(
            session, args, "carry", lambda: [left_data(e.item, e) for e in left]
        ):
            session.out.table(rows([each.item for each in left], session.today))
        return 0
    lists = {"next": now.next, "today": now.taken, "due": now.due}
    found = lists[name or "due"][: args.count("n")]
    if not printed(session, args, "ls", lambda: [item_data(item) for item in found]):
        session.out.table(rows(found, session.today))
    return 0
