"""The situation screen: the list, the six steps, the message, the close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.widgets import Input, TextArea

from plannertui.core.situation_steps import step
from plannertui.core.situations import Situation
from plannertui.store import drafts, history, matters, people, priorities, situations
from plannertui.tui.app import PlannerApp
from plannertui.tui.dialogs.boundary import BoundaryDialog
from plannertui.tui.dialogs.confirm import Confirm
from plannertui.tui.dialogs.situation_close import CloseDialog
from plannertui.tui.footer import KeyBar
from plannertui.tui.main import MainScreen
from plannertui.tui.screens.situation import SituationScreen
from plannertui.tui.widgets.choice import Choice
from plannertui.tui.widgets.reply import Reply
from plannertui.tui.widgets.ticker import Ticker
from plannertui.tui.widgets.ticks import Ticks
from tests.tui.sample import TODAY, planner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from textual.pilot import Pilot

    from plannertui.store.open import Store

    Opened = Callable[..., AbstractAsyncContextManager["Driver"]]


class Driver:
    """The keys of a person on the situation screen."""

    def __init__(self, pilot: Pilot[None], app: PlannerApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def screen(self) -> SituationScreen:
        """The screen, whatever is on top of it."""
        for each in reversed(self.app.screen_stack):
            if isinstance(each, SituationScreen):
                return each
        raise AssertionError("the situation screen is not open")

    def on_top(self, kind: type[object]) -> bool:
        """Whether what is on top is of this kind."""
        return isinstance(self.app.screen, kind)

    @property
    def focused(self) -> str:
        """The id of what has the focus."""
        return str(self.app.screen.focused.id) if self.app.screen.focused else ""

    async def settle(self) -> None:
        """Wait until nothing is on its way."""
        for _n in range(4):
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str, *then: str) -> None:
        """Put ``text`` where the cursor is, and press keys."""
        field = self.app.screen.focused
        if isinstance(field, Reply):
            field.put(text)
        else:
            cast(Input, field).insert_text_at_cursor(text)
        await self.settle()
        await self.press(*then)

    @property
    def text(self) -> str:
        """What the panels say."""
        lines = []
        strips = self.screen._compositor.render_strips()
        for panel in self.screen.query("#panels > *"):
            region = panel.region
            for strip in strips[region.y : region.bottom]:
                lines.append(strip.text[region.x : region.right])
        return "\n".join(lines)

    @property
    def keys(self) -> str:
        """The bottom line."""
        return self.app.screen.query_one(KeyBar).render().plain


@pytest.fixture
def db(store: Store, now: datetime) -> Store:
    """A leader with two priorities."""
    store.set_meta("welcomed", "1")
    director = people.add(store, alias="Director", relation="leader", now=now)
    for text, basis in (("No old complaint", "said"), ("Stable staff", "seen")):
        priorities.add(store, director, text=text, basis=basis, now=now)
    return store


@pytest.fixture
def opened(db: Store, now: datetime) -> Opened:
    """Opens the program and presses s."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def open_it(
        size: tuple[int, int] = (80, 24), clock: Callable[[], datetime] | None = None
    ) -> AsyncIterator[Driver]:
        shared = planner(db, now)
        if clock is not None:
            shared.now = clock
        app = PlannerApp(shared)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            cast(MainScreen, app.screen).focus_pane("goals")
            driver = Driver(pilot, app)
            await driver.press("s")
            yield driver

    return open_it


def only(db: Store) -> Situation:
    found = situations.ls(db, None)
    assert len(found) == 1
    return found[0]


def add(db: Store, now: datetime, **more: Any) -> Situation:
    leader = people.primary(db)
    assert leader is not None
    return situations.add(
        db, line="system down", day=TODAY, now=now, person_id=leader.id, **more
    )


