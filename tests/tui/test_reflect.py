"""The question of the day: asked, answered, kept, turned into something."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.core.errors import DiskFull
from plannertui.i18n import use
from plannertui.store import (
    asked,
    drafts,
    entries,
    history,
    items,
    matters,
    people,
    trash,
    years,
)
from plannertui.tui.messages import Changed, ItemPicked
from plannertui.tui.panes.reflect import ReflectPane
from plannertui.tui.question import DayQuestions
from tests.tui.sample import TODAY, Host, planner

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from plannertui.store.open import Store
    from plannertui.store.questions import Question

DEAD = "999999999:1"
SIZES = [(120, 36), (80, 24), (40, 12)]
SUNDAY = date(2024, 9, 15)


class Following(Host):
    """Reads everything again when something changed, as the main screen does."""

    def on_changed(self, event: Changed) -> None:
        super().on_changed(event)
        if isinstance(self.widget, ReflectPane):
            self.widget.reload()


def pane_on(
    db: Store, now: datetime, language: str = "en", day: date = TODAY
) -> ReflectPane:
    db.set_meta("seed", "42")
    return ReflectPane(planner(db, now, language), day)


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()


def question(pane: ReflectPane) -> Question:
    assert pane.question is not None
    return pane.question


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_question_reason_and_what_was_said_before(
    store: Store, now: datetime, size: tuple[int, int], language: str
) -> None:
    use(language)
    pane = pane_on(store, now, language)
    prompt = DayQuestions(pane.planner).of(TODAY)[0].prompt
    entries.add(
        store,
        text="The oldest case is 34 days.",
        day=date(2024, 6, 12),
        now=now,
        kind="reflection",
        prompt=prompt.id,
    )
    async with Host(pane).run_test(size=size) as pilot:
        await settle(pilot)
        assert pane.card.text.text == prompt.text(language)
        assert question(pane).why in pane.card.why.text
        assert "The oldest case is 34 days." in pane.card.then.text
        assert ("12 Jun" if language == "en" else "6月12日") in pane.card.then.text
        assert pane.card.text.tone == "waiting"
        assert pane.editor.text == ""


async def test_the_same_question_the_whole_day(store: Store, now: datetime) -> None:
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        first = question(pane).prompt.id
        pane.reload()
        pane.show_day(TODAY - timedelta(days=1))
        pane.show_day(TODAY)
        await settle(pilot)
        assert question(pane).prompt.id == first
        assert len(asked.on_day(store, TODAY)) == 1


async def test_written_saved_and_found_again(store: Store, now: datetime) -> None:
    leader = people.add(store, alias="Director", relation="leader", now=now)
    host = Following(pane := pane_on(store, now))
    async with host.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press(*"21 days, @Director #cut")
        assert pane.border_subtitle == "draft"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert pane.border_subtitle == "saved 18:10"
        (item,) = items.on_day(store, TODAY)
        entry = entries.get(store, item.id)
        assert (entry.kind, entry.prompt) == ("reflection", question(pane).prompt.id)
        assert [ref.id for ref in entry.refs] == [leader.id]
        assert entry.tags == ("cut",)
        assert asked.on_day(store, TODAY)[0].state == "answered"
        assert drafts.ls(store) == []
        assert pane.card.text.tone == "asked"
        await pilot.press("!", "escape")
        await settle(pilot)
        assert entries.get(store, item.id).text == "21 days, @Director #cut!"
        assert pane.card.text.has_focus
        assert len(items.on_day(store, TODAY)) == 1
        pane.show_day(date(2024, 9, 12))
        pane.show_day(TODAY)
        await settle(pilot)
        assert pane.editor.text == "21 days, @Director #cut!"


@pytest.mark.parametrize("way", ["day", "quit", "another", "tab"])
async def test_leaving_saves(store: Store, now: datetime, way: str) -> None:
    pane = pane_on(store, now)
    async with Following(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i")
        if way == "day":
            pane.show_day(date(2024, 9, 12))
        elif way == "another":
            await pilot.press("ctrl+n")
        elif way == "tab":
            await pilot.press("shift+tab")
        await settle(pilot)
    assert [item.text for item in items.on_day(store, TODAY)] == ["hi"]
    assert drafts.ls(store) == []


async def test_an_interruption_leaves_a_draft(store: Store, now: datetime) -> None:
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i")
        pane.planner.flush_drafts()
        pane.app.exit(return_code=129)
        await settle(pilot)
    assert items.on_day(store, TODAY) == []
    assert [draft.body for draft in drafts.ls(store)] == ["hi"]


@pytest.mark.case(74)
async def test_a_full_disk_keeps_the_text_and_says_so(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **options: object) -> Any:
        raise DiskFull("No room to write.")

    pane = pane_on(store, now)
    with monkeypatch.context() as patch:
        async with Following(pane).run_test(size=(60, 20)) as pilot:
            await settle(pilot)
            patch.setattr(entries, "add", full)
            patch.setattr(drafts, "put", full)
            pane.write()
            await pilot.press("h", "i", "ctrl+s")
            await settle(pilot)
            assert pane.editor.text == "hi"
            assert pane.border_subtitle == "not saved"
            said = pane.box.said
            assert str(said.text) == "not saved: No room to write."
            # Nothing takes the place of a text that nothing else holds.
            pane.show_day(date(2024, 9, 12))
            await settle(pilot)
            assert (pane.day, pane.editor.text) == (TODAY, "hi")
            patch.undo()
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert pane.day == date(2024, 9, 12)
    assert [item.text for item in items.on_day(store, TODAY)] == ["hi"]


async def test_changed_elsewhere_keeps_both(store: Store, now: datetime) -> None:
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i", "ctrl+s")
        await settle(pilot)
        (item,) = items.on_day(store, TODAY)
        await pilot.press("!")
        entries.edit(store, entries.get(store, item.id), now, text="theirs")
        pane.reload()
        assert pane.editor.text == "hi!"
        await pilot.press("ctrl+s")
        await settle(pilot)
    texts = {found.text for found in items.on_day(store, TODAY)}
    assert texts == {"theirs", "hi!"}


async def test_taken_back_under_the_pen_is_written_anew(
    store: Store, now: datetime
) -> None:
    pane = pane_on(store, now)
    async with Following(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i", "ctrl+s")
        await settle(pilot)
        await pilot.press("!")
        history.undo(store, now)
        pane.reload()
        await settle(pilot)
        assert pane.editor.text == "hi!"
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert [item.text for item in items.on_day(store, TODAY)] == ["hi!"]
    assert drafts.ls(store) == []


async def test_nothing_is_saved_into_the_trash(store: Store, now: datetime) -> None:
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i", "ctrl+s")
        await settle(pilot)
        trash.remove(store, items.on_day(store, TODAY)[0].id, now)
        await pilot.press("!", "ctrl+s")
        await settle(pilot)
    assert [item.text for item in items.on_day(store, TODAY)] == ["hi!"]
    assert [item.text for item in trash.ls(store)] == ["hi"]


async def test_an_emptied_answer_is_asked_about(store: Store, now: datetime) -> None:
    pane = pane_on(store, now)
    async with Following(pane).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("h", "i", "ctrl+s")
        await settle(pilot)
        await pilot.press("f7", "backspace", "ctrl+s")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert pane.editor.text == "hi"
        await pilot.press("f7", "backspace", "ctrl+s")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert pane.editor.text == ""
        assert items.on_day(store, TODAY) == []
        assert [item.text for item in trash.ls(store)] == ["hi"]
        assert pane.card.text.tone == "waiting"


async def test_another_question_and_back(store: Store, now: datetime) -> None:
    host = Following(pane := pane_on(store, now))
    async with host.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.card.text.focus()
        await pilot.press("n", "n", "n")
        await settle(pilot)
        assert len(pane.asked) == len({q.prompt.id for q in pane.asked}) == 4
        assert "4 of 4" in pane.card.why.text
        await pilot.press("n")
        await settle(pilot)
        assert "enough" in [n.message for n in host._notifications][-1]
        await pilot.press("b", "b")
        await settle(pilot)
        assert pane.at == 1
        pane.write()
        await pilot.press("n", "b")
        assert pane.editor.text == "nb"


async def test_a_day_off_asks_nothing(store: Store, now: datetime) -> None:
    monday = pane_on(store, now)
    async with Host(monday).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
    pane = pane_on(store, now + timedelta(days=1), day=SUNDAY)
    async with Following(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        assert pane.question is None
        assert pane.card.text.text.startswith("A day off: nothing is asked.")
        pane.write()
        await pilot.press(*"a note", "ctrl+s")
        await settle(pilot)
        assert [(i.kind, i.text) for i in items.on_day(store, SUNDAY)] == [
            ("note", "a note")
        ]
        await pilot.press("escape")
        await settle(pilot)
        pane.reload()
        await pilot.press("n")
        await settle(pilot)
        assert question(pane).asked.day == TODAY
        pane.write()
        await pilot.press(*"late", "ctrl+s")
        await settle(pilot)
        (row,) = asked.on_day(store, SUNDAY)
        assert row.state == "answered"
        assert pane.editor.text == "late"
        assert [i.kind for i in items.on_day(store, SUNDAY)] == ["note", "reflection"]


async def test_other_days_show_what_was_asked_then(store: Store, now: datetime) -> None:
    friday = now - timedelta(days=1)
    before = pane_on(store, friday, day=friday.date())
    async with Host(before).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        before.write()
        await pilot.press(*"said on friday", "ctrl+s")
        await settle(pilot)
    pane = pane_on(store, now)
    async with Following(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.show_day(friday.date())
        await settle(pilot)
        assert pane.editor.text == "said on friday"
        assert str(pane.border_title) == "Fri 13 Sep"
        pane.show_day(date(2024, 9, 2))
        assert pane.card.text.text.startswith("Nothing was asked on this day.")
        pane.show_day(date(2024, 10, 2))
        assert pane.card.text.text.startswith("This day is still to come.")


async def offered(pilot: Pilot[None]) -> str:
    await settle(pilot)
    return "\n".join(
        str(part.render()) for part in pilot.app.screen.query("Static, Prose")
    )


@pytest.mark.parametrize("answer", ["enter", "k", "x", "escape"])
async def test_what_was_left_unfinished_is_offered(
    store: Store, now: datetime, answer: str
) -> None:
    pane = pane_on(store, now)
    prompt = DayQuestions(pane.planner).of(TODAY)[0].prompt.id
    target = f"reflect:2024-09-14:{prompt}"
    early = now.replace(hour=14, minute=32)
    drafts.put(store, target, "half a sent", now=early, session=DEAD, cursor="0,4")
    drafts.put(store, "form:goal:2024", "{}", now=early, session=DEAD)
    async with Following(pane).run_test(size=(80, 24)) as pilot:
        text = await offered(pilot)
        assert "an answer, Sat 14 Sep · 14:32 · 3 words" in text
        assert "half a sent" in text
        await pilot.press(answer)
        await settle(pilot)
        if answer == "enter":
            assert pane.editor.has_focus
            assert pane.editor.cursor_location == (0, 4)
        if answer in ("enter", "escape"):
            assert pane.editor.text == "half a sent"
            assert drafts.get(store, target) is not None
    texts = [(item.kind, item.text) for item in items.on_day(store, TODAY)]
    assert texts == ([("reflection", "half a sent")] if answer == "k" else [])
    gone = [item.text for item in trash.ls(store)]
    assert gone == (["half a sent"] if answer == "x" else [])
    assert (drafts.get(store, target) is None) == (answer in ("k", "x"))
    assert drafts.get(store, "form:goal:2024") is not None


async def test_an_unfinished_change_is_gone_on_with(
    store: Store, now: datetime
) -> None:
    entry = entries.add(store, text="old", day=TODAY, now=now)
    target = f"entry:{entry.handle}"
    drafts.put(store, target, "old and new", now=now, session=DEAD, base_rev=1)
    host = Host(pane_on(store, now))
    async with host.run_test(size=(80, 24)) as pilot:
        text = await offered(pilot)
        assert f"{entry.handle} · 18:10 · 3 words" in text
        await pilot.press("c")
        await settle(pilot)
        picked = [n.handle for n in host.news if isinstance(n, ItemPicked)]
        assert picked == [entry.handle]


@pytest.mark.parametrize(
    "kind", ["ask", "promise", "win", "lesson", "warn", "grey", "standard"]
)
async def test_an_answer_becomes_what_it_asks_for(
    store: Store, now: datetime, kind: str
) -> None:
    from plannertui.tui.dialogs.yields import KINDS, YieldDialog

    leader = people.add(
        store, alias="Director", relation="leader", now=now, primary=True
    )
    host = Following(pane := pane_on(store, now))
    async with host.run_test(size=(100, 36)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press(*"Tell early @Director", "enter", *"Second line", "ctrl+o")
        await settle(pilot)
        dialog = host.screen
        assert isinstance(dialog, YieldDialog)
        choice: Any = dialog.query_one("#kind")
        choice.focus()
        here = KINDS.index(choice.value)
        for _ in range((KINDS.index(kind) - here) % len(KINDS)):
            await pilot.press("right")
        await settle(pilot)
        if kind == "promise":
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert host.screen is dialog
            field: Any = dialog.query_one("#due")
            field.focus()
            await pilot.press(*"fri")
            await settle(pilot)
            assert "Fri 20 Sep" in str(dialog.query_one("#due-about").render())
        if kind == "win":
            proof: Any = dialog.query_one("#witnesses")
            proof.focus()
            await pilot.press(*"Finance")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert host.screen is not dialog
    answer = next(i for i in items.on_day(store, TODAY) if i.kind == "reflection")
    made = [i for i in items.on_day(store, TODAY) if i.id != answer.id]
    if kind == "standard":
        texts = [standard.text for standard in years.get(store, 2024).standards]
        assert texts == ["Tell early @Director"]
        return
    (item,) = made
    assert {ref[0] for ref in item.refs} == {answer.id, leader.id}
    if kind in ("ask", "promise", "grey"):
        matter = matters.get(store, item.id)
        assert matter.title == "Tell early @Director"
        assert matter.person is not None
        assert matter.person.id == leader.id
        assert matter.due == (date(2024, 9, 20) if kind == "promise" else None)
        assert matter.nature == ("grey" if kind == "grey" else "official")
    else:
        entry = entries.get(store, item.id)
        assert (entry.kind, entry.text) == (kind, "Tell early @Director\nSecond line")
        if kind == "win":
            assert entry.win is not None
            assert entry.win.witnesses == ("Finance",)
    assert drafts.ls(store) == []


async def test_without_an_answer_nothing_is_turned(store: Store, now: datetime) -> None:
    host = Host(pane := pane_on(store, now))
    async with host.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.card.text.focus()
        await pilot.press("o")
        await settle(pilot)
        assert len(host.screen_stack) == 1
        assert "Write the answer first" in [n.message for n in host._notifications][-1]


@pytest.mark.case(44)
async def test_a_long_paste_is_kept_whole(store: Store, now: datetime) -> None:
    from textual.events import Paste

    pane = pane_on(store, now)
    text = "x" * 30_000 + "\nend"
    async with Following(pane).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        pane.write()
        await settle(pilot)
        pane.editor.post_message(Paste(text))
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert pane.editor.text.replace("\n", "") == text.replace("\n", "")
        pane.editor.post_message(Paste(text))
        await settle(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert text in [item.text for item in items.on_day(store, TODAY)]


async def test_a_store_that_cannot_be_written_is_read(
    store: Store, now: datetime
) -> None:
    store.readonly = True
    pane = pane_on(store, now)
    async with Host(pane).run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        pane.write()
        await pilot.press("x", "ctrl+s", "ctrl+n")
        await settle(pilot)
        assert pane.app.is_running
        assert pane.editor.text == ""
