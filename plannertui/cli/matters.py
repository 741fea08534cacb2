"""``matters``: what is open, by when it is due or by weight; what one takes up today."""

from __future__ import annotations

from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.quick import person as find_person
from plannertui.cli.words import clip, day_words
from plannertui.core.errors import NotFound, Usage
from plannertui.core.matter_words import (
    age,
    away,
    group_word,
    moved,
    quadrant_word,
    weight_word,
)
from plannertui.core.matters import (
    GROUPS,
    KINDS,
    NATURES,
    QUADRANTS,
    SIDES,
    STATES,
    Matter,
    Only,
    counted_on,
    group_of,
    is_of,
    is_soon,
    outcome,
    quadrant,
)
from plannertui.core.mentions import spoken
from plannertui.core.words import kind_word, state_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session


def matters(session: Session, args: Args) -> int:
    """Print the matters that the options ask for."""
    if args.words:
        raise Usage(_("Which do you mean? A matter by its handle: ptui matters M41"))
    found = _asked_for(session, args)
    found = chosen(session, args, found, lambda m: (m.due, m.due), past=False)
    if args.has("json") and args.has("quadrants") and not args.has("format"):
        session.out.document(_document(session, found))
        return 0
    if printed(session, args, "matters ls", lambda: [facts(session, m) for m in found]):
        return 0
    if not found:
        session.out.talk(_("Nothing is open here. To write one down: ptui promise …"))
        return 0
    headings: list[tuple[str, list[Matter]]]
    if args.has("quadrants"):
        headings = [
            (quadrant_word(box), [m for m in found if quadrant(m) == box])
            for box in QUADRANTS
        ]
    else:
        waiting = [m for m in found if m.state == "open"]
        headings = [
            (
                group_word(group),
                [m for m in waiting if group_of(m, session.today) == group],
            )
            for group in GROUPS
        ]
        headings.append((_("Closed"), [m for m in found if m.state != "open"]))
    shown = 0
    for heading, group in headings:
        if not group:
            continue
        if shown:
            session.out.line()
        shown += 1
        session.out.line((heading, "accent"))
        session.out.table([["  ", *_row(session, matter)] for matter in group])
    return 0


def _asked_for(session: Session, args: Args) -> list[Matter]:
    """The matters that the options let through, in the order of their due dates."""
    from plannertui.store import matters as store
    from plannertui.store import people

    state = args.choice("state", (*STATES, "all")) or "open"
    kind = _word(args, "kind", (*KINDS, "grey"))
    person, goal = args.get("person"), args.get("goal")
    only = Only(
        kind=kind,
        nature=_word(args, "nature", NATURES),
        person_id=None if person is None else find_person(session, person)[0],
        goal_id=None if goal is None else _goal(session, goal),
        side=args.choice("side", tuple(SIDES)),  # type: ignore[arg-type]
    )
    found = store.ls(session.db, state=None if state == "all" else state)
    relations = {each.id: each.relation for each in people.ls(session.db, past=True)}
    return [matter for matter in found if only.lets(matter, relations)]


def _word(args: Args, name: str, among: tuple[str, ...]) -> str | None:
    """One of ``among``, also by the word that lists show."""
    given = args.get(name)
    if given is None:
        return None
    word = given.strip().lower()
    word = next((each for each in among if kind_word(each) == given), word)
    word = "grey" if word == "gray" else word.removesuffix("s")
    if word not in among:
        raise Usage(
            _('--{name} is one of {choices}, not "{text}".').format(
                name=name, choices=", ".join(among), text=given
            )
        )
    return word


def _goal(session: Session, name: str) -> int:
    found = session.find(name)
    if found[3] != "goal":
        raise NotFound(
            _("{handle} is no goal. See: ptui goal ls").format(handle=found[1])
        )
    return found[0]


def _row(session: Session, matter: Matter) -> list[Cell]:
    """One line: handle, kind, when, weight, text, with whom, how often moved, how old."""
    today, calendar = session.today, session.calendar
    when: Cell = ""
    if matter.state != "open":
        ended = outcome(matter) if matter.kind == "promise" else matter.state
        when = (state_word(ended), "quiet")
    elif matter.due is not None:
        style = "bad" if matter.due < today else ""
        if not style and is_soon(matter, today, calendar):
            style = "strong"
        when = (away(matter.due, today, calendar), style)
    kind = kind_word("grey" if matter.nature == "grey" else matter.kind)
    text: list[tuple[str, str]] = []
    if today in counted_on(matter):
        text.append(("* ", "accent"))
    text.append((clip(spoken(matter), 200), ""))
    person = matter.person
    if person is not None and f"@{person.handle}".casefold() not in (
        matter.title.casefold()
    ):
        text.append((f"  @{person.label}", "quiet"))
    about = [weight_word(matter), moved(matter), age(matter, today, calendar)]
    if is_of(matter, today) and today not in counted_on(matter):
        about.insert(0, _("today"))
    said = " · ".join(part for part in about if part)
    if said:
        text.append((f"  {said}", "quiet"))
    return [(matter.handle, "accent"), kind, when, text]


