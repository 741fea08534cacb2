"""Sealing a store with a passphrase, opening it, and taking the passphrase away."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from plannertui.core.errors import (
    MistypedCode,
    NotADatabase,
    PlannerError,
    Usage,
    WrongPassphrase,
)
from plannertui.i18n import gettext as _
from plannertui.store import peek, seal
from plannertui.store.key import (
    NEWEST,
    SALT,
    Key,
    derive,
    from_code,
    looks_like_code,
    new_salt,
)
from plannertui.store.open import connect, explain
from plannertui.store.refusing import late
from plannertui.store.rewriting import convert, give_identity
from plannertui.store.seal import Seal

if TYPE_CHECKING:
    from plannertui.store.open import Store


_OLDER = 3


def is_sealed(path: str) -> bool:
    """Whether the store at ``path`` needs a key; False where there is none."""
    return seal.is_sealed(os.path.realpath(path))


def salts(path: str) -> list[bytes]:
    """The salt in the file's header, then the one in the note where it is another."""
    found: list[bytes] = []
    try:
        found.append(peek.head(path, SALT))
    except OSError as error:
        raise explain(driver.OperationalError("unable to open"), path) from error
    note = seal.read(path)
    if note is not None:
        try:
            found.append(bytes.fromhex(note.salt))
        except ValueError:
            pass
    return list(dict.fromkeys(salt for salt in found if len(salt) == SALT))


def _noted(path: str) -> list[bytes]:
    return salts(path)[1:]


def older_salts(path: str) -> list[bytes]:
    """Those of the newest sealed copies, where the header and the note say another.

    A few only: each costs whoever types a passphrase half a second.
    """
    from plannertui.store import aside, shelf

    real = os.path.realpath(path)
    copies = [each.path for each in shelf.ls(real) if each.sealed]
    folder = shelf.entries(aside.folder(real))
    kept = [each.path for each in folder if shelf.is_named(real, each.name)]
    found: list[bytes] = []
    for copy in (*copies, *sorted(kept, reverse=True)):
        try:
            salt = peek.head(copy, SALT)
        except OSError:
            continue
        if len(salt) == SALT and salt != seal.MAGIC:
            found.append(salt)
    known = salts(real)
    return [salt for salt in dict.fromkeys(found) if salt not in known][:_OLDER]


def opens(path: str, key: Key) -> bool:
    """Whether ``key`` opens the store at ``path``; the file is only read."""
    try:
        conn = connect(path, readonly=True, key=key)
    except NotADatabase as error:
        # Who reads that other pages do not hold together has read the first.
        return "malformed" in str(error.__cause__)
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if "not a database" in str(error):
            return False
        if "malformed" in str(error):
            return True
        raise explain(error, path) from error
    finally:
        conn.close()
    return True


def unlock(path: str, passphrase: str) -> Key:
    """The key of the sealed store at ``path``; half a second. Nothing is written.

    Raises WrongPassphrase, or NotADatabase when the passphrase is right and the file is
    damaged.
    """
    return _first_that_opens(path, lambda salt: derive(passphrase, salt))


def unlock_with_code(path: str, code: str) -> Key:
    """The key of the store at ``path`` by its recovery code; Usage for what is none."""
    return _first_that_opens(path, lambda salt: from_code(code, salt))


def by_words(path: str, text: str) -> Key:
    """The key that ``text``, the passphrase or the recovery code, gives.

    Raises WrongPassphrase, MistypedCode among them, or NotADatabase where the
    file is damaged.
    """
    from plannertui.store.holding import harden

    # From here on there is a key in this process: it leaves no core file.
    harden()
    if not looks_like_code(text):
        return unlock(path, text)
    try:
        return unlock_with_code(path, text)
    except (Usage, WrongPassphrase) as error:
        kind = MistypedCode if isinstance(error, Usage) else WrongPassphrase
        try:
            return unlock(path, text)
        except WrongPassphrase:
            raise kind(error.message) from error


