"""What repeats: read near where one looks; changed once, from a day on, or all of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core import recurrence
from plannertui.core.errors import BadFile, NotFound, Refused, Usage
from plannertui.core.workdays import WorkCalendar, WorkYear
from plannertui.store import (
    entries,
    events,
    glance,
    history,
    items,
    occurrences,
    people,
    repeating,
    trash,
)
from plannertui.store.dump import export_all
from plannertui.store.merge import import_all
from plannertui.store.open import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.core.events import Event
    from plannertui.store.open import Store

TUE = date(2024, 9, 3)


def weekly(db: Store, now: datetime, **fields: Any) -> Event:
    """A meeting every Tuesday from 3 September 2024 on."""
    given: dict[str, Any] = {"title": "Board", "starts_on": TUE, "time": "09:30"}
    given |= {"repeat": "FREQ=WEEKLY;BYDAY=TU"} | fields
    return events.add(db, now=now, **given)


def september(db: Store, last: int = 30) -> list[int]:
    """The days of September on which something takes place."""
    found = events.between(db, date(2024, 9, 1), date(2024, 9, last))
    return [event.starts_on.day for event in found]


def at(db: Store, event: Event, day: int) -> Event:
    return occurrences.on_day(db, event, date(2024, 9, day))


def test_each_occurrence_is_there_once(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    found = events.between(store, date(2024, 9, 1), date(2024, 9, 30))
    assert [e.starts_on.day for e in found] == [3, 10, 17, 24]
    assert {e.handle for e in found} == {made.handle}
    assert [e.key for e in found] == [
        (made.id, date(2024, 9, day)) for day in (3, 10, 17, 24)
    ]
    assert events.between(store, date(2024, 8, 1), date(2024, 9, 2)) == []
    far = events.between(store, date(2044, 9, 1), date(2044, 9, 30))
    assert [e.starts_on.day for e in far] == [6, 13, 20, 27]


def test_what_lasts_days_reaches_in(store: Store, now: datetime) -> None:
    weekly(
        store, now, ends_on=date(2024, 9, 5), time=None, repeat="FREQ=WEEKLY;COUNT=2"
    )
    for day, expected in ((5, [3]), (6, []), (9, []), (11, [10]), (12, [10]), (13, [])):
        found = events.between(store, date(2024, 9, day), date(2024, 9, day))
        assert [e.starts_on.day for e in found] == expected, day


def test_the_work_calendar_is_asked(store: Store, now: datetime) -> None:
    weekly(store, now, starts_on=date(2024, 9, 11), repeat="FREQ=DAILY;BYDAY=WD")
    moved = WorkYear(
        "CN",
        2024,
        [date(2024, 9, day) for day in (15, 16, 17, 21, 22, 28, 29)],
        {date(2024, 9, day): "Mid-Autumn" for day in (15, 16, 17)},
        [date(2024, 9, 14)],
        True,
    )
    found = events.between(
        store,
        date(2024, 9, 11),
        date(2024, 9, 19),
        calendar=WorkCalendar(lambda _year: moved),
    )
    assert [e.starts_on.day for e in found] == [11, 12, 13, 14, 18, 19]


def test_another_zone_has_another_day(store: Store, now: datetime) -> None:
    weekly(store, now, time="20:00", zone="America/New_York")
    (here,) = events.between(
        store, date(2024, 9, 11), date(2024, 9, 11), zone="Asia/Shanghai"
    )
    assert (here.starts_on, here.time) == (date(2024, 9, 11), "08:00")
    assert here.slot_on == date(2024, 9, 10)
    assert here.zone == "America/New_York"
    # After the clocks of New York went back it is an hour later here.
    (late,) = events.between(
        store, date(2024, 11, 6), date(2024, 11, 6), zone="Asia/Shanghai"
    )
    assert late.time == "09:00"
    assert events.between(store, TUE, TUE, zone="Asia/Shanghai") == []


@pytest.mark.case(35)
def test_an_unknown_zone_is_wherever_one_is(store: Store, now: datetime) -> None:
    weekly(store, now, zone="Mars/Olympus")
    (here,) = events.between(store, TUE, TUE, zone="Asia/Shanghai")
    assert (here.starts_on, here.time) == (TUE, "09:30")


def test_one_is_moved(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    moved = repeating.change_one(
        store, at(store, made, 17), now, starts_on=date(2024, 9, 18), time="14:00"
    )
    assert september(store) == [3, 10, 18, 24]
    assert (moved.series_id, moved.slot_on) == (made.id, date(2024, 9, 17))
    assert at(store, made, 17).id == at(store, made, 18).id == moved.id
    # Once more, by way of the repeating one or of itself.
    again = repeating.change_one(store, at(store, made, 17), now, title="Small board")
    assert (again.id, again.starts_on.day, again.title) == (moved.id, 18, "Small board")
    history.undo(store, now)
    history.undo(store, now)
    assert september(store) == [3, 10, 17, 24]
    history.redo(store, now)
    assert september(store) == [3, 10, 18, 24]


def test_one_takes_people_tags_and_links_along(store: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", now=now)
    note = entries.add(store, text="x", day=TUE, now=now)
    made = weekly(store, now, people=[leader.id], place="Room 4", reminders=[10])
    with store.write("tag", now):
        from plannertui.store import rows

        rows.set_tags(store, made.id, ["board"])
        rows.set_links(store, made.id, [note.id])
    one = repeating.change_one(store, at(store, made, 10), now, time="11:00")
    assert [ref.label for ref in one.people] == ["Director"]
    assert (one.place, one.reminders, one.time) == ("Room 4", (10,), "11:00")
    assert rows.tags_of(store, [one.id])[one.id] == ["board"]
    assert [ref.id for ref in rows.refs_of(store, [one.id])[one.id]] == [note.id]


def test_one_is_cancelled_and_restored(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    repeating.cancel_one(store, at(store, made, 10), now)
    assert september(store) == [3, 17, 24]
    with pytest.raises(NotFound, match="cancelled"):
        at(store, made, 10)
    with pytest.raises(NotFound, match="does not take place"):
        at(store, made, 11)
    repeating.restore_one(store, made, date(2024, 9, 10), now)
    assert september(store) == [3, 10, 17, 24]
    with pytest.raises(Refused):
        repeating.restore_one(store, made, date(2024, 9, 10), now)


def test_a_moved_one_that_is_cancelled_does_not_come_back(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now)
    moved = repeating.change_one(
        store, at(store, made, 10), now, starts_on=date(2024, 9, 12)
    )
    repeating.cancel_one(store, moved, now)
    assert september(store) == [3, 17, 24]
    repeating.restore_one(store, made, date(2024, 9, 10), now)
    assert september(store) == [3, 10, 17, 24]


def test_this_and_following_are_moved(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    repeating.cancel_one(store, at(store, made, 24), now)
    repeating.change_one(store, at(store, made, 3), now, time="08:00")
    new = repeating.change_following(
        store, at(store, made, 10), now, starts_on=date(2024, 9, 11), time="15:00"
    )
    assert september(store) == [3, 11, 18]
    assert new.repeat == "FREQ=WEEKLY;BYDAY=WE"
    assert new.skipped == (date(2024, 9, 25),)
    assert events.get(store, made.id).repeat == "FREQ=WEEKLY;UNTIL=20240909;BYDAY=TU"
    times = [e.time for e in events.between(store, TUE, date(2024, 10, 2))]
    assert times == ["08:00", "15:00", "15:00", "15:00"]
    history.undo(store, now)
    assert september(store) == [3, 10, 17]


def test_of_a_number_of_times_the_rest_goes_on(store: Store, now: datetime) -> None:
    made = weekly(store, now, repeat="FREQ=WEEKLY;COUNT=4")
    new = repeating.change_following(store, at(store, made, 17), now, title="Short")
    assert new.repeat == "FREQ=WEEKLY;COUNT=2"
    found = events.between(store, TUE, date(2024, 12, 31))
    assert [(e.starts_on.day, e.title) for e in found] == [
        (3, "Board"),
        (10, "Board"),
        (17, "Short"),
        (24, "Short"),
    ]
    assert new.last_on == date(2024, 9, 24)


def test_those_that_were_moved_follow(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    own = repeating.change_one(
        store, at(store, made, 17), now, starts_on=date(2024, 9, 20)
    )
    new = repeating.change_following(store, at(store, made, 10), now, time="07:00")
    own = events.get(store, own.id)
    assert (own.series_id, own.slot_on) == (new.id, date(2024, 9, 17))
    assert september(store) == [3, 10, 20, 24]


def test_from_the_first_on_is_all(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    same = repeating.change_following(store, at(store, made, 3), now, title="All")
    assert same.id == made.id
    assert {e.title for e in events.between(store, TUE, date(2024, 9, 30))} == {"All"}


def test_all_are_moved(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    repeating.cancel_one(store, at(store, made, 24), now)
    moved = repeating.change_all(
        store, at(store, made, 17), now, starts_on=date(2024, 9, 19)
    )
    assert moved.repeat == "FREQ=WEEKLY;BYDAY=TH"
    assert moved.starts_on == date(2024, 9, 5)
    assert september(store) == [5, 12, 19]
    history.undo(store, now)
    assert september(store) == [3, 10, 17]


@pytest.mark.parametrize(
    ("repeat", "first", "slot", "day", "rule", "starts"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", (2024, 1, 9), (2024, 9, 10), (2024, 9, 11),
         "FREQ=MONTHLY;BYDAY=2WE", (2024, 1, 10)),
        ("FREQ=MONTHLY;BYDAY=-1FR", (2024, 1, 26), (2024, 9, 27), (2024, 9, 30),
         "FREQ=MONTHLY;BYDAY=-1MO", (2024, 1, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=15", (2024, 1, 15), (2024, 9, 15), (2024, 9, 31 - 1),
         "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", (2024, 1, 30)),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=17", (2020, 9, 17), (2024, 9, 17),
         (2024, 10, 1), "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", (2020, 10, 1)),
        ("FREQ=DAILY;INTERVAL=2", (2024, 9, 1), (2024, 9, 3), (2024, 9, 4),
         "FREQ=DAILY;INTERVAL=2", (2024, 9, 2)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", (2024, 9, 3), (2024, 9, 17),
         (2024, 9, 18), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,TH", (2024, 9, 4)),
    ],
)  # fmt: skip
def test_every_form_is_moved_as_one_means_it(
    store: Store,
    now: datetime,
    repeat: str,
    first: tuple[int, int, int],
    slot: tuple[int, int, int],
    day: tuple[int, int, int],
    rule: str,
    starts: tuple[int, int, int],
) -> None:
    made = weekly(store, now, starts_on=date(*first), repeat=repeat)
    one = occurrences.on_day(store, made, date(*slot))
    moved = repeating.change_all(store, one, now, starts_on=date(*day))
    assert (moved.repeat, moved.starts_on) == (rule, date(*starts))


def test_a_rule_that_does_not_say_is_not_moved_as_a_whole(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now, repeat="FREQ=MONTHLY;BYDAY=1TU,3TU")
    with pytest.raises(Usage, match="--repeat"):
        repeating.change_all(store, at(store, made, 17), now, starts_on=TUE)
    assert events.get(store, made.id) == made


def test_all_get_another_rule(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    repeating.change_all(
        store, at(store, made, 3), now, repeat="FREQ=WEEKLY;BYDAY=WE,FR"
    )
    assert september(store, 14) == [4, 6, 11, 13]
    repeating.change_all(store, events.get(store, made.id), now, repeat="")
    kept = events.get(store, made.id)
    assert (kept.repeats, kept.repeat) == (False, "")
    assert september(store) == [4]


def test_it_ends_before_one(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    repeating.change_one(store, at(store, made, 24), now, starts_on=date(2024, 9, 25))
    repeating.cancel_following(store, at(store, made, 17), now)
    assert september(store) == [3, 10]
    history.undo(store, now)
    assert september(store) == [3, 10, 17, 25]
    repeating.cancel_following(store, at(store, made, 3), now)
    assert september(store) == []
    history.undo(store, now)
    assert september(store) == [3, 10, 17, 25]


def test_into_the_trash_and_out_with_what_was_moved(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now)
    repeating.change_one(store, at(store, made, 17), now, starts_on=date(2024, 9, 18))
    trash.remove(store, made.id, now)
    assert september(store) == []
    trash.restore(store, made.id, now)
    assert september(store) == [3, 10, 18, 24]
    trash.remove(store, made.id, now)
    gone = [item.id for item in trash.ls(store)]
    trash.purge(store, gone, now)
    assert september(store) == []


def test_what_does_not_repeat_has_no_occurrences(store: Store, now: datetime) -> None:
    made = events.add(store, title="Once", starts_on=TUE, now=now)
    with pytest.raises(Refused, match="does not repeat"):
        occurrences.on_day(store, made, TUE)


def test_the_next_ones(store: Store, now: datetime) -> None:
    made = weekly(store, now, repeat="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                  starts_on=date(2024, 2, 29))  # fmt: skip
    found = occurrences.coming(store, made, date(2024, 3, 1), 3)
    assert [e.starts_on.year for e in found] == [2028, 2032, 2036]
    short = weekly(store, now, repeat="FREQ=WEEKLY;COUNT=3")
    repeating.change_one(store, at(store, short, 10), now, starts_on=date(2024, 9, 30))
    found = occurrences.coming(store, short, TUE)
    assert [e.starts_on.day for e in found] == [3, 17, 30]


@pytest.mark.parametrize(
    "repeat",
    ["FREQ=SECONDLY", "FREQ=WEEKLY;COUNT=999999999", "FREQ=DAILY;INTERVAL=0", "FREQ=X"],
)
def test_an_absurd_rule_is_refused(store: Store, now: datetime, repeat: str) -> None:
    with pytest.raises(Usage):
        weekly(store, now, repeat=repeat)
    assert store.read("SELECT count(*) FROM event") == [(0,)]


def test_the_lists_of_a_day_have_it(store: Store, now: datetime) -> None:
    made = weekly(store, now)
    (found,) = items.on_day(store, date(2024, 9, 17))
    assert (found.handle, found.day.day, found.at) == (made.handle, 17, "09:30")
    due = items.due_between(store, date(2024, 9, 8), date(2024, 9, 21))
    assert [(item.day.day, item.rule_day) for item in due] == [
        (10, date(2024, 9, 10)),
        (17, date(2024, 9, 17)),
    ]
    repeating.cancel_one(store, at(store, made, 17), now)
    assert items.on_day(store, date(2024, 9, 17)) == []


def test_every_friday_off_is_leave(store: Store, now: datetime) -> None:
    weekly(
        store,
        now,
        kind="leave",
        time=None,
        starts_on=date(2024, 9, 6),
        repeat="FREQ=WEEKLY",
    )
    off = glance.leave(store)
    assert date(2025, 9, 5) in off
    assert date(2024, 9, 5) not in off
    assert max(off) < date(2045, 1, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("repeat", "FREQ=SECONDLY"),
        ("skipped", '["soon"]'),
        ("extra", "[1]"),
        ("reminders", '["10m"]'),
    ],
)
def test_a_foreign_document_is_held_to_it(
    store: Store, now: datetime, column: str, value: str, tmp_path: Path
) -> None:
    weekly(store, now)
    document = export_all(store, now=now)
    document["tables"]["event"][0][column] = value
    other = open_store(str(tmp_path / "other.db"), now=now)
    try:
        with pytest.raises(BadFile, match=column):
            import_all(other, document, now)
    finally:
        other.close()


def test_a_rule_that_nobody_reads_does_not_hide_the_rest(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now)
    weekly(store, now, title="Other")
    store.conn.execute(
        "UPDATE event SET \"repeat\" = 'FREQ=X' WHERE id = ?", (made.id,)
    )
    found = events.between(store, TUE, date(2024, 9, 10))
    assert [e.title for e in found] == ["Board", "Other", "Other"]


@pytest.mark.parametrize(
    "repeat",
    [
        *("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=40", "FREQ=WEEKLY;INTERVAL=2"),
        *("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20250131", "FREQ=MONTHLY", "FREQ=YEARLY"),
        *("FREQ=MONTHLY;BYDAY=1TU;COUNT=12", "FREQ=MONTHLY;BYMONTHDAY=3,15,-1"),
        *("FREQ=DAILY;BYDAY=WD;COUNT=30", "FREQ=MONTHLY;BYDAY=WD;BYSETPOS=1;COUNT=9"),
    ],
)
def test_no_day_is_lost_or_added_where_none_is_moved(
    store: Store, now: datetime, repeat: str
) -> None:
    def begins() -> list[date]:
        found = events.between(store, date(2024, 9, 1), date(2026, 12, 31))
        return [event.starts_on for event in found]

    made = weekly(store, now, repeat=repeat)
    every = begins()
    assert len(every) >= 3
    repeating.cancel_one(store, occurrences.on_day(store, made, every[-1]), now)
    second = occurrences.on_day(store, made, every[1])
    rest = repeating.change_following(store, second, now, title="Rest")
    assert begins() == every[:-1]
    one = occurrences.on_day(store, rest, every[1])
    repeating.change_one(store, one, now, title="One")
    repeating.change_all(store, rest, now, time="07:00")
    assert begins() == every[:-1]
    repeating.restore_one(store, rest, every[-1], now)
    assert begins() == every
    for _step in range(5):
        history.undo(store, now)
    assert begins() == every
    assert events.get(store, made.id).repeat == made.repeat


def test_the_day_it_is_on_already_moves_none_of_them(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now)
    day = date(2024, 9, 17)
    one = at(store, made, 17)
    repeating.change_all(store, one, now, starts_on=day, ends_on=day, time="11:00")
    assert september(store) == [3, 10, 17, 24]
    repeating.change_all(store, one, now, starts_on=day, time="12:00")
    assert september(store) == [3, 10, 17, 24]
    assert events.get(store, made.id).time == "12:00"


def test_a_day_beside_the_rule_that_was_cancelled_comes_back(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now, extra=(date(2024, 9, 12),))
    repeating.cancel_one(store, at(store, made, 12), now)
    assert september(store) == [3, 10, 17, 24]
    repeating.restore_one(store, made, date(2024, 9, 12), now)
    assert september(store) == [3, 10, 12, 17, 24]


def test_from_one_that_was_moved_on_that_one_changes_too(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now)
    moved = repeating.change_one(
        store, at(store, made, 10), now, starts_on=date(2024, 9, 11)
    )
    repeating.change_following(store, moved, now, title="New")
    found = events.between(store, date(2024, 9, 1), date(2024, 9, 30))
    assert [(one.starts_on.day, one.title) for one in found] == [
        *((3, "Board"), (11, "New")),
        *((17, "New"), (24, "New")),
    ]
    history.undo(store, now)
    assert {one.title for one in events.between(store, TUE, date(2024, 9, 30))} == {
        "Board"
    }


def test_a_number_of_times_is_counted_once_and_not_each_time_it_is_read(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekly(store, now, repeat="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    weekly(
        store, now, repeat="FREQ=WEEKLY;BYDAY=TU;COUNT=2", extra=(date(2024, 9, 26),)
    )
    monkeypatch.setattr(recurrence, "_ended", lambda _rule, _anchor: date(2024, 9, 10))
    assert september(store) == [3, 3, 10, 10, 17, 26]


def test_one_that_was_moved_beside_another_is_not_taken_for_it(
    store: Store, now: datetime
) -> None:
    made = weekly(store, now)
    moved = repeating.change_one(
        store, at(store, made, 10), now, starts_on=date(2024, 9, 17)
    )
    assert at(store, made, 17).handle == made.handle
    assert at(store, made, 10).handle == moved.handle
    repeating.cancel_one(store, at(store, made, 17), now)
    found = events.between(store, TUE, date(2024, 9, 24))
    assert [(one.starts_on.day, one.handle) for one in found] == [
        *((3, made.handle), (17, moved.handle)),
        (24, made.handle),
    ]
