"""The keys of the reports; a pane's own come first in the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual.binding import BindingType

OF_LEFT_OUT: list[BindingType] = [
    bind(
        "S,space",
        "ready",
        N_("ready"),
        id="leftout.ready",
        tooltip=N_(
            "Mark it as ready, so that it goes into the report; u takes it back."
        ),
    ),
    bind(
        "enter",
        "go",
        N_("go to it"),
        id="leftout.go",
        tooltip=N_("Go to the thing that is left out."),
    ),
]
OF_REPORTS: list[BindingType] = [
    bind(
        "y",
        "screen.copy",
        N_("copy"),
        id="report.copy",
        tooltip=N_("Copy the text; Ctrl+V puts it into an editor of plannertui."),
    ),
    bind(
        "o",
        "screen.write",
        N_("to a file"),
        id="report.write",
        tooltip=N_("Write a page (.html), text (.md) or .pdf that only you can read."),
    ),
    bind(
        "l",
        "screen.left_out",
        N_("left out"),
        id="report.left_out",
        tooltip=N_("Go to what the report leaves out, and why; again goes back."),
    ),
    bind(
        "e",
        "screen.edit",
        N_("change the text"),
        id="report.edit",
        tooltip=N_(
            "Change the text by hand before it leaves; nothing else is changed."
        ),
    ),
    bind(
        "left_square_bracket",
        "screen.step(-1)",
        N_("another"),
        id="report.before",
        tooltip=N_("The period before, or the talk or situation before."),
    ),
    bind(
        "right_square_bracket",
        "screen.step(1)",
        N_("another"),
        id="report.after",
        tooltip=N_("The period after, or the talk or situation after."),
    ),
    bind(
        "f",
        "screen.profile",
        N_("form"),
        id="report.profile",
        tooltip=N_("The next form of the self-assessment: plain, star, ccar, cn-5."),
    ),
    bind(
        "v",
        "screen.language",
        N_("language"),
        id="report.language",
        tooltip=N_("Write the report in the other language."),
    ),
    bind(
        "Y",
        "screen.clipboard",
        N_("to the clipboard"),
        id="report.clipboard",
        tooltip=N_(
            "Give the text to the terminal's clipboard; other programs can read it."
        ),
    ),
    bind(
        "x",
        "screen.used",
        N_("mark as used"),
        id="report.used",
        tooltip=N_("Note that the wins in it have been told; u takes it back."),
        show=False,
    ),
]


class ReportPane(Vertical):
    """One of the panels: the keys of the reports work in each of them."""

    BINDINGS: ClassVar[list[BindingType]] = OF_REPORTS
