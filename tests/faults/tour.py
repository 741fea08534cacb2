"""Shows every screen and dialog of the program on a real terminal, one after the other.

Run as a program: ``python -m tests.faults.tour STORE NOW REPORT LANGUAGE KEYS``. Writes the
names of the classes that it showed to REPORT, one a line, and "done" when it came to the
end.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.screen import Screen

import plannertui.tui
from plannertui import i18n
from plannertui.core.followups import Yield
from plannertui.core.goals import Goal
from plannertui.outputs import report
from plannertui.store import (
    agendas,
    backups,
    entries,
    goals,
    items,
    matters,
    mirror,
    people,
    priorities,
    shelf,
    situations,
    tended,
    versions,
)
from plannertui.store import events as dates
from plannertui.store.drafts import Draft
from plannertui.store.items import Filter
from plannertui.store.key import Key
from plannertui.store.open import open_store
from plannertui.tui import dialogs
from plannertui.tui.app import PlannerApp
from plannertui.tui.commands import all_of
from plannertui.tui.dialogs.versions import VersionsDialog
from plannertui.tui.main import MainScreen
from plannertui.tui.opener import Opener
from plannertui.tui.safety import say
from plannertui.tui.screens.names import SCREENS, make
from plannertui.tui.screens.unlock import UnlockScreen
from plannertui.tui.themes import theme_names
from tests import hostile
from tests.tui.sample import planner as planner_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.pilot import Pilot

    from plannertui.tui.planner import Planner

# What other screens are made of; nobody sees them themselves.
BASES = (
    *("Dialog", "Form", "KeptForm", "LeadsElsewhere", "OpensDialogs", "Question"),
    *("WorkScreen",),
)
MAIN_KEYS = ("1", "down", "2", "2", "pagedown", "3", "H", "t", "O")
KEYS = ("tab", "down", "end", "shift+tab", "pagedown")


def screens() -> set[str]:
    """The name of every class of a screen in the program that is shown to people."""
    found = set()
    for module in pkgutil.walk_packages(plannertui.tui.__path__, "plannertui.tui."):
        for name, kind in vars(importlib.import_module(module.name)).items():
            own = inspect.isclass(kind) and kind.__module__ == module.name
            if own and issubclass(kind, Screen) and name not in BASES:
                found.add(name)
    return found


def every_dialog(planner: Planner) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What makes each dialog, on a thing of the poisoned year."""

    def of(name: str, kind: str) -> Any:
        return getattr(importlib.import_module(f"{dialogs.__name__}.{name}"), kind)

    db, today, now = planner.db, planner.today, planner.now()
    text = hostile.EVERYTHING.replace("\0", "")
    boundary = next(m for m in matters.ls(db, state=None) if m.boundary is not None)
    matter = next(m for m in matters.ls(db) if m.due is not None)
    goal: Goal = next(g for g in goals.ls(db, today.year) if g.measure and g.serves)
    leader = people.ls(db, "leader")[0]
    belief = priorities.ls(db, leader.id)[0]
    wins = entries.wins(db)
    talks = [
        event
        for event in dates.between(
            db, today - timedelta(days=90), today + timedelta(days=30)
        )
        if event.kind == "one_on_one"
    ]
    over = next(t for t in talks if t.state == "followed_up")
    coming = next(t for t in talks if t.state in ("planned", "prepared"))
    situation = situations.ls(db, None)[0]
    answer = next(
        entries.get(db, item.id)
        for item in items.ls(db, Filter(kinds=("reflection",)), limit=3)
    )
    shown = items.ls(db, Filter(since=today - timedelta(days=30), until=today))
    draft = Draft("note:2024-09-14", 0, text, "0,0", "1:2", "2024-09-14T18:00")
    span = mirror.span("year", today, 1)

    def reflected() -> mirror.Mirror:
        return mirror.read(db, span, today, planner.calendar, 1)

    page = report.make(
        db,
        "weekly",
        now=now,
        today=today,
        calendar=planner.calendar,
        settings=planner.settings,
    )
    line = Yield("heard", text[:100], "note")
    key = Key(bytes(32), bytes(16))
    # What lies beside the store is not the program's own either.
    made = backups.make(db, now, "asked")
    told = dict.fromkeys(("why", "last", "checked", "reason", "digest"), text)
    shelf.record(db.path, {Path(made.path).name: {**told, "state": "damaged"}})
    db.set_meta(tended.MISSED, f"{' '.join(text.split())}\tnot there")
    for name, kind, *args in (
        ("backups", "BackupsDialog", planner),
        ("belief", "BeliefDialog", planner, belief),
        ("boundary", "BoundaryDialog", planner, boundary),
        ("capture", "CaptureLine", planner, f"> @{text} @[/]"),
        ("check_in", "CheckInDialog", planner, goal),
        ("compare", "CompareDialog", text[:20], text, text[::-1], text),
        ("confirm", "Confirm", text),
        ("drafts", "DraftDialog", planner, draft, text[:40]),
        ("drop", "DropDialog", planner, matter),
        ("entry", "EntryDialog", planner, shown[0]),
        ("event_form", "EventForm", planner, over, today),
        (
            *("figure", "FigureDialog", planner),
            *(lambda: list(reflected().figures.values())[:4], text[:60]),
        ),
        ("filing", "FilingDialog", planner, answer),
        ("firstrun", "LanguageQuestion", "en", text[:12], today.year),
        ("firstrun", "ThemeQuestion", today.year),
        ("firstrun", "LeaderQuestion"),
        ("firstrun", "PassphraseQuestion", planner.frame),
        ("firstrun", "GoalQuestion"),
        ("goal", "GoalScreen", planner, goal.id, lambda: None),
        ("goal_form", "GoalForm", planner, goal, today.year),
        (
            *("goal_steps", "MilestoneDialog", planner, goal),
            next((step for step in goal.milestones), None),
        ),
        ("goal_steps", "ServeDialog", planner, goal, belief.id),
        ("goal_steps", "ReleaseDialog", planner, goal),
        ("goto", "GoTo", planner, today, text[:40]),
        ("later", "LaterDialog", planner, answer),
        ("leftover", "LeftoverDialog", planner),
        ("look", "LookDialog", planner, reflected().standings[0]),
        ("meet_follow", "FollowUpDialog", planner, over),
        ("meet_form", "TalkForm", planner, coming),
        ("meet_form", "WantDialog", planner, coming),
        (
            "meet_form",
            "ItemDialog",
            planner,
            coming,
            agendas.agenda(db, coming, today)[0],
            1,
        ),
        ("meet_sort", "SortDialog", planner, over, [line, line], {}),
        ("move", "MoveDialog", planner, matter),
        ("move", "DropDialog", planner, matter),
        ("one", "OneDialog", planner),
        ("parting", "ChangeDialog", planner, leader),
        ("parting", "ForgetDialog", planner, leader),
        ("passphrase", "CodeDialog", key),
        ("passphrase", "LockDialog"),
        ("paste", "PasteDialog", text * 40, 0),
        ("person", "PersonForm", planner, leader),
        ("priority", "PriorityForm", planner, leader, belief),
        ("priority", "CheckDialog", planner, belief),
        ("priority", "ServedDialog", planner, belief),
        ("prove", "ProveDialog", planner, wins[0]),
        ("report", "WriteReport", planner, page),
        ("report", "EditReport", planner, "report:x", page.markdown + text),
        ("rules", "RulesDialog", planner),
        ("search", "Search", planner, "1"),
        ("situation_close", "CloseDialog", planner, situation),
        ("which", "WhichDialog", text),
        ("year", "YearDialog", planner, today.year),
        ("yields", "YieldDialog", planner, answer, "win"),
    ):
        yield str(kind), partial(of(str(name), str(kind)), *args)
    for thing in (shown[0], goal, leader, over, situation):
        found = versions.of(db, thing.id)
        yield "VersionsDialog", partial(VersionsDialog, planner, found)
    frame, asked = planner.frame, of("passphrase", "PassphraseDialog")
    yield "PassphraseDialog", partial(asked, frame, text, text, old=True, new=True)
    yield "Working", partial(of("working", "Working"), text)
    yield "UnlockScreen", partial(UnlockScreen, db.path, frame, Opener(), text)


