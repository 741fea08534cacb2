"""What the sample year says of its matters: weights, days taken up, checks, the rule."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from plannertui.store import matters, years

if TYPE_CHECKING:
    from plannertui.core.matters import Matter
    from plannertui.exchange.demo import Sample


def weigh(sample: Sample) -> None:
    """Say what is urgent, important, taken up again, and served; the office's rule."""
    from plannertui.exchange.demo import YEAR, moment

    here = os.path.dirname(os.path.dirname(__file__))
    with open(os.path.join(here, "data", "demo_matters.toml"), "rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    named = _by_title(sample)
    at = moment("09-14", "08:40")

    def change(title: str, **changes: Any) -> None:
        matters.edit(sample.db, named[title], at, **changes)

    for title, weight in data["weights"]:
        change(title, urgent="u" in weight, important="i" in weight)
    for title, days, first in data["taken"]:
        change(
            title,
            carried=[date.fromisoformat(day) for day in days],
            first_on=date.fromisoformat(first) if first else None,
        )
    for title, priority in data["serves"]:
        change(title, priority_id=sample.ids[priority])
    for title, *sentence in data["sentences"]:
        record = {**(named[title].boundary or {}), "sentence": sample.say(sentence)}
        change(title, boundary=record)
    years.save(sample.db, YEAR, at, rule=sample.say(data["rule"]))


def _by_title(sample: Sample) -> dict[str, Matter]:
    """The matters of the sample by their English titles."""
    rows = [(row[4], row[5]) for row in sample.data["matters"]["list"]]
    rows += [tuple(row["title"]) for row in sample.data["grey"]]
    english = {pair[sample.at]: pair[0] for pair in rows}
    found = {}
    for matter in matters.ls(sample.db, state=None):
        if matter.title in english:
            found[english[matter.title]] = matter
    return found