def facts(session: Session, matter: Matter) -> dict[str, Any]:
    """``matter`` as plain JSON values; of its boundary record only the decision."""
    from plannertui.core.rows import as_data

    values = as_data(matter)
    record = values.pop("boundary") or {}
    calendar, today = session.calendar, session.today
    return {
        "type": "matter",
        **values,
        "decision": record.get("decision"),
        "group": group_of(matter, today) if matter.state == "open" else None,
        "quadrant": quadrant(matter),
        "soon": is_soon(matter, today, calendar),
        "of_today": is_of(matter, today),
        "workdays": calendar.between(matter.day, matter.closed_on or today),
        "outcome": outcome(matter) if matter.kind == "promise" else None,
    }


def _document(session: Session, found: list[Matter]) -> Any:
    """An object with a list for each box of urgent and important."""
    return {
        box: [facts(session, matter) for matter in found if quadrant(matter) == box]
        for box in QUADRANTS
    }


def show(session: Session, args: Args) -> int:
    """Print everything about matters; ``show`` does it."""
    from plannertui.cli.show import show as show_things

    return show_things(session, args)


def carry(session: Session, args: Args) -> int:
    """Take matters up again today; each keeps its day, its due date and its history."""
    from plannertui.store import carrying

    return _each(session, args, N_("take up {what}"), carrying.carry, _("of {day}"))


def first(session: Session, args: Args) -> int:
    """Make one matter the one that counts today."""
    from plannertui.store import carrying

    if len(args.words) > 1:
        raise Usage(_("One thing counts most: give one handle."))
    return _each(
        session, args, N_("put first {what}"), carrying.put_first, _("first on {day}")
    )


def leave(session: Session, args: Args) -> int:
    """Take matters off the day again."""
    from plannertui.store import carrying

    return _each(
        session,
        args,
        N_("take {what} off the day"),
        carrying.let_go,
        _("not of {day} now"),
    )


def _each(session: Session, args: Args, label: str, verb: Any, said: str) -> int:
    """Do ``verb`` to each matter named, as one step, and print what they are."""
    from plannertui.store import matters as store

    if not args.words:
        raise Usage(_("Which one? Give a handle such as M41; ptui matters shows them."))
    on = args.get("on")
    day = session.today if on is None else session.date(on)
    targets = session.find_all(args.words)
    for target in targets:
        if target[3] != "matter":
            raise NotFound(
                _("{handle} is no matter. See: ptui matters").format(handle=target[1])
            )
    changed = []
    with session.db.write(label, session.now, what=" ".join(t[1] for t in targets)):
        for target in targets:
            matter = store.get(session.db, target[0])
            changed.append(verb(session.db, matter, day, session.now))
    if args.has("json"):
        session.out.document([facts(session, matter) for matter in changed])
        return 0
    for matter in changed:
        words = said.format(day=day_words(day))
        session.out.line("  ".join([matter.handle, words, clip(matter.title, 50)]))
    return 0


_ON = Option("on", "DATE", N_("the day, today if left out"))

COMMANDS: dict[str, Command | Group] = {
    "matters": Group(
        "matters",
        N_("Promises, what you wait for, what to ask, tasks: what is open and when."),
        {
            "ls": Command(
                "ls",
                N_("List them by when they are due, or by urgent and important."),
                matters,
                options=(
                    Option("kind", "KIND", N_("task, promise, waiting, ask or grey")),
                    Option("nature", "NATURE", N_("official, private or grey")),
                    Option("person", "WHO", N_("with this person")),
                    Option("goal", "GOAL", N_("for this goal")),
                    Option("state", "STATE", N_("open, done, dropped or all")),
                    Option("side", "SIDE", N_("with people up, peers or down")),
                    Option("quadrants", "", N_("by urgent and important")),
                    *LISTED,
                ),
                notes=(
                    N_("A period is one of due dates: --until fri, --on 2024-W38."),
                    N_("Change one: ptui edit M41 --urgent yes --important no."),
                    N_("Of a grey matter only the decision is shown here."),
                ),
                examples=(
                    "ptui matters",
                    "ptui matters --kind promise --side down",
                    "ptui matters --quadrants --json",
                ),
            ),
            "show": Command(
                "show",
                N_("Show everything about a matter."),
                show,
                words=N_("MATTER…"),
                options=(Option("log", "", N_("with its history")), Option("names")),
                examples=("ptui matters show M41", "ptui matters M41 --log"),
            ),
            "carry": Command(
                "carry",
                N_("Take open matters up again today; they are never moved by it."),
                carry,
                words=N_("MATTER…"),
                options=(_ON,),
                notes=(
                    N_("Its own day, its due date and its history stay as they are."),
                ),
                examples=("ptui matters carry M41", "ptui matters carry M41 --on mon"),
            ),
            "first": Command(
                "first",
                N_("Make one matter the one that counts today."),
                first,
                words=N_("MATTER"),
                options=(_ON,),
                examples=("ptui matters first M41",),
            ),
            "leave": Command(
                "leave",
                N_("Take matters off today's list; nothing else changes."),
                leave,
                words=N_("MATTER…"),
                options=(_ON,),
                examples=("ptui matters leave M41",),
            ),
        },
        default="ls",
        other="show",
        examples=(
            "ptui matters",
            "ptui matters ls --kind promise --side down",
            "ptui matters carry M41",
        ),
    ),
}
