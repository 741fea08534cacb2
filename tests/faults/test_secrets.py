"""Cases 64 and 65: keyrings that cannot be trusted, passphrases that do not fit."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from keyring.backend import KeyringBackend

from plannertui.core.errors import StoreError
from plannertui.store import entries, key, ring, sealing
from plannertui.store.open import open_store
from plannertui.store.seal import MAGIC

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.key import Key
    from tests.conftest import Ptui
    from tests.faults.harness import Tally

WORDS = "quiet rivér"
CHEAP = (1 << 10, 8, 1)


@pytest.fixture
def sealed(tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Key:
    """The key of a sealed store with one entry."""
    monkeypatch.setitem(key.KDFS, 1, CHEAP)
    path = str(tmp_path / "planner.db")
    db = open_store(path, now=now)
    entries.add(db, text="a quiet morning", day=now.date(), now=now)
    db.close()
    return sealing.set_passphrase(path, WORDS)


def lying_there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@contextmanager
def given(line: bytes) -> Iterator[str]:
    """A descriptor that gives ``line``."""
    read, write = os.pipe()

    def feed() -> None:
        with open(write, "wb") as pipe:
            try:
                pipe.write(line)
            except BrokenPipeError:
                pass

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield str(read)
    finally:
        os.close(read)
        thread.join()


# -- passphrases -------------------------------------------------------------------------

WRONG = [
    *(f"guess {number}".encode() for number in range(10)),
    b"",
    b"\n",
    b" \n",
    b"x" * 10_000,
    b"x" * 70_000,
    WORDS.upper().encode(),
    b" " + WORDS.encode(),
    WORDS.encode() + b" ",
    WORDS.encode("latin-1"),
    b"\xff\xfe\n",
    b"\0\0\0\n",
    "密码".encode(),
]
RIGHT = [
    WORDS.encode(),
    WORDS.encode() + b"\n",
    WORDS.encode() + b"\r\n",
    WORDS.encode() + b"\nmore lines\n",
    unicodedata.normalize("NFD", WORDS).encode(),
]


@pytest.mark.case(65)
def test_wrong_passphrases_are_quiet_and_change_nothing(
    ptui: Ptui, sealed: Key, tmp_path: Path, tally: Tally
) -> None:
    before = lying_there(tmp_path)
    for line in WRONG:
        for words in (("ls",), ("note", "x")):
            with given(line) as number:
                ran = ptui(*words, "--passphrase-fd", number)
            tally.tried()
            if words[0] == "note" and ran.code == 0:
                # It needs none: the line is sealed for later.
                before.update(
                    (name, raw)
                    for name, raw in lying_there(tmp_path).items()
                    if "inbox" in name
                )
                continue
            assert ran.code in (2, 5), (line[:20], ran.code)
            assert ran.out == ""
            assert len(ran.err.splitlines()) == 1, ran.err
            assert "hmac" not in ran.err
            assert "ERROR CORE" not in ran.err
            assert "guess" not in ran.err
            after = lying_there(tmp_path)
            if after != before:
                tally.loses(f"{line[:20]!r}: {sorted(set(after) ^ set(before))}")
    assert not (tmp_path / "planner.db").read_bytes().startswith(MAGIC)


@pytest.mark.case(65)
def test_the_right_one_however_it_is_typed(
    ptui: Ptui, sealed: Key, tally: Tally
) -> None:
    for line in RIGHT:
        with given(line) as number:
            ran = ptui("ls", "--json", "--passphrase-fd", number)
        tally.tried()
        assert ran.code == 0, (line, ran.err)
        assert ran.json[0]["text"] == "a quiet morning"


@pytest.mark.case(65)
@pytest.mark.process
def test_a_wrong_one_makes_no_noise_of_the_engine(
    ptui: Ptui, sealed: Key, tmp_path: Path
) -> None:
    """As a process of its own: what the engine itself would write is seen, too."""
    before = lying_there(tmp_path)
    ran = ptui("ls")
    assert (ran.code, ran.out) == (5, "")
    assert len(ran.err.splitlines()) == 1
    assert "ERROR" not in ran.err
    assert lying_there(tmp_path) == before


# -- keyrings ----------------------------------------------------------------------------


class Own(KeyringBackend):
    """A keyring of ours, taken for one of the system."""

    priority = 1.0

    def __init__(self, kept: str | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept = kept
        self.deleted = 0

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept = password

    def delete_password(self, service: str, username: str) -> None:
        self.deleted += 1
        self.kept = None


class Forgetful(Own):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return None


class Failing(Own):
    """Locked, and says so with what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the collection is locked: " + WORDS)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("cannot keep " + password)