def _first_that_opens(path: str, make: Any) -> Key:
    path = os.path.realpath(path)
    tried = [make(salt) for salt in salts(path)[:1]]
    for key in tried:
        if opens(path, key):
            return key  # type: ignore[no-any-return]
    # The header may be damaged in its salt alone: the note has it, too, and so have the
    # copies.
    for more in (_noted, older_salts):
        for salt in more(path):
            tried.append(make(salt))
            if opens(path, tried[-1]):
                return tried[-1]  # type: ignore[no-any-return]
    raise unopened(path, *tried)


def unopened(path: str, *keys: Key) -> PlannerError:
    """Why none of ``keys`` opens the store: the wrong one, or a damaged file."""
    note = seal.read(path)
    if note is not None and any(note.check == key.check for key in keys):
        message = _(
            "The passphrase is right, but {path} is damaged. Keep the file, and see: "
            "ptui doctor"
        )
        return NotADatabase(message.format(path=path) + late("shelf").offered(path))
    message = _(
        "That does not open {path}: the passphrase is another one, or the file is "
        "damaged (ptui doctor). Nothing was changed. The recovery code opens it, too."
    )
    return WrongPassphrase(message.format(path=path))


def check_new(passphrase: str) -> None:
    """Refuse what cannot be a passphrase: nothing, or what no keyboard types again."""
    if not passphrase.strip():
        raise Usage(_("An empty passphrase protects nothing."))
    if any(ord(char) < 32 or ord(char) == 127 for char in passphrase):
        raise Usage(_("A passphrase is one line of letters, figures and signs."))


def new_key(passphrase: str) -> Key:
    """A key for ``passphrase``, whose ``code`` can be shown before it seals anything."""
    check_new(passphrase)
    return derive(passphrase, new_salt())


def seal_with(path: str, old: Key | None, new: Key) -> None:
    """Seal the store at ``path``, plain or opened by ``old``, with ``new``."""
    convert(path, old, new)


def set_passphrase(path: str, passphrase: str) -> Key:
    """Seal the plain store at ``path``; the key, whose ``code`` is to be shown once."""
    key = new_key(passphrase)
    seal_with(path, None, key)
    return key


def change(path: str, old: Key, passphrase: str) -> Key:
    """Seal the store at ``path`` anew; the old passphrase opens only old backups."""
    key = new_key(passphrase)
    seal_with(path, old, key)
    return key


def remove(path: str, old: Key) -> None:
    """Write the store at ``path`` anew without encryption."""
    convert(path, old, None)


def tend(
    db: Store, *, language: str = "", day_start: str = "", year_start: str = ""
) -> str:
    """Bring the note of an open sealed store up to date; what to tell, else "".

    A note with another public key than the store's is told: whoever put it there could
    read what was captured since.
    """
    if db.key is None or db.readonly:
        return ""
    note = seal.read(db.path)
    said = ""
    try:
        recipient = give_identity(db.conn)
        if note is not None and note.recipient not in ("", recipient):
            said = _(
                "The note {path} named another key than this store's: lines that were "
                "captured while it was locked may be read by whoever put it there. "
                "The note is mended."
            ).format(path=seal.note_path(db.path))
        fresh = Seal(
            salt=db.key.salt.hex(),
            kdf=str(NEWEST),
            check=db.key.check,
            recipient=recipient,
            language=language or (note.language if note else ""),
            day_start=day_start or (note.day_start if note else ""),
            year_start=year_start or (note.year_start if note else ""),
        )
        if note is None or note != fresh:
            seal.write(db.path, fresh)
    except driver.Error as error:
        raise explain(error, db.path) from error
    except OSError as error:
        text = _("The note {path} cannot be written: {reason}")
        said = said or text.format(
            path=seal.note_path(db.path), reason=error.strerror or error
        )
    return said
