"""The six steps through a situation: what each asks, keeps, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plannertui.core.situations import KINDS, PUBLIC, TYPES
from plannertui.i18n import N_

Form = Literal["line", "lines", "choice", "person", "ticks", "ways", "pick"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked: ``ask`` is the question, ``label`` its word.

    ``part`` is the JSON column it is kept in, "" for a column of its own; ``option`` is
    the word after -- in the shell.
    """

    name: str
    part: str
    form: Form
    ask: str
    label: str
    option: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six: its name, its word, its share of five minutes, its fields."""

    name: str
    title: str
    seconds: int
    fields: tuple[Field, ...]


def _line(name: str, part: str, ask: str, label: str, option: str = "") -> Field:
    """A field of one line."""
    return Field(name, part, "line", ask, label, option or name)


def _lines(name: str, ask: str, label: str) -> Field:
    """A list of facts."""
    return Field(name, "facts", "lines", ask, label, name)


STEPS: tuple[Step, ...] = (
    Step(
        "line",
        N_("Line"),
        30,
        (
            _line("line", "", N_("What has happened, in one line?"), N_("line")),
            _line("clock", "", N_("What gets worse, and by when?"), N_("gets worse")),
            Field("kind", "", "choice", N_("What is it?"), N_("kind"), "kind", KINDS),
            Field("person", "", "person", N_("Whose chair?"), N_("chair"), "person"),
        ),
    ),
    Step(
        "facts",
        N_("Facts"),
        60,
        (
            _lines("confirmed", N_("Confirmed, and by whom"), N_("confirmed")),
            _lines("reported", N_("Reported, not checked"), N_("reported, unchecked")),
            _lines("unknown", N_("Not known"), N_("unknown")),
        ),
    ),
    Step(
        "chair",
        N_("Chair"),
        75,
        (
            _line(
                "answerable_for",
                "chair",
                N_("What are you answerable for here?"),
                N_("answerable for"),
                "answerable",
            ),
            Field(
                "priorities",
                "chair",
                "ticks",
                N_("Which of your priorities does it touch?"),
                N_("touches"),
                "priority",
            ),
            _line(
                "asked_by",
                "chair",
                N_("Who will ask you about it?"),
                N_("asked by"),
                "asked-by",
            ),
            _line(
                "asked_what",
                "chair",
                N_("What will they ask?"),
                N_("asked what"),
                "asked-what",
            ),
            _line(
                "only_they_decide",
                "chair",
                N_("What can only you decide?"),
                N_("only they decide"),
                "only-they",
            ),
            _line(
                "predicted",
                "",
                N_("I expect them to say (checked later)"),
                N_("predicted"),
            ),
        ),
    ),
    Step(
        "heart",
        N_("Heart"),
        30,
        (
            _line(
                "between",
                "heart",
                N_("What is it really about: … against …?"),
                N_("really about"),
            ),
            _line(
                "symptom",
                "heart",
                N_("Which loud thing is only a symptom?"),
                N_("only a symptom"),
            ),
        ),
    ),
    Step(
        "options",
        N_("Options"),
        60,
        (
            Field(
                "options",
                "options",
                "ways",
                N_(
                    "Two ways, and doing nothing: what does each cost, and who bears it?"
                ),
                N_("ways"),
                "way",
            ),
            Field("pick", "options", "pick", N_("Which one?"), N_("picked"), "pick"),
            Field(
                "public_test",
                "options",
                "choice",
                N_("Would it stand in public?"),
                N_("stands in public"),
                "public",
                PUBLIC,
            ),
        ),
    ),
    Step(
        "move",
        N_("Move"),
        45,
        (
            Field(
                "type",
                "move",
                "choice",
                N_("Ask for a decision, or inform?"),
                N_("message"),
                "type",
                TYPES,
            ),
            _line("propose", "move", N_("What do I propose?"), N_("proposed")),
            _line(
                "decision",
                "move",
                N_("What do I need from them?"),
                N_("needed"),
                "needed",
            ),
            _line("by", "move", N_("By when?"), N_("by")),
            _line(
                "next_30_min",
                "move",
                N_("What do I do in the next 30 minutes?"),
                N_("next 30 minutes"),
                "next",
            ),
            _line(
                "report_again_at",
                "move",
                N_("When do I report again?"),
                N_("report again"),
                "report-at",
            ),
        ),
    ),
)
NAMES: tuple[str, ...] = tuple(step.name for step in STEPS)

TELL = N_("What do I tell them?")
"""What is asked in place of what one proposes, when the message only informs."""

PAIRS: tuple[str, ...] = (
    N_("rule / result"),
    N_("part / whole"),
    N_("now / later"),
    N_("speed / care"),
    N_("person / task"),
    N_("mine / theirs"),
)
"""What a contradiction is often really about."""


def step(name: str) -> Step:
    """The step called ``name``."""
    return STEPS[NAMES.index(name)]
