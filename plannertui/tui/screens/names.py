"""Which screens there are besides the main one: name, key, and where each is made.

Read at every start, so the screens themselves are imported only when one is opened.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from plannertui.tui.keys import N_ as N_
from plannertui.tui.keys import bind

if TYPE_CHECKING:
    from textual.binding import Binding

    from plannertui.tui.planner import Planner
    from plannertui.tui.screens.base import WorkScreen


class Name(NamedTuple):
    """One screen: ``plannertui.tui.screens.NAME`` has the class ``kind``.

    ``label`` and ``tooltip`` are msgids; ``shown`` puts its key into the bottom line.
    ``verb`` names its key for config.toml where the name of the screen is taken.
    """

    name: str
    key: str
    kind: str
    label: str
    tooltip: str
    shown: bool = False
    verb: str = ""


SCREENS: tuple[Name, ...] = (
    Name(
        "matters",
        "5",
        "MattersScreen",
        N_("matters"),
        N_("Promises, what you wait for, what to ask: what is open, and when."),
        shown=True,
    ),
    Name(
        "leader",
        "6",
        "LeaderScreen",
        N_("leader"),
        N_("Whom you work for: what they answer for, who is in the room."),
    ),
    Name(
        "meet",
        "7",
        "MeetScreen",
        N_("meet"),
        N_("One-on-ones: what to say, what came of it, who promised what"),
    ),
    Name(
        "calendar",
        "8",
        "CalendarScreen",
        N_("calendar on a full screen"),
        N_("Day, week, month, what is ahead, and the year with its goals."),
        verb="days",
    ),
    Name(
        "evidence",
        "9",
        "EvidenceScreen",
        N_("evidence"),
        N_("Wins by goal and month: what is proved, what is only said, the gaps"),
    ),
    Name(
        "mirror",
        "0",
        "MirrorScreen",
        N_("mirror"),
        N_("Counts of your own conduct, each with its list; the year drawn"),
    ),
    Name(
        "situation",
        "s",
        "SituationScreen",
        N_("situation"),
        N_("A hard moment, in six steps from your leader's chair."),
        shown=True,
    ),
    Name(
        "review",
        "w",
        "ReviewScreen",
        N_("reviews"),
        N_("Look back and ahead: week, month, quarter, year; plan the year."),
    ),
    Name(
        "report",
        "p",
        "ReportScreen",
        N_("reports"),
        N_("Pages to take to work, with what each leaves out."),
    ),
)


def screen_keys() -> list[Binding]:
    """The keys that open the screens, for the main one and for each of them."""
    return [
        bind(
            each.key,
            f"open('{each.name}')",
            each.label,
            id=f"main.{each.verb or each.name}",
            tooltip=each.tooltip,
            show=each.shown,
        )
        for each in SCREENS
    ]


def make(name: str, planner: Planner, subject: int = 0) -> WorkScreen:
    """The screen called ``name``; ``subject`` is the id of what it is to show first."""
    kind = next(each.kind for each in SCREENS if each.name == name)
    module = import_module(f"plannertui.tui.screens.{name}")
    made: WorkScreen = getattr(module, kind)(planner, subject)
    return made
