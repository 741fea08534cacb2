"""Entries that are seen again: on their day, answered once, put off, ended, undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.core.capture import parse
from plannertui.core.errors import EmptyText
from plannertui.store import entries, history, revisits, trash
from plannertui.store.capture import file_capture
from plannertui.store.glance import notices

if TYPE_CHECKING:
    from plannertui.core.entries import Entry
    from plannertui.store.open import Store

TODAY = date(2024, 9, 14)


def wrote(db: Store, now: datetime, line: str) -> Entry:
    capture = parse(line, today=TODAY, resolve=lambda _name: None)
    return entries.get(db, file_capture(db, capture, day=TODAY, now=now).id)


def test_a_captured_line_comes_back_on_its_day(store: Store, now: datetime) -> None:
    made = wrote(store, now, "the pilot will be dropped revisit:30d")
    assert (made.text, made.revisit_on) == (
        "the pilot will be dropped",
        date(2024, 10, 14),
    )
    assert revisits.due(store, date(2024, 10, 13)) == []
    assert revisits.due(store, date(2024, 10, 14)) == [made]
    assert revisits.due(store, date(2025, 1, 1)) == [made]
    assert revisits.ahead(store, TODAY) == [made]
    assert notices(store, TODAY) == {}
    assert notices(store, date(2024, 10, 14)) == {"again": 1}


def test_the_answer_stands_beside_it_and_it_does_not_come_back(
    store: Store, now: datetime
) -> None:
    made = wrote(store, now, "the pilot will be dropped revisit:1d")
    day = TODAY + timedelta(days=1)
    assert [(a.then, a.now) for a in revisits.on_day(store, day, day)] == [(made, None)]
    said = revisits.answer(store, made, "Half of it.", day=day, now=now)
    assert said.kind == "reflection"
    assert revisits.due(store, date(2025, 1, 1)) == []
    (seen,) = revisits.on_day(store, day, day)
    assert (seen.then.id, seen.now) == (made.id, said)
    assert revisits.answers(store, made) == [said]
    # Another day shows what was said on it, and nothing that waits.
    wrote(store, now, "something else revisit:1d")
    assert len(revisits.on_day(store, day, day)) == 2
    assert len(revisits.on_day(store, day, day + timedelta(days=1))) == 1
    history.undo(store, now)
    history.undo(store, now)
    assert [entry.id for entry in revisits.due(store, day)] == [made.id]


def test_it_is_put_off_or_ended(store: Store, now: datetime) -> None:
    made = wrote(store, now, "look again revisit:1d")
    later = revisits.put_off(store, made, date(2024, 12, 1), now)
    assert revisits.due(store, date(2024, 11, 30)) == []
    assert revisits.due(store, date(2024, 12, 1)) == [later]
    revisits.put_off(store, later, None, now)
    assert revisits.due(store, date(2025, 12, 1)) == []


def test_nothing_in_the_trash_comes_back_and_nothing_empty_is_an_answer(
    store: Store, now: datetime
) -> None:
    made = wrote(store, now, "look again revisit:1d")
    with pytest.raises(EmptyText):
        revisits.answer(store, made, "  ", day=TODAY, now=now)
    assert revisits.due(store, date(2025, 1, 1)) == [made]
    trash.remove(store, made.id, now)
    assert revisits.due(store, date(2025, 1, 1)) == []
