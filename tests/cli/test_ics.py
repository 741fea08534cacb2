"""Calendar files from the shell: dry run, import, the same again, undo, export, errors."""

from __future__ import annotations

import json
import stat
from datetime import date
from typing import TYPE_CHECKING

from plannertui.store import events
from tests.exchange.icskit import FIXTURES, calendar, event
from tests.living import Life

SPAN = (date(2024, 9, 1), date(2024, 9, 30))

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


def test_a_calendar_comes_in_and_goes_out(
    ptui: Ptui, store: Store, tmp_path: Path
) -> None:
    google = FIXTURES / "google.ics"
    dry = ptui("import", str(google), "--dry-run")
    assert dry.code == 0, dry.err
    assert "Would add: 6 events" in dry.out
    assert "new: 2024-01-08" in dry.out
    assert "not understood" in dry.out
    assert "ATTENDEE (2)" in dry.out
    before = store.version()
    came = ptui("import", "--from", "ics", str(google), "--as", "work")
    assert "Added: 6 events; changed: 0; the same: 0; left: 0." in came.out
    assert "ptui undo" in came.err
    assert store.version() != before
    out = ptui("export", "--to", "ics", "out.ics", "--as", "work")
    assert out.out == ""
    assert "readable by you only" in out.err
    assert "6 events" in out.err
    path = tmp_path / "out.ics"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().count(b"BEGIN:VEVENT\r\n") == 6
    assert ptui("undo").code == 0
    assert events.between(store, *SPAN) == []


def test_in_chinese_and_by_pipe(ptui: Ptui) -> None:
    raw = calendar(event(), event("DTEND:20240918T090000", uid="2"))
    ran = ptui("--lang", "zh_Hans", "import", "-", "--from", "ics", input=raw)
    assert "新增：1 个日程" in ran.out
    assert "未导入：第 8 行：Board：结束早于开始" in ran.out


def test_through_the_pipe_without_a_form(ptui: Ptui) -> None:
    assert "Added: 1 event" in ptui("import", "-", input=calendar(event())).out


def test_calls_and_files_that_cannot_be(store: Store, tmp_path: Path) -> None:
    life = Life(tmp_path / "planner.db", 1)
    good, bad = tmp_path / "good.ics", tmp_path / "bad.ics"
    good.write_bytes(calendar(event(), event("DTEND:20240918T090000", uid="2")))
    bad.write_bytes(calendar("BEGIN:VEVENT\n"))
    found = life.say("import", str(good))
    assert [one["handle"] for one in found["added"]] == ["E1"]
    (left,) = found["left"]
    assert (left["label"], left["line"]) == ("Board", 8)
    assert (found["source"], found["dry_run"]) == ("ics", False)
    again = life.say("import", str(good), "--dry-run")
    assert (again["added"], again["changed"], again["same"]) == ([], [], 1)
    version = store.version()
    life.say("import", str(bad), codes=(1,))
    life.say("import", str(tmp_path / "none.ics"), codes=(3,))
    (tmp_path / "empty").mkdir()
    life.say("import", str(tmp_path / "empty"), "--from", "ics", codes=(1,))
    life.say("import", str(good), "--as", " ", codes=(2,))
    assert store.version() == version


def test_what_both_changed_is_told_and_theirs_can_be_taken(
    store: Store, tmp_path: Path
) -> None:
    life = Life(tmp_path / "planner.db", 1)
    file = tmp_path / "work.ics"
    file.write_bytes(calendar(event("LOCATION:a")))
    life.say("import", str(file))
    events.edit(store, events.get(store, "E1"), life.now, place="mine")
    file.write_bytes(calendar(event("LOCATION:b")))
    found = life.say("import", str(file))
    assert [one["handle"] for one in found["left"]] == ["E1"]
    found = life.say("import", str(file), "--theirs")
    assert [one["fields"] for one in found["changed"]] == [["place"]]
    life.say("rm", "E1")
    assert life.say("import", str(file))["left"][0]["handle"] == "E1"
    assert life.say("import", str(file), "--again")["changed"][0]["handle"] == "E1"
    assert events.get(store, "E1").place == "b"


def test_only_what_the_filter_lets_through_goes_out(ptui: Ptui, store: Store) -> None:
    ptui("promise", "the list", "--by", "2024-09-20")
    ptui("event", "add", "Board", "--on", "2024-09-19")
    ptui("event", "add", "Round", "--on", "2024-10-19")
    out = ptui("export", "--to", "ics", "-", "--kind", "event", "--until", "2024-09-30")
    assert "SUMMARY:Board\r\n" in out.out.replace("\n", "\r\n").replace("\r\r", "\r")
    assert "Round" not in out.out
    assert "the list" not in out.out
    assert "1 event" in out.err
    assert json.loads(ptui("export", "--json").out)["format"] == "plannertui"


def test_a_long_import_shows_how_far_it_is(
    terminal: OnTerminal, tmp_path: Path
) -> None:
    parts = [event(uid=str(number)) for number in range(600)]
    (tmp_path / "long.ics").write_bytes(calendar(*parts))
    shown = terminal("import", "long.ics")
    assert shown.code == 0
    assert b"\rReading" in shown.raw
    assert b"\r500/600" in shown.raw
    assert b"600/600\r\x1b[K" in shown.raw
    assert "Added: 600 events" in shown.text
