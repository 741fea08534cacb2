"""Somebody as the shell shows them: answers for, way of working, what is open, the room."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args
from plannertui.cli.output import one_line, wrapped
from plannertui.cli.words import clip, day_words
from plannertui.core.mentions import spoken
from plannertui.core.text import cell_width, pad
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
    values["coverage"] = of.coverage._asdict() if of.coverage is not None else None
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
    left = max(cell_width(row.handle) for row in (*of.answers, *of.gone)) + 7
    for row in (*of.answers, *of.gone):
        head = [
            (pad(f"    {row.handle}", left - 1), "accent"),
            (f"{row.rank}  ", "quiet"),
        ]
        hanging(session, head, row.text, "strong" if row.state == "active" else "")
        indent = left + 2
        _rank, *about = priority_words(session, row)
        words = [each if isinstance(each, str) else each[0] for each in about]
        out.block(_(", ").join(map(str, filter(None, words))), indent=indent)
        for goal, serve in of.goals_of(row):
            lead = [(" " * indent, ""), (f"{goal.handle} ", "accent")]
            hanging(session, lead, serve.how or goal.title, "quiet")
        if row.state == "active" and of.coverage is not None and not of.goals_of(row):
            out.block(_("no goal serves it"), indent=indent, style="quiet")
        if of.ask_of(row):
            asked = _("asked about in {handle}").format(handle=of.ask_of(row))
            out.block(asked, indent=indent, style="quiet")
        for check in row.checks:
            out.block(_check_words(check), indent=indent, style="quiet")
    if of.coverage is not None:
        out.line()
        out.block(coverage_line(of.coverage, of.person.alias), indent=2)
        if where_is_mine(of.coverage):
            said = _("Everything serves somebody else. Where is your own goal?")
            out.block(said, indent=2)


def hanging(
    session: Session, lead: list[tuple[str, str]], text: str, style: str
) -> None:
    """Print ``text`` after ``lead``; its further lines begin where the first one does."""
    out = session.out
    width = sum(cell_width(part) for part, _style in lead)
    lines = [text]
    if out.width is not None:
        lines = wrapped(one_line(text), max(out.width - width, 8))
    for at, part in enumerate(lines):
        out.line(*(lead if at == 0 else [" " * width]), (part, style))


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
    left = max(cell_width(style_word(part)) for part in STYLE) + 6
    for part in STYLE:
        belief = person.style.get(part)
        lead = [(pad("    " + style_word(part), left), "quiet")]
        if belief is None:
            session.out.line(*lead, (_("not known yet"), "quiet"))
            continue
        rests = basis_words(belief.basis, belief.checked_on)
        room = session.out.width
        if room is None or left + cell_width(belief.text + rests) + 2 <= room:
            session.out.line(*lead, belief.text + "  ", (rests, "quiet"))
        else:
            hanging(session, lead, belief.text, "")
            session.out.line(" " * left, (rests, "quiet"))


def print_seen(session: Session, each: Seen) -> None:
    """The wins that somebody has seen at first hand."""
    if not each.wins:
        session.out.line("  ", (_("nothing yet"), "quiet"))
    session.out.table(
        ["  ", (win.handle, "accent"), day_words(win.day), clip(spoken(win))]
        for win in each.wins
    )
