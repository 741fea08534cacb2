"""Capturing on a locked planner, and what waits there."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.cli import asking
from plannertui.cli.schemas import whole
from plannertui.store import key, seal, sealing
from plannertui.store.inbox import file_all
from tests import sealed
from tests.conftest import NOW
from tests.sealed import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui
    from tests.shell import Ran

jsonschema: Any = import_module("jsonschema")

CANARY = "zephyrquartz"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planned") / "planner.db"
    sealed.planned(path)
    return path


@pytest.fixture(autouse=True)
def path(template: Path, tmp_path: Path) -> Path:
    """The planner that ``ptui`` runs on, sealed and locked."""
    for name in ("planner.db", "planner.db.seal"):
        shutil.copyfile(template.with_name(name), tmp_path / name)
    return tmp_path / "planner.db"


@pytest.fixture(autouse=True)
def nobody_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests on a terminal is not asked for a passphrase there."""
    monkeypatch.setattr(asking, "TERMINAL", "/nowhere/tty")


def rows(path: Path, sql: str) -> list[Any]:
    db = opened(path)
    try:
        file_all(db, NOW)
        return db.read(sql)
    finally:
        db.close()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("note", "a calm day"), "sealed  Sat 2024-09-14  note  1 waits\n"),
        (
            ("promise", "a list", "--to", "L1", "--by", "fri"),
            "sealed  Sat 2024-09-14  promise  due Fri 2024-09-20  1 waits\n",
        ),
        (
            ("add", "! the budget ^9-23"),
            "sealed  Sat 2024-09-14  warning  for Mon 2024-09-23  1 waits\n",
        ),
        (
            ("win", "closed", "--on", "yesterday", "--revisit", "30d"),
            "sealed  Fri 2024-09-13  win  again on Mon 2024-10-14  1 waits\n",
        ),
        (
            ("ask", "the form?", "--by", "2024-09-01"),
            "sealed  Sat 2024-09-14  ask  due Sun 2024-09-01  that day has passed  "
            "1 waits\n",
        ),
    ],
)
def test_a_line_is_sealed_and_said_so(
    ptui: Ptui, path: Path, args: tuple[str, ...], said: str
) -> None:
    store = path.read_bytes()
    done = ptui(*args)
    assert (done.code, done.err, done.out) == (0, "", said)
    assert path.read_bytes() == store


def test_the_reply_as_json_and_quiet(ptui: Ptui, path: Path) -> None:
    ptui("note", "-q", "one")
    reply = ptui("waiting", "the answer @finance #budget", "--by", "9-23", "--json")
    assert reply.json == {
        "handle": None,
        "type": "matter",
        "kind": "waiting",
        "text": "the answer @finance #budget",
        "day": "2024-09-14",
        "due": "2024-09-23",
        "revisit_on": None,
        "refs": [],
        "tags": ["budget"],
        "unresolved": [],
        "moved": False,
        "goal": None,
        "sealed": True,
        "waiting": 2,
    }
    assert ptui("note", "-q", "x").out == ""
    assert rows(path, "SELECT title, person_id, due FROM matter") == [
        ("the answer @finance #budget", 2, "2024-09-23")
    ]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("promise", "x", "--by", "someday"), 2),
        (("note", "x", "--on", "32 may"), 2),
        (("note", "x", "--by", "fri"), 2),
        (("add", "x", "--by", "fri"), 2),
        (("win", "x", "--n", "3"), 2),
        (("win", "x", "--goal", "G1", "--n", "three"), 2),
        (("note", "x", "--tag", "two words"), 2),
        (("note", "x ^mon", "--on", "yesterday"), 2),
        (("promise", "x", "--on", "2024-10-01"), 2),
        (("add", "> x", "--revisit", "30d"), 2),
        (("note", "x", "--revisit", "yesterday"), 2),
        (("add", "+ "), 2),
        (("note", ""), 2),
        (("note", "--nope", "x"), 2),
    ],
)
def test_what_is_refused_is_refused_at_once(
    ptui: Ptui, path: Path, args: tuple[str, ...], code: int
) -> None:
    done = ptui(*args)
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") == 1
    assert not path.with_name("planner.db.inbox").exists()


