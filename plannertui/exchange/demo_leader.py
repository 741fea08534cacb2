"""The beliefs of the sample year that were checked, and the leader of before."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from plannertui.core.priorities import Check
from plannertui.store import beliefs, people, priorities

if TYPE_CHECKING:
    from plannertui.exchange.demo import Sample


def leaders(sample: Sample) -> None:
    """What was checked and how it came out; who led before, and what stays of that."""
    here = os.path.dirname(os.path.dirname(__file__))
    with open(os.path.join(here, "data", "demo_leader.toml"), "rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    _checked(sample, data["checks"])
    for row in data["wrong"]:
        _wrong(sample, row)
    _before(sample, data["before"])


def _checked(sample: Sample, rows: list[Any]) -> None:
    from plannertui.exchange.demo import moment

    for handle, day, was, right in rows:
        priority = priorities.get(sample.db, sample.ids[handle])
        check = Check(date.fromisoformat(day), was, right)
        priorities.edit(
            sample.db,
            priority,
            moment(day, "17:20"),
            checks=(*priority.checks, check),
        )


def _wrong(sample: Sample, row: list[Any]) -> None:
    from plannertui.exchange.demo import moment

    leader, begun, kind, rank, *texts, checked, successor = row
    at, day = moment(checked, "17:20"), date.fromisoformat(checked)
    made = priorities.add(
        sample.db,
        people.get(sample.db, sample.ids[leader]),
        text=sample.say(texts),
        kind=kind,
        rank=rank,
        checked_on=date.fromisoformat(begun),
        since=date.fromisoformat(begun),
        now=moment(begun, "17:20"),
    )
    beliefs.check(sample.db, made, "no", day, at)
    if successor:
        priorities.edit(
            sample.db,
            made,
            at,
            state="changed",
            successor_id=sample.ids[successor],
        )


def _before(sample: Sample, row: dict[str, Any]) -> None:
    from plannertui.exchange.demo import moment

    at = moment("01-02", "08:31")
    since, until = (date.fromisoformat(row[name]) for name in ("since", "until"))
    person = people.add(
        sample.db,
        alias=sample.say(row["alias"]),
        relation="leader",
        primary=False,
        since=since,
        until=until,
        state="past",
        now=at,
    )
    kind, basis, checked, *texts = row["answer"]
    day = date.fromisoformat(checked)
    met = priorities.add(
        sample.db,
        person,
        text=sample.say(texts),
        kind=kind,
        basis=basis,
        rank=1,
        checked_on=day,
        since=since,
        now=at,
    )
    beliefs.close(sample.db, met, "met", day, at)
