"""Whatever happens to the talks of a series, no item of an agenda is lost or doubled."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plannertui.core.errors import Refused
from plannertui.core.workdays import WorkCalendar, mon_fri
from plannertui.store import agendas, entries, events, history, meetings, people
from plannertui.store.dump import export_all
from plannertui.store.merge import import_all
from plannertui.store.open import open_store
from tests.examples import costly

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from plannertui.core.events import Event
    from plannertui.store.open import Store

PLAIN = WorkCalendar(lambda year: mon_fri("mon-fri", year))
START = date(2024, 9, 2)
NOW = datetime(2024, 9, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

STEP = st.sampled_from(
    ["add", "add", "tick", "untick", "drop", "shift", "hold", "cancel", "move", "undo"]
)


def near(db: Store, today: date) -> Event:
    return meetings.upcoming(db, today, PLAIN)[0]


def open_items(db: Store, event: Event, today: date) -> list[str]:
    return [one.text for one in agendas.agenda(db, event, today) if not one.done]


def test_what_a_talk_held_stays_when_it_is_cancelled_beyond_the_next_one(
    store: Store,
) -> None:
    leader = people.add(store, alias="Director", now=NOW)
    meetings.add(store, leader, starts_on=START, repeat="weekly", now=NOW)
    agendas.add_item(store, near(store, START), "the form", START, NOW)
    later = meetings.move(store, near(store, START), date(2024, 9, 10), NOW)
    meetings.cancel(store, later, START, NOW, PLAIN)
    assert near(store, START).starts_on == date(2024, 9, 9)
    assert open_items(store, near(store, START), START) == ["the form"]


@costly(
    25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(STEP, st.integers(0, 5)), max_size=14))
def test_an_item_is_open_until_it_is_ticked_or_dropped(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    db = open_store(str(tmp_path_factory.mktemp("talks") / "planner.db"), now=NOW)
    leader = people.add(db, alias="Director", now=NOW)
    today = START
    meetings.add(db, leader, starts_on=today, repeat="weekly", now=NOW)
    # What is to be said still; and as it was before each step that can be undone.
    wanted: Counter[str] = Counter()
    before: list[tuple[Counter[str], date]] = []
    number = 0
    for step, which in steps:
        talk = near(db, today)
        items = agendas.agenda(db, talk, today)
        place = which % len(items) + 1 if items else 0
        kept, day = wanted.copy(), today
        if step == "add":
            number += 1
            agendas.add_item(db, talk, f"item {number}", today, NOW)
            wanted[f"item {number}"] += 1
        elif step in ("tick", "untick") and place:
            text, done = items[place - 1].text, step == "tick"
            agendas.tick(db, talk, place, today, NOW, done)
            wanted[text] = 0 if done else 1
        elif step == "drop" and place:
            wanted[items[place - 1].text] = 0
            agendas.drop_item(db, talk, place, today, NOW)
        elif step == "shift" and place:
            agendas.shift_item(db, talk, place, which - 2, today, NOW)
        elif step == "hold":
            today = max(today, talk.starts_on)
            meetings.hold(db, talk, today, NOW, PLAIN)
        elif step == "cancel":
            meetings.cancel(db, talk, today, NOW, PLAIN)
        elif step == "move" and talk.starts_on >= today:
            try:
                moved = talk.starts_on + timedelta(days=which)
                meetings.move(db, talk, moved, NOW)
            except Refused:
                continue
        elif step == "undo" and before:
            assert history.undo(db, NOW) is not None
            wanted, _day = before.pop()
            assert Counter(open_items(db, near(db, today), today)) == +wanted
            continue
        else:
            continue
        before.append((kept, day))
        assert Counter(open_items(db, near(db, today), today)) == +wanted
        # Every row of the series has its own day in it.
        slots = [one.slot_on for one in meetings.ls(db) if one.slot_on is not None]
        assert len(slots) == len(set(slots))
    db.close()


def test_handles_in_agendas_and_follow_ups_follow_a_merge(
    store: Store, now: datetime, tmp_path: Path
) -> None:
    leader = people.add(store, alias="Director", now=now)
    talk = meetings.add(store, leader, starts_on=START, repeat="weekly", now=now)
    entry = entries.add(store, text="the room", day=START, now=now)
    talk = agendas.add_item(store, talk, entry.handle, START, now)
    events.edit(
        store,
        talk,
        now,
        follow_up={"heard": [{"text": "yes", "became": entry.handle}]},
        state="followed_up",
    )
    agendas.change_agenda(store, near(store, START), START, now)
    other = open_store(str(tmp_path / "other.db"), now=now)
    try:
        entries.add(other, text="mine", day=START, now=now)
        events.add(other, title="mine", starts_on=START, now=now)
        report = import_all(other, export_all(store, now=now), now)
        assert (report.moved["J1"], report.moved["E1"]) == ("J2", "E2")
        first, second = meetings.ls(other)
        assert first.agenda[0]["ref"] == "J2"
        assert first.follow_up["heard"][0]["became"] == "J2"
        assert [(one["ref"], one["carried"]) for one in second.agenda] == [("J2", "E2")]
        assert first.series_id == second.series_id == first.id
        again = import_all(other, export_all(store, now=now), now)
        assert (again.added, again.clashes) == ({}, [])
    finally:
        other.close()
