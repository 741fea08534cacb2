"""Taking what lies in a log or a rollback journal into the file itself, without its key.

SQLite does it when it opens a store; one that nobody can open must be whole without the
files beside it, too, before they are taken away. Pages are carried as they are, sealed or
damaged. Each step may be cut off and done again: until the end the files beside it tell
the same. The caller has the store for itself.
"""

from __future__ import annotations

import os
import sys
from array import array

from plannertui.store import copying, logs
from plannertui.store.seal import sync_folder

_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_HEAD = 28
_FIRST = 4096
_UNKNOWN = 0xFFFFFFFF


def settle(path: str, file: int) -> None:
    """Bring the store at ``path``, open for writing as ``file``, up to its last commit.

    Afterwards no file beside it says anything that it does not say itself. OSError.
    """
    _roll_back(path + "-journal", file)
    _copy(path, file)
    os.fsync(file)
    for side in ("-journal", "-wal", "-shm"):
        copying.step("settle")
        try:
            os.unlink(path + side)
        except FileNotFoundError:
            pass
        sync_folder(path)


def close_off(file: int) -> None:
    """Nobody who waited to open the replaced ``file`` takes it for the store.

    They would write a log under the store's name. A file that has another name stays.
    """
    status = os.fstat(file)
    if not status.st_nlink:
        _write(file, bytes(min(_FIRST, status.st_size)), 0)


# -- the log of a store that several use ------------------------------------------------


def _copy(path: str, file: int) -> None:
    """Write the pages of the log's commits into the file, as a checkpoint would."""
    seen = logs.look(path)
    try:
        log = os.open(path + "-wal", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        pages, size, found = _committed(log)
        length = int.from_bytes(os.pread(log, 4, 8), "big")
        lost = seen is not None and seen.last_commit > found
        copied = 0 if seen is None else seen.copied
        if copied > found or (lost and _is_ahead(log, file, found, length)):
            # The file has later pages than what is left of a damaged log.
            return
        if not pages:
            return
        for number, at in sorted(pages.items()):
            if number <= size:
                copying.step("page")
                _write(file, os.pread(log, length, at), (number - 1) * length)
        os.ftruncate(file, size * length)
    finally:
        os.close(log)


def _committed(log: int) -> tuple[dict[int, int], int, int]:
    """Where in the log the last state of each page lies, by its number, how many pages
    the store has then, and how many frames that took.
    """
    head = os.pread(log, logs.HEADER, 0)
    order = logs.MAGICS.get(int.from_bytes(head[:4], "big"))
    length = int.from_bytes(head[8:12], "big")
    if len(head) < logs.HEADER or order is None or not 512 <= length <= 65536:
        return {}, 0, 0
    sums = _sums(head[:24], order, (0, 0))
    if head[24:32] != _bytes(sums):
        return {}, 0, 0
    pages: dict[int, int] = {}
    begun: dict[int, int] = {}
    size, found, number, at = 0, 0, 0, logs.HEADER
    while True:
        frame = os.pread(log, logs.FRAME + length, at)
        if len(frame) < logs.FRAME + length or frame[8:16] != head[16:24]:
            break
        sums = _sums(frame[:8], order, sums)
        sums = _sums(frame[logs.FRAME :], order, sums)
        page = int.from_bytes(frame[:4], "big")
        if frame[16:24] != _bytes(sums) or not page:
            break
        number += 1
        begun[page] = at + logs.FRAME
        after = int.from_bytes(frame[4:8], "big")
        if after:
            pages.update(begun)
            begun, size, found = {}, after, number
        at += logs.FRAME + length
    return pages, size, found


def _sums(data: bytes, order: str, start: tuple[int, int]) -> tuple[int, int]:
    """The checksum of a log after ``data``, which goes on from ``start``."""
    words = array("I", data)
    if order != sys.byteorder:
        words.byteswap()
    first, second = start
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def _bytes(sums: tuple[int, int]) -> bytes:
    return sums[0].to_bytes(4, "big") + sums[1].to_bytes(4, "big")


def _is_ahead(log: int, file: int, found: int, length: int) -> bool:
    """Whether the file has pages of the log from behind its damage already."""
    salts = os.pread(log, 8, 16)
    at = logs.HEADER + found * (logs.FRAME + length)
    while len(frame := os.pread(log, logs.FRAME + length, at)) == logs.FRAME + length:
        number = int.from_bytes(frame[:4], "big")
        if frame[8:16] == salts and number:
            there = os.pread(file, length, (number - 1) * length)
            if there == frame[logs.FRAME :]:
                return True
        at += logs.FRAME + length
    return False


# -- the journal of a store on a network drive ------------------------------------------


def _roll_back(path: str, file: int) -> None:
    """Put the pages back that a change which was cut off had begun to overwrite."""
    try:
        journal = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        _play(journal, file)
    finally:
        os.close(journal)


def _play(journal: int, file: int) -> None:
    end, at, first = os.fstat(journal).st_size, 0, True
    sector = length = size = 0
    while at + _HEAD <= end:
        head = os.pread(journal, _HEAD, at)
        if head[:8] != _JOURNAL:
            return
        count, nonce, pages, *sizes = (
            int.from_bytes(head[start : start + 4], "big") for start in range(8, 28, 4)
        )
        if first:
            size, (sector, length) = pages, sizes
            if not 32 <= sector <= 65536 or not 512 <= length <= 65536:
                return
            os.ftruncate(file, size * length)
            first = False
        at += sector
        if count == _UNKNOWN:
            count = (end - at) // (length + 8)
        for _record in range(count):
            record = os.pread(journal, length + 8, at)
            number, page = int.from_bytes(record[:4], "big"), record[4:-4]
            told = nonce + sum(page[length - 200 : 0 : -200])
            if (
                len(record) < length + 8
                or not number
                or record[-4:] != (told & 0xFFFFFFFF).to_bytes(4, "big")
            ):
                return
            if number <= size:
                copying.step("page")
                _write(file, page, (number - 1) * length)
            at += length + 8
        at = -(-at // sector) * sector


def _write(file: int, data: bytes, at: int) -> None:
    while data:
        done = os.pwrite(file, data, at)
        data, at = data[done:], at + done
