"""The steps of each review: how long, what is shown, what is asked. Data, not code."""

from __future__ import annotations

from dataclasses import dataclass

from plannertui.i18n import N_
from plannertui.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, minutes, title, what one does in it, and what one writes.

    ``title``, ``does`` and ``writes`` are msgids. ``prompts`` are questions of the bank
    that the step always asks; ``cadence`` asks further ones, as many as a review does.
    ``shows`` names what the tool lays out, "" for nothing; ``sitting`` counts from 1.
    What is written in a ``sealed`` one stands in no text that a report could print.
    """

    name: str
    minutes: int
    title: str
    does: str
    writes: str
    shows: str = ""
    prompts: tuple[str, ...] = ()
    cadence: str = ""
    sitting: int = 1
    sealed: bool = False

    @property
    def heading(self) -> str:
        """The title in the language in use."""
        return _(self.title)

    @property
    def asks_questions(self) -> bool:
        """Whether the step puts questions of the bank."""
        return bool(self.prompts or self.cadence)


WEEK = (
    Step(
        "clear",
        2,
        N_("Clear"),
        N_("Notes that belong to nothing yet. Link them, or leave them as notes."),
        N_("Anything on your mind that is written nowhere?"),
        "unfiled",
    ),
    Step(
        "promises",
        3,
        N_("Promises"),
        N_("Done; moved, and the other side told; or dropped, and told."),
        N_("Whom do you still have to tell?"),
        "promises",
    ),
    Step(
        "goals",
        2,
        N_("Goals"),
        N_("Check in where a number moved. One sentence for a goal that is behind."),
        N_("Of a goal that is behind: why, and what now?"),
        "goals",
    ),
    Step(
        "leader",
        2,
        N_("Leader"),
        N_("Confirm a priority, change one, or add a question to ask."),
        N_("What did you learn about what your leader answers for?"),
        "leader",
    ),
    Step(
        "evidence",
        2,
        N_("Evidence"),
        N_("Give a claim its number, document or witness. Name whom to credit."),
        N_("Whose credit is it, too?"),
        "evidence",
    ),
    Step(
        "mirror",
        1,
        N_("Mirror"),
        N_("One of your own standards. Did you keep it this week?"),
        N_("An example, in one sentence."),
        "standard",
        cadence="weekly",
    ),
    Step(
        "ahead",
        2,
        N_("Ahead"),
        N_("Three matters for next week, and one if-then."),
        N_("The three matters, and: if … happens, then I …"),
        "ahead",
    ),
    Step(
        "report",
        1,
        N_("Report"),
        N_("The draft for upward: one line first. p opens it to edit and copy."),
        N_("Anything that must be added by hand?"),
        "report",
    ),
)

MONTH = (
    Step(
        "lines",
        3,
        N_("Four weeks"),
        N_("Read what you wrote in the weeks of this month."),
        N_("What do the weeks say together?"),
        "lines",
    ),
    Step(
        "goals",
        8,
        N_("Goals"),
        N_("For each goal that is behind: recover, reduce or release it."),
        N_("What did you decide, and whom did you tell?"),
        "goals",
    ),
    Step(
        "priorities",
        5,
        N_("Priorities"),
        N_("Which of them changed this month, and by whose word?"),
        N_("What changed, and how do you know?"),
        "priorities",
    ),
    Step(
        "premortem",
        5,
        N_("Pre-mortem"),
        N_("The goal on top has failed. Three causes, and a step against the first."),
        N_("Which step goes into this week, and when?"),
        "top_goal",
        prompts=("emergency-07",),
    ),
    Step(
        "grey",
        3,
        N_("Grey matters"),
        N_("Side by side. They stay sealed, and never go into a report."),
        N_("Which of them do you end, return or tell?"),
        "grey",
        prompts=("boundary-06",),
        sealed=True,
    ),
    Step(
        "lenses",
        4,
        N_("Lenses"),
        N_("The angles you passed over, and two questions of the month."),
        N_("Anything else that this month asks?"),
        "lenses",
        cadence="monthly",
    ),
    Step(
        "relied",
        2,
        N_("Relied on"),
        N_("One sentence: this month I was relied on for …"),
        N_("This month I was relied on for …"),
        "kept",
    ),
)

QUARTER = (
    Step(
        "evidence",
        10,
        N_("Evidence"),
        N_("By goal and by priority. Rewrite claims as facts."),
        N_("Which line is praise, and what is the fact behind it?"),
        "proof",
    ),
    Step(
        "room",
        7,
        N_("The room"),
        N_("Who decides about you, and what has each seen at first hand?"),
        N_("Which real work would show one more of them?"),
        "room",
    ),
    Step(
        "guesses",
        7,
        N_("Guess audit"),
        N_("What you predicted and assumed, and how it was."),
        N_("What do I keep getting wrong about my leader?"),
        "guesses",
    ),
    Step(
        "relation",
        7,
        N_("The relation"),
        N_("Both sides: what each gives and gets."),
        N_("What could you yourself change about it?"),
        "",
        prompts=("relation-08",),
    ),
    Step(
        "downward",
        7,
        N_("Downward"),
        N_("Whom did you put forward, and what did you hold back?"),
        N_("What will you hand over next?"),
        "downward",
        prompts=("downward-09",),
    ),
    Step(
        "standards",
        5,
        N_("Standards"),
        N_("Keep, reword or strike each; e opens them."),
        N_("Which standard cost you something?"),
        "standards",
    ),
    Step(
        "questions",
        8,
        N_("Questions"),
        N_("Three questions of the quarter."),
        N_("Anything else that this quarter asks?"),
        "",
        cadence="quarterly",
    ),
    Step(
        "replan",
        9,
        N_("Plan again"),
        N_("At most five active goals. Add, pause, release."),
        N_("What is no longer worth its time?"),
        "replan",
    ),
)
