"""``leader priority``: what a leader answers for, each with what the belief rests on."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import day_words
from plannertui.core.errors import NotFound, Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.core.priorities import Priority

CALL = "ptui leader priority"


def _priority(session: Session, name: str) -> Priority:
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


def words_of(session: Session, row: Priority) -> list[str]:
    """What is to be known of a priority: rank, kind, basis, whether it is stale."""
    from plannertui.core.priorities import stale

    basis = kind_word(row.basis)
    if row.checked_on is not None:
        basis += " " + day_words(row.checked_on)
    look = _("look again") if stale(row, session.today) else ""
    state = "" if row.state == "active" else kind_word(row.state)
    return [str(row.rank), kind_word(row.kind), basis, look or state]


def _tell(session: Session, row: Priority) -> int:
    return nouns.tell(session, row, *words_of(session, row), row.text)


def priority_add(session: Session, args: Args) -> int:
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
    return _tell(session, row)


def priority_ls(session: Session, args: Args) -> int:
    """Print what one leader, or everybody, answers for, by rank."""
    from plannertui.store import priorities

    person = None
    if args.words:
        (name,) = nouns.only(args, 1, CALL + " ls")
        person = nouns.person(session, name).id
    found = priorities.ls(session.db, person, past=args.has("all"))
    if args.has("json"):
        session.out.document([_data(session, row) for row in found])
        return 0
    session.out.table(
        [(row.handle, "accent"), *words_of(session, row), row.text] for row in found
    )
    if not found:
        session.out.talk(
            _('Nothing here. Add one: ptui leader priority add L1 "…" --basis said')
        )
    return 0


def _data(session: Session, row: Priority) -> dict[str, Any]:
    from plannertui.cli.show import data
    from plannertui.core.priorities import stale

    return {**data(session, row), "stale": stale(row, session.today)}


def priority_set(session: Session, args: Args) -> int:
    """Change a priority; a new basis counts as checked today."""
    from plannertui.core.priorities import BASES, KINDS
    from plannertui.store import priorities

    (name,) = nouns.only(args, 1, CALL + " set")
    row = _priority(session, name)
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
    return _tell(session, priorities.edit(session.db, row, session.now, **changes))


def _ender(state: str) -> Callable[[Session, Args], int]:
    """The command that puts a priority into ``state``."""

    def run(session: Session, args: Args) -> int:
        from plannertui.store import priorities

        (name,) = nouns.only(args, 1, f"{CALL} {state}")
        row = _priority(session, name)
        day = nouns.option_day(session, args, "on", past=True) or session.today
        return _tell(
            session,
            priorities.edit(session.db, row, session.now, state=state, until=day),
        )

    return run


def priority_changed(session: Session, args: Args) -> int:
    """Close a priority and open the one it turned into, as one step."""
    from plannertui.core.priorities import BASES
    from plannertui.store import people, priorities

    row = _priority(session, nouns.first(args, CALL + " changed"))
    text = nouns.words_after(session, args, 1, _("It is now: "))
    person = people.get(session.db, row.person_id)
    with session.db.write(N_("edit {what}"), session.now, what=row.handle):
        fresh = priorities.add(
            session.db,
            person,
            text=text,
            now=session.now,
            kind=row.kind,
            basis=args.choice("basis", BASES) or "said",
            rank=row.rank,
            checked_on=session.today,
            since=session.today,
        )
        priorities.edit(
            session.db,
            row,
            session.now,
            state="changed",
            until=session.today,
            successor_id=fresh.id,
        )
    return _tell(session, fresh)


BASIS = Option("basis", "BASIS", N_("said, seen or guess"))
DETAILS = (
    BASIS,
    Option("kind", "KIND", N_("goal, pressure or position")),
    Option("rank", "NUM", N_("how much it weighs, 1 to 5")),
    Option("checked", "DATE", N_("when it was last checked")),
)
ON = Option("on", "DATE", N_("as of this day"))
PRIORITY = N_("PRIORITY")

GROUP = Group(
    "priority",
    N_("What a leader answers for, and how you know."),
    {
        "add": Command(
            "add",
            N_("Add something a leader answers for; without --basis it is a guess."),
            priority_add,
            words=N_("LEADER TEXT…"),
            options=DETAILS,
            examples=(
                N_(
                    "ptui leader priority add L1 "
                    '"No complaint older than 30 days" --basis said'
                ),
            ),
        ),
        "ls": Command(
            "ls",
            N_("List priorities by rank."),
            priority_ls,
            words=N_("[LEADER]"),
            options=(Option("all", "", N_("past ones too")),),
            examples=("ptui leader priority ls L1", "ptui leader priority ls --json"),
        ),
        "set": Command(
            "set",
            N_("Change a priority; a new basis counts as checked today."),
            priority_set,
            words=PRIORITY,
            options=(Option("text", "TEXT", N_("its words")), *DETAILS),
            examples=("ptui leader priority set L1.2 --basis said",),
        ),
        "met": Command(
            "met",
            N_("It has been reached."),
            _ender("met"),
            words=PRIORITY,
            options=(ON,),
            examples=("ptui leader priority met L1.1",),
        ),
        "drop": Command(
            "drop",
            N_("It no longer counts."),
            _ender("dropped"),
            words=PRIORITY,
            options=(ON,),
            examples=("ptui leader priority drop L1.4",),
        ),
        "changed": Command(
            "changed",
            N_("It turned into another one; both are kept, linked."),
            priority_changed,
            words=N_("PRIORITY TEXT…"),
            options=(BASIS,),
            examples=(N_('ptui leader priority changed L1.2 "Inspection by region"'),),
        ),
    },
    default="ls",
    examples=("ptui leader priority ls L1",),
)
GROUP.commands["dropped"] = GROUP.commands["drop"]
