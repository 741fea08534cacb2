"""``year``: its theme, what it refuses, the standards; and how far it has gone."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.listing import COUNT, FORM, printed
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.cli.words import day_words
from plannertui.core.errors import Usage
from plannertui.core.words import kind_word
from plannertui.i18n import N_, ngettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.years import Year

CALL = "ptui year"
LISTS = (
    ("refuse", "refusals"),
    ("standard", "standards"),
    ("line", "lines"),
    ("asker", "askers"),
)


def _span(session: Session, number: int) -> dict[str, Any]:
    """The year's days: from, to, workdays in all and gone, and whether they are known."""
    from plannertui.core.day import year_span

    first, last = year_span(number, session.settings.year_start)
    calendar = session.calendar
    gone = 0
    if session.today >= first:
        gone = calendar.count(first, min(last, session.today))
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "workdays": calendar.count(first, last),
        "gone": gone,
        "published": calendar.known(first.year) and calendar.known(last.year),
    }


def show(session: Session, args: Args) -> int:
    """Print a year: what it is for, how it stands."""
    from plannertui.cli.goalview import bar, pace_of
    from plannertui.cli.quick import goal_words
    from plannertui.core.rows import as_data
    from plannertui.store import goals, years

    number = _number(session, args)
    year = years.get(session.db, number)
    span = _span(session, number)
    found = goals.ls(session.db, number, past=True)
    if args.has("json"):
        session.out.document(
            {
                "type": "year",
                **as_data(year),
                "days": span,
                "goals": [goal.handle for goal in found],
                "years": years.known(session.db),
            }
        )
        return 0
    out = session.out
    theme = [("  " + year.theme, "strong")] if year.theme else []
    out.line([(str(number), "accent"), *theme])
    out.line(
        "  ",
        _("{gone} of {all} workdays gone").format(
            gone=span["gone"], all=span["workdays"]
        ),
    )
    if not span["published"]:
        out.line("  ", (unpublished(session, number), "warn"))
    if year.appraisal_on is not None:
        out.line("  ", _("Appraisal: {day}").format(day=day_words(year.appraisal_on)))
    for name, lines in (
        (_("Refuses"), list(year.refusals)),
        (_("Standards"), [f"{line.id}. {line.text}" for line in year.standards]),
        (_("Not for anybody"), list(year.lines)),
        (_("People to ask"), list(year.askers)),
    ):
        if lines:
            out.line()
            out.line((name, "accent"))
            for line in lines:
                out.line("  ", line)
    if found:
        out.line()
        out.line((_("Goals"), "accent"))
        rows: list[list[Cell]] = []
        for goal in found:
            pace = pace_of(session, goal)
            words = goal_words(goal, pace)[len(goal.handle) :].strip()
            if goal.state != "active":
                words = kind_word(goal.state)
            rows.append(["  ", goal.handle, goal.title, bar(pace), words])
        out.table(rows)
    if not (year.id or found):
        out.talk(_('Nothing planned yet. Begin: ptui year set --theme "…"'))
    return 0


def unpublished(session: Session, number: int) -> str:
    """What is said of a year whose holidays nobody has announced."""
    return _(
        "{year}: the holidays of {calendar} are not published; Monday to Friday assumed"
    ).format(year=number, calendar=session.settings.calendar)


def _number(session: Session, args: Args) -> int:
    from plannertui.core.day import year_of

    if not args.words:
        return year_of(session.today, session.settings.year_start)
    (text,) = nouns.only(args, 1, CALL + " show")
    return nouns.year_number(text)


def set_(session: Session, args: Args) -> int:
    """Change a year; a list that is given replaces the one kept."""
    from plannertui.store import years

    number = _number(session, args)
    year = years.get(session.db, number)
    changes: dict[str, Any] = {}
    theme = nouns.option_text(session, args, "theme")
    if theme is not None:
        changes["theme"] = theme
    for option, field in LISTS:
        lines = _lines(session, args, option)
        if lines is None:
            continue
        kept = list(getattr(year, field))
        if args.has("add"):
            lines = [*kept, *lines]
        elif field == "standards":
            # A standard keeps its number, so that the mirror still knows it.
            by_text = {standard.text: standard for standard in year.standards}
            lines = [by_text.get(line, line) for line in lines]
        changes[field] = lines
    if nouns.is_none(args, "appraisal"):
        changes["appraisal_on"] = None
    elif args.has("appraisal"):
        changes["appraisal_on"] = nouns.option_day(session, args, "appraisal")
    code = nouns.option_text(session, args, "calendar")
    if code:
        from plannertui.core.workdays import build_year

        build_year(code, number)
        changes["calendar"] = code
    if not changes:
        raise Usage(_("What should change? See: {call} --help").format(call=CALL))
    year = years.save(session.db, number, session.now, **changes)
    if code:
        _use_calendar(session, code)
    return _tell(session, year)


