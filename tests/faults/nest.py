"""A process that forks one child per deed, so that hundreds of deaths cost little.

Run as a program it reads commands from its input, one JSON document a line, and gives
each to a child of its own: a deed of ``tests.faults.deeds`` on a store. What the child
says comes out as JSON, one document a line, and at last how it ended. ``Nest`` is the other
side. With the shim (``shim.c``) loaded, a call of the C library that changes files can be
made to fail, or to be the last.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
"""Seconds to wait for what must come; nothing is judged by how long it took."""

Mode = Literal["nothing", "fail", "full", "kill", "torn", "short", "power"]
MODES = get_args(Mode)
WRITE, SYNC, OPEN, NAME, READ = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class Fault:
    """The ``at``-th call that changes files under the store's folder goes wrong.

    ``calls`` says which ones count; ``again`` makes all later ones go wrong, too.
    """

    mode: Mode
    at: int
    again: bool = False
    calls: int = WRITE | SYNC | OPEN | NAME
    seed: int = 0


@dataclass(slots=True)
class Ended:
    """How a deed ended: what it said, its error in words, how often a call went wrong.

    ``status`` is the exit code, or the negative number of the signal. ``fault`` is an
    error that nobody foresaw.
    """

    status: int
    said: list[Any] = field(default_factory=list)
    error: str = ""
    message: str = ""
    fault: str = ""
    calls: int = 0
    hits: int = 0

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL

    @property
    def struck(self) -> bool:
        """Whether the fault happened at all."""
        return self.killed or self.hits > 0


class Nest:
    """Runs deeds, each in a process of its own; ``shim`` is the library, or None."""

    def __init__(self, aside: Path, shim: Path | None = None) -> None:
        self._aside = aside
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        if shim is not None:
            env["LD_PRELOAD"] = str(shim)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nest"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
            cwd=ROOT,
        )
        self._buffer = b""
        assert self._line() == {"ready": True}

    def start(
        self,
        deed: str,
        path: Path,
        *,
        fault: Fault | None = None,
        size: int | None = None,
        **about: Any,
    ) -> int:
        """Begin ``deed`` on the store at ``path`` and give the number of its process.

        ``size`` limits every file that it writes to so many bytes.
        """
        armed = None
        if fault is not None:
            shutil.rmtree(self._aside, ignore_errors=True)
            self._aside.mkdir()
            armed = [
                *(str(path.parent), str(self._aside), fault.at),
                *(MODES.index(fault.mode), int(fault.again), fault.calls, fault.seed),
            ]
        command: dict[str, Any] = {"deed": deed, "path": str(path), "about": about}
        command |= {"armed": armed, "size": size}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")
        self._process.stdin.flush()
        number: int = self._line()["child"]
        return number

    def run(self, deed: str, path: Path, **options: Any) -> Ended:
        """Do ``deed`` to its end, whatever that is."""
        self.start(deed, path, **options)
        return self.finish()

    def said(self, seconds: float = PATIENCE, count: int = sys.maxsize) -> list[Any]:
        """What the deed says within so many seconds, until it has said ``count``."""
        found: list[Any] = []
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and len(found) < count:
            if b"\n" not in self._buffer and not self._more(left):
                break
            if b'{"ended"' in self._buffer:
                break
            while b"\n" in self._buffer:
                found.append(self._line()["said"])
        return found

    def finish(self) -> Ended:
        """Wait for the end of the deed."""
        ended = Ended(0)
        while "ended" not in (line := self._line()):
            if "said" in line:
                ended.said.append(line["said"])
            else:
                for name, value in line.items():
                    setattr(ended, name, value)
        ended.status = os.waitstatus_to_exitcode(line["ended"])
        return ended

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()

    def _more(self, seconds: float) -> bool:
        assert self._process.stdout is not None
        fd = self._process.stdout.fileno()
        if not select.select([fd], [], [], seconds)[0]:
            return False
        piece = os.read(fd, 65536)
        assert piece, f"the nest ended: {self._process.poll()}"
        self._buffer += piece
        return True

    def _line(self) -> Any:
        while b"\n" not in self._buffer:
            assert self._more(PATIENCE), "nothing came"
        line, _end, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line)


# -- the program -----------------------------------------------------------------------


def _say(**line: Any) -> None:
    os.write(1, json.dumps(line).encode() + b"\n")


def _child(command: dict[str, Any]) -> None:
    """One deed; ends the process."""
    from plannertui.core.errors import PlannerError
    from tests.faults.deeds import DEEDS

    library = None
    if command["armed"]:
        library = ctypes.CDLL(None)
        folder, aside, at, mode, again, calls, seed = command["armed"]
        library.shim_arm(
            *(os.fsencode(folder), os.fsencode(aside), ctypes.c_long(at)),
            *(mode, again, calls, ctypes.c_ulong(seed)),
        )
    if command["size"] is not None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (command["size"], hard))
    code = 0
    try:
        DEEDS[command["deed"]](
            command["path"], lambda said: _say(said=said), **command["about"]
        )
    except PlannerError as error:
        _say(error=type(error).__name__, message=error.message)
        code = 1
    except BaseException as error:
        import traceback

        _say(fault="".join(traceback.format_exception(error)))
        code = 99
    if library is not None:
        _say(calls=int(library.shim_seen()), hits=int(library.shim_hits()))
    os._exit(code)


def main() -> None:
    """Read commands until there are no more; one child at a time."""
    import tests.faults.deeds  # so that no child has to

    assert tests.faults.deeds.DEEDS
    _say(ready=True)
    for line in sys.stdin:
        command = json.loads(line)
        child = os.fork()
        if not child:
            # Not before the number is out: the order of the lines is what is relied on.
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
            signal.sigwait([signal.SIGUSR1])
            _child(command)
        _say(child=child)
        os.kill(child, signal.SIGUSR1)
        _pid, status = os.waitpid(child, 0)
        _say(ended=status)


if __name__ == "__main__":
    # Blocked before any child is made, so that none is missed.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    main()
