"""The unlocked session: a process that holds a key, for a while and for its owner alone."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import Refused
from plannertui.store import holding, keeper
from plannertui.store.key import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 30.0


@pytest.fixture
def key() -> Key:
    return Key(secrets.token_bytes(32), secrets.token_bytes(16))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that a session is of; what is in it is nobody's business there."""
    path = tmp_path / "planner.db"
    path.write_bytes(secrets.token_bytes(8192))
    return path


@pytest.fixture
def env(
    tmp_path_factory: pytest.TempPathFactory, path: Path
) -> Iterator[dict[str, str]]:
    """A runtime folder of its own; no session is left when the test ends."""
    env = {"XDG_RUNTIME_DIR": str(tmp_path_factory.mktemp("run"))}
    yield env
    for where in sockets(env):
        left = listener(where)
        if left:
            os.kill(left, signal.SIGTERM)


def sockets(env: dict[str, str]) -> list[Path]:
    folder = Path(keeper.folder(env))
    return sorted(folder.iterdir()) if folder.is_dir() else []


def listener(where: Path) -> int:
    """The process behind a socket, 0 when nobody is."""
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(where))
        except OSError:
            return 0
        told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    pid: int = struct.unpack("3i", told)[0]
    return pid


def holder(env: dict[str, str]) -> int:
    (where,) = sockets(env)
    return listener(where)


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def test_it_gives_the_key_and_forgets_it(
    path: Path, key: Key, env: dict[str, str]
) -> None:
    assert keeper.fetch(str(path), env) is None
    assert not keeper.forget(str(path), env)
    keeper.keep(str(path), key, 600, env)
    assert keeper.fetch(str(path), env) == key
    assert 0 < keeper.left(str(path), env) <= 600
    process = holder(env)
    assert keeper.forget(str(path), env)
    assert keeper.fetch(str(path), env) is None
    assert sockets(env) == []
    until(lambda: not Path(f"/proc/{process}").exists())


def test_another_name_of_the_same_file_is_the_same_session(
    path: Path, key: Key, env: dict[str, str], tmp_path: Path
) -> None:
    keeper.keep(str(path), key, 600, env)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    assert keeper.fetch(str(link), env) == key
    assert keeper.fetch(str(tmp_path / "other.db"), env) is None


def test_longer_is_asked_for_with_the_key(
    path: Path, key: Key, env: dict[str, str]
) -> None:
    keeper.keep(str(path), key, 60, env)
    first = holder(env)
    keeper.keep(str(path), key, 3600, env)
    assert holder(env) == first
    assert 60 < keeper.left(str(path), env) <= 3600
    keeper.keep(str(path), key, 10**9, env)
    assert keeper.left(str(path), env) <= holding.LONGEST
    other = Key(bytes(32), key.salt)
    keeper.keep(str(path), other, 600, env)
    assert keeper.fetch(str(path), env) == other
    until(lambda: not Path(f"/proc/{first}").exists())
    assert keeper.fetch(str(path), env) == other


def test_its_time_ends(path: Path, key: Key, env: dict[str, str]) -> None:
    keeper.keep(str(path), key, 1, env)
    process = holder(env)
    until(lambda: sockets(env) == [])
    assert keeper.fetch(str(path), env) is None
    until(lambda: not Path(f"/proc/{process}").exists())


