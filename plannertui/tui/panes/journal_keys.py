"""The keys that work in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual.binding import BindingType

JOURNAL_KEYS: list[BindingType] = [
    bind(
        "enter,e",
        "edit",
        N_("edit"),
        id="journal.edit",
        tooltip=N_("Edit the text of this line in place."),
    ),
    bind(
        "E",
        "details",
        N_("details"),
        id="journal.details",
        tooltip=N_("Change kind, day, due date, tags and the rest."),
    ),
    bind(
        "space,c",
        "done",
        N_("done"),
        id="journal.done",
        tooltip=N_("Mark a matter as done, or open it again; a grey one asks first."),
    ),
    bind(
        "m",
        "move",
        N_("move"),
        id="journal.move",
        tooltip=N_("Give a promise another date and note whether you told them."),
    ),
    bind(
        "d,delete",
        "trash",
        N_("trash"),
        id="journal.trash",
        tooltip=N_("Put this line into the trash; u brings it back."),
    ),
    bind(
        "S",
        "share",
        N_("share"),
        id="journal.share",
        tooltip=N_("Mark an entry as ready for reports, or private again."),
    ),
    bind(
        "y",
        "copy",
        N_("copy"),
        id="journal.copy",
        tooltip=N_("Copy the text; Ctrl+V puts it into an editor of plannertui."),
    ),
    bind(
        "plus",
        "goal",
        N_("to its goal"),
        id="journal.goal",
        tooltip=N_("Go to the goal this line is linked to."),
    ),
]
