"""``situation``: a hard moment in six steps from the leader's chair, and its close."""

from __future__ import annotations

from plannertui.cli import situation_do as do
from plannertui.cli.listing import LISTED
from plannertui.cli.options import Command, Group, Option
from plannertui.cli.situation_step import MESSAGE, STEP
from plannertui.i18n import N_

LINE = (
    Option("clock", "TEXT", N_("what gets worse, and by when")),
    Option("kind", "KIND", N_("emergency, contradiction or decision")),
    Option("person", "PERSON", N_("in whose chair; your leader if left out")),
)
HANDLE = N_("SITUATION")


VERBS: dict[str, Command | Group] = {
    "ls": Command(
        "ls",
        N_("List what is not over yet, newest first."),
        do.ls,
        options=(Option("all", "", N_("closed ones too")), *LISTED),
        examples=("ptui situation ls", "ptui situation ls --all --json"),
    ),
    "add": Command(
        "add",
        N_("Open a situation with its one line."),
        do.add,
        words=N_("TEXT…"),
        options=(*LINE, Option("on", "DATE", N_("the day, today if left out"))),
        examples=(
            N_(
                'ptui situation add "licence system down since 13:10" '
                '--clock "6 cases end today"'
            ),
            N_('ptui situation add "two orders that clash" --kind contradiction'),
        ),
    ),
    "step": STEP,
    "resume": Command(
        "resume",
        N_("List what is open, then go through the steps at plain prompts."),
        do.resume,
        words=N_("[SITUATION]"),
        options=(Option("all", "", N_("list closed ones too")),),
        notes=(
            N_("Enter skips; each step is saved. Without a terminal it only lists."),
        ),
        examples=("ptui situation", "ptui situation resume S3"),
    ),
    "show": Command(
        "show",
        N_("Show a situation, step by step."),
        do.show,
        words=HANDLE,
        examples=("ptui situation show S3", "ptui situation S3 --json"),
    ),
    "message": MESSAGE,
    "send": Command(
        "send",
        N_("Note that the message went out; promises to report again."),
        do.send,
        words=HANDLE,
        notes=(N_("The promise is due today, when the move says a time for it."),),
        examples=("ptui situation send S3",),
    ),
    "close": Command(
        "close",
        N_("Close it: four lines, and what the leader in fact wanted."),
        do.close,
        words=HANDLE,
        options=(
            Option("expected", "TEXT", N_("what you expected")),
            Option("happened", "TEXT", N_("what happened")),
            Option("why", "TEXT", N_("why the difference")),
            Option("keep", "TEXT", N_("what to keep or change")),
            Option("actual", "TEXT", N_("what your leader in fact wanted")),
            Option("match", "MATCH", N_("as predicted: yes, partly or no")),
            Option("lesson", "TEXT", N_("one line that becomes a lesson")),
        ),
        notes=(N_("Without options a terminal is asked. none takes a line away."),),
        examples=(
            N_(
                'ptui situation close S3 --happened "paper, at once" --match no '
                '--lesson "deadlines before queues"'
            ),
        ),
    ),
    "boundary": Command(
        "boundary",
        N_("Open its boundary check: a grey matter of its own."),
        do.boundary,
        words=HANDLE,
        notes=(N_("It stays with you; until it is settled, the message says so."),),
        examples=("ptui situation boundary S3",),
    ),
    "void": Command(
        "void",
        N_("Set it aside: it was no situation after all."),
        do.void,
        words=HANDLE,
        examples=("ptui situation void S3",),
    ),
    "reopen": Command(
        "reopen",
        N_("Go on with one that was closed or set aside."),
        do.reopen,
        words=HANDLE,
        examples=("ptui situation reopen S3",),
    ),
}


COMMANDS: dict[str, Command | Group] = {
    "situation": Group(
        "situation",
        N_("A hard moment in six steps, from the leader's chair."),
        VERBS,
        default="resume",
        other="show",
        examples=("ptui situation", "ptui situation S3"),
    )
}
