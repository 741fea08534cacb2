"""Cases 58 to 60, 63: a word that goes in everywhere is found nowhere outside the seal.

The store is sealed. The word goes in by every entrance, the program ends in every way, and
whatever is left is looked through: all files, and what the system tells of our processes.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.cli.editor import forget
from plannertui.store import sealing
from plannertui.store.open import open_store
from plannertui.store.place import file_system
from plannertui.tui.isnew import WELCOMED
from tests.terminal import PATIENCE, ROOT, Terminal

if TYPE_CHECKING:
    from plannertui.store.key import Key
    from tests.faults.harness import Tally

WORD = "Quetzalcanary"
PASSPHRASE = f"{WORD} passphrase 3"
NEEDLES = tuple(
    WORD.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
)


MOST = 1 << 24
"""No file of ours is larger than this."""


def shared() -> set[Path]:
    """What lies in the temporary folders of everybody."""
    folders = ("/tmp", "/var/tmp", "/dev/shm")
    return {path for folder in folders for path in Path(folder).glob("*")}


class Place:
    """A machine of its own: home, data, temporary and runtime folders, and the store."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.root = root
        self.now = now
        self.before = shared()
        self.folders = {
            "HOME": root / "home",
            "XDG_DATA_HOME": root / "home" / ".local" / "share",
            "XDG_CONFIG_HOME": root / "home" / ".config",
            "XDG_STATE_HOME": root / "home" / ".local" / "state",
            "XDG_CACHE_HOME": root / "home" / ".cache",
            "XDG_RUNTIME_DIR": root / "run",
            "TMPDIR": root / "tmp",
        }
        for folder in self.folders.values():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.db = root / "data" / "planner.db"
        self.db.parent.mkdir(mode=0o700)
        db = open_store(str(self.db), now=now)
        db.set_meta(WELCOMED, "1")
        db.close()
        self.key: Key = sealing.set_passphrase(str(self.db), PASSPHRASE)
        self.work = root / "work"
        self.work.mkdir()
        self.seen: set[str] = set()

    @property
    def env(self) -> dict[str, str]:
        return {
            **{name: str(folder) for name, folder in self.folders.items()},
            "PLANNERTUI_DB": str(self.db),
            "PLANNERTUI_NOW": self.now.isoformat(),
            "PYTHONPATH": str(ROOT),
            "SQLITE_TMPDIR": str(self.folders["TMPDIR"]),
        }

    def verb(
        self, *words: str, input: bytes | None = None, more: Mapping[str, str] = {}
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a verb as a process, with the passphrase from a descriptor."""
        read, write = os.pipe()
        os.write(write, PASSPHRASE.encode() + b"\n")
        os.close(write)
        try:
            return subprocess.run(
                [
                    *(sys.executable, "-m", "plannertui", *words),
                    *("--passphrase-fd", str(read)),
                ],
                input=input,
                stdin=subprocess.DEVNULL if input is None else None,
                capture_output=True,
                env={**os.environ, **self.env, **more},
                cwd=self.work,
                pass_fds=[read],
                timeout=60,
                check=False,
            )
        finally:
            os.close(read)

    def screen(self, *command: str) -> Terminal:
        """The screen on a terminal, with its passphrase typed."""
        words = command or (sys.executable, "-m", "plannertui")
        return Terminal(list(words), env=self.env, cwd=self.work)

    def texts(self) -> list[str]:
        """All texts that are in the store now."""
        db = open_store(str(self.db), now=self.now, key=self.key)
        try:
            found = [row[0] for row in db.read("SELECT text FROM entry")]
            return found + [row[0] for row in db.read("SELECT body FROM draft")]
        finally:
            db.close()

    # -- looking -----------------------------------------------------------------------

    def files(self) -> Iterator[Path]:
        """Every file of that machine, and those of everybody's temporary folders."""
        yield from (path for path in self.root.rglob("*") if path.is_file())
        for path in shared() - self.before:
            if path.is_file() and path.stat().st_size < MOST:
                yield path

    def look(self) -> list[str]:
        """Where the word is found: names and contents of files, and our processes."""
        found = []
        for path in self.files():
            self.seen.add(path.name)
            try:
                raw = path.read_bytes()
            except OSError:
                continue
            if any(needle in raw for needle in NEEDLES) or WORD in str(path):
                found.append(str(path))
        return found + self.told_by_processes()

    def told_by_processes(self) -> list[str]:
        """Command lines and surroundings of everything that was started here."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                around = (folder / "environ").read_bytes()
                if str(self.root).encode() not in around:
                    continue
                line = (folder / "cmdline").read_bytes()
                if WORD.encode() in around + line:
                    found.append(f"{folder}: {line!r}")
            except OSError:
                continue
        return found


@pytest.fixture
def place(tmp_path: Path, now: datetime) -> Place:
    return Place(tmp_path / "machine", now)


def unlock(terminal: Terminal) -> None:
    """Type the passphrase into the screen that asks for it."""
    terminal.wait_for("Locked")
    terminal.wait(terminal.settled, "a calm screen")
    terminal.type(PASSPHRASE + "\n")
    terminal.wait_for("Tonight")
    terminal.wait(terminal.settled, "a calm screen")


def begin(terminal: Terminal, text: str) -> None:
    terminal.press("r")
    terminal.wait_for("Ctrl+S")
    terminal.type(text)
    terminal.wait_for(text)


# -- the shell ---------------------------------------------------------------------------


@pytest.mark.case(58, 60)
def test_what_the_shell_takes_is_nowhere(place: Place, tally: Tally) -> None:
    """By arguments, a pipe, an import, an editor that dies; changed, found, exported."""
    document = json.dumps(
        {
            "entries": [
                {"title": f"{WORD} import", "date": "2024-09-12", "time": "09:30"}
            ]
        }
    )
    editor = place.work / "editor"
    spelled = "".join(f"\\{ord(char):03o}" for char in f"{WORD} edited")
    editor.write_text(f"#!/bin/sh\nprintf '{spelled}\\n' >> \"$1\"\nexit 3\n")
    editor.chmod(0o755)
    for words, given, more in (
        (("note", f"{WORD} argument"), None, {}),
        (("note",), f"{WORD} pipe".encode(), {}),
        (("promise", "--by", "fri"), f"{WORD} promised".encode(), {}),
        (("import", "-", "--from", "jrnl"), document.encode(), {}),
        (("edit", "J1", "--editor"), None, {"VISUAL": str(editor)}),
        (("ls",), None, {}),
        (("search", "Quetzalcanar"), None, {}),
        (("show", "J1", "--log"), None, {}),
        (("rm", "J2", "--yes"), None, {}),
        (("undo",), None, {}),
        (("doctor",), None, {}),
        (("report", "weekly"), None, {}),
        (("export", "--json"), None, {}),
    ):
        ran = place.verb(*words, input=given, more=more)
        assert ran.returncode == 0, (words, ran.stderr)
        assert PASSPHRASE.encode() not in ran.stdout + ran.stderr, words
        tally.tried()
        tally.loses(*(f"{words}: {where}" for where in place.look()))
    assert {"planner.db"} <= place.seen
    texts = "\n".join(place.texts())
    for word in ("argument", "pipe", "import", "edited"):
        assert f"{WORD} {word}" in texts


@pytest.mark.case(58, 60)
def test_what_a_verb_was_killed_over_is_nowhere(place: Place, tally: Tally) -> None:
    """Killed while it waits for its text, and while an editor has it."""
    script = place.work / "editor"
    script.write_text(
        '#!/bin/sh\necho "$1" > "$READY.part"; mv "$READY.part" "$READY"\n'
        "exec sleep 60\n"
    )
    script.chmod(0o755)
    assert place.verb("note", f"{WORD} in the editor").returncode == 0
    read, write = os.pipe()
    os.write(write, PASSPHRASE.encode() + b"\n")
    os.close(write)
    ready = place.work / "ready"
    more = {"VISUAL": str(script), "READY": str(ready)}
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "plannertui", "edit", "J1", "--editor"),
            *("--passphrase-fd", str(read)),
        ],
        env={**os.environ, **place.env, **more},
        stdin=subprocess.DEVNULL,
        pass_fds=[read],
        start_new_session=True,
    ) as process:
        os.close(read)
        until = time.monotonic() + PATIENCE
        while not ready.exists():
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        # The editor needs a file. It lies in memory, though the runtime folder of here
        # is one on the disk, and nowhere else.
        used = Path(ready.read_text().strip())
        assert WORD in used.read_text()
        assert file_system(str(used.parent.parent)) == "tmpfs"
        assert used.stat().st_mode & 0o077 == 0
        assert used.parent.stat().st_mode & 0o077 == 0
        tally.loses(*place.look())
        os.killpg(process.pid, signal.SIGKILL)
    # What nobody could take away is gone when the machine is switched off.
    forget(str(used))
    tally.tried()


# -- the screen --------------------------------------------------------------------------


@pytest.mark.case(58, 60, 61)
@pytest.mark.parametrize("end", ["quit", "kill", "SIGTERM", "suspend", "hang-up"])
def test_what_the_screen_takes_is_nowhere(place: Place, tally: Tally, end: str) -> None:
    with place.screen() as terminal:
        unlock(terminal)
        begin(terminal, f"{WORD} typed")
        terminal.wait(lambda: f"{WORD} typed" in place.texts(), "the draft")
        tally.loses(*place.look())
        if end == "quit":
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
        elif end == "suspend":
            terminal.press("escape")
            terminal.wait_gone("Ctrl+S")
            terminal.press("ctrl+z")
            terminal.wait(lambda: stopped(terminal.process.pid), "the stop")
            while terminal._pump(0.05, short=True):
                pass
            assert WORD not in terminal.text
            tally.loses(*place.look())
            terminal.kill(signal.SIGKILL)
        elif end == "hang-up":
            terminal.hang_up()
            assert terminal.wait_exit() == 129
        else:
            number = signal.SIGKILL if end == "kill" else signal.SIGTERM
            terminal.kill(number)
            assert terminal.wait_exit() == (-9 if end == "kill" else 143)
        if end in ("quit", "SIGTERM"):
            terminal.assert_restored()
            assert WORD not in terminal.text
        tally.tried()
        tally.loses(*place.look())
    assert any(f"{WORD} typed" in text for text in place.texts())


def stopped(pid: int) -> bool:
    about = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return about[0] == "T"


CRASH = """
import sys
from plannertui.tui import commands

def broken(*args, **kwargs):
    secret = "Quetzal" + "canary in a local"
    raise ValueError("about " + secret)

commands.all_of = broken
from plannertui.cli.main import main
sys.exit(main([]))
"""


@pytest.mark.case(58, 59, 60)
def test_what_a_fault_of_the_program_leaves(place: Place, tally: Tally) -> None:
    """One line, no text, no core file; the draft is in the store."""
    with place.screen(sys.executable, "-c", CRASH) as terminal:
        unlock(terminal)
        begin(terminal, f"{WORD} typed")
        terminal.press("ctrl+p")
        assert terminal.wait_exit() == 1
        terminal.assert_restored()
        assert WORD not in terminal.text
        assert len(terminal.text.strip().splitlines()) == 1
        assert "in a local" not in terminal.sent
        tally.tried()
        tally.loses(*place.look())
    assert f"{WORD} typed" in place.texts()


VERB_CRASH = """
import sys
from plannertui.store import capture

def broken(*args, **kwargs):
    secret = "Quetzal" + "canary in a local"
    raise ValueError("about " + secret)

capture._file = broken
from plannertui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.case(59)
@pytest.mark.parametrize("json", [(), ("--json",)])
def test_a_fault_in_a_verb_tells_nobodys_text(
    tmp_path: Path, now: datetime, json: tuple[str, ...]
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", VERB_CRASH, "note", *json],
        input=b"what was typed",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PLANNERTUI_DB": str(tmp_path / "planner.db"),
            "PLANNERTUI_NOW": now.isoformat(),
        },
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1
    assert b"ValueError" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"canary" not in ran.stderr + ran.stdout


# -- cores -------------------------------------------------------------------------------


def dumped(process: subprocess.Popen[bytes], number: int) -> bool:
    """Whether the system wrote a core file when ``process`` was ended by a signal."""
    os.kill(process.pid, number)
    _pid, status = os.waitpid(process.pid, 0)
    process.returncode = -os.WTERMSIG(status)
    return os.WCOREDUMP(status)


def unlimited() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


@pytest.mark.case(58)
def test_the_screen_leaves_no_core(place: Place) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        with place.screen() as terminal:
            unlock(terminal)
            begin(terminal, f"{WORD} typed")
            limits = Path(f"/proc/{terminal.process.pid}/limits").read_text()
            assert "Max core file size        0 " in limits
            assert not dumped(terminal.process, signal.SIGABRT)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    assert place.look() == []


HARDENED = """
import ctypes, resource
from plannertui.store.holding import harden
harden()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.case(58)
@pytest.mark.skipif(sys.platform != "linux", reason="a call of Linux")
def test_nobody_else_looks_into_a_process_with_a_key() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", HARDENED],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert ran.stdout.split(b" ", 1) == [b"0", b"(0, 0)\n"]


# -- the tools of the toolkit ------------------------------------------------------------


@pytest.mark.case(63)
def test_tools_of_the_toolkit_are_off(place: Place, tally: Tally) -> None:
    """Screenshots, logs of every key, and a console elsewhere, all by the environment."""
    shots = place.work / "shots"
    shots.mkdir()
    env = {
        **place.env,
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_LOG": str(place.work / "log"),
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(shots),
        "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
        "TEXTUAL_PRESS": "q",
    }
    command = [sys.executable, "-m", "plannertui"]
    with Terminal(command, env=env, cwd=place.work) as terminal:
        unlock(terminal)
        begin(terminal, f"{WORD} typed")
        terminal.wait(lambda: f"{WORD} typed" in place.texts(), "the draft")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
    assert list(shots.iterdir()) == []
    assert [path.name for path in place.work.iterdir()] == ["shots"]
    tally.tried()
    tally.loses(*place.look())


@pytest.mark.case(63)
def test_no_command_takes_a_picture_of_the_screen() -> None:
    from plannertui.tui.app import PlannerApp

    assert not PlannerApp.ENABLE_COMMAND_PALETTE
    bound = {binding[1].action for binding in PlannerApp._merged_bindings or ()}
    assert not any("screenshot" in action for action in bound)