async def test_five_minutes_by_keys_alone(db: Store, opened: Opened) -> None:
    async with opened() as me:
        await me.press("enter")
        await me.type("system down", "enter")
        await me.type("6 cases end today", "enter", "enter", "enter")
        assert "2/6 Facts" in me.text
        await me.type("fault", "enter")
        await me.type("34 waiting", "enter", "enter")
        assert me.focused == "a-reported"
        await me.press("enter")
        await me.type("how long", "enter")
        assert "2 confirmed   0 unchecked   1 unknown" in me.text
        await me.press("enter")
        assert "You sit in Director's chair." in me.text
        await me.type("order", "enter", "space", "enter")
        await me.type("bureau", "enter")
        await me.type("how many", "enter", "enter")
        await me.type("close", "enter")
        assert "4/6 Heart" in me.text
        await me.press("right", "right", "enter", "enter", "enter")
        await me.type("queue", "enter")
        await me.type("paper", "enter")
        await me.type("2 staff", "enter")
        await me.type("us", "enter", "enter", "enter")
        await me.type("6 late", "enter", "enter")
        assert me.focused == "a-pick"
        await me.press("right", "enter", "right", "enter")
        assert "6/6 Move" in me.text
        await me.press("enter")
        await me.type("paper for today", "enter")
        await me.type("approval", "enter")
        await me.type("15:00", "enter", "enter")
        await me.type("16", "enter")
        assert "DECIDE by 15:00 - system down; propose paper for today." in me.text
        await me.press("y", "d")
        assert me.app.clipboard.startswith("**DECIDE by 15:00")
        await me.press("escape", "escape")
        assert me.on_top(MainScreen)
    one = only(db)
    assert (one.line, one.clock, one.kind) == (
        "system down",
        "6 cases end today",
        "emergency",
    )
    assert one.facts == {"confirmed": ["fault", "34 waiting"], "unknown": ["how long"]}
    assert one.chair == {
        "answerable_for": "order",
        "priorities": ["L1.1"],
        "asked_by": "bureau",
        "asked_what": "how many",
    }
    assert one.predicted == "close"
    assert one.heart == {"between": "part / whole", "symptom": "queue"}
    assert [way["text"] for way in one.options["options"]] == [
        "paper",
        "",
        "do nothing",
    ]
    assert (one.options["pick"], one.options["public_test"]) == (1, "yes")
    assert one.move == {
        "propose": "paper for today",
        "decision": "approval",
        "by": "15:00",
        "report_again_at": "16:00",
    }
    assert one.state == "sent"
    (promise,) = matters.ls(db, kind="promise")
    assert promise.title == "report again 16:00: system down"
    assert promise.due == TODAY


async def test_every_step_may_be_left_with_enter(db: Store, opened: Opened) -> None:
    async with opened() as me:
        await me.press("n")
        await me.type("x")
        for _n in range(60):
            await me.press("enter")
            if me.screen.part == "message":
                break
        assert me.screen.part == "message"
        assert "INFORM - x." in me.text
    one = only(db)
    assert (one.facts, one.chair, one.heart, one.options, one.move) == ({},) * 5
    step_back = history.undo(db, me.app.planner.now())
    assert step_back is not None
    assert step_back.label == "open emergency"


async def test_without_a_line_one_stays(db: Store, opened: Opened) -> None:
    async with opened() as me:
        await me.press("enter", "ctrl+n")
        assert "One line is enough to begin with." in me.text
        assert me.focused == "a-line"
        await me.press("escape")
        assert me.on_top(MainScreen)
    assert situations.ls(db, None) == []
    assert drafts.ls(db) == []


async def test_esc_saves_and_leaves_and_one_goes_on_where_one_was(
    db: Store, opened: Opened
) -> None:
    async with opened() as me:
        await me.press("enter")
        await me.type("system down")
        await me.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert "4/6 Heart" in me.text
        await me.press("tab")
        await me.type("this")
        await me.press("escape")
        assert me.on_top(MainScreen)
        assert only(db).heart == {"between": "this"}
        await me.press("s")
        assert "system down" in me.text
        await me.press("enter")
        assert "4/6 Heart" in me.text
        assert me.screen.query_one("#a-between-0", Reply).text == "this"
        assert me.focused == "a-between-1"


