"""``backup``: making, listing and looking at backups; putting one in the store's place."""

from __future__ import annotations

import os

from plannertui.cli import listing, nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import Locked, PlannerError, Usage
from plannertui.i18n import N_, ngettext, pgettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.store.open import Store
    from plannertui.store.shelf import Backup

# From this size on a backup takes a second or more.
LARGE = 10_000_000
YES = Option("yes", "", N_("do not ask"), short="y")
STYLES = {"whole": "good", "damaged": "bad", "unknown": "quiet"}


def state_words(state: str) -> str:
    """What the last look at a backup found."""
    words = {
        "whole": pgettext("backup", "whole"),
        "damaged": pgettext("backup", "damaged"),
        "unknown": pgettext("backup", "not looked at"),
    }
    return words[state]


def moment(at: str) -> str:
    """``at`` as people read it: day and time."""
    return at[:16].replace("T", " ")


def make(session: Session, args: Args) -> int:
    """Make a backup now, or with ``--to`` a copy in another place."""
    from plannertui.store import backups

    nouns.no_words(args, "ptui backup")
    target = args.get("to")
    if target is not None:
        path = backups.copy_to(session.db, session.readable(target), session.now)
        if args.has("json"):
            session.out.document({"path": path, "bytes": os.path.getsize(path)})
        else:
            session.out.line(_("A copy is in {path}.").format(path=path))
        return 0
    made = backups.make(session.db, session.now, "asked")
    missed = backups.spread(session.db, made, session.settings.backup_dirs)
    if args.has("json"):
        copies = [{"folder": folder, "reason": reason} for folder, reason in missed]
        session.out.document({**as_data(made), "missed": copies})
    else:
        session.out.line((made.handle, "accent"), "  ", made.path)
    for folder, reason in missed:
        session.out.talk(no_copy(folder, reason))
    return 0


def no_copy(folder: str, reason: str) -> str:
    """The words for a folder that got no copy."""
    return _("No copy in {folder}: {reason}").format(folder=folder, reason=reason)


def as_data(backup: Backup) -> dict[str, Any]:
    """``backup`` for programs."""
    return {
        "handle": backup.handle,
        "at": backup.at,
        "why": backup.why or None,
        "bytes": backup.size,
        "entries": None if backup.entries < 0 else backup.entries,
        "last": backup.last or None,
        "state": backup.state,
        "checked": backup.checked or None,
        "reason": backup.reason or None,
        "encrypted": backup.sealed,
        "path": backup.path,
    }


def ls(session: Session, args: Args) -> int:
    """Print the backups there are, the newest last; the store is not opened."""
    from plannertui.store import backups

    nouns.no_words(args, "ptui backup ls")
    every = backups.ls(session.path)[::-1]
    found = listing.chosen(session, args, every, _days, newest=True)
    if listing.printed(
        session, args, "backup ls", lambda: [as_data(backup) for backup in found]
    ):
        return 0
    session.out.table([_row(backup) for backup in found])
    if not every:
        session.out.talk(_("There is no backup yet. Make one: ptui backup"))
    return 0


def _days(backup: Backup) -> tuple[date, date]:
    from datetime import datetime

    day = datetime.fromisoformat(backup.at).date()
    return day, day


def _row(backup: Backup) -> list[Any]:
    from plannertui.store.backups import why_words
    from plannertui.store.place import size_words

    counted = ""
    if backup.entries >= 0:
        counted = ngettext("{count} entry", "{count} entries", backup.entries)
        counted = counted.format(count=backup.entries)
    about = [
        why_words(backup.why),
        "" if backup.sealed else _("not encrypted"),
    ]
    return [
        (backup.handle, "accent"),
        moment(backup.at),
        size_words(backup.size),
        counted,
        (state_words(backup.state), STYLES[backup.state]),
        (", ".join(filter(None, about)), "quiet"),
    ]