class Tour(PlannerApp):
    """The program with an empty screen under the dialogs, which is painted sooner."""

    CSS_PATH: ClassVar[Any] = [
        Path(plannertui.tui.__file__).parent / name for name in PlannerApp.CSS_PATH
    ]

    def get_default_screen(self) -> Screen[Any]:
        """Nothing."""
        return Screen()


async def tour(pilot: Pilot[Any], planner: Planner, path: Path, keys: int) -> None:
    """Show everything; press some keys in each."""
    app: Any = pilot.app
    seen: list[str] = []

    async def calm() -> None:
        """Let what was asked for be handled and painted."""
        for _ in range(2):
            at, painted = app.screen, asyncio.Event()
            at.call_after_refresh(painted.set)
            while not painted.is_set():
                await asyncio.sleep(0.002)
                if app.fault:
                    raise RuntimeError(app.fault)
                if app.screen is not at:
                    # A screen that was left is painted no more.
                    at, painted = app.screen, asyncio.Event()
                    at.call_after_refresh(painted.set)

    async def press(*keys: str) -> None:
        for key in keys:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
            await calm()

    async def show(screen: Screen[Any], *more: str) -> None:
        depth = len(app.screen_stack)
        app.push_screen(screen)
        await calm()
        assert screen in app.screen_stack, screen
        seen.append(type(screen).__name__)
        path.write_text("\n".join(seen))
        await press(*KEYS[:keys], *more[: max(1, keys * 2)])
        while len(app.screen_stack) > depth:
            app.pop_screen()
            await calm()

    try:
        await calm()
        for name, dialog in every_dialog(planner):
            try:
                await show(dialog())
            except Exception as error:
                seen.append(f"failed: {name} {error!r}")
                if app.fault:
                    raise
        from plannertui.tui.dialogs.help import Help
        from plannertui.tui.palette import Palette

        main = MainScreen(planner)
        await show(main, *MAIN_KEYS)
        commands = all_of(main)
        await show(Help(commands, planner.frame))
        await show(Palette(commands, theme_names()), "[", "/", "]")
        for each in SCREENS:
            await show(
                make(each.name, planner, 0), "j", "j", "J", "L", "enter", "escape"
            )
        for text in hostile.TELLING:
            say(app.screen, text)
            await calm()
            app.clear_notifications()
        app.notify(hostile.EVERYTHING, title=hostile.EVERYTHING)
        await calm()
    except BaseException as error:
        seen.append(f"failed: {type(error).__name__} {error!r}")
        raise
    else:
        seen.append("done")
    finally:
        path.write_text("\n".join(seen))
    app.exit()


def main() -> int:
    """Run the tour."""
    store, now, path, language, keys = sys.argv[1:]
    i18n.use(language)
    db = open_store(store, now=datetime.fromisoformat(now))
    planner = planner_of(db, datetime.fromisoformat(now), language)
    app = Tour(planner)
    app.run(auto_pilot=lambda pilot: tour(pilot, planner, Path(path), int(keys)))
    if app.fault:
        print(app.fault)
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
