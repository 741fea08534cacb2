"""How a goal stands against its time, in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.words import state_word
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from plannertui.core.goals import Goal, Pace

ROLES = {
    "ahead": "ahead",
    "on_pace": "on-pace",
    "behind": "behind",
    "at_risk": "at-risk",
}


def health_words(goal: Goal, pace: Pace) -> tuple[str, str]:
    """How the goal stands in a word, with its points, and the role of the word."""
    if goal.state == "active":
        said = {
            "ahead": _("ahead {points}"),
            "on_pace": _("on pace"),
            "behind": _("behind {points}"),
            "at_risk": _("at risk {points}"),
        }[pace.health]
        return said.format(points=abs(pace.gap)), ROLES[pace.health]
    return state_word(goal.state), "muted"
