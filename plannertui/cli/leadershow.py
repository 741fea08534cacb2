"""Somebody as the shell shows them: answers for, way of working, what is open, the room."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args
from plannertui.cli.words import clip, day_words
from plannertui.core.words import kind_word, right_word, style_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.goals import Coverage
    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority
    from plannertui.core.room import Seen
    from plannertui.store.standing import Standing

    Run = Callable[[Session, Args], int]

LATELY = 5


def head(person: Person) -> list[str]:
    """Alias, relation and standing of ``person`` in words."""
    words = [person.alias, kind_word(person.relation)]
    words += [_("primary")] if person.primary else []
    words += [_("in the room")] if person.in_room else []
    words += [kind_word(person.state)] if person.state != "active" else []
    return words


def basis_words(basis: str, checked_on: Any) -> str:
    """What a belief rests on, and when that was last looked at."""
    words = kind_word(basis)
    return f"{words} {day_words(checked_on)}" if checked_on is not None else words


def priority_words(session: Session, row: Priority) -> list[Cell]:
    """What is to be known of a priority: rank, kind, basis, whether it is stale."""
    from plannertui.core.priorities import stale

    state = "" if row.state == "active" else kind_word(row.state)
    look: Cell = (_("look again"), "warn") if stale(row, session.today) else state
    return [
        str(row.rank),
        kind_word(row.kind),
        basis_words(row.basis, row.checked_on),
        look,
    ]


def coverage_line(of: Coverage, alias: str) -> str:
    """How many of the leader's priorities are served, and the goals that serve nobody."""
    said = _("Serves {leader}: {served} of {all} priorities").format(
        leader=alias, served=of.served, all=of.priorities
    )
    own = ngettext("{count} own course", "{count} own courses", of.own)
    return _(", ").join([said, own.format(count=of.own)])


def show(noun: str) -> Run:
    """The command that shows one person."""

    def run(session: Session, args: Args) -> int:
        from plannertui.core.day import year_of
        from plannertui.store import standing

        (name,) = nouns.only(args, 1, f"ptui {noun} show")
        person = nouns.person(session, name)
        year = year_of(session.today, session.settings.year_start)
        found = standing.of(session.db, person, year)
        seen = [
            each for each in standing.room(session.db) if each.person.id == person.id
        ]
        if args.has("json"):
            session.out.document(_document(session, found, seen))
            return 0
        _print(session, args, found, seen)
        return 0

    return run


def _document(session: Session, of: Standing, seen: list[Seen]) -> dict[str, Any]:
    from dataclasses import asdict

    from plannertui.cli.show import data
    from plannertui.core.priorities import stale

    values = data(session, of.person)
    values["priorities"] = [
        {
            **data(session, row),
            "stale": stale(row, session.today),
            "goals": [
                {"handle": goal.handle, "title": goal.title, "how": serve.how}
                for goal, serve in of.goals_of(row)
            ],
            "ask": of.ask_of(row) or None,
        }
        for row in (*of.answers, *of.gone)
    ]
    values["coverage"] = asdict(of.coverage) if of.coverage is not None else None
    values["open"] = [item.handle for item in of.open]
    values["seen"] = [win.handle for each in seen for win in each.wins]
    return values


def _print(session: Session, args: Args, of: Standing, seen: list[Seen]) -> None:
    from plannertui.cli.lists import rows as item_rows
    from plannertui.store.items import Filter, ls

    out, person = session.out, of.person
    nouns.tell(session, person, *head(person))
    span = [
        word.format(day=day_words(day))
        for word, day in (
            (_("since {day}"), person.since),
            (_("until {day}"), person.until),
        )
        if day is not None
    ]
    if args.has("names") and person.name:
        span.insert(0, _("{what}: {name}").format(what=_("name"), name=person.name))
    if span:
        out.line("  ", ("  ".join(span), "quiet"))
    print_answers(session, of)
    print_style(session, person)
    lately = ls(session.db, Filter(person_id=person.id), limit=LATELY)
    for title, lines in (
        (_("Open"), list(item_rows(list(of.open), session.today))),
        (_("Lately"), list(item_rows(lately, session.today))),
    ):
        if lines:
            section(session, title)
            out.table([["  ", *line] for line in lines])
    for each in seen:
        section(session, _("Has seen at first hand"))
        print_seen(session, each)


def section(session: Session, title: str) -> None:
    """The heading of a part, with an empty line before it."""
    session.out.line()
    session.out.line((title, "accent"))


def print_answers(session: Session, of: Standing) -> None:
    """What somebody answers for, which goals serve it, and how."""
    from plannertui.core.coverage import where_is_mine

    out = session.out
    if not of.answers and not of.gone:
        if of.person.relation == "leader" and of.person.state == "active":
            section(session, _("Answers for"))
            call = f'ptui leader priority add {of.person.handle} "…" --basis said'
            out.line("  ", (_("Nothing yet. Add one: {call}").format(call=call), ""))
        return
    section(session, _("Answers for"))
    rows: list[list[Cell]] = []
    for row in (*of.answers, *of.gone):
        rows.append(["", row.handle, *priority_words(session, row), row.text])
        for goal, serve in of.goals_of(row):
            how = [(f"{goal.handle} ", "accent"), (serve.how or goal.title, "quiet")]
            rows.append(["", "", "", "", "", "", how])
        if row.state == "active" and not of.goals_of(row):
            rows.append(["", "", "", "", "", "", (_("no goal serves it"), "quiet")])
        if of.ask_of(row):
            asked = _("asked about in {handle}").format(handle=of.ask_of(row))
            rows.append(["", "", "", "", "", "", (asked, "quiet")])
        rows += [
            ["", "", "", "", "", "", (_check_words(check), "quiet")]
            for check in row.checks
        ]
    out.table([["  ", *line[1:]] for line in rows])
    if of.coverage is not None:
        out.line()
        out.block(coverage_line(of.coverage, of.person.alias), indent=2)
        if where_is_mine(of.coverage):
            said = _("Everything serves somebody else. Where is your own goal?")
            out.block(said, indent=2)


def _check_words(check: Any) -> str:
    return _("{basis}, checked {day}: {right}").format(
        basis=kind_word(check.was),
        day=day_words(check.on),
        right=right_word(check.right),
    )


def print_style(session: Session, person: Person) -> None:
    """Somebody's way of working: six lines, each with what it rests on."""
    from plannertui.core.people import STYLE

    if not person.style and person.relation != "leader":
        return
    section(session, _("Way of working"))
    rows: list[list[Cell]] = []
    for part in STYLE:
        belief = person.style.get(part)
        words: list[Cell] = [(_("not known yet"), "quiet")]
        if belief is not None:
            rests = basis_words(belief.basis, belief.checked_on)
            words = [[(belief.text + "  ", ""), (rests, "quiet")]]
        rows.append(["  ", (style_word(part), "quiet"), *words])
    session.out.table(rows)


def print_seen(session: Session, each: Seen) -> None:
    """The wins that somebody has seen at first hand."""
    if not each.wins:
        session.out.line("  ", (_("nothing yet"), "quiet"))
    session.out.table(
        ["  ", (win.handle, "accent"), day_words(win.day), clip(win.text)]
        for win in each.wins
    )


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
                **asdict(of.coverage),
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
