"""A chosen question, its place in the history, and the reason in words."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from plannertui.core.prompts import Lens, Prompt
from plannertui.i18n import gettext as _
from plannertui.i18n import language, ngettext

Shows = Literal["planned", "asked", "answered", "skipped"]
STATES: tuple[Shows, ...] = ("planned", "asked", "answered", "skipped")


class Shown(NamedTuple):
    """A question that was put before the user, or is planned for that day.

    ``trigger`` and ``instance`` are empty unless the context opened it. A skipped
    question counts as shown.
    """

    day: date
    prompt_id: str
    lens: str
    turn: int
    trigger: str = ""
    instance: str = ""
    state: Shows = "asked"


class Why(NamedTuple):
    """The reason for a question.

    Opened by the context: ``trigger`` and what it is about, ``label``. Otherwise the
    lens and the ``workdays`` since it was last visited, None for never.
    """

    lens: Lens
    workdays: int | None = None
    trigger: str = ""
    label: str = ""


class Pick(NamedTuple):
    """The question to ask, why, in which turn of the bank, and what opened it."""

    prompt: Prompt
    why: Why
    turn: int
    trigger: str = ""
    instance: str = ""

    def shown(self, day: date, state: Shows = "planned") -> Shown:
        """This question in the history of ``day``."""
        return Shown(
            day,
            self.prompt.id,
            self.prompt.lens,
            self.turn,
            self.trigger,
            self.instance,
            state,
        )


def why_text(found: Pick) -> str:
    """The reason for ``found`` in words, in the language in use."""
    why = found.why
    if why.trigger:
        return _context_words(why.trigger).format(label=why.label)
    name = why.lens.name(language())
    if why.workdays is None:
        return _("“{lens}” not visited yet").format(lens=name)
    if why.workdays == 0:
        return _("one more: “{lens}”").format(lens=name)
    return ngettext(
        "“{lens}” not visited for {count} workday",
        "“{lens}” not visited for {count} workdays",
        why.workdays,
    ).format(lens=name, count=why.workdays)


def _context_words(trigger: str) -> str:
    """What to say of each trigger; ``{label}`` is what it is about."""
    return {
        "situation_open_emergency": _("emergency still open: {label}"),
        "boundary_open": _("not decided yet: {label}"),
        "disagree": _("you and your leader disagree: {label}"),
        "situation_open_contradiction": _("still open: {label}"),
        "one_on_one_soon": _("one-on-one soon: {label}"),
        "after_one_on_one": _("after the one-on-one: {label}"),
        "promise_due": _("promise due: {label}"),
        "surprise_logged": _("surprise: {label}"),
        "situation_closed": _("closed without a lesson yet: {label}"),
        "goal_slipping": _("goal slipping: {label}"),
        "setback": _("setback: {label}"),
        "appraisal_soon": _("appraisal soon: {label}"),
        "new_leader": _("new leader: {label}"),
        "win_without_evidence": _("win without evidence: {label}"),
        "quiet_leader": _("nothing with {label} for 15 workdays"),
        "no_own_course": _("for two months every goal has served {label}"),
    }[trigger]
