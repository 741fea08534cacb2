"""The keyring: of the systems alone, read back, never waited for, never the only copy."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from plannertui.core.errors import StoreError
from plannertui.store import key, ring, sealing
from plannertui.store.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Ptui

WORDS = "quiet river under the bridge"
CANARY = "zephyrquartz"


class Memory(KeyringBackend):
    """A keyring in memory, which counts as one of the system's here."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.deleted: list[tuple[str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError(username)
        del self.kept[service, username]
        self.deleted.append((service, username))


class Shut(Memory):
    """A collection that is locked, whose dialog was closed."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the secret is 4711")

    set_password = delete_password = get_password  # type: ignore[assignment]


class Waiting(Memory):
    """A collection that waits for a dialog which nobody sees."""

    gate = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.gate.wait(60)
        return None


class Forgetting(Memory):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Plain(Memory):
    """One that keeps a plain file: of another module than those allowed."""

    __module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The keyrings of this file are the system's, and whatever is there stays unasked."""
    monkeypatch.setattr(ring, "ALLOWED", {__name__})
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def sealed(ptui: Ptui, tmp_path: Path) -> key.Key:
    ptui("note", CANARY)
    return sealing.set_passphrase(str(tmp_path / "planner.db"), WORDS)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings that ask for the keyring."""
    path = tmp_path / "config.toml"
    path.write_text("# mine\nkeyring = true\n")
    return path


def use(backend: KeyringBackend) -> Any:
    keyring.set_keyring(backend)
    return backend


def given(words: str) -> list[str]:
    import os

    read, write = os.pipe()
    os.write(write, words.encode())
    os.close(write)
    return ["--passphrase-fd", str(read)]


def test_on_and_off(ptui: Ptui, sealed: key.Key, tmp_path: Path) -> None:
    backend = use(Memory())
    config = tmp_path / "config.toml"
    assert ptui("ls", "--config", str(config)).code == 5
    assert ptui("lock", "keyring", "on", "--config", str(config)).code == 5
    assert backend.kept == {}
    done = ptui("lock", "keyring", "on", "--config", str(config), *given(WORDS))
    assert (done.code, load(str(config), {}).keyring) == (0, True)
    name = ("plannertui", str(tmp_path / "planner.db"))
    assert backend.kept == {name: sealed.raw.hex()}
    assert CANARY in ptui("ls", "--config", str(config)).out
    # What shows a secret or makes it last asks for the passphrase all the same.
    assert ptui("lock", "code", "--config", str(config)).code == 5
    # It follows a change of the passphrase, and goes with it.
    words = given(f"{WORDS}\nfour boats without a harbour\n")
    assert ptui("lock", "change", "--yes", "--config", str(config), *words).code == 0
    assert CANARY in ptui("ls", "--config", str(config)).out
    done = ptui("lock", "keyring", "off", "--config", str(config))
    assert (done.code, backend.kept) == (0, {})
    assert ptui("ls", "--config", str(config)).code == 5


def test_it_goes_with_the_passphrase(
    ptui: Ptui, sealed: key.Key, config: Path, tmp_path: Path
) -> None:
    backend = use(Memory())
    ring.put(str(tmp_path / "planner.db"), sealed)
    backend.kept["plannertui", "another"] = "x"
    done = ptui("lock", "remove", "--yes", "--config", str(config), *given(WORDS))
    assert done.code == 0
    assert backend.kept == {("plannertui", "another"): "x"}


def test_nobody_looks_there_unasked(
    ptui: Ptui, sealed: key.Key, tmp_path: Path
) -> None:
    use(Memory())
    ring.put(str(tmp_path / "planner.db"), sealed)
    assert ptui("ls").code == 5


@pytest.mark.case(64)
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (fail.Keyring, "no keyring of the system"),
        (null.Keyring, "no keyring of the system"),
        (Plain, "no keyring of the system"),
        (Shut, "failed (KeyringLocked)"),
        (Waiting, "does not answer"),
        (Memory, "no key"),
    ],
)
def test_one_that_is_of_no_use_is_told_in_one_line(
    ptui: Ptui,
    sealed: key.Key,
    config: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[], KeyringBackend],
    words: str,
) -> None:
    monkeypatch.setattr(ring, "SECONDS", 0.2)
    backend = use(make())
    done = ptui("ls", "--config", str(config))
    assert done.code == 5
    told, locked = done.err.splitlines()
    assert words in told
    assert "sealed" in locked
    assert "4711" not in done.err
    done = ptui("ls", "--config", str(config), *given(WORDS))
    assert (done.code, done.err) == (0, "")
    if make is not Memory:
        with pytest.raises(StoreError):
            ring.put(ptui_path(config), sealed)
    if isinstance(backend, Memory):
        assert backend.deleted == []


def ptui_path(config: Path) -> str:
    return str(config.with_name("planner.db"))


@pytest.mark.case(64)
@pytest.mark.parametrize("wrong", ["ab" * 32, "ab", "not hexadecimal", "", "字"])
def test_a_wrong_key_in_it_is_left_there(
    ptui: Ptui, sealed: key.Key, config: Path, wrong: str
) -> None:
    backend = use(Memory())
    name = ("plannertui", ptui_path(config))
    backend.kept[name] = wrong
    done = ptui("ls", "--config", str(config))
    assert done.code == 5
    assert "left as it is" in done.err
    assert (backend.kept, backend.deleted) == ({name: wrong}, [])
    done = ptui("lock", "keyring", "on", "--config", str(config), *given(WORDS))
    assert done.code == 0
    assert CANARY in ptui("ls", "--config", str(config)).out


def test_what_it_does_not_give_back_is_not_used(
    ptui: Ptui, sealed: key.Key, tmp_path: Path
) -> None:
    use(Forgetting())
    config = tmp_path / "config.toml"
    done = ptui("lock", "keyring", "on", "--config", str(config), *given(WORDS))
    assert (done.code, "give it back" in done.err) == (1, True)
    assert not config.exists()


def test_of_several_one_of_the_system_is_taken(
    sealed: key.Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, memory = Plain(), Memory()
    found = chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, memory])
    use(found)
    path = str(tmp_path / "planner.db")
    ring.put(path, sealed)
    assert (plain.kept, list(memory.kept.values())) == ({}, [sealed.raw.hex()])
    assert ring.fetch(path) == sealed
