"""The keys of the steps through a situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual.binding import BindingType

FLOW_KEYS: list[BindingType] = [
    bind(
        "enter",
        "go_on",
        N_("go on"),
        id="situation.next",
        tooltip=N_("Go on; an answer may be left out. Saved with each step."),
    ),
    bind(
        "ctrl+b",
        "step_back",
        N_("step back"),
        id="situation.step_back",
        tooltip=N_("Go back to the step before."),
    ),
    bind(
        "tab",
        "field(1)",
        N_("next answer"),
        id="situation.field",
        tooltip=N_("Go to the next answer, and from the last to the next step."),
        show=False,
    ),
    bind(
        "shift+tab",
        "field(-1)",
        N_("answer before"),
        id="situation.field_before",
        tooltip=N_("Go to the answer before, and from the first a step back."),
        show=False,
    ),
    bind(
        "down",
        "arrow(1)",
        N_("next answer"),
        id="situation.down",
        tooltip=N_("Go to the next answer."),
        show=False,
    ),
    bind(
        "up",
        "arrow(-1)",
        N_("answer before"),
        id="situation.up",
        tooltip=N_("Go to the answer before."),
        show=False,
    ),
    bind(
        "ctrl+n",
        "step_on",
        N_("step on"),
        id="situation.step_on",
        tooltip=N_("Go on to the next step at once; the rest stays open."),
    ),
    bind(
        "ctrl+l",
        "listed",
        N_("all situations"),
        id="situation.all",
        tooltip=N_("Save, and show the list of situations."),
        show=False,
    ),
    bind(
        "escape",
        "leave",
        N_("save and leave"),
        id="situation.leave",
        tooltip=N_("Save what is written, and leave at once."),
    ),
]