async def test_what_was_typed_comes_back_after_a_crash(
    db: Store, now: datetime, opened: Opened
) -> None:
    one = add(db, now)
    body = "step\t1\na-confirmed\tfault\na-confirmed\t34 waiting"
    drafts.put(db, situations.draft_of(one), body, now=now, session="999999:1")
    async with opened() as me:
        await me.press("enter")
        assert "2/6 Facts" in me.text
        assert me.screen.query_one("#a-confirmed", Reply).text == "fault\n34 waiting"
        assert only(db).facts == {}
        await me.press("ctrl+n")
    assert only(db).facts == {"confirmed": ["fault", "34 waiting"]}


async def test_a_line_that_was_never_saved_is_offered(
    db: Store, now: datetime, opened: Opened
) -> None:
    body = "step\t0\na-line\tsystem down\na-kind\tdecision"
    drafts.put(db, situations.draft_of(None), body, now=now, session="999999:1")
    async with opened() as me:
        assert "Go on with: system down" in me.text
        await me.press("enter")
        assert me.screen.query_one("#a-line", Reply).text == "system down"
        assert me.screen.query_one("#a-kind", Choice).value == "decision"
        await me.press("ctrl+n")
    assert only(db).kind == "decision"
    assert drafts.get(db, situations.draft_of(None)) is None


async def test_typing_writes_a_draft_without_saving(
    db: Store, now: datetime, opened: Opened
) -> None:
    one = add(db, now)
    async with opened() as me:
        await me.press("enter")
        await me.type("fau")
        me.screen.flow.flush()
        left = drafts.get(db, situations.draft_of(one))
        assert left is not None
        assert left.body == "step\t1\na-confirmed\tfau"
        assert only(db).facts == {}


async def test_another_key_of_the_program_saves_first(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now)
    async with opened() as me:
        await me.press("enter", "ctrl+n")
        await me.type("order", "enter", "space")
        assert isinstance(me.app.screen.focused, Ticks)
        await me.press("1")
        assert me.on_top(MainScreen)
    assert only(db).chair == {"answerable_for": "order", "priorities": ["L1.1"]}


async def test_back_through_the_steps(db: Store, now: datetime, opened: Opened) -> None:
    add(db, now, facts={"unknown": ["when"]})
    async with opened() as me:
        await me.press("enter")
        assert "3/6 Chair" in me.text
        await me.press("shift+tab")
        assert "2/6 Facts" in me.text
        assert me.focused == "a-unknown"
        await me.type("?", "ctrl+b")
        assert "1/6 Line" in me.text
        await me.press("ctrl+b")
        assert "1/6 Line" in me.text
    assert only(db).facts == {"unknown": ["when?"]}


async def test_arrows_move_between_answers_and_in_lists(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now)
    async with opened() as me:
        await me.press("enter")
        await me.type("a", "enter")
        await me.type("b", "up")
        assert me.focused == "a-confirmed"
        await me.press("up", "down", "down")
        assert me.focused == "a-reported"
        await me.press("down", "down")
        assert me.focused == "a-unknown"
        await me.press("ctrl+n", "down")
        assert me.focused == "a-priorities"
        await me.press("down", "space", "down")
        assert me.focused == "a-asked_by"
    assert situations.get(db, "S1").facts == {"confirmed": ["a", "b"]}


async def test_the_second_way_may_be_left_out(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now, heart={"symptom": "x"})
    async with opened() as me:
        await me.press("enter")
        assert me.focused == "a-way-0-text"
        await me.press("enter")
        assert me.focused == "a-way-1-text"
        await me.press("enter", "enter")
        assert me.focused == "a-way-2-cost"
        await me.press("enter")
        assert me.focused == "a-pick"


async def test_what_is_not_public_is_offered_a_boundary_check(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now, heart={"symptom": "x"})
    async with opened() as me:
        await me.press("enter")
        await me.type("favour")
        me.screen.query_one("#a-pick", Choice).value = "1"
        me.screen.query_one("#a-public_test", Choice).value = "unsure"
        await me.press("ctrl+n")
        assert me.on_top(Confirm)
        await me.press("y")
        assert me.on_top(BoundaryDialog)
        await me.press("escape")
        assert "6/6 Move" in me.text
        await me.press("ctrl+b", "ctrl+n")
        assert "6/6 Move" in me.text
        await me.press("ctrl+n")
        assert "NOT SETTLED" in me.text
        assert "B looks at its boundary" in me.text
        await me.press("B")
        assert me.on_top(BoundaryDialog)
    (matter,) = matters.ls(db)
    assert (matter.nature, matter.title) == ("grey", "system down")


