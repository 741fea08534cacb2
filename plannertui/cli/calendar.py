"""``calendar``: the day, the week, the month, what is ahead, and the year's board."""

from __future__ import annotations

from plannertui.cli import nouns
from plannertui.cli.options import Args, Command, Group, Option
from plannertui.core.errors import Usage
from plannertui.i18n import N_
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from plannertui.cli.output import Output
    from plannertui.cli.session import Session
    from plannertui.core.things import Scene, Thing
    from plannertui.outputs.calendar.canvas import Pen, Spans

CALL = "ptui calendar"
WIDE = 100
"""The cells of a view where nobody says how wide the terminal is."""
LEAST = 24
STYLES = {
    "here": "accent",
    "today": "accent",
    "strong": "strong",
    "heading": "strong",
    "muted": "quiet",
    "faint": "quiet",
    "line": "quiet",
    "track": "quiet",
    "weekend": "quiet",
    "holiday": "quiet",
    "behind": "warn",
    "at-risk": "bad",
    "on-pace": "good",
    "ahead": "good",
}


def pen_of(out: Output) -> Pen:
    """What the shell draws with: ASCII where its lines are of ambiguous width."""
    from plannertui.cli.output import wrapped
    from plannertui.core.text import cell_width, clusters, fit
    from plannertui.outputs.calendar.canvas import Pen

    ascii_ = out.ambiguous == 2
    signs = (
        (
            "|",
            "-",
            "-",
            "|",
            "|",
            "*",
            "o",
            "x",
            "*",
            "#",
            ".:#",
            "|",
            ".",
            "o",
            "x",
            "",
        )
        if ascii_
        else (
            *("·", "–", "─", "│", "▌", "•", "○", "●", "•", "█", "░▒▓", "┊", "─"),
            *("◇", "◆", "▏▎▍▌▋▊▉"),
        )
    )
    return Pen(
        lambda text: cell_width(text, out.ambiguous),
        lambda text: clusters(text, out.ambiguous),
        lambda text, width: fit(_plain(text), width, out.ambiguous),
        lambda text, width: wrapped(" ".join(text.split()), width, out.ambiguous),
        ascii_,
        *signs,
    )


def _plain(text: str) -> str:
    """``text`` as one visible line; what is only blanks stays so."""
    from plannertui.core.text import visible

    return text if text.isspace() else visible(" ".join(text.split()))


def _show(name: str) -> Any:
    def run(session: Session, args: Args) -> int:
        """Print one view."""
        return show(session, args, name)

    return run


def show(session: Session, args: Args, view: str) -> int:
    """Print a view of the calendar, as the screen shows it."""
    from plannertui.outputs.calendar import views

    nouns.no_words(args, f"{CALL} {view}")
    on = args.get("on")
    day, end = session.span(on, past=False) if on else (session.today, session.today)
    settings = session.settings
    first, last = views.window(view, day, settings.week_start, settings.year_start)
    if view == "agenda":
        last = _until(session, args, first, last if end == day else end)
    elif on and end > last:
        right = views.shows_all(day, end, settings.week_start, settings.year_start)
        call = f"{CALL} {right} --on " + (f'"{on}"' if " " in on else on)
        said = _("{on} is longer than this view. All of it: {call}")
        raise Usage(said.format(on=on, call=call))
    scene = read(session, day, first, last)
    if args.has("json"):
        session.out.document(data(session, scene, view))
        return 0
    pen = pen_of(session.out)
    width = max(LEAST, session.out.width or WIDE)
    sheet = views.draw(
        view,
        scene,
        width,
        0 if view == "month" else 40,
        pen,
        week_start=settings.week_start,
        per_hour=2,
        whole=False,
    )
    session.out.line((views.title(view, scene, pen), "strong"))
    if view != "agenda":
        session.out.line()
    lines(session.out, (*sheet.head, *sheet.body))
    after(session, scene, view)
    return 0


def board(session: Session, args: Args) -> int:
    """Print the board of a year."""
    from plannertui.cli.yearboard import show as show_board

    return show_board(session, args)


def _until(session: Session, args: Args, first: date, last: date) -> date:
    """The last day of the list: that of --to, or so many --days from the first on."""
    from plannertui.core.daywords import shift_days

    days = args.count("days")
    until = args.get("to")
    if days is not None and until is not None:
        raise Usage(_("Give one of --days and --to."))
    if days is not None:
        return shift_days(first, min(days, 36600) - 1)
    if until is None:
        return last
    end = session.span(until, past=False)[1]
    if end < first:
        raise Usage(_("It would end before it begins."))
    return end


def read(session: Session, day: date, first: date, last: date) -> Scene:
    """What is on from ``first`` to ``last``."""
    from plannertui import i18n
    from plannertui.core.things import Scene
    from plannertui.store.calendar import others
    from plannertui.store.items import counts
    from plannertui.store.onview import things

    return Scene(
        first=first,
        last=last,
        day=day,
        today=session.today,
        minute=session.now.hour * 60 + session.now.minute,
        calendar=session.calendar,
        things=things(
            session.db,
            first,
            last,
            calendar=session.calendar,
            zone=session.zone,
            today=session.today,
        ),
        also=others(session.db, session.settings, i18n.language(), session.today),
        counts=counts(session.db, first, last),
    )


