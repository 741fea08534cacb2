"""``leader`` and ``person``: whom one works for and with."""

from __future__ import annotations

from plannertui.cli.options import Command, Group, Option
from plannertui.cli.people import OPTIONS as PERSON
from plannertui.cli.people import add, ls, set_, show
from plannertui.cli.priorities import GROUP as PRIORITIES
from plannertui.i18n import N_


def _group(name: str, summary: str, options: tuple[Option, ...]) -> Group:
    """The commands of ``leader`` or ``person``."""
    word = N_("LEADER") if name == "leader" else N_("PERSON")
    relation = name == "person"
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
                options=(Option("all", "", N_("past ones too")),),
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
        },
        default="ls",
        other="show",
        examples=("ptui leader", "ptui leader L1")
        if not relation
        else ("ptui person", "ptui person P1"),
    )


LEADER = _group("leader", N_("The people you work for."), PERSON)
LEADER.commands["priority"] = PRIORITIES

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
