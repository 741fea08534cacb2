"""What came from elsewhere: kept, exported, undone, purged, without the names forgotten."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from plannertui.core.errors import BadFile
from plannertui.store import events, foreign, history, people, trash
from plannertui.store.dump import export_all
from plannertui.store.foreign import Foreign
from plannertui.store.forgetting import forget
from plannertui.store.merge import import_all
from plannertui.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plannertui.store.open import Store

DAY = date(2024, 9, 19)
ICS = "ics:work.ics"


@pytest.fixture
def other(tmp_path: Path, now: datetime) -> Iterator[Store]:
    db = open_store(str(tmp_path / "other.db"), now=now)
    yield db
    db.close()


def taken_in(db: Store, now: datetime, key: str = "uid-1") -> int:
    """An event as an import makes it: with what it has not understood."""
    with db.write("import", now):
        event = events.add(db, title="Board", starts_on=DAY, now=now, place="Room 4")
        foreign.put(db, Foreign(ICS, key, event.id, {"X-COLOR": ["red"]}, "abc"))
        foreign.put(db, Foreign(ICS, "", None, {"X-WR-CALNAME": ["Work"]}, ""))
    return event.id


def test_an_import_is_undone_with_what_it_remembers(
    store: Store, now: datetime
) -> None:
    number = taken_in(store, now)
    assert foreign.of_items(store, [number])[number][0].kept == {"X-COLOR": ["red"]}
    assert foreign.sources(store) == {ICS: 1}
    step = history.undo(store, now)
    assert step is not None
    assert foreign.of_source(store, ICS) == {}
    history.redo(store, now)
    assert set(foreign.of_source(store, ICS)) == {"uid-1", ""}


def test_what_is_read_again_takes_its_place(store: Store, now: datetime) -> None:
    number = taken_in(store, now)
    with store.write("import", now):
        foreign.put(store, Foreign(ICS, "uid-1", number, {}, "def"))
    assert foreign.of_source(store, ICS)["uid-1"].seen == "def"
    history.undo(store, now)
    assert foreign.of_source(store, ICS)["uid-1"].seen == "abc"


def test_it_goes_out_and_comes_in_whole(
    store: Store, other: Store, now: datetime
) -> None:
    taken_in(store, now)
    document = json.loads(json.dumps(export_all(store, now=now)))
    assert import_all(other, document, now).exact
    assert export_all(other, now=now)["tables"] == document["tables"]


def test_joining_gives_it_the_id_that_its_thing_has_here(
    store: Store, other: Store, now: datetime
) -> None:
    taken_in(store, now)
    people.add(other, alias="Somebody", now=now)
    document = json.loads(json.dumps(export_all(store, now=now)))
    import_all(other, document, now)
    found = foreign.of_source(other, ICS)
    (event,) = events.between(other, DAY, DAY)
    assert (found["uid-1"].item_id, event.place) == (event.id, "Room 4")
    assert found[""].kept == {"X-WR-CALNAME": ["Work"]}
    import_all(other, document, now)
    assert foreign.of_source(other, ICS) == found


def test_what_both_have_read_in_themselves_stays_as_it_is(
    store: Store, other: Store, now: datetime
) -> None:
    taken_in(store, now)
    own = taken_in(other, now)
    import_all(other, json.loads(json.dumps(export_all(store, now=now))), now)
    assert foreign.of_source(other, ICS)["uid-1"].item_id == own
    assert len(events.between(other, DAY, DAY)) == 2


def test_what_was_kept_is_checked_when_it_comes_in(
    store: Store, other: Store, now: datetime
) -> None:
    taken_in(store, now)
    document = json.loads(json.dumps(export_all(store, now=now)))
    document["tables"]["foreign_item"][0]["kept"] = "[1]"
    with pytest.raises(BadFile, match="kept"):
        import_all(other, document, now)


def test_nothing_of_it_is_left_after_a_purge(store: Store, now: datetime) -> None:
    number = taken_in(store, now)
    with store.write("import", now):
        kept = {"X": "very secret"}
        foreign.put(store, Foreign(ICS, "very secret", number, kept, "abc"))
    trash.remove(store, number, now)
    trash.purge(store, number, now)
    # That it came and is not wanted back, and nothing else.
    gone = foreign.of_source(store, ICS)[foreign.gone_key(ICS, "very secret")]
    assert (gone.item_id, gone.kept, gone.seen) == (None, {}, "")
    assert "very secret" not in json.dumps(export_all(store, now=now))
    with open(store.path, "rb") as file:
        assert b"very secret" not in file.read()


def test_somebody_forgotten_is_not_named_by_it(store: Store, now: datetime) -> None:
    number = taken_in(store, now)
    leader = people.add(store, alias="Wuqing", now=now)
    with store.write("import", now):
        kept = {"X-ORGANIZER": ["with @wuqing, as ever"]}
        foreign.put(store, Foreign(ICS, "uid-1", number, kept, "abc"))
    events.edit(store, events.get(store, number), now, place="the room of @wuqing")
    forget(store, leader, DAY, now)
    assert "wuqing" not in json.dumps(export_all(store, now=now)).casefold()
