"""Finding the key that belongs to what somebody typed, without hurry for the wrong one."""

from __future__ import annotations

import asyncio

from plannertui.core.errors import WrongPassphrase
from plannertui.store import sealing
from plannertui.store.key import Key

STEP = 1.0
"""Seconds that each wrong passphrase adds to the wait after it."""
LONGEST = 5.0


class Opener:
    """Tries what was typed in a thread, and waits longer after each wrong one."""

    def __init__(self) -> None:
        self._wrong = 0

    async def key_for(self, path: str, text: str) -> Key:
        """The key of the store at ``path``; WrongPassphrase and others as ``by_words``."""
        try:
            key = await asyncio.to_thread(sealing.by_words, path, text)
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