def verify(session: Session, args: Args) -> int:
    """Look at every byte of backups; exit 1 when one is damaged."""
    from plannertui.store import backups

    chosen = [backups.find(session.path, word) for word in args.words]
    chosen = chosen or backups.ls(session.path)[::-1]
    key = None
    if any(backup.sealed for backup in chosen):
        try:
            key = session.db.key
        except Locked:
            session.out.talk(_("Without the passphrase only the bytes are compared."))
        except PlannerError as error:
            session.out.talk(error.message)
    looked = []
    for backup in chosen:
        try:
            looked.append(backups.verify(session.path, backup, key, session.now))
        except Locked as error:
            looked.append(backup)
            session.out.talk(error.message)
    if args.has("json"):
        session.out.document([as_data(backup) for backup in looked])
    else:
        session.out.table([_row(backup) for backup in looked])
    damaged = [backup for backup in looked if backup.state == "damaged"]
    for backup in damaged:
        session.out.talk(f"{backup.handle}: {backup.reason}")
    if damaged:
        session.out.talk(_other(session.path))
    if not chosen:
        session.out.talk(_("There is no backup yet. Make one: ptui backup"))
    return 1 if damaged else 0


def _other(path: str) -> str:
    """The words about the newest backup that is whole."""
    from plannertui.store import backups

    for backup in backups.ls(path):
        if backup.state == "whole":
            return _("The newest one that is whole: {handle} of {at}.").format(
                handle=backup.handle, at=moment(backup.at)
            )
    return _("No other one is known to be whole. Make one now: ptui backup")


def rm(session: Session, args: Args) -> int:
    """Erase backups, or with ``--plain`` all copies that anybody could read."""
    from plannertui.store import backups, erasing

    if args.has("plain") == bool(args.words):
        raise Usage(_("Either --plain or handles such as B12."))
    if args.has("plain"):
        paths = erasing.plain(session.path)
    else:
        paths = [backups.find(session.path, word).path for word in args.words]
    if paths:
        question = ngettext(
            "Erase {count} copy for good?", "Erase {count} copies for good?", len(paths)
        )
        session.confirm(question.format(count=len(paths)))
        erasing.erase(session.path, paths)
    if args.has("json"):
        session.out.document([{"path": path} for path in paths])
        return 0
    for path in paths:
        session.out.line(path, "  ", _("erased"))
    if not paths:
        session.out.talk(_("Every copy is encrypted."))
    return 0


# -- by itself -------------------------------------------------------------------------


def by_itself(session: Session, db: Store) -> None:
    """Make the backup that is due; what goes wrong is said, and changes nothing else."""
    from plannertui.store import backups

    settings = session.settings
    if session.interactive and os.path.getsize(db.path) > LARGE:
        session.out.talk(_("Today's backup is being made…"))
    try:
        made = backups.tend(
            db, session.now, settings.backup_hours, settings.backup_dirs
        )
    except (PlannerError, OSError) as error:
        session.out.talk(_("No backup was made: {reason}").format(reason=error))
        return
    if made is not None:
        for folder, reason in backups.missed(db):
            session.out.talk(no_copy(folder, reason))


COMMANDS: dict[str, Command | Group] = {
    "backup": Group(
        "backup",
        N_("Backups of the whole planner; ptui restore B12 puts one back."),
        {
            "make": Command(
                "make",
                N_(
                    "Make a backup now, read it back, and copy it to your other folders."
                ),
                make,
                options=(
                    Option("to", "PATH", N_("only a copy: in a folder, or a new file")),
                ),
                notes=(
                    N_(
                        "One is made by itself each day; see backup_hours, backup_dirs."
                    ),
                ),
                examples=("ptui backup", "ptui backup --to /media/usb"),
            ),
            "ls": Command(
                "ls",
                N_(
                    "List the backups: when, how large, why, and whether they are whole."
                ),
                ls,
                options=listing.LISTED,
                examples=("ptui backup ls", "ptui backup ls --from 2024-09 -n 5"),
            ),
            "verify": Command(
                "verify",
                N_("Look at every byte of one backup, or of all."),
                verify,
                words=N_("[B12…]"),
                notes=(N_("Exit code 1 when one is damaged."),),
                examples=("ptui backup verify", "ptui backup verify B12"),
            ),
            "rm": Command(
                "rm",
                N_("Erase backups for good."),
                rm,
                words=N_("[B12…]"),
                options=(
                    Option("plain", "", N_("every copy here that is not encrypted")),
                    YES,
                ),
                notes=(N_("Always asked about; without a terminal: --yes. No undo."),),
                examples=("ptui backup rm B3", "ptui backup rm --plain"),
            ),
        },
        default="make",
        examples=("ptui backup", "ptui backup ls", "ptui restore B12"),
    ),
}
