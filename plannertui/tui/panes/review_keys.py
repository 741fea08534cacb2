"""The keys of a review that is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.tui.keys import N_, bind

if TYPE_CHECKING:
    from textual.binding import BindingType

HOLDING: list[BindingType] = [
    bind(
        "n,enter",
        "step('next')",
        N_("go on"),
        id="review.next",
        tooltip=N_("This step is done: go on to the next one."),
    ),
    bind(
        "x",
        "step('skip')",
        N_("skip"),
        id="review.skip",
        tooltip=N_("Pass this step over; nothing of it is lost."),
    ),
    bind(
        "b",
        "step('back')",
        N_("go back"),
        id="review.back",
        tooltip=N_("Go back to the step before."),
    ),
    bind(
        "i",
        "write",
        N_("write"),
        id="review.write",
        tooltip=N_("Write the sentence of this step, or answer the question."),
    ),
    bind(
        "less_than_sign,left,fullwidth_less_than_sign",
        "answer(-1)",
        N_("answer"),
        id="review.answer_before",
        tooltip=N_("Answer the standard: yes, partly, no."),
    ),
    bind(
        "greater_than_sign,right,fullwidth_greater_than_sign",
        "answer(1)",
        N_("answer"),
        id="review.answer",
        tooltip=N_("Answer the standard: yes, partly, no."),
    ),
    bind(
        "d,space",
        "verb('done')",
        N_("done"),
        id="review.done",
        tooltip=N_("The matter is done, the milestone reached."),
    ),
    bind(
        "m",
        "verb('move')",
        N_("move"),
        id="review.move",
        tooltip=N_("Give it another date, and say whether the other side was told."),
    ),
    bind(
        "D",
        "verb('drop')",
        N_("give up"),
        id="review.drop",
        tooltip=N_("Give it up, and say who was told."),
    ),
    bind(
        "c",
        "verb('check_in')",
        N_("check in"),
        id="review.check_in",
        tooltip=N_("Say where the goal stands today, in one line"),
    ),
    bind(
        "v",
        "verb('confirm')",
        N_("confirm"),
        id="review.confirm",
        tooltip=N_("It was said again, or seen: checked today."),
    ),
    bind(
        "f",
        "verb('link')",
        N_("file"),
        id="review.file",
        tooltip=N_("Say which goal, person or tag the note belongs to."),
    ),
    bind(
        "e",
        "verb('edit')",
        N_("edit"),
        id="review.edit",
        tooltip=N_("Change it: a number, a document, a witness, other words."),
    ),
    bind(
        "y",
        "verb('ready')",
        N_("ready"),
        id="review.ready",
        tooltip=N_("Mark it as ready for reports, or take that back."),
    ),
    bind(
        "o",
        "verb('open')",
        N_("go to"),
        id="review.open",
        tooltip=N_("Go to it where it is at home."),
        show=False,
    ),
    bind(
        "A",
        "ask",
        N_("ask"),
        id="review.ask",
        tooltip=N_("Add a question to ask; on a priority, ask about it."),
        show=False,
    ),
    bind(
        "plus,fullwidth_plus_sign",
        "add",
        N_("add"),
        id="review.add",
        tooltip=N_("Add a goal; or what a leader answers for, and first the leader."),
    ),
    bind(
        "l",
        "verb('serve')",
        N_("serves"),
        id="review.serve",
        tooltip=N_("Say whom the goal serves, and how, in a sentence."),
    ),
    bind(
        "M",
        "verb('milestone')",
        N_("milestone"),
        id="review.milestone",
        tooltip=N_("Add a milestone to the goal."),
    ),
    bind(
        "S",
        "share",
        N_("version to share"),
        id="review.share",
        tooltip=N_("Goals and measures only, to agree on with your leader."),
    ),
]
