"""Asking the questions of the first run, and keeping the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plannertui import i18n
from plannertui.core.day import year_of, year_span
from plannertui.tui.dialogs.firstrun import (
    GoalQuestion,
    LanguageQuestion,
    LeaderQuestion,
    PassphraseQuestion,
    ThemeQuestion,
)
from plannertui.tui.isnew import WELCOMED as WELCOMED
from plannertui.tui.safety import telling

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from plannertui.tui.planner import Planner

COUNTRIES = {"zh_CN": "CN", "de_DE": "DE", "en_US": "US", "en_GB": "GB", "fr_FR": "FR"}


def guess_country(environ: dict[str, str]) -> str:
    """The calendar that the locale suggests, or "mon-fri"."""
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        value = environ.get(name, "").partition(".")[0]
        if value in COUNTRIES:
            return COUNTRIES[value]
    return "mon-fri"


async def welcome(
    screen: Screen[Any], planner: Planner, environ: dict[str, str]
) -> None:
    """Ask the five questions on ``screen`` and keep each answer at once."""
    app = screen.app
    settings = planner.settings
    db = planner.db
    db.set_meta(WELCOMED, "1")
    calendar = settings.calendar if settings.exists else guess_country(environ)
    answer = await app.push_screen_wait(
        LanguageQuestion(i18n.language(), calendar, planner.today.year)
    )
    if answer is not None:
        _keep_settings(screen, planner, answer)
    year = year_of(planner.today, settings.year_start)
    answer = await app.push_screen_wait(ThemeQuestion(year))
    if answer is not None:
        from plannertui.store import years

        with telling(screen):
            years.save(db, year, planner.now(), theme=answer["theme"])
    await _ask_about_leader(screen, planner)
    answer = await app.push_screen_wait(GoalQuestion())
    if answer is not None:
        _keep_goal(screen, planner, year, answer)
    await _ask_for_passphrase(app, planner)


async def _ask_for_passphrase(app: App[Any], planner: Planner) -> None:
    """Offer to encrypt the new store, where that can be done."""
    from plannertui.tui.locking import Lockable
    from plannertui.tui.passphrases import seal

    if not isinstance(app, Lockable) or app.sealed or planner.db.readonly:
        return
    answer = await app.push_screen_wait(PassphraseQuestion(planner.frame))
    if answer is not None:
        await seal(app, answer["passphrase"])


def _keep_settings(
    screen: Screen[Any], planner: Planner, answer: dict[str, Any]
) -> None:
    from plannertui.store.settings import save

    settings = planner.settings
    settings.language, settings.calendar = answer["language"], answer["calendar"]
    i18n.use(settings.language)
    planner.language = settings.language
    with telling(screen):
        save(settings.path, answer)
    planner.refresh_calendar()


async def _ask_about_leader(screen: Screen[Any], planner: Planner) -> None:
    from plannertui.store import people, priorities

    app = screen.app
    answer = await app.push_screen_wait(LeaderQuestion())
    if answer is None:
        return
    with telling(screen) as told:
        leader = people.add(
            planner.db, alias=answer["alias"], relation="leader", now=planner.now()
        )
    if told.failed:
        return
    for text, basis in answer["priorities"]:
        with telling(screen):
            priorities.add(
                planner.db,
                leader,
                text=text,
                basis=basis,
                now=planner.now(),
                checked_on=planner.today,
            )


def _keep_goal(
    screen: Screen[Any], planner: Planner, year: int, answer: dict[str, Any]
) -> None:
    from plannertui.store import goals

    _first, last = year_span(year, planner.settings.year_start)
    db, now = planner.db, planner.now()
    with telling(screen), db.write("add a goal", now):
        goal = goals.add(
            db,
            year=year,
            title=answer["title"],
            start=min(planner.today, last),
            due=last,
            now=now,
            measure=answer["measure"],
        )
        for step in answer["milestones"]:
            goal = goals.add_milestone(db, goal, step, None, now)
