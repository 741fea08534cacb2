"""Two versions of a text: shown beside one another, and nothing lost by any choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plannertui.store import drafts, entries, history, items, matters, trash
from plannertui.tui.dialogs.compare import CompareDialog
from plannertui.tui.dialogs.drafts import DraftDialog
from plannertui.tui.dialogs.entry import EntryDialog
from plannertui.tui.dialogs.yields import YieldDialog
from plannertui.tui.panes.journal import JournalPane
from plannertui.tui.panes.reflect import ReflectPane
from tests.tui.sample import TODAY, Host, planner

if TYPE_CHECKING:
    from datetime import datetime

    from textual.pilot import Pilot
    from textual.screen import Screen
    from textual.widget import Widget

    from plannertui.store.open import Store

DEAD = "999999:1"


def is_open(host: Host, dialog: type[Screen[Any]]) -> bool:
    return isinstance(host.screen, dialog)


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.pause()


def written(db: Store) -> list[str]:
    return sorted(item.text for item in items.on_day(db, TODAY))


def texts(widget: Widget) -> str:
    parts = [str(part.render()) for part in widget.query("Static, Prose")]
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("key", "left", "gone"),
    [
        ("m", ["mine!"], ["mine!"]),
        ("s", ["theirs"], ["mine!"]),
        ("b", ["mine!", "theirs"], []),
        ("escape", ["mine!", "theirs"], []),
    ],
)
async def test_after_a_clash_one_chooses(
    store: Store, now: datetime, key: str, left: list[str], gone: list[str]
) -> None:
    entry = entries.add(store, text="mine", day=TODAY, now=now)
    host = Host(JournalPane(planner(store, now), TODAY))
    async with host.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("e", "!")
        entries.edit(store, entry, now, text="theirs")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(host.screen, CompareDialog)
        assert written(store) == ["mine!", "theirs"]
        await pilot.press(key)
        await settle(pilot)
    assert written(store) == left
    assert [item.text for item in trash.ls(store)] == gone
    if key == "m":
        assert entries.get(store, entry.id).text == "mine!"
        history.undo(store, now)
        assert written(store) == ["mine!", "theirs"]


@pytest.mark.parametrize("key", ["m", "s"])
async def test_a_clash_over_an_answer(store: Store, now: datetime, key: str) -> None:
    pane = ReflectPane(planner(store, now), TODAY)
    host = Host(pane)
    async with host.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i", "ctrl+s")
        await settle(pilot)
        (item,) = items.on_day(store, TODAY)
        await pilot.press("!")
        entries.edit(store, entries.get(store, item.id), now, text="theirs")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(host.screen, CompareDialog)
        await pilot.press(key)
        await settle(pilot)
        pane.reload()
        await settle(pilot)
        assert pane.editor.text == ("hi!" if key == "m" else "theirs")
    assert written(store) == ["hi!" if key == "m" else "theirs"]


async def test_the_same_words_are_no_clash(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="mine", day=TODAY, now=now)
    host = Host(JournalPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("e", "!")
        entries.edit(store, entry, now, text="mine!")
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(host.screen, CompareDialog)
    assert written(store) == ["mine!"]


async def test_a_clash_in_the_entry_dialog(store: Store, now: datetime) -> None:
    entry = entries.add(store, text="mine", day=TODAY, now=now)
    host = Host(JournalPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        await pilot.press("!")
        entries.edit(store, entry, now, text="theirs")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(host.screen, CompareDialog)
        await pilot.press("s")
        await settle(pilot)
    assert written(store) == ["theirs"]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_both_can_be_read(
    store: Store, now: datetime, size: tuple[int, int]
) -> None:
    saved = "the same\n" + "theirs [/b] [@click=app.quit]x[/] " * 30
    mine = "the same\n" + "今天我写的。" * 30
    host = Host(JournalPane(planner(store, now), TODAY))
    async with host.run_test(size=size) as pilot:
        await settle(pilot)
        host.push_screen(CompareDialog("J1", saved, mine, "Esc back"))
        await settle(pilot)
        both = [host.screen.query_one(f"#side-{name}") for name in ("saved", "mine")]
        assert all(side.size.height > 0 and side.size.width > 8 for side in both)
        beside = both[0].region.y == both[1].region.y
        assert beside is (size[0] >= 84)
        await pilot.press("tab", "down", "down", "escape")


@pytest.mark.parametrize(
    ("keys", "left", "gone"),
    [
        (("v", "m"), ["old and new"], []),
        (("v", "s"), ["theirs"], ["old and new"]),
        (("v", "b"), ["old and new", "theirs"], []),
        (("v", "escape", "k"), ["old and new", "theirs"], []),
    ],
)
async def test_a_draft_is_compared_with_what_was_saved_since(
    store: Store,
    now: datetime,
    keys: tuple[str, ...],
    left: list[str],
    gone: list[str],
) -> None:
    entry = entries.add(store, text="old", day=TODAY, now=now)
    target = f"entry:{entry.handle}"
    drafts.put(store, target, "old and new", now=now, session=DEAD, base_rev=entry.rev)
    entries.edit(store, entry, now, text="theirs")
    host = Host(ReflectPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "changed since" in texts(host.screen)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        assert not isinstance(host.screen, DraftDialog)
    assert written(store) == left
    assert [item.text for item in trash.ls(store)] == gone
    assert drafts.get(store, target) is None


async def test_there_is_nothing_to_compare_where_nothing_moved(
    store: Store, now: datetime
) -> None:
    entry = entries.add(store, text="old", day=TODAY, now=now)
    target = f"entry:{entry.handle}"
    drafts.put(store, target, "new", now=now, session=DEAD, base_rev=entry.rev)
    host = Host(ReflectPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(host.screen, DraftDialog)
        assert "compare" not in texts(host.screen)


async def hang_up(host: Host, pilot: Pilot[None]) -> None:
    """What the program does when its terminal goes."""
    pane = host.widget
    pane.planner.flush_drafts()  # type: ignore[attr-defined]
    host.exit(return_code=1)
    await settle(pilot)


async def test_the_fields_of_a_dialog_survive_a_hang_up(
    store: Store, now: datetime
) -> None:
    matter = matters.add(store, title="oldest", day=TODAY, now=now)
    host = Host(JournalPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        await pilot.press("!", "tab", "right", "tab", "tab", *"fri")
        await settle(pilot)
        await hang_up(host, pilot)
    assert matters.get(store, matter.id).title == "oldest"
    host = Host(JournalPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await settle(pilot)
        assert isinstance(host.screen, EntryDialog)
        assert "typed before" in texts(host.screen)
        await pilot.press("ctrl+s")
        await settle(pilot)
    changed = matters.get(store, matter.id)
    assert (changed.title, changed.kind) == ("oldest!", "promise")
    assert str(changed.due) == "2024-09-20"
    assert drafts.ls(store) == []


async def test_an_answer_half_turned_into_something_survives_too(
    store: Store, now: datetime
) -> None:
    answer = entries.add(store, text="Tell early", day=TODAY, now=now)
    entry = f"yield:{answer.handle}"
    drafts.put(store, entry, "Tell them early", now=now, session=DEAD)
    drafts.put(store, f"form:{entry}", "kind\tpromise\ndue\tfri", now=now, session=DEAD)
    host = Host(ReflectPane(planner(store, now), TODAY))
    async with host.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(host.screen, YieldDialog)
        await pilot.press("ctrl+s")
        await settle(pilot)
    (made,) = matters.ls(store)
    assert (made.kind, made.title, str(made.due)) == (
        "promise",
        "Tell them early",
        "2024-09-20",
    )
    assert drafts.ls(store) == []
