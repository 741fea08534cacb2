"""Importing from and exporting to other programs, as commands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plannertui.store import entries
from tests.conftest import ROOT

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.conftest import Ptui

TODO = "(A) 2024-09-10 Call the deputy +licences due:2024-09-20\nx 2024-09-13 Done rec:1w\n"


def test_a_dry_run_says_what_an_import_would_do_and_undo_takes_it_back(
    ptui: Ptui, tmp_path: Path
) -> None:
    (tmp_path / "todo.txt").write_text(TODO)
    tried = ptui("import", "todo.txt", "--from", "todotxt", "--dry-run")
    assert tried.out == (
        "Would add: 2 tasks; change: 0; the same: 0; left: 0.\n"
        "  new: 2024-09-10 task Call the deputy +licences\n"
        "  new: 2024-09-14 task Done rec:1w\n"
        "Kept, but not understood: rec:\n"
    )
    assert ptui("ls", "--all", "--json").json == []
    took = ptui("import", "todo.txt", "--from", "todotxt", "--json").json
    assert [one["handle"] for one in took["added"]] == ["M1", "M2"]
    again = ptui("import", "todo.txt", "--from", "todotxt", "--json").json
    assert (again["added"], again["changed"], again["same"]) == ([], [], 2)
    assert ptui("undo").code == 0
    assert ptui("ls", "--all", "--json").json == []
    assert ptui("redo").code == 0
    assert len(ptui("ls", "--all", "--json").json) == 2


def test_the_form_is_guessed_where_the_file_tells(ptui: Ptui, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Note,When\nhello,2024-09-12\n")
    took = ptui("import", "log.csv", "--map", "text=Note,on=When", "--json").json
    assert took["source"] == "csv"
    (tmp_path / "2024-09-12.md").write_text("by hand\n- [ ] a box\n")
    assert ptui("import", "2024-09-12.md", "--json").json["source"] == "obsidian"
    (tmp_path / "x.dat").write_text("?")
    ran = ptui("import", "x.dat")
    assert ran.code == 2
    for name in ("jrnl", "dayone", "obsidian", "org", "taskwarrior", "calcurse"):
        assert name in ran.err
    assert "html" not in ran.err


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("import", "nowhere", "--from", "obsidian"), 3, "no file nowhere"),
        (("import", "file", "--from", "frog"), 2, "no form"),
        (("import", "file", "--from", "html"), 2, "no form"),
        (("import", "file", "--from", "calcurse"), 1, "calcurse"),
        (("import", "file", "--from", "jrnl"), 1, "No entry of jrnl"),
        (("import", "folder", "--from", "jrnl"), 1, "no text file in folder"),
        (("import", "folder", "--from", "dayone"), 1, "not an export of Day One"),
        (("import", "folder", "--from", "calcurse"), 1, "neither apts nor todo"),
        (("import", "file", "--json", "--map", "text=a"), 2, "--map"),
        (("export", "--to", "dayone"), 2, "no form"),
        (("export", "--once"), 2, "Into which folder"),
        (("export", "--watch", "x", "--to", "csv"), 2, "--watch writes Markdown"),
        (("export", "--watch", "no/where", "--once"), 3, "no folder"),
        (("export", "--watch", "file", "--once"), 4, "no folder"),
        (("export", "--to", "markdown", "file"), 4, "there already"),
        (("export", "--to", "csv", "--names"), 2, "--names goes with --json"),
        (("export", "--watch", "x", "--once", "--names"), 2, "--names"),
    ],
)
def test_what_is_asked_wrongly(
    ptui: Ptui, tmp_path: Path, args: tuple[str, ...], code: int, words: str
) -> None:
    (tmp_path / "file").write_text("nothing of anybody's")
    (tmp_path / "folder").mkdir()
    ran = ptui(*args)
    assert (ran.code, words in ran.err) == (code, True), ran.err
    assert ran.out == ""
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]


def test_exports_take_the_filters_of_ls_and_say_what_is_in_them(
    ptui: Ptui, tmp_path: Path
) -> None:
    ptui("note", "one", "--on", "2024-09-12")
    ptui("win", "two", "--on", "2024-09-13")
    ptui("promise", "three", "--by", "fri")
    assert ptui("export", "--to", "json").out == ptui("export", "--json").out
    for name, form in (
        ("md", "markdown"),
        (".MD", "markdown"),
        ("todo.txt", "todotxt"),
    ):
        said = ptui("export", "--to", name)
        assert said.out
        assert said.out == ptui("export", "--to", form).out
    ran = ptui("export", "--to", "csv", "--kind", "win,promise")
    assert len(ran.out.splitlines()) == 2
    assert "Private, left out: 1. --private includes them." in ran.err
    ran = ptui("export", "--to", "csv", "--private", "--text", "two")
    assert [line.split(",")[0] for line in ran.out.splitlines()] == ["handle", "J2"]
    ran = ptui(
        "export", "--to", "markdown", "out.md", "--private", "--on", "2024-09-12"
    )
    assert "Private, and in it: 1." in ran.err
    assert "one" in (tmp_path / "out.md").read_text()
    assert (tmp_path / "out.md").stat().st_mode & 0o777 == 0o600
    (tmp_path / "days").mkdir()
    ran = ptui("export", "--to", "markdown", "days", "--private")
    assert sorted(os.listdir(tmp_path / "days")) == [
        ".plannertui-mirror.json",
        *(f"2024-09-{day}.md" for day in (12, 13, 14)),
    ]


def test_once_is_one_round_for_cron(ptui: Ptui, tmp_path: Path) -> None:
    ptui("note", "one", "--on", "2024-09-12")
    first = ptui("export", "--watch", "m", "--once", "--private")
    assert "1 written, 0 removed, 0 as they were" in first.err
    ptui("rm", "J1", "--yes")
    second = ptui("export", "--watch", "m", "--once", "--private")
    assert "0 written, 1 removed, 0 as they were" in second.err
    assert os.listdir(tmp_path / "m") == [".plannertui-mirror.json"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watching_writes_what_changed_and_ends_at_a_signal(
    store: Store, tmp_path: Path, now: datetime, number: signal.Signals
) -> None:
    entries.add(store, text="before", day=date(2024, 9, 12), now=now)
    running = subprocess.Popen(
        [sys.executable, "-m", "plannertui", "export", "--watch", "m", "--private"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PLANNERTUI_DB": store.path,
            "PLANNERTUI_NOW": now.isoformat(),
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    try:
        said = []
        while "Watching" not in (line := running.stderr.readline()):
            said.append(line)
        assert any("1 written" in line for line in said)
        entries.add(store, text="after", day=date(2024, 9, 13), now=now)
        while "written" not in (line := running.stderr.readline()):
            assert line
        assert "1 written, 0 removed, 1 as they were" in line
        assert "after" in (tmp_path / "m" / "2024-09-13.md").read_text()
        running.send_signal(number)
        out, _err = running.communicate(timeout=20)
        assert (running.returncode, out) == (0, "")
        listed = json.loads((tmp_path / "m" / ".plannertui-mirror.json").read_text())
        assert sorted(listed["files"]) == ["2024-09-12.md", "2024-09-13.md"]
    finally:
        running.kill()
        running.wait()
