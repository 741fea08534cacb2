"""``today``: the sixty seconds of the morning, in words."""

from __future__ import annotations

from datetime import date

from plannertui.cli.daylists import OPTIONS, is_asked, print_list
from plannertui.cli.daysoff import free_stretches
from plannertui.cli.lists import text_of
from plannertui.cli.notices import notice_lines, waited
from plannertui.cli.options import Args, Command, Group
from plannertui.cli.quick import goal_data, goal_numbers
from plannertui.cli.shapes import item_data
from plannertui.cli.words import away_words, clip, day_words
from plannertui.core.day import later, week_label, year_of, year_span
from plannertui.core.errors import PlannerError, Usage
from plannertui.core.words import day_kind_word, kind_word
from plannertui.i18n import N_, ngettext, pgettext
from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from plannertui.cli.output import Cell
    from plannertui.cli.session import Session
    from plannertui.core.pace import Pace
    from plannertui.store.glance import Aim
    from plannertui.store.items import Item
    from plannertui.store.leftover import Left

AHEAD = 14
DUE_AHEAD = 7
BACK = 365
MOST = 6


class Today:
    """What the day holds: its place in the year, what comes, what is due, goals."""

    __slots__ = (
        "day",
        "due",
        "fault",
        "free",
        "goals",
        "left",
        "next",
        "notices",
        "offered",
        "one",
        "question",
        "taken",
        "undecided",
        "year",
    )

    def __init__(self, session: Session) -> None:
        from plannertui.core.pace import pace
        from plannertui.store.glance import aims, notices, undecided
        from plannertui.store.items import due_between
        from plannertui.store.leftover import is_offered, left_over
        from plannertui.store.ones import one_of
        from plannertui.store.taken import taken_up

        db, day, calendar = session.db, session.today, session.calendar
        self.day = day
        self.year = _year(session)
        coming = due_between(db, day, later(day, AHEAD), calendar, session.zone)
        over = due_between(db, later(day, -BACK), later(day, -1), events=False)
        limit = later(day, DUE_AHEAD)
        # What was chosen for the day, the one thing that counts first.
        self.one = one_of(db, day)
        self.taken: list[Item] = taken_up(db, day)
        self.left: list[Left] = left_over(db, day, calendar)
        self.offered = is_offered(db, day, calendar)
        self.next: list[Item] = [i for i in coming if _is_ahead(i, session)]
        self.due: list[Item] = over + [
            i for i in coming if i.noun != "event" and i.day <= limit
        ]
        self.free = free_stretches(session, AHEAD)
        self.goals: list[tuple[Aim, Pace]] = [
            (goal, pace(goal, calendar, day))
            for goal in aims(db, year_of(day, session.settings.year_start))
        ]
        self.question, self.fault = _question(session)
        self.notices = notices(db, day)
        self.undecided = undecided(db, waited(session))


def today(session: Session, args: Args) -> int:
    """Print the day."""
    if args.words:
        raise Usage(_("today takes no words. For another day: ptui ls --on DATE"))
    alone = is_asked(args)
    if args.has("one"):
        from plannertui.cli.one import choose

        choose(session, session.readable(args.get("one") or ""), session.today)
    now = Today(session)
    if alone:
        return print_list(session, args, now)
    others = _others(session) if args.has("on-this-day") else None
    if args.has("json"):
        session.out.document(_data(session, now, others))
        return _end(now)
    out = session.out
    out.block(_head(session, now), style="strong")
    if now.left and now.offered:
        from plannertui.cli.carry import count_words

        said = _("{count}: ptui carry").format(count=count_words(now.left, now.day))
        out.block(said, style="quiet")
    counts = 0 if now.one is None else now.one.item.id
    if now.one is not None:
        from plannertui.cli.one import today_row

        out.line()
        out.line((_("The one thing"), "accent"))
        out.table([["  ", *today_row(now.one)]])
    sections: list[tuple[str, list[list[Cell]]]] = [
        (_("Next"), _next_rows(now)),
        (
            pgettext("heading", "Today"),
            [
                _taken_row(item, session)
                for item in now.taken[:MOST]
                if item.id != counts
            ],
        ),
        (
            pgettext("heading", "Due"),
            [_due_row(item, session) for item in now.due[:MOST]],
        ),
        (_("Goals"), [_goal_row(*each) for each in now.goals]),
    ]
    for name, rows in sections:
        if rows:
            out.line()
            out.line((name, "accent"))
            out.table([["  ", *row] for row in rows])
    if now.question is not None:
        out.line()
        out.line((_("Tonight"), "accent"))
        out.block(now.question["text"], indent=4)
        if now.question["why"]:
            why = _("because: {why}").format(why=now.question["why"])
            out.block(why, indent=4, style="quiet")
    if others:
        from plannertui.cli.thisday import print_years

        out.line()
        out.line((_("On this day"), "accent"))
        print_years(session, others, "  ")
    notices = notice_lines(session, now)
    if notices:
        out.line()
        out.line((_("Notice"), "accent"))
        for notice in notices:
            out.block(notice, indent=4)
    left = len(now.due) - MOST
    if left > 0:
        out.talk(
            ngettext(
                "{count} more is due: ptui ls --state open --all",
                "{count} more are due: ptui ls --state open --all",
                left,
            ).format(count=left)
        )
    return _end(now)


def _others(session: Session) -> list[Item]:
    """What there is of this day in other years."""
    from plannertui.cli.thisday import other_years

    return other_years(session, session.today)


def _end(now: Today) -> int:
    """Say last what kept the question from being chosen."""
    if now.fault is not None:
        raise now.fault
    return 0


