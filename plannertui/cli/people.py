"""People as the shell adds, lists, shows and changes them, leaders and others alike."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args, Option
from plannertui.cli.words import day_words
from plannertui.core.errors import Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.people import Person

    Run = Callable[[Session, Args], int]

LATELY = 5

OPTIONS = (
    Option("name", "NAME", N_("the real name; never printed or exported unasked")),
    Option("primary", "", N_("the leader you work for first")),
    Option("in-room", "", N_("takes part in decisions about you")),
    Option("not-in-room", "", N_("does not")),
    Option("since", "DATE", N_("since when")),
    Option("takes-in", "TEXT", N_("reads or hears")),
    Option("depth", "TEXT", N_("headline or detail")),
    Option("rhythm", "TEXT", N_("how often they want to hear")),
    Option("best-time", "TEXT", N_("when to come")),
    Option("decides", "TEXT", N_("how they decide")),
    Option("dislikes", "TEXT", N_("what they dislike")),
    Option("basis", "BASIS", N_("how you know these: said, seen or guess")),
)


def add(noun: str) -> Run:
    """The command that adds a leader or another person."""

    def run(session: Session, args: Args) -> int:
        from plannertui.core.people import RELATIONS
        from plannertui.store import people

        alias = nouns.words_after(session, args, 0, _("The alias: "))
        relation = "leader"
        if noun == "person":
            relation = args.choice("relation", RELATIONS) or "peer"
        fields = _fields(session, args, None)
        person = people.add(
            session.db, alias=alias, relation=relation, now=session.now, **fields
        )
        return _tell(session, person)

    return run


def _tell(session: Session, person: Person) -> int:
    words = [person.alias, kind_word(person.relation)]
    if person.primary:
        words.append(_("primary"))
    if person.state != "active":
        words.append(kind_word(person.state))
    return nouns.tell(session, person, *words)


def _fields(session: Session, args: Args, old: Person | None) -> dict[str, Any]:
    """What the options say about somebody, in the store's fields."""
    from plannertui.core.people import BASES, STYLE, Belief

    fields: dict[str, Any] = {}
    name = nouns.option_text(session, args, "name")
    if name is not None:
        fields["name"] = name or None
    if args.has("primary"):
        fields["primary"] = True
    if args.has("in-room") or args.has("not-in-room"):
        fields["in_room"] = args.has("in-room")
    since = nouns.option_day(session, args, "since", past=True)
    if since is not None:
        fields["since"] = since
    basis = args.choice("basis", BASES) or "guess"
    style = dict(old.style) if old is not None else {}
    for part in STYLE:
        text = nouns.option_text(session, args, part.replace("_", "-"))
        if text == "":
            style.pop(part, None)
        elif text is not None:
            style[part] = Belief(text, basis, session.today)  # type: ignore[arg-type]
    if old is None or style != old.style:
        fields["style"] = style
    return fields


def ls(noun: str) -> Run:
    """The command that lists leaders or the others."""

    def run(session: Session, args: Args) -> int:
        from plannertui.cli.show import data
        from plannertui.store import people, priorities

        nouns.no_words(args, f"ptui {noun} ls")
        found = [
            person
            for person in people.ls(session.db, past=args.has("all"))
            if (person.relation == "leader") == (noun == "leader")
        ]
        if args.has("json"):
            session.out.document([data(session, person) for person in found])
            return 0
        rows: list[list[Cell]] = []
        for person in found:
            count = len(priorities.ls(session.db, person.id))
            marks = [kind_word(person.relation)]
            marks += [_("primary")] if person.primary else []
            marks += [_("in the room")] if person.in_room else []
            marks += [kind_word(person.state)] if person.state != "active" else []
            rows.append(
                [
                    (person.handle, "accent"),
                    person.alias,
                    ", ".join(marks),
                    _("answers for {count}").format(count=count) if count else "",
                ]
            )
        session.out.table(rows)
        if not found:
            session.out.talk(
                _('Nobody here. Add somebody: ptui {noun} add "…"').format(noun=noun)
            )
        return 0

    return run


def show(noun: str) -> Run:
    """The command that shows one person: way of working, priorities, what is open."""

    def run(session: Session, args: Args) -> int:
        from plannertui.cli.lists import rows as item_rows
        from plannertui.cli.priorities import words_of
        from plannertui.cli.show import data
        from plannertui.store import priorities
        from plannertui.store.items import Filter
        from plannertui.store.items import ls as items

        (name,) = nouns.only(args, 1, f"ptui {noun} show")
        person = nouns.person(session, name)
        answers = priorities.ls(session.db, person.id, past=True)
        if args.has("json"):
            values = data(session, person)
            values["priorities"] = [data(session, row) for row in answers]
            session.out.document(values)
            return 0
        out = session.out
        _tell(session, person)
        rows = [
            [
                _part(name),
                belief.text,
                kind_word(belief.basis)
                + (" " + day_words(belief.checked_on) if belief.checked_on else ""),
            ]
            for name, belief in person.style.items()
        ]
        if args.has("names") and person.name:
            rows.insert(0, [_("name"), person.name, ""])
        out.table([["  ", *row] for row in rows])
        open_matters = items(
            session.db,
            Filter(
                person_id=person.id,
                state="open",
                kinds=["promise", "waiting", "ask", "task"],
            ),
        )
        lately = items(session.db, Filter(person_id=person.id), limit=LATELY)
        for title, lines in (
            (
                _("Answers for"),
                [[row.handle, *words_of(session, row), row.text] for row in answers],
            ),
            (_("Open"), list(item_rows(open_matters, session.today))),
            (_("Lately"), list(item_rows(lately, session.today))),
        ):
            if lines:
                out.line()
                out.line((title, "accent"))
                out.table([["  ", *line] for line in lines])
        return 0

    return run


def _part(name: str) -> str:
    words = {
        "takes_in": _("takes in"),
        "depth": _("depth"),
        "rhythm": _("rhythm"),
        "best_time": _("best time"),
        "decides": _("decides"),
        "dislikes": _("dislikes"),
    }
    return words.get(name, name)


def set_(noun: str) -> Run:
    """The command that changes somebody."""

    def run(session: Session, args: Args) -> int:
        from plannertui.core.people import RELATIONS
        from plannertui.store import people

        (name,) = nouns.only(args, 1, f"ptui {noun} set")
        person = nouns.person(session, name)
        changes = _fields(session, args, person)
        alias = nouns.option_text(session, args, "alias")
        if alias is not None:
            changes["alias"] = alias
        if noun == "person":
            relation = args.choice("relation", RELATIONS)
            if relation is not None:
                changes["relation"] = relation
        if args.has("past"):
            changes |= {"state": "past", "until": session.today, "primary": False}
        if args.has("active"):
            changes |= {"state": "active", "until": None}
        if not changes:
            raise Usage(
                _("What should change? See: {call} --help").format(call=f"ptui {noun}")
            )
        return _tell(session, people.edit(session.db, person, session.now, **changes))

    return run
