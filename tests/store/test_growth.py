"""What a screen reads does not take more queries with every year of use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core import reviews as rules
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import (
    agendas,
    boundaries,
    briefing,
    carrying,
    context,
    entries,
    events,
    glance,
    leftover,
    matters,
    meetings,
    ones,
    otheryears,
    people,
    reviews,
    revisits,
    standing,
)
from plannertui.store.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)
CHINA = WorkCalendar(lambda year: build_year("CN", year))
WEEK = rules.read_period("week", "2024-W37")


class Counted:
    """A store that counts what it is asked."""

    def __init__(self, db: Store) -> None:
        self.db, self.asked = db, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.db, name)

    def read(self, sql: str, values: Any = ()) -> Any:
        self.asked += 1
        return self.db.read(sql, values)

    def one(self, sql: str, values: Any = ()) -> Any:
        self.asked += 1
        return self.db.one(sql, values)


def live(db: Store, now: datetime, weeks: range) -> None:
    """One of everything for each week before today."""
    leader = people.get(db, "L1")
    for back in weeks:
        day = TODAY - timedelta(weeks=back)
        for kind in ("promise", "waiting", "ask"):
            matters.add(
                db,
                title=kind,
                kind=kind,
                day=day,
                due=TODAY,
                person_id=leader.id,
                carried=[TODAY],
                now=now,
            )
        matters.add(db, title="gift", nature="grey", day=day, now=now)
        entries.add(
            db,
            text="proved",
            kind="win",
            day=day,
            links=[leader.id],
            win={"witnesses": [leader.handle]},
            revisit_on=TODAY,
            now=now,
        )
        events.add(
            db,
            title="talk",
            kind="one_on_one",
            starts_on=day - timedelta(days=1),
            people=[leader.id],
            agenda=[{"text": "the rota"}],
            state="held",
            now=now,
        )
        review = reviews.get(db, "week", rules.period_of("week", day))
        reviews.begin(db, review, today=day, now=now)


@pytest.mark.parametrize(
    "screen",
    [
        lambda db: ledger(db, people.get(db, "L1"), TODAY, CHINA),
        lambda db: standing.of(db, people.get(db, "L1"), 2024),
        standing.room,
        lambda db: agendas.agenda(db, meetings.upcoming(db, TODAY, CHINA)[0], TODAY),
        lambda db: briefing.gather(
            db, meetings.upcoming(db, TODAY, CHINA)[0], TODAY, CHINA
        ),
        reviews.ls,
        lambda db: reviews.before(db, reviews.get(db, "week", WEEK)),
        lambda db: context.active(db, TODAY, CHINA, 2024),
        lambda db: revisits.due(db, TODAY),
        boundaries.ls,
        lambda db: carrying.of_day(db, TODAY),
        lambda db: leftover.left_over(db, TODAY + timedelta(days=4), CHINA),
        lambda db: ones.ones(db, TODAY - timedelta(days=400), TODAY),
        lambda db: otheryears.on_this_day(db, TODAY.replace(year=2025), TODAY),
    ],
    ids=[
        *("ledger", "standing", "room", "agenda", "brief", "reviews", "before"),
        *("context", "revisits", "boundary", "taken-up"),
        *("unfinished", "ones", "other-years"),
    ],
)
def test_more_to_show_is_no_more_to_ask(
    store: Store, now: datetime, screen: Callable[[Any], object]
) -> None:
    leader = people.add(
        store, alias="Director", relation="leader", in_room=True, now=now
    )
    meetings.add(store, leader, starts_on=TODAY + timedelta(days=9), now=now)

    def asked() -> int:
        counted = Counted(store)
        screen(counted)
        return counted.asked

    live(store, now, range(4))
    first = asked()
    assert first > 0
    live(store, now, range(4, 16))
    assert asked() == first


def test_what_is_to_be_seen_again_is_found_by_its_own_index(store: Store) -> None:
    """Not by that of all entries: it is asked at every move to another day."""
    asked: list[str] = []
    store.conn.set_trace_callback(asked.append)
    try:
        glance.may_be_seen_again(store, TODAY, TODAY)
    finally:
        store.conn.set_trace_callback(None)
    plans = [
        str(row)
        for sql in asked
        if "revisit_on" in sql
        for row in store.read("EXPLAIN QUERY PLAN " + sql)
    ]
    assert any("entry_revisit" in plan for plan in plans)
    assert not any("(deleted_at=?)" in plan or "SCAN entry" in plan for plan in plans)


def test_the_one_thing_is_found_by_the_indexes_of_those_that_counted(
    store: Store,
) -> None:
    """Not by that of all matters: it is asked at every move to another day."""
    asked: list[str] = []
    store.conn.set_trace_callback(asked.append)
    try:
        ones.one_of(store, TODAY)
    finally:
        store.conn.set_trace_callback(None)
    plan = [str(row) for row in store.read("EXPLAIN QUERY PLAN " + asked[0])]
    assert any("matter_first " in step for step in plan)
    assert any("matter_firsts" in step for step in plan)
    assert not any("deleted_at" in step for step in plan)
