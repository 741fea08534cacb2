"""``leader priority``: what a leader answers for, each with what the belief rests on."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.leadershow import priority_words
from plannertui.cli.listing import printed
from plannertui.cli.options import Args
from plannertui.core.errors import NotFound, Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.priorities import Priority

CALL = "ptui leader priority"


def priority(session: Session, name: str) -> Priority:
    """The priority called ``name``, such as L1.2."""
    from plannertui.store.priorities import get

    found = session.find(name)
    if found[3] != "priority":
        raise NotFound(
            _("{handle} is no priority. See: ptui leader priority ls").format(
                handle=found[1]
            )
        )
    return get(session.db, found[0])


def _plain(session: Session, row: Priority) -> list[str]:
    """What is to be known of a priority, without colours."""
    cells = priority_words(session, row)
    return [cell if isinstance(cell, str) else str(cell[0]) for cell in cells]


def tell(session: Session, row: Priority) -> int:
    return nouns.tell(session, row, *_plain(session, row), row.text)


def add(session: Session, args: Args) -> int:
    """Add something a leader answers for, with what the belief rests on."""
    from plannertui.core.priorities import BASES, KINDS
    from plannertui.store import priorities

    person = nouns.person(session, nouns.first(args, CALL + " add"))
    text = nouns.words_after(session, args, 1, _("They answer for: "))
    basis = args.choice("basis", BASES)
    checked = nouns.option_day(session, args, "checked", past=True)
    if basis in ("said", "seen") and checked is None:
        checked = session.today
    row = priorities.add(
        session.db,
        person,
        text=text,
        now=session.now,
        kind=args.choice("kind", KINDS) or "goal",
        basis=basis or "guess",
        rank=args.count("rank"),
        checked_on=checked or session.today,
        since=session.today,
    )
    return tell(session, row)


def ls(session: Session, args: Args) -> int:
    """Print what one leader, or everybody, answers for, by rank."""
    person = None
    if args.words:
        (name,) = nouns.only(args, 1, CALL + " ls")
        person = nouns.person(session, name).id
    return print_of(session, args, person)


def print_of(session: Session, args: Args, person: int | None) -> int:
    """Print what the person with this id, or everybody, answers for."""
    from plannertui.store import priorities

    found = priorities.ls(session.db, person, past=args.has("all"))
    found = found[: args.count("n")]
    if printed(
        session,
        args,
        "leader priority ls",
        lambda: [as_json(session, r) for r in found],
    ):
        return 0
    session.out.table(
        [(row.handle, "accent"), *priority_words(session, row), row.text]
        for row in found
    )
    if not found:
        session.out.talk(
            _('Nothing here. Add one: ptui leader priority add L1 "…" --basis said')
        )
    return 0


def as_json(session: Session, row: Priority) -> dict[str, Any]:
    from plannertui.cli.show import data
    from plannertui.core.priorities import stale

    return {**data(session, row), "stale": stale(row, session.today)}


def set_(session: Session, args: Args) -> int:
    """Change a priority; a new basis counts as checked today."""
    from plannertui.core.priorities import BASES, KINDS
    from plannertui.store import priorities

    (name,) = nouns.only(args, 1, CALL + " set")
    row = priority(session, name)
    changes: dict[str, Any] = {}
    text = nouns.option_text(session, args, "text")
    if text is not None:
        changes["text"] = text
    for field, among in (("kind", KINDS), ("basis", BASES)):
        value = args.choice(field, among)
        if value is not None:
            changes[field] = value
    rank = args.count("rank")
    if rank is not None:
        changes["rank"] = rank
    checked = nouns.option_day(session, args, "checked", past=True)
    if checked is not None or "basis" in changes:
        changes["checked_on"] = checked or session.today
    if not changes:
        raise Usage(_("What should change? See: {call} --help").format(call=CALL))
    return tell(session, priorities.edit(session.db, row, session.now, **changes))
