"""The passphrase from the shell: asked for, given by a descriptor, set, changed, removed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.cli import asking
from plannertui.core.passphrase import advice
from plannertui.store import keeper, key, seal, sealing
from plannertui.store.open import connect, open_store
from tests.terminal import Terminal, planner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.conftest import Ptui

    Given = Callable[..., list[str]]

WORDS = "quiet river under the bridge"
OTHER = "four boats without a harbour"
CANARY = "zephyrquartz"
ROOT = Path(__file__).parent.parent.parent
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cheap set of parameters, where the command runs in this process."""
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "planner.db")


@pytest.fixture
def runtime(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
) -> Iterator[dict[str, str]]:
    """A folder for unlocked sessions; none is left when the test ends."""
    folder = str(tmp_path_factory.mktemp("run"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    env = {"XDG_RUNTIME_DIR": folder}
    yield env
    keeper.forget(path, env)


@pytest.fixture
def given() -> Iterator[Given]:
    """Options that give lines to --passphrase-fd, as a script does."""
    ends = []

    def give(*lines: str | bytes, end: bytes = b"\n") -> list[str]:
        read, write = os.pipe()
        for line in lines:
            os.write(write, (line.encode() if isinstance(line, str) else line) + end)
        os.close(write)
        ends.append(read)
        return ["--passphrase-fd", str(read)]

    yield give
    for end in ends:
        os.close(end)


@pytest.fixture
def sealed(ptui: Ptui, path: str, quick: None, runtime: dict[str, str]) -> key.Key:
    """The store of ``ptui`` with an entry in it, sealed with WORDS."""
    assert ptui("note", CANARY).code == 0
    return sealing.set_passphrase(path, WORDS)


def everything(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


# -- where the key comes from ----------------------------------------------------------


def test_without_a_key_it_says_what_to_do(
    ptui: Ptui, sealed: key.Key, tmp_path: Path
) -> None:
    before = everything(tmp_path)
    for verb in ("today", "ls", "search x", "show J1", "notify", "export --to json"):
        done = ptui(*verb.split())
        assert (done.code, done.out) == (5, ""), verb
        assert "--passphrase-fd" in done.err
        assert "ptui unlock" in done.err
        assert ptui(*verb.split(), "--json").error["code"] == "locked"
    assert everything(tmp_path) == before


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_descriptor_gives_it(
    ptui: Ptui, sealed: key.Key, given: Given, end: bytes
) -> None:
    done = ptui("ls", *given(WORDS, end=end))
    assert (done.code, done.err) == (0, "")
    assert CANARY in done.out
    # The recovery code is as good, however it is typed.
    code = sealed.code.lower().replace("-", " ")
    assert CANARY in ptui("ls", *given(code)).out


def test_what_follows_the_line_is_left_in_the_pipe(ptui: Ptui, real: key.Key) -> None:
    """Standard input may give the passphrase and then the text itself."""
    given = f"{WORDS}\nfrom the same pipe"
    done = ptui("goal", "add", "-", "--passphrase-fd", "0", input=given, process=True)
    assert (done.code, done.err) == (0, "")
    assert "from the same pipe" in done.out


@pytest.mark.parametrize(
    "wrong", [WORDS.upper(), " ", "x" * 10_000, "密码", b"\xff\xfe"]
)
def test_a_wrong_one_is_told(
    ptui: Ptui, sealed: key.Key, given: Given, wrong: str | bytes, tmp_path: Path
) -> None:
    before = everything(tmp_path)
    done = ptui("ls", "--json", *given(wrong))
    assert (done.code, done.out) == (5, "")
    assert done.error["code"] == "wrong_passphrase"
    assert everything(tmp_path) == before


def test_a_mistyped_code_is_told(ptui: Ptui, sealed: key.Key, given: Given) -> None:
    wrong = ("A" if sealed.code[0] != "A" else "B") + sealed.code[1:]
    done = ptui("ls", *given(wrong))
    assert done.code == 5
    assert "mistyped" in done.err


@pytest.mark.parametrize("number", ["99", "-1", "x", "", "9" * 12])
def test_a_descriptor_that_is_none(ptui: Ptui, sealed: key.Key, number: str) -> None:
    done = ptui("ls", f"--passphrase-fd={number}")
    assert (done.code, done.out) == (2, "")
    assert "passphrase-fd" in done.err


def test_a_descriptor_that_gives_nothing_or_too_much(
    ptui: Ptui, sealed: key.Key, given: Given, tmp_path: Path
) -> None:
    done = ptui("ls", *given())
    assert (done.code, "gave no line" in done.err) == (2, True)
    endless = os.open("/dev/zero", os.O_RDONLY)
    try:
        done = ptui("ls", "--passphrase-fd", str(endless))
    finally:
        os.close(endless)
    assert (done.code, "64 KiB" in done.err) == (2, True)


def test_verbs_that_look_at_their_options_take_it_too(
    ptui: Ptui, sealed: key.Key, given: Given
) -> None:
    done = ptui("situation", "add", "licence system down", *given(WORDS))
    assert done.code == 0, done.err
    for words in (
        ("edit", "J1", "--text", "another"),
        ("situation", "step", "S1", "facts", "--confirmed", "it is down"),
    ):
        done = ptui(*words, *given(WORDS))
        assert done.code == 0, done.err


def test_a_plain_store_needs_none(ptui: Ptui, given: Given) -> None:
    ptui("note", CANARY)
    assert ptui("ls", *given(WORDS)).code == 0


def test_doctor_looks_from_outside(ptui: Ptui, sealed: key.Key, given: Given) -> None:
    codes = {each["code"]: each for each in ptui("doctor", "--json").json["findings"]}
    assert codes["sealed"]["level"] == "note"
    assert "encryption" not in codes
    assert "contents" not in codes
    inside = ptui("doctor", "--json", *given(WORDS)).json
    assert inside["ok"]
    assert {"sealed", "contents"} <= {each["code"] for each in inside["findings"]}


def test_completion_is_silent(ptui: Ptui, sealed: key.Key) -> None:
    done = ptui("__complete", "--", "bash", "ptui show J")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert "today" in ptui("__complete", "--", "bash", "ptui tod").out


# -- at a terminal ---------------------------------------------------------------------


@pytest.fixture
def real(tmp_path: Path, ptui: Ptui, path: str, runtime: dict[str, str]) -> key.Key:
    """The store of ``ptui``, sealed at the real price, for processes."""
    assert ptui("note", CANARY).code == 0
    return sealing.set_passphrase(path, WORDS)


def at_terminal(path: str, *words: str, **env: str) -> Terminal:
    return planner(path, *words, env=env, columns=100, rows=40)


def test_it_is_asked_for_and_not_shown(
    real: key.Key, path: str, runtime: dict[str, str]
) -> None:
    with at_terminal(path, "ls", **runtime) as terminal:
        terminal.wait_for("Passphrase:")
        terminal.type("wrong\n")
        terminal.wait_for("does not open")
        terminal.wait(lambda: terminal.text.count("Passphrase:") == 2)
        terminal.type(WORDS + "\n")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        assert CANARY in terminal.text
        assert WORDS not in terminal.sent
        assert "wrong" not in terminal.sent


def test_three_tries_and_the_code(
    real: key.Key, path: str, runtime: dict[str, str]
) -> None:
    with at_terminal(path, "ls", **runtime) as terminal:
        for count in (1, 2, 3):
            terminal.wait(lambda: terminal.text.count("Passphrase:") == count)  # noqa: B023
            terminal.type("wrong\n")
        assert terminal.wait_exit() == 5
        terminal.assert_restored()
    with at_terminal(path, "ls", **runtime) as terminal:
        terminal.wait_for("Passphrase:")
        terminal.type(real.code + "\n")
        assert terminal.wait_exit() == 0
        assert CANARY in terminal.text


@pytest.mark.parametrize(
    ("keys", "code"), [("\x03", 130), ("\x04", 5), ("quiet\x03", 130)]
)
def test_leaving_the_prompt_is_quiet(
    real: key.Key, path: str, runtime: dict[str, str], keys: str, code: int
) -> None:
    with at_terminal(path, "today", **runtime) as terminal:
        terminal.wait_for("Passphrase:")
        terminal.send(keys)
        assert terminal.wait_exit() == code
        terminal.assert_restored()
        assert "Traceback" not in terminal.sent
        if code == 130:
            assert terminal.sent.strip() in ("Passphrase:", "Passphrase: ^C")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_the_prompt_gives_the_terminal_back(
    real: key.Key, path: str, runtime: dict[str, str], number: int
) -> None:
    with at_terminal(path, "ls", **runtime) as terminal:
        terminal.wait_for("Passphrase:")
        terminal.kill(number)
        assert terminal.wait_exit() == 128 + number
        terminal.assert_restored()


def test_pipes_stay_data(
    real: key.Key, path: str, runtime: dict[str, str], tmp_path: Path
) -> None:
    """Standard input and output are a pipe's; the question goes to the terminal."""
    script = f"echo data | {sys.executable} -m plannertui ls | tee {tmp_path}/out"
    with Terminal(
        ["sh", "-c", script],
        env={
            "PLANNERTUI_DB": path,
            "PLANNERTUI_NOW": "2024-09-14T18:10:00+08:00",
            **runtime,
        },
    ) as terminal:
        terminal.wait_for("Passphrase:")
        terminal.type(WORDS + "\n")
        assert terminal.wait_exit() == 0
    assert CANARY in (tmp_path / "out").read_text()
    assert "Passphrase" not in (tmp_path / "out").read_text()


def test_in_the_background_nobody_is_asked(
    real: key.Key, path: str, runtime: dict[str, str], tmp_path: Path
) -> None:
    script = f"set -m; {sys.executable} -m plannertui ls & wait $!; echo code $?"
    with Terminal(
        ["sh", "-c", script], env={"PLANNERTUI_DB": path, **runtime}
    ) as terminal:
        terminal.wait_for("code 5")
        assert "Passphrase:" not in terminal.sent


# -- lock set, change, remove ----------------------------------------------------------


def test_set_shows_the_code_and_has_it_typed_back(
    ptui: Ptui, path: str, runtime: dict[str, str], tmp_path: Path
) -> None:
    ptui("note", CANARY)
    with at_terminal(path, "lock", "set", **runtime) as terminal:
        terminal.wait_for("New passphrase:")
        terminal.type("short\n")
        terminal.wait_for("easily guessed")
        terminal.wait_for("once more:")
        terminal.type("\n")
        terminal.wait(lambda: terminal.text.count("New passphrase:") == 2)
        terminal.type(WORDS + "\n")
        terminal.wait(lambda: terminal.text.count("once more:") == 2)
        assert not sealing.is_sealed(path)
        terminal.type(WORDS + "\n")
        terminal.wait_for("Enter, when you have it")
        code = "-".join(re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}\b", terminal.text))
        assert CODE.fullmatch(code)
        terminal.type("\n")
        terminal.wait_for("Type the code")
        assert code[:4] not in terminal.text
        wrong = ("A" if code[5] != "A" else "B") + code[6:]
        terminal.type(code[:5] + wrong + "\n")
        terminal.wait_for("Group 2")
        terminal.type("\n")
        terminal.wait_for("Enter, when you have it")
        assert code[:4] in terminal.text
        terminal.type("\n")
        terminal.wait_for("Type the code")
        assert not sealing.is_sealed(path)
        terminal.type(code.replace("-", " ").lower() + "\n")
        assert terminal.wait_exit() == 0
        terminal.assert_restored()
        # Neither on the screen that one is back on, nor in what it scrolls back to.
        assert "Sealed." in terminal.text
        assert code[:4] not in terminal.text
        assert WORDS not in terminal.sent
    made = sealing.unlock(path, WORDS)
    assert made.code == code
    assert CANARY.encode() not in everything(tmp_path)


def test_a_code_that_is_not_typed_back_seals_nothing(
    ptui: Ptui, path: str, runtime: dict[str, str]
) -> None:
    ptui("note", CANARY)
    before = Path(path).read_bytes()
    with at_terminal(path, "lock", "set", **runtime) as terminal:
        terminal.wait_for("New passphrase:")
        terminal.type(WORDS + "\n")
        terminal.wait_for("once more:")
        terminal.type(WORDS + "\n")
        terminal.wait_for("Enter, when you have it")
        terminal.send("\x03")
        assert terminal.wait_exit() == 130
        terminal.assert_restored()
    assert Path(path).read_bytes() == before
    assert ptui("ls").code == 0


def test_what_is_answered_at_once_is_hidden_and_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    master, slave = os.openpty()
    monkeypatch.setattr(asking, "TERMINAL", os.ttyname(slave))
    monkeypatch.setattr(os, "tcgetpgrp", lambda _terminal: os.getpgrp())
    write = asking.Terminal._write
    shown: list[bool] = []

    def watched(terminal: asking.Terminal, text: str) -> None:
        shown.append(bool(termios.tcgetattr(slave)[3] & termios.ECHO))
        write(terminal, text)
        os.write(master, WORDS.encode() + b"\n")

    monkeypatch.setattr(asking.Terminal, "_write", watched)
    try:
        with asking.Terminal() as terminal:
            assert terminal.secret("Passphrase: ") == WORDS
    finally:
        os.close(master)
        os.close(slave)
    assert shown == [False]


def test_set_for_scripts(
    ptui: Ptui, path: str, quick: None, given: Given, tmp_path: Path
) -> None:
    ptui("note", CANARY)
    done = ptui("lock", "set")
    assert (done.code, "--yes" in done.err) == (4, True)
    done = ptui("lock", "set", *given(WORDS))
    assert (done.code, sealing.is_sealed(path)) == (4, False)
    done = ptui("lock", "set", "--yes", *given(WORDS))
    assert done.code == 0
    assert CODE.fullmatch(done.out.strip())
    assert sealing.unlock(path, WORDS).code == done.out.strip()
    assert CANARY.encode() not in everything(tmp_path)
    note = seal.read(path)
    assert note is not None
    assert (note.language, note.day_start, note.year_start) == ("en", "240", "1")
    again = ptui("lock", "set", "--yes", *given(OTHER))
    assert (again.code, "lock change" in again.err) == (4, True)
    assert CANARY in ptui("ls", *given(WORDS)).out


def test_a_new_planner_begins_sealed(
    ptui: Ptui, path: str, quick: None, given: Given
) -> None:
    done = ptui("lock", "set", "--yes", "--json", *given(WORDS))
    assert done.json["encrypted"] is True
    assert sealing.unlock(path, WORDS).code == done.json["code"]
    assert ptui("ls", *given(WORDS)).code == 0
    Path(path).unlink()
    done = ptui("lock", "set", "--yes", *given(WORDS))
    assert (done.code, "gone" in done.err) == (1, True)
    assert not Path(path).exists()


@pytest.mark.parametrize("bad", ["", "   ", "tab\there"])
def test_what_is_no_passphrase(
    ptui: Ptui, path: str, quick: None, given: Given, bad: str
) -> None:
    ptui("note", CANARY)
    done = ptui("lock", "set", "--yes", *given(bad))
    assert (done.code, sealing.is_sealed(path)) == (2, False)


def test_while_another_has_it_open_nothing_is_asked(
    ptui: Ptui, path: str, quick: None, given: Given, now: datetime
) -> None:
    ptui("note", CANARY)
    other = open_store(path, now=now)
    try:
        done = ptui("lock", "set", "--yes", *given(WORDS))
    finally:
        other.close()
    assert (done.code, "another window" in done.err) == (1, True)
    assert not sealing.is_sealed(path)
    conn = connect(path)
    assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    conn.close()


def test_change_and_remove_for_scripts(
    ptui: Ptui, path: str, sealed: key.Key, given: Given
) -> None:
    done = ptui("lock", "change", "--yes", *given("wrong", OTHER))
    assert done.code == 5
    done = ptui("lock", "change", "--yes", *given(WORDS, OTHER))
    assert done.code == 0, done.err
    assert sealing.unlock(path, OTHER).code == done.out.strip()
    assert "old one" in done.err
    assert ptui("ls", *given(WORDS)).code == 5
    # The code opens it for a change, too: the way back for who forgot.
    done = ptui("lock", "change", "--yes", "--json", *given(done.out.strip(), WORDS))
    assert sealing.unlock(path, WORDS).code == done.json["code"]
    done = ptui("lock", "remove", *given(WORDS))
    assert (done.code, "--yes" in done.err) == (4, True)
    done = ptui("lock", "remove", "--yes", *given(WORDS))
    assert done.code == 0
    assert not sealing.is_sealed(path)
    assert "stay sealed" in done.err
    assert CANARY in ptui("ls").out


def test_remove_asks_twice(
    real: key.Key, path: str, runtime: dict[str, str], ptui: Ptui
) -> None:
    for answers, code in ((("y", "n"), 4), (("y", "y"), 0)):
        with at_terminal(path, "lock", "remove", **runtime) as terminal:
            terminal.wait_for("Passphrase:")
            terminal.type(WORDS + "\n")
            terminal.wait_for("Go on?")
            terminal.type(answers[0] + "\n")
            terminal.wait_for("Really?")
            terminal.type(answers[1] + "\n")
            assert terminal.wait_exit() == code
        assert sealing.is_sealed(path) == bool(code)
    assert CANARY in ptui("ls").out


def test_the_code_is_shown_again(
    ptui: Ptui, sealed: key.Key, given: Given, path: str, runtime: dict[str, str]
) -> None:
    assert ptui("lock", "code").code == 5
    assert ptui("lock", "code", *given(WORDS)).out.strip() == sealed.code
    assert ptui("lock", "code", "--json", *given(WORDS)).json == {"code": sealed.code}
    assert ptui("lock", "code", *given("wrong")).code == 5


@pytest.mark.parametrize(
    "verb", ["lock", "unlock", "lock change", "lock remove", "lock code"]
)
def test_a_plain_store_has_nothing_to_lock(ptui: Ptui, verb: str) -> None:
    ptui("note", "x")
    done = ptui(*verb.split())
    assert (done.code, "lock set" in done.err) == (4, True)


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("1234567890123", True),
        ("password2024", True),
        ("aaaaaaaaaaaaaaaa", True),
        ("abcabcabcabcabc", True),
        ("hunter2", True),
        (WORDS, False),
        ("correct horse battery staple", False),
        ("X9#mQ2$vLp7!", False),
        ("桥下安静的河水慢慢", False),
        ("", True),
    ],
)
def test_advice(text: str, weak: bool) -> None:
    assert bool(advice(text)) == weak


# -- unlock ----------------------------------------------------------------------------


def test_unlocked_for_a_while(
    ptui: Ptui, sealed: key.Key, given: Given, runtime: dict[str, str]
) -> None:
    assert ptui("lock", "status", "--json").json["unlocked"] is False
    done = ptui("unlock", "--for", "15m", *given(WORDS))
    assert (done.code, done.out) == (0, "")
    assert "18:25" in done.err
    assert CANARY in ptui("ls").out
    assert ptui("today").code == 0
    told = ptui("lock", "status", "--json").json
    assert (told["encrypted"], told["unlocked"]) == (True, True)
    assert told["unlocked_until"].startswith("2024-09-14T18:2")
    assert "minutes" in ptui("lock", "status").out
    # To show the code, or to hold on for longer, one has to know the passphrase.
    assert ptui("lock", "code").code == 5
    assert ptui("unlock", "--for", "2h").code == 5
    longer = ptui("unlock", "--for", "2h", "--json", *given(WORDS)).json
    assert 3600 < longer["seconds_left"] <= 7200
    done = ptui("lock")
    assert (done.code, done.err) == (0, "Locked.\n")
    assert ptui("ls").code == 5
    assert "already" in ptui("lock").err


@pytest.mark.parametrize("other", [None, "elsewhere"])
def test_a_session_of_another_shell_is_found_and_ended(
    ptui: Ptui,
    sealed: key.Key,
    given: Given,
    runtime: dict[str, str],
    path: str,
    tmp_path: Path,
    other: str | None,
) -> None:
    """As from cron, su or ssh, whose surroundings tell of no runtime folder."""
    there = tmp_path / "elsewhere"
    there.mkdir()
    env = {"XDG_RUNTIME_DIR": other and str(there)}
    assert ptui("unlock", *given(WORDS)).code == 0
    assert "another place" in ptui("lock", "status", env=env).out
    done = ptui("lock", env=env)
    assert (done.code, done.err) == (0, "Locked.\n")
    assert keeper.fetch(path, runtime) is None
    assert ptui("ls").code == 5
    assert ptui("lock", env=env).err == "It was locked already.\n"
    assert "another place" not in ptui("lock", "status", env=env).out


def test_where_no_runtime_folder_is_set_and_then_one_is(
    ptui: Ptui, sealed: key.Key, given: Given, runtime: dict[str, str]
) -> None:
    """Begun without one, as by ssh, it is read from the desktop all the same."""
    assert ptui("unlock", *given(WORDS), env={"XDG_RUNTIME_DIR": None}).code == 0
    assert CANARY in ptui("ls").out
    assert ptui("lock").err == "Locked.\n"
    assert ptui("ls", env={"XDG_RUNTIME_DIR": None}).code == 5


@pytest.mark.parametrize("length", ["13h", "0m", "soon", "1d"])
def test_how_long_is_bounded(
    ptui: Ptui, sealed: key.Key, given: Given, length: str
) -> None:
    assert ptui("unlock", "--for", length, *given(WORDS)).code == 2


def test_how_long_is_a_setting(
    ptui: Ptui, sealed: key.Key, given: Given, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('unlock_for = "3h"\n')
    done = ptui("unlock", "--config", str(config), "--json", *given(WORDS))
    assert 7200 < done.json["seconds_left"] <= 10_800
    # The settings are read before anything is opened, and remembered in it.
    assert CANARY in ptui("ls", "--config", str(config)).out


def test_a_session_ends_with_its_passphrase(
    ptui: Ptui, sealed: key.Key, given: Given, path: str, runtime: dict[str, str]
) -> None:
    assert ptui("unlock", *given(WORDS)).code == 0
    assert ptui("lock", "change", "--yes", *given(WORDS, OTHER)).code == 0
    assert keeper.fetch(path, runtime) is None
    assert ptui("ls").code == 5
    assert ptui("unlock", *given(OTHER)).code == 0
    assert ptui("lock", "remove", "--yes", *given(OTHER)).code == 0
    assert keeper.fetch(path, runtime) is None
    assert ptui("lock", "status", "--json").json["encrypted"] is False


def test_a_session_of_a_key_that_no_longer_opens_is_ended(
    ptui: Ptui, sealed: key.Key, path: str, runtime: dict[str, str]
) -> None:
    keeper.keep(path, key.Key(bytes(32), sealed.salt), 600, runtime)
    assert ptui("ls").code == 5
    assert keeper.fetch(path, runtime) is None


def test_nothing_is_written_by_reading_unlocked(
    ptui: Ptui, sealed: key.Key, given: Given, tmp_path: Path
) -> None:
    """The note is tended once; then reading leaves all as it is."""
    ptui("unlock", *given(WORDS))
    ptui("ls")
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.seal")}
    ptui("ls")
    ptui("today")
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.seal")} == before


def test_what_an_unlocked_verb_imports(
    ptui: Ptui,
    sealed: key.Key,
    given: Given,
    path: str,
    runtime: dict[str, str],
    tmp_path: Path,
    now: datetime,
) -> None:
    ptui("unlock", *given(WORDS))
    ptui("ls")
    probe = (
        "import sys; from plannertui.cli.main import main; main(['ls'])\n"
        "print(*sorted({n.partition('.')[0] for n in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={
            **os.environ,
            "PLANNERTUI_DB": path,
            # Much later a backup would be due, and that is another verb's work.
            "PLANNERTUI_NOW": now.isoformat(),
            "PYTHONPATH": str(ROOT),
            **runtime,
        },
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert CANARY in done.stdout
    heavy = {
        "socket",
        "selectors",
        "subprocess",
        "hashlib",
        "ctypes",
        "secrets",
        "pyrage",
    }
    assert not heavy & set(done.stderr.split()), done.stderr
