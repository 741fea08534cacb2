"""Calendar files of others: those that libraries ship, and round trips through programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest

from plannertui.core.errors import BadFile
from plannertui.exchange import ics
from plannertui.exchange.files import Source
from plannertui.exchange.importing import apply, plan
from plannertui.store import events, matters
from plannertui.store.open import open_store
from tests.exchange.icskit import (
    ASKED,
    ITEMS,
    NOW,
    components,
    counts,
    every,
    give,
    named,
    occurrences,
    take,
)

if TYPE_CHECKING:
    from plannertui.store.open import Store

CORPUS = Path(icalendar.__file__).parent / "tests"
DAY = date(2024, 9, 19)


def test_every_file_that_the_library_ships(tmp_path: Path, empty: Path) -> None:
    """Each is read without a fault; what is in it goes out as it came."""
    files = sorted(CORPUS.rglob("*.ics"))
    if not files:
        pytest.skip("the installed icalendar ships no files")
    path = tmp_path / "corpus.db"
    shutil.copy(empty, path)
    db = open_store(str(path), now=NOW)
    refused, taken = [], 0
    for number, file in enumerate(files):
        raw = file.read_bytes()
        source = f"ics:{number}"
        try:
            made = take(db, raw, source)
        except BadFile:
            refused.append(file.name)
            continue
        taken += len(made.added)
        told = raw.decode("utf-8-sig", "replace")
        then, now = components(told, *ITEMS), components(give(db, source, True), *ITEMS)
        assert then == now, file.name
        again = take(db, raw, source)
        assert counts(again)[:2] == (0, 0), file.name
    db.close()
    # Those are broken in their structure.
    assert set(refused) <= BROKEN
    assert taken > 100


BROKEN = {
    *("big_bad_calendar.ics", "small_bad_calendar.ics"),
    *("fuzz_testcase_0_char_in_component_name.ics", "fuzz_testcase_invalid_month.ics"),
    *("pr_480_summary_with_colon.ics", "timezone_same_start_and_offset.ics"),
}


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed (apt-get install {program})")
    return found


class Khal:
    """khal with a folder and settings of its own."""

    def __init__(self, folder: Path) -> None:
        self.program = needs("khal")
        self.folder = folder / "calendar"
        self.folder.mkdir()
        self.config = folder / "khal.conf"
        self.config.write_text(
            f"[calendars]\n[[work]]\npath = {self.folder}\n[default]\n"
            "default_calendar = work\n[locale]\nlocal_timezone = Asia/Shanghai\n"
            "default_timezone = Asia/Shanghai\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder}/khal.db\n"
        )

    def say(self, *words: str) -> str:
        done = subprocess.run(
            [self.program, "-c", str(self.config), *words],
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def planned(db: Store) -> None:
    """A week of a planner: a series with an exception, a trip, a call elsewhere."""
    series = events.add(
        db,
        title="例会 round",
        starts_on=DAY,
        time="09:30",
        minutes=45,
        zone="Asia/Shanghai",
        repeat="FREQ=WEEKLY;UNTIL=20241031",
        skipped=(date(2024, 9, 26), date(2024, 10, 3)),
        place="Room 4, second floor",
        reminders=(15,),
        now=NOW,
    )
    events.add(
        db,
        title="例会 round, on Friday",
        starts_on=date(2024, 9, 27),
        time="14:00",
        minutes=45,
        zone="Asia/Shanghai",
        series_id=series.id,
        slot_on=date(2024, 9, 26),
        now=NOW,
    )
    events.add(db, title="Trip", starts_on=DAY, ends_on=date(2024, 9, 21), now=NOW)
    events.add(
        db,
        title="Call",
        starts_on=DAY,
        time="10:00",
        minutes=30,
        zone="Europe/Berlin",
        now=NOW,
    )


LISTED = ("list", "--format", "{start}|{title}", "--day-format", "")


def test_khal_lists_what_is_written_here(store: Store, tmp_path: Path) -> None:
    khal = Khal(tmp_path)
    planned(store)
    file = tmp_path / "out.ics"
    file.write_text(give(store), newline="")
    khal.say("import", "--batch", str(file))
    listed = khal.say(*LISTED, "2024-09-16", "2024-11-05")
    found = {
        (title, start)
        for start, title in (line.split("|") for line in listed.splitlines() if line)
    }
    expected = occurrences(store, date(2024, 9, 16), date(2024, 11, 5), "Asia/Shanghai")
    timed = {one for one in expected if " " in one[1]}
    assert timed <= found
    assert {title for title, _start in found} == {title for title, _at in expected}
    assert sum(title == "Trip" for title, _start in found) >= 1
    assert len([one for one in found if one[0] != "Trip"]) == len(timed)


def test_what_khal_writes_is_shown_here(store: Store, tmp_path: Path) -> None:
    khal = Khal(tmp_path)
    khal.say(
        "new", "2024-09-19", "09:30", "10:15", "Board, weekly", "::", "bring the list"
    )
    khal.say(
        "new",
        "--repeat",
        "weekly",
        "--until",
        "2024-10-31",
        "2024-09-20",
        "14:00",
        "15:00",
        "Round",
    )
    khal.say("new", "--location", "Room 4", "2024-09-23", "2024-09-25", "Away")
    (khal.folder / "broken.ics").write_text("BEGIN:VCALENDAR\n")
    made = plan(store, "ics", ics.read(Source(str(khal.folder)), ASKED))
    assert counts(made) == (3, 0, 0, 1)
    assert made.left[0].label == "broken.ics"
    apply(store, made, NOW)
    made = plan(store, "ics", ics.read(Source(str(khal.folder)), ASKED))
    assert (counts(made), made.loose) == ((0, 0, 3, 1), [])
    board = named(store, "Board, weekly")
    assert (board.starts_on, board.time, board.minutes) == (DAY, "09:30", 45)
    assert (board.zone, board.notes) == ("Asia/Shanghai", "bring the list")
    # It ends at midnight in UTC, which is before that of the last day.
    assert named(store, "Round").repeat == "FREQ=WEEKLY;UNTIL=20241030"
    away = named(store, "Away")
    assert (away.time, away.ends_on, away.place) == (None, date(2024, 9, 25), "Room 4")
    # Moved here, khal shows it there.
    events.edit(store, board, NOW, time="16:00")
    for file in khal.folder.glob("*.ics"):
        file.unlink()
    out = tmp_path / "out.ics"
    out.write_text(give(store, private=True), newline="")
    khal.say("import", "--batch", str(out))
    listed = khal.say(*LISTED, "2024-09-19", "2024-09-20")
    assert "2024-09-19 16:00|Board, weekly" in listed
    assert "2024-09-20 14:00|Round" in listed


def calcurse(folder: Path, *words: str) -> str:
    program = needs("calcurse")
    done = subprocess.run(
        [program, "-D", str(folder / "data"), "-C", str(folder / "conf"), *words],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_through_calcurse_and_back(store: Store, tmp_path: Path, empty: Path) -> None:
    planned(store)
    matters.add(store, title="the list", day=DAY, important=True, now=NOW)
    out = tmp_path / "out.ics"
    out.write_text(give(store), newline="")
    said = calcurse(tmp_path, "-i", str(out))
    assert "0 skipped" in said or "skipped" not in said, said
    listed = calcurse(tmp_path, "-Q", "--from", "09/19/2024", "--days", "1")
    assert "09:30" in listed
    assert "例会 round" in listed
    # Times elsewhere are not known to it as such: it has them by the clock here.
    back = calcurse(tmp_path, "-xical")
    other_path = tmp_path / "other.db"
    shutil.copy(empty, other_path)
    other = open_store(str(other_path), now=NOW)
    made = take(other, back.encode())
    assert made.left == []
    assert {one.title for one in every(other)} >= {"例会 round", "Trip", "Call"}
    assert [one.title for one in matters.ls(other)] == ["the list"]
    series = next(one for one in every(other) if one.title == "例会 round")
    assert series.repeat.startswith("FREQ=WEEKLY")
    assert date(2024, 10, 3) in series.skipped
    other.close()


def test_what_calcurse_writes_is_shown_here(store: Store, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "apts").write_text(
        "09/19/2024 @ 09:30 -> 09/19/2024 @ 10:15 |Board\n"
        "09/20/2024 @ 14:00 -> 09/20/2024 @ 15:00 {1W -> 10/31/2024 !09/27/2024} |Round\n"
        "09/23/2024 [1] Away\n"
    )
    (data / "todo").write_text("[2] The list\n[-3] Done\n")
    raw = calcurse(tmp_path, "-xical").encode()
    made = take(store, raw)
    assert counts(made) == (5, 0, 0, 0)
    assert (named(store, "Board").time, named(store, "Board").minutes) == ("09:30", 45)
    rounds = named(store, "Round")
    assert rounds.repeat.startswith("FREQ=WEEKLY;UNTIL=20241031")
    assert rounds.skipped == (date(2024, 9, 27),)
    assert named(store, "Away").time is None
    assert [one.title for one in matters.ls(store)] == ["The list"]
    assert counts(take(store, raw)) == (0, 0, 5, 0)
    assert components(give(store, "ics"), *ITEMS) == components(raw.decode(), *ITEMS)


def test_a_file_without_an_end_of_line_of_its_own_kind(store: Store) -> None:
    raw = b"BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:1\rDTSTART:20240919\rEND:VEVENT\rEND:VCALENDAR"
    reading = ics.read(Source.of(raw), replace(ASKED, zone=""))
    assert reading.found[0].fields["starts_on"] == DAY
