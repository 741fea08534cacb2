"""``goal``: the year's goals, their milestones, check-ins and ends."""

from __future__ import annotations

from plannertui.cli.goaledit import add, set_
from plannertui.cli.goalsteps import carry, check_in, done, move, release, serve
from plannertui.cli.goalview import ls, show
from plannertui.cli.listing import LISTED
from plannertui.cli.milestones import GROUP as MILESTONES
from plannertui.cli.options import Command, Group, Option
from plannertui.i18n import N_

FIELDS = (
    Option("why", "TEXT", N_("what it is good for")),
    Option("measure", "NAME", N_("what is counted, such as: open cases")),
    Option("unit", "UNIT", N_("its unit")),
    Option("from", "NUM", N_("the number at the start")),
    Option("to", "NUM", N_("the number to reach")),
    Option("hold", "", N_("a number to hold, not to reach")),
    Option("start", "DATE", N_("from when; the start of the year")),
    Option("due", "DATE", N_("until when; the end of the year")),
    Option("obstacle", "TEXT", N_("what will stand in the way")),
    Option("if-then", "TEXT", N_("if it does, then I …")),
)


YEAR = Option("year", "YEAR", N_("of this year; the current one"))
HANDLE = N_("GOAL")

GROUP = Group(
    "goal",
    N_("The year's goals: what moves, by when, for whom."),
    {
        "add": Command(
            "add",
            N_("Add a goal."),
            add,
            words=N_("TITLE…"),
            options=(
                YEAR,
                *FIELDS,
                Option("milestone", "TITLE", N_("a step; may be repeated"), many=True),
                Option("serves", "PRIORITY", N_("such as L1.2; may repeat"), many=True),
                Option("how", "TEXT", N_("how it serves it")),
                Option("draft", "", N_("not yet meant")),
            ),
            examples=(
                N_(
                    'ptui goal add "Licence backlog" --measure cases --from 412 --to 100'
                ),
                N_(
                    'ptui goal add "One form" --milestone "Map the old ones" --serves L1.2'
                ),
            ),
        ),
        "ls": Command(
            "ls",
            N_("List the goals of a year with their pace."),
            ls,
            options=(YEAR, Option("all", "", N_("closed ones too")), *LISTED),
            notes=(N_("In the bar, | is where time stands."),),
            examples=("ptui goal ls", "ptui goal ls --year 2023 --all --json"),
        ),
        "show": Command(
            "show",
            N_("Show a goal with everything that belongs to it."),
            show,
            words=HANDLE,
            options=(Option("log", "", N_("with its history (JSON)")),),
            examples=("ptui goal show G1", "ptui goal G1 --json"),
        ),
        "set": Command(
            "set",
            N_("Change a goal; none takes a text or the measure away."),
            set_,
            words=HANDLE,
            options=(
                Option("title", "TITLE", N_("its title")),
                *FIELDS,
                Option("state", "STATE", N_("active, paused or draft")),
            ),
            examples=(
                N_('ptui goal set G1 --obstacle "easy files first"'),
                "ptui goal set G4 --due 2024-11-30 --state paused",
            ),
        ),
        "check-in": Command(
            "check-in",
            N_("Record where a goal stands."),
            check_in,
            words=N_("GOAL [NUMBER] [WORDS…]"),
            options=(Option("on", "DATE", N_("as of this day")),),
            examples=(
                N_('ptui goal check-in G1 188 "down 24"'),
                "ptui goal check-in G1 212 --on fri",
            ),
        ),
        "milestone": MILESTONES,
        "done": Command(
            "done",
            N_("Close a goal as done."),
            done,
            words=HANDLE,
            examples=("ptui goal done G2",),
        ),
        "release": Command(
            "release",
            N_("Let a goal go; it needs a sentence why, and who was told."),
            release,
            words=HANDLE,
            options=(
                Option("why", "TEXT", N_("why, in one sentence")),
                Option("told", "WHO", N_("who was told")),
            ),
            examples=(N_('ptui goal release G4 --why "not mine any more" --told L1'),),
        ),
        "carry": Command(
            "carry",
            N_("Take an open goal over into another year."),
            carry,
            words=HANDLE,
            options=(Option("to", "YEAR", N_("the year; the next one")),),
            examples=("ptui goal carry G4 --to 2025",),
        ),
        "serve": Command(
            "serve",
            N_("Say which priority of a leader a goal serves."),
            serve,
            words=N_("GOAL PRIORITY"),
            options=(
                Option("how", "TEXT", N_("how, in a sentence")),
                Option("not", "", N_("no longer")),
            ),
            examples=(N_('ptui goal serve G1 L1.2 --how "fewer complaints"'),),
        ),
        "move": Command(
            "move",
            N_("Put a goal higher or lower."),
            move,
            words=N_("GOAL up|down|first|last"),
            examples=("ptui goal move G3 up",),
        ),
    },
    default="ls",
    other="show",
    examples=(
        "ptui goal",
        "ptui goal G1",
        "ptui goal check-in G1 188",
        N_('ptui goal milestone add G2 "Form check 10" --due 2024-09-27'),
    ),
)

COMMANDS: dict[str, Command | Group] = {"goal": GROUP}
