"""``evidence``: wins by goal and month, claims to be proved, gaps, witnesses, credit."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import LISTED, chosen, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip
from plannertui.core.errors import Usage
from plannertui.core.mentions import spoken
from plannertui.core.words import kind_word, month_name
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.entries import Entry
    from plannertui.core.figures import Proved

CALL = "ptui evidence"
STYLES = {"claim": "warn", "evidence": "good", "used": "quiet"}


def ls(session: Session, args: Args) -> int:
    """Print the year's wins: by goal and month, or the list that an option asks for."""
    from plannertui.store import entries

    nouns.no_words(args, CALL)
    found, first, last = _year(session, args)
    wins = entries.wins(session.db, since=first, until=last)
    if args.has("goal"):
        goal = nouns.goal(session, args.get("goal") or "")
        wins = [win for win in wins if goal.id in {ref.id for ref in win.refs}]
        found = [each for each in found if each.goal_id == goal.id]
    wins = chosen(session, args, wins, lambda win: (win.day, win.day))
    if args.has("gaps"):
        return _gaps(session, args, found)
    if args.has("claims"):
        return _list(session, args, _of(wins, "claim"))
    for option, field in (("witnesses", "witnesses"), ("credits", "credit")):
        if args.has(option):
            return _by_person(session, args, wins, field)
    if args.has("all"):
        return _list(session, args, wins)
    if args.has("json"):
        session.out.document(
            {
                "first": first.isoformat(),
                "last": last.isoformat(),
                "goals": [_data(session, each) for each in found],
                "claims": [win.handle for win in _of(wins, "claim")],
            }
        )
        return 0
    if found:
        _strips(session, found, first)
    claims = _of(wins, "claim")
    if claims:
        said = ngettext(
            "{count} claim to be proved:", "{count} claims to be proved:", len(claims)
        )
        session.out.line()
        session.out.line((said.format(count=len(claims)), "strong"))
        _list(session, args, claims)
    if not wins:
        session.out.talk(_('No wins yet. Write one down: ptui win "…" --goal G1'))
    return 0


def _year(session: Session, args: Args) -> tuple[list[Proved], date, date]:
    """The wins of the year asked for by goal; its first day, and its last up to today."""
    from plannertui.core.day import year_span
    from plannertui.store import evidence

    year = nouns.year_option(session, args)
    start = session.settings.year_start
    first, last = year_span(year, start)
    found = evidence.by_goal(session.db, (first, last), session.today, start, year)
    return found, first, min(last, session.today)


def _of(wins: Sequence[Entry], word: str) -> list[Entry]:
    from plannertui.core.entries import proof

    return [win for win in wins if proof(win) == word]


def _strips(session: Session, found: Sequence[Proved], first: date) -> None:
    """One line for each goal: how many are proved in each month, and in words."""
    months = [month_name((first.month - 1 + at) % 12 + 1) for at in range(12)]
    heads: list[Cell] = ["", "", *((name, "quiet") for name in months), ""]
    rows: list[list[Cell]] = [heads]
    for each in found:
        cells: list[Cell] = []
        for proved, claimed in each.months:
            sign = str(proved) if proved else "?" if claimed else "."
            style = "accent" if proved else "warn" if claimed else "quiet"
            cells.append((sign, style))
        title = clip(each.title, 24) if each.handle else _("no goal named")
        row: list[Cell] = [(each.handle, "accent"), title, *cells]
        rows.append([*row, _said(session, each)])
    session.out.table(rows)


def _said(session: Session, each: Proved) -> Cell:
    from plannertui.core.mirror import pair

    said = _("{count} proved").format(count=each.evidence.count)
    if each.claims.count:
        word = ngettext("{count} claim", "{count} claims", each.claims.count)
        said = pair(said, word.format(count=each.claims.count))
    if each.goal_id is not None and _is_gap(session, each):
        return pair(said, _since(each)), "warn"
    return said


def _since(each: Proved) -> str:
    if each.last is None:
        return _("none yet")
    return _("none since {month}").format(month=f"{each.last:%Y-%m}")


def _is_gap(session: Session, each: Proved) -> bool:
    from plannertui.core.figures import is_gap

    return is_gap(each, session.today)


def _gaps(session: Session, args: Args, found: Sequence[Proved]) -> int:
    """Print the goals for which nothing was proved for two months."""
    gaps = [e for e in found if e.goal_id is not None and _is_gap(session, e)]
    if args.has("json"):
        session.out.document([_data(session, each) for each in gaps])
        return 0
    session.out.table(
        [[(each.handle, "accent"), clip(each.title, 40), _since(each)] for each in gaps]
    )
    if not gaps:
        session.out.talk(_("No gaps: every goal has evidence of the last two months."))
    return 0


def _list(session: Session, args: Args, wins: Sequence[Entry]) -> int:
    """Print wins, the newest first, each with how far it is proved."""
    from plannertui.cli.show import data
    from plannertui.core.entries import Win, proof
    from plannertui.core.proof import claims

    if printed(session, args, "evidence ls", lambda: [data(session, w) for w in wins]):
        return 0
    rows: list[list[Cell]] = []
    for entry in wins:
        word = str(proof(entry))
        win = entry.win or Win()
        said = claims(entry.text, win) or win.number or win.document
        rows.append(
            [
                (entry.handle, "accent"),
                entry.day.isoformat(),
                (kind_word(word), STYLES[word]),
                [(clip(spoken(entry), 80), ""), (f"  {said}" if said else "", "quiet")],
            ]
        )
    session.out.table(rows)
    if not wins:
        session.out.talk(_("Nothing here."))
    return 0


