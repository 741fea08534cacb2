"""Records are what the standard library's frozen dataclasses with slots are."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, replace

import pytest

from plannertui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Two numbers and their tags."""

    x: int
    y: int = 2
    tags: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What every row has."""

    id: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Base):
    """A row of something."""

    rank: int


@dataclass(frozen=True, slots=True)
class One:
    """A single field."""

    x: int


def test_arguments_come_by_place_and_by_name() -> None:
    point = Point(1, tags={"a": 1})
    assert (point.x, point.y, point.tags) == (1, 2, {"a": 1})


def test_a_factory_is_called_for_each() -> None:
    assert Point(1).tags is not Point(1).tags


def test_keywords_only_reach_inherited_fields() -> None:
    row = Row(rank=3, id=7)
    assert asdict(row) == {"id": 7, "name": "", "rank": 3}
    with pytest.raises(TypeError):
        Row(7, rank=3)  # type: ignore[call-arg]


def test_what_is_missing_is_said() -> None:
    with pytest.raises(TypeError, match="rank"):
        Row(id=7)  # type: ignore[call-arg]


def test_equal_are_those_of_one_class_with_equal_fields() -> None:
    assert Point(1) == Point(1)
    assert Point(1) != Point(2)
    assert Base(id=1) != Row(id=1, rank=1)
    assert One(1) != object()


def test_they_can_be_keys() -> None:
    assert {One(1), One(1), One(2)} == {One(1), One(2)}
    assert hash(Row(id=1, rank=2)) == hash(Row(id=1, rank=2))


def test_nothing_can_be_set_or_deleted() -> None:
    one = One(1)
    with pytest.raises(FrozenInstanceError):
        one.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.x
    with pytest.raises(FrozenInstanceError):
        one.y = 2  # type: ignore[attr-defined]
    assert not hasattr(one, "__dict__")


def test_they_show_their_fields() -> None:
    assert repr(One(1)) == "One(x=1)"
    assert repr(Row(id=1, rank=2)) == "Row(id=1, name='', rank=2)"


def test_they_can_be_replaced_matched_and_copied() -> None:
    row = replace(Row(id=1, rank=2), rank=5)
    assert row.rank == 5
    match One(4):
        case One(x):
            assert x == 4
    assert [each.name for each in fields(Row)] == ["id", "name", "rank"]
    assert copy.deepcopy(row) == row
    assert pickle.loads(pickle.dumps(row)) == row
