"""Parting: a change of leader, and forgetting somebody."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.leadershow import head
from plannertui.cli.options import Args
from plannertui.core.errors import Refused
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.cli.session import Session
    from plannertui.core.people import Person
    from plannertui.store.forgetting import Forgotten

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

        from plannertui.store import forgetting

        (name,) = nouns.only(args, 1, f"ptui {noun} forget")
        person = nouns.person(session, name)
        if person.state == "forgotten":
            raise Refused(
                _("{handle} is forgotten already.").format(handle=person.handle)
            )
        keep = args.has("keep-notes")
        for line in forget_words(forgetting.look(session.db, person), keep):
            session.out.talk(line)
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


def forget_words(of: Forgotten, keep_notes: bool) -> list[str]:
    """What forgetting somebody erases, in lines; also what it does not reach."""
    said = [
        ngettext(
            "Erased: alias, real name, and {count} line about them.",
            "Erased: alias, real name, and {count} lines about them.",
            of.beliefs,
        ).format(count=of.beliefs)
    ]
    if of.notes:
        words = (
            ngettext(
                "{count} note about nobody else stays, without the name.",
                "{count} notes about nobody else stay, without the name.",
                of.notes,
            )
            if keep_notes
            else ngettext(
                "Erased: {count} note about nobody else; --keep-notes keeps it, nameless.",
                "Erased: {count} notes about nobody else; "
                "--keep-notes keeps them, nameless.",
                of.notes,
            )
        )
        said.append(words.format(count=of.notes))
    if of.texts:
        said.append(
            ngettext(
                "In {count} other text the handle takes the place of the name.",
                "In {count} other texts the handle takes the place of the name.",
                of.texts,
            ).format(count=of.texts)
        )
    if of.boundary:
        said.append(
            ngettext(
                "{count} boundary record is about them: it stays, without the name.",
                "{count} boundary records are about them: they stay, without the name.",
                of.boundary,
            ).format(count=of.boundary)
        )
    if of.copies:
        said.append(
            _("Older copies beside the store still have it: {files}").format(
                files=", ".join(of.copies)
            )
        )
    return said
