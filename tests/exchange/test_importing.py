"""Taking in what other programs wrote: planned, once, in one step, and no surprise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.errors import Conflict
from plannertui.exchange.importing import Found, Loose, Plan, Reading, apply, plan
from plannertui.store import entries, events, foreign, history, matters, people, trash
from plannertui.store.dump import export_all

if TYPE_CHECKING:
    from plannertui.store.open import Store

DAY = date(2024, 9, 19)
SOURCE = "ics:work"


def event(key: str = "1", title: str = "Board", **fields: Any) -> Found:
    told = {"title": title, "starts_on": DAY, "ends_on": DAY, "notes": "", **fields}
    return Found(noun="event", key=key, fields=told, kept={"ics": f"X-{key}"})


def matter(key: str, title: str, **more: Any) -> Found:
    told = {"title": title, "day": DAY, "kind": "promise"}
    return Found(noun="matter", key=key, fields=told, **more)


def take(db: Store, now: datetime, *founds: Found, **how: bool) -> Plan:
    made = plan(db, SOURCE, Reading(found=list(founds)), **how)
    apply(db, made, now)
    return made


def counts(made: Plan) -> tuple[int, int, int, int]:
    same = made.same + len(made.noted)
    return len(made.added), len(made.changed), same, len(made.left)


def titles(db: Store) -> list[str]:
    return [one.title for one in events.between(db, DAY, DAY)]


def content(db: Store, now: datetime) -> Any:
    return export_all(db, now=now)["tables"]


def test_every_noun_comes_in_and_again_nothing_happens(
    store: Store, now: datetime
) -> None:
    note = Found(
        noun="entry", key="n", fields={"text": "a note", "day": DAY}, tags=("work",)
    )
    founds = [event(), matter("m", "the list"), note]
    assert counts(take(store, now, *founds)) == (3, 0, 0, 0)
    number = foreign.of_source(store, SOURCE)["n"].item_id
    entry = entries.get(store, number or 0)
    assert (entry.text, entry.tags, entry.at) == ("a note", ("work",), None)
    assert [one.kind for one in matters.ls(store)] == ["promise"]
    before = content(store, now)
    assert counts(take(store, now, *founds)) == (0, 0, 3, 0)
    assert content(store, now) == before


def test_a_plan_alone_writes_nothing(store: Store, now: datetime) -> None:
    before = content(store, now)
    made = plan(store, SOURCE, Reading(found=[event()]))
    assert counts(made) == (1, 0, 0, 0)
    assert content(store, now) == before


def test_one_undo_takes_an_import_back_and_it_can_come_again(
    store: Store, now: datetime
) -> None:
    take(store, now, event("1"), event("2", "Panel"))
    history.undo(store, now)
    assert titles(store) == []
    assert counts(take(store, now, event("1"))) == (1, 0, 0, 0)


def test_what_changed_there_changes_here(store: Store, now: datetime) -> None:
    take(store, now, event())
    made = take(store, now, event(title="Board, moved"))
    assert counts(made) == (0, 1, 0, 0)
    assert made.changed[0].names == ("title",)
    assert titles(store) == ["Board, moved"]
    history.undo(store, now)
    assert titles(store) == ["Board"]


def test_what_changed_here_alone_stays(store: Store, now: datetime) -> None:
    take(store, now, event())
    (mine,) = events.between(store, DAY, DAY)
    events.edit(store, mine, now, notes="bring the list")
    assert counts(take(store, now, event())) == (0, 0, 1, 0)
    assert events.get(store, mine.id).notes == "bring the list"


def test_what_changed_on_both_sides_is_left_or_theirs(
    store: Store, now: datetime
) -> None:
    take(store, now, event())
    (mine,) = events.between(store, DAY, DAY)
    events.edit(store, mine, now, title="Board, mine")
    made = take(store, now, event(title="Board, theirs"))
    assert counts(made) == (0, 0, 0, 1)
    assert "--theirs" in made.left[0].why
    assert made.left[0].handle == mine.handle
    assert titles(store) == ["Board, mine"]
    assert counts(take(store, now, event(title="Board, theirs"), theirs=True))[1] == 1
    assert titles(store) == ["Board, theirs"]


def test_changed_alike_on_both_sides_is_the_same(store: Store, now: datetime) -> None:
    take(store, now, event())
    (mine,) = events.between(store, DAY, DAY)
    events.edit(store, mine, now, title="Both")
    assert counts(take(store, now, event(title="Both"))) == (0, 0, 1, 0)
    # What was seen is noted, so that the next change there is one.
    assert counts(take(store, now, event(title="Then"))) == (0, 1, 0, 0)


def test_what_was_deleted_here_is_not_brought_back_unasked(
    store: Store, now: datetime
) -> None:
    take(store, now, event())
    (mine,) = events.between(store, DAY, DAY)
    trash.remove(store, mine.id, now)
    made = take(store, now, event(title="Changed there"))
    assert counts(made) == (0, 0, 0, 1)
    assert titles(store) == []
    take(store, now, event(title="Changed there"), again=True)
    assert titles(store) == ["Changed there"]
    assert events.get(store, mine.id).handle == mine.handle


def test_what_was_purged_here_is_not_brought_back_unasked(
    store: Store, now: datetime
) -> None:
    take(store, now, event())
    (mine,) = events.between(store, DAY, DAY)
    trash.remove(store, mine.id, now)
    trash.purge(store, mine.id, now)
    assert counts(take(store, now, event())) == (0, 0, 0, 1)
    assert counts(take(store, now, event(), again=True)) == (1, 0, 0, 0)
    assert titles(store) == ["Board"]
    assert counts(take(store, now, event())) == (0, 0, 1, 0)


def test_whom_it_is_with_here_stays_when_the_file_does_not_say(
    store: Store, now: datetime
) -> None:
    leader = people.add(store, alias="Director", now=now)
    take(store, now, event())
    (mine,) = events.between(store, DAY, DAY)
    events.edit(store, mine, now, people=[leader.id])
    take(store, now, event(title="Other"))
    assert [ref.id for ref in events.get(store, mine.id).people] == [leader.id]


def test_people_are_found_by_name_or_told(store: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", now=now)
    made = take(
        store,
        now,
        replace(event(), people=("director", "Nobody")),
        matter("m", "the list", people=("Director",)),
    )
    (mine,) = events.between(store, DAY, DAY)
    assert [ref.id for ref in mine.people] == [leader.id]
    assert [one.person and one.person.id for one in matters.ls(store)] == [leader.id]
    assert [note for note in made.notes if "Nobody" in note]


def test_the_same_id_twice_in_one_file(store: Store, now: datetime) -> None:
    made = take(store, now, event(), event(), event(title="Other"))
    assert counts(made) == (1, 0, 0, 1)
    assert titles(store) == ["Board"]


def test_an_event_of_a_series_follows_it_whatever_the_order(
    store: Store, now: datetime
) -> None:
    take(store, now, replace(event("1#2"), series="1"), event("1"))
    ids = {key: one.item_id for key, one in foreign.of_source(store, SOURCE).items()}
    assert events.get(store, ids["1#2"] or 0).series_id == ids["1"]


def test_what_a_file_says_of_itself_is_kept(store: Store, now: datetime) -> None:
    reading = Reading(loose=[Loose("calendar", {"lines": ["X-WR-CALNAME:Work"]})])
    apply(store, plan(store, SOURCE, reading), now)
    kept = foreign.of_source(store, SOURCE)["calendar"]
    assert kept.kept == {"lines": ["X-WR-CALNAME:Work"]}
    assert plan(store, SOURCE, reading).loose == []


def test_own_things_come_home_by_their_uid(store: Store, now: datetime) -> None:
    mine = events.add(store, title="Board", starts_on=DAY, notes="mine", now=now)
    back = replace(event(mine.uid, "Board, moved"), uid=mine.uid, rev=mine.rev)
    made = take(store, now, back)
    assert counts(made) == (0, 1, 0, 0)
    # What had stayed here is not emptied by what came back without it.
    again = events.get(store, mine.id)
    assert (again.title, again.notes) == ("Board, moved", "mine")
    events.edit(store, again, now, title="Mine again")
    assert counts(take(store, now, replace(back, key="x")))[3] == 1


def test_what_cannot_be_is_left_and_the_rest_comes_in(
    store: Store, now: datetime
) -> None:
    bad = event("2", "Bad", ends_on=date(2024, 9, 1))
    made = take(store, now, event("1"), bad)
    assert counts(made) == (1, 0, 0, 1)
    assert titles(store) == ["Board"]


def test_nothing_is_half_done(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong on the way, all of it is in or nothing."""
    from plannertui.exchange import keeping

    before = content(store, now)
    real = keeping.add
    done: list[int] = []

    def failing(*args: Any) -> tuple[int, str]:
        if len(done) == 2:
            raise OSError
        done.append(1)
        return real(*args)

    monkeypatch.setattr(keeping, "add", failing)
    with pytest.raises(OSError):
        take(store, now, *(event(str(n), str(n)) for n in range(4)))
    assert content(store, now) == before


def test_somebody_writes_between_plan_and_import(store: Store, now: datetime) -> None:
    take(store, now, event("1"), event("2"))
    made = plan(store, SOURCE, Reading(found=[event("1", "A"), event("2", "B")]))
    (mine, _other) = events.between(store, DAY, DAY)
    events.edit(store, mine, now, title="Mine")
    with pytest.raises(Conflict):
        apply(store, made, now)
    assert sorted(titles(store)) == ["Board", "Mine"]


def test_what_may_not_be_here_does_not_hold_up_the_rest(
    store: Store, now: datetime
) -> None:
    take(store, now, matter("1", "Ask"), matter("2", "Two"))
    first, second = (matters.get(store, handle) for handle in ("M1", "M2"))
    matters.edit(store, first, now, nature="grey")
    done = matter("1", "Ask")
    done.fields["state"] = "done"
    made = take(store, now, done, matter("2", "Second"), theirs=True)
    assert [step.handle for step in made.changed] == ["M2"]
    (left,) = made.left
    assert left.handle == "M1"
    assert "decision" in left.why
    assert matters.get(store, first.id).state == "open"
    assert matters.get(store, second.id).title == "Second"