async def test_no_is_no_and_is_not_asked_twice(
    db: Store, now: datetime, opened: Opened
) -> None:
    options = {"options": [{"text": "x"}], "pick": 1, "public_test": "no"}
    add(db, now, heart={"symptom": "x"}, options=options)
    async with opened() as me:
        await me.press("enter", "ctrl+b", "ctrl+n")
        assert me.on_top(Confirm)
        await me.press("n")
        assert "6/6 Move" in me.text
        await me.press("ctrl+b", "ctrl+n")
        assert "6/6 Move" in me.text
    assert matters.ls(db) == []


async def test_inform_asks_for_nothing(
    db: Store, now: datetime, opened: Opened
) -> None:
    options = {"options": [{"text": "paper"}], "pick": 1, "public_test": "yes"}
    add(db, now, options=options, move={"decision": "approval"})
    async with opened() as me:
        await me.press("enter")
        assert "What do I need from them?" in me.text
        await me.press("up", "right")
        assert me.focused == "a-type"
        assert "What do I need from them?" not in me.text
        assert "What do I tell them?" in me.text
        await me.press("ctrl+n")
        assert "INFORM - system down" in me.text
        assert "approval" not in me.text
        await me.press("i")
        assert "DECIDE - system down" in me.text
        assert "approval" in me.text
        await me.press("b")
        assert me.screen.query_one("#a-type", Choice).value == "decide"
    assert only(db).move == {"decision": "approval", "type": "decide"}


async def test_the_message_follows_what_is_typed(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now, move={"by": "15:00"})
    async with opened(size=(120, 36)) as me:
        await me.press("enter")
        assert me.screen.message.display
        me.screen.query_one("#a-propose", Reply).focus()
        await me.type("paper")
        me.screen.flow._keep()
        await me.settle()
        assert me.screen.message.text.startswith(
            "**INFORM by 15:00 - system down; paper"
        )
        assert only(db).move == {"by": "15:00"}
        count = db.one("SELECT count(*) FROM action WHERE label LIKE 'step of%'")
        assert count == (0,)


async def test_what_cannot_be_saved_stays_and_says_why(
    db: Store, opened: Opened
) -> None:
    async with opened() as me:
        await me.press("enter")
        me.screen.query_one("#a-line", Reply).put("x" * 141)
        await me.press("ctrl+n")
        assert "at most 140 characters" in me.text
        assert "1/6 Line" in me.text
        await me.press("escape")
        assert me.on_top(MainScreen)
        await me.press("s", "enter")
        assert me.screen.query_one("#a-line", Reply).text == "x" * 141


async def test_pasted_lines_become_facts_or_one_line(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now)
    async with opened() as me:
        await me.press("enter")
        cast(Reply, me.app.screen.focused)._receive("a\nb\n")
        await me.press("ctrl+n")
        cast(Reply, me.app.screen.focused)._receive("one\ntwo")
        await me.press("escape")
    one = only(db)
    assert one.facts == {"confirmed": ["a", "b"]}
    assert one.chair == {"answerable_for": "one two"}


async def test_the_clock_counts_and_stops_nothing(
    db: Store, now: datetime, opened: Opened
) -> None:
    from datetime import timedelta

    add(db, now)
    moment = [now]
    async with opened(clock=lambda: moment[0]) as me:
        await me.press("enter")
        clock = me.screen.query_one(Ticker)
        assert clock.text == "0:00 of 1:00"
        moment[0] += timedelta(seconds=754)
        clock.look()
        assert clock.text == "12:34 of 1:00"
        await me.type("still here", "ctrl+n")
        assert me.screen.query_one(Ticker).text == "0:00 of 1:15"
    assert only(db).facts == {"confirmed": ["still here"]}


