"""The streams at the end: a reader or a terminal that is gone changes no exit code."""

from __future__ import annotations

import os
import sys


def leave(code: int) -> None:
    """End the process at once: the store is closed, and nothing is left to tidy up."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            pass
    os._exit(code)


def let_go() -> None:
    """Write out what the streams hold, and forget what nobody can take."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            forget(number)


def forget(number: int) -> None:
    """Send what the stream with this file number still holds nowhere."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
    except OSError:
        pass