def _by_person(session: Session, args: Args, wins: Sequence[Entry], field: str) -> int:
    """Print who saw what, or whom which wins credit; the most often named first."""
    from plannertui.core.entries import Win
    from plannertui.store.evidence import aliases

    known = aliases(session.db)
    groups: dict[str, list[Entry]] = {}
    for entry in wins:
        for name in getattr(entry.win or Win(), field):
            groups.setdefault(name, []).append(entry)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    if args.has("json"):
        session.out.document(
            [
                {
                    "name": name,
                    "alias": known.get(name),
                    "wins": [entry.handle for entry in of],
                }
                for name, of in ordered
            ]
        )
        return 0
    for name, of in ordered:
        session.out.line((known.get(name, name), "strong"), f"  {len(of)}")
        session.out.table(
            [["  " + e.handle, e.day.isoformat(), clip(spoken(e), 80)] for e in of]
        )
    if not ordered:
        session.out.talk(
            _("Nobody is named yet: ptui evidence prove J105 --witness L1")
        )
    return 0


def _data(session: Session, each: Proved) -> dict[str, Any]:
    from plannertui.core.figures import months_since

    return {
        "goal": each.handle or None,
        "title": each.title,
        "evidence": each.evidence.count,
        "claims": each.claims.count,
        "months": [{"evidence": a, "claims": b} for a, b in each.months],
        "last": each.last.isoformat() if each.last else None,
        "months_since": months_since(each.last, session.today),
    }


def prove(session: Session, args: Args) -> int:
    """Give a win what proves it, and say what it is now."""
    from plannertui.cli.changes import win_of
    from plannertui.cli.show import data
    from plannertui.core.entries import SHARES, proof
    from plannertui.store import entries
    from plannertui.store.refs import need

    (name,) = nouns.only(args, 1, CALL + " prove")
    entry = entries.get(session.db, need(session.db, name.lstrip("@"), "entry")[0])
    for option in PROOF:
        if any(not text.strip() for text in args.all(option.name)):
            message = _("--{option} is empty. Give some text; none takes it away.")
            raise Usage(message.format(option=option.name))
    changes: dict[str, Any] = {"win": win_of(session, args, entry)}
    share = args.get("share")
    if share is not None:
        if share not in SHARES:
            raise Usage(
                _("{value} is none of: {choices}").format(
                    value=share, choices=", ".join(SHARES)
                )
            )
        changes["share"] = share
    if not any(args.has(option.name) for option in PROOF):
        raise Usage(_("With what? --number, --document, --witness or --credit."))
    saved = entries.edit(session.db, entry, session.now, base_rev=entry.rev, **changes)
    if args.has("json"):
        session.out.document(data(session, saved))
    else:
        word = kind_word(str(proof(saved)))
        session.out.line(f"{saved.handle}  {word}  {clip(saved.text, 60)}")
    return 0


PROOF = (
    Option("number", "TEXT", N_("the number, such as: 188 of 412")),
    Option("document", "TEXT", N_("where it can be looked up")),
    Option("witness", "NAME", N_("who saw it at first hand; may repeat"), many=True),
    Option("credit", "NAME", N_("who made it possible; may repeat"), many=True),
    Option("before", "TEXT", N_("how it was before")),
    Option("did", "TEXT", N_("what you did")),
    Option("after", "TEXT", N_("how it is now")),
    Option("share", "WORD", N_("private or ready")),
    Option("used", "DATE", N_("used in a report on this day")),
)

GROUP = Group(
    "evidence",
    N_("Wins by goal and month: what is proved, what is only said, the gaps."),
    {
        "ls": Command(
            "ls",
            N_("Print the year's wins by goal and month, and the claims to be proved."),
            ls,
            options=(
                Option("claims", "", N_("only what is still to be proved")),
                Option("gaps", "", N_("goals with nothing proved for two months")),
                Option("witnesses", "", N_("by who saw it at first hand")),
                Option("credits", "", N_("by whom it credits")),
                Option("all", "", N_("every win, in a list")),
                Option("goal", "GOAL", N_("only of this goal")),
                Option("year", "YEAR", N_("of this year; the current one")),
                *LISTED,
            ),
            notes=(N_("In a month: how many are proved, ? for claims, . for none."),),
            examples=(
                "ptui evidence",
                "ptui evidence --claims",
                "ptui evidence --witnesses --json",
            ),
        ),
        "prove": Command(
            "prove",
            N_("Give a win its proof; none takes one away."),
            prove,
            words=N_("HANDLE"),
            options=PROOF,
            examples=(
                N_('ptui evidence prove J105 --number "188 of 412" --witness L2'),
                N_(
                    'ptui evidence prove J105 --document "register, 14 Sep" --credit it'
                ),
                "ptui evidence prove J105 --share ready",
            ),
        ),
    },
    default="ls",
    examples=(
        "ptui evidence --claims",
        "ptui evidence --gaps --json",
        "ptui evidence --witnesses",
        N_('ptui evidence prove J105 --number "188 of 412" --witness L2'),
    ),
)

COMMANDS: dict[str, Command | Group] = {"evidence": GROUP}