def _year(session: Session) -> dict[str, Any]:
    """The year's number, theme and workdays, gone and in all."""
    from plannertui.store.glance import theme

    start = session.settings.year_start
    year = year_of(session.today, start)
    first, last = year_span(year, start)
    calendar = session.calendar
    days, gone = calendar.count(first, last), calendar.count(first, session.today)
    return {
        "year": year,
        "theme": theme(session.db, year),
        "workdays": days,
        "gone": gone,
        "percent": round(100 * gone / days) if days else 0,
        "known": calendar.known(session.today.year),
    }


def _is_ahead(item: Item, session: Session) -> bool:
    """Whether an event is not over yet."""
    if item.noun != "event":
        return False
    if item.day != session.today or item.at is None:
        return True
    if session.now.date() > session.today and item.due == item.day:
        # It is past midnight: what took place in the day is over.
        return False
    return item.at >= session.now.strftime("%H:%M") or item.due != item.day


def _question(session: Session) -> tuple[dict[str, str] | None, PlannerError | None]:
    """Tonight's question and why it was chosen; what kept it from being chosen."""
    from plannertui.i18n import language
    from plannertui.store.tonight import words

    found = words(session.db, session.today, language())
    if found is None:
        from plannertui.store.questions import Questions, bank

        start = session.settings.year_start
        try:
            prompts = bank(session.settings)
            questions = Questions(session.db, prompts, session.calendar, start)
            one = questions.of(session.today, session.today)
        except PlannerError as error:
            return None, error
        if one is None:
            return None, None
        found = one.prompt.text(language()), one.why
    return {"text": found[0], "why": found[1]}, None


def _head(session: Session, now: Today) -> str:
    """The date line: day, what kind of day, week, share of the year, theme."""
    calendar = session.calendar
    kind = calendar.kind(now.day)
    words = day_kind_word(kind)
    name = calendar.name(now.day)
    if name:
        words = _("{what}: {name}").format(what=words, name=name)
    parts = [day_words(now.day), words]
    parts.append(_("W{week}").format(week=week_label(now.day)[6:]))
    parts.append(
        _("{percent} % of the year, {gone} of {all} workdays").format(
            percent=now.year["percent"], gone=now.year["gone"], all=now.year["workdays"]
        )
    )
    if now.year["theme"]:
        parts.append(now.year["theme"])
    return "  ".join(parts)


def _next_rows(now: Today) -> list[list[Cell]]:
    """What takes place, and the days off, in order."""
    rows: list[tuple[date, list[Cell]]] = []
    for item in now.next[:MOST]:
        when = day_words(item.day) + (f" {item.at}" if item.at else "")
        who = " ".join("@" + (ref[2] or ref[1]) for ref in item.refs)
        text = "  ".join(part for part in (text_of(item), who) if part)
        rows.append((item.day, [when, item.handle, kind_word(item.kind), text]))
    for first, last, name in now.free:
        when = day_words(first)
        if last != first:
            when += _(" to {day}").format(day=last.isoformat()[5:])
        rows.append((first, [when, "", day_kind_word("holiday"), name]))
    rows.sort(key=lambda row: row[0])
    return [row for _day, row in rows]


def _taken_row(item: Item, session: Session) -> list[Cell]:
    """One thing chosen for the day: whether it is done, what it is, since when."""
    box = "[x]" if item.state != "open" else "[ ]"
    row = _due_row(item, session)
    when = row[3] if item.due is not None and item.state == "open" else ""
    return [box, item.handle, row[2], when, row[4]]


def _due_row(item: Item, session: Session) -> list[Cell]:
    """One thing due: when, what, how far away."""
    calendar, day = session.calendar, session.today
    due = item.due or item.day
    kind = kind_word("grey" if item.nature == "grey" else item.kind)
    away = away_words(due, day, calendar.between(day, due))
    text = text_of(item)
    if item.person is not None and f"@{item.person[1]}" not in text:
        text += "  @" + (item.person[2] or item.person[1])
    return [day_words(due), item.handle, kind, away, text]


def _goal_row(goal: Aim, pace: Pace) -> list[Cell]:
    """A goal: its health, title and pace."""
    numbers = goal_numbers(goal, pace)
    health = kind_word(pace.health) if numbers else ""
    style = {"at_risk": "bad", "behind": "warn"}.get(pace.health, "")
    title = clip(goal.title, 30)
    if numbers:
        title = _("{what}: {name}").format(what=title, name=numbers)
    return [goal.handle, (health, style), title]


def _data(session: Session, now: Today, others: list[Item] | None) -> dict[str, Any]:
    """The day as plain JSON values."""
    from plannertui.cli.carry import left_data
    from plannertui.cli.one import one_data

    return {
        "date": now.day.isoformat(),
        "kind": session.calendar.kind(now.day),
        "name": session.calendar.name(now.day),
        "week": week_label(now.day),
        "year": now.year,
        "next": [item_data(item) for item in now.next],
        "holidays": [
            {"first": first.isoformat(), "last": last.isoformat(), "name": name}
            for first, last, name in now.free
        ],
        "one": None if now.one is None else one_data(now.one),
        "today": [item_data(item) for item in now.taken],
        "due": [item_data(item) for item in now.due],
        "goals": [goal_data(*each) for each in now.goals],
        "question": now.question,
        "notices": now.notices,
        "undecided": now.undecided or None,
        "unfinished": [left_data(left.item, left) for left in now.left],
        "on_this_day": None if others is None else [item_data(i) for i in others],
    }


COMMANDS: dict[str, Command | Group] = {
    "today": Command(
        "today",
        N_("The day in words: what comes, what is due, goals, tonight's question."),
        today,
        options=OPTIONS,
        examples=("ptui today", "ptui today --json", "ptui today --lang zh"),
    )
}
