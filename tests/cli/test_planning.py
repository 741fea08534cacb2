"""carry, one, onthisday: the planning of a day from the shell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from plannertui.cli.session import Session
from plannertui.store import entries, matters
from plannertui.store.open import Store
from tests.said import Shell

FRI, MON = date(2024, 9, 6), "2024-09-09T09:00:00+08:00"


@pytest.fixture
def shell(store: Store, tmp_path: Path, now: datetime) -> Shell:
    """A shell on Monday, with a task and a promise left from Friday."""
    matters.add(store, title="count forms", day=FRI, now=now)
    matters.add(store, title="the list", kind="promise", day=FRI, due=FRI, now=now)
    return Shell(tmp_path / "planner.db", MON)


def test_what_is_left_is_listed_taken_up_and_undone(shell: Shell) -> None:
    told = shell("carry")
    assert told.lines[0] == "From Fri 2024-09-06"
    assert [line.split()[0] for line in told.lines[1:]] == ["M1", "M2"]
    assert "ptui carry --all" in told.err
    assert "2 unfinished from Fri 09-06: ptui carry" in shell("today").out
    taken = shell("carry", "--all", "--json").json
    assert [(one["handle"], one["became"], one["from"]) for one in taken] == [
        ("M1", "taken", "2024-09-06"),
        ("M2", "taken", "2024-09-06"),
    ]
    assert shell("carry", "--json").json == []
    assert "unfinished" not in shell("today").out
    assert shell("undo").out == "Undone: take up M1 M2\n"
    # Looked through is looked through: it is listed, and not offered.
    assert len(shell("carry", "--json").json) == 2
    assert "unfinished" not in shell("today").out
    assert len(shell("today", "--json").json["unfinished"]) == 2


def test_some_are_taken_up_and_the_rest_let_be(shell: Shell) -> None:
    assert shell("carry", "M2").code == 0
    assert shell("carry", "--none").out == ""
    assert "unfinished" not in shell("today").out
    tuesday = "2024-09-10T09:00:00+08:00"
    # What was let be rests; what was taken up and not done is left over again.
    left = shell("carry", "--json", now=tuesday).json
    assert [(one["handle"], one["from"]) for one in left] == [("M2", "2024-09-09")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("carry", "--all", "--none"), 2),
        (("carry", "M1", "--all"), 2),
        (("carry", "--pick"), 4),
        (("carry", "M9"), 3),
        (("carry", "J1"), 3),
        (("one", ""), 2),
        (("one", "M9"), 3),
        (("one", "J1"), 4),
        (("one", "M1", "--ls"), 2),
        (("one", "M1", "--off"), 2),
        (("one", "x", "--on", "someday"), 2),
        (("onthisday", "someday"), 2),
        (("today", "--one", ""), 2),
    ],
)
def test_what_cannot_be_meant_is_an_error_and_changes_nothing(
    shell: Shell, store: Store, now: datetime, words: tuple[str, ...], code: int
) -> None:
    entries.add(store, text="a note", day=FRI, now=now)
    count = "SELECT count(*), max(id) FROM action"
    before = store.read(count)
    told = shell(*words)
    assert (told.code, told.out) == (code, "")
    assert told.err.startswith("ptui: ")
    assert store.read(count) == before


def test_the_one_thing_is_a_line_or_a_matter(shell: Shell, store: Store) -> None:
    assert shell("one", "--json").json is None
    chosen = shell("one", "finish", "the", "list", "--json").json
    assert (chosen["handle"], chosen["on"], chosen["result"]) == (
        "M3",
        "2024-09-09",
        "open",
    )
    shown = shell("today").out
    assert "The one thing\n    [ ]  M3" in shown
    other = shell("today", "--one", "M1", "--json").json
    assert other["one"]["handle"] == "M1"
    # The one before it stays a thing of the day.
    assert [item["handle"] for item in other["today"]] == ["M1", "M3"]
    assert shell("done", "M1").code == 0
    assert shell("one").out == "Mon 2024-09-09  [x]  M1  done  count forms\n"
    shell("one", "M2", "--on", "tomorrow")
    listed = shell("one", "--ls", "--json").json
    assert [(one["on"], one["result"]) for one in listed] == [
        ("2024-09-09", "done"),
        ("2024-09-10", "open"),
    ]
    assert shell("one", "--ls", "--on", "2024-09-10", "--json").json == listed[1:]
    assert shell("one", "-n", "1", "--json").json == listed[1:]
    assert "1 of 2 done" in shell("one", "--ls").err
    assert shell("one", "--off", "--on", "2024-09-09").code == 0
    assert shell("one", "--json").json is None
    assert shell("undo").out == "Undone: take M1 off the day\n"
    assert shell("one", "--json").json["handle"] == "M1"
    # After -- even a handle is text.
    assert shell("one", "--json", "--", "M1").json["text"] == "M1"


def test_the_week_tells_which_days_had_one(shell: Shell) -> None:
    shell("one", "M1")
    shell("done", "M1")
    shell("one", "M2", "--on", "tomorrow")
    told = shell("review", "week", "--show", now="2024-09-13T17:00:00+08:00").out
    assert "The one thing of the day · 1 of 2 done on their day" in told


def test_this_day_in_other_years(shell: Shell, store: Store, now: datetime) -> None:
    for day, text in (("2020-02-29", "leap"), ("2023-02-28", "plain")):
        on = date.fromisoformat(day)
        entries.add(store, text=text, day=on, now=now, timed=False)
    told = shell("onthisday", "2023-02-28")
    assert told.lines[0] == "Sat 2020-02-29"
    assert told.lines[1].split() == ["J1", "note", "leap"]
    found = shell("onthisday", "2024-02-29", "--json").json
    assert [(one["day"], one["text"]) for one in found] == [
        ("2023-02-28", "plain"),
        ("2020-02-29", "leap"),
    ]
    assert len(shell("onthisday", "2024-02-29", "-n", "1", "--json").json) == 1
    later = "2025-02-28T09:00:00+08:00"
    assert "On this day" in shell("today", "--on-this-day", now=later).out
    assert "On this day" not in shell("today", now=later).out
    assert "Nothing was written on 03-05" in shell("onthisday", "2024-03-05").err


def test_in_chinese(shell: Shell) -> None:
    assert shell("--lang", "zh", "carry").lines[0] == "2024-09-06 周五 留下的"
    assert "2 件没办完" in shell("--lang", "zh", "today").out


def test_each_is_asked_about(
    shell: Shell, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    matters.add(store, title="drop me", day=FRI, now=datetime.fromisoformat(MON))
    answers = iter(("?", "m", "someday", "m", "fri", "t", "x"))
    asked: list[str] = []

    def ask(_session: Session, question: str) -> str:
        asked.append(question.split()[0])
        return next(answers)

    monkeypatch.setattr(Session, "interactive", property(lambda _session: True))
    monkeypatch.setattr(Session, "ask", ask)
    told = shell("carry", "--pick", "--json").json
    assert [(one["handle"], one["became"]) for one in told] == [
        ("M1", "moved"),
        ("M2", "taken"),
        ("M3", "dropped"),
    ]
    # What could not be read was asked again, and changed nothing.
    assert asked == ["M1", "M1", "To", "M1", "To", "M2", "M3"]
    assert matters.get(store, "M1").due == date(2024, 9, 13)
    assert matters.get(store, "M3").state == "dropped"
    assert "unfinished" not in shell("today").out