def _lines(session: Session, args: Args, option: str) -> list[Any] | None:
    """The lines given with ``option``; empty where the only one says none."""
    if not args.has(option):
        return None
    lines = [session.readable(text).strip() for text in args.all(option)]
    if len(lines) == 1 and lines[0].lower() in nouns.NONE:
        return []
    return lines


def _use_calendar(session: Session, code: str) -> None:
    """Make ``code`` the calendar in the settings."""
    from plannertui.store.settings import config_path, save

    path = config_path(session.env, session.args.get("config"))
    save(path, {"calendar": code})
    session.out.talk(_("Calendar {code} is in {path}.").format(code=code, path=path))


def _tell(session: Session, year: Year) -> int:
    from plannertui.core.rows import as_data

    if session.args.has("json"):
        session.out.document({"type": "year", **as_data(year)})
        return 0
    session.out.line((str(year.year), "accent"), "  ", year.theme or _("no theme yet"))
    return 0


def ls(session: Session, args: Args) -> int:
    """Print the years there are."""
    from plannertui.store import goals, years

    nouns.no_words(args, CALL + " ls")
    numbers = years.known(session.db)
    kept = [years.get(session.db, number) for number in numbers]
    counts = [len(goals.ls(session.db, number, past=True)) for number in numbers]
    kept = kept[: args.count("n")]
    told = [
        {"year": year.year, "theme": year.theme, "goals": count}
        for year, count in zip(kept, counts, strict=False)
    ]
    if printed(session, args, "year ls", lambda: told):
        return 0
    session.out.table(
        [
            (str(year.year), "accent"),
            ngettext("{count} goal", "{count} goals", count).format(count=count),
            year.theme,
        ]
        for year, count in zip(kept, counts, strict=False)
    )
    if not numbers:
        session.out.talk(_('Nothing planned yet. Begin: ptui year set --theme "…"'))
    return 0


def board(session: Session, args: Args) -> int:
    """Print the board of a year."""
    from plannertui.cli.yearboard import show as show_board

    return show_board(session, args)


YEAR = N_("[YEAR]")

COMMANDS: dict[str, Command | Group] = {
    "year": Group(
        "year",
        N_("A year: its theme, what it refuses, your standards, its goals."),
        {
            "show": Command(
                "show",
                N_("Show a year; this one when none is named."),
                show,
                words=YEAR,
                examples=("ptui year", "ptui year 2024 --json"),
            ),
            "set": Command(
                "set",
                N_("Change a year. Lists are replaced; with --add they grow."),
                set_,
                words=YEAR,
                options=(
                    Option("theme", "TEXT", N_("one phrase")),
                    Option("refuse", "TEXT", N_("what it refuses, up to 5"), many=True),
                    Option(
                        "standard",
                        "TEXT",
                        N_("how you want people to work for you, up to 7"),
                        many=True,
                    ),
                    Option("line", "TEXT", N_("what you do for nobody"), many=True),
                    Option("asker", "TEXT", N_("whom you could ask"), many=True),
                    Option("add", "", N_("add to the lists")),
                    Option("appraisal", "DATE", N_("the day of the appraisal")),
                    Option("calendar", "CODE", N_("CN, DE-BY, US, mon-fri …")),
                ),
                examples=(
                    N_(
                        'ptui year set --theme "Fewer, finished" --refuse "a fifth list"'
                    ),
                    "ptui year set 2025 --calendar CN --appraisal 2025-10-28",
                ),
            ),
            "board": Command(
                "board",
                N_("Show the board of a year: goals by months, evidence, milestones."),
                board,
                words=YEAR,
                examples=("ptui year board", "ptui year board 2023 --json"),
            ),
            "ls": Command(
                "ls",
                N_("List the years."),
                ls,
                options=(COUNT, *FORM),
                examples=("ptui year ls",),
            ),
        },
        default="show",
        other="show",
        examples=("ptui year", "ptui year 2025", N_('ptui year set --theme "…"')),
    )
}
