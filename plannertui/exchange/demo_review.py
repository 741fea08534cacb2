"""The reviews of the sample year: weeks with their steps and figures, a month, one begun."""

from __future__ import annotations

import os
import tomllib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plannertui.core import reviews as rules
from plannertui.store import entries, rows
from plannertui.store.reviews import said

if TYPE_CHECKING:
    from plannertui.exchange.demo import Sample


def _texts() -> dict[str, Any]:
    here = os.path.dirname(os.path.dirname(__file__))
    with open(os.path.join(here, "data", "demo_review.toml"), "rb") as file:
        return tomllib.load(file)


def hold_reviews(sample: Sample) -> None:
    """Give the weeks what was done and written in their steps, and one its second look."""
    data = _texts()
    numbers = {f"2024-{day}": value for day, value, *_text in sample.data["weeks"]}
    written = {row["period"]: row["steps"] for row in data["week"]}
    written[data["open"]] = data["open_steps"]
    for (number,) in sample.db.conn.execute(
        "SELECT id FROM entry WHERE kind = 'review' AND period LIKE '%W%' ORDER BY day"
    ).fetchall():
        entry = entries.get(sample.db, number)
        begun = entry.period == data["open"]
        steps = _steps(sample, "week", written.get(entry.period, ()), begun)
        snapshot: dict[str, Any] = {
            "review": "week",
            "state": "open" if begun else "closed",
            "steps": steps,
        }
        if not begun:
            snapshot["numbers"] = {"G1": numbers[entry.day.isoformat()]}
            snapshot["closed_on"] = entry.day
        lines = [entry.text, *(each["line"] for each in steps.values() if each["line"])]
        _set(sample, number, snapshot, "\n".join(lines), entry.updated_at)
    _link_answers(sample)
    _again(sample, *data["again"])


def _steps(
    sample: Sample, kind: rules.Kind, written: Any, begun: bool
) -> dict[str, dict[str, str]]:
    """The steps of a review as it keeps them; the others of a closed one were done."""
    texts = {name: sample.say(both) for name, *both in written}
    found = {}
    for step in rules.steps_of(kind):
        if begun and step.name not in texts:
            continue
        text = texts.get(step.name, "")
        line = said(step, text)
        found[step.name] = {"state": "done", "text": text, "line": line}
    return found


def _set(
    sample: Sample, number: int, snapshot: dict[str, Any], text: str, at: str
) -> None:
    sample.db.conn.execute(
        "UPDATE entry SET snapshot = ?, text = ?, updated_at = ? WHERE id = ?",
        (rows.dump(snapshot), text, at, number),
    )


def write_month(sample: Sample) -> None:
    """Hand in the review of August and its answer, so that handles follow the year."""
    from plannertui.exchange.demo import moment

    row = _texts()["month"]
    at = moment(*row["at"])
    kind: rules.Kind = "month"
    steps = _steps(sample, kind, row["steps"], False)
    lines = [f"{rules.name_of(kind)} {row['period']}"]
    lines += [each["line"] for each in steps.values() if each["line"]]
    snapshot = {
        "review": kind,
        "state": "closed",
        "steps": steps,
        "closed_on": at.date(),
        "numbers": {"G1": 221, "G2": [3, 5], "G3": [2, 4], "G4": [1, 5]},
    }
    sample.write(
        at,
        kind="review",
        text="\n".join(lines),
        period=row["period"],
        snapshot=snapshot,
    )
    for prompt, *both in row["answers"]:
        later = at + timedelta(minutes=1)
        sample.write(later, kind="reflection", text=sample.say(both), prompt=prompt)


def _link_answers(sample: Sample) -> None:
    """The answers of the month belong to its review."""
    row = _texts()["month"]
    (review,) = sample.db.conn.execute(
        "SELECT id FROM entry WHERE kind = 'review' AND period = ?", (row["period"],)
    ).fetchone()
    for prompt, *_both in row["answers"]:
        for (answer,) in sample.db.conn.execute(
            "SELECT id FROM entry WHERE prompt = ?", (prompt,)
        ).fetchall():
            rows.set_links(sample.db, answer, [review], "from")


def _again(sample: Sample, day: str, on: str) -> None:
    """The first note of a day asks to be seen again on the evening of the sample."""
    sample.db.conn.execute(
        "UPDATE entry SET revisit_on = ? WHERE id = (SELECT min(id) FROM entry "
        "WHERE kind IN ('note', 'lesson') AND day = ?)",
        (date.fromisoformat(on).isoformat(), f"2024-{day}"),
    )
