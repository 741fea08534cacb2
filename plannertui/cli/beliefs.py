"""What becomes of a belief, from the shell: checked, asked about, ranked, changed, closed."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args
from plannertui.cli.priorities import CALL, as_json, print_of, priority, tell
from plannertui.core.errors import Usage
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.cli.session import Session


def ender(state: str) -> Callable[[Session, Args], int]:
    """The command that puts a priority into ``state``."""

    def run(session: Session, args: Args) -> int:
        from plannertui.store import beliefs

        (name,) = nouns.only(args, 1, f"{CALL} {state}")
        row = priority(session, name)
        day = nouns.option_day(session, args, "on", past=True) or session.today
        return tell(session, beliefs.close(session.db, row, state, day, session.now))

    return run


def reopen(session: Session, args: Args) -> int:
    """Make a closed priority count again."""
    from plannertui.store import beliefs

    (name,) = nouns.only(args, 1, CALL + " reopen")
    row = priority(session, name)
    return tell(session, beliefs.reopen(session.db, row, session.now))


def change(session: Session, args: Args) -> int:
    """Close a priority and open the one it turned into, as one step."""
    from plannertui.core.priorities import BASES
    from plannertui.store import beliefs

    row = priority(session, nouns.first(args, CALL + " change"))
    text = nouns.words_after(session, args, 1, _("It is now: "))
    basis = args.choice("basis", BASES) or "said"
    fresh = beliefs.change(
        session.db, row, text, session.today, session.now, basis=basis
    )
    return tell(session, fresh)


def check(session: Session, args: Args) -> int:
    """Say whether a belief held, how you know, and what is true instead."""
    from plannertui.core.priorities import RIGHT
    from plannertui.store import beliefs

    row = priority(session, nouns.first(args, CALL + " check"))
    if len(args.words) < 2 or args.words[1] not in RIGHT:
        raise Usage(
            _("Was it right? Say yes, partly or no. See: {call} --help").format(
                call=CALL + " check"
            )
        )
    text = session.joined(args.words[2:]).strip()
    basis = args.choice("basis", ("said", "seen")) or "said"
    row, fresh = beliefs.check(
        session.db,
        row,
        args.words[1],
        session.today,
        session.now,
        basis=basis,
        text=text,
    )
    if args.has("json"):
        successor = None if fresh is None else as_json(session, fresh)
        session.out.document({**as_json(session, row), "successor": successor})
        return 0
    tell(session, row)
    return 0 if fresh is None else tell(session, fresh)


def rank(session: Session, args: Args) -> int:
    """Move a priority up or down, or to a rank from 1 to 5."""
    from plannertui.core.priorities import LOWEST
    from plannertui.store import beliefs, priorities

    name, where = nouns.only(args, 2, CALL + " rank")
    row = priority(session, name)
    if where in ("up", "down"):
        by = -1 if where == "up" else 1
        if not beliefs.shift(session.db, row, by, session.now):
            session.out.talk(
                _("It stands first already.")
                if by < 0
                else _("It stands last already.")
            )
    elif where.isascii() and where.isdigit() and 1 <= int(where[:9]) <= LOWEST:
        priorities.edit(session.db, row, session.now, rank=int(where))
    else:
        raise Usage(_("Where to? Say up, down, or a number from 1 to 5."))
    return print_of(session, args, row.person_id)


def ask(session: Session, args: Args) -> int:
    """Make a belief a question for the next talk with its leader."""
    from plannertui.store import beliefs

    (name,) = nouns.only(args, 1, CALL + " ask")
    row = priority(session, name)
    ask = beliefs.ask(session.db, row, session.today, session.now)
    return nouns.tell(session, ask, ask.title)
