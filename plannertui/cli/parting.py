"""Parting: a change of leader, and forgetting somebody."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.leadershow import head
from plannertui.cli.options import Args
from plannertui.core.errors import Refused
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.cli.session import Session
    from plannertui.core.people import Person

    Run = Callable[[Session, Args], int]


def change(session: Session, args: Args) -> int:
    """Make somebody else the leader you work for first; history and evidence stay."""
    from plannertui.store import people
    from plannertui.store.refs import resolve

    name = nouns.words_after(session, args, 0, _("Who comes? The alias: "))
    found = resolve(session.db, name.removeprefix("@").removeprefix("＠"))
    new: Person | str = name
    if found is not None and found[3] == "person":
        old = people.primary(session.db)
        # An office keeps its name: the new Director is not the old one.
        if old is None or found[0] != old.id or name.upper() == old.handle:
            new = people.get(session.db, found[0])
    stays = args.choice("stays", people.STAYS[1:]) or ""
    before = people.primary(session.db)
    person = people.succeed(session.db, new, session.today, session.now, stays=stays)
    if not args.has("json") and before is not None:
        old = people.get(session.db, before.id)
        nouns.tell(session, old, *head(old))
    return nouns.tell(session, person, *head(person))


def forget(noun: str) -> Run:
    """The command that forgets somebody; asked about twice."""

    def run(session: Session, args: Args) -> int:
        from dataclasses import asdict

        from plannertui.core.parting import forget_words
        from plannertui.store import forgetting

        (name,) = nouns.only(args, 1, f"ptui {noun} forget")
        person = nouns.person(session, name)
        if person.state == "forgotten":
            raise Refused(
                _("{handle} is forgotten already.").format(handle=person.handle)
            )
        keep = args.has("keep-notes")
        found = forgetting.look(session.db, person)
        for line in forget_words(found, keep):
            session.out.talk(line)
        if found.notes and not keep:
            session.out.talk(_("With --keep-notes such notes stay, without the name."))
        session.confirm(
            _("Forget {alias} ({handle}) for good?").format(
                alias=person.alias, handle=person.handle
            )
        )
        if not args.has("yes"):
            typed = session.ask(
                _("There is no undo. Type {handle} to do it: ").format(
                    handle=person.handle
                )
            )
            if typed.strip().upper() != person.handle:
                raise Refused(_("Nothing was changed."))
        done = forgetting.forget(
            session.db, person, session.today, session.now, keep_notes=keep
        )
        if args.has("json"):
            session.out.document({"handle": person.handle, **asdict(done)})
            return 0
        session.out.line(
            (person.handle, "accent"), "  ", _("forgotten; links and counts stay")
        )
        return 0

    return run
