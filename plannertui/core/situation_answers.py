"""The answers to the six steps: what was given, what is missing, what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.clocktime import time_in
from plannertui.core.situation_steps import NAMES, STEPS, Field, Step
from plannertui.core.situations import (
    LETTERS,
    MOST_OPTIONS,
    Situation,
    match_word,
    picked,
    public_word,
    type_word,
    ways,
)
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FACTS = ("confirmed", "reported", "unknown")
Sheet = list[tuple[str, list[tuple[str, list[str]]]]]
"""Headings, each with its labels, each with its lines."""


def value(situation: Situation, field: Field) -> Any:
    """What was answered: a text, a list of texts, the ways, the number of the pick."""
    if field.form == "ways":
        return ways(situation)
    if field.form == "pick":
        return picked(situation)
    if field.form == "person":
        return situation.person
    if not field.part:
        return getattr(situation, field.name)
    found = getattr(situation, field.part).get(field.name)
    if field.form in ("lines", "ticks"):
        return [str(each) for each in found or []]
    return str(found or "")


def filled(situation: Situation, step: Step) -> bool:
    """Whether anything was answered in ``step``; kind and person alone do not count."""
    return any(
        value(situation, field)
        for field in step.fields
        if field.name not in ("kind", "person", "type")
    )


def answered(situation: Situation) -> list[str]:
    """The names of the steps in which something was answered, in their order."""
    return [each.name for each in STEPS if filled(situation, each)]


def resume_at(situation: Situation) -> int:
    """The number, from 0, of the step to go on with: the one after the last answered."""
    done = [NAMES.index(name) for name in answered(situation)]
    return min(max(done, default=-1) + 1, len(STEPS) - 1)


def changes(
    situation: Situation, step: Step, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns that differ once ``step`` has the answers ``given``, by field name.

    Fields that are not given keep what they have. ``person_id`` stands for the person.
    """
    found: dict[str, Any] = {}
    for field in step.fields:
        if field.name not in given:
            continue
        new = tidy(field, given[field.name])
        if field.form == "person":
            if new != (situation.person.id if situation.person else None):
                found["person_id"] = new
        elif new != value(situation, field):
            if field.part:
                part = found.setdefault(
                    field.part, dict(getattr(situation, field.part))
                )
                if new:
                    part[field.name] = new
                else:
                    part.pop(field.name, None)
            else:
                found[field.name] = new
    return found


def tidy(field: Field, given: Any) -> Any:
    """An answer as it is kept: blanks off, empty lines out, a time as HH:MM."""
    if field.form in ("lines", "ticks"):
        return [text for each in given if (text := " ".join(str(each).split()))]
    if field.form == "ways":
        return _ways(given)
    if field.form in ("person", "pick"):
        return given
    text = " ".join(str(given).split())
    if field.name == "report_again_at":
        return time_in(text) or text
    return text


def _ways(given: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The ways without empty ones at the end; doing nothing has a name of its own."""
    found = []
    for at, way in enumerate(given[:MOST_OPTIONS]):
        each = {
            name: " ".join(str(way.get(name) or "").split())
            for name in ("text", "cost", "borne_by")
        }
        nameless = not each["text"] and any(each.values())
        if nameless and at == MOST_OPTIONS - 1:
            each["text"] = _("do nothing")
        found.append(each)
    while found and not any(found[-1].values()):
        found.pop()
    return found


def facts_words(situation: Situation) -> tuple[int, int, int]:
    """How much is confirmed, reported and unknown."""
    counts = [len(situation.facts.get(name) or []) for name in FACTS]
    return counts[0], counts[1], counts[2]


def known_words(situation: Situation | None, typed: Mapping[str, Any]) -> str:
    """How much is known, in words; ``typed`` are lists that are not saved yet."""
    counts = (0, 0, 0) if situation is None else facts_words(situation)
    confirmed, reported, unknown = (
        sum(bool(str(line).strip()) for line in typed[name]) if name in typed else count
        for name, count in zip(FACTS, counts, strict=True)
    )
    if not confirmed + reported + unknown:
        return ""
    said = _("{confirmed} confirmed   {reported} unchecked   {unknown} unknown")
    return said.format(confirmed=confirmed, reported=reported, unknown=unknown)


def chair_words(alias: str) -> str:
    """Whose chair one sits in, as a sentence."""
    if not alias:
        return _("You sit in your leader's chair.")
    return _("You sit in {person}'s chair.").format(person=alias)


def way_words(way: Mapping[str, str]) -> str:
    """One way, what it costs, and who bears it, on one line."""
    parts = [way.get("text") or "", way.get("cost") or ""]
    if way.get("borne_by"):
        parts.append(_("borne by {who}").format(who=way["borne_by"]))
    return " · ".join(part for part in parts if part)


def answer_words(
    situation: Situation, field: Field, priorities: Mapping[str, str]
) -> list[str]:
    """An answer as lines for a person; ``priorities`` are texts by handle."""
    given = value(situation, field)
    if not given:
        return []
    match field.form:
        case "lines":
            return list(given)
        case "ticks":
            return [priorities.get(handle, handle) for handle in given]
        case "ways":
            return [
                f"{LETTERS[at]}  {way_words(way)}"
                for at, way in enumerate(given)
                if any(way.values())
            ]
        case "pick":
            return [LETTERS[given - 1]]
        case "person":
            return [given.label]
    if field.name == "kind":
        return [kind_word(given)]
    if field.name == "public_test":
        return [public_word(given)]
    if field.name == "type":
        return [type_word(given)]
    return [given]


def sheet(situation: Situation, priorities: Mapping[str, str]) -> Sheet:
    """Everything that was answered, step by step, and how it ended."""
    found: Sheet = []
    for step in STEPS:
        rows = [
            (_(field.label), lines)
            for field in step.fields
            if field.name != "line"
            and (lines := answer_words(situation, field, priorities))
        ]
        if rows:
            found.append((_(step.title), rows))
    ended = [(close_label(name), [text]) for name, text in closing(situation) if text]
    if ended:
        found.append((_("How it ended"), ended))
    return found


def closing(situation: Situation) -> list[tuple[str, str]]:
    """The lines of the close by name, empty where nothing was written."""
    lines = situation.close
    return [
        ("actual", situation.actual),
        ("match", match_word(situation.match)),
        *(
            (name, str(lines.get(name) or ""))
            for name in ("expected", "happened", "why", "keep", "lesson")
        ),
    ]


def close_label(name: str) -> str:
    """The word for one of the lines of the close."""
    return {
        "expected": _("expected"),
        "happened": _("happened"),
        "why": _("why"),
        "keep": _("keep or change"),
        "lesson": _("lesson"),
        "actual": _("they wanted"),
        "match": _("as predicted"),
    }.get(name, name)
