"""``one``: the one thing that counts today, and which it was on the days before."""

from __future__ import annotations

from plannertui.cli.listing import COUNT, FORM, PERIOD, period, printed
from plannertui.cli.lists import behind, text_of
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.shapes import item_data
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.store.ones import One

SHOWN = 20
BOXES = {"done": "[x]", "later": "[x]", "open": "[ ]", "dropped": "[-]"}


def one(session: Session, args: Args) -> int:
    """Print, choose or take off the one thing of a day; or list those of many."""
    spans = [o.name for o in PERIOD if o.name != "on" and args.has(o.name)]
    if args.has("ls") or spans or args.has("n") or args.has("format"):
        if args.words or args.has("off"):
            raise Usage(_("--ls lists; a text or a handle chooses. One of the two."))
        first, last = period(session, args)
        return _list(session, args, first, last)
    on = args.get("on")
    day = session.today if on is None else session.date(on, past=not args.words)
    if args.has("off"):
        if args.words:
            raise Usage(_("--off takes it off the day; it needs no words."))
        return _off(session, args, day)
    if args.words:
        choose(session, session.joined(args.words), day, literal=bool(args.literal))
    return _print(session, args, day)


def choose(session: Session, text: str, day: date, *, literal: bool = False) -> None:
    """Make ``text``, a matter's handle or a line, what counts on ``day``, as one step."""
    from plannertui.store.choosing import choose as choose_it

    choose_it(
        session.db,
        text,
        day,
        today=session.today,
        now=session.now,
        year_start=session.settings.year_start,
        literal=literal,
    )


def _off(session: Session, args: Args, day: date) -> int:
    """Take the one thing off the day; the matter stays."""
    from plannertui.store import carrying, matters
    from plannertui.store.ones import one_of

    found = one_of(session.db, day)
    if found is not None:
        matter = matters.get(session.db, found.item.id)
        carrying.let_go(session.db, matter, day, session.now)
        if not args.has("json"):
            said = _("not of {day} now").format(day=day_words(day))
            words = [found.item.handle, said, clip(text_of(found.item), 50)]
            session.out.line("  ".join(words))
            return 0
    return _print(session, args, day)


def _print(session: Session, args: Args, day: date) -> int:
    """Print the one thing of the day."""
    from plannertui.store.ones import one_of

    found = one_of(session.db, day)
    if args.has("json"):
        session.out.document(None if found is None else one_data(found))
    elif found is None:
        said = _(
            'Nothing was chosen for {day}. To choose: ptui one "…" or ptui one M12'
        )
        session.out.talk(said.format(day=day_words(day)))
    else:
        session.out.table([_row(found)])
    return 0


def _list(session: Session, args: Args, first: date | None, last: date | None) -> int:
    """Print which days had one, and what came of it, the newest last."""
    from datetime import date as day_type

    from plannertui.store.ones import ones

    found = ones(session.db, first or day_type.min, last or day_type.max)
    limit = args.count("n")
    if limit is None and first is None and last is None and not args.has("all"):
        limit = SHOWN
    if limit is not None:
        found = found[-limit:]
    if printed(session, args, "one", lambda: [one_data(each) for each in found]):
        return 0
    session.out.table([_row(each) for each in found])
    if not found:
        session.out.talk(_('No day has one yet. To choose: ptui one "…"'))
    else:
        session.out.talk(_summary(found))
    return 0


def _summary(found: Sequence[One]) -> str:
    done = sum(1 for each in found if each.result == "done")
    return _("{done} of {all} done on their day").format(done=done, all=len(found))


def _row(found: One) -> list[Cell]:
    item = found.item
    state = ""
    if found.result != "open":
        state = _("done later") if found.result == "later" else kind_word(found.result)
    return [
        day_words(found.day),
        BOXES[found.result],
        (item.handle, "accent"),
        (state, "quiet"),
        [(text_of(item), ""), *behind(item)],
    ]


def today_row(found: One) -> list[Cell]:
    """It as a line of ``today``."""
    return [BOXES[found.result], *_row(found)[2:]]


def one_data(found: One) -> dict[str, Any]:
    """It as plain JSON values: the day it counted on, what came of it, and the matter."""
    return {
        "on": found.day.isoformat(),
        "result": found.result,
        **item_data(found.item),
    }


COMMANDS: dict[str, Command | Group] = {
    "one": Command(
        "one",
        N_("Choose the one thing that counts today, or see which it is."),
        one,
        words=N_("[TEXT… | MATTER]"),
        options=(
            *PERIOD,
            Option("ls", "", N_("list the days: which had one, and was it done")),
            Option("off", "", N_("take it off the day; the matter stays")),
            COUNT,
            Option("all", "", N_("everything")),
            *FORM,
        ),
        notes=(
            N_(
                "A line becomes a task; a matter stays what it is. Done: ptui done M12."
            ),
            N_("Not done, it offers itself on the next workday: ptui carry."),
        ),
        examples=(
            N_('ptui one "finish the list of the oldest @G1"'),
            "ptui one M12 --on tomorrow",
            "ptui one --ls --since monday",
        ),
    ),
}