@pytest.mark.parametrize("clock", ["CLOCK_MONOTONIC", "CLOCK_REALTIME"])
def test_each_clock_ends_it(
    path: Path, clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of the wall goes on while a laptop sleeps, and the other cannot be set back."""
    page = holding.locked_page()
    held = holding.Holder(page, os.fsencode(path), b"/nowhere")
    held.extend(900)
    assert held.valid()
    ahead = getattr(time, clock)
    real = time.clock_gettime
    monkeypatch.setattr(time, "clock_gettime", lambda c: real(c) + 901 * (c == ahead))
    assert not held.valid()


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda n: n.name
)
def test_a_signal_ends_it(
    path: Path, key: Key, env: dict[str, str], number: signal.Signals
) -> None:
    keeper.keep(str(path), key, 600, env)
    process = holder(env)
    os.kill(process, number)
    until(lambda: not Path(f"/proc/{process}").exists())
    assert sockets(env) == []


def test_killed_it_leaves_nothing_that_answers(
    path: Path, key: Key, env: dict[str, str]
) -> None:
    keeper.keep(str(path), key, 600, env)
    process = holder(env)
    os.kill(process, signal.SIGKILL)
    until(lambda: not Path(f"/proc/{process}").exists())
    assert len(sockets(env)) == 1
    assert keeper.fetch(str(path), env) is None
    keeper.keep(str(path), key, 600, env)
    assert keeper.fetch(str(path), env) == key


def taken_away(path: Path, where: Path) -> None:
    where.unlink()


def another_file(path: Path, where: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


def another_key(path: Path, where: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(16))


def gone(path: Path, where: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [taken_away, another_file, another_key, gone])
def test_a_change_ends_it(
    path: Path,
    key: Key,
    env: dict[str, str],
    change: Callable[[Path, Path], None],
) -> None:
    keeper.keep(str(path), key, 600, env)
    process = holder(env)
    change(path, sockets(env)[0])
    assert keeper.fetch(str(path), env) is None
    until(lambda: not Path(f"/proc/{process}").exists())
    assert sockets(env) == []


def test_writing_to_the_store_changes_nothing(
    path: Path, key: Key, env: dict[str, str]
) -> None:
    keeper.keep(str(path), key, 600, env)
    with path.open("ab") as file:
        file.write(bytes(4096))
    assert keeper.fetch(str(path), env) == key


@pytest.mark.case(58)
def test_nothing_tells_of_the_key(path: Path, key: Key, env: dict[str, str]) -> None:
    keeper.keep(str(path), key, 600, env)
    process = holder(env)
    about = Path(f"/proc/{process}")
    words = about.joinpath("cmdline").read_bytes()
    assert key.raw.hex().encode() not in words
    assert os.fsencode(path) not in words
    status = about.joinpath("status").read_text()
    assert "VmLck:\t       0" not in status
    assert os.readlink(about / "cwd") == "/"
    assert [os.readlink(about / "fd" / each) for each in "012"] == ["/dev/null"] * 3
    environ = about.joinpath("environ").read_bytes()
    assert key.raw.hex().encode() not in environ
    assert b"XDG_RUNTIME_DIR" not in environ
    limits = about.joinpath("limits").read_text()
    (core,) = (line for line in limits.splitlines() if "core" in line)
    assert core.split()[4:6] == ["0", "0"]
    if os.getuid() == 0:
        # Its memory, as only root can see it: the key stands there once.
        assert occurrences(process, key.raw.hex().encode()) == 1
        assert occurrences(process, key.raw) == 0


def occurrences(process: int, wanted: bytes) -> int:
    count = 0
    with open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            span, modes, *_rest = line.split()
            if not modes.startswith("rw"):
                continue
            begin, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(begin)
                count += memory.read(end - begin).count(wanted)
            except OSError:
                continue
    return count


@pytest.mark.case(58)
def test_it_cannot_be_dumped(path: Path, key: Key, env: dict[str, str]) -> None:
    """What belongs to a process that may not be dumped belongs to root."""
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import os, sys; sys.path[:0] = sys.argv[1:]\n"
            "from plannertui.store import holding; import ctypes\n"
            "holding.harden(); print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))",
            str(Path(holding.__file__).parent.parent.parent),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "0\n"


def test_who_asks_badly_is_not_answered(
    path: Path, key: Key, env: dict[str, str]
) -> None:
    keeper.keep(str(path), key, 600, env)
    where = sockets(env)[0]
    for asked in (
        b"",
        b"\n",
        b"give\n",
        b"more " + b"0" * 96 + b" 900\n",
        b"more " + (key.raw + key.salt).hex().encode() + b" soon\n",
        b"x" * 5000,
        b"key",
    ):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(where))
            try:
                line.sendall(asked)
                line.shutdown(socket.SHUT_WR)
                assert line.recv(4096) == b"", asked
            except (BrokenPipeError, ConnectionResetError):
                pass
    assert keeper.fetch(str(path), env) == key


def test_its_folder_is_closed(path: Path, key: Key, env: dict[str, str]) -> None:
    mask = os.umask(0)
    try:
        keeper.keep(str(path), key, 600, env)
    finally:
        os.umask(mask)
    folder = Path(keeper.folder(env))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(sockets(env)[0].stat().st_mode) == 0o600


@pytest.mark.parametrize("wrong", ["open", "link", "file"])
def test_a_folder_that_is_not_ours_alone_is_refused(
    path: Path, key: Key, env: dict[str, str], wrong: str, tmp_path: Path
) -> None:
    folder = Path(keeper.folder(env))
    if wrong == "open":
        folder.mkdir()
        folder.chmod(0o755)
    elif wrong == "link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    else:
        folder.write_bytes(b"")
    with pytest.raises(Refused, match="held"):
        keeper.keep(str(path), key, 600, env)
    assert keeper.fetch(str(path), env) is None
    assert not any((tmp_path / "elsewhere").glob("*"))


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_refused(
    path: Path, key: Key, env: dict[str, str]
) -> None:
    folder = Path(keeper.folder(env))
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)
    with pytest.raises(Refused, match="another user"):
        keeper.keep(str(path), key, 600, env)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can be somebody else")
def test_another_user_gets_nothing(path: Path, key: Key) -> None:
    """Even where the folder would let them in."""
    with TemporaryDirectory(dir="/tmp") as folder:
        env = {"XDG_RUNTIME_DIR": folder}
        keeper.keep(str(path), key, 600, env)
        (where,) = sockets(env)
        ask = (
            "import os, socket, sys; os.setgid(65534); os.setuid(65534)\n"
            "line = socket.socket(socket.AF_UNIX); line.connect(sys.argv[1])\n"
            "said = b'let in'\n"
            "try: line.sendall(b'key\\n'); said += line.recv(4096)\n"
            "except (BrokenPipeError, ConnectionResetError): pass\n"
            "sys.stdout.buffer.write(said)"
        )
        Path(folder).chmod(0o755)
        where.parent.chmod(0o755)
        where.chmod(0o666)
        done = subprocess.run(
            [sys.executable, "-c", ask, str(where)], capture_output=True, check=False
        )
        where.parent.chmod(0o700)
        assert keeper.forget(str(path), env)
    assert done.stdout == b"let in"


def test_without_a_runtime_folder_it_is_in_the_temporary_one(
    path: Path, key: Key, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tmp")
    for env in (
        {"TMPDIR": str(folder)},
        {"TMPDIR": str(folder), "XDG_RUNTIME_DIR": "/nowhere/at/all"},
    ):
        keeper.keep(str(path), key, 600, env)
        (found,) = folder.iterdir()
        assert found.name == f"plannertui-{os.getuid()}"
        assert keeper.fetch(str(path), env) == key
        assert keeper.forget(str(path), env)
