"""People as the shell adds, lists, shows and changes them, leaders and others alike."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.leadershow import head, print_style
from plannertui.cli.listing import printed
from plannertui.cli.options import Args, Option
from plannertui.core.errors import Usage
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

HOW = (
    Option("takes-in", "TEXT", N_("reads or hears")),
    Option("depth", "TEXT", N_("headline or detail")),
    Option("rhythm", "TEXT", N_("how often they want to hear")),
    Option("best-time", "TEXT", N_("when to come")),
    Option("decides", "TEXT", N_("how they decide")),
    Option("dislikes", "TEXT", N_("what they dislike")),
    Option("basis", "BASIS", N_("how you know these: said, seen or guess")),
    Option("checked", "DATE", N_("when you last saw or heard it")),
)
OPTIONS = (
    Option("name", "NAME", N_("the real name; never printed or exported unasked")),
    Option("primary", "", N_("the leader you work for first")),
    Option("in-room", "", N_("takes part in decisions about you")),
    Option("not-in-room", "", N_("does not")),
    Option("since", "DATE", N_("since when")),
    *HOW,
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
    return nouns.tell(session, person, *head(person))


def _fields(session: Session, args: Args, old: Person | None) -> dict[str, Any]:
    """What the options say about somebody, in the store's fields."""
    from plannertui.core.people import BASES, STYLE, STYLE_LENGTH, Belief

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
    checked = nouns.option_day(session, args, "checked", past=True) or session.today
    style = dict(old.style) if old is not None else {}
    for part in STYLE:
        text = nouns.option_text(session, args, part.replace("_", "-"))
        if text == "":
            style.pop(part, None)
        elif text is not None:
            if len(text) > STYLE_LENGTH:
                message = _("{field} has {count} characters; {limit} fit.")
                raise Usage(
                    message.format(
                        field="--" + part.replace("_", "-"),
                        count=len(text),
                        limit=STYLE_LENGTH,
                    )
                )
            style[part] = Belief(text, basis, checked)  # type: ignore[arg-type]
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
        found = found[: args.count("n")]
        if printed(
            session, args, f"{noun} ls", lambda: [data(session, each) for each in found]
        ):
            return 0
        rows: list[list[Cell]] = []
        for person in found:
            count = len(priorities.ls(session.db, person.id))
            rows.append(
                [
                    (person.handle, "accent"),
                    person.alias,
                    _(", ").join(head(person)[1:]),
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
            changes |= {"state": "past", "until": session.today}
        if not changes and not args.has("active"):
            raise Usage(
                _("What should change? See: {call} --help").format(call=f"ptui {noun}")
            )
        with session.db.write(N_("edit {what}"), session.now, what=person.handle):
            if args.has("active"):
                person = people.come_back(session.db, person, session.now)
            if changes:
                person = people.edit(session.db, person, session.now, **changes)
        return _tell(session, person)

    return run


def style(noun: str) -> Run:
    """The command that shows somebody's way of working, or changes lines of it."""

    def run(session: Session, args: Args) -> int:
        from plannertui.cli.show import data
        from plannertui.store import people

        (name,) = nouns.only(args, 1, f"ptui {noun} style")
        person = nouns.person(session, name)
        changes = _fields(session, args, person)
        if changes:
            person = people.edit(session.db, person, session.now, **changes)
        if args.has("json"):
            session.out.document(data(session, person)["style"])
            return 0
        _tell(session, person)
        print_style(session, person)
        return 0

    return run
