"""Runs the command for a test: in this process, or as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from unittest import mock

from plannertui import i18n
from plannertui.cli import asking
from plannertui.cli import main as entry

# What the interpreter itself, or a program started by the command, goes by.
OF_A_PROCESS = ("TZ", "EDITOR", "VISUAL", "LC_ALL", "LC_CTYPE", "PATH", "HOME")


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of the command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as one JSON document."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error that ``--json`` writes to stderr."""
        return json.loads(self.err)["error"]


class Ptui(Protocol):
    """Runs the command; ``env`` overrides, and None takes a variable away."""

    def __call__(
        self,
        *args: str | bytes,
        input: str | bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        timeout: float = 60,
        process: bool = False,
    ) -> Ran: ...


def needs_process(env: Mapping[str, str | None]) -> bool:
    """Whether these surroundings reach further than the program's own code."""
    return any(name in OF_A_PROCESS or name.startswith("PYTHON") for name in env)


def run_apart(
    args: Sequence[str | bytes],
    given: bytes | None,
    env: Mapping[str, str],
    cwd: Path,
    timeout: float,
) -> Ran:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "plannertui", *args],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        env=dict(env),
        cwd=cwd,
        timeout=timeout,
        check=False,
        # Without the terminal that the tests may have been started on.
        start_new_session=True,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_here(
    args: Sequence[str | bytes],
    given: bytes | None,
    env: Mapping[str, str],
    cwd: Path,
) -> Ran:
    """Run the command in this process, with streams and surroundings of its own."""
    streams = [
        io.TextIOWrapper(io.BytesIO(raw), "utf-8", errors, write_through=True)
        for raw, errors in (
            (given or b"", "surrogateescape"),
            (b"", "surrogateescape"),
            (b"", "backslashreplace"),
        )
    ]
    words = [os.fsdecode(arg) for arg in args]
    language, before = i18n.language(), Path.cwd()
    i18n.use("en")
    os.chdir(cwd)
    try:
        with (
            mock.patch.dict(os.environ, env, clear=True),
            mock.patch("sys.stdin", streams[0]),
            mock.patch("sys.stdout", streams[1]),
            mock.patch("sys.stderr", streams[2]),
            # It would close the file descriptors of the test run.
            mock.patch.object(entry, "forget", _no_forgetting),
            # Nobody sits at a terminal, whoever started the tests.
            mock.patch.object(asking, "TERMINAL", os.devnull),
        ):
            code = entry.main(words)
    finally:
        os.chdir(before)
        i18n.use(language)
    out, err = (_written(stream) for stream in streams[1:])
    return Ran(code, out, err)


def _no_forgetting(number: int) -> None:
    raise AssertionError(f"stream {number} was given up: this needs a process")


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
