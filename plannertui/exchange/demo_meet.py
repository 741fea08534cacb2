"""The one-on-ones of the sample year as a series: what was said, and what came of it."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any

from plannertui.store import events, matters, refs, rows

if TYPE_CHECKING:
    from plannertui.core.events import Event
    from plannertui.exchange.demo import Sample

PARTS = ("heard", "promised", "assumed")


def talks(sample: Sample) -> None:
    """Make the talks with the Director a series, and give each what was said in it."""
    here = os.path.dirname(os.path.dirname(__file__))
    with open(os.path.join(here, "data", "demo_meet.toml"), "rb") as file:
        said = {row["day"]: row for row in tomllib.load(file)["talk"]}
    series = events.one_on_ones(sample.db, person_id=sample.ids["L1"])
    by_day = {one.starts_on.isoformat(): one.handle for one in series}
    titles = _titles(sample)
    before: Event | None = None
    for talk in series:
        row = said.get(talk.starts_on.isoformat(), {})
        agenda = [_item(sample, line, by_day) for line in row.get("agenda", ())]
        follow_up: dict[str, Any] = {}
        for part in PARTS:
            lines = [_line(sample, line, titles) for line in row.get(part, ())]
            if lines:
                follow_up[part] = lines
        values = {
            "repeat": "" if before is not None else "fortnightly",
            "series_id": series[0].id,
            "slot_on": talk.starts_on,
            "agenda": rows.dump(agenda),
            "follow_up": rows.dump(follow_up),
        }
        if talk.state == "planned":
            values["state"] = "prepared"
        rows.update(sample.db, "event", talk.id, values, sample.now)
        if before is not None:
            rows.set_links(sample.db, talk.id, [before.id], "carried")
        before = talk
        for part in ("promised", "assumed"):
            for line in follow_up.get(part, ()):
                if line["became"]:
                    made = refs.need(sample.db, line["became"])[0]
                    rows.set_links(sample.db, made, [talk.id], "from")


def _titles(sample: Sample) -> dict[str, str]:
    """The handles of matters by their English titles."""
    found = {one.title: one.handle for one in matters.ls(sample.db, state=None)}
    listed = sample.data["matters"]["list"]
    return {row[4]: found[sample.say(row[4:6])] for row in listed}


def _item(sample: Sample, line: list[Any], by_day: dict[str, str]) -> dict[str, Any]:
    kind, done, *texts = line
    carried = by_day[texts[2]] if len(texts) > 2 else ""
    return {
        "text": sample.say(texts[:2]),
        "kind": kind,
        "done": done,
        "carried": carried,
    }


def _line(
    sample: Sample, line: list[str], titles: dict[str, str]
) -> dict[str, str | None]:
    *texts, became = line
    handle = became if became.startswith("L1.") else titles[became] if became else None
    return {"text": sample.say(texts), "became": handle}
