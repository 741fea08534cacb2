"""doctor, export and import as commands."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_round_trip(ptui: Ptui, planned: Store, tmp_path: Path) -> None:
    ptui("win", "表单 \x1b[31m 9 of 10", "--goal", "G2")
    ptui("reflect", "thought")
    exported = ptui("export", "--json", "out.json")
    assert (exported.code, exported.out) == (0, "")
    assert "readable by you only" in exported.err
    assert mode(tmp_path / "out.json") == 0o600
    other = {"PLANNERTUI_DB": str(tmp_path / "other.db")}
    took = ptui("import", "--json", "out.json", env=other)
    assert took.json["exact"]
    assert took.json["added"]["entry"] == 2
    one = ptui("export", "--json").json
    two = ptui("export", "--json", "-", env=other).json
    del one["exported_at"], two["exported_at"]
    assert one == two
    again = ptui("import", "--json", "-", input=(tmp_path / "out.json").read_text())
    assert (again.json["added"], again.json["conflicts"]) == ({}, [])
    assert again.json["same"] == 7


def test_a_dry_run(ptui: Ptui, planned: Store, tmp_path: Path) -> None:
    ptui("export", "--json", "out.json")
    other = {"PLANNERTUI_DB": str(tmp_path / "other.db")}
    ran = ptui("import", "--json", "out.json", "--dry-run", env=other)
    assert ran.json["dry_run"]
    assert "Would take in" in ran.err
    assert ptui("goal", "--json", env=other).json == []


@pytest.mark.case(57)
def test_an_export_replaces_nothing_unasked(
    ptui: Ptui, planned: Store, tmp_path: Path
) -> None:
    (tmp_path / "mine.json").write_text("mine")
    (tmp_path / "far.json").write_text("far")
    os.symlink(tmp_path / "far.json", tmp_path / "link.json")
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("mine.json", "link.json", "pipe.json", "."):
        ran = ptui("export", "--json", name)
        assert (ran.code, ran.out) == (4, ""), name
        assert ran.error["code"] == "refused"
    for name in ("link.json", "pipe.json"):
        assert ptui("export", "--json", name, "--force").code == 4
    assert (tmp_path / "mine.json").read_text() == "mine"
    assert (tmp_path / "far.json").read_text() == "far"
    assert ptui("export", "--json", "mine.json", "--force").code == 0
    assert mode(tmp_path / "mine.json") == 0o600
    assert json.loads((tmp_path / "mine.json").read_text())["format"] == "plannertui"
    assert not list(tmp_path.glob("*.part"))


def test_folders_that_are_no_good(ptui: Ptui, planned: Store, tmp_path: Path) -> None:
    assert ptui("export", "--json", "nowhere/out.json").code == 3
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    assert ptui("export", "--json", "open/out.json").code == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1"),
        (b"{}", "not an export"),
        (b"\xff\xfe{\x00", "UTF-8"),
        (b'{"format": "plannertui", "version": 9, "schema": 1}', "newer version"),
        (b"[" * 200_000, "too deeply"),
    ],
    ids=["empty", "no export", "UTF-16", "newer", "deep"],
)
def test_files_that_are_no_exports(
    ptui: Ptui, planned: Store, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    before = planned.version()
    ran = ptui("import", "--json", "bad.json")
    assert ran.code in (1, 4)
    assert ran.out == ""
    assert said in ran.error["message"]
    assert planned.version() == before


def test_calls_that_are_not_understood(ptui: Ptui, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "odd.txt").write_text("neither this nor that")
    for call, code in (
        (("export",), 2),
        (("export", "--json", "a", "b"), 2),
        (("export", "--json", "--kind", "win"), 2),
        (("export", "--to", "odd"), 2),
        (("import", "x.json"), 3),
        (("import", "odd.txt"), 2),
        (("import", "odd.txt", "--from", "odd"), 2),
        (("import", "--json"), 2),
        (("import", "--json", "none.json"), 3),
        (("import", "--json", "."), 1),
        (("import", "--json", "pipe.json"), 1),
    ):
        assert ptui(*call).code == code, call


def test_what_differs_is_told(ptui: Ptui, planned: Store) -> None:
    ptui("note", "first")
    ptui("export", "--json", "out.json")
    ptui("edit", "J1", "--text", "second")
    ran = ptui("import", "--json", "out.json")
    assert ran.json["conflicts"] == [
        {"type": "entry", "handle": "J1", "label": "second"}
    ]
    assert "kept as it is here: J1" in ran.err
    assert ptui("show", "J1", "--json").json["text"] == "second"


def test_what_an_export_prints_cannot_command_a_terminal(
    ptui: Ptui, terminal: OnTerminal
) -> None:
    ptui("note", "a \u009b31m \u202e b \x1b]0;x\x07 工作")
    shown = terminal("export", "--json")
    assert shown.code == 0
    for bad in ("\u009b", "\u202e", "\x1b]", "\x07"):
        assert bad not in shown.text
    assert "工作" in shown.text
    assert json.loads(shown.text)["tables"]["entry"][0]["text"].startswith(
        "a \u009b31m"
    )


def test_a_healthy_planner(ptui: Ptui, planned: Store) -> None:
    ran = ptui("doctor", "--json")
    assert ran.code == 0
    assert ran.json["ok"]
    codes = [finding["code"] for finding in ran.json["findings"]]
    for code in ("program", "file", "integrity", "triggers", "search", "settings"):
        assert code in codes
    plain = ptui("doctor")
    assert (plain.code, plain.err) == (0, "Nothing is wrong; 2 things to know.\n")
    assert all(line.startswith(("fine", "note")) for line in plain.out.splitlines())


def test_the_doctor_makes_nothing(ptui: Ptui, home: Path, tmp_path: Path) -> None:
    ran = ptui("doctor", env={"PLANNERTUI_DB": None})
    assert ran.code == 0
    assert "There is no planner" in ran.out
    assert not (home / ".local").exists()
    assert not list(tmp_path.iterdir())


def test_an_ill_planner(ptui: Ptui, planned: Store, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("day_start = 9\n", encoding="utf-8")
    (tmp_path / "prompts.toml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "planner.db").chmod(0o644)
    ran = ptui("doctor", "--json", "--config", str(config))
    assert ran.code == 1
    wrong = {f["code"] for f in ran.json["findings"] if f["level"] == "wrong"}
    assert {"settings", "prompts", "mode"} <= wrong
    assert "day_start" in ran.out


def test_not_a_database(ptui: Ptui, tmp_path: Path) -> None:
    (tmp_path / "planner.db").write_bytes(b"dear diary" * 100)
    (tmp_path / "planner.db").chmod(0o600)
    ran = ptui("doctor")
    assert ran.code == 1
    assert "wrong" in ran.out
    assert (tmp_path / "planner.db").read_bytes() == b"dear diary" * 100
