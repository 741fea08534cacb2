"""The commands of ``meet``: what each takes."""

from __future__ import annotations

from plannertui.cli import meet, meetfollow, meetledger, meetview
from plannertui.cli.eventfields import WHEN
from plannertui.cli.listing import LISTED
from plannertui.cli.options import Command, Group, Option
from plannertui.i18n import N_

WHICH = N_("[EVENT | LEADER]")
ITEM = N_("[EVENT | LEADER] NUMBER")
ON, AT, MINUTES = WHEN[0], WHEN[2], WHEN[3]
WANTED, NOTES = WHEN[6], WHEN[7]

KINDS = (
    Option("decide", "", N_("it needs a decision")),
    Option("inform", "", N_("it needs no answer (the usual)")),
    Option("ask", "", N_("a question")),
    Option("thank", "", N_("thanks, said once and plainly")),
)

AGENDA = Group(
    "agenda",
    N_("What is to be said; what is not ticked is carried to the next one."),
    {
        "ls": Command(
            "ls",
            N_("Print the agenda of the next one-on-one."),
            meet.agenda_ls,
            words=WHICH,
            examples=("ptui meet agenda", "ptui meet agenda L1 --json"),
        ),
        "add": Command(
            "add",
            N_("Add an item: a text, or a thing by its handle alone."),
            meet.agenda_add,
            words=N_("[EVENT | LEADER] TEXT… | HANDLE"),
            options=KINDS,
            examples=(
                N_(
                    'ptui meet agenda add "Counter hours: A or B, I propose A" --decide'
                ),
                "ptui meet agenda add L1 M41",
            ),
        ),
        "tick": Command(
            "tick",
            N_("Tick an item: it was said."),
            meet.agenda_tick,
            words=ITEM,
            options=(Option("undo", "", N_("take the tick back")),),
            examples=("ptui meet agenda tick 2",),
        ),
        "drop": Command(
            "drop",
            N_("Take an item off; it is not carried over either."),
            meet.agenda_drop,
            words=ITEM,
            examples=("ptui meet agenda drop E22 3",),
        ),
        "set": Command(
            "set",
            N_("Change the words of an item, or what it is for."),
            meet.agenda_set,
            words=ITEM,
            options=(Option("text", "TEXT", N_("its words")), *KINDS),
            examples=("ptui meet agenda set 2 --decide",),
        ),
        "up": Command(
            "up",
            N_("Move an item up, or with --down down."),
            meet.agenda_up,
            words=ITEM,
            options=(Option("down", "", N_("down rather than up")),),
            examples=("ptui meet agenda up 3",),
        ),
    },
    default="ls",
    other="ls",
    examples=(N_('ptui meet agenda add "Naming a deputy for counter 2"'),),
)

COMMANDS: dict[str, Command | Group] = {
    "meet": Group(
        "meet",
        N_("One-on-ones: prepare, hold, follow up; who promised what."),
        {
            "ls": Command(
                "ls",
                N_("List the next ones, and those not closed yet."),
                meetview.ls,
                words=N_("[LEADER]"),
                options=(Option("all", "", N_("past ones too")), *LISTED),
                examples=("ptui meet", "ptui meet ls L1 --all --json"),
            ),
            "add": Command(
                "add",
                N_("Add a one-on-one; with --every a series on the same weekday."),
                meet.add,
                words=N_("LEADER [TITLE…]"),
                options=(
                    ON,
                    AT,
                    MINUTES,
                    Option("every", "RHYTHM", N_("1w, 2w or 1m")),
                    WANTED,
                    NOTES,
                ),
                notes=(N_("What would fall on a holiday or into leave waits a week."),),
                examples=(
                    "ptui meet add L1 --on thu --at 10:00 --every 2w --minutes 30",
                ),
            ),
            "show": Command(
                "show",
                N_("Show one: agenda, what is ready to say, what came of it."),
                meetview.show,
                words=WHICH,
                examples=("ptui meet L1", "ptui meet show E22 --json"),
            ),
            "agenda": AGENDA,
            "want": Command(
                "want",
                N_("Say the one decision wanted, in at most 120 characters."),
                meet.want,
                words=N_("[EVENT | LEADER] TEXT…"),
                options=(Option("clear", "", N_("take it back")),),
                examples=(N_('ptui meet want "October counter hours: A or B"'),),
            ),
            "brief": Command(
                "brief",
                N_("Print the page to take along."),
                meetview.brief,
                words=WHICH,
                examples=("ptui meet brief", "ptui meet brief L1"),
            ),
            "hold": Command(
                "hold",
                N_("It took place; the next of its series goes into the calendar."),
                meet.hold,
                words=WHICH,
                examples=("ptui meet hold", "ptui meet hold E22"),
            ),
            "follow-up": Command(
                "follow-up",
                N_("Heard, promised, assumed: each line becomes what it yields."),
                meetfollow.follow_up,
                words=WHICH,
                options=(
                    Option(
                        "heard",
                        "LINE",
                        N_("as:goal, as:L1.2, partly:L1.2, was:L1.2, as:M44"),
                        many=True,
                    ),
                    Option(
                        "promised",
                        "LINE",
                        N_("mine ^fri; begun with < theirs"),
                        many=True,
                    ),
                    Option("assumed", "LINE", N_("an ask; as:goal a guess"), many=True),
                    Option("nothing", "", N_("nothing to write down")),
                ),
                notes=(
                    N_(
                        "Heard is a note, or at its end: as:goal (also pressure, position)"
                    ),
                    N_(
                        "a new priority; as:L1.2 confirms it; was:L1.2 it is this instead;"
                    ),
                    N_("as:M44 answers that ask. All of it is one step for undo."),
                ),
                examples=(
                    N_(
                        'ptui meet follow-up --promised "the list ^fri" '
                        '--heard "Counters come first was:L1.2"'
                    ),
                ),
            ),
            "cancel": Command(
                "cancel",
                N_("It does not take place; its agenda goes to the next one."),
                meet.cancel,
                words=WHICH,
                examples=("ptui meet cancel L1",),
            ),
            "move": Command(
                "move",
                N_("Another day or time for this one."),
                meet.move,
                words=WHICH,
                options=(
                    ON,
                    AT,
                    MINUTES,
                    Option("following", "", N_("the ones after it count from it")),
                ),
                examples=("ptui meet move L1 --on fri --at 14:00",),
            ),
            "every": Command(
                "every",
                N_("How often it recurs: 1w, 2w, 1m; none ends the series."),
                meet.set_every,
                words=N_("[EVENT | LEADER] RHYTHM"),
                examples=("ptui meet every L1 2w", "ptui meet every L1 none"),
            ),
            "ledger": Command(
                "ledger",
                N_("Promises and asks between you and somebody, with their age."),
                meetledger.ledger,
                words=N_("[LEADER]"),
                options=(Option("all", "", N_("closed ones too")),),
                examples=("ptui meet ledger L1", "ptui meet ledger L1 --all --json"),
            ),
        },
        default="ls",
        other="show",
        examples=(
            "ptui meet add L1 --on thu --at 10:00 --every 2w",
            "ptui meet brief L1",
        ),
    )
}
