"""Open matters taken up again on a day: by reference, never moved."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plannertui.core.errors import Refused
from plannertui.core.matters import Matter, counted_on
from plannertui.store import carrying, dump, history, matters, rows
from plannertui.store.merge import import_all
from plannertui.store.open import Store
from plannertui.store.taken import taken_up

DAY = date(2024, 9, 12)
TODAY = date(2024, 9, 14)


def add(db: Store, now: datetime, title: str, **fields: object) -> Matter:
    return matters.add(db, title=title, day=DAY, now=now, **fields)  # type: ignore[arg-type]


def titles(db: Store, day: date = TODAY) -> list[str]:
    return [matter.title for matter in carrying.of_day(db, day)]


def test_it_keeps_its_day_and_its_due_date(store: Store, now: datetime) -> None:
    matter = add(store, now, "list", due=DAY)
    again = carrying.carry(store, matter, TODAY, now)
    again = carrying.carry(store, again, TODAY, now)
    assert (again.day, again.due, again.moves) == (DAY, DAY, ())
    assert again.carried == (TODAY,)
    assert titles(store) == ["list"]
    assert titles(store, DAY) == []
    history.undo(store, now)
    assert titles(store) == []


def test_one_of_a_day_counts_most(store: Store, now: datetime) -> None:
    one, two = add(store, now, "one"), add(store, now, "two", due=DAY)
    carrying.carry(store, two, TODAY, now)
    carrying.put_first(store, one, TODAY, now)
    assert titles(store) == ["one", "two"]
    carrying.put_first(store, two, TODAY, now)
    assert titles(store) == ["two", "one"]
    assert matters.get(store, one.id).first_on is None
    carrying.let_go(store, two, TODAY, now)
    assert titles(store) == ["one"]
    assert matters.get(store, two.id).carried == ()


def test_each_day_keeps_its_one_thing(store: Store, now: datetime) -> None:
    one, two = add(store, now, "one"), add(store, now, "two")
    for day in (DAY, TODAY):
        carrying.put_first(store, matters.get(store, one.id), day, now)
    one = carrying.put_first(store, matters.get(store, one.id), DAY, now)
    assert counted_on(one) == (DAY, TODAY)
    assert (one.firsts, one.first_on) == ((DAY,), TODAY)
    assert (titles(store, DAY), titles(store)) == (["one"], ["one"])
    assert [item.text for item in taken_up(store, DAY)] == ["one"]
    carrying.put_first(store, two, DAY, now)
    one = matters.get(store, one.id)
    assert (one.firsts, one.first_on, one.carried) == ((), TODAY, (DAY,))
    assert (titles(store, DAY), titles(store)) == (["two", "one"], ["one"])
    history.undo(store, now)
    assert counted_on(matters.get(store, one.id)) == (DAY, TODAY)
    one = carrying.let_go(store, matters.get(store, one.id), TODAY, now)
    assert (one.firsts, one.first_on) == ((), DAY)


def test_only_what_is_open_and_was_there(store: Store, now: datetime) -> None:
    matter = add(store, now, "list")
    with pytest.raises(Refused, match="before"):
        carrying.carry(store, matter, date(2024, 9, 11), now)
    carrying.carry(store, matter, TODAY, now)
    matters.done(store, matter, TODAY, now)
    assert titles(store) == ["list"]
    for verb in (carrying.carry, carrying.put_first):
        with pytest.raises(Refused, match="closed"):
            verb(store, matter, TODAY, now)


def test_the_days_travel_with_an_export(store: Store, now: datetime) -> None:
    matter = carrying.put_first(store, add(store, now, "list"), TODAY, now)
    carrying.put_first(store, matter, date(2024, 9, 13), now)
    carrying.carry(store, matter, date(2024, 9, 15), now)
    told = dump.export_all(store, now=now)
    told["tables"]["matter"][0]["uid"] = "another"
    import_all(store, told, now)
    copy = matters.get(store, "M2")
    assert (copy.carried, copy.first_on) == ((date(2024, 9, 15),), TODAY)
    assert copy.firsts == (date(2024, 9, 13),)


def test_ties_name_what_it_came_out_of(store: Store, now: datetime) -> None:
    old, new = add(store, now, "old"), add(store, now, "new")
    with store.write("edit {what}", now, what="x"):
        rows.set_links(store, new.id, [old.id], "from")
    assert [(t.role, t.way, t.ref.handle) for t in carrying.ties(store, new.id)] == [
        ("from", "to", "M1")
    ]
    assert [(t.way, t.ref.label) for t in carrying.ties(store, old.id)] == [
        ("from", "new")
    ]
