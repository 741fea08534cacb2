"""Boundary checks: recording one, what waits for its decision, and the rules to read."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plannertui.core.boundary import (
    UNDECIDED,
    add_words,
    amend,
    decide,
    decision_of,
)
from plannertui.core.matters import Matter, check_close
from plannertui.i18n import N_
from plannertui.store import matters
from plannertui.store.open import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one says in a check. None leaves a thing as it is, "" takes it back."""

    words: str = ""
    facts: dict[str, str] | None = None
    tests: tuple[str, str, str] | None = None
    nature: str | None = None
    decision: str | None = None
    consulted: str | None = None
    sentence: str | None = None


def amended(matter: Matter, check: Check, today: date) -> dict[str, Any]:
    """The record of ``matter`` with what ``check`` says added on ``today``."""
    old = matter.boundary or {}
    record = amend(
        add_words(old, check.words, today), today, check.facts or {}, check.tests
    )
    told = {"consulted": check.consulted, "sentence": check.sentence}
    kept = {n: str(old.get(n) or "") if t is None else t for n, t in told.items()}
    decision = decision_of(matter) if check.decision is None else check.decision
    if decision != "asked_advice":
        kept["consulted"] = ""
    return decide(record, decision, today, **kept)


def record(
    db: Store,
    matter: Matter,
    check: Check,
    today: date,
    now: datetime,
    *,
    close: bool = True,
) -> Matter:
    """Write a check down as one step; with ``close``, what is grey and decided is closed.

    Nothing that was recorded on an earlier day is changed by it.
    """
    with db.write(N_("boundary check {what}"), now, what=matter.handle):
        matter = matters.get(db, matter.id)  # others may have written since
        changes: dict[str, Any] = {"boundary": amended(matter, check, today) or None}
        if check.nature is not None:
            changes["nature"] = check.nature
        matter = matters.edit(db, matter, now, **changes)
        decided = decision_of(matter) != UNDECIDED
        if close and decided and matter.nature == "grey" and matter.state == "open":
            check_close(matter)
            matter = matters.done(db, matter, today, now)
    return matter


def ls(db: Store) -> list[Matter]:
    """The matters that are grey or have a record, the newest first."""
    found = db.read(
        "SELECT id FROM matter WHERE deleted_at IS NULL AND "
        "(nature = 'grey' OR ifnull(boundary, '{}') != '{}') ORDER BY day DESC, id DESC"
    )
    return matters.some(db, [row[0] for row in found])


@dataclass(frozen=True, slots=True)
class Rule:
    """A paragraph on the rules that exist, and where it holds."""

    where: str
    text: str


def rules(language: str) -> tuple[list[Rule], str]:
    """The short neutral text on rules, and the year of which it is."""
    path = os.path.join(os.path.dirname(__file__), "..", "data", "rules.toml")
    with open(path, "rb") as file:
        data = tomllib.load(file)
    at = 1 if language == "zh_Hans" else 0
    found = [Rule(row["where"][at], row["text"][at]) for row in data["rule"]]
    return found, data["as_of"]