def test_a_number_may_have_its_goal_in_the_text(ptui: Ptui, path: Path) -> None:
    assert ptui("win", "twelve @G1", "--n", "12").code == 0
    assert rows(path, "SELECT measure_now FROM goal WHERE measure_now NOT NULL") == [
        (188.0,)
    ]


def test_the_settings_are_those_of_the_last_time(
    ptui: Ptui, path: Path, home: Path
) -> None:
    config = home / ".config" / "plannertui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('day_start = "03:00"\nyear_start = "broken')
    note = sealed.note_of(path)
    note.day_start, note.language = str(8 * 60), "zh_Hans"
    seal.write(str(path), note)
    done = ptui("note", "x", env={"PLANNERTUI_NOW": "2024-09-14T07:00:00+08:00"})
    assert (done.code, done.err) == (0, "")
    assert "2024-09-13" in done.out
    assert done.out.startswith("已封存")
    assert rows(path, "SELECT day FROM entry") == [("2024-09-13",)]
    note.day_start, note.year_start, note.language = "soon", "13", "xx"
    seal.write(str(path), note)
    assert "sealed  Sat 2024-09-14" in ptui("note", "x").out


def test_settings_that_the_note_was_never_told_are_read(
    ptui: Ptui, path: Path, home: Path
) -> None:
    note = sealed.note_of(path)
    seal.write(str(path), seal.Seal(recipient=note.recipient, salt=note.salt))
    config = home / ".config" / "plannertui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('day_start = "08:00"\n')
    early = {"PLANNERTUI_NOW": "2024-09-14T07:00:00+08:00"}
    assert "sealed  Fri 2024-09-13" in ptui("note", "x", env=early).out
    config.write_text("day_start = ")
    done = ptui("note", input="a text\n")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("a text\n")


def test_text_from_a_pipe_and_in_any_letters(ptui: Ptui, path: Path) -> None:
    text = "预算 “quoted” \\ back\n\n  indented\t😀\n"
    assert ptui("note", input=text).code == 0
    assert ptui("note", input=b"\xef\xbb\xbfc \xff d").code == 0
    assert rows(path, "SELECT text FROM entry ORDER BY id") == [
        (text.removesuffix("\n"),),
        ("c \ufffd d",),
    ]


def test_the_prompt_asks_for_the_line_and_nothing_else(
    terminal: OnTerminal, path: Path
) -> None:
    shown = terminal("grey", keys=f"{CANARY}\n")
    assert shown.code == 0
    assert "assphrase" not in shown.text
    assert rows(path, "SELECT title FROM matter") == [(CANARY,)]


@pytest.mark.case(58, 60)
def test_the_text_is_nowhere(ptui: Ptui, path: Path, home: Path) -> None:
    assert ptui("note", input=f"{CANARY}\n", process=True).code == 0
    for folder in (path.parent, home):
        for each in folder.rglob("*"):
            assert CANARY not in each.name
            assert not each.is_file() or CANARY.encode() not in each.read_bytes()


def test_without_its_note_it_says_what_to_do(ptui: Ptui, path: Path) -> None:
    path.with_name("planner.db.seal").unlink()
    done = ptui("note", input="a text\n")
    assert (done.code, done.out) == (5, "")
    assert "planner.db.seal" in done.err
    assert done.err.endswith("a text\n")
    again = ptui("note", "--json", input="a text\n")
    assert again.error["code"] == "locked"
    assert again.error["text"] == "a text"


@pytest.mark.parametrize("kind", ["damaged", "strange"])
def test_what_cannot_be_sealed_is_given_back(ptui: Ptui, path: Path, kind: str) -> None:
    if kind == "damaged":
        note = sealed.note_of(path)
        note.recipient = note.recipient[:-3]
        seal.write(str(path), note)
    else:
        os.mkfifo(path.with_name("planner.db.inbox"))
    done = ptui("note", input="a text\n")
    assert done.code in (1, 4)
    assert done.err.endswith("a text\n")


