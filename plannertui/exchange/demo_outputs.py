"""What of the sample year may be told at work, and what was written for it."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from plannertui.exchange.demo_journal import proof
from plannertui.store import events, matters

if TYPE_CHECKING:
    from plannertui.exchange.demo import Sample


def _data() -> dict[str, Any]:
    here = os.path.dirname(os.path.dirname(__file__))
    with open(os.path.join(here, "data", "demo_outputs.toml"), "rb") as file:
        return tomllib.load(file)


def ready(sample: Sample) -> None:
    """Mark what was handed in as ready, and hand in what was written for the reports."""
    from plannertui.exchange.demo import moment

    data = _data()
    wanted = {(day, clock): both for day, clock, *both in data["ready"]}
    for at, fields in sample.waiting:
        both = wanted.get((f"{at:%m-%d}", f"{at:%H:%M}"))
        if both is not None and fields["kind"] not in ("mirror", "reflection"):
            fields["share"] = "ready"
            if both[0]:
                fields["tags"] = [*fields.get("tags", ()), sample.say(both)]
    for day, clock, kind, *texts, won, more in data["entries"]:
        text = sample.say(texts)
        given: dict[str, Any] = {}
        if kind == "win":
            given["win"] = proof(sample, won)
        if "about" in more:
            given["about"] = date.fromisoformat(more["about"])
        sample.write(
            moment(day, clock),
            kind=kind,
            text=text,
            links=sample.links(text),
            tags=[sample.say(more["tags"])] if "tags" in more else [],
            share="ready",
            **given,
        )


def to_bring(sample: Sample) -> None:
    """The agenda of the talk to come, and what the asks have assumed."""
    data = _data()
    talk = next(
        event
        for event in events.between(sample.db, date(2024, 9, 19), date(2024, 9, 19))
        if event.kind == "one_on_one"
    )
    if not talk.agenda:
        items = [
            {"text": sample.say(texts), "kind": kind, "done": False, "carried": carried}
            for kind, *texts, carried in data["agenda"]
        ]
        events.edit(sample.db, talk, sample.now, agenda=items)
    beliefs = {sample.say(texts): belief for *texts, belief in data["beliefs"]}
    for ask in matters.ls(sample.db, kind="ask"):
        belief = beliefs.get(ask.title)
        if belief:
            matters.edit(sample.db, ask, sample.now, priority_id=sample.ids[belief])
        elif belief is not None:
            matters.edit(
                sample.db, ask, sample.now, tags=[sample.say(["guess", "猜的"])]
            )
