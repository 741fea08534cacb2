"""What happens to a goal in its year: check-ins, whom it serves, its place, its end."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.goalview import CALL, say
from plannertui.cli.options import Args
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import NotFound, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session


def priority_id(session: Session, name: str) -> int:
    """The id of the priority called ``name``, such as L1.2."""
    found = session.find(name)
    if found[3] != "priority":
        raise NotFound(
            _("{handle} is no priority. See: ptui leader priority ls").format(
                handle=found[1]
            )
        )
    return found[0]


def check_in(session: Session, args: Args) -> int:
    """Record where a goal stands, as a number, a word, or both."""
    from plannertui.store import goals

    goal = nouns.goal(session, nouns.first(args, CALL + " check-in"))
    words = args.words[1:]
    value = None
    if words and goal.measure is not None:
        value = nouns.number(words[0])
        words = words[1:]
    elif not words:
        answer = session.text([], _("Where does it stand? ")).strip()
        head, _blank, rest = answer.partition(" ")
        if goal.measure is not None and head:
            value = nouns.number(head)
            answer = rest
        words = [answer] if answer.strip() else []
    day = nouns.option_day(session, args, "on", past=True) or session.today
    goal = goals.check_in(
        session.db,
        goal,
        value,
        day=day,
        now=session.now,
        note=session.joined(words).strip(),
    )
    when = "" if day == session.today else day_words(day)
    return say(session, goal, when)


def done(session: Session, args: Args) -> int:
    """Close a goal as done."""
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " done")
    goal = goals.finish(session.db, nouns.goal(session, name), session.now)
    return nouns.tell(session, goal, clip(goal.title, 40), kind_word("done"))


def release(session: Session, args: Args) -> int:
    """Let a goal go, with one sentence why and who was told."""
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " release")
    goal = nouns.goal(session, name)
    why = nouns.option_text(session, args, "why")
    told = nouns.option_text(session, args, "told")
    if session.interactive:
        if why is None:
            why = session.ask(_("Why, in one sentence? "))
        if told is None:
            told = session.ask(_("Who was told? "))
    goal = goals.release(session.db, goal, why or "", told or "", session.now)
    return nouns.tell(session, goal, clip(goal.title, 40), kind_word("released"))


def carry(session: Session, args: Args) -> int:
    """Take a goal over into another year, linked to the old one."""
    from plannertui.core.day import year_span
    from plannertui.store import goals

    (name,) = nouns.only(args, 1, CALL + " carry")
    goal = nouns.goal(session, name)
    text = args.get("to")
    year = goal.year + 1 if text is None else nouns.year_number(text)
    start, due = year_span(year, session.settings.year_start)
    fresh = goals.carry(session.db, goal, year, start, due, session.now)
    words = _("{old} goes on as {new} in {year}").format(
        old=goal.handle, new=fresh.handle, year=year
    )
    return nouns.tell(session, fresh, words)


def serve(session: Session, args: Args) -> int:
    """Say which of a leader's priorities a goal serves, and how."""
    from plannertui.store import goals

    name, served = nouns.only(args, 2, CALL + " serve")
    goal, priority = nouns.goal(session, name), priority_id(session, served)
    if args.has("not"):
        goal = goals.unserve(session.db, goal, priority, session.now)
    else:
        how = nouns.option_text(session, args, "how") or ""
        goal = goals.serve(session.db, goal, priority, how, session.now)
    served_all = " ".join(s.handle for s in goal.serves) or _("own course")
    return nouns.tell(
        session, goal, clip(goal.title, 40), _("serves: {what}").format(what=served_all)
    )


def move(session: Session, args: Args) -> int:
    """Put a goal higher or lower among those of its year."""
    from plannertui.store import goals

    name, where = nouns.only(args, 2, CALL + " move")
    by = {"up": -1, "down": 1, "first": -9999, "last": 9999}.get(where.lower())
    if by is None:
        raise Usage(_("Where to? up, down, first or last."))
    goal = goals.move(session.db, nouns.goal(session, name), by, session.now)
    order = [g.handle for g in goals.ls(session.db, goal.year)]
    place = order.index(goal.handle) + 1 if goal.handle in order else 0
    words = ngettext(
        "{place} of {count} goal", "{place} of {count} goals", len(order)
    ).format(place=place, count=len(order))
    return nouns.tell(session, goal, clip(goal.title, 40), words)
