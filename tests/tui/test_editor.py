"""What is typed is kept: drafts, failures, long pastes, other windows."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.content import Content

from plannertui.core.errors import DiskFull
from plannertui.i18n import use
from plannertui.store import drafts
from plannertui.tui.bulk import PIECE, in_pieces, too_long
from plannertui.tui.editor import Editor
from tests.tui.sample import Host, planner

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from plannertui.store.open import Store

TARGET = "note:2024-09-14"
DEAD = "999999999:1"


async def until(pilot: Pilot[None], done: object) -> None:
    """Wait until ``done()`` is true, a few seconds at the most."""
    assert callable(done)
    for _ in range(100):
        if done():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came to be")


async def test_a_draft_follows_the_keys_by_itself(store: Store, now: datetime) -> None:
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        await pilot.press("h", "i")
        assert editor.word == "draft"
        assert drafts.get(store, TARGET) is None
        await until(pilot, lambda: drafts.get(store, TARGET))
        draft = drafts.get(store, TARGET)
        assert draft is not None
        assert (draft.body, draft.cursor) == ("hi", "0,2")
        assert draft.session == drafts.session_id()


async def test_steady_typing_does_not_put_the_draft_off(
    store: Store, now: datetime
) -> None:
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        for _ in range(40):
            await pilot.press("x")
            await pilot.pause(0.05)
            if drafts.get(store, TARGET):
                break
        assert drafts.get(store, TARGET) is not None


@pytest.mark.parametrize("way", ["flush", "app_blur", "planner"])
async def test_nothing_waits_for_a_timer(store: Store, now: datetime, way: str) -> None:
    shared = planner(store, now)
    editor = Editor(shared)
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        await pilot.press("h", "i")
        if way == "flush":
            editor.flush()
        elif way == "app_blur":
            editor.post_message(events.AppBlur())
            await pilot.pause()
        else:
            assert shared.flush_drafts()
        draft = drafts.get(store, TARGET)
        assert draft is not None
        assert draft.body == "hi"


async def test_a_draft_comes_back_with_its_cursor(store: Store, now: datetime) -> None:
    drafts.put(store, TARGET, "one\ntwo", now=now, session=DEAD, cursor="0,1")
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        await pilot.pause()
        assert editor.text == "one\ntwo"
        assert editor.cursor_location == (0, 1)
        assert editor.word == "draft"
        # Shown is not taken: the offer to throw it away still stands.
        editor.flush()
        assert [d.target for d in drafts.orphans(store, drafts.session_id())] == [
            TARGET
        ]
        await pilot.press("x")
        editor.flush()
        assert drafts.orphans(store, drafts.session_id()) == []


async def test_typing_back_to_what_is_saved_drops_the_draft(
    store: Store, now: datetime
) -> None:
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load("entry:J1", "hi", 1)
        await pilot.press("x")
        editor.flush()
        assert drafts.get(store, "entry:J1") is not None
        await pilot.press("backspace")
        editor.flush()
        assert drafts.get(store, "entry:J1") is None
        assert editor.word == "saved"


async def test_saved_says_when_and_drops_the_draft(store: Store, now: datetime) -> None:
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        await pilot.press("h", "i")
        editor.flush()
        editor.settled("entry:J1", "hi", 1)
        assert editor.word == "saved 18:10"
        assert drafts.ls(store) == []
        await pilot.press("!")
        assert editor.word == "draft"
        editor.flush()
        assert [draft.target for draft in drafts.ls(store)] == ["entry:J1"]


@pytest.mark.case(74)
async def test_what_cannot_be_kept_stays_and_is_tried_again(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = Editor(planner(store, now))
    full = True
    real = drafts.put

    def put(*args: object, **options: object) -> None:
        if full:
            raise DiskFull("No room.")
        real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(drafts, "put", put)
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        await pilot.press("h", "i")
        editor.flush()
        assert editor.word == "not saved: No room."
        assert editor.text == "hi"
        full = False
        await until(pilot, lambda: drafts.get(store, TARGET))
        assert editor.word == "draft"


async def test_another_window_is_not_written_over(store: Store, now: datetime) -> None:
    # The parent of this process is alive and is not this process.
    theirs = f"{os.getppid()}:"
    drafts.put(store, TARGET, "theirs", now=now, session=theirs)
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        await pilot.press("x")
        assert editor.text == "theirs"
        assert editor.read_only
        editor.flush()
        assert drafts.get(store, TARGET).session == theirs  # type: ignore[union-attr]
        await pilot.press("ctrl+s", "x")
        editor.flush()
        assert drafts.get(store, TARGET).body == "theirsx"  # type: ignore[union-attr]


@pytest.mark.case(44)
async def test_a_long_paste_is_asked_about(store: Store, now: datetime) -> None:
    asked: list[str] = []

    class Asking(Host):
        def on_editor_paste_asked(self, event: Editor.PasteAsked) -> None:
            asked.append(event.text)

    editor = Editor(planner(store, now))
    async with Asking(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        for text in ("x" * 20_001, "line\n" * 300_000):
            editor.post_message(events.Paste(text))
            await pilot.pause()
            assert editor.text == ""
        editor.post_message(events.Paste("a\r\nb\x00c"))
        await pilot.pause()
        assert editor.text == "a\nbc"
    assert list(map(len, asked)) == [20_001, 1_500_000]


@pytest.mark.case(44)
def test_pieces_hold_everything() -> None:
    text = "short\n" + "x" * 45_000 + "\nend"
    assert too_long(text)
    pieces = in_pieces(text)
    assert not too_long(pieces)
    assert pieces.replace("\n", "") == text.replace("\n", "")
    assert max(map(len, pieces.split("\n"))) == PIECE


async def test_too_long_a_text_is_shown_and_not_touched(
    store: Store, now: datetime
) -> None:
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load("entry:J1", "x" * 30_000, 1)
        await pilot.press("y")
        assert editor.text == "x" * 30_000
        assert "ptui edit" in editor.word


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("size", [(120, 36), (40, 8), (1, 1)])
async def test_any_text_at_any_size(
    store: Store, now: datetime, language: str, size: tuple[int, int]
) -> None:
    use(language)
    text = "[/ [@click=app.quit]x[/]\x1b[2J\u202e 今天的会议，\U0001f600\u200d\u2028 a\tb\x00\x07"
    editor = Editor(planner(store, now, language), placeholder=Content("[/x]"))
    async with Host(editor).run_test(size=size) as pilot:
        await pilot.pause()
        editor.load("entry:J1", text, 1)
        await pilot.press("end", "enter", "x", "up", "home", "ctrl+z")
        await pilot.resize_terminal(20, 5)
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert editor.text == text
        assert editor.app.is_running


async def test_the_terminal_cursor_stands_at_the_caret(
    store: Store, now: datetime
) -> None:
    """Where an input method shows what is being composed."""
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(20, 8)) as pilot:
        editor.load(TARGET, "今天的会议，明天再说 ok")
        await pilot.press("end", "x")
        await pilot.pause()
        x, y = editor.cursor_screen_offset
        assert editor.app.cursor_position == (x, y)
        assert (x, y) == (editor.content_region.x + 6, editor.content_region.y + 1)


async def test_what_was_painted_before_a_new_width_is_painted_again(
    store: Store, now: datetime
) -> None:
    editor = Editor(planner(store, now))
    text = (
        "Carried parcels on Tuesday, she said: drop them at my home. It felt odd then."
    )
    async with Host(editor).run_test(size=(38, 8)) as pilot:
        editor.load(TARGET, text)
        for width in (38, 36, 38, 36, 39):
            await pilot.resize_terminal(width, 8)
            await pilot.pause()
            strips = editor.render_lines(editor.size.region)
            lines = [strip.text.rstrip() for strip in strips if strip.text.strip()]
            assert len(lines) == 3
            assert " ".join(lines) == text, width
            assert max(map(len, lines)) < width


async def test_the_text_of_a_window_that_ended_is_taken_over(
    store: Store, now: datetime
) -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    session = f"{other.pid}:{drafts._started(other.pid)}"
    drafts.put(store, TARGET, "half a sen", now=now, session=session)
    editor = Editor(planner(store, now))
    async with Host(editor).run_test(size=(40, 8)) as pilot:
        editor.load(TARGET, "")
        assert (editor.state, editor.read_only) == ("elsewhere", True)
        # Ended, and not waited for yet: a container without an init leaves it so.
        other.kill()
        await until(pilot, lambda: editor.state == "draft")
        assert not drafts.alive(session)
        other.communicate()
        assert (editor.text, editor.read_only) == ("half a sen", False)
        await pilot.press("t", "e", "n", "c", "e")
        assert editor.text == "half a sentence"
