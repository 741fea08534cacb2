"""The steps that close a year and plan one: months, facts, failures, and what is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from plannertui.core.day import month_span, plus_months, year_span
from plannertui.core.daywords import short_day
from plannertui.core.entries import proof
from plannertui.core.matters import counted, outcome
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import gettext as _
from plannertui.i18n import ngettext
from plannertui.store import (
    entries,
    events,
    evidence,
    goals,
    items,
    matters,
    people,
    priorities,
    years,
)
from plannertui.store.reviewing import month
from plannertui.store.reviewing.desk import (
    Desk,
    Group,
    Part,
    dotted,
    goal_part,
    line_of,
    month_of,
    number,
    served,
)
from plannertui.store.reviewing.week import (
    matter_part,
    priority_part,
    win_part,
    written,
)

WALKED = ("win", "lesson", "surprise", "setback", "thanks")


def months(desk: Desk) -> list[Group]:
    """The year month by month: wins, lessons, surprises, setbacks, thanks."""
    groups = []
    start: date | None = desk.first
    while start is not None and start <= desk.last:
        first, last = month_span(start.year, start.month)
        only = items.Filter(since=first, until=last, kinds=WALKED)
        found = items.ls(desk.db, only, newest=False, nouns=("entry",))
        parts = tuple(
            Part(
                line_of(item.text, item.refs),
                dotted(kind_word(item.kind), short_day(item.day)),
                item.handle,
                item.id,
                "entry",
                "muted" if item.kind == "setback" else "",
            )
            for item in found
        )
        count = ngettext("{count} line", "{count} lines", len(parts))
        about = count.format(count=len(parts)) if parts else ""
        title = dotted(month_of(start), about)
        groups.append(Group(title, parts, _("Nothing of this kind.")))
        start = plus_months(start, 1)
    return groups


def year_proof(desk: Desk) -> list[Group]:
    """The year's wins that a stranger can check."""
    first, last = desk.first, desk.review.period.last
    found = [
        win
        for win in entries.wins(desk.db)
        if first <= win.day <= last and proof(win) != "claim"
    ]
    parts = tuple(win_part(win) for win in reversed(found))
    return [Group(_("Evidence of the year"), parts, _("No evidence yet."))]


def failed(desk: Desk) -> list[Group]:
    """Setbacks and surprises, goals released, promises late or broken."""
    first, last = desk.first, desk.review.period.last
    released = tuple(
        Part(
            goal.title,
            dotted(state_word("released"), goal.released_why),
            goal.handle,
            goal.id,
            "goal",
        )
        for goal in goals.ls(desk.db, desk.year, past=True)
        if goal.state == "released"
    )
    broken = tuple(
        matter_part(desk, m, {})
        for m in matters.ls(desk.db, kind="promise", state=None)
        if counted(m, desk.today)
        and m.due is not None
        and first <= m.due <= last
        and outcome(m) in ("late", "broken")
    )
    return [
        Group(
            _("Setbacks and surprises"),
            written(desk, ("setback", "surprise"), 200),
            _("None was written down."),
        ),
        Group(_("Goals let go"), released, _("None.")),
        Group(_("Promises late or broken"), broken, _("None.")),
    ]


def thanks(desk: Desk) -> list[Group]:
    """Whom one has thanked, and who is to be credited."""
    first, last = desk.first, desk.review.period.last
    credit: dict[str, int] = {}
    known = evidence.aliases(desk.db)
    for win in entries.wins(desk.db):
        if win.win is not None and first <= win.day <= last:
            for one in win.win.credit:
                name = known.get(one, one)
                credit[name] = credit.get(name, 0) + 1
    parts = tuple(Part(name, str(count)) for name, count in sorted(credit.items()))
    return [
        Group(_("Thanked"), written(desk, ("thanks",), 200), _("Nobody yet.")),
        Group(_("Credit was due to"), parts, _("Nobody is named.")),
    ]


def open_matters(desk: Desk) -> list[Group]:
    """What is open, and who waits for it."""
    found = [m for m in matters.ls(desk.db) if m.nature == "official"]
    parts = tuple(matter_part(desk, m, {}) for m in found)
    return [
        Group(_("Open matters"), parts, _("Nothing is open.")),
        Group(
            _("Goals that go on"),
            tuple(
                goal_part(desk, goal)
                for goal in goals.ls(desk.db, desk.year)
                if goal.state in ("active", "paused")
            ),
            _("None."),
        ),
    ]


def everybody(desk: Desk) -> list[Group]:
    """Everybody there are notes about."""
    parts = tuple(
        Part(
            person.alias,
            dotted(
                kind_word(person.relation),
                state_word(person.state) if person.state != "active" else "",
            ),
            person.handle,
            person.id,
            "person",
            "" if person.state == "active" else "muted",
        )
        for person in people.ls(desk.db, past=True)
        if person.state != "forgotten"
    )
    empty = _("Nobody is kept here.")
    return [Group(_("People; D forgets one"), parts, empty)]


def theme(desk: Desk) -> list[Group]:
    """The theme of the year, and what it refuses."""
    year = years.get(desk.db, desk.year)
    said = (Part(year.theme, "", "", desk.year, "year"),) if year.theme else ()
    refused = tuple(Part(text, "", "", desk.year, "year") for text in year.refusals)
    before = years.get(desk.db, desk.year - 1)
    groups = [
        Group(str(desk.year), said, _("No theme yet. e writes it.")),
        Group(_("Refuses"), refused, _("Nothing yet.")),
    ]
    if before.theme:
        groups.append(Group(str(desk.year - 1), (Part(before.theme, role="muted"),)))
    return groups


