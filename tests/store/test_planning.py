"""What earlier days left unfinished, the one thing of a day, and the same day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from plannertui.core.matters import Matter
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import carrying, entries, events, history, matters, trash
from plannertui.store.choosing import choose
from plannertui.store.leftover import is_offered, left_over, looked
from plannertui.store.ones import one_of, ones
from plannertui.store.open import Store
from plannertui.store.otheryears import on_this_day, there_are

CALENDAR = WorkCalendar(lambda year: build_year("CN", year), frozenset())
THU, FRI, SAT = date(2024, 9, 12), date(2024, 9, 13), date(2024, 9, 14)
# Mid-Autumn is from the 15th to the 17th: the workday after Saturday is Wednesday.
WED = date(2024, 9, 18)


def add(db: Store, now: datetime, title: str, day: date, **fields: object) -> Matter:
    return matters.add(db, title=title, day=day, now=now, **fields)  # type: ignore[arg-type]


def left(db: Store, today: date) -> list[tuple[str, date, str]]:
    found = left_over(db, today, CALENDAR)
    return [(each.item.text, each.day, each.why) for each in found]


def test_the_next_workday_offers_what_the_last_one_left(
    store: Store, now: datetime
) -> None:
    taken = add(store, now, "taken", THU, due=date(2024, 9, 30))
    carrying.carry(store, taken, SAT, now)
    add(store, now, "due", THU, due=SAT)
    add(store, now, "task", SAT)
    add(store, now, "older", FRI)
    add(store, now, "done", SAT, state="done", closed_on=SAT)
    trash.remove(store, add(store, now, "gone", SAT).id, now)
    add(store, now, "owed", THU, kind="waiting", due=SAT)
    assert left(store, WED) == [
        ("taken", SAT, "taken"),
        ("due", SAT, "due"),
        ("task", SAT, "written"),
    ]
    assert left(store, SAT) == [("older", FRI, "written")]
    assert is_offered(store, WED, CALENDAR)
    # A holiday offers nothing.
    assert not is_offered(store, date(2024, 9, 16), CALENDAR)


def test_it_is_offered_once_a_day_and_then_rests(store: Store, now: datetime) -> None:
    task = add(store, now, "task", SAT)
    looked(store, WED, CALENDAR)
    assert not is_offered(store, WED, CALENDAR)
    # Whoever asks still sees it that day; on the next it rests.
    assert left(store, WED) == [("task", SAT, "written")]
    thu = WED + timedelta(days=1)
    assert is_offered(store, thu, CALENDAR)
    assert left(store, thu) == []
    carrying.carry(store, task, WED, now)
    assert left(store, WED) == []
    assert left(store, thu) == [("task", WED, "taken")]


def test_days_on_which_nobody_looked_are_made_up_for(
    store: Store, now: datetime
) -> None:
    looked(store, FRI, CALENDAR)
    add(store, now, "friday", FRI)
    add(store, now, "saturday", SAT)
    thu = date(2024, 9, 19)
    assert [each[0] for each in left(store, thu)] == ["friday", "saturday"]
    looked(store, thu, CALENDAR)
    looked(store, thu, CALENDAR)
    assert [each[0] for each in left(store, thu)] == ["friday", "saturday"]


def test_each_day_remembers_its_one_thing(store: Store, now: datetime) -> None:
    say = {"today": SAT, "now": now}
    first = choose(store, "finish the list @nobody ^fri", THU, **say)  # type: ignore[arg-type]
    assert (first.title, first.kind, first.day) == (
        "finish the list @nobody",
        "task",
        THU,
    )
    choose(store, first.handle, FRI, **say)  # type: ignore[arg-type]
    matters.done(store, matters.get(store, first.id), FRI, now)
    late = choose(store, "call IT", SAT, **say)  # type: ignore[arg-type]
    found = ones(store, THU, SAT)
    assert [(one.day, one.item.handle, one.result) for one in found] == [
        (THU, first.handle, "later"),
        (FRI, first.handle, "done"),
        (SAT, late.handle, "open"),
    ]
    # One step back: the line and that it counts.
    history.undo(store, now)
    assert one_of(store, SAT) is None
    assert matters.ls(store) == []


def test_other_years_are_the_newest_first_and_never_to_come(
    store: Store, now: datetime
) -> None:
    for day, text in (
        ("2021-09-14", "three years ago"),
        ("2023-09-14", "last year"),
        ("2024-09-14", "today"),
        ("2023-09-13", "another day"),
    ):
        on = date.fromisoformat(day)
        entries.add(store, text=text, day=on, now=now, timed=False)
    events.add(
        store,
        title="Talk",
        kind="meeting",
        starts_on=date(2023, 9, 14),
        ends_on=date(2023, 9, 14),
        now=now,
    )
    events.add(
        store,
        title="Ahead",
        kind="meeting",
        starts_on=date(2025, 9, 14),
        ends_on=date(2025, 9, 14),
        now=now,
    )
    gone = entries.add(store, text="gone", day=date(2022, 9, 14), now=now)
    trash.remove(store, gone.id, now)
    found = on_this_day(store, SAT, SAT)
    assert [item.text for item in found] == ["Talk", "last year", "three years ago"]
    # Looked at from a past day, later years up to today count as well.
    past = on_this_day(store, date(2021, 9, 14), SAT)
    assert [item.text for item in past] == ["today", "Talk", "last year"]
    assert there_are(store, SAT)
    assert not there_are(store, date(2021, 12, 31))
