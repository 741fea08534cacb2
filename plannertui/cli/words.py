"""Short words for kinds, days, numbers and health, in the language in use."""

from __future__ import annotations

from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


def kind_word(kind: str) -> str:
    """The word people read for a ``kind`` of any noun; the kind itself if unknown."""
    match kind:
        case "note":
            return _("note")
        case "win":
            return _("win")
        case "lesson":
            return _("lesson")
        case "warn":
            return _("warning")
        case "surprise":
            return _("surprise")
        case "thanks":
            return _("thanks")
        case "feedback":
            return _("feedback")
        case "setback":
            return _("setback")
        case "mirror":
            return _("mirror")
        case "reflection":
            return _("reflection")
        case "review":
            return _("review")
        case "task":
            return _("task")
        case "promise":
            return _("promise")
        case "waiting":
            return _("waiting")
        case "ask":
            return _("ask")
        case "grey":
            return _("grey")
        case _:
            return other_word(kind)


def other_word(kind: str) -> str:
    """The word for a kind, noun or state that no capture makes."""
    words = {
        "one_on_one": _("one-on-one"),
        "meeting": _("meeting"),
        "appraisal": _("appraisal"),
        "deadline": _("deadline"),
        "leave": _("leave"),
        "emergency": _("emergency"),
        "contradiction": _("contradiction"),
        "decision": _("decision"),
        "goal": _("goal"),
        "milestone": _("milestone"),
        "person": _("person"),
        "priority": _("priority"),
        "matter": _("matter"),
        "event": _("event"),
        "situation": _("situation"),
        "entry": _("entry"),
        "year": _("year"),
        "leader": _("leader"),
        "above": _("above"),
        "peer": _("peer"),
        "below": _("below"),
        "outside": _("outside"),
        "pressure": _("pressure"),
        "position": _("position"),
        "met": _("met"),
        "changed": _("has changed"),
        "open": _("open"),
        "done": _("done"),
        "dropped": _("dropped"),
        "kept": _("kept"),
        "renegotiated": _("renegotiated"),
        "late": _("late"),
        "broken": _("broken"),
        "released": _("released"),
        "draft": _("draft"),
        "active": _("active"),
        "paused": _("paused"),
        "carried": _("carried"),
        "past": _("past"),
        "planned": _("planned"),
        "prepared": _("prepared"),
        "held": _("held"),
        "followed_up": _("followed up"),
        "cancelled": _("cancelled"),
        "official": _("official"),
        "private": _("private"),
        "ready": _("ready"),
        "said": _("said"),
        "seen": _("seen"),
        "guess": _("guess"),
        "ahead": _("ahead"),
        "on_pace": _("on pace"),
        "behind": _("behind"),
        "at_risk": _("at risk"),
        "claim": _("claim"),
        "evidence": _("evidence"),
        "used": _("used"),
    }
    return words.get(kind, kind)


def weekday(day: date) -> str:
    """The short name of ``day``'s weekday."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]


def day_words(day: date) -> str:
    """``day`` with its weekday: Fri 2024-09-20."""
    return _("{weekday} {date}").format(weekday=weekday(day), date=day.isoformat())


def number(value: float) -> str:
    """``value`` without needless decimals: 188, 2.5, 1234567."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def clip(text: str, length: int = 60) -> str:
    """The first line of ``text``, at most ``length`` characters of it."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
