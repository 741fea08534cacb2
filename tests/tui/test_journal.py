"""The journal of a day: what it shows, and every key that changes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from textual._cells import cell_len

from plannertui.i18n import use
from plannertui.store import (
    drafts,
    entries,
    events,
    goals,
    history,
    items,
    matters,
    people,
    trash,
)
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.panes.journal import JournalPane
from tests.tui.sample import TODAY, Host, planner

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from plannertui.core.entries import Entry
    from plannertui.core.matters import Matter
    from plannertui.store.open import Store

SIZES = [(120, 36), (80, 24), (46, 12)]


def shown(pane: JournalPane) -> list[str]:
    """The lines in view, as plain text."""
    lines = pane.lines
    return [lines.render_line(y).text.rstrip() for y in range(lines.size.height)]


def fill(db: Store, now: datetime) -> tuple[Entry, Matter, Matter]:
    """A win with a goal, a promise to a leader, a grey matter."""
    director = people.add(db, alias="Director", relation="leader", now=now)
    goal = goals.add(
        db,
        year=2024,
        title="Licence backlog",
        start=date(2024, 1, 1),
        due=date(2024, 12, 31),
        now=now,
    )
    win = entries.add(
        db,
        text="form passes 9 of 10 @G1",
        day=TODAY,
        now=now,
        kind="win",
        links=[goal.id],
        tags=["forms"],
    )
    promise = matters.add(
        db,
        title="30 oldest",
        day=TODAY,
        now=now,
        kind="promise",
        person_id=director.id,
        due=date(2024, 9, 20),
    )
    grey = matters.add(db, title="driver", day=TODAY, now=now, nature="grey")
    return win, promise, grey


def pane_on(db: Store, now: datetime, language: str = "en") -> JournalPane:
    return JournalPane(planner(db, now, language), TODAY)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["win", "promise", "grey", "Fri 20 Sep", "Director", "#forms"]),
        ("zh_Hans", ["Director", "#forms", "9月20日"]),
    ],
)
async def test_kinds_are_marks_and_words(
    store: Store, now: datetime, size: tuple[int, int], language: str, words: list[str]
) -> None:
    use(language)
    fill(store, now)
    pane = pane_on(store, now, language)
    async with Host(pane).run_test(size=size) as pilot:
        await settle(pilot)
        lines = shown(pane)
        text = "\n".join(lines)
        for word in words:
            assert word in text
        assert "18:10 + form passes 9 of 10" in text
        assert "18:10 > 30 oldest" in text
        assert "18:10 ~ driver" in text
        assert all(cell_len(line) <= pane.lines.size.width for line in lines)


async def test_a_day_with_nothing_says_what_to_do(store: Store, now: datetime) -> None:
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(46, 12)) as pilot:
        await settle(pilot)
        text = " ".join(" ".join(shown(pane)).split())
        assert text == (
            "Nothing on this day yet. a writes one line; r answers the question."
        )
        await pilot.press("enter", "E", "d", "space", "m", "s", "y", "plus", "j", "G")
        assert pane.app.is_running


async def test_edited_in_place_and_saved(store: Store, now: datetime) -> None:
    win, _promise, _grey = fill(store, now)
    host = Host(pane := pane_on(store, now))
    async with host.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        editor = pane.editable.editor
        assert editor.has_focus
        assert editor.text == win.text
        assert editor.region.y == pane.lines.region.y
        assert editor.region.x == pane.lines.region.x + pane.lines.indent
        await pilot.press(*" #cut", "ctrl+s")
        await settle(pilot)
        assert entries.get(store, win.id).text == "form passes 9 of 10 @G1 #cut"
        assert set(entries.get(store, win.id).tags) == {"forms", "cut"}
        assert pane.border_subtitle == "saved 18:10"
        assert editor.has_focus
        await pilot.press("!", "escape")
        await settle(pilot)
        assert entries.get(store, win.id).text == "form passes 9 of 10 @G1 #cut!"
        assert pane.lines.has_focus
        assert any("#cut!" in line for line in shown(pane))
        assert any(isinstance(news, Changed) for news in host.news)
        assert drafts.ls(store) == []


@pytest.mark.parametrize("keys", [("e",), ("e", "!"), ("e", "!", "ctrl+s")])
async def test_the_frame_says_what_is_kept_while_one_writes(
    store: Store, now: datetime, keys: tuple[str, ...]
) -> None:
    entries.add(store, text="mine", day=TODAY, now=now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        wanted = {1: "saved", 2: "draft", 3: "saved 18:10"}[len(keys)]
        assert pane.border_subtitle == wanted
        await pilot.press("escape")
        await settle(pilot)
        assert not pane.border_subtitle


async def test_enter_finishes_a_title(store: Store, now: datetime) -> None:
    _win, promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("j", "enter", "s", "enter")
        await settle(pilot)
        assert matters.get(store, promise.id).title == "30 oldests"
        assert pane.lines.has_focus


async def test_an_empty_text_takes_no_place(store: Store, now: datetime) -> None:
    win, _promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("e", "f7", "backspace", "escape")
        await settle(pilot)
        assert entries.get(store, win.id).text == win.text
        assert any("form passes" in line for line in shown(pane))


async def test_changed_elsewhere_keeps_both(store: Store, now: datetime) -> None:
    win, _promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("e", "!")
        entries.edit(store, win, now, text="theirs")
        await pilot.press("escape")
        await settle(pilot)
        texts = [item.text for item in items.on_day(store, TODAY)]
        assert "theirs" in texts
        assert win.text + "!" in texts
        kept = next(i for i in items.on_day(store, TODAY) if i.text == win.text + "!")
        assert (kept.kind, [ref[0] for ref in kept.refs]) == ("win", [win.id])


async def test_reload_keeps_cursor_and_unsaved_text(
    store: Store, now: datetime
) -> None:
    _win, promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        assert pane.current is not None
        entries.add(
            store, text="from the shell", day=TODAY, now=now - timedelta(hours=9)
        )
        pane.reload()
        await settle(pilot)
        assert pane.current.id == promise.id
        assert any("from the shell" in line for line in shown(pane))
        await pilot.press("e", "X")
        entries.add(store, text="another", day=TODAY, now=now - timedelta(hours=8))
        pane.reload()
        await settle(pilot)
        assert pane.editable.editor.text == "30 oldestX"
        assert pane.editable.editor.has_focus
        row = pane.lines.top(pane.lines.cursor) - round(pane.lines.scroll_y)
        assert pane.editable.editor.region.y == pane.lines.region.y + row


async def test_trash_and_back(store: Store, now: datetime) -> None:
    win, _promise, _grey = fill(store, now)
    host = Host(pane := pane_on(store, now))
    async with host.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert [item.id for item in trash.ls(store)] == [win.id]
        assert "u brings it back" in host.news[-1].said  # type: ignore[attr-defined]
        assert pane.current is not None
        history.undo(store, now)
        pane.reload()
        assert len(pane.lines.items) == 3


async def test_done_and_open_again(store: Store, now: datetime) -> None:
    _win, promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("j", "space")
        await settle(pilot)
        assert matters.get(store, promise.id).closed_on == TODAY
        assert any("done" in line for line in shown(pane))
        await pilot.press("space")
        await settle(pilot)
        assert matters.get(store, promise.id).state == "open"


@pytest.mark.parametrize(("keys", "told"), [((), None), (("tab", "right"), TODAY)])
async def test_move_asks_for_the_day_and_whether_they_know(
    store: Store, now: datetime, keys: tuple[str, ...], told: date | None
) -> None:
    _win, promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "m")
        await settle(pilot)
        await pilot.press(*"9-27", *keys, "ctrl+s")
        await settle(pilot)
        moved = matters.get(store, promise.id)
        assert moved.due == date(2024, 9, 27)
        assert [(m.old_due, m.told_on) for m in moved.moves] == [
            (date(2024, 9, 20), told)
        ]


async def test_what_is_no_date_is_said_and_nothing_moves(
    store: Store, now: datetime
) -> None:
    _win, promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "m")
        await settle(pilot)
        await pilot.press(*"11/12/2026", "enter")
        await settle(pilot)
        assert matters.get(store, promise.id).due == date(2024, 9, 20)
        assert pane.app.screen.query_one("#due").value == "11/12/2026"  # type: ignore[attr-defined]
        await pilot.press("escape")
        await settle(pilot)
        assert matters.get(store, promise.id).moves == ()


async def test_share_copy_and_goal(store: Store, now: datetime) -> None:
    win, _promise, _grey = fill(store, now)
    host = Host(pane := pane_on(store, now))
    async with host.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        assert entries.get(store, win.id).share == "ready"
        assert any("ready for reports" in line for line in shown(pane))
        await pilot.press("S", "y", "plus")
        await settle(pilot)
        assert entries.get(store, win.id).share == "private"
        assert host.clipboard == win.text
        picked = [n.handle for n in host.news if isinstance(n, ItemPicked)]
        assert picked == ["G1"]


async def test_every_field_of_a_matter_and_of_a_win(
    store: Store, now: datetime
) -> None:
    win, promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(100, 36)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        await pilot.press("tab", "right", "left", "tab", "tab", *"188 of 412")
        await pilot.press("tab", "tab", *"Finance, IT", "ctrl+s")
        await settle(pilot)
        proof = entries.get(store, win.id).win
        assert proof is not None
        assert (proof.number, proof.witnesses) == ("188 of 412", ("Finance", "IT"))
        await pilot.press("j", "E")
        await settle(pilot)
        await pilot.press("!", "tab", "right", "tab", "tab", "end", *["backspace"] * 10)
        await pilot.press(*"fri", "enter")
        await settle(pilot)
        changed = matters.get(store, promise.id)
        assert (changed.title, changed.kind) == ("30 oldest!", "waiting")
        assert changed.due == date(2024, 9, 20)
        assert changed.person is not None


async def test_another_day_shows_another_journal(store: Store, now: datetime) -> None:
    win, _promise, _grey = fill(store, now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("e", "!")
        pane.show_day(date(2024, 9, 13))
        await settle(pilot)
        assert entries.get(store, win.id).text == win.text + "!"
        assert pane.lines.items == []
        assert str(pane.border_title).startswith("Fri 13 Sep")


async def test_a_thousand_lines_on_one_day(store: Store, now: datetime) -> None:
    with store.write("many", now):
        for number in range(1000):
            entries.add(store, text=f"line {number}", day=TODAY, now=now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.press("G")
        await settle(pilot)
        assert any("line 999" in line for line in shown(pane))
        assert len(pane.lines._drawn) < 100
        await pilot.press("e", "!", "escape")
        await settle(pilot)
        assert any("line 999!" in line for line in shown(pane))


async def test_hostile_text_stays_text(store: Store, now: datetime) -> None:
    bad = "[/ [@click=app.quit]x[/]\x1b]52;c;eA==\x07\x1b[2J\u202eabc\x9b今天\u200d"
    for kind in ("note", "win"):
        entries.add(store, text=bad, day=TODAY, now=now, kind=kind, tags=["[/x]"])
    events.add(store, title=bad, starts_on=TODAY, time="10:00", now=now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await pilot.click(pane.lines, offset=(12, 0), times=2)
        await settle(pilot)
        await pilot.press("escape", "y", "s", "d")
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(30, 8)
        await settle(pilot)
        assert pane.app.is_running


async def test_the_editor_follows_when_the_pane_gets_another_width(
    store: Store, now: datetime
) -> None:
    entries.add(store, text="a line that is to be edited " * 4, day=TODAY, now=now)
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(70, 16)) as pilot:
        await pilot.press("e")
        await settle(pilot)
        editor = pane.editable.editor
        wide = editor.size
        await pilot.resize_terminal(44, 16)
        await settle(pilot)
        assert editor.size.width == wide.width - 26
        assert editor.size.height > wide.height
