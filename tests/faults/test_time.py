"""Group B: clocks that go back, nights of changing clocks, other zones, the ends of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.store import drafts, entries, events, goals, history, items, matters
from plannertui.store.items import Filter
from plannertui.store.open import open_store
from tests.examples import costly

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui
    from tests.faults.harness import Strength, Tally

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


# -- a clock that goes back --------------------------------------------------------------

LEAPS = st.one_of(
    st.sampled_from(
        [0, 1, -1, 1, 3600, -3600, 86_400, -86_400, -731 * 86_400, 731 * 86_400]
    ),
    st.integers(-(10**8), 10**8),
)
ZONES = st.sampled_from([BERLIN, TOKYO, ZoneInfo("Pacific/Kiritimati"), UTC])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock")


@pytest.mark.case(30, 37)
@costly(25)
@given(steps=st.lists(st.tuples(LEAPS, ZONES, st.booleans()), min_size=2, max_size=12))
def test_whatever_the_clock_says_nothing_is_overwritten(
    shared: Path, steps: list[tuple[int, ZoneInfo, bool]]
) -> None:
    """Entries and changes at moments that jump to and fro, in zones that change."""
    path = shared / "planner.db"
    path.unlink(missing_ok=True)
    now = datetime(2024, 9, 14, 18, 10, tzinfo=BERLIN)
    db = open_store(str(path), now=now)
    try:
        first = entries.add(db, text="text 0", day=now.date(), now=now)
        made, last = [first], first.updated_at
        said = ["text 0"]
        for number, (leap, zone, again) in enumerate(steps, 1):
            now = (now + timedelta(seconds=leap)).astimezone(zone)
            text = f"text {number}"
            if again:
                first = entries.edit(db, first, now, text=text)
                assert moment(first.updated_at) >= moment(last), "a stamp went back"
                last = first.updated_at
                said.append(text)
            else:
                made.append(entries.add(db, text=text, day=now.date(), now=now))
        ids = [entry.id for entry in made]
        assert ids == sorted(set(ids))
        assert [entry.handle for entry in made] == [
            f"J{n + 1}" for n in range(len(made))
        ]
        assert len({entry.uid for entry in made}) == len(made)
        for entry in made[1:]:
            assert entries.get(db, entry.id) == entry
        # Undone in the order in which it was done, whatever the stamps say.
        for text in reversed(said[:-1]):
            while entries.get(db, first.id).text != text:
                assert history.undo(db, now) is not None
    finally:
        db.close()


@pytest.mark.case(30)
@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=731)])
def test_an_evening_in_which_the_clock_goes_back(
    ptui: Ptui, now: datetime, back: timedelta
) -> None:
    def at(moment: datetime, *words: str) -> str:
        ran = ptui(*words, env={"PLANNERTUI_NOW": moment.isoformat()})
        assert ran.code == 0, ran.err
        return ran.out

    earlier = now - back
    at(now, "note", "before")
    at(now, "goal", "add", "Backlog", "--measure", "cases", "--from", "0", "--to", "9")
    at(now, "promise", "the list", "--by", "2024-09-20")
    at(earlier, "note", "after")
    at(earlier, "edit", "J1", "--text", "before, changed")
    at(earlier, "goal", "check-in", "G1", "3", "--on", "2024-09-14")
    at(earlier, "done", "M1")
    at(earlier, "undo")
    at(earlier, "redo")
    kept = {item["handle"]: item for item in ptui("ls", "--all", "--json").json}
    assert kept["J1"]["text"] == "before, changed"
    assert kept["J2"]["text"] == "after"
    assert kept["J2"]["day"] == earlier.date().isoformat()
    assert kept["M1"]["state"] in ("done", "kept")
    shown = ptui("show", "J1", "--json").json
    assert moment(shown["updated_at"]) >= moment(shown["created_at"])
    assert ptui("goal", "show", "G1", "--json").json["measure"]["now"] == 3
    assert ptui("doctor").code == 0


@pytest.mark.case(30)
def test_a_draft_of_a_later_hour_is_written_over_by_the_next(
    store: Store, now: datetime
) -> None:
    """Which text is the newer one is not asked of the clock."""
    drafts.put(store, "note:2024-09-14", "old", now=now, session="1:2")
    earlier = now - timedelta(days=731)
    drafts.put(store, "note:2024-09-14", "new", now=earlier, session="1:2")
    assert [draft.body for draft in drafts.ls(store)] == ["new"]


@pytest.mark.case(37)
def test_what_is_written_in_one_millisecond_keeps_its_order(
    store: Store, now: datetime
) -> None:
    texts = [f"{number} of many" for number in range(40)]
    made = [entries.add(store, text=t, day=now.date(), now=now) for t in texts]
    assert [item.text for item in items.on_day(store, now.date())] == texts
    assert [item.text for item in items.ls(store, Filter())] == texts[::-1]
    assert len({entry.uid for entry in made}) == len(texts)
    for text in reversed(texts):
        history.undo(store, now)
        assert text not in [item.text for item in items.ls(store, Filter())]


# -- nights of changing clocks -----------------------------------------------------------


@pytest.mark.case(31)
def test_an_hour_that_comes_twice_is_kept_in_its_order(store: Store) -> None:
    """02:40 in summer time, and a little later 02:10 in winter time."""
    day = date(2024, 10, 26)
    for utc, text in (("00:40", "first"), ("01:10", "second"), ("01:30", "third")):
        then = datetime.fromisoformat(f"2024-10-27T{utc}+00:00").astimezone(BERLIN)
        entries.add(store, text=text, day=day, now=then)
    found = items.on_day(store, day)
    assert [item.text for item in found] == ["first", "second", "third"]
    assert [item.at for item in found] == ["02:40", "02:10", "02:30"]
    stamps = [entries.get(store, item.id).at or "" for item in found]
    assert [stamp[-6:] for stamp in stamps] == ["+02:00", "+01:00", "+01:00"]


@pytest.mark.case(32)
@pytest.mark.parametrize("first", [date(2024, 3, 29), date(2024, 10, 25)])
def test_the_same_time_tomorrow_is_that_on_the_wall(
    store: Store, now: datetime, first: date
) -> None:
    events.add(
        store,
        title="talk",
        starts_on=first,
        time="09:30",
        zone="Europe/Berlin",
        repeat="FREQ=DAILY",
        now=now,
    )
    last = first + timedelta(days=4)
    found = events.between(store, first, last, zone="Europe/Berlin")
    assert [event.time for event in found] == ["09:30"] * 5
    elsewhere = events.between(store, first, last, zone="UTC")
    assert len({event.time for event in elsewhere}) == 2


# -- the leap day ------------------------------------------------------------------------


@pytest.mark.case(33)
@pytest.mark.parametrize(
    ("leap", "day"), [("02-28", "2025-02-28"), ("03-01", "2025-03-01")]
)
def test_every_year_on_the_leap_day(
    ptui: Ptui, tmp_path: Path, leap: str, day: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'leap_day = "{leap}"\n')
    on_leap_day = {
        "PLANNERTUI_NOW": "2024-02-29T09:00:00+01:00",
        "PLANNERTUI_CONFIG": str(config),
    }
    ran = ptui(
        *("event", "add", "Founding day", "--on", "today", "--repeat", "yearly"),
        env=on_leap_day,
    )
    assert ran.code == 0, ran.err
    ran = ptui("goal", "add", "Every year", "--due", "2024-02-29", env=on_leap_day)
    assert ran.code == 0, ran.err
    found = {
        item["starts_on"]
        for year in (2024, 2025, 2028)
        for item in ptui(
            *("event", "ls", "--from", f"{year}-01-01", "--to", f"{year}-12-31"),
            *("--json", "--config", str(config)),
        ).json
    }
    assert found == {"2024-02-29", day, "2028-02-29"}


# -- other zones -------------------------------------------------------------------------


@pytest.mark.case(34, 35)
def test_what_was_lived_in_tokyo_stays_on_its_day(ptui: Ptui) -> None:
    """23:30 in Tokyo is 16:30 in Berlin; after a flight the day is still that of Tokyo."""
    tokyo = {"TZ": "Asia/Tokyo", "PLANNERTUI_NOW": "2024-09-14T23:30:00+09:00"}
    night = {"TZ": "Asia/Tokyo", "PLANNERTUI_NOW": "2024-09-15T01:30:00+09:00"}
    berlin = {"TZ": "Europe/Berlin", "PLANNERTUI_NOW": "2024-09-14T19:00:00+02:00"}
    for env, text in ((tokyo, "late"), (night, "later"), (berlin, "landed")):
        ran = ptui("note", text, env=env)
        assert ran.code == 0, ran.err
    away = {"TZ": "Pacific/Honolulu", "PLANNERTUI_NOW": "2024-09-20T12:00:00-10:00"}
    found = ptui("ls", "--json", env=away).json
    assert {item["text"]: item["day"] for item in found} == {
        "late": "2024-09-14",
        "later": "2024-09-14",
        "landed": "2024-09-14",
    }
    stamps = [ptui("show", f"J{n}", "--json").json["at"] for n in (1, 2, 3)]
    assert [stamp[11:16] + stamp[-6:] for stamp in stamps] == [
        "23:30+09:00",
        "01:30+09:00",
        "19:00+02:00",
    ]


@pytest.mark.case(35)
def test_a_day_across_zones_is_in_the_order_lived(store: Store) -> None:
    day = date(2024, 9, 14)
    for stamp in ("2024-09-14T23:30:00+09:00", "2024-09-14T17:00:00+02:00"):
        entries.add(store, text=stamp, day=day, now=moment(stamp))
    found = [item.text for item in items.on_day(store, day)]
    assert found == ["2024-09-14T23:30:00+09:00", "2024-09-14T17:00:00+02:00"]


# -- the ends of time --------------------------------------------------------------------

ENDS = (
    "0001-01-01T00:30:00+14:00",
    "9999-12-31T23:59:00-11:00",
    *(
        pytest.param(stamp, marks=pytest.mark.slow_fault)
        for stamp in (
            "0001-01-02T12:00:00+00:00",
            "9999-12-31T12:00:00+00:00",
            "2020-12-31T23:59:00+08:00",
            "2024-12-30T09:00:00+01:00",
            "2024-02-29T12:00:00+01:00",
        )
    ),
)
OFFICE: tuple[tuple[str, ...], ...] = (
    ("leader", "add", "Director"),
    ("goal", "add", "Backlog", "--measure", "cases", "--from", "0", "--to", "100"),
    ("promise", "list", "--to", "L1"),
    ("event", "add", "talk", "--on", "today", "--at", "9:30"),
    ("note", "calm"),
    ("year", "set", "--theme", "x"),
    ("meet", "add", "L1", "--on", "today", "--at", "10:00", "--every", "2w"),
    ("event", "add", "off", "--on", "today", "--repeat", "weekly"),
)


@pytest.mark.case(36)
@pytest.mark.parametrize("stamp", ENDS)
def test_no_verb_fails_at_the_ends_of_time(
    ptui: Ptui, tally: Tally, strength: Strength, stamp: str
) -> None:
    from tests.test_privacy import commands

    env = {"PLANNERTUI_NOW": stamp}
    for words in OFFICE:
        ran = ptui(*words, env=env)
        assert ran.code == 0, (words, ran.err)
    subjects: tuple[tuple[str, ...], ...] = ((), ("L1",), ("G1",), ("J1",))
    for command in commands():
        for subject in subjects[: strength(2, 4)]:
            ran = ptui(*command, *subject, env=env, input=b"")
            tally.tried()
            if "fault of the program" in ran.err or ran.code not in range(6):
                tally.loses(f"{command} {subject} at {stamp}: {ran.err}")


@pytest.mark.case(36)
@pytest.mark.parametrize("stamp", ENDS)
async def test_no_screen_fails_at_the_ends_of_time(
    store: Store, tally: Tally, strength: Strength, stamp: str
) -> None:
    from plannertui.core.goals import Measure
    from plannertui.store import people, situations
    from plannertui.tui.app import PlannerApp
    from plannertui.tui.isnew import WELCOMED
    from plannertui.tui.screens.names import SCREENS
    from tests.tui.sample import planner

    now = moment(stamp)
    day = now.date()
    store.set_meta(WELCOMED, "1")
    leader = people.add(store, alias="Director", now=now)
    measure = Measure("cases", "x", 0, 100, 0, "up")
    goals.add(
        store, year=day.year, title="x", start=day, due=day, measure=measure, now=now
    )
    matters.add(
        *(store,),
        kind="promise",
        title="list",
        day=day,
        due=day,
        person_id=leader.id,
        now=now,
    )
    events.add(store, title="talk", starts_on=day, now=now, time="09:30")
    entries.add(store, text="calm", day=day, now=now)
    situations.add(store, line="down", day=day, now=now)
    app = PlannerApp(planner(store, now))
    async with app.run_test(size=(140, 50)) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                tally.tried()
            await pilot.pause()
            if app.fault:
                tally.loses(f"{keys} at {now}: {app.fault}")

        full = strength(0, 1)
        await press("1", "2", "3", *"hHJt", *"lLKO" * full, "escape")
        for each in SCREENS:
            await press(each.key, "j", "H", "L", *("tab", *"hlJKt") * full, "escape")
            await press(*("pageup", "pagedown", "left", "right") * full, "escape")
            while app.screen.id != "_default" and len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
        await press("g", *"-1d", "enter", "g", *"+1d", "enter", "g", *"+1y", "enter")
