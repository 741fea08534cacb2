"""``carry``: what earlier days left unfinished, taken up again or let be."""

from __future__ import annotations

from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.lists import behind, short, state_of, text_of
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.shapes import item_data
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import NotFound, PlannerError, Refused, Usage
from plannertui.core.words import kind_word, weekday
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.matters import Matter
    from plannertui.store.items import Item
    from plannertui.store.leftover import Left


def carry(session: Session, args: Args) -> int:
    """List what is unfinished, or take it up again today, all, some or one by one."""
    asked = [name for name in ("all", "pick", "none") if args.has(name)]
    if len(asked) + bool(args.words) > 1:
        raise Usage(_("Either handles, --all, --pick or --none."))
    found = offered(session)
    if args.words:
        return _take(session, args, _named(session, args.words, found))
    if args.has("all"):
        return _take(session, args, [(left.item, left) for left in found])
    if args.has("pick"):
        return _pick(session, args, found)
    if args.has("none"):
        _looked(session)
    found = chosen(session, args, found, lambda left: (left.day, left.day))
    if printed(session, args, "carry", lambda: [left_data(e.item, e) for e in found]):
        return 0
    if not found:
        session.out.talk(_("Nothing is left over from before."))
        return 0
    if args.has("none"):
        session.out.talk(_("They rest where they are: ptui matters"))
        return 0
    day = None
    for left in found:
        if left.day != day:
            if day is not None:
                session.out.line()
            day = left.day
            session.out.line((_("From {day}").format(day=day_words(day)), "accent"))
            same = [each for each in found if each.day == day]
            session.out.table([["  ", *_row(each, session.today)] for each in same])
    session.out.talk(
        _(
            "To take them up today: ptui carry --all, ptui carry {handle}, or --pick"
        ).format(handle=found[0].item.handle)
    )
    return 0


def offered(session: Session) -> list[Left]:
    """What earlier days left unfinished."""
    from plannertui.store.leftover import left_over

    return left_over(session.db, session.today, session.calendar)


def count_words(found: Sequence[Left], today: date) -> str:
    """How much there is and of when: 3 unfinished from Fri 13 Sep."""
    days = {left.day for left in found}
    first = min(days)
    when = _("{weekday} {date}").format(
        weekday=weekday(first), date=short(first, today)
    )
    if len(days) == 1:
        said = ngettext(
            "{count} unfinished from {day}", "{count} unfinished from {day}", len(found)
        )
    else:
        said = ngettext(
            "{count} unfinished since {day}",
            "{count} unfinished since {day}",
            len(found),
        )
    return said.format(count=len(found), day=when)


def left_data(
    item: Item, left: Left | None, became: str | None = None
) -> dict[str, Any]:
    """One of them as plain JSON values; ``became`` what was done with it just now."""
    return {
        **item_data(item),
        "from": None if left is None else left.day.isoformat(),
        "why": None if left is None else left.why,
        "became": became,
    }


def _row(left: Left, today: date) -> list[Cell]:
    item = left.item
    kind = kind_word("grey" if item.nature == "grey" else item.kind)
    text: list[tuple[str, str]] = [(text_of(item), ""), *behind(item)]
    return [(item.handle, "accent"), kind, state_of(item, today), text]


def _named(
    session: Session, names: Sequence[str], found: Sequence[Left]
) -> list[tuple[Item, Left | None]]:
    """The open matters that ``names`` name, each with what it is left over from."""
    from plannertui.store.search import by_id

    known = {left.item.id: left for left in found}
    targets = session.find_all(names)
    for target in targets:
        if target[3] != "matter":
            raise NotFound(
                _("{handle} is no matter. See: ptui matters").format(handle=target[1])
            )
    items = {item.id: item for item in by_id(session.db, [t[0] for t in targets])}
    return [(items[t[0]], known.get(t[0])) for t in targets]