def leaders(desk: Desk) -> list[Group]:
    """Each leader and what they answer for, with what the belief rests on."""
    groups = []
    for relation in ("leader", "above"):
        for person in people.ls(desk.db, relation):
            found = priorities.ls(desk.db, person.id)
            if relation == "above" and not found:
                continue
            groups.append(
                Group(
                    dotted(f"{person.handle} {person.alias}", kind_word(relation)),
                    tuple(priority_part(desk, row) for row in found),
                    _("Nothing is known of what they answer for. + adds it."),
                )
            )
    empty = _("No leader yet. + adds one.")
    return groups or [Group(_("Leaders"), (), empty)]


def plan_goals(desk: Desk) -> list[Group]:
    """The goals of the year: whom each serves, and how."""
    parts = []
    for goal in goals.ls(desk.db, desk.year):
        parts.append(Part(goal.title, "", goal.handle, goal.id, "goal"))
        for serve in goal.serves:
            parts.append(Part(served(serve), role="muted"))
        if not goal.serves:
            parts.append(Part(_("my own course"), role="muted"))
    title = _("Goals of {year}").format(year=desk.year)
    return [Group(title, tuple(parts), _("No goal yet. + adds one."))]


def goal_proofs(desk: Desk) -> list[Group]:
    """Each goal's number, or its milestones."""
    groups = []
    for goal in goals.ls(desk.db, desk.year):
        about = _("no number and no milestones yet")
        role = "behind"
        if goal.measure is not None:
            m = goal.measure
            about = f"{m.name} {number(m.start)} → {number(m.target)} {m.unit}".strip()
            role = ""
        elif goal.milestones:
            about, role = "", ""
        parts = [Part(goal.title, about, goal.handle, goal.id, "goal", role)]
        parts += [
            Part(step.title, short_day(step.due) if step.due else "", role="muted")
            for step in goal.milestones
        ]
        groups.append(Group(goal.handle, tuple(parts)))
    return groups or [Group(_("Proof"), (), _("No goal yet. b goes back to them."))]


def obstacles(desk: Desk) -> list[Group]:
    """What stands in the way of each goal, and what then."""
    parts = []
    for goal in goals.ls(desk.db, desk.year):
        role = "" if goal.obstacle and goal.if_then else "behind"
        parts.append(Part(goal.title, "", goal.handle, goal.id, "goal", role))
        obstacle = goal.obstacle or _("no obstacle named")
        then = goal.if_then or _("no if-then")
        parts.append(Part(_("Obstacle: {text}").format(text=obstacle), role="muted"))
        parts.append(Part(_("If-then: {text}").format(text=then), role="muted"))
    empty = _("No goal yet. b goes back to them.")
    return [Group(_("Obstacle, if-then"), tuple(parts), empty)]


def year_lines(desk: Desk) -> list[Group]:
    """What one will not do for anyone, and whom one could ask."""
    year = years.get(desk.db, desk.year)
    lines = tuple(Part(text, "", "", desk.year, "year") for text in year.lines)
    who = tuple(Part(text, "", "", desk.year, "year") for text in year.askers)
    return [
        Group(
            _("What I will not do for anyone"), lines, _("Nothing yet. e writes it.")
        ),
        Group(_("Whom I could ask"), who, _("Nobody yet. e writes it.")),
    ]


def year_calendar(desk: Desk) -> list[Group]:
    """Holidays and make-up days, the appraisal, one-on-ones of the year."""
    year = years.get(desk.db, desk.year)
    first, last = year_span(desk.year, desk.year_start)
    parts: list[Part] = []
    known = desk.calendar.known(first.year) and desk.calendar.known(last.year)
    if not known:
        words = _("Not published yet: Monday to Friday is assumed.")
        parts.append(Part(words, role="behind"))
    day = first
    names: dict[str, list[date]] = {}
    makeup = 0
    while day <= last:
        kind = desk.calendar.kind(day)
        if kind == "holiday":
            names.setdefault(desk.calendar.name(day), []).append(day)
        makeup += kind == "makeup"
        if day == date.max:
            break
        day = date.fromordinal(day.toordinal() + 1)
    parts += [
        Part(
            name,
            f"{short_day(days[0])}" + (f" – {short_day(days[-1])}" if days[1:] else ""),
        )
        for name, days in names.items()
    ]
    if makeup:
        parts.append(Part(_("Make-up workdays: {count}").format(count=makeup)))
    appraisal = short_day(year.appraisal_on) if year.appraisal_on else _("no day yet")
    talks = sum(
        1 for e in events.between(desk.db, first, last) if e.kind == "one_on_one"
    )
    own = (
        Part(_("Appraisal"), appraisal, "", desk.year, "year"),
        Part(_("One-on-ones"), str(talks)),
    )
    return [
        Group(_("My days"), own),
        Group(_("Holidays"), tuple(parts), _("No holiday is known.")),
    ]


def asks(desk: Desk) -> list[Group]:
    """Every guess about a leader, and the questions that are ready to be asked."""
    found = [row for row in priorities.ls(desk.db) if row.basis == "guess"]
    waiting = tuple(matter_part(desk, m, {}) for m in matters.ls(desk.db, kind="ask"))
    return [
        Group(
            _("Guesses"),
            tuple(priority_part(desk, row) for row in found),
            _("Nothing is only guessed."),
        ),
        Group(_("To ask"), waiting, _("No question waits. A adds one.")),
    ]


PAGES: dict[str, Callable[[Desk], list[Group]]] = {
    "months": months,
    "year_proof": year_proof,
    "failed": failed,
    "thanks": thanks,
    "year_grey": month.grey,
    "open": open_matters,
    "people": everybody,
    "theme": theme,
    "leaders": leaders,
    "plan_goals": plan_goals,
    "proofs": goal_proofs,
    "obstacles": obstacles,
    "year_lines": year_lines,
    "year_calendar": year_calendar,
    "asks": asks,
}
