"""The process that holds the key of one store for a while, and then forgets it.

A program of its own, run as ``python -I -S holding.py`` by ``store/keeper.py``, with the
standard library alone. What it is to hold comes through its standard input. The key stands
in one locked page that no core file, no child and no swap space ever gets, is given out
straight from there, and never becomes an object of the interpreter.

It ends when its time is over (also that of a clock on the wall, so that the sleep of a
laptop counts), when it is told to, at SIGTERM, SIGHUP or SIGINT, when its socket is gone,
and when the file of the store is another one or has another key.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import select
import signal
import socket
import struct
import sys
import time

KEY = 96
"""A key of 32 bytes and a salt of 16, in hexadecimal."""
LONGEST = 12 * 3600
_ROOM = mmap.PAGESIZE
_REQUEST = 1024
_END = ord("\n")
_TICK = 1.0
_SLOW = 0.5
_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core file, and no look into this process by others of the same user."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def locked_page() -> mmap.mmap:
    """A page that is never written to the disk; OSError where that is not to be had."""
    page = mmap.mmap(-1, _ROOM)
    anchor = ctypes.c_char.from_buffer(page)
    library = ctypes.CDLL(None, use_errno=True)
    failed = library.mlock(
        ctypes.c_void_p(ctypes.addressof(anchor)), ctypes.c_size_t(_ROOM)
    )
    del anchor
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, "mlock: " + os.strerror(number))
    for advice in ("MADV_DONTDUMP", "MADV_DONTFORK"):
        if hasattr(mmap, advice):
            page.madvise(getattr(mmap, advice))
    return page


class Holder:
    """The key in its page, and for how long it is held; ``seconds`` from now."""

    def __init__(self, page: mmap.mmap, path: bytes, where: bytes) -> None:
        self.page = page
        self.view = memoryview(page)
        self.path = path
        self.where = where
        self.ends: list[tuple[int, float]] = []
        self.file = self._file()
        self.socket: tuple[int, int] | None = None

    def extend(self, seconds: int) -> None:
        """Hold it for so many seconds from now, by every clock there is."""
        clocks = [time.CLOCK_MONOTONIC, time.CLOCK_REALTIME]
        if hasattr(time, "CLOCK_BOOTTIME"):
            clocks.append(time.CLOCK_BOOTTIME)
        seconds = min(seconds, LONGEST)
        self.ends = [(clock, time.clock_gettime(clock) + seconds) for clock in clocks]

    def left(self) -> float:
        """The seconds until it is forgotten."""
        return min(end - time.clock_gettime(clock) for clock, end in self.ends)

    def valid(self) -> bool:
        """Whether the store and the socket are still those that they were."""
        if self.left() <= 0 or self._file() != self.file:
            return False
        return self.socket is None or self.socket == _identity(self.where)

    def _file(self) -> tuple[object, ...] | None:
        """What tells the file of the store from another, and its key from a new one."""
        try:
            with open(self.path, "rb", buffering=0) as file:
                status = os.fstat(file.fileno())
                return status.st_dev, status.st_ino, file.read(16)
        except OSError:
            return None

    def wipe(self) -> None:
        """Forget the key."""
        self.view[:] = bytes(len(self.view))

    def listen(self) -> socket.socket:
        """Open the socket under its name, in place of one that was left behind."""
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        part = self.where + b".%d" % os.getpid()
        os.umask(0o177)
        # The name of a socket may only be a hundred characters long: from inside, then.
        os.chdir(os.path.dirname(part))
        line.bind(os.path.basename(part))
        os.chdir("/")
        line.listen(8)
        self.socket = _identity(part)
        os.rename(part, self.where)
        return line

    def close(self) -> None:
        """Take the socket away, unless another session has its name by now."""
        if self.socket is not None and self.socket == _identity(self.where):
            os.unlink(self.where)

    def serve(self, line: socket.socket) -> bool:
        """Answer one request; False when it was the one to end."""
        line.settimeout(_SLOW)
        if not _is_ours(line):
            return True
        request = self.view[KEY : KEY + _REQUEST]
        size = 0
        try:
            while size < _REQUEST and not (size and request[size - 1] == _END):
                got = line.recv_into(request[size:])
                if not got:
                    return True
                size += got
            return self._answer(line, request[:size])
        except (OSError, ValueError):
            return True
        finally:
            request[:] = bytes(len(request))

    def _answer(self, line: socket.socket, request: memoryview) -> bool:
        if not self.valid():
            return False
        asked = bytes(request[:5])
        if asked == b"key\n":
            line.sendall(self.view[:KEY])
            line.sendall(b"\n")
        elif asked == b"left\n":
            line.sendall(b"%d\n" % max(self.left(), 1))
        elif asked == b"end\n":
            self.wipe()
            self.close()
            line.sendall(b"ok\n")
            return False
        elif asked == b"more " and request[5 : 5 + KEY] == self.view[:KEY]:
            # Whoever asks for longer has shown that they know the passphrase.
            self.extend(int(bytes(request[5 + KEY :])))
            line.sendall(b"ok\n")
        return True


def _identity(path: bytes) -> tuple[int, int] | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_ours(line: socket.socket) -> bool:
    """Whether the other side is of the same user, where the system tells that."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    size = struct.calcsize("3i")
    told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    uid: int = struct.unpack("3i", told)[1]
    return uid == os.getuid()


def hold(holder: Holder) -> None:
    """Answer until it is time to forget."""
    with holder.listen() as line:
        out = os.dup(1)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        os.write(out, b"ok\n")
        os.close(out)
        while holder.valid():
            wait = max(min(holder.left(), _TICK), 0)
            if not select.select([line], [], [], wait)[0]:
                continue
            other, _address = line.accept()
            with other:
                if not holder.serve(other):
                    return


def _read(page: mmap.mmap) -> list[bytes]:
    """Read the key into its page; the rest of what was sent, which is no secret."""
    view = memoryview(page)[:KEY]
    size = 0
    while size < KEY:
        got = os.readv(0, [view[size:]])
        if not got:
            raise OSError(5, "no key was given")
        size += got
    rest = b""
    while more := os.read(0, 65536):
        rest += more
    return [bytes.fromhex(part.decode()) for part in rest.split(b" ")]


def _ended(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def main() -> None:
    """Become a process of nobody's, take the key, and hold it."""
    if os.fork():
        os._exit(0)
    holder = None
    try:
        harden()
        page = locked_page()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, _ended)
        seconds, path, where = _read(page)
        holder = Holder(page, path, where)
        holder.extend(int(seconds))
        hold(holder)
    except OSError as error:
        os.write(1, (error.strerror or str(error)).encode() + b"\n")
    finally:
        if holder is not None:
            holder.wipe()
            holder.close()
        os._exit(0)


if __name__ == "__main__":
    main()
