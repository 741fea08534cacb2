"""Where a verb gets the key of a sealed store from.

In this order: ``--passphrase-fd``, the unlocked session, the keyring where the user asked
for it, a prompt on the terminal. Never an argument, the environment or a file.
"""

from __future__ import annotations

import os

from plannertui.core.errors import Locked, PlannerError, Refused, Usage, WrongPassphrase
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from plannertui.cli.session import Session
    from plannertui.store.key import Key
    from plannertui.store.open import Store

OPTION = "passphrase-fd"
TRIES = 3
_MOST = 1 << 16


def opened(session: Session, locked: Locked) -> Store:
    """The sealed store, opened; ``locked`` is raised where nobody gives its key."""
    found = unasked(session)
    if found is not None:
        return found
    if not session.asks:
        raise locked
    return _open(session, asked(session.path, locked))


def unasked(session: Session) -> Store | None:
    """The sealed store, opened by what needs no question; None where nothing does.

    Raises WrongPassphrase for what the descriptor gave.
    """
    if session.args.has(OPTION):
        return _open(session, by_words(session.path, line(session)))
    store = held(session.path, session.env, session.now)
    if store is not None:
        return store
    if _wants_keyring(session):
        from plannertui.store import ring

        found = ring.fetch(session.path)
        if isinstance(found, str):
            session.out.talk(found)
        else:
            try:
                return _open(session, found)
            except WrongPassphrase:
                session.out.talk(ring.wrong(session.path))
    return None


def _wants_keyring(session: Session) -> bool:
    try:
        return session.settings.keyring
    except PlannerError:
        # Whoever needs the settings says what is wrong with them.
        return False


def held(path: str, env: Mapping[str, str], now: datetime) -> Store | None:
    """The store at ``path``, opened by the key of its unlocked session, if there is one."""
    from plannertui.store import keeper

    key = keeper.fetch(path, env)
    if key is None:
        return None
    # Not before it is needed: capture into a locked store does without the database.
    from plannertui.store.open import open_store

    try:
        return open_store(path, now=now, create=False, key=key)
    except WrongPassphrase:
        keeper.forget(path, env)
        return None


def _open(session: Session, key: Key) -> Store:
    from plannertui.store.open import open_store

    return open_store(session.path, now=session.now, key=key)


def tend(session: Session, db: Store) -> None:
    """Do what an opened sealed store asks for, and say what is to be known of it."""
    from plannertui.store.unlocked import after_unlock

    try:
        settings = session.settings
    except PlannerError:
        settings = None
    for said in after_unlock(db, settings, session.now):
        session.out.talk(said)


# -- words that open it ----------------------------------------------------------------


def by_words(path: str, text: str) -> Key:
    """The key by the passphrase or the recovery code: ``store.sealing.by_words``."""
    from plannertui.store import sealing

    return sealing.by_words(path, text)


def needs_passphrase(session: Session) -> None:
    """Refused for a store that has none."""
    from plannertui.store.sealing import is_sealed

    if not is_sealed(session.path):
        from plannertui.store import refusing

        if refusing.is_gone(os.path.realpath(session.path)):
            raise refusing.gone(session.path)
        message = _(
            "There is no passphrase: the planner is not encrypted. Set one with: "
            "ptui lock set"
        )
        raise Refused(message)


def proved(session: Session) -> Key:
    """The key of somebody who knows the passphrase or has the code, just now.

    Neither an unlocked session nor the keyring is enough.
    """
    if session.args.has(OPTION):
        return by_words(session.path, line(session))
    from plannertui.store.refusing import locked

    return asked(session.path, locked(session.path))


def asked(path: str, locked: Locked) -> Key:
    """The key by what is typed on the terminal, in three tries.

    ``locked`` is raised where there is no terminal, or its end is typed.
    """
    from plannertui.cli.asking import NoTerminal, Terminal

    try:
        with Terminal() as terminal:
            for left in range(TRIES - 1, -1, -1):
                text = terminal.secret(_("Passphrase: "))
                if text is None:
                    raise locked
                try:
                    return by_words(path, text)
                except WrongPassphrase as error:
                    if not left:
                        raise
                    terminal.say(error.message)
    except NoTerminal as error:
        raise locked from error
    raise locked


def line(session: Session) -> str:
    """The next line of the descriptor that ``session`` was given."""
    return line_of(session.args.get(OPTION))


def line_of(given: str | None) -> str:
    """The next line of the descriptor of ``--passphrase-fd``, without its end.

    Read byte by byte: what follows is left to whoever reads on, such as the text of an
    entry. Usage for a descriptor that is none, gives nothing, or does not end.
    """
    given = given or ""
    if not (given.isascii() and given.isdigit() and len(given) < 8):
        message = _('--passphrase-fd takes the number of an open file, not "{text}".')
        raise Usage(message.format(text=given))
    data = b""
    try:
        while not data.endswith(b"\n"):
            more = os.read(int(given), 1)
            if not more:
                break
            data += more
            if len(data) > _MOST:
                message = _("--passphrase-fd {number} gave more than 64 KiB.")
                raise Usage(message.format(number=given))
    except OSError as error:
        message = _("--passphrase-fd {number} cannot be read: {reason}")
        raise Usage(message.format(number=given, reason=error.strerror)) from error
    if not data:
        message = _("--passphrase-fd {number} gave no line.")
        raise Usage(message.format(number=given))
    return data.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
