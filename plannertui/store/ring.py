"""The key in the system's keyring, for those who asked for that: a convenience.

It is never the only copy, nothing is mended or deleted there unasked, and whatever goes
wrong is one line to be told, after which the passphrase is asked for as always. Only the
keyrings of the systems themselves are used: others keep what they get in a plain file, or
not at all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from plannertui.core.errors import StoreError
from plannertui.i18n import gettext as _
from plannertui.store import sealing
from plannertui.store.key import RAW, Key

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "plannertui"
ALLOWED = {
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
}
SECONDS = 3.0
"""How long it may take: a locked keyring may wait for a dialog that nobody sees."""


class Unusable(Exception):
    """Why the keyring is of no use just now, in words."""


def fetch(path: str) -> Key | str:
    """The key that the keyring has for the store at ``path``, or why there is none.

    Whether it opens the store is for the caller to see.
    """
    name = os.path.realpath(path)
    try:
        text = _timed(lambda: _backend().get_password(SERVICE, name))
    except Unusable as error:
        return str(error)
    if text is None:
        return _("The keyring has no key for {path}.").format(path=name)
    salts = sealing.salts(name)
    try:
        raw = bytes.fromhex(text)
    except (ValueError, TypeError):
        return wrong(path)
    if len(raw) != RAW or not salts:
        return wrong(path)
    return Key(raw, salts[0])


def wrong(path: str) -> str:
    """What is said when the keyring has something else than the store's key."""
    text = _(
        "What the keyring has does not open {path}; it was left as it is. To put the "
        "right key there: ptui lock keyring on"
    )
    return text.format(path=os.path.realpath(path))


def put(path: str, key: Key) -> None:
    """Keep ``key`` in the keyring and read it back; StoreError says why it is not there."""
    name, text = os.path.realpath(path), key.raw.hex()

    def keep() -> bool:
        ring = _backend()
        ring.set_password(SERVICE, name, text)
        return bool(ring.get_password(SERVICE, name) == text)

    try:
        kept = _timed(keep)
    except Unusable as error:
        raise StoreError(str(error)) from error
    if not kept:
        message = _(
            "The keyring took the key, but does not give it back: it is not used."
        )
        raise StoreError(message)


def drop(path: str) -> str:
    """Take the key of the store at ``path`` out of the keyring; why it is not out, or ""."""
    name = os.path.realpath(path)

    def take() -> None:
        ring = _backend()
        if ring.get_password(SERVICE, name) is not None:
            ring.delete_password(SERVICE, name)

    try:
        _timed(take)
    except Unusable as error:
        return str(error)
    return ""


def _backend() -> Any:
    """The keyring of the system, of those that one may trust; Unusable without one."""
    try:
        import keyring
    except ImportError as error:
        message = _(
            "The package keyring is not installed: pip install 'plannertui[keyring]'"
        )
        raise Unusable(message) from error
    found = keyring.get_keyring()
    # Several at once: the first of them that is one of those.
    for each in getattr(found, "backends", None) or [found]:
        if type(each).__module__ in ALLOWED:
            return each
    message = _("There is no keyring of the system here ({name}): it is not used.")
    raise Unusable(message.format(name=type(found).__module__))


def _timed(call: Callable[[], Any]) -> Any:
    """What ``call`` gives; Unusable where it fails, or takes too long."""
    from threading import Thread

    given: list[Any] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            given.append(call())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if given:
        return given[0]
    if failed and isinstance(failed[0], Unusable):
        raise failed[0]
    if failed:
        # The words of others may hold what they were given: the kind alone is told.
        message = _("The keyring failed ({reason}).")
        raise Unusable(message.format(reason=type(failed[0]).__name__))
    raise Unusable(_("The keyring does not answer; perhaps it is locked."))
