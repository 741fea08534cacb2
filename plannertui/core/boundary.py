"""The boundary check of a matter: what was asked, three plain tests, what one decided.

It records and asks; it never accuses. What is written down stays: more words become a
dated line under the first, and words of an earlier day are not changed by anything.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from plannertui.core.day import DAY_START
from plannertui.core.errors import Refused
from plannertui.core.matters import DECISIONS
from plannertui.core.matters import undecided as undecided
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from plannertui.core.matters import Matter
    from plannertui.core.workdays import WorkCalendar

Boundary = dict[str, Any]
"""``kind``, ``words``, ``when``, ``where``, ``present``, ``tests`` (three answers, in the
order of TESTS, "" for none), ``decision``, ``decided_on``, ``consulted``, ``sentence``: what
is missing was not answered. ``recorded_on`` is the day of the last words, ``fixed`` how
many of their characters were there before that day, ``settled_on`` the day on which the
first of the other answers was given."""

UNDECIDED = ""
WAIT_WORKDAYS = 3

KINDS = {
    "gift": N_("gift or hospitality"),
    "errand": N_("private errand"),
    "means": N_("office means or time"),
    "favour": N_("favour for relatives or friends"),
    "confidential": N_("confidential information"),
    "record": N_("false or hidden record"),
    "credit": N_("someone else’s credit"),
    "pressure": N_("pressure outside work"),
    "order": N_("order that looks unlawful"),
    "other": N_("something else"),
}
TESTS = {
    "same": N_("Would I do the same for anyone who asked?"),
    "known": N_("Would I be content for it to be known?"),
    "rule": N_("Do I know what the rule says?"),
}
ANSWERS = ("yes", "no", "unsure")
FACTS = ("kind", "when", "where", "present")


def kind_word(kind: str) -> str:
    """What a kind is called; itself if it is none of ours."""
    return _(KINDS[kind]) if kind in KINDS else kind


def answer_word(answer: str) -> str:
    """Yes, no, unsure; a dash for a test that was not answered."""
    return {"yes": _("yes"), "no": _("no"), "unsure": _("unsure")}.get(answer, "–")


def decision_word(decision: str) -> str:
    """What a decision is called; an empty one is still to come."""
    return {
        UNDECIDED: _("not decided yet"),
        "did": _("did it"),
        "declined": _("declined"),
        "asked_advice": _("asked advice"),
    }.get(decision, decision)


def decision_of(matter: Matter) -> str:
    """What was decided, "" for nothing yet."""
    return str((matter.boundary or {}).get("decision") or UNDECIDED)


def needs_check(matter: Matter) -> bool:
    """Whether the matter is grey and waits for its decision."""
    return undecided(matter.nature, matter.boundary)


def waited_since(today: date, calendar: WorkCalendar) -> date:
    """The day on or before which a matter came up that has waited for three workdays."""
    short = 0 if calendar.is_workday(today) else 1
    return calendar.add(today, -WAIT_WORKDAYS - short)


def answers(boundary: Boundary | None) -> tuple[str, str, str]:
    """The answers to the three tests, "" for each that is missing."""
    found = (boundary or {}).get("tests")
    given = [str(each or "") for each in found] if isinstance(found, list) else []
    one, two, three, *_more = [*given, "", "", ""]
    return one, two, three


def add_words(boundary: Boundary | None, words: str, day: date) -> Boundary:
    """``boundary`` with more ``words``: the first as given, later ones dated."""
    kept = dict(boundary or {})
    words = words.strip()
    if not words:
        return kept
    old = str(kept.get("words") or "")
    before = len(fixed_words(kept, day))
    between = "" if old.endswith("\n") else "\n"
    kept["words"] = f"{old}{between}{day.isoformat()}: {words}" if old else words
    kept["recorded_on"] = day.isoformat()
    kept["fixed"] = before
    return kept


def amend(
    boundary: Boundary | None,
    day: date,
    facts: dict[str, str],
    tests: tuple[str, str, str] | None = None,
) -> Boundary:
    """``boundary`` with other ``facts`` and ``tests``.

    Neither of an earlier day is replaced in silence: what it was becomes a dated line
    under the words. An empty text leaves a fact as it is.
    """
    kept = dict(boundary or {})
    for name, text in facts.items():
        text = text.strip()
        if name in FACTS and text:
            kept = _settled(kept, name, text, day)
    if tests is not None:
        kept = _settled(kept, "tests", list(tests) if any(tests) else None, day)
    return kept


def _settled(boundary: Boundary, name: str, value: Any, day: date) -> Boundary:
    """``boundary`` with another ``value``; what it was before that day is noted."""
    kept = dict(boundary)
    old = kept.get(name)
    if (value or None) == (old or None):
        return kept
    settled = kept.get("settled_on")
    if old and settled is not None and settled < day.isoformat():
        said = _("{field} was: {value}")
        kept = _noted(
            kept, said.format(field=fact_word(name), value=_told(name, old)), day
        )
    if value:
        kept[name] = value
        kept.setdefault("settled_on", day.isoformat())
    else:
        kept.pop(name, None)
    return kept


def _told(name: str, value: Any) -> str:
    """A value of the record in words."""
    if name == "tests":
        return ", ".join(answer_word(each) for each in answers({name: value}))
    return kind_word(str(value)) if name == "kind" else str(value)


def _noted(boundary: Boundary, said: str, day: date) -> Boundary:
    """``boundary`` with a dated line of ours."""
    first = "" if boundary.get("words") else f"{day.isoformat()}: "
    return add_words(boundary, first + said, day)


def fact_word(name: str) -> str:
    """What a fact of the record is called."""
    return {
        "kind": _("kind"),
        "when": _("when"),
        "where": _("where"),
        "present": _("who was present"),
        "tests": _("answer to the tests"),
        "consulted": _("adviser"),
        "sentence": _("sentence"),
    }.get(name, name)


def decide(
    boundary: Boundary | None,
    decision: str,
    day: date,
    *,
    consulted: str = "",
    sentence: str = "",
) -> Boundary:
    """``boundary`` with ``decision`` taken on ``day``; "" takes a decision back.

    ``consulted`` is whom one asked, ``sentence`` what one said or would say. What is
    changed of an earlier day stays as a dated line under the words.
    """
    kept = dict(boundary or {})
    old, since = str(kept.get("decision") or ""), str(kept.get("decided_on") or "")
    if old and decision != old and since < day.isoformat():
        said = _("decision was: {decision}, {day}")
        kept = _noted(kept, said.format(decision=decision_word(old), day=since), day)
    if decision not in DECISIONS:
        kept.pop("decision", None)
        kept.pop("decided_on", None)
    elif decision != old:
        kept["decision"] = decision
        kept["decided_on"] = day.isoformat()
    kept = _settled(kept, "consulted", consulted, day)
    return _settled(kept, "sentence", sentence, day)


# -- what stays ------------------------------------------------------------------------


def day_at(now: datetime) -> date:
    """The day that ``now`` belongs to for what is fixed: up to four in the morning."""
    return (now - timedelta(minutes=DAY_START)).date()


def fixed_words(boundary: Boundary | None, day: date) -> str:
    """The words that nothing changes on ``day`` any more: those of an earlier day.

    The triggers of the store hold the same rule.
    """
    kept = boundary or {}
    words = str(kept.get("words") or "")
    recorded = kept.get("recorded_on")
    if isinstance(recorded, str) and recorded >= day.isoformat():
        return words[: int(kept.get("fixed") or 0)]
    return words


def check_kept(before: Boundary | None, after: Boundary | None, day: date) -> None:
    """Refuse a record that says less, or something else, than it said before."""
    fixed = fixed_words(before, day)
    words = str((after or {}).get("words") or "")
    if not words.startswith(fixed) or not _stays(fixed, after, day):
        raise Refused(
            _(
                "What was recorded on an earlier day stays as it is: add to it. To erase "
                "the whole matter: ptui rm, then ptui purge."
            )
        )


def _stays(fixed: str, after: Boundary | None, day: date) -> bool:
    return len(fixed_words(after, day)) >= len(fixed)


def taken_back(before: Boundary | None, now: Boundary | None, day: date) -> Any:
    """The record ``before``, to be put back over ``now``, with the words that stay."""
    try:
        check_kept(now, before, day)
    except Refused:
        stays = ("words", "recorded_on", "fixed")
        kept = {
            name: each for name, each in (before or {}).items() if name not in stays
        }
        return kept | {name: (now or {})[name] for name in stays if name in (now or {})}
    return before
