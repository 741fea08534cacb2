"""The fields of a noun, and of a row of it, in words."""

from __future__ import annotations

from plannertui.core.boundary import decision_word
from plannertui.core.words import kind_word, number, share_word
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# What is kept as a word of ours and read as one of people's.
WORDED = (
    *("kind", "state", "nature", "basis", "relation"),
    *("outcome", "health", "proof"),
)
TRUTHS = ("urgent", "important", "is_primary", "in_room")


def as_text(name: str, value: Any, names: Mapping[int, str]) -> str:
    """The column ``name`` as a text, a line for each of several; "" for nothing.

    ``value`` is what the row holds, its JSON read; ``names`` says what ids stand for.
    """
    if value in (None, "", [], {}):
        return ""
    if name.endswith("_id"):
        return names.get(value, "…")
    if name in TRUTHS:
        return _("yes") if value else ""
    if name == "at":
        return str(value)[:16].replace("T", " ")
    if name == "share":
        return share_word(str(value))
    if name in WORDED:
        return kind_word(str(value))
    if isinstance(value, dict):
        value = [{key: inner} for key, inner in value.items()]
    if isinstance(value, list):
        return "\n".join(filter(None, (in_words(name, inner) for inner in value)))
    return in_words(name, value)


def in_words(name: str, value: Any) -> str:
    """One value of the field ``name``, in words."""
    if name == "tags":
        return f"#{value}"
    if name == "reminders":
        from plannertui.core.lengths import say_minutes

        return say_minutes(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return number(value)
    if name == "origin":
        return _("asked of me") if value == "asked" else _("my own")
    if name == "decision":
        return decision_word(str(value))
    if not isinstance(value, dict):
        return str(value)
    if set(value) == {"id", "handle", "label"}:
        label = str(value["label"]).split("\n", 1)[0]
        return f"@{value['handle']} {label}".strip()
    if name == "measure":
        words = _("{now} of {start}→{target}").format(
            now=number(value["now"]),
            start=number(value["start"]),
            target=number(value["target"]),
        )
        return " ".join(w for w in (value["name"], words, value["unit"]) if w)
    if name == "milestones":
        mark = "[x]" if value["done_on"] else "[ ]"
        due = value["done_on"] or value["due"] or ""
        return " ".join(w for w in (mark, value["handle"], value["title"], due) if w)
    if name == "serves":
        return " ".join(w for w in (value["handle"], value["label"], value["how"]) if w)
    if name == "moves":
        told = value["told_on"]
        tail = _("told {day}").format(day=told) if told else _("not told")
        return _("from {day}, {told}").format(day=value["old_due"], told=tail)
    pairs = [
        _("{what}: {name}").format(
            what=field(key),
            name=_inner(inner),
        )
        for key, inner in value.items()
        if key not in ("id", "handle") and inner not in (None, "", [], {})
    ]
    return _(", ").join(pairs)


def _inner(value: Any) -> str:
    if isinstance(value, list):
        return _("; ").join(in_words("", inner) for inner in value)
    return in_words("", value)


def field(name: str) -> str:
    """The word for a field of any noun; its own name where there is none."""
    words = {
        "text": _("text"),
        "title": _("title"),
        "line": _("what it is"),
        "alias": _("alias"),
        "theme": _("theme"),
        "person_id": _("person"),
        "goal_id": _("goal"),
        "is_primary": _("primary"),
        "measure_name": _("measure"),
        "measure_unit": _("unit"),
        "measure_direction": _("direction"),
        "measure_start": _("measured from"),
        "measure_target": _("measured to"),
        "measure_now": _("measured now"),
        "released_why": _("released because"),
        "checks": _("checks"),
        "follow_up": _("follow-up"),
        "facts": _("facts"),
        "chair": _("their chair"),
        "heart": _("heart of it"),
        "options": _("options"),
        "move": _("move"),
        "close": _("close"),
        "calendar": _("calendar"),
        "done_on": _("done"),
        "name": _("real name"),
        "created_at": _("written"),
        "updated_at": _("changed"),
        "kind": _("kind"),
        "day": _("day"),
        "at": _("time"),
        "about": _("warns of"),
        "revisit_on": _("see again"),
        "refs": _("links"),
        "tags": _("tags"),
        "prompt": _("question"),
        "period": _("period"),
        "win": _("proof given"),
        "proof": _("proof"),
        "share": _("share"),
        "nature": _("nature"),
        "person": _("person"),
        "goal": _("goal"),
        "origin": _("origin"),
        "carried": _("taken up"),
        "first_on": _("first on"),
        "firsts": _("first before"),
        "rule": _("own rule"),
        "due": _("due"),
        "priority_id": _("priority"),
        "zone": _("time zone"),
        "slot_on": _("in its series on"),
        "urgent": _("urgent"),
        "important": _("important"),
        "moves": _("moved"),
        "boundary": _("boundary"),
        "state": _("state"),
        "outcome": _("outcome"),
        "closed_on": _("closed"),
        "told_on": _("told"),
        "year": _("year"),
        "why": _("why"),
        "measure": _("measure"),
        "milestones": _("milestones"),
        "serves": _("serves"),
        "start": _("from"),
        "obstacle": _("obstacle"),
        "if_then": _("if-then"),
        "position": _("place"),
        "progress": _("progress %"),
        "elapsed": _("time gone %"),
        "gap": _("gap"),
        "health": _("health"),
        "relation": _("relation"),
        "primary": _("primary"),
        "in_room": _("in the room"),
        "style": _("way of working"),
        "since": _("since"),
        "until": _("until"),
        "rank": _("rank"),
        "basis": _("basis"),
        "checked_on": _("checked"),
        "starts_on": _("begins"),
        "ends_on": _("ends"),
        "time": _("at"),
        "minutes": _("minutes"),
        "repeat": _("repeats"),
        "every": _("repeats"),
        "next": _("next on"),
        "skipped": _("left out on"),
        "extra": _("also on"),
        "last_on": _("last on"),
        "reminders": _("reminds before"),
        "place": _("place"),
        "url": _("address"),
        "people": _("with"),
        "agenda": _("agenda"),
        "wanted": _("wanted"),
        "notes": _("notes"),
        "before": _("before"),
        "did": _("did"),
        "after": _("after"),
        "number": _("number"),
        "document": _("document"),
        "witnesses": _("witnesses"),
        "credit": _("credit"),
        "used_on": _("used"),
        "decision": _("decision"),
        "words": _("words"),
        "decided_on": _("decided"),
        "refusals": _("refuses"),
        "standards": _("standards"),
        "lines": _("lines"),
        "askers": _("people to ask"),
        "appraisal_on": _("appraisal"),
        "clock": _("gets worse"),
        "confirmed": _("confirmed"),
        "reported": _("reported, unchecked"),
        "unknown": _("unknown"),
        "answerable_for": _("answerable for"),
        "asked_by": _("asked by"),
        "asked_what": _("asked what"),
        "only_they_decide": _("only they decide"),
        "between": _("really about"),
        "symptom": _("only a symptom"),
        "borne_by": _("borne by"),
        "pick": _("picked"),
        "public_test": _("stands in public"),
        "propose": _("proposed"),
        "by": _("by"),
        "next_30_min": _("next 30 minutes"),
        "report_again_at": _("report again"),
        "predicted": _("predicted"),
        "actual": _("they wanted"),
        "match": _("as predicted"),
        "expected": _("expected"),
        "happened": _("happened"),
        "keep": _("keep or change"),
    }
    return words.get(name, name.replace("_", " "))
