"""``notify``: what is due, once or each time, without titles unless they are asked for."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.cli.main import main
from plannertui.store import entries, events, matters, people, trash
from plannertui.store.due import reminders
from plannertui.store.dump import export_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from plannertui.store.open import Store

TUE = date(2024, 9, 17)


@pytest.fixture
def notify(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The verb at a moment of Tuesday 17 September 2024: its JSON, or plain lines."""
    monkeypatch.setenv("PLANNERTUI_DB", store.path)
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    def run(at: str, *more: str, code: int = 0, plain: bool = False) -> Any:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PLANNERTUI_NOW", f"2024-09-17T{at}:00+08:00")
            for name, stream in (("stdin", None), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            assert main(["notify", *more, *(() if plain else ("--json",))]) == code
        stream = err if code else out
        stream.seek(0)
        return stream.read() if plain else json.loads(stream.read())

    return run


@pytest.fixture
def board(store: Store, now: datetime) -> None:
    events.add(
        store,
        title="Naming a deputy",
        starts_on=date(2024, 9, 3),
        time="09:30",
        zone="Asia/Shanghai",
        repeat="FREQ=WEEKLY",
        reminders=[10, 1440],
        place="Room 4",
        now=now,
    )


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("at", "more", "expected"),
    [
        ("09:19", (), "meeting: in 11 minutes"),
        ("09:20", (), "meeting: in 10 minutes"),
        ("09:30", (), "meeting: now"),
        ("09:34", (), "meeting: now"),
        ("09:36", (), ""),
        ("06:00", (), "meeting: today 09:30"),
        ("09:20", ("--titles",), "Naming a deputy: in 10 minutes"),
        ("09:20", ("--titles", "--format", "{handle} {what} {place}"),
         "E1 Naming a deputy Room 4"),
        ("09:20", ("--format", "{handle} {what} {place}|"), "E1 meeting |"),
    ],
)  # fmt: skip
def test_a_reminder_is_printed(
    notify: Callable[..., Any], at: str, more: tuple[str, ...], expected: str
) -> None:
    assert notify(at, *more, plain=True).rstrip("\n") == expected


@pytest.mark.usefixtures("board")
def test_each_reminder_comes_once(notify: Callable[..., Any], store: Store) -> None:
    assert [e["minutes"] for e in notify("06:00", "--once")] == [210]
    assert notify("09:10", "--once") == []
    assert [e["minutes"] for e in notify("09:15", "--once", "--within", "15m")] == [15]
    assert notify("09:25", "--once") == []
    assert [e["minutes"] for e in notify("09:25")] == [5]
    # What this machine has said goes nowhere, and is no step to take back.
    document = export_all(store, now=datetime.now().astimezone())
    assert "notified" not in [row["key"] for row in document["tables"]["meta"]]


@pytest.mark.usefixtures("board")
def test_what_is_ahead_is_printed_within_the_time_asked_for(
    notify: Callable[..., Any],
) -> None:
    found = notify("09:40", "--within", "6d")
    assert [(e["day"], e["when"]) for e in found] == [
        ("2024-09-24", "Tue 24 Sep 09:30")
    ]
    assert "a week ahead" in notify("09:40", "--within", "8d", code=2, plain=True)
    assert notify("09:40", "--format", "{x}", code=2, plain=True)


def test_promises_and_what_asks_to_be_seen(
    notify: Callable[..., Any], store: Store, now: datetime
) -> None:
    people.add(store, alias="Director", now=now)
    for title, due in (("late list", 13), ("the list", 17), ("to come", 18)):
        matters.add(
            store,
            kind="promise",
            title=title,
            day=date(2024, 9, 2),
            due=date(2024, 9, due),
            now=now,
        )
    entries.add(
        store,
        text="a doubt",
        day=date(2024, 9, 2),
        revisit_on=date(2024, 9, 16),
        now=now,
    )
    lines = notify("09:00", "--once", plain=True).splitlines()
    assert lines == [
        "promise: due since Fri 13 Sep",
        "promise: due today",
        "something to see again: today",
    ]
    assert notify("10:00", "--once", plain=True) == ""
    assert "late list" in notify("10:00", "--titles", plain=True)


def test_nothing_is_due(
    notify: Callable[..., Any], store: Store, now: datetime
) -> None:
    assert notify("09:00") == []
    made = events.add(
        store, title="x", starts_on=TUE, time="09:05", reminders=[10], now=now
    )
    assert len(notify("09:00")) == 1
    events.edit(store, made, now, state="cancelled")
    assert notify("09:00") == []
    events.edit(store, made, now, state="planned")
    trash.remove(store, made.id, now)
    assert notify("09:00") == []


def test_all_day_counts_from_the_morning(store: Store, now: datetime) -> None:
    events.add(store, title="Appraisal", starts_on=TUE, reminders=[1440], now=now)
    start = datetime(2024, 9, 17, 9, tzinfo=now.tzinfo)
    for moment, count in (
        (start - timedelta(days=1, minutes=1), 0),
        (start - timedelta(days=1), 1),
        (start + timedelta(hours=14), 1),
        (start + timedelta(hours=16), 0),
    ):
        assert len(reminders(store, moment)) == count, moment


@pytest.mark.case(32)
def test_a_night_of_changing_clocks_is_counted(store: Store, now: datetime) -> None:
    """24 hours before 09:00 on the day on which an hour is missing it is 08:00."""
    events.add(
        store,
        title="x",
        starts_on=date(2024, 3, 31),
        time="09:00",
        zone="Europe/Berlin",
        reminders=[1440],
        now=now,
    )
    for hour, count in ((7, 0), (8, 1)):
        moment = datetime.fromisoformat(f"2024-03-30T{hour:02}:00+01:00")
        found = reminders(store, moment, zone="Europe/Berlin")
        assert len(found) == count