class Waiting(Own):
    """Waits for a dialog that nobody sees."""

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait(60)
        return None


Own.__module__ = Forgetful.__module__ = "keyring.backends.SecretService"
Failing.__module__ = Waiting.__module__ = "keyring.backends.SecretService"


class Foreign(Own):
    """One that keeps what it gets in a plain file."""


Foreign.__module__ = "keyrings.alt.file"


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a keyring in the place of the system's."""
    monkeypatch.setattr(ring, "SECONDS", 0.3)

    def put(backend: KeyringBackend) -> KeyringBackend:
        monkeypatch.setattr("keyring.get_keyring", lambda: backend)
        return backend

    return put


@pytest.mark.case(64)
def test_keyrings_that_give_no_key(
    ptui: Ptui, sealed: Key, tmp_path: Path, use: Any, tally: Tally
) -> None:
    """The passphrase is asked for; what the keyring has stays as it is."""
    from keyring.backends import fail, null

    config = tmp_path / "config.toml"
    config.write_text("keyring = true\n")
    before = lying_there(tmp_path)
    other = key.derive("another", sealed.salt).raw.hex()
    rings: list[KeyringBackend] = [
        fail.Keyring(),  # type: ignore[no-untyped-call]
        null.Keyring(),  # type: ignore[no-untyped-call]
        *(Own(), Own(""), Own("no key")),
        *(Own("ab"), Own(other), Own("\0"), Failing(), Waiting()),
        Foreign(sealed.raw.hex()),
    ]
    for backend in rings:
        had = backend.kept if isinstance(backend, Own) else None
        use(backend)
        ran = ptui("ls", "--config", str(config))
        tally.tried()
        assert ran.code == 5, (backend, ran.err)
        assert ran.out == ""
        assert "fault of the program" not in ran.err
        for secret in (WORDS, sealed.raw.hex(), other):
            assert secret not in ran.err
        if isinstance(backend, Own):
            assert (backend.kept, backend.deleted) == (had, 0)
        # With the passphrase it goes on, whatever the keyring does.
        with given(WORDS.encode()) as number:
            ran = ptui("ls", "--json", "--passphrase-fd", number)
        assert ran.json[0]["text"] == "a quiet morning"
        if lying_there(tmp_path)["planner.db"] != before["planner.db"]:
            before = lying_there(tmp_path)
    use(Own(sealed.raw.hex()))
    ran = ptui("ls", "--json", "--config", str(config))
    assert ran.json[0]["text"] == "a quiet morning"


@pytest.mark.case(64)
def test_a_keyring_is_read_back_before_it_is_trusted(
    sealed: Key, tmp_path: Path, use: Any
) -> None:
    path = str(tmp_path / "planner.db")
    for backend, told in (
        (Forgetful(), "does not give it back"),
        (Failing(), "RuntimeError"),
        (Foreign(), "not used"),
    ):
        use(backend)
        with pytest.raises(StoreError, match=told) as caught:
            ring.put(path, sealed)
        assert sealed.raw.hex() not in caught.value.message
        assert backend.kept is None
    own = use(Own())
    ring.put(path, sealed)
    assert own.kept == sealed.raw.hex()
    assert ring.fetch(path) == sealed
