"""What one brings to a talk: the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui.core.day import later, year_of
from plannertui.core.errors import NotFound
from plannertui.core.matters import outcome
from plannertui.core.people import STYLE
from plannertui.core.priorities import stale
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.outputs.desk import FAILURES, PRIVATE, Desk, is_sealed, tagged
from plannertui.outputs.goalfacts import facts
from plannertui.outputs.wording import named_day
from plannertui.store import (
    entries,
    events,
    matters,
    people,
    priorities,
    series,
)
from plannertui.store.agendas import agenda
from plannertui.store.items import Filter, ls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.entries import Entry
    from plannertui.core.events import Event
    from plannertui.core.matters import Matter
    from plannertui.core.people import Person
    from plannertui.core.priorities import Priority

AHEAD_DAYS = 120
BACK_DAYS = 30
WARNED = 14


def brief(desk: Desk) -> dict[str, Any]:
    """The one-on-one on one page, for one's own eyes: beliefs with what they rest on."""
    event = _event(desk)
    person = _person(desk, event)
    last = _last_talk(desk, event, person)
    desk.first = last or desk.back(BACK_DAYS)
    desk.last = desk.today
    found = _entries(desk, person)
    decide, inform, carried = _agenda(desk, event)
    decide = decide or [
        desk.text(e) for e in found if tagged(e, "decide") and e.kind not in FAILURES
    ]
    warnings = [
        {"text": desk.text(e), "by": named_day(e.about, desk.today) if e.about else ""}
        for e in found
        if e.kind == "warn"
    ]
    told = [
        e
        for e in desk_new(found, desk.first)
        if e.kind in ("win", "note")
        and not any(
            tagged(e, name) for name in ("decide", "next", "breath", "how", "post")
        )
    ]
    failures = [desk.text(e) for e in desk_new(found, desk.first) if e.kind in FAILURES]
    on = event.starts_on if event else desk.today
    year = year_of(on, desk.settings.year_start)
    goals = [g for g in desk.goals(year, own=True) if g.state in ("active", "done")]
    wanted = {p.id for p in priorities.ls(desk.db, person.id)} if person else set()
    served = [
        g for g in goals if not wanted or {s.priority_id for s in g.serves} & wanted
    ]
    return {
        "person": desk.vault.person(person.alias) if person else "",
        "title": desk.vault.put(event.title) if event else "",
        "on": named_day(event.starts_on, desk.today) if event else "",
        "at": event.time or "" if event else "",
        "minutes": event.minutes or 0 if event else 0,
        "wanted": desk.vault.put(event.wanted) if event else "",
        "goals": [facts(desk, g) for g in (served or goals) if g.state == "active"][:3],
        "warnings": warnings,
        "decide": decide,
        "inform": inform + [desk.text(e) for e in told][-5:],
        "failures": failures,
        "asks": _said(desk, event, "ask") + _asks(desk, person),
        "promises": _between(desk, person, desk.first),
        "carried": carried,
        "style": _style(desk, person),
        "thanks": _said(desk, event, "thank")
        or [desk.text(e) for e in found if e.kind == "thanks"][-1:],
    }


def desk_new(found: Sequence[Entry], since: date) -> list[Entry]:
    """The entries of ``found`` since the last talk."""
    return [entry for entry in found if entry.day >= since]


def _event(desk: Desk) -> Event | None:
    if desk.subject:
        try:
            return events.get(desk.db, desk.subject)
        except NotFound:
            # Then it is the person: the next talk with them is meant.
            pass
    # The next of a series may be no row yet: its agenda waits all the same.
    soon = series.next_with(desk.db, desk.subject or None, desk.today, desk.calendar)
    return soon if soon is None or desk.back(-AHEAD_DAYS) >= soon.starts_on else None


def _person(desk: Desk, event: Event | None) -> Person | None:
    if event is not None and event.people:
        return people.get(desk.db, event.people[0].id)
    return desk.leader()


def _last_talk(desk: Desk, event: Event | None, person: Person | None) -> date | None:
    before = desk.today if event is None else min(event.starts_on, desk.today)
    past = events.between(desk.db, later(before, -AHEAD_DAYS), before)
    days = [
        one.starts_on
        for one in past
        if one.kind == "one_on_one"
        and one.state in ("held", "followed_up")
        and (event is None or one.id != event.id)
        and (person is None or person.id in {ref.id for ref in one.people})
    ]
    return max(days, default=None)


def _entries(desk: Desk, person: Person | None) -> list[Entry]:
    """Ready entries since the last talk, and warnings that still hold."""
    ready = []
    only = Filter(since=later(desk.first, -WARNED), until=desk.last)
    for item in ls(desk.db, only, newest=False, nouns=("entry",)):
        named = {number for number, _handle, _label in item.refs}
        mine = person is None or person.id in named or item.kind != "thanks"
        new = item.day >= desk.first
        holds = item.kind == "warn" and item.due is not None and item.due >= desk.today
        if not mine or not (new or holds):
            continue
        if item.share == "ready":
            ready.append(item.id)
        else:
            desk.leave_out(item.handle, item.text, PRIVATE, "private")
    return entries.some(desk.db, ready)


