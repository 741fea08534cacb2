"""``onthisday``: what was written on the same day in other years."""

from __future__ import annotations

from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.lists import behind, state_of, text_of
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.shapes import item_data
from plannertui.cli.words import day_words
from plannertui.core.errors import Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.cli.session import Session
    from plannertui.store.items import Item


def onthisday(session: Session, args: Args) -> int:
    """Print what there is of the day in other years, the newest first."""
    day = session.today
    on = args.given.pop("on", None)
    if on is not None and args.words:
        raise Usage(_("Name the day, or give --on."))
    if args.words:
        day = session.date(session.joined(args.words), past=True)
    elif on is not None:
        day, last = session.span(on[-1], past=True)
        if last != day:
            raise Usage(_("{text} is no single day.").format(text=on[-1]))
    found = chosen(session, args, other_years(session, day), lambda i: (i.day, i.day))
    if printed(session, args, "onthisday", lambda: [item_data(i) for i in found]):
        return 0
    if not found:
        said = _("Nothing was written on {day} in another year.")
        session.out.talk(said.format(day=day.isoformat()[5:]))
        return 0
    print_years(session, found)
    return 0


def other_years(session: Session, day: date) -> list[Item]:
    """What there is of ``day`` in other years."""
    from plannertui.store.otheryears import on_this_day

    return on_this_day(session.db, day, session.today)


def print_years(session: Session, found: Sequence[Item], indent: str = "") -> None:
    """Print ``found`` by day, each line with its handle and the text of then."""
    day = None
    for item in found:
        if item.day == day:
            continue
        if day is not None and not indent:
            session.out.line()
        day = item.day
        session.out.line(indent, (day_words(day), "accent"))
        session.out.table(
            [
                indent + "  ",
                (each.handle, "accent"),
                (each.at or "", "quiet"),
                kind_word("grey" if each.nature == "grey" else each.kind),
                state_of(each, session.today),
                [(text_of(each), ""), *behind(each)],
            ]
            for each in found
            if each.day == day
        )


COMMANDS: dict[str, Command | Group] = {
    "onthisday": Command(
        "onthisday",
        N_("Show what was written on this day in other years, with its handle."),
        onthisday,
        words=N_("[DATE]"),
        options=(
            *(one for one in LISTED if one.name != "on"),
            Option("on", "DATE", N_("this day; the same as the bare word")),
        ),
        notes=(
            N_("29 February is shown on the 28th where a year has no 29th, and there"),
            N_("is the 28th of such years on the 29th."),
        ),
        examples=("ptui onthisday", "ptui onthisday 2024-02-29 --json"),
    ),
}
