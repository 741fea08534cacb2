"""The commands of ``leader priority``."""

from __future__ import annotations

from plannertui.cli import beliefs, priorities
from plannertui.cli.listing import COUNT, FORM
from plannertui.cli.options import Command, Group, Option
from plannertui.i18n import N_

BASIS = Option("basis", "BASIS", N_("said, seen or guess"))
DETAILS = (
    BASIS,
    Option("kind", "KIND", N_("goal, pressure or position")),
    Option("rank", "NUM", N_("how much it weighs, 1 to 5")),
    Option("checked", "DATE", N_("when it was last checked")),
)
ON = Option("on", "DATE", N_("as of this day"))
PRIORITY = N_("PRIORITY")

GROUP = Group(
    "priority",
    N_("What a leader answers for, and how you know."),
    {
        "add": Command(
            "add",
            N_("Add something a leader answers for; without --basis it is a guess."),
            priorities.add,
            words=N_("LEADER TEXT…"),
            options=DETAILS,
            examples=(
                N_(
                    "ptui leader priority add L1 "
                    '"No complaint older than 30 days" --basis said'
                ),
            ),
        ),
        "ls": Command(
            "ls",
            N_("List priorities by rank."),
            priorities.ls,
            words=N_("[LEADER]"),
            options=(Option("all", "", N_("past ones too")), COUNT, *FORM),
            examples=("ptui leader priority ls L1", "ptui leader priority ls --json"),
        ),
        "set": Command(
            "set",
            N_("Change a priority; a new basis counts as checked today."),
            priorities.set_,
            words=PRIORITY,
            options=(Option("text", "TEXT", N_("its words")), *DETAILS),
            examples=("ptui leader priority set L1.2 --basis said",),
        ),
        "check": Command(
            "check",
            N_("Say whether a belief held: yes, partly or no."),
            beliefs.check,
            words=N_("PRIORITY ANSWER [TEXT…]"),
            options=(Option("basis", "said|seen", N_("how you know")),),
            notes=(
                N_("With TEXT: what is true instead; a wrong belief turns into that."),
            ),
            examples=(
                "ptui leader priority check L1.4 yes --basis seen",
                N_('ptui leader priority check L1.4 no "Fewer pilots, finished"'),
            ),
        ),
        "ask": Command(
            "ask",
            N_('Ask about a belief in the next talk: "Is that right?"'),
            beliefs.ask,
            words=PRIORITY,
            examples=("ptui leader priority ask L1.4",),
        ),
        "rank": Command(
            "rank",
            N_("Move a priority up or down, or give it a rank from 1 to 5."),
            beliefs.rank,
            words=N_("PRIORITY up|down|NUM"),
            examples=(
                "ptui leader priority rank L1.3 up",
                "ptui leader priority rank L1.3 1",
            ),
        ),
        "met": Command(
            "met",
            N_("It has been reached."),
            beliefs.ender("met"),
            words=PRIORITY,
            options=(ON,),
            examples=("ptui leader priority met L1.1",),
        ),
        "drop": Command(
            "drop",
            N_("It no longer counts."),
            beliefs.ender("dropped"),
            words=PRIORITY,
            options=(ON,),
            examples=("ptui leader priority drop L1.4",),
        ),
        "change": Command(
            "change",
            N_("It turned into another one; both are kept, and goals go on serving."),
            beliefs.change,
            words=N_("PRIORITY TEXT…"),
            options=(BASIS,),
            examples=(N_('ptui leader priority change L1.2 "Inspection by region"'),),
        ),
        "reopen": Command(
            "reopen",
            N_("It counts again."),
            beliefs.reopen,
            words=PRIORITY,
            examples=("ptui leader priority reopen L1.4",),
        ),
    },
    default="ls",
    examples=("ptui leader priority ls L1",),
)
GROUP.commands["dropped"] = GROUP.commands["drop"]
GROUP.commands["changed"] = GROUP.commands["change"]