def _take(
    session: Session, args: Args, chosen: Sequence[tuple[Item, Left | None]]
) -> int:
    """Take up what was chosen as one step, and say so."""
    from plannertui.store import carrying, matters

    db, today = session.db, session.today
    names = " ".join(item.handle for item, _left in chosen)
    with db.write(N_("take up {what}"), session.now, what=names):
        for item, _left in chosen:
            carrying.carry(db, matters.get(db, item.id), today, session.now)
    if args.has("all"):
        _looked(session)
    if args.has("json"):
        session.out.document([left_data(*each, "taken") for each in chosen])
        return 0
    for item, _left in chosen:
        said = _("of {day}").format(day=day_words(today))
        session.out.line("  ".join([item.handle, said, clip(text_of(item), 50)]))
    if not chosen:
        session.out.talk(_("Nothing is left over from before."))
    return 0


def _pick(session: Session, args: Args, found: Sequence[Left]) -> int:
    """Ask about one after the other; each answer is a step of its own."""
    if not found:
        if args.has("json"):
            session.out.document([])
        else:
            session.out.talk(_("Nothing is left over from before."))
        return 0
    if not session.interactive:
        raise Refused(
            _("--pick asks, and needs a terminal. In a script: ptui carry M41 M42")
        )
    session.out.say(_("t take up today  d done  m move  x drop  Enter let be  q stop"))
    done: list[tuple[Left, str | None]] = []
    for left in found:
        line = "  ".join(
            (left.item.handle, day_words(left.day), clip(text_of(left.item), 50))
        )
        became: str | None = ""
        while became == "":
            answer = session.ask(line + _("  [t/d/m/x/Enter/q] "))
            became = _answered(session, args, left, answer.strip().casefold())
        if became == "stop":
            break
        done.append((left, became))
    else:
        _looked(session)
    if args.has("json"):
        session.out.document([left_data(left.item, left, what) for left, what in done])
    return 0


def _answered(session: Session, args: Args, left: Left, answer: str) -> str | None:
    """Do what was answered; "" to ask again, "stop" to end, None where it is let be."""
    from plannertui.cli.change import told_when
    from plannertui.store import carrying, matters

    db, today, now = session.db, session.today, session.now
    try:
        matter: Matter = matters.get(db, left.item.id)
        if answer in ("", "n"):
            return None
        if answer == "q":
            return "stop"
        if answer == "t":
            carrying.carry(db, matter, today, now)
            return "taken"
        if answer == "d":
            matters.done(db, matter, today, now)
            return "done"
        if answer not in ("m", "x"):
            session.out.say(_("t, d, m, x, Enter or q."))
            return ""
        if answer == "m":
            to = session.date(session.ask(_("To when? ")).strip())
            told = told_when(session, args) if matter.kind == "promise" else None
            matters.move(db, matter, to, told, now)
            return "moved"
        told = told_when(session, args) if matter.kind == "promise" else None
        matters.drop(db, matter, today, told, now)
        return "dropped"
    except PlannerError as error:
        session.out.say(error.message)
        return ""


def _looked(session: Session) -> None:
    """It is not offered again today."""
    from plannertui.store.leftover import looked

    looked(session.db, session.today, session.calendar)


COMMANDS: dict[str, Command | Group] = {
    "carry": Command(
        "carry",
        N_("List what earlier days left unfinished, or take it up again today."),
        carry,
        words=N_("[MATTER…]"),
        options=(
            Option("all", "", N_("take all of them up today")),
            Option("pick", "", N_("ask about each: take up, done, move, drop, let be")),
            Option("none", "", N_("let them be; they are not offered again today")),
            *LISTED,
        ),
        notes=(
            N_(
                "Offered once, on the next workday: what was taken up or due before, and"
            ),
            N_("tasks without a date. Nothing is moved: its day and due date stay."),
        ),
        examples=("ptui carry", "ptui carry --all", "ptui carry M41 M42 --json"),
    ),
}
