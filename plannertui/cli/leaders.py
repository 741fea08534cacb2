"""``leader`` and ``person``: whom one works for and with."""

from __future__ import annotations

from plannertui.cli.leadershow import show
from plannertui.cli.listing import COUNT, FORM
from plannertui.cli.options import Command, Group, Option
from plannertui.cli.parting import change, forget
from plannertui.cli.people import HOW, add, ls, set_, style
from plannertui.cli.people import OPTIONS as PERSON
from plannertui.cli.prioritygroup import GROUP as PRIORITIES
from plannertui.cli.standing import coverage, room
from plannertui.i18n import N_


def _group(name: str, summary: str, options: tuple[Option, ...]) -> Group:
    """The commands of ``leader`` or ``person``."""
    word = N_("LEADER") if name == "leader" else N_("PERSON")
    relation = name == "person"
    handle = "P1" if relation else "L1"
    return Group(
        name,
        summary,
        {
            "add": Command(
                "add",
                N_("Add somebody by alias; --name stays in this file."),
                add(name),
                words=N_("ALIAS"),
                options=options,
                examples=(f"ptui {name} add Director",)
                if not relation
                else ("ptui person add Finance --relation peer",),
            ),
            "ls": Command(
                "ls",
                N_("List people by alias."),
                ls(name),
                options=(Option("all", "", N_("past ones too")), COUNT, *FORM),
                examples=(f"ptui {name} ls", f"ptui {name} ls --json"),
            ),
            "show": Command(
                "show",
                N_("Show somebody: how they work, what they answer for, what is open."),
                show(name),
                words=word,
                options=(Option("names", "", N_("the real name too")),),
                examples=(("ptui leader L1",) if not relation else ("ptui person P1",)),
            ),
            "set": Command(
                "set",
                N_("Change somebody; none takes a text away."),
                set_(name),
                words=word,
                options=(
                    Option("alias", "ALIAS", N_("another alias")),
                    *options,
                    Option("past", "", N_("no longer there")),
                    Option("active", "", N_("there again")),
                ),
                examples=(
                    N_('ptui leader set L1 --dislikes "surprises" --basis seen')
                    if not relation
                    else "ptui person set P1 --in-room",
                ),
            ),
            "style": Command(
                "style",
                N_("Show how somebody works, in six lines, or change some of them."),
                style(name),
                words=word,
                options=HOW,
                examples=(
                    f"ptui {name} style {handle}",
                    N_('ptui leader style L1 --depth "the headline first" --basis seen')
                    if not relation
                    else N_('ptui person style P1 --best-time "before eleven"'),
                ),
            ),
            "forget": Command(
                "forget",
                N_("Erase who somebody is; links stay, so that counts stay. No undo."),
                forget(name),
                words=word,
                options=(
                    Option(
                        "keep-notes", "", N_("keep notes about them, without the name")
                    ),
                    Option("yes", "", N_("do not ask"), short="y"),
                ),
                notes=(N_("Asked about twice; without a terminal: --yes."),),
                examples=(f"ptui {name} forget {handle}",),
            ),
        },
        default="ls",
        other="show",
        examples=("ptui leader", "ptui leader L1")
        if not relation
        else ("ptui person", "ptui person P1"),
    )


LEADER = _group("leader", N_("The people you work for."), PERSON)
LEADER.commands["priority"] = PRIORITIES
LEADER.commands["room"] = Command(
    "room",
    N_("List who takes part in decisions about you, and what each has seen."),
    room,
    examples=("ptui leader room", "ptui leader set L2 --in-room"),
)
LEADER.commands["coverage"] = Command(
    "coverage",
    N_("Say how far your goals serve your leader, and which are your own course."),
    coverage,
    examples=("ptui leader coverage", "ptui leader coverage --json"),
)
LEADER.commands["change"] = Command(
    "change",
    N_("Somebody else leads you now; history and evidence stay with the one before."),
    change,
    words=N_("ALIAS"),
    options=(
        Option(
            "stays", "leader|above", N_("the one before stays: as leader, or above")
        ),
    ),
    examples=("ptui leader change Head", "ptui leader change L2 --stays above"),
)

COMMANDS: dict[str, Command | Group] = {
    "leader": LEADER,
    "person": _group(
        "person",
        N_("The people you work with."),
        (
            Option("relation", "REL", N_("leader, above, peer, below or outside")),
            *PERSON,
        ),
    ),
}
