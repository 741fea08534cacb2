"""Verbs, help, exit codes, streams, settings, languages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.cli.main import ALIASES, VERBS, find
from plannertui.cli.options import Command, Group
from plannertui.core.text import cell_width

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.process
OWN = [
    verb
    for verb, module in VERBS.items()
    if module in ("quick", "daily", "lists", "show", "edit", "change", "bin", "help")
]


@pytest.mark.parametrize(
    ("word", "near"),
    [("serach", "search"), ("toady", "today"), ("nte", "note"), ("zzzz", "--help")],
)
def test_an_unknown_verb_is_never_text(ptui: Ptui, word: str, near: str) -> None:
    done = ptui(word, "some", "text")
    assert (done.code, done.out) == (2, "")
    assert near in done.err
    assert ptui("ls", "--json").json == []
    assert ptui(word, "--json").error["code"] == "usage"


@pytest.mark.parametrize("alias", ALIASES)
def test_verbs_that_people_type(alias: str) -> None:
    assert find(alias) is find(ALIASES[alias]) or alias in ("new", "gray")


def test_alone_without_a_terminal(ptui: Ptui) -> None:
    done = ptui()
    assert (done.code, done.out) == (2, "")
    assert "terminal" in done.err


def test_version(ptui: Ptui) -> None:
    assert ptui("--version").out.startswith("plannertui 0.")


def calls() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [("--help",), ("help", "dates")]
    for verb in OWN:
        command = find(verb)
        assert command is not None
        found.append((verb, "--help"))
        assert isinstance(command, Command | Group)
    return found


@pytest.mark.parametrize("lang", ["en", "zh_Hans"])
@pytest.mark.parametrize("call", calls(), ids=" ".join)
def test_help_fits_a_screen_and_ends_in_examples(
    ptui: Ptui, call: tuple[str, ...], lang: str
) -> None:
    done = ptui(*call, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    lines = done.out.rstrip("\n").split("\n")
    assert len(lines) <= 24
    assert [line for line in lines if cell_width(line) > 80] == []
    if call != ("help", "dates"):
        assert "ptui " in lines[-1]


def test_help_by_verb(ptui: Ptui) -> None:
    assert ptui("help").out == ptui("--help").out
    assert ptui("help", "promise").out == ptui("promise", "--help").out
    assert ptui("help", "nope").code == 2
    # Help is given before anything is read or written.
    assert ptui("promise", "x", "--by", "someday", "--help").code == 0
    assert ptui("note", "--", "--help").code == 0
    assert ptui("ls", "--json").json[0]["text"] == "--help"


def test_every_verb_has_an_example_and_a_summary() -> None:
    for verb in OWN:
        command = find(verb)
        assert isinstance(command, Command)
        assert command.summary.endswith(".")
        assert command.examples


@pytest.mark.parametrize(
    "content",
    ["language = 3", 'calendar = "CN', "nonsense = 1", '[keys]\n"a" = 1', "\xff"],
)
def test_broken_settings_are_named(ptui: Ptui, tmp_path: Path, content: str) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(content.encode("latin-1"))
    done = ptui("note", "x", "--config", str(config))
    assert (done.code, done.out) == (1, "")
    assert str(config) in done.err
    assert done.err.count("\n") == 1
    assert ptui("--help", "--config", str(config)).code == 0
    assert ptui("ls", "--json").json == []


def test_a_file_that_is_no_planner(ptui: Ptui, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"this is not a database, it is a letter" * 100)
    for args in (("note", "x"), ("today",), ("ls",), ("show", "J1")):
        done = ptui(*args, "--db", str(other), "--json")
        assert (done.code, done.out) == (1, "")
        assert done.error["code"] == "not_a_database"
    assert other.read_bytes().startswith(b"this is not")


def test_a_folder_that_cannot_be_made(ptui: Ptui, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = ptui("note", "x", "--db", str(tmp_path / "file" / "planner.db"))
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1


def test_the_settings_hold_everywhere(ptui: Ptui, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('language = "zh_Hans"\ncalendar = "CN"\nday_start = "05:00"\n')
    env = {
        "PLANNERTUI_CONFIG": str(config),
        "PLANNERTUI_NOW": "2024-09-15T04:30:00+08:00",
    }
    for _again in range(2):  # the second time from what the store remembers
        assert "2024-09-14" in ptui("note", "x", env=env).out
        today = ptui("today", "--json", env=env).json
        assert (today["date"], today["kind"]) == ("2024-09-14", "makeup")
    config.write_text('language = "en"\ncalendar = "mon-fri"\n')
    assert ptui("today", "--json", env=env).json["date"] == "2024-09-15"


def test_the_flag_wins_over_settings_and_environment(
    ptui: Ptui, tmp_path: Path
) -> None:
    assert ptui("note", "--lang", "fr", "x").code == 2
    zh = ptui("nope", env={"LANG": "zh_CN.UTF-8"})
    assert zh.code == 2
    assert ptui("nope", "--lang", "en", env={"LANG": "zh_CN.UTF-8"}).err != ""


def test_db_of_the_flag_wins(ptui: Ptui, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    ptui("--db", str(other), "note", "there")
    ptui("note", "here")
    assert ptui("ls", "--json").json[0]["text"] == "here"
    assert ptui("ls", "--db", str(other), "--json").json[0]["text"] == "there"


def run(command: str, tmp_path: Path) -> subprocess.CompletedProcess[bytes]:
    ptui = f"{sys.executable} -m plannertui"
    return subprocess.run(
        ["bash", "-c", command.replace("ptui", ptui)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PLANNERTUI_DB": str(tmp_path / "planner.db"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.mark.case(71)
def test_a_reader_that_leaves_is_no_error(tmp_path: Path, store: Store) -> None:
    done = run(
        "set -o pipefail; for i in 1 2 3; do ptui note $i >/dev/null; done; "
        "ptui ls --json | true; echo ${PIPESTATUS[0]}; ptui ls | head -1",
        tmp_path,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.split()[0] == b"0"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_told(tmp_path: Path, ptui: Ptui) -> None:
    done = run("ptui note x >/dev/full", tmp_path)
    assert done.returncode == 1
    assert b"could not be written" in done.stderr
    assert ptui("ls", "--json").json[0]["text"] == "x"


@pytest.mark.case(71)
def test_streams_that_are_closed(tmp_path: Path, ptui: Ptui) -> None:
    assert run("ptui note one >&-", tmp_path).returncode == 0
    assert run("ptui note two 2>&-", tmp_path).returncode == 0
    assert run("ptui note <&-", tmp_path).returncode == 2
    assert run("ptui nope >&- 2>&-", tmp_path).returncode == 2
    assert [i["text"] for i in ptui("ls", "--json").json] == ["one", "two"]


def test_an_encoding_that_lacks_a_character(ptui: Ptui) -> None:
    ptui("note", "预算 café")
    env = {"PYTHONIOENCODING": "latin-1:strict"}
    assert ptui("ls", "--json", env=env).json[0]["text"] == "预算 café"
    shown = ptui("ls", env={**env, "PYTHONIOENCODING": "ascii:strict"})
    assert (shown.code, "预算 café" in shown.out) == (0, True)


@pytest.mark.parametrize("value", ["nonsense", "2024-13-01"])
def test_a_clock_that_cannot_be_read(ptui: Ptui, value: str) -> None:
    assert ptui("note", "x", env={"PLANNERTUI_NOW": value}).code == 2


def test_chinese_speaks_chinese(ptui: Ptui, terminal: OnTerminal) -> None:
    for args in (("note", "x"), ("ls",), ("today",), ("undo",), ("--help",)):
        assert ptui(*args, "--lang", "zh").code == 0
