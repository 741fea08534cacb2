"""How one stands: who is in the room, and how far the goals serve the leader."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.leadershow import coverage_line, print_seen
from plannertui.cli.options import Args
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session


def room(session: Session, args: Args) -> int:
    """Print who takes part in decisions about you, and what each has seen."""
    from plannertui.store import standing

    nouns.no_words(args, "ptui leader room")
    found = standing.room(session.db)
    if args.has("json"):
        session.out.document(
            [
                {
                    "handle": each.person.handle,
                    "alias": each.person.alias,
                    "relation": each.person.relation,
                    "seen": [
                        {
                            "handle": win.handle,
                            "day": win.day.isoformat(),
                            "text": win.text,
                        }
                        for win in each.wins
                    ],
                }
                for each in found
            ]
        )
        return 0
    for at, each in enumerate(found):
        if at:
            session.out.line()
        count = ngettext("saw {count} win", "saw {count} wins", len(each.wins))
        session.out.line(
            (each.person.handle, "accent"),
            f"  {each.person.alias}  {kind_word(each.person.relation)}  ",
            (count.format(count=len(each.wins)), "quiet"),
        )
        print_seen(session, each)
    if not found:
        session.out.talk(
            _("Nobody yet. Who decides about you? ptui leader set L1 --in-room")
        )
    return 0


def coverage(session: Session, args: Args) -> int:
    """Print how far your goals serve the leader you work for first."""
    from dataclasses import asdict

    from plannertui.core.coverage import where_is_mine
    from plannertui.core.day import year_of
    from plannertui.core.priorities import bases, perspective
    from plannertui.store import people, priorities, standing

    nouns.no_words(args, "ptui leader coverage")
    leader = people.primary(session.db)
    if leader is None:
        session.out.talk(_("Nobody yet. Add your leader: ptui leader add ALIAS"))
        if args.has("json"):
            session.out.document(None)
        return 0
    year = year_of(session.today, session.settings.year_start)
    of = standing.of(session.db, leader, year)
    assert of.coverage is not None
    rests = bases(of.answers, session.today)
    tried = perspective(priorities.ls(session.db, past=True))
    if args.has("json"):
        session.out.document(
            {
                "leader": leader.handle,
                **of.coverage._asdict(),
                "basis": asdict(rests),
                "guesses": asdict(tried),
                "unserved": [r.handle for r in of.answers if not of.goals_of(r)],
            }
        )
        return 0
    out = session.out
    out.line(coverage_line(of.coverage, leader.alias))
    for row in of.answers:
        if not of.goals_of(row):
            said = _("no goal serves {handle}: {text}")
            out.block(said.format(handle=row.handle, text=row.text), indent=2)
    if where_is_mine(of.coverage):
        out.line(_("Everything serves somebody else. Where is your own goal?"))
    out.line(bases_words(rests))
    if tried.checked:
        out.line(
            _("guesses checked {checked}, right {right}").format(
                checked=tried.checked, right=tried.right
            )
        )
    return 0


def bases_words(of: Any) -> str:
    """5 said, 3 seen, 2 guess (1 stale)."""
    said = _("{said} said, {seen} seen, {guess} guess").format(
        said=of.said, seen=of.seen, guess=of.guess
    )
    return said + (_(" ({count} stale)").format(count=of.stale) if of.stale else "")
