"""Finding the key that belongs to what somebody typed, without hurry for the wrong one."""

from __future__ import annotations

import asyncio

from plannertui.core.errors import Usage, WrongPassphrase
from plannertui.store import sealing
from plannertui.store.key import Key, looks_like_code

STEP = 1.0
"""Seconds that each wrong passphrase adds to the wait after it."""
LONGEST = 5.0


def open_with(path: str, text: str) -> Key:
    """The key that ``text``, a passphrase or the recovery code, gives; half a second.

    Raises WrongPassphrase, Usage for a mistyped code, NotADatabase for a damaged file.
    """
    problem: Usage | None = None
    if looks_like_code(text):
        try:
            return sealing.unlock_with_code(path, text)
        except Usage as error:
            problem = error
        except WrongPassphrase:
            pass
    try:
        return sealing.unlock(path, text)
    except WrongPassphrase:
        if problem is not None:
            raise problem from None
        raise


class Opener:
    """Tries what was typed in a thread, and waits longer after each wrong one."""

    def __init__(self) -> None:
        self._wrong = 0

    async def key_for(self, path: str, text: str) -> Key:
        """The key of the store at ``path``; WrongPassphrase and others as ``open_with``."""
        try:
            key = await asyncio.to_thread(open_with, path, text)
        except WrongPassphrase:
            self._wrong += 1
            raise
        self._wrong = 0
        return key

    async def wait(self) -> None:
        """Rest after a wrong one: not at all after the first, 5 seconds at the most."""
        seconds = min(LONGEST, STEP * max(0, self._wrong - 1))
        if seconds:
            await asyncio.sleep(seconds)
