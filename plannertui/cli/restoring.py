"""``restore B12``: a backup in the place of the whole store, after telling what that does."""

from __future__ import annotations

import os

from plannertui.cli import nouns
from plannertui.cli.options import Args
from plannertui.core.errors import Locked, NotFound, PlannerError
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from plannertui.cli.session import Session
    from plannertui.store.key import Key
    from plannertui.store.restoring import Weighed


def is_store(word: str) -> bool:
    """Whether ``word`` of ``restore`` means a whole store: B12, or a file's path."""
    from plannertui.store.shelf import HANDLE

    return bool(HANDLE.match(word)) or os.sep in word or word.endswith(".db")


def restore(session: Session, args: Args) -> int:
    """Put a backup in the place of the whole store, after telling what that does."""
    from plannertui.store import backups, restoring

    (word,) = nouns.only(args, 1, "ptui restore")
    path, word = session.path, session.readable(word)
    source, name = os.path.abspath(os.path.expanduser(word)), word
    if backups.is_handle(word):
        backup = backups.find(path, word)
        source, name = backup.path, backup.handle
    elif not os.path.exists(source):
        raise NotFound(_("There is no file {path}.").format(path=word))
    present, heard = _present(session, path, forgotten=args.has("forgotten"))
    session.close()
    key = _key_of(session, source, name, present, heard)
    weighed = restoring.weigh(path, source, key, present)
    _tell(session, name, weighed)
    session.confirm(question(name, weighed))
    done = restoring.restore(path, source, key, session.now, present=present)
    if args.has("json"):
        session.out.document(
            {
                "restored": name,
                "kept": done.kept or None,
                "entries": weighed.there.entries,
                "lost": weighed.lost,
                "won": weighed.won,
                "older": weighed.older,
                "drafts": weighed.drafts,
                "encrypted": done.key is not None,
            }
        )
        return 0
    session.out.line(_("{name} is in place.").format(name=name))
    if done.kept:
        session.out.talk(_("What was there is kept: {path}").format(path=done.kept))
    return 0


def _present(
    session: Session, path: str, *, forgotten: bool
) -> tuple[Key | None, str | None]:
    """The key of the store as it is; None where it is plain, gone or cannot be read.

    And the line that the descriptor gave for it, None for none.
    """
    from plannertui.cli import unlocking
    from plannertui.store.sealing import is_sealed

    if forgotten or not is_sealed(path):
        return None, None
    heard = None
    try:
        if session.args.has(unlocking.OPTION):
            heard = unlocking.line(session)
            session.use(unlocking.by_words(path, heard))
        return session.db.key, heard
    except Locked as error:
        error.message += " " + _("If it is forgotten: --forgotten")
        raise
    except PlannerError as error:
        # Too damaged to be opened: that is what a restore is for.
        session.out.talk(error.message)
        return None, heard


def _key_of(
    session: Session, source: str, name: str, present: Key | None, heard: str | None
) -> Key | None:
    """The key of the backup: that of the store, or by the passphrase of its time.

    What was ``heard`` for the store is tried first: mostly it is the same.
    """
    from plannertui.cli import unlocking
    from plannertui.store import copying, sealing

    if not os.path.isfile(source) or not copying.is_sealed(source):
        return None
    if present is not None and sealing.opens(source, present):
        return present
    locked = Locked(
        _(
            "{name} has a passphrase of its own, or is damaged. Give it in a terminal, "
            "or as the next line of --passphrase-fd."
        ).format(name=name)
    )
    if heard is not None and present is None:
        try:
            return unlocking.by_words(source, heard)
        except Locked:
            # Of another time: the next line is its own.
            pass
    if session.args.has(unlocking.OPTION):
        return unlocking.by_words(source, unlocking.line(session))
    session.out.talk(_("The passphrase of {name}:").format(name=name))
    return unlocking.asked(source, locked)


def question(name: str, weighed: Weighed) -> str:
    """What is asked before a restore."""
    if weighed.here is None:
        return _("Put {name} in the place of the planner?").format(name=name)
    text = _(
        "Put {name} in the place of the planner? Lost: {lost}, won back: {won}, older "
        "than now: {older}."
    ).format(name=name, lost=weighed.lost, won=weighed.won, older=weighed.older)
    return f"{text} {weighed.unsaved}".rstrip()


def _tell(session: Session, name: str, weighed: Weighed) -> None:
    """Say what is in the backup, and what is in the store."""
    session.out.talk(side(name, weighed.there.entries, weighed.there.last))
    if weighed.here is not None:
        here = weighed.here
        session.out.talk(side(_("now"), here.entries, here.last))
    else:
        session.out.talk(
            _("The planner as it is cannot be read; its files are kept as they are.")
        )


def side(name: str, entries: int, last: str) -> str:
    """One side of a restore: how many entries, and of which day the last is."""
    text = ngettext(
        "{name}: {count} entry, the last of {day}",
        "{name}: {count} entries, the last of {day}",
        entries,
    )
    return text.format(name=name, count=entries, day=last or "–")
