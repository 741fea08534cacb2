"""Input that nobody types on purpose: each is answered in words, and harms nothing."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from tests.conftest import Ptui

FAULT = "fault of the program"


@pytest.fixture
def office(ptui: Ptui) -> Ptui:
    """A leader, a goal, a promise, an event, a note."""
    for args in (
        ("leader", "add", "Director", "--name", "Canary Name"),
        ("goal", "add", "Backlog", "--measure", "cases", "--from", "0", "--to", "100"),
        ("promise", "list", "--to", "L1", "--by", "fri"),
        ("event", "add", "talk", "--on", "2024-09-14", "--to", "+2d", "--at", "9:30"),
        ("note", "calm"),
        ("year", "set", "7", "--theme", "seventh"),
    ):
        assert ptui(*args).code == 0
    return ptui


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("win", "x", "--goal", "G1", "--n", "1e308"), 2),
        (("win", "x", "--goal", "G1", "--n", "1_0"), 2),
        (("goal", "check-in", "G1", "inf"), 2),
        (("goal", "add", "x", "--due", "9999-12-31"), 2),
        (("goal", "ls", "--year", "0000000012345678901"), 2),
        (("goal", "ls", "--year", "9" * 5000), 2),
        (("event", "add", "x", "--on", "today", "--at", "²:30"), 2),
        (("event", "ls", "--from", "9999-12-31"), 0),
        (("edit", "E1", "--day", "9999-12-31"), 2),
        (("show", b"\xff\xfe"), 3),
        (("leader", "show", b"\xff"), 3),
        (("goal", "milestone", "rm", b"\xff"), 3),
        (("done", "M1", "--on", "tomorrow"), 2),
        (("note", "x", "--db", ""), 2),
        (("rm", "Y1", "--yes"), 4),
        (("search", "seventh"), 0),
    ],
)
def test_it_is_answered_in_words(
    office: Ptui, args: tuple[str | bytes, ...], code: int
) -> None:
    ran = office(*args)
    assert FAULT not in ran.err
    assert ran.code == code
    assert bool(ran.err.strip()) == bool(code) or code == 0
    assert office("today").code == 0
    assert office("goal", "ls", "--json").json[0]["measure"]["now"] == 0


@pytest.mark.case(35)
@pytest.mark.parametrize("zone", ["UTC-8", "EST5EDT,M3.2.0,M11.1.0", ":Nowhere/At_All"])
def test_a_zone_without_a_name(office: Ptui, zone: str) -> None:
    ran = office("event", "add", "x", "--on", "fri", "--at", "10", env={"TZ": zone})
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59-12:00", "soon"])
def test_a_clock_that_cannot_be_read(ptui: Ptui, moment: str) -> None:
    ran = ptui("note", "x", env={"PLANNERTUI_NOW": moment})
    assert FAULT not in ran.err
    assert ran.code in (0, 2)


def test_one_thing_by_two_names_is_one_thing(office: Ptui) -> None:
    assert office("done", "M1", "m1").out == "M1  kept  list\n"
    assert office("rm", "J1", "j1").code == 0
    assert office("restore", "J1", "j1").out.count("J1") == 1
    assert office("rm", "L1", "director", "--json").json == [
        {"handle": "L1", "type": "person"}
    ]


@pytest.mark.case(42)
def test_a_nul_from_a_pipe_is_left_out_and_told(office: Ptui) -> None:
    ran = office("edit", "J1", "--text", "-", input=b"a\0b")
    assert "NUL" in ran.err
    assert office("show", "J1", "--json").json["text"] == "ab"
    ran = office("note", input=b"c\0d")
    assert "NUL" in ran.err
    assert office("show", "J2", "--json").json["text"] == "cd"


def test_a_text_that_could_not_be_saved_is_given_back(office: Ptui) -> None:
    ran = office("edit", "G1", "--title", "-", input="long " * 50)
    assert ran.code == 2
    assert ("long " * 50).strip() in ran.err


def test_a_real_name_stays_out_of_the_history(office: Ptui) -> None:
    office("leader", "set", "L1", "--name", "Another Canary")
    office("leader", "set", "L1", "--name", "none", "--depth", "headline")
    for args in (("show", "L1", "--log"), ("show", "L1", "--log", "--json")):
        assert "Canary" not in office(*args).out
    assert "Another Canary" in office("show", "L1", "--log", "--names").out


def test_what_is_due_for_an_added_line_is_no_day_to_come(office: Ptui) -> None:
    ran = office("add", "> call IT", "--on", "2024-09-20")
    assert ran.code == 2
    assert "--by" in ran.err
    assert office("add", "> call IT", "--on", "yesterday").code == 0


def test_a_meeting_of_the_day_is_over_after_midnight(office: Ptui) -> None:
    office("event", "add", "morning", "--on", "2024-09-14", "--at", "10:00")
    late = {"PLANNERTUI_NOW": "2024-09-15T01:30:00+08:00"}
    told = office("today", "--json", env=late).json
    assert told["date"] == "2024-09-14"
    assert [item["text"] for item in told["next"]] == ["talk"]


def test_a_search_for_a_picture_says_what_can_be_searched(office: Ptui) -> None:
    ran = office("search", "🎉")
    assert (ran.code, ran.out) == (0, "")
    assert "no word" in ran.err
    assert office("search", "call " * 1000).code == 2


def test_an_editor_is_not_deaf_to_ctrl_c(office: Ptui, tmp_path: Path) -> None:
    """A signal that is ignored would be ignored in the editor too."""
    script = tmp_path / "ed.py"
    script.write_text(
        "import signal, sys\n"
        "ignored = signal.getsignal(signal.SIGINT) == signal.SIG_IGN\n"
        "open(sys.argv[1], 'a').write(f'{ignored}\\n')\n"
    )
    import sys

    office("edit", "J1", "--editor", env={"EDITOR": f"{sys.executable} {script}"})
    assert office("show", "J1", "--json").json["text"] == "calm\nFalse"


@pytest.mark.case(5, 7)
def test_a_full_file_does_not_kill(office: Ptui, tmp_path: Path) -> None:
    """RLIMIT_FSIZE stands for a full disk: told, undone, the text given back."""
    import resource
    import subprocess
    import sys

    size = (tmp_path / "planner.db").stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    env = {**os.environ, "PLANNERTUI_DB": str(tmp_path / "planner.db")}
    env["PYTHONPATH"] = str(Path(__file__).parent.parent.parent)
    text = "x" * 3_000_000
    ran = subprocess.run(
        [sys.executable, "-m", "plannertui", "note", "--json"],
        input=text.encode(),
        capture_output=True,
        env=env,
        preexec_fn=limit,
        check=False,
    )
    assert ran.returncode == 1 != -signal.SIGXFSZ
    error = json.loads(ran.stderr)["error"]
    assert error["code"] == "disk_full"
    assert error["text"] == text
    assert office("doctor").code == 0
    assert office("note", "again").code == 0
    assert len(office("ls", "--kind", "note", "--all", "--json").json) == 2


@pytest.mark.case(17)
def test_the_day_can_be_read_while_somebody_else_writes(
    office: Ptui, tmp_path: Path
) -> None:
    """What is only remembered is not waited for in vain; the rest is told."""
    from plannertui.store.open import connect

    other = connect(str(tmp_path / "planner.db"))
    other.execute("BEGIN IMMEDIATE")
    friday = {"PLANNERTUI_NOW": "2024-09-13T09:00:00+08:00"}
    assert office("goal", "ls", env=friday).code == 0
    ran = office("today", env=friday)
    other.execute("ROLLBACK")
    other.close()
    assert "Backlog" in ran.out
    assert ran.code == 1
    assert "Another program" in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ("reflect",),
        ("goal", "add"),
        ("goal", "milestone", "add", "G1"),
        ("leader", "priority", "add", "L1"),
        ("edit", "J1", "--text", "-"),
        ("note",),
    ],
)
def test_what_came_by_a_pipe_is_given_back(
    office: Ptui, tmp_path: Path, args: tuple[str, ...]
) -> None:
    """A store that a newer version has made can only be read."""
    import sqlcipher3.dbapi2 as driver

    other = driver.connect(str(tmp_path / "planner.db"))
    other.execute("PRAGMA user_version = 99")
    other.close()
    ran = office(*args, input="words that took an hour\n")
    assert ran.code == 4
    assert "words that took an hour" in ran.err
    assert ran.err.count("made by a newer version") == 1
    ran = office(*args, "--json", input="words that took an hour\n")
    assert ran.error["code"] == "read_only"
    assert ran.error["text"] == "words that took an hour"
    ran = office("ls", "--json")
    assert len(ran.json) == 3
    assert "newer version" in ran.err
