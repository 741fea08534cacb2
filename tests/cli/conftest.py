"""A planner with two people and three goals, and a terminal to run the command on."""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fcntl import ioctl
from pathlib import Path

import pytest

from plannertui.core.goals import Measure
from plannertui.store import goals, people
from plannertui.store.open import Store

ROOT = Path(__file__).parent.parent.parent
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


@pytest.fixture
def planned(store: Store, now: datetime) -> Store:
    """The store that ``ptui`` runs on: L1 director, P1 finance, G1, G2 with G2.1, G3."""
    people.add(store, alias="Director", now=now)
    people.add(store, alias="Finance", relation="peer", now=now)
    measure = Measure("open cases", "cases", 412, 100, 200, "down")
    goals.add(
        store,
        year=2024,
        title="Cut the backlog",
        start=FIRST,
        due=LAST,
        now=now,
        measure=measure,
    )
    forms = goals.add(
        store, year=2024, title="One form", start=FIRST, due=LAST, now=now
    )
    forms = goals.add_milestone(store, forms, "Draft agreed", date(2024, 9, 18), now)
    goals.add_milestone(store, forms, "Online", date(2024, 11, 1), now)
    goals.add(store, year=2024, title="[/b]", start=FIRST, due=LAST, now=now)
    return store


@dataclass(frozen=True, slots=True)
class Shown:
    """What a run on a terminal left: its exit code and every byte the terminal got."""

    code: int
    raw: bytes

    @property
    def text(self) -> str:
        """The bytes as text with plain line ends."""
        return self.raw.decode().replace("\r\n", "\n")

    @property
    def lines(self) -> list[str]:
        """The lines shown."""
        return self.text.rstrip("\n").split("\n")


OnTerminal = Callable[..., Shown]


@pytest.fixture
def terminal(tmp_path: Path, now: datetime) -> OnTerminal:
    """Runs the command on a terminal of ``columns``; types ``keys`` once it shows ``after`` last."""

    def run(
        *args: str,
        keys: str = "",
        after: str = " ",
        columns: int = 80,
        env: dict[str, str] | None = None,
        then: Sequence[tuple[str, str]] = (),
    ) -> Shown:
        waiting = [(after, keys)] if keys else []
        waiting += then
        master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "plannertui", *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=tmp_path,
            start_new_session=True,
            # Its own terminal, so that Ctrl-C reaches it.
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PLANNERTUI_DB": str(tmp_path / "planner.db"),
                "PLANNERTUI_NOW": now.isoformat(),
                **(env or {}),
            },
        )
        os.close(slave)
        raw = b""
        end = time.monotonic() + 60
        try:
            while time.monotonic() < end:
                if select.select([master], [], [], 0.1)[0]:
                    try:
                        got = os.read(master, 65536)
                    except OSError:
                        break
                    if not got:
                        break
                    raw += got
                    if waiting and raw.endswith(waiting[0][0].encode()):
                        os.write(master, waiting.pop(0)[1].encode())
        finally:
            os.close(master)
            if process.poll() is None:
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        return Shown(process.returncode, raw)

    return run
