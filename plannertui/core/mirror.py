"""What the mirror says: the figures in words, in the order one reads them.

No score, no rank, yours alone. Up always stands beside down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plannertui.core.figures import months_since
from plannertui.core.words import month_name
from plannertui.i18n import N_, ngettext, pgettext
from plannertui.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from plannertui.core.figures import Figure, Proved, Standing

ANSWERS = ("yes", "partly", "no")
SPANS = ("days", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the mirror: the figures it opens, its words, what is drawn beside it.

    ``bar`` is a count and out of how many; ``answers`` are marks of a standard, the
    oldest first; ``months`` are those of a goal.
    """

    opens: tuple[str, ...]
    label: str
    value: str = ""
    bar: tuple[int, int] | None = None
    answers: tuple[str, ...] = ()
    indent: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together under one word."""

    name: str
    lines: tuple[Line, ...]
    empty: str = ""


def blocks(
    found: Mapping[str, Figure],
    standings: Sequence[Standing],
    proved: Sequence[Proved],
    today: date,
) -> list[Block]:
    """The whole mirror."""
    return [
        Block(
            _("ACTIVE"),
            (
                _line(found, "started", _("started before being asked")),
                _line(found, "options", _("problems brought with options")),
            ),
        ),
        Block(
            _("THOUGHTFUL"),
            (
                Line(
                    ("warned", "surprised"),
                    _("warned early, and surprised"),
                    _("{warned} : {surprised}").format(
                        warned=found["warned"].count, surprised=found["surprised"].count
                    ),
                ),
                _line(found, "lessons", _("hard moments closed with a lesson")),
            ),
        ),
        Block(_("ASSURED"), tuple(_assured(found))),
        Block(
            _("STANDARD"),
            tuple(_standards(standings)),
            _("None yet. How do you want people to work for you? y writes it down."),
        ),
        Block(_("ALIGNMENT"), tuple(_alignment(found))),
        Block(_("BASIS"), (_basis(found),)),
        Block(
            _("PERSPECTIVE"),
            (
                Line(
                    ("checked",),
                    _("guesses checked, and right"),
                    _("{checked}, {right} right").format(
                        checked=found["checked"].total, right=found["checked"].count
                    ),
                ),
            ),
        ),
        Block(
            _("EVIDENCE"),
            tuple(_evidence(proved, today)),
            _("No goals this year yet."),
        ),
        Block(
            _("REFLECTED"),
            (_line(found, "reflected", _("workdays")),),
        ),
    ]


def _line(found: Mapping[str, Figure], name: str, label: str) -> Line:
    return Line((name,), label, value(found[name]))


def value(figure: Figure) -> str:
    """9; 17 of 19; a dash where there was nothing to count."""
    if figure.total is None:
        return str(figure.count)
    if not figure.total:
        return "-"
    return _("{count} of {all}").format(count=figure.count, all=figure.total)


def _assured(found: Mapping[str, Figure]) -> list[Line]:
    lines = [_line(found, "kept", _("promises kept or moved in time"))]
    sides = (
        ("kept_up", pgettext("direction", "up")),
        ("kept_peers", pgettext("direction", "peers")),
        ("kept_down", pgettext("direction", "down")),
        ("kept_others", pgettext("direction", "others")),
    )
    for name, label in sides:
        figure = found[name]
        if name != "kept_others" or figure.total:
            bar = (figure.count, figure.total or 0)
            lines.append(Line((name,), label, value(figure), bar, indent=True))
    return lines


def _standards(standings: Sequence[Standing]) -> list[Line]:
    return [Line((one.answers.name,), one.text, answers=one.last) for one in standings]


def _alignment(found: Mapping[str, Figure]) -> list[Line]:
    own = found["own"].count
    said = ngettext("goal is my own course", "goals are my own course", own)
    return [
        _line(found, "aligned", _("priorities served by a goal")),
        Line(("own",), said, str(own)),
    ]


def _basis(found: Mapping[str, Figure]) -> Line:
    stale = found["basis_stale"].count
    said = _("{said} said, {seen} seen, {guess} guessed").format(
        said=found["basis_said"].count,
        seen=found["basis_seen"].count,
        guess=found["basis_guess"].count,
    )
    old = ngettext("{count} guess is stale", "{count} guesses are stale", stale)
    names = ("basis_said", "basis_seen", "basis_guess", "basis_stale")
    return Line(names, said, old.format(count=stale) if stale else "", gap=bool(stale))


def _evidence(proved: Sequence[Proved], today: date) -> list[Line]:
    lines = []
    for each in proved:
        name = each.handle or "none"
        claims = each.claims.count
        said = str(each.evidence.count)
        if claims:
            more = ngettext("{count} claim", "{count} claims", claims)
            said = pair(said, more.format(count=claims))
        empty = not each.evidence.count
        if empty and each.goal_id is not None:
            since = months_since(each.last, today)
            if since is not None and each.last is not None:
                month = month_name(each.last.month)
                said = _("{count} since {month}").format(count=0, month=month)
                if claims:
                    said = pair(said, more.format(count=claims))
        label = f"{each.handle} {each.title}" if each.handle else _("no goal named")
        names = (f"evidence_{name}", f"claims_{name}")
        lines.append(Line(names, label, said, gap=empty))
    return lines


def pair(first: str, second: str) -> str:
    """Two short statements side by side."""
    return _("{first}, {second}").format(first=first, second=second)


DEFINITIONS = {
    "started": N_(
        "Tasks and promises of these days that you began before being asked. "
        "Grey matters are in no figure."
    ),
    "options": N_(
        "Situations of these days that went up, and those of them with two options or more."
    ),
    "warned": N_("Warnings given on or before the day they speak of."),
    "surprised": N_(
        "Surprises you caused and wrote down: to see them is the half of it."
    ),
    "lessons": N_("Situations closed in these days, and those of them with a lesson."),
    "kept": N_(
        "Promises that fell due in these days: kept, or moved at most twice and told in time."
    ),
    "aligned": N_(
        "What your leader answers for, and what of it an active goal serves."
    ),
    "own": N_("Active goals that serve nobody but you: as welcome as the others."),
    "basis_said": N_("What people said they answer for."),
    "basis_seen": N_("What you have seen them answer for."),
    "basis_guess": N_("What you guess: asking is the only way to better it."),
    "basis_stale": N_("Guesses not checked for sixty days."),
    "checked": N_(
        "Predictions and guesses that were checked; counted are those that held. "
        "Wrong and asked is better than never asked."
    ),
    "reflected": N_("The last twenty workdays, and those on which you reflected."),
    "reflected_span": N_(
        "The workdays of these days, and those on which you reflected."
    ),
    "evidence": N_("Wins with a number, a document or a witness."),
    "claims": N_("Wins that nothing proves so far."),
    "standard": N_("How you want people to work for you, asked of yourself."),
}


def definition(name: str) -> str:
    """What the figure called ``name`` counts, in a sentence."""
    known = DEFINITIONS.get(name) or DEFINITIONS.get(name.partition("_")[0], "")
    return _(known) if known else ""


TITLES = {
    "started": N_("Started before being asked"),
    "options": N_("Problems brought with options"),
    "warned": N_("Warned early"),
    "surprised": N_("Surprised"),
    "lessons": N_("Closed with a lesson"),
    "kept": N_("Promises kept or moved in time"),
    "kept_up": N_("Promises upward"),
    "kept_peers": N_("Promises to peers"),
    "kept_down": N_("Promises downward"),
    "kept_others": N_("Promises to others"),
    "aligned": N_("Priorities served"),
    "own": N_("My own course"),
    "basis_said": N_("Said"),
    "basis_seen": N_("Seen"),
    "basis_guess": N_("Guessed"),
    "basis_stale": N_("Stale guesses"),
    "checked": N_("Guesses checked"),
    "reflected": N_("Reflected"),
    "reflected_span": N_("Reflected"),
    "evidence": N_("Evidence"),
    "claims": N_("Claims"),
    "standard": N_("Standard"),
}


def title(name: str) -> str:
    """What the figure called ``name`` is called."""
    if name in TITLES:
        return _(TITLES[name])
    head, _under, rest = name.partition("_")
    msgid = TITLES.get(head, TITLES["evidence"])
    said = _(msgid)
    return f"{said} {rest}" if rest not in ("", "none") else said


def answer_word(answer: str) -> str:
    """Yes, partly, no, right, wrong, late: how a case went, in a word."""
    match answer:
        case "yes":
            return _("yes")
        case "partly":
            return _("partly")
        case "no":
            return _("no")
    return answer
