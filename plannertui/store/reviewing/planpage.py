"""The one-page plan that a planning session ends with, for the user's own eyes."""

from __future__ import annotations

from plannertui.core.daywords import short_day
from plannertui.core.words import kind_word
from plannertui.i18n import gettext as _
from plannertui.store import goals, people, priorities, years
from plannertui.store.open import Store
from plannertui.store.reviewing.desk import number, served


def page(db: Store, number_of_year: int) -> str:
    """The plan of a year as Markdown: it holds guesses, lines and obstacles.

    What can be shared is a report of its own.
    """
    year = years.get(db, number_of_year)
    theme = f" · “{year.theme}”" if year.theme else ""
    lines = [f"# {number_of_year}{theme}", ""]
    if year.refusals:
        lines += [_("**Refuses:** {what}").format(what=" · ".join(year.refusals)), ""]
    lines += _goals(db, number_of_year)
    lines += _leaders(db)
    for title, texts in (
        (_("How I want people to work for me"), [s.text for s in year.standards]),
        (_("What I will not do for anyone"), list(year.lines)),
        (_("Whom I could ask"), list(year.askers)),
    ):
        if texts:
            lines += ["", f"## {title}", *(f"- {text}" for text in texts)]
    if year.appraisal_on is not None:
        lines += ["", _("Appraisal: {day}").format(day=short_day(year.appraisal_on))]
    guesses = [row.text for row in priorities.ls(db) if row.basis == "guess"]
    if guesses:
        lines += ["", "## " + _("First to ask"), *(f"- {text}?" for text in guesses)]
    return "\n".join(lines).rstrip() + "\n"


def _goals(db: Store, year: int) -> list[str]:
    found = goals.ls(db, year)
    lines = ["## " + _("Goals"), *([] if found else [_("No goal yet.")])]
    for goal in found:
        lines.append(f"- **{goal.title}**")
        if goal.measure is not None:
            m = goal.measure
            words = f"{m.name} {number(m.start)} → {number(m.target)} {m.unit}".strip()
            lines.append(f"  - {words}")
        lines += [
            f"  - {step.title}" + (f" · {short_day(step.due)}" if step.due else "")
            for step in goal.milestones
        ]
        for serve in goal.serves:
            lines.append(f"  - {served(serve)}")
        if not goal.serves:
            lines.append("  - " + _("my own course"))
        if goal.obstacle or goal.if_then:
            lines.append(f"  - {goal.obstacle} → {goal.if_then}".rstrip(" →"))
    return lines


def _leaders(db: Store) -> list[str]:
    lines: list[str] = []
    for person in people.ls(db, "leader"):
        lines += ["", "## " + _("{leader} answers for").format(leader=person.alias)]
        found = priorities.ls(db, person.id)
        lines += [
            f"- {row.text} ({kind_word(row.kind)}, {kind_word(row.basis)})"
            for row in found
        ] or [_("Nothing is known of it yet.")]
    return lines
