"""The keys that work everywhere on the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.keys import N_, bind
from plannertui.tui.screens.names import screen_keys

if TYPE_CHECKING:
    from textual.binding import BindingType

MAIN_KEYS: list[BindingType] = [
    bind(
        "a",
        "capture",
        N_("capture"),
        id="main.capture",
        tooltip=N_("Write one line down, wherever you are."),
    ),
    bind(
        "r",
        "reflect",
        N_("reflect"),
        id="main.reflect",
        tooltip=N_("Answer tonight's question."),
    ),
    bind(
        "slash,fullwidth_solidus",
        "search",
        N_("search"),
        id="main.search",
        tooltip=N_("Look through everything that was written."),
    ),
    bind(
        "question_mark,fullwidth_question_mark",
        "help",
        N_("help"),
        id="main.help",
        tooltip=N_("The keys that work here, and the marks."),
    ),
    bind(
        "u",
        "undo",
        N_("undo"),
        id="main.undo",
        tooltip=N_("Take back the last thing done, here or in the shell."),
    ),
    bind(
        "U,ctrl+r",
        "redo",
        N_("redo"),
        id="main.redo",
        tooltip=N_("Do again what was taken back."),
        show=False,
    ),
    bind(
        "t",
        "today",
        N_("today"),
        id="main.today",
        tooltip=N_("Go to today."),
        show=False,
    ),
    bind(
        "g",
        "go_to",
        N_("go to"),
        id="main.goto",
        tooltip=N_("Go to a day, as you would say it."),
        show=False,
    ),
    bind(
        "1",
        "pane('goals')",
        N_("goals"),
        id="main.goals",
        tooltip=N_("Go to the goals."),
        show=False,
    ),
    bind(
        "2",
        "pane('reflect')",
        N_("question and journal"),
        id="main.question",
        tooltip=N_("Go to tonight's question; again: to the journal."),
        show=False,
    ),
    bind(
        "3",
        "pane('calendar')",
        N_("calendar"),
        id="main.calendar",
        tooltip=N_("Go to the calendar."),
        show=False,
    ),
    bind(
        "f",
        "one",
        N_("the one thing"),
        id="main.one",
        tooltip=N_("Choose the one thing that counts today, or tick it off."),
        show=False,
    ),
    bind(
        "C",
        "leftover",
        N_("unfinished"),
        id="main.leftover",
        tooltip=N_("Look through what earlier days left unfinished."),
        show=False,
    ),
    bind(
        "O",
        "years",
        N_("other years"),
        id="main.years",
        tooltip=N_("Show what was written on this day in other years, or fold it."),
        show=False,
    ),
    bind(
        "B",
        "backups",
        N_("backups"),
        id="main.backups",
        tooltip=N_("The backups there are: make one, look at one, go back to one."),
        show=False,
    ),
    bind(
        "Z",
        "versions",
        N_("versions"),
        id="main.versions",
        tooltip=N_("What this said before, and bring a version of it back."),
        show=False,
    ),
    *screen_keys(),
    bind(
        "tab",
        "app.focus_next",
        N_("next pane"),
        id="main.next",
        tooltip=N_("Go to the next pane."),
        show=False,
    ),
    bind(
        "shift+tab",
        "app.focus_previous",
        N_("previous pane"),
        id="main.previous",
        tooltip=N_("Go to the pane before."),
        show=False,
    ),
    bind(
        "ctrl+p,colon",
        "palette",
        N_("commands"),
        id="main.palette",
        tooltip=N_("Every command, by its name."),
    ),
    bind(
        "q",
        "app.quit",
        N_("quit"),
        id="main.quit",
        tooltip=N_("Leave; what is not saved stays as a draft."),
        show=False,
    ),
]
