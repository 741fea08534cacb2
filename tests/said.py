"""The command in this process: what it prints, without what a process costs."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unittest import mock

from plannertui import i18n
from plannertui.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


class Shell:
    """Runs command lines on the store at ``path``, at ``now``, an ISO stamp."""

    def __init__(self, path: Path | str, now: str, **env: str) -> None:
        self.path = str(path)
        self.now = now
        self.env = env

    def __call__(self, *words: str, now: str = "") -> Said:
        """Give one command line."""
        out, err = _stream(), _stream()
        surroundings = {
            "PLANNERTUI_DB": self.path,
            "PLANNERTUI_CONFIG": self.path + ".none",
            "PLANNERTUI_NOW": now or self.now,
            **self.env,
        }
        before = i18n.language()
        try:
            with (
                mock.patch.dict(os.environ, surroundings),
                mock.patch("sys.stdin", None),
                mock.patch("sys.stdout", out),
                mock.patch("sys.stderr", err),
            ):
                code = main(list(words))
        finally:
            i18n.use(before)
        return Said(code, _read(out), _read(err))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()