def after(session: Session, scene: Scene, view: str) -> None:
    """What stands below a view: what was written on the day, an unpublished calendar."""
    from plannertui.outputs.calendar.words import unpublished

    out = session.out
    if view == "day":
        from plannertui.cli.lists import text_of
        from plannertui.store.onview import written

        found = written(session.db, scene.day)
        if found:
            out.line()
            out.line((_("Written"), "strong"))
            out.table(
                [(item.at or "", "quiet"), (item.handle, "accent"), text_of(item)]
                for item in found
            )
    said = unpublished(scene) if view != "agenda" else ""
    if said:
        out.line()
        out.line((said, "warn"))


def lines(out: Output, drawn: Iterable[Spans]) -> None:
    """Print ``drawn`` in the styles of the shell."""
    for spans in drawn:
        cells = [(text, _style(roles)) for text, roles in spans]
        while cells and not cells[-1][0].strip():
            cells.pop()
        if cells:
            cells[-1] = (cells[-1][0].rstrip(), cells[-1][1])
        out.line(*cells)


def _style(roles: str) -> str:
    """The one style of the shell that is nearest to the last of ``roles``."""
    found = [STYLES[role] for role in roles.split() if role in STYLES]
    return found[-1] if found else ""


def data(session: Session, scene: Scene, view: str) -> dict[str, Any]:
    """A view as data: every day with what it is and what is on it."""
    from plannertui.core.things import by_day

    lists = by_day(scene.things, scene.first, scene.last)
    days = []
    for number in range(scene.first.toordinal(), scene.last.toordinal() + 1):
        day = scene.first.fromordinal(number)
        things = lists.get(day, [])
        if view == "agenda" and not things and not scene.calendar.name(day):
            continue
        days.append(
            {
                "day": day.isoformat(),
                "kind": scene.calendar.kind(day),
                "holiday": scene.calendar.name(day),
                "elsewhere": dict(scene.holidays(day)),
                "written": scene.counts.get(day, 0),
                "things": [thing_data(thing) for thing in things],
            }
        )
    years = range(scene.first.year, scene.last.year + 1)
    return {
        "type": "calendar",
        "view": view,
        "from": scene.first.isoformat(),
        "to": scene.last.isoformat(),
        "unpublished": [year for year in years if not scene.calendar.known(year)],
        "days": days,
    }


def thing_data(thing: Thing) -> dict[str, Any]:
    """A thing of the calendar as data."""
    from plannertui.core.things import clock_of

    return {
        "type": thing.noun,
        "handle": thing.handle,
        "kind": "grey" if thing.nature == "grey" else thing.kind,
        "title": thing.title,
        "from": thing.first.isoformat(),
        "to": thing.last.isoformat(),
        "at": None if thing.at is None else clock_of(thing.at),
        "minutes": thing.minutes,
        "with": thing.who,
        "state": thing.state,
        "place": thing.place,
        "repeats": thing.repeats,
        "computed": thing.computed,
    }


ON = Option("on", "DATE", N_("the day, or a period such as 2024-W40"))

COMMANDS: dict[str, Command | Group] = {
    "calendar": Group(
        "calendar",
        N_("The calendar: a day, a week, a month, what is ahead, the year."),
        {
            "day": Command(
                "day",
                N_("Show a day by hours, what is due, and what was written."),
                _show("day"),
                options=(ON,),
                examples=("ptui calendar day", "ptui calendar day --on fri"),
            ),
            "week": Command(
                "week",
                N_("Show a week by hours."),
                _show("week"),
                options=(ON,),
                examples=("ptui calendar week", "ptui calendar week --on +1w"),
            ),
            "month": Command(
                "month",
                N_("Show a month, each day with what is on it."),
                _show("month"),
                options=(ON,),
                examples=("ptui calendar month --on 2024-10",),
            ),
            "year": Command(
                "year",
                N_("Show the board of a year: goals by months, evidence, milestones."),
                board,
                words=N_("[YEAR]"),
                options=(ON,),
                examples=("ptui calendar year", "ptui calendar year 2023 --json"),
            ),
            "agenda": Command(
                "agenda",
                N_("List what is ahead, day by day; four weeks unless you say."),
                _show("agenda"),
                options=(
                    ON,
                    Option("days", "NUM", N_("so many days")),
                    Option("to", "DATE", N_("up to this day")),
                ),
                examples=(
                    "ptui calendar agenda",
                    "ptui calendar agenda --days 90 --json",
                ),
            ),
        },
        default="month",
        examples=("ptui calendar", "ptui calendar week --on 2024-09-19"),
    )
}
