"""Setting, changing and taking away the passphrase on the screen."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from plannertui.core.errors import (
    MistypedCode,
    PlannerError,
    StoreError,
    WrongPassphrase,
)
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import sealing
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.dialogs.passphrase import CodeDialog, LockDialog, PassphraseDialog
from plannertui.tui.dialogs.working import working

if TYPE_CHECKING:
    from plannertui.store.key import Key
    from plannertui.tui.dialogs.passphrase import Asked
    from plannertui.tui.locking import Lockable


async def ask(app: Lockable) -> None:
    """Set a passphrase, or change or take away the one there is; call it in a worker."""
    if app.planner.db.readonly:
        said = _("This planner can only be read: it has the passphrase it has.")
        app.notify(said, severity="warning")
    elif not app.sealed:
        asked = await app.push_screen_wait(_new(app, old=False))
        if asked is not None:
            await seal(app, asked.new)
    else:
        answer = await app.push_screen_wait(LockDialog())
        if answer == "change":
            await _change(app)
        elif answer == "code":
            await _code(app)
        elif answer == "remove":
            await _remove(app)


def _new(app: Lockable, *, old: bool) -> PassphraseDialog:
    reason = _(
        "It encrypts everything. Long is good: four or five words that only you would "
        "put together. There are no rules about figures and signs."
    )
    title = _("Another passphrase") if old else _("A passphrase")
    return PassphraseDialog(app.planner.frame, title, reason, old=old, new=True)


async def seal(app: Lockable, passphrase: str) -> bool:
    """Seal the plain store, once its recovery code was typed back; whether it is."""
    key = await _derived(app, passphrase)
    if not await app.push_screen_wait(CodeDialog(key)):
        app.notify(_("Nothing was changed: there is no passphrase."))
        return False
    said = _("Encrypted. Nobody reads it without the passphrase or the recovery code.")
    return await _rewrite(app, key, said)


async def _change(app: Lockable) -> None:
    asked = await app.push_screen_wait(_new(app, old=True))
    if asked is None or not await _proved(app, asked):
        return
    key = await _derived(app, asked.new)
    if not await app.push_screen_wait(CodeDialog(key)):
        app.notify(_("Nothing was changed: the passphrase is the one there was."))
        return
    said = _(
        "It has the new passphrase. Backups made before open with the old one, or with "
        "its recovery code: keep them as long as you keep those."
    )
    await _rewrite(app, key, said)


async def _code(app: Lockable) -> None:
    reason = _("The recovery code opens everything: first the passphrase.")
    asked = await app.push_screen_wait(
        PassphraseDialog(
            app.planner.frame, _("Recovery code"), reason, old=True, new=False
        )
    )
    key = app.planner.db.key
    if asked is not None and key is not None and await _proved(app, asked):
        await app.push_screen_wait(CodeDialog(key))


async def _remove(app: Lockable) -> None:
    reason = _("Everything is written anew without encryption.")
    asked = await app.push_screen_wait(
        PassphraseDialog(
            app.planner.frame, _("No passphrase"), reason, old=True, new=False
        )
    )
    if asked is None or not await _proved(app, asked):
        return
    for question in (
        _("Without encryption, whoever has the disk can read it all. Go on?"),
        _("Every entry will lie open, names and situations too. Really?"),
    ):
        if not await app.push_screen_wait(Confirm(question)):
            app.notify(_("Nothing was changed: the passphrase is the one there was."))
            return
    said = _(
        "Not encrypted any longer. The backups made until now stay encrypted: they open "
        "with the passphrase or the recovery code of their time."
    )
    await _rewrite(app, None, said)


async def _derived(app: Lockable, passphrase: str) -> Key:
    """The key of a new passphrase; half a second in a thread."""
    async with working(app, _("Making the key …")):
        return await asyncio.to_thread(sealing.new_key, passphrase)


async def _proved(app: Lockable, asked: Asked) -> bool:
    """Whether the present passphrase was typed; it is said where it was not."""
    try:
        await app.opener.key_for(app.planner.db.path, asked.old)
    except WrongPassphrase as error:
        mistyped = isinstance(error, MistypedCode)
        said = error.message if mistyped else _("That is not the passphrase.")
        app.notify(said, severity="warning", markup=False)
        await app.opener.wait()
    except PlannerError as error:
        app.notify(error.message, severity="error", markup=False)
    else:
        return True
    return False


async def _rewrite(app: Lockable, key: Key | None, said: str) -> bool:
    """Write the store anew for ``key`` and go on with it; whether that was done.

    In one go, and not in a thread: nothing may read or write it meanwhile. What lies
    about from before there was a passphrase is sealed afterwards.
    """
    planner = app.planner
    if not planner.flush_drafts():
        app.notify(
            _("A text could not be kept: nothing was changed."), severity="error"
        )
        return False
    async with working(app, _("Writing everything anew …")):
        error = _written(app, key)
    if error is not None:
        app.notify(error.message, severity="error", timeout=10, markup=False)
        return False
    _elsewhere(app, key)
    app.look_again()
    app.notify(said, timeout=10)
    if key is not None:
        await _copies(app, key)
    return True


async def _copies(app: Lockable, key: Key) -> None:
    """Seal the plain copies of the store, its backups among them; say what is not."""
    from plannertui.store import resealing

    planner = app.planner
    path, folders = planner.db.path, planner.settings.backup_dirs
    if not any(resealing.plain(path, folders)):
        return
    try:
        done, left = await asyncio.to_thread(resealing.reseal, path, key, folders)
    except (PlannerError, OSError) as error:
        app.notify(str(error), severity="warning", timeout=15, markup=False)
        return
    if done:
        text = ngettext(
            "{count} older copy that was not encrypted is sealed, too.",
            "{count} older copies that were not encrypted are sealed, too.",
            len(done),
        )
        app.notify(text.format(count=len(done)), timeout=10, markup=False)
    for name, reason in left:
        text = _("Still not encrypted: {path} ({reason})")
        said = text.format(path=name, reason=reason)
        app.notify(said, severity="warning", timeout=15, markup=False)


def _written(app: Lockable, key: Key | None) -> PlannerError | None:
    """Why the store could not be written anew; None where it was. It is open again."""
    from plannertui.store import backups
    from plannertui.store.open import open_store

    planner = app.planner
    old, path, now = planner.db.key, planner.db.path, planner.now()
    problem: PlannerError | None = None
    try:
        backups.before(planner.db, now, "key")
        if not planner.interrupt():
            raise StoreError(_("Something is still being read. Try again in a moment."))
        planner.db.close()
        if key is None and old is not None:
            sealing.remove(path, old)
        elif key is not None:
            sealing.seal_with(path, old, key)
    except PlannerError as error:
        problem = error
    # What opens it is seen from the file, whatever happened.
    opens: Any = key if problem is None else old
    planner.db = open_store(path, now=now, create=False, key=opens)
    # The years that it has not read yet would be asked of the store that is closed.
    planner.refresh_calendar()
    return problem


def _elsewhere(app: Lockable, key: Key | None) -> None:
    """Let the unlocked session and the keyring follow."""
    from plannertui.store import keeper, ring

    path = app.planner.db.path
    keeper.forget(path, os.environ)
    if app.planner.settings.keyring:
        try:
            if key is None:
                ring.drop(path)
            else:
                ring.put(path, key)
        except PlannerError as error:
            app.notify(error.message, severity="warning", timeout=10, markup=False)