def test_a_link_to_the_planner_is_the_planner(
    ptui: Ptui, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "link.db"
    other.parent.mkdir()
    other.symlink_to(path)
    assert ptui("note", "x", "--db", str(other)).code == 0
    assert sorted(p.name for p in other.parent.iterdir()) == ["link.db"]
    assert rows(path, "SELECT text FROM entry") == [("x",)]


def test_reading_needs_the_passphrase(ptui: Ptui) -> None:
    ptui("note", "x")
    assert ptui("ls").code == 5


# -- ptui inbox ------------------------------------------------------------------------


def test_inbox_tells_what_waits(ptui: Ptui, path: Path) -> None:
    assert ptui("inbox").out == "Nothing waits to be filed.\n"
    ptui("note", "one")
    assert ptui("inbox").out == (
        "1 line waits, since 2024-09-14. It is filed when the planner is unlocked.\n"
    )
    ptui("note", "two", env={"PLANNERTUI_NOW": "2024-09-16T10:00:00+08:00"})
    assert ptui("inbox").out.startswith("2 lines wait, the first since 2024-09-14.")
    found = ptui("inbox", "--json").json
    jsonschema.validate(found, whole("inbox"))
    assert found == {
        "waiting": 2,
        "since": "2024-09-14",
        "unread": 0,
        "unread_path": None,
    }
    assert rows(path, "SELECT day FROM entry ORDER BY id") == [
        ("2024-09-14",),
        ("2024-09-16",),
    ]
    assert ptui("inbox").out == "Nothing waits to be filed.\n"
    assert ptui("inbox", "more").code == 2


def test_inbox_tells_what_could_not_be_filed(ptui: Ptui, path: Path) -> None:
    ptui("note", "x")
    where = path.with_name("planner.db.inbox")
    where.write_bytes(where.read_bytes()[:-30])
    assert rows(path, "SELECT text FROM entry") == []
    said = ptui("inbox").out
    assert said.startswith("Nothing waits to be filed.\n1 line could not be filed")
    assert "ptui inbox --unread" in said
    codes = {each["code"] for each in ptui("doctor", "--json").json["findings"]}
    assert ("inbox" in codes, "inbox_unread" in codes) == (False, True)
    ptui("note", "y")
    codes = {each["code"] for each in ptui("doctor", "--json").json["findings"]}
    assert {"inbox", "inbox_unread"} <= codes
    found = ptui("inbox", "--json").json
    jsonschema.validate(found, whole("inbox"))
    assert (found["unread"], found["unread_path"]) == (1, f"{where}.unread")
    assert ptui("inbox", "--unread").code == 5


# -- unlocked --------------------------------------------------------------------------


@pytest.fixture
def words(path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The passphrase of the planner, which is cheap to try."""
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))
    text = "quiet river under the bridge"
    sealing.change(str(path), sealed.KEY, text)
    return text


def test_what_opens_it_files_what_waits(ptui: Ptui, words: str, tmp_path: Path) -> None:
    ptui("note", "one @nobody")
    ptui("promise", "a list", "--by", "fri")
    done = unlocked(ptui, words, "ls", "--json")
    assert [item["handle"] for item in done.json] == ["J1", "M1"]
    assert done.err == (
        "2 lines that were captured while locked are filed: J1 M1\n"
        "J1  @nobody kept as text\n"
    )
    assert unlocked(ptui, words, "ls").err == ""


def test_with_the_passphrase_at_hand_it_goes_in_at_once(ptui: Ptui, words: str) -> None:
    ptui("note", "first")
    done = unlocked(ptui, words, "note", "second")
    assert done.out == "J2  Sat 2024-09-14  note\n"
    assert "are filed" in done.err or "is filed: J1" in done.err
    assert ptui("inbox", "--json").json["waiting"] == 0


def test_what_cannot_be_opened_is_listed(ptui: Ptui, words: str, path: Path) -> None:
    ptui("note", "x")
    where = path.with_name("planner.db.inbox")
    where.write_bytes(where.read_bytes()[:-30])
    done = unlocked(ptui, words, "inbox", "--unread")
    assert "1 line could not be opened; it is kept in" in done.err
    assert "cut off while it was being written" in done.out
    found = unlocked(ptui, words, "inbox", "--unread", "--retry", "--json").json
    jsonschema.validate(found, whole("inbox"))
    assert [each["text"] for each in found["lines"]] == [None]


def unlocked(ptui: Ptui, words: str, *args: str) -> Ran:
    """Run it with the passphrase on a descriptor."""
    reading, writing = os.pipe()
    try:
        os.write(writing, words.encode() + b"\n")
        os.close(writing)
        return ptui(*args, "--passphrase-fd", str(reading))
    finally:
        os.close(reading)
