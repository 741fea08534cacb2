"""Which report is wanted: its kind, period, subject, profile and language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plannertui import i18n
from plannertui.core.day import later, week_label, year_of
from plannertui.core.errors import PlannerError
from plannertui.i18n import N_
from plannertui.outputs.profiles import known
from plannertui.outputs.render import folder_of
from plannertui.outputs.report import KINDS, Report, make
from plannertui.store import events, situations

if TYPE_CHECKING:
    from plannertui.tui.planner import Planner

SHOWN = tuple(kind for kind in KINDS if kind != "boundary")
NAMES = {
    "brief": (N_("Brief for a talk"), N_("the next talk on a page, for your eyes")),
    "weekly": (N_("Weekly report"), N_("upward, the conclusion first")),
    "message": (N_("Message upward"), N_("a hard moment: decide or inform")),
    "nominate": (N_("Nominator’s page"), N_("for whoever speaks for you")),
    "self": (N_("Self-assessment"), N_("by goal, in your form")),
    "year": (N_("Year in review"), N_("with figures, for your eyes")),
    "handover": (N_("Handover"), N_("for whoever comes next")),
    "plan": (N_("Plan to share"), N_("goals and measures only")),
}
LANGUAGES = ("en", "zh_Hans")
SPOKEN = {"en": "English", "zh_Hans": "中文"}
AHEAD = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is shown: ``step`` counts periods or subjects from the present one."""

    kind: str = "weekly"
    steps: dict[str, int] = field(default_factory=dict)
    profile: str = "plain"
    language: str = ""
    subject: int = 0

    @property
    def step(self) -> int:
        """How many periods, or subjects, it is from the present one."""
        return self.steps.get(self.kind, 0)

    def moved(self, by: int) -> Wanted:
        """The period or subject before or after."""
        return replace(self, steps=self.steps | {self.kind: self.step + by}, subject=0)


def period(wanted: Wanted, planner: Planner) -> str:
    """The period as the report takes it; "" where it has none."""
    if wanted.kind == "weekly":
        return week_label(later(planner.today, 7 * wanted.step))
    if wanted.kind in ("brief", "message"):
        return ""
    return str(year_of(planner.today, planner.settings.year_start) + wanted.step)


def subjects(wanted: Wanted, planner: Planner) -> list[int]:
    """What the report may be about: talks to come, situations; the first is meant first."""
    db, today = planner.db, planner.today
    if wanted.kind == "message":
        found = situations.ls(db, None)
        return [
            s.id for s in sorted(found, key=lambda s: s.state not in ("open", "sent"))
        ]
    if wanted.kind == "brief":
        return [
            event.id
            for event in events.between(
                db, today, later(today, AHEAD), calendar=planner.calendar
            )
            if event.kind == "one_on_one" and event.state in ("planned", "prepared")
        ]
    return []


def chosen(wanted: Wanted, planner: Planner) -> int:
    """The subject that the step leads to, 0 for the report's own choice."""
    if wanted.subject:
        return wanted.subject
    found = subjects(wanted, planner)
    if not found:
        return 0
    at = wanted.step if wanted.kind == "brief" else -wanted.step
    return found[max(0, min(len(found) - 1, at))]


def build(wanted: Wanted, planner: Planner) -> Report:
    """Make the report that is wanted."""
    return make(
        planner.db,
        wanted.kind,
        now=planner.now(),
        today=planner.today,
        calendar=planner.calendar,
        settings=planner.settings,
        subject=chosen(wanted, planner),
        period=period(wanted, planner),
        profile=wanted.profile,
        language=wanted.language or i18n.language(),
    )


def made(wanted: Wanted, planner: Planner) -> tuple[Report | None, str]:
    """The report that is wanted, or why there is none."""
    try:
        return build(wanted, planner), ""
    except PlannerError as problem:
        return None, problem.message


def next_profile(wanted: Wanted, planner: Planner) -> Wanted:
    """The next form of the self-assessment."""
    names = known(folder_of(planner.settings.path))
    at = names.index(wanted.profile) if wanted.profile in names else -1
    return replace(wanted, profile=names[(at + 1) % len(names)])


def next_language(wanted: Wanted) -> Wanted:
    """The other language."""
    now = wanted.language or i18n.language()
    at = LANGUAGES.index(now) if now in LANGUAGES else 0
    return replace(wanted, language=LANGUAGES[(at + 1) % len(LANGUAGES)])


def target(wanted: Wanted, planner: Planner) -> str:
    """The name of the draft of its edited text."""
    where = period(wanted, planner) or str(chosen(wanted, planner))
    language = wanted.language or i18n.language()
    return f"report:{wanted.kind}:{where}:{wanted.profile}:{language}"
