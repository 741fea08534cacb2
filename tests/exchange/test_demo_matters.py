"""The matters of the sample year: what is heavy, what was taken up, the two checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plannertui.core.boundary import KINDS, answers
from plannertui.core.matters import quadrant
from plannertui.exchange.demo import build, demo_now
from plannertui.store import boundaries, carrying, matters, years

if TYPE_CHECKING:
    from plannertui.store.open import Store


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_sample_has_every_box_and_a_day(store: Store, language: str) -> None:
    build(store, demo_now(), language)
    open_ones = matters.ls(store)
    assert {quadrant(matter) for matter in open_ones} == {
        "now",
        "plan",
        "quick",
        "rest",
    }
    first, *others = carrying.of_day(store, date(2024, 9, 14))
    assert first.first_on == date(2024, 9, 14)
    assert first.state == "done"
    assert len(others) == 2
    list_of_oldest = next(m for m in open_ones if m.due == date(2024, 9, 20))
    assert list_of_oldest.priority_id is not None
    assert quadrant(list_of_oldest) == "now"
    assert years.rule(store, 2024).count("3.2") == 1
    assert years.rule(store, 2023) == ""


def test_both_checks_are_whole(store: Store) -> None:
    build(store, demo_now())
    found = boundaries.ls(store)
    assert [(m.boundary or {})["kind"] for m in found] == ["errand", "favour"]
    for matter in found:
        record = matter.boundary or {}
        assert record["kind"] in KINDS
        assert answers(record) == ("no", "no", "yes")
        assert all(record[name] for name in ("words", "where", "present", "sentence"))
