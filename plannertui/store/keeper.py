"""The unlocked session: a process that holds the key of a store for a while.

This is the side that asks it, on the path of every reading verb; what holds the key is
``store/holding.py``. Both meet at a socket in a folder that only its owner can enter, and
whoever may connect there may have the key.
"""

from __future__ import annotations

import os

from plannertui.core.errors import Refused, StoreError
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from plannertui.store.key import Key

LONGEST = 12 * 3600
_WAIT = 1.0
_START = 10.0
# A key and its salt in hexadecimal.
_HEX = 96
_SIGTERM = 15
_TRIES = 100
_PAUSE = 0.01


def folder(env: Mapping[str, str]) -> str:
    """Where the sockets lie: in the user's runtime folder, else in the temporary one."""
    base = env.get("XDG_RUNTIME_DIR", "")
    if os.path.isabs(base) and os.path.isdir(base):
        return os.path.join(base, "plannertui")
    base = env.get("TMPDIR", "")
    return os.path.join(
        base if os.path.isabs(base) else "/tmp", f"plannertui-{os.getuid()}"
    )


def folders(env: Mapping[str, str]) -> list[str]:
    """Where a session may have been begun, the place of these surroundings first.

    Another shell, cron or a ``su`` have another runtime folder, or none.
    """
    user = os.getuid()
    found = [folder(env)]
    for each in (f"/run/user/{user}/plannertui", f"/tmp/plannertui-{user}"):
        if each not in found:
            found.append(each)
    return found


def address(path: str, env: Mapping[str, str]) -> str:
    """The socket of the session of the store at ``path``, whatever it is called there."""
    return os.path.join(folder(env), _name(path))


def _name(path: str) -> str:
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    real = os.fsencode(os.path.realpath(path))
    return blake2b(real, digest_size=8).hexdigest()


def fetch(path: str, env: Mapping[str, str]) -> Key | None:
    """The key that is held for the store at ``path``; None where there is no session."""
    said = _ask(path, env, b"key\n")
    if len(said) < _HEX:
        return None
    from plannertui.store.key import Key

    try:
        found = bytes.fromhex(said[:_HEX].decode("ascii", "replace"))
    except ValueError:
        return None
    return Key(found[:32], found[32:])


def left(path: str, env: Mapping[str, str]) -> int:
    """The seconds that the store at ``path`` stays unlocked, 0 when it is not."""
    said = _ask(path, env, b"left\n").strip()
    return int(said) if said.isdigit() else 0


def forget(path: str, env: Mapping[str, str]) -> bool:
    """End every session of the store at ``path``; whether there was one.

    Also one in a folder that nothing here tells of; ``elsewhere`` has what still lives.
    """
    ended = False
    for where in folders(env):
        ended = _ask_at(where, path, b"end\n") == b"ok\n" or ended
    for process in elsewhere(path):
        try:
            os.kill(process, _SIGTERM)
        except OSError:
            continue
        ended = True
        for _n in range(_TRIES):
            if process not in elsewhere(path):
                break
            _rest()
    return ended


def elsewhere(path: str) -> list[int]:
    """The processes of this user that hold the key of the store at ``path``, wherever.

    Told by the system's list of sockets; empty where there is no such list.
    """
    wanted = _name(path) + "."
    found = []
    try:
        with open("/proc/net/unix", encoding="utf-8", errors="replace") as lines:
            names = {line.rsplit(" ", 1)[-1].strip() for line in lines}
    except OSError:
        return []
    for name in names:
        process = name.removeprefix(wanted)
        if name.startswith(wanted) and process.isdigit() and _holds(int(process)):
            found.append(int(process))
    return found


def _holds(process: int) -> bool:
    """Whether it is one that ``keep`` began: anybody may give a socket such a name."""
    try:
        with open(f"/proc/{process}/cmdline", "rb") as words:
            return words.read(4096).rstrip(b"\0").endswith(b"/holding.py")
    except OSError:
        return False


def _rest() -> None:
    import time

    time.sleep(_PAUSE)


def keep(path: str, key: Key, seconds: int, env: Mapping[str, str]) -> None:
    """Hold ``key`` for so many seconds from now, in the session there is or a new one.

    Raises Refused for a folder that is a link, another's, or open to others, and
    StoreError where the system does not let a process hold it.
    """
    where = folder(env)
    try:
        os.mkdir(where, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise _impossible(error.strerror or str(error)) from error
    if not _private(where):
        message = _(
            "{path} is a link, belongs to another user, or is open to others: no key is "
            "held there. Take it away, or set XDG_RUNTIME_DIR to a folder of your own."
        )
        raise Refused(message.format(path=where))
    words = (key.raw + key.salt).hex().encode()
    if _ask(path, env, b"more " + words + f" {seconds}\n".encode()) == b"ok\n":
        return
    _start(path, address(path, env), words, seconds, env)


def _start(
    path: str, where: str, words: bytes, seconds: int, env: Mapping[str, str]
) -> None:
    """Start the process that holds the key, and wait until it answers."""
    import sys
    from select import select
    from subprocess import DEVNULL, PIPE, Popen

    from plannertui.store import holding

    # Its arguments and surroundings tell nothing: all comes through the pipe.
    kept = {
        name: env[name]
        for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
        if name in env
    }
    real = os.path.realpath(path)
    try:
        process = Popen(
            [sys.executable, "-I", "-S", os.path.abspath(holding.__file__)],
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd="/",
            env=kept,
            start_new_session=True,
        )
    except OSError as error:
        raise _impossible(error.strerror or str(error)) from error
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        rest = [str(seconds).encode(), os.fsencode(real), os.fsencode(where)]
        said = b""
        try:
            process.stdin.write(words + b" ".join(part.hex().encode() for part in rest))
            process.stdin.close()
            if select([process.stdout], [], [], _START)[0]:
                said = process.stdout.readline()
        except OSError:
            pass
    if said != b"ok\n":
        raise _impossible(said.decode("utf-8", "replace").strip())


def _impossible(reason: str) -> StoreError:
    message = _("The key cannot be held: {reason}. Nothing was unlocked.")
    return StoreError(message.format(reason=reason or "?"))


def _ask(path: str, env: Mapping[str, str], request: bytes) -> bytes:
    """What the session of the store at ``path`` answers; nothing where there is none."""
    for where in folders(env):
        said = _ask_at(where, path, request)
        if said:
            return said
    return b""


def _ask_at(where: str, path: str, request: bytes) -> bytes:
    """What the session in the folder ``where`` answers."""
    if not os.path.isdir(where) or not _private(where):
        return b""
    where = os.path.join(where, _name(path))
    if not os.path.exists(where):
        return b""
    from _socket import AF_UNIX, SOCK_STREAM, socket

    said = b""
    line = socket(AF_UNIX, SOCK_STREAM)
    try:
        line.settimeout(_WAIT)
        line.connect(where)
        line.send(request)
        while not said.endswith(b"\n"):
            more = line.recv(4096)
            if not more:
                return b""
            said += more
    except OSError:
        # It has just ended, or was killed and has left its socket behind.
        return b""
    finally:
        line.close()
    return said


def _private(folder: str) -> bool:
    """Whether ``folder`` is one, ours, and closed to all others."""
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    directory = status.st_mode >> 12 == 0o4
    return directory and status.st_uid == os.getuid() and not status.st_mode & 0o077