async def test_the_close_compares_and_learns(
    db: Store, now: datetime, opened: Opened
) -> None:
    one = add(db, now, predicted="would close")
    situations.send(db, one, TODAY, now)
    async with opened() as me:
        await me.press("c")
        assert me.on_top(CloseDialog)
        for text in ("closing", "paper", "deadlines", "the six", "approved"):
            await me.type(text, "tab")
        assert isinstance(me.app.screen.focused, Choice)
        await me.press("right", "right", "tab")
        await me.type("deadlines first", "enter")
        assert me.on_top(SituationScreen)
        assert "Over" in me.text
        await me.press("u")
        assert only(db).state == "sent"
        await me.press("U")
    found = only(db)
    assert (found.state, found.actual, found.match) == ("closed", "approved", "partly")
    assert found.close == {
        "expected": "closing",
        "happened": "paper",
        "why": "deadlines",
        "keep": "the six",
        "lesson": "deadlines first",
    }


async def test_a_close_that_was_left_waits(
    db: Store, now: datetime, opened: Opened
) -> None:
    add(db, now)
    async with opened() as me:
        await me.press("c")
        await me.type("closing")
        await me.press("escape")
        assert only(db).state == "open"
        await me.press("c")
        assert me.app.screen.query_one("#expected").value == "closing"  # type: ignore[attr-defined]


async def test_the_list_has_what_is_open_first(
    db: Store, now: datetime, opened: Opened
) -> None:
    old = add(db, now)
    situations.close(db, old, {}, TODAY, now)
    add(db, now)
    async with opened() as me:
        assert me.text.index("S2") < me.text.index("Begin") < me.text.index("S1")
        assert me.screen.listed.current == situations.get(db, "S2")
        assert "close" in me.keys
        await me.press("down")
        assert "message" not in me.keys
        await me.press("down", "enter")
        assert me.screen.part == "sheet"
        assert "system down" in me.text
        await me.press("escape")
        assert me.screen.part == "list"
        await me.press("home", "v")
        assert situations.get(db, "S2").state == "void"
        assert situations.live(db) == []


async def test_one_that_is_over_can_be_reopened(
    db: Store, now: datetime, opened: Opened
) -> None:
    situations.void(db, add(db, now), TODAY, now)
    async with opened() as me:
        await me.press("down", "o")
        assert only(db).state == "open"
        await me.press("ctrl+l", "home", "enter")
        assert "2/6 Facts" in me.text
        await me.press("ctrl+l")
        assert me.screen.part == "list"


@pytest.mark.case(62)
async def test_the_clipboard_of_the_terminal_only_when_asked(
    db: Store, now: datetime, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(db, now)
    told: list[str] = []
    async with opened() as me:
        driver = me.app._driver
        assert driver is not None
        write = driver.write

        def watch(data: str) -> None:
            told.append(data)
            write(data)

        monkeypatch.setattr(driver, "write", watch)
        await me.press("m", "y")
        assert not any("\x1b]52" in each for each in told)
        await me.press("Y")
        assert any("\x1b]52" in each for each in told)


async def test_letters_are_typed_while_one_answers(db: Store, opened: Opened) -> None:
    async with opened() as me:
        await me.press("n", *"asr5q", "question_mark", "u")
        assert isinstance(me.app.screen.focused, TextArea)
        assert me.screen.query_one("#a-line", Reply).text == "asr5q?u"


async def test_a_situation_in_the_journal_leads_here(db: Store, now: datetime) -> None:
    one = add(db, now)
    situations.close(db, one, {}, TODAY, now)
    app = PlannerApp(planner(db, now))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        from plannertui.tui.messages import ItemPicked

        app.screen.post_message(ItemPicked("S1"))
        me = Driver(pilot, app)
        await me.settle()
        assert me.screen.listed.current == situations.get(db, "S1")


def test_the_steps_named_here_are_those_of_the_rules() -> None:
    assert step("move").fields[0].choices == ("decide", "inform")
