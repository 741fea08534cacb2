"""The words that people read for kinds, nouns, states, weekdays and months.

On the shell's quick path: imports next to nothing.
"""

from __future__ import annotations

from plannertui.i18n import N_, pgettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

MARKS = {
    "win": "+",
    "promise": ">",
    "waiting": "<",
    "ask": "?",
    "warn": "!",
    "surprise": "!",
    "grey": "~",
    "lesson": "*",
    "reflection": '"',
    "review": '"',
}
"""What stands before a line of each kind; those that are typed are among them."""

KINDS = {
    "note": N_("note"),
    "win": N_("win"),
    "lesson": N_("lesson"),
    "warn": N_("warning"),
    "surprise": N_("surprise"),
    "thanks": N_("thanks"),
    "feedback": N_("feedback"),
    "setback": N_("setback"),
    "mirror": N_("mirror"),
    "reflection": N_("reflection"),
    "review": N_("review"),
    "task": N_("task"),
    "promise": N_("promise"),
    "waiting": N_("waiting"),
    "ask": N_("ask"),
    "grey": N_("grey"),
    "one_on_one": N_("one-on-one"),
    "meeting": N_("meeting"),
    "appraisal": N_("appraisal"),
    "deadline": N_("deadline"),
    "leave": N_("leave"),
    "emergency": N_("emergency"),
    "contradiction": N_("contradiction"),
    "decision": N_("decision"),
    # What a leader's priority is: "goal" is a noun as well.
    "pressure": N_("pressure"),
    "position": N_("position"),
    # Nouns
    "goal": N_("goal"),
    "milestone": N_("milestone"),
    "person": N_("person"),
    "priority": N_("priority"),
    "matter": N_("matter"),
    "event": N_("event"),
    "situation": N_("situation"),
    "entry": N_("entry"),
    "year": N_("year"),
    "standard": N_("standard"),
    # Relations, and how one knows
    "leader": N_("leader"),
    "above": N_("above"),
    "peer": N_("peer"),
    "below": N_("below"),
    "outside": N_("outside"),
    "said": N_("said"),
    "seen": N_("seen"),
    "guess": N_("guess"),
}
STATES = {
    "dropped": N_("dropped"),
    "kept": N_("kept"),
    "renegotiated": N_("renegotiated"),
    "late": N_("late"),
    "broken": N_("broken"),
    "released": N_("released"),
    "draft": N_("draft"),
    "active": N_("active"),
    "paused": N_("paused"),
    "carried": N_("carried over"),
    "past": N_("past"),
    "forgotten": N_("forgotten"),
    "met": N_("met"),
    "changed": N_("has changed"),
    "planned": N_("planned"),
    "prepared": N_("prepared"),
    "followed_up": N_("followed up"),
    "cancelled": N_("cancelled"),
    "sent": N_("sent"),
    "void": N_("void"),
    # How a goal stands, and what a win rests on
    "ahead": N_("ahead"),
    "on_pace": N_("on pace"),
    "behind": N_("behind"),
    "at_risk": N_("at risk"),
    "claim": N_("claim"),
    "evidence": N_("evidence"),
    "used": N_("used"),
}
# The six lines of somebody's way of working.
STYLE = {
    "takes_in": N_("takes in"),
    "depth": N_("depth"),
    "rhythm": N_("rhythm"),
    "best_time": N_("best time"),
    "decides": N_("decides"),
    "dislikes": N_("dislikes"),
}
WEEKDAYS = (
    *(N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu")),
    *(N_("Fri"), N_("Sat"), N_("Sun")),
)
MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def number(value: float) -> str:
    """``value`` without needless decimals: 188, 2.5, 1234567."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def kind_word(kind: str) -> str:
    """What a kind, noun, relation, nature or state is called; itself if unknown."""
    if kind in KINDS:
        return _(KINDS[kind])
    if kind in ("official", "private"):
        return nature_word(kind)
    return state_word(kind)


def state_word(state: str) -> str:
    """What a state or outcome is called; itself if unknown."""
    match state:
        case "open":
            return pgettext("state", "open")
        case "done":
            return pgettext("state", "done")
        case "closed":
            return pgettext("state", "closed")
        case "held":
            return pgettext("state", "held")
    return _(STATES[state]) if state in STATES else state


def style_word(part: str) -> str:
    """What a line of somebody's way of working is called; itself if unknown."""
    return _(STYLE[part]) if part in STYLE else part


def right_word(right: str) -> str:
    """How a belief that was checked turned out: right, partly right, wrong."""
    match right:
        case "yes":
            return _("right")
        case "partly":
            return _("partly right")
    return _("wrong") if right == "no" else right


def nature_word(nature: str) -> str:
    """Whether a matter is official, private or grey."""
    match nature:
        case "official":
            return _("official")
        case "private":
            return pgettext("nature", "private")
    return _("grey") if nature == "grey" else nature


def share_word(share: str) -> str:
    """Whether an entry may go into reports."""
    return _("ready for reports") if share == "ready" else _("for me alone")


def day_kind_word(kind: str) -> str:
    """What a kind of day is called: workday, make-up workday, weekend, holiday, leave."""
    match kind:
        case "workday":
            return _("workday")
        case "makeup":
            return _("make-up workday")
        case "weekend":
            return _("weekend")
        case "holiday":
            return _("holiday")
    return kind_word(kind)


def weekday(day: date) -> str:
    """The short name of ``day``'s weekday: "Sat", "周六"."""
    return _(WEEKDAYS[day.weekday()])


def weekday_name(number: int) -> str:
    """The short name of a weekday, 0 is Monday: "Sat", "周六"."""
    return _(WEEKDAYS[number])


def month_name(month: int) -> str:
    """The short name of a month from 1 to 12: "Sep", "9月"."""
    return _(MONTHS[month - 1])
