"""The hard moments of the sample year: grey matters and situations, as they ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from plannertui.store import matters, situations

if TYPE_CHECKING:
    from plannertui.exchange.demo import Sample


def grey_matters(sample: Sample) -> None:
    """What lay between duty and favour: asked, looked at, decided."""
    from plannertui.exchange.demo import moment

    for row in sample.data["grey"]:
        at = moment(row["day"], row["time"])
        matter = matters.add(
            sample.db,
            title=sample.say(row["title"]),
            day=at.date(),
            now=at,
            nature="grey",
            origin="asked",
            person_id=sample.ids[row["who"]],
            links=[sample.ids[row["who"]]],
            boundary={
                "kind": row["kind"],
                "words": sample.say(row["words"]),
                "when": f"{row['day']} {row['time']}",
                "where": sample.say(row["where"]),
                "present": sample.say(row["present"]),
                "tests": row["tests"],
                "recorded_on": row["day"],
                "fixed": 0,
                "settled_on": row["day"],
                "decision": row["decision"],
                "decided_on": row["day"],
            },
        )
        matters.done(sample.db, matter, at.date(), at + timedelta(minutes=40))


def hard_moments(sample: Sample) -> None:
    """Emergencies and contradictions, each seen from the leader's chair and closed."""
    from plannertui.exchange.demo import moment

    leader = sample.ids["L1"]
    for row in sample.data["situation"]:
        at = moment(row["day"], row["time"])
        say = sample.say
        closing: list[Any] = row["close"]
        situations.add(
            sample.db,
            line=say(row["line"]),
            kind=row["kind"],
            day=at.date(),
            now=at,
            person_id=leader,
            clock=say(row["clock"]),
            facts={
                part: [say(text) for text in row[part]]
                for part in ("confirmed", "reported", "unknown")
            },
            chair={
                "answerable_for": say(row["answerable"]),
                "priorities": row["touches"],
                "asked_by": say(row["asked_by"]),
                "asked_what": say(row["asked_what"]),
                "only_they_decide": say(row["only_they"]),
            },
            heart={"between": say(row["between"]), "symptom": say(row["symptom"])},
            options={
                "options": [
                    {
                        "text": say(option[:2]),
                        "cost": say(option[2:4]),
                        "borne_by": say(option[4:]),
                    }
                    for option in row["options"]
                ],
                "pick": 1,
                "public_test": "yes",
            },
            move={
                "type": row["type"],
                "propose": say(row["propose"]),
                "decision": say(row.get("needed", ())),
                "by": say(row.get("by", ())),
                "next_30_min": say(row["next"]),
                "report_again_at": row["report_at"],
            },
            predicted=say(row["predicted"]),
            actual=say(row["actual"]),
            match=row["match"],
            close=dict(
                zip(
                    ("expected", "happened", "why", "keep", "lesson"),
                    closing[sample.at],
                    strict=True,
                )
            ),
            state="closed",
            closed_on=at.date(),
        )
