"""The journal of the sample year: notes, wins, weeks, trainings, the mirror."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plannertui.store import years

if TYPE_CHECKING:
    from plannertui.exchange.demo import Sample


def journal(sample: Sample) -> None:
    """Notes, wins and the rest, as they were written."""
    from plannertui.exchange.demo import YEAR, moment

    for row in sample.data["journal"]:
        day, clock, kind, *texts = row
        at = moment(day, clock)
        text = sample.say(texts[:2])
        fields: dict[str, Any] = {}
        if kind == "win":
            fields["win"] = proof(sample, texts[2] if len(texts) > 2 else {})
        if kind == "warn" and at.date() == sample.now.date():
            fields["about"] = date(YEAR, 9, 23)
        sample.write(
            at,
            kind=kind,
            text=text,
            links=sample.links(text),
            tags=[word[1:].rstrip("。，") for word in text.split() if word[0] == "#"],
            **fields,
        )


def proof(sample: Sample, row: dict[str, Any]) -> dict[str, Any] | None:
    """What proves a win, as it is kept; None for nothing."""
    if not row:
        return None
    number = row.get("number", "")
    return {
        "number": number if isinstance(number, str) else sample.say(number),
        "document": sample.say(row.get("doc", ("", ""))),
        "witnesses": row.get("seen", []),
        "credit": row.get("credit", []),
    }


def evenings(sample: Sample) -> None:
    """The week in a line, the Wednesday training, the mirror."""
    from plannertui.exchange.demo import YEAR, moment

    shown = {standard.id: standard for standard in years.get(sample.db, YEAR).standards}
    for day, value, *text in sample.data["weeks"]:
        at = moment(day, "17:35")
        head = (f"Backlog {value}. ", f"积压 {value}。")[sample.at]
        sample.write(
            at,
            kind="review",
            text=head + sample.say(text),
            period=f"{at.isocalendar()[0]}-W{at.isocalendar()[1]:02d}",
            links=[sample.ids["G1"]],
        )
    for number, (day, *text) in enumerate(sample.data["training"], 1):
        at = moment(day, "15:00") + timedelta(minutes=number)
        words = (f"Training {number}: ", f"培训第 {number} 期：")[sample.at]
        words += sample.say(text) + " @G3 " + ("#training", "#培训")[sample.at]
        sample.write(
            at,
            kind="note",
            text=words,
            links=[sample.ids["G3"]],
            tags=[("training", "培训")[sample.at]],
        )
    for day, number, answer, *text in sample.data["mirror"]:
        at = moment(day, "17:45")
        sample.write(
            at,
            kind="mirror",
            text=sample.say(text),
            mirror={"standard": shown[number].id, "answer": answer},
        )
