"""A boundary record as it is printed."""

from __future__ import annotations

from plannertui.core.boundary import (
    FACTS,
    TESTS,
    answer_word,
    answers,
    decision_of,
    decision_word,
    fact_word,
    kind_word,
)
from plannertui.core.words import nature_word, state_word
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.options import Args
    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.matters import Matter


def record_data(matter: Matter) -> dict[str, Any]:
    """The record as plain JSON values."""
    record = matter.boundary or {}
    given = zip(TESTS, answers(record), strict=True)
    return {
        "handle": matter.handle,
        "title": matter.title,
        "day": matter.day.isoformat(),
        "state": matter.state,
        "nature": matter.nature,
        **{name: record.get(name) for name in ("words", *FACTS)},
        "tests": {name: answer or None for name, answer in given},
        **{
            name: record.get(name)
            for name in ("decision", "decided_on", "consulted", "sentence")
        },
    }


def show(session: Session, args: Args, matter: Matter) -> int:
    """Print the record of one matter."""
    if args.has("json"):
        session.out.document(record_data(matter))
        return 0
    out, record = session.out, matter.boundary or {}
    head = [(matter.handle, "accent"), ("  " + nature_word(matter.nature), "")]
    out.line([*head, ("  " + state_word(matter.state), "quiet")])
    out.block(matter.title, indent=2, style="strong")
    if record.get("words"):
        out.block(str(record["words"]), indent=2)
    table: list[list[Cell]] = []
    for name in FACTS:
        text = str(record.get(name) or "")
        if text:
            text = kind_word(text) if name == "kind" else text
            table.append([("  " + fact_word(name), "quiet"), text])
    if any(answers(record)):
        for name, answer in zip(TESTS, answers(record), strict=True):
            table.append([("  " + _(TESTS[name]), "quiet"), answer_word(answer)])
    decision = decision_word(decision_of(matter))
    if record.get("decided_on"):
        decision += f"  {record['decided_on']}"
    table.append([("  " + _("decision"), "quiet"), decision])
    for name, label in (
        ("consulted", _("advice from")),
        ("sentence", _("in words")),
    ):
        if record.get(name):
            table.append([("  " + label, "quiet"), str(record[name])])
    out.table(table)
    return 0
