"""The passphrase of the store: set, changed, removed; its recovery code shown again."""

from __future__ import annotations

import os
from datetime import timedelta

from plannertui.cli import nouns
from plannertui.cli.newkey import by_script, new_key, show
from plannertui.cli.options import Args
from plannertui.cli.unlocking import OPTION, needs_passphrase, proved
from plannertui.core.errors import Refused, StoreError, Usage
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import (
    backups,
    keeper,
    refusing,
    resealing,
    rewriting,
    ring,
    sealing,
)
from plannertui.store.inbox import look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.session import Session
    from plannertui.store.key import Key


_FEW = 5


def set_(session: Session, args: Args) -> int:
    """Seal a plain store, or begin a new one sealed."""
    nouns.no_words(args, "ptui lock set")
    path = session.path
    if sealing.is_sealed(path):
        return _copies_alone(session)
    if refusing.is_gone(os.path.realpath(path)):
        raise refusing.gone(path)
    there = os.path.exists(path)
    if there:
        _only_one(session, None)
    key = new_key(session)
    if there:
        _backup(session, spread=False)
        session.close()
        sealing.seal_with(path, None, key)
    session.use(key)
    session.close()
    _to_keyring(session, key)
    session.out.talk(
        _("Sealed. Nobody reads it without the passphrase or the recovery code.")
    )
    _copies(session, key)
    return _give_code(session, key)


def change(session: Session, args: Args) -> int:
    """Seal the store with another passphrase."""
    nouns.no_words(args, "ptui lock change")
    needs_passphrase(session)
    old = proved(session)
    _only_one(session, old)
    key = new_key(session)
    session.use(old)
    _backup(session)
    session.close()
    sealing.seal_with(session.path, old, key)
    keeper.forget(session.path, session.env)
    session.use(key)
    session.close()
    _to_keyring(session, key)
    session.out.talk(
        _(
            "Sealed with the new passphrase. Backups made before open with the old one "
            "or its recovery code: keep them as long as you keep those."
        )
    )
    _copies(session, key)
    return _give_code(session, key)


def remove(session: Session, args: Args) -> int:
    """Write the store anew without encryption."""
    nouns.no_words(args, "ptui lock remove")
    needs_passphrase(session)
    if args.has("yes") and not args.has(OPTION):
        raise Usage(_("--yes is for scripts, with --passphrase-fd."))
    old = proved(session)
    _only_one(session, old)
    if not by_script(session):
        session.confirm(
            _("Without encryption, whoever has the disk can read it all. Go on?")
        )
        session.confirm(
            _("Every entry will lie open, names and situations too. Really?")
        )
    # What was captured while locked is filed by this.
    session.use(old)
    _backup(session)
    session.close()
    sealing.remove(session.path, old)
    keeper.forget(session.path, session.env)
    if session.settings.keyring:
        said = ring.drop(session.path)
        if said:
            session.out.talk(said)
    session.out.talk(
        _(
            "Not encrypted any longer. The backups made until now stay sealed: they open "
            "with the passphrase or the recovery code of their time."
        )
    )
    if args.has("json"):
        session.out.document(state(session))
    return 0


def code(session: Session, args: Args) -> int:
    """Show the recovery code again."""
    nouns.no_words(args, "ptui lock code")
    needs_passphrase(session)
    key = proved(session)
    if args.has("json"):
        session.out.document({"code": key.code})
    elif session.out.width is None or args.has(OPTION):
        session.out.line(key.code)
    else:
        from plannertui.cli.asking import Terminal

        with Terminal() as terminal:
            show(terminal, key.code)
    return 0


def state(session: Session) -> dict[str, Any]:
    """How it stands with the passphrase of the store, as plain JSON values."""
    encrypted = sealing.is_sealed(session.path)
    seconds = keeper.left(session.path, session.env) if encrypted else 0
    return {
        "path": session.path,
        "encrypted": encrypted,
        "unlocked": seconds > 0,
        "seconds_left": seconds,
        "unlocked_until": until(session, seconds) if seconds else None,
        "keyring": session.settings.keyring,
        "waiting": look(session.path).count,
        "plain_copies": _plain(session) if encrypted else [],
    }


def _plain(session: Session) -> list[str]:
    """What can be read by anybody though the store is sealed."""
    found = resealing.plain(session.path, session.settings.backup_dirs)
    return [path for kind in found for path in kind]


def until(session: Session, seconds: int) -> str:
    """When so many seconds are over, as an ISO stamp."""
    return (session.now + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def _only_one(session: Session, key: Key | None) -> None:
    """StoreBusy while somebody else has the store open, before anything is asked."""
    session.close()
    rewriting.check_alone(session.path, key)


def _backup(session: Session, *, spread: bool = True) -> None:
    """A verified backup of the store as it is, before it is written anew."""
    made = backups.before(session.db, session.now, "key")
    if made is not None and spread:
        for missed in backups.spread(session.db, made, session.settings.backup_dirs):
            session.out.talk(": ".join(missed))


def _copies_alone(session: Session) -> int:
    """Seal the older copies of a sealed store; Refused where there is none."""
    if not any(resealing.plain(session.path, session.settings.backup_dirs)[:2]):
        raise Refused(_("There is a passphrase already. For another: ptui lock change"))
    _copies(session, proved(session))
    if session.args.has("json"):
        session.out.document({**state(session), "code": None})
    return 0


def _copies(session: Session, key: Key) -> None:
    """Seal what lies about from before there was a passphrase, and say what is not."""
    folders = session.settings.backup_dirs
    found = resealing.plain(session.path, folders)
    if not any(found):
        return
    if len(found.copies) > _FEW:
        session.out.talk(_("The older copies are being sealed, too …"))
    done, left = resealing.reseal(session.path, key, folders)
    if done:
        text = ngettext(
            "{count} older copy that was not encrypted is sealed, too.",
            "{count} older copies that were not encrypted are sealed, too.",
            len(done),
        )
        session.out.talk(text.format(count=len(done)))
    for name, reason in left:
        text = _("Still not encrypted: {path} ({reason})")
        session.out.talk(text.format(path=name, reason=reason))


def _to_keyring(session: Session, key: Key) -> None:
    if session.settings.keyring:
        try:
            ring.put(session.path, key)
        except StoreError as error:
            session.out.talk(error.message)


def _give_code(session: Session, key: Key) -> int:
    """To a script its recovery code; whoever sat there has it."""
    scripted = by_script(session)
    if session.args.has("json"):
        session.out.document({**state(session), "code": key.code if scripted else None})
    elif scripted:
        session.out.line(key.code)
    return 0
