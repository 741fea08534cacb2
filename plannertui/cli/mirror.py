"""``mirror``: counts of one's own conduct, each with the list that it counts."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import clip
from plannertui.core.errors import Usage
from plannertui.core.text import cell_width, pad
from plannertui.core.words import kind_word
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.figures import Figure
    from plannertui.core.mirror import Line
    from plannertui.store.mirror import Mirror

CALL = "ptui mirror"
BAR = 10
MOST_DAYS = 3660


def show(session: Session, args: Args) -> int:
    """Print the mirror, or open one of its figures."""
    from plannertui.store import figures, mirror

    nouns.no_words(args, CALL)
    start = session.settings.year_start
    span = _span(session, args)
    found = mirror.read(session.db, span, session.today, session.calendar, start)
    name = args.get("open")
    if name is not None:
        return _open(session, args, found.figure(name.replace("-", "_")))
    if args.has("json"):
        shown = figures.snapshot(
            session.db, session.today, session.calendar, start, span
        )
        days = [day for week in found.weeks for day in week.days]
        shown["reflected_on"] = [
            day.day.isoformat() for day in days if day.mark == "reflected"
        ]
        shown["weeks_kept"] = sum(week.kept for week in found.weeks)
        session.out.document(shown)
        return 0
    _print(session, found)
    if args.has("year"):
        _heat(session, found)
    return 0


MARKS = {"reflected": "#", "free": ":", "missed": " ", "off": ".", "ahead": " "}


def _heat(session: Session, found: Mirror) -> None:
    """The year as a drawing: a column for each week, a line for each day of it."""
    from plannertui.core.words import WEEKDAYS

    names = [_(name) for name in WEEKDAYS]
    left = max(map(cell_width, names)) + 2
    session.out.line()
    for weekday, name in enumerate(names):
        marks = [
            next((MARKS[d.mark] for d in w.days if d.day.weekday() == weekday), " ")
            for w in found.weeks
        ]
        session.out.line((pad(name, left), "quiet"), ("".join(marks), "accent"))
    about = _("# reflected   : free   . day off")
    session.out.line(" " * left, (about, "quiet"))


def _span(session: Session, args: Args) -> tuple[date, date]:
    """The days that the options ask for; the last ninety without any."""
    from plannertui.core.figures import span_days
    from plannertui.store import mirror

    given = [name for name in ("days", "quarter", "year") if args.has(name)]
    if len(given) > 1:
        raise Usage(_("Give one of --days, --quarter and --year."))
    if given and given[0] != "days":
        return mirror.span(given[0], session.today, session.settings.year_start)
    text = args.get("days")
    if text is None:
        return span_days(session.today)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST_DAYS):
        message = _("--days is a number from 1 to {most}.")
        raise Usage(message.format(most=MOST_DAYS))
    return span_days(session.today, int(text))


def _print(session: Session, found: Mirror) -> None:
    """Every block of the mirror, a line for each figure."""
    from plannertui.core.mirror import blocks

    out = session.out
    since = _("{first} to {last}").format(first=found.first, last=found.last)
    own = _("no score, no rank, yours alone")
    out.line((_("Mirror"), "strong"), f"  {since}   ", (own, "quiet"))
    shown = blocks(found.figures, found.standings, found.proved, session.today)
    left = max(cell_width(block.name) for block in shown) + 2
    widths = [cell_width(_label(each)) for block in shown for each in block.lines]
    room = min(44, max(widths, default=0)) + 2
    for block in shown:
        head = block.name
        for each in block.lines:
            cells: list[Cell] = [(pad(head, left), "strong")]
            cells.append(pad(_label(each), room))
            out.line(*cells, *_value(each))
            head = ""
        if not block.lines:
            out.line((pad(block.name, left), "strong"), (block.empty, "quiet"))
    figure = found.figures["reflected"]
    days = "".join("#" if case.counts else "." for case in figure.cases)
    out.line(" " * left, (days, "accent"))
    kept = sum(week.kept for week in found.weeks)
    out.line(" " * left, (_("weeks kept: {count}").format(count=kept), "quiet"))


def _label(each: Line) -> str:
    return ("  " if each.indent else "") + clip(each.label, 44)


def _value(each: Line) -> list[Cell]:
    from plannertui.core.mirror import answer_word

    if each.answers:
        return [" ".join(map(answer_word, each.answers))]
    if each.bar is not None:
        count, total = each.bar
        width = min(BAR, total)
        full = count * width // total if total else 0
        drawn = pad("#" * full + "-" * (width - full), BAR + 2)
        return [(drawn, "accent"), each.value]
    return [(each.value, "warn" if each.gap else "")]


def _open(session: Session, args: Args, figure: Figure) -> int:
    """Print what a figure counts, and out of what."""
    from plannertui.core.mirror import answer_word, definition, title, value
    from plannertui.store import mirror

    out = session.out
    cases = mirror.items(session.db, figure)
    if args.has("json"):
        out.document(
            figure.as_data()
            | {
                "name": figure.name,
                "cases": [
                    {
                        "handle": item.handle if item is not None else None,
                        "day": case.day.isoformat() if case.day else None,
                        "counts": case.counts,
                        "word": case.word,
                        "text": item.text if item is not None else "",
                    }
                    for case, item in cases
                ],
            }
        )
        return 0
    out.line((title(figure.name), "strong"), "  ", (value(figure), "accent"))
    out.line((definition(figure.name), "quiet"))
    rows: list[list[Cell]] = []
    for case, item in cases:
        word = case.word
        said = answer_word(word) if word in ("yes", "partly", "no") else kind_word(word)
        rows.append(
            [
                "+" if case.counts else "-",
                (item.handle if item is not None else "", "accent"),
                case.day.isoformat() if case.day else "",
                said,
                clip(item.text, 80) if item is not None else "",
            ]
        )
    out.table(rows)
    return 0


def answer(session: Session, args: Args) -> int:
    """Answer a standard: its number or the one in turn, yes, partly or no, an example."""
    from plannertui.core.mirror import ANSWERS, answer_word
    from plannertui.store import mirror

    words = list(args.words)
    standard = int(words.pop(0)[:4]) if words and words[0].isdecimal() else None
    known = {**{each: each for each in ANSWERS}, **{answer_word(a): a for a in ANSWERS}}
    if not words or words[0].lower() not in known:
        raise Usage(_("Answer yes, partly or no: ptui mirror answer partly"))
    answered = known[words[0].lower()]
    example = session.joined(words[1:])
    entry, standing = mirror.answer(
        session.db,
        answered,
        example,
        today=session.today,
        now=session.now,
        year_start=session.settings.year_start,
        standard=standard,
    )
    if args.has("json"):
        session.out.document(
            {
                "handle": entry.handle,
                "standard": standing.standard,
                "text": standing.text,
                "answer": answered,
                "answers": list(standing.last),
            }
        )
    else:
        answers = " ".join(map(answer_word, standing.last))
        session.out.line(f"{entry.handle}  {clip(standing.text, 60)}  {answers}")
    return 0


GROUP = Group(
    "mirror",
    N_("Counts of your own conduct: no score, no rank, yours alone."),
    {
        "show": Command(
            "show",
            N_("Print the mirror of the last 90 days."),
            show,
            options=(
                Option("days", "NUM", N_("of so many days")),
                Option("quarter", "", N_("of this quarter")),
                Option("year", "", N_("of this year")),
                Option("open", "NAME", N_("the list that a figure counts")),
            ),
            notes=(
                N_("Figures by name: started options warned surprised lessons kept"),
                N_("kept_up kept_peers kept_down aligned own basis_said basis_seen"),
                N_("basis_guess basis_stale checked reflected standard_1 evidence_G1"),
            ),
            examples=(
                "ptui mirror",
                "ptui mirror --year --json",
                "ptui mirror --open kept_down",
            ),
        ),
        "answer": Command(
            "answer",
            N_("Answer the standard whose turn it is, or the one with this number."),
            answer,
            words=N_("[NUMBER] yes|partly|no [EXAMPLE…]"),
            examples=(
                N_('ptui mirror answer partly "told IT a day late"'),
                "ptui mirror answer 3 yes",
            ),
        ),
    },
    default="show",
    examples=(
        "ptui mirror",
        "ptui mirror --days 30",
        "ptui mirror --open kept_down",
        N_('ptui mirror answer partly "told IT a day late"'),
    ),
)

COMMANDS: dict[str, Command | Group] = {"mirror": GROUP}