def _agenda(desk: Desk, event: Event | None) -> tuple[list[str], list[str], list[str]]:
    """What stands on the agenda: to decide, to tell, carried over from last time."""
    decide: list[str] = []
    inform: list[str] = []
    carried: list[str] = []
    for line in agenda(desk.db, event, desk.today) if event else ():
        token = desk.vault.put(line.text or _called(desk, line.ref))
        if line.done or not token:
            continue
        if line.carried:
            carried.append(token)
        elif line.kind == "decide":
            decide.append(token)
        elif line.kind == "inform":
            inform.append(token)
    return decide, inform, carried


def _said(desk: Desk, event: Event | None, kind: str) -> list[str]:
    """What stands on the agenda as a question of one's own, or as thanks owed."""
    found = []
    for line in agenda(desk.db, event, desk.today) if event else ():
        text = line.text or _called(desk, line.ref)
        if line.kind != kind or line.done or line.carried:
            continue
        # A question may hold an assumption: it stays marked as one wherever it stands.
        if token := (
            desk.vault.guess(text, _("to ask"))
            if kind == "ask"
            else desk.vault.put(text)
        ):
            found.append(token)
    return found


def _called(desk: Desk, ref: str) -> str:
    """What an agenda line refers to, unless it is sealed, private or an ask."""
    from plannertui.store.refs import resolve

    found = resolve(desk.db, ref) if ref else None
    if found is None:
        return ""
    if found[3] == "matter":
        matter = matters.get(desk.db, found[0])
        if is_sealed(matter) or matter.nature != "official" or matter.kind == "ask":
            return ""
    elif found[3] == "entry":
        if entries.get(desk.db, found[0]).share != "ready":
            return ""
    elif found[3] == "priority" and priorities.get(desk.db, found[0]).basis == "guess":
        return ""
    return found[2]


def _asks(desk: Desk, person: Person | None) -> list[str]:
    """Questions to this person, each with what one has assumed until now."""
    if person is None:
        return []
    by_id = {p.id: p for p in priorities.ls(desk.db, person.id)}
    mine = [
        ask
        for ask in matters.ls(desk.db, kind="ask", person_id=person.id)
        if not is_sealed(ask) and ask.nature == "official"
    ]
    found = [asked(desk, ask) for ask in mine]
    covered = {ask.priority_id for ask in mine}
    for priority in by_id.values():
        if priority.id not in covered and (
            priority.basis == "guess" or stale(priority, desk.today)
        ):
            question = _("Is this still so: {text}?").format(text=priority.text)
            found.append(desk.vault.guess(question, _basis(desk, priority)))
    return found


def asked(desk: Desk, ask: Matter) -> str:
    """An ask with what it rests on, or since when it waits."""
    if ask.priority_id is not None:
        belief = priorities.get(desk.db, ask.priority_id)
        return desk.vault.guess(ask.title, _basis(desk, belief))
    guessed = {"guess", "猜的"} & {tag.casefold() for tag in ask.tags}
    words = _("guess since {day}") if guessed else _("to ask since {day}")
    return desk.vault.guess(ask.title, words.format(day=desk.day(ask.day)))


def _basis(desk: Desk, priority: Priority) -> str:
    """What a belief rests on, and since when: "guess since 2 Aug", "seen, 120 days old"."""
    on = priority.checked_on or priority.since
    if priority.basis == "guess":
        if on is None:
            return kind_word("guess")
        return _("guess since {day}").format(day=desk.day(on))
    if on is None:
        return kind_word(priority.basis)
    days = (desk.today - on).days
    words = ngettext("{basis}, {count} day old", "{basis}, {count} days old", days)
    return words.format(basis=kind_word(priority.basis), count=days)


def _between(desk: Desk, person: Person | None, since: date) -> list[dict[str, str]]:
    """Promises to and from this person: open ones, and those closed since last time."""
    if person is None:
        return []
    rows = []
    for matter in matters.ls(desk.db, state=None, person_id=person.id):
        if matter.kind not in ("promise", "waiting") or is_sealed(matter):
            continue
        if matter.nature != "official":
            continue
        if matter.state != "open" and (matter.closed_on or matter.day) < since:
            continue
        rows.append(_promise(desk, matter, person))
    return rows


def _promise(desk: Desk, matter: Matter, person: Person) -> dict[str, str]:
    mine = matter.kind == "promise"
    state = state_word(matter.state)
    if matter.state == "open":
        state = state if mine else kind_word("waiting")
        if matter.due and matter.due < desk.today:
            state = _("overdue")
    elif matter.state == "dropped":
        state = state_word(outcome(matter))
    return {
        "who": _("I") if mine else desk.vault.person(person.alias),
        "text": desk.vault.put(matter.title, tags=matter.tags),
        "due": desk.day(matter.due) if matter.due else "",
        "state": state,
    }


def _style(desk: Desk, person: Person | None) -> list[str]:
    """How this person works, each line with its basis."""
    if person is None:
        return []
    found = []
    for name in STYLE:
        if name in person.style:
            text = person.style[name].text
            if name == "dislikes":
                text = _("dislikes {what}").format(what=text)
            found.append(desk.vault.guess(text, kind_word(person.style[name].basis)))
    return found
