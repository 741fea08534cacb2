"""The triggers of the day, each turned on and off on a real store, and their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from plannertui import i18n
from plannertui.core.entries import Win
from plannertui.core.goals import Measure
from plannertui.core.picker import TRIGGER_ORDER
from plannertui.core.prompts import load_bank
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import asked as asked_rows
from plannertui.store import (
    context,
    entries,
    events,
    goals,
    matters,
    people,
    situations,
    years,
)
from plannertui.store.open import Store
from plannertui.store.questions import Questions
from tests.conftest import NOW

TODAY = date(2024, 9, 14)
CHINA = WorkCalendar(lambda year: build_year("CN", year))
JANUARY, DECEMBER = date(2024, 1, 1), date(2024, 12, 31)


def on(db: Store, day: date = TODAY) -> dict[str, list[str]]:
    """The triggers that are on, each with its instances."""
    found = context.active(db, day, CHINA, day.year)
    return {name: [key for key, _label in each] for name, each in found.items()}


def back(workdays: int) -> date:
    return CHINA.add(TODAY, -workdays)


def leader(db: Store, since: date | None = None) -> Any:
    return people.add(
        db, alias="Director", relation="leader", now=NOW, primary=True, since=since
    )


def hard(db: Store, kind: str, **fields: Any) -> Any:
    return situations.add(
        db, line="the system", kind=kind, day=TODAY, now=NOW, **fields
    )


def talk(db: Store, day: date, state: str = "planned") -> Any:
    return events.add(
        db,
        title="One-on-one",
        kind="one_on_one",
        starts_on=day,
        people=(),
        state=state,
        now=NOW,
    )


def wrote(db: Store, kind: str, day: date, **fields: Any) -> Any:
    return entries.add(db, text="it happened", kind=kind, day=day, now=NOW, **fields)


def test_an_open_emergency(store: Store) -> None:
    made = hard(store, "emergency")
    assert on(store) == {"situation_open_emergency": [made.handle]}
    situations.edit(store, made, NOW, state="sent")
    assert "situation_open_emergency" in on(store)
    situations.edit(store, made, NOW, state="void")
    assert on(store) == {}


def test_a_grey_matter_without_a_decision(store: Store) -> None:
    made = matters.add(store, title="driver", nature="grey", day=TODAY, now=NOW)
    assert on(store) == {"boundary_open": [made.handle]}
    matters.edit(store, made, NOW, boundary={"decision": "declined"})
    assert on(store) == {}


def test_whom_it_is_about_stands_by_alias(store: Store) -> None:
    boss = leader(store)
    matters.add(
        store,
        title=f"a car, says @{boss.handle}",
        nature="grey",
        day=TODAY,
        now=NOW,
        person_id=boss.id,
        links=[boss.id],
    )
    found = context.active(store, TODAY, CHINA, TODAY.year)
    ((_handle, label),) = found["boundary_open"]
    assert label == f"a car, says @{boss.alias}"


def test_a_contradiction_with_the_leader_is_a_disagreement(store: Store) -> None:
    boss = leader(store)
    other = people.add(store, alias="Finance", relation="peer", now=NOW)
    mine = hard(store, "contradiction", person_id=boss.id)
    theirs = hard(store, "contradiction", person_id=other.id)
    decision = hard(store, "decision", person_id=boss.id)
    assert on(store) == {
        "disagree": [mine.handle],
        "situation_open_contradiction": [theirs.handle, decision.handle],
    }
    people.edit(store, boss, NOW, primary=False)
    assert on(store) == {
        "situation_open_contradiction": [mine.handle, theirs.handle, decision.handle]
    }
    for one in (mine, theirs, decision):
        situations.edit(
            store, one, NOW, state="closed", closed_on=back(3), close={"lesson": "x"}
        )
    assert on(store) == {}


@pytest.mark.parametrize(
    ("ahead", "is_on"),
    [
        # 15 to 17 September is a holiday: two workdays ahead is Thursday the 19th.
        (date(2024, 9, 14), True),
        (date(2024, 9, 19), True),
        (date(2024, 9, 20), False),
        (date(2024, 9, 13), False),
    ],
)
def test_a_one_on_one_within_two_workdays(
    store: Store, ahead: date, is_on: bool
) -> None:
    made = talk(store, ahead)
    assert on(store).get("one_on_one_soon", []) == ([made.handle] if is_on else [])
    events.edit(store, made, NOW, state="cancelled")
    assert on(store) == {}


def test_a_one_on_one_held_on_this_or_the_last_workday(store: Store) -> None:
    today = talk(store, TODAY, "held")
    friday = talk(store, date(2024, 9, 13), "held")
    talk(store, date(2024, 9, 12), "held")
    assert on(store) == {"after_one_on_one": [today.handle, friday.handle]}
    # After the holiday the last workday is the Saturday before it.
    assert on(store, date(2024, 9, 18)) == {"after_one_on_one": [today.handle]}
    for one in (today, friday):
        events.edit(store, one, NOW, state="followed_up")
    assert on(store) == {}


def test_a_promise_due_within_two_workdays(store: Store) -> None:
    made = [
        matters.add(store, title="x", kind="promise", day=TODAY, now=NOW, due=due)
        for due in (TODAY, date(2024, 9, 19), date(2024, 9, 20), date(2024, 9, 13))
    ]
    matters.add(store, title="x", kind="waiting", day=TODAY, now=NOW, due=TODAY)
    assert on(store) == {"promise_due": [made[0].handle, made[1].handle]}
    for matter in made:
        matters.done(store, matter, TODAY, NOW)
    assert on(store) == {}


@pytest.mark.parametrize(
    ("trigger", "kind", "workdays"),
    [("surprise_logged", "surprise", 2), ("setback", "setback", 5)],
)
def test_what_was_logged_of_late(
    store: Store, trigger: str, kind: str, workdays: int
) -> None:
    wrote(store, kind, back(workdays + 1))
    wrote(store, kind, TODAY + timedelta(days=3))
    assert on(store) == {}
    made = wrote(store, kind, back(workdays))
    assert on(store) == {trigger: [made.handle]}


def test_a_situation_closed_without_a_lesson(store: Store) -> None:
    made = hard(store, "decision", state="closed", closed_on=back(2))
    assert on(store) == {"situation_closed": [made.handle]}
    situations.edit(store, made, NOW, closed_on=back(3))
    assert on(store) == {}
    situations.edit(store, made, NOW, closed_on=TODAY, close={"lesson": "early"})
    assert on(store) == {}


def goal(db: Store, now: float) -> Any:
    return goals.add(
        db,
        year=2024,
        title="Backlog",
        start=JANUARY,
        due=DECEMBER,
        measure=Measure("cases", "", 0, 100, now, "up"),
        now=NOW,
    )


def test_a_goal_at_risk_slips_at_once(store: Store) -> None:
    made = goal(store, 40)
    assert on(store) == {"goal_slipping": [f"{made.handle}:2024-09"]}
    goals.set_state(store, made, "paused", NOW)
    assert on(store) == {}


def test_a_goal_behind_slips_after_ten_workdays(store: Store) -> None:
    made = goal(store, 0)
    # 71 % of the year is gone: 55 is behind. Ten workdays ago it was 67 %.
    made = goals.check_in(store, made, 67, day=back(11), now=NOW)
    made = goals.check_in(store, made, 55, day=back(9), now=NOW)
    assert "goal_slipping" not in on(store)
    made = goals.check_in(store, made, 55, day=back(10), now=NOW)
    assert on(store) == {"goal_slipping": [f"{made.handle}:2024-09"]}
    goals.check_in(store, made, 70, day=TODAY, now=NOW)
    assert on(store) == {}


def test_milestones_count_as_of_the_day_on_which_they_were_done(store: Store) -> None:
    made = goals.add(
        store, year=2024, title="Form", start=JANUARY, due=DECEMBER, now=NOW
    )
    for number in range(5):
        made = goals.add_milestone(store, made, f"step {number}", None, NOW)
    for step in made.milestones[:3]:
        made = goals.tick(store, made, step.id, date(2024, 6, 3), NOW)
    # 60 % against 71 %: behind, and so it was ten workdays ago, at 67 %? No: on pace.
    assert "goal_slipping" not in on(store)
    later = CHINA.add(TODAY, 10)
    assert "goal_slipping" in on(store, later)


def test_an_appraisal_within_21_days(store: Store) -> None:
    years.save(store, 2024, NOW, theme="x", appraisal_on=TODAY + timedelta(days=21))
    assert on(store) == {"appraisal_soon": ["2024"]}
    assert on(store, TODAY - timedelta(days=1)) == {}
    assert on(store, TODAY + timedelta(days=22)) == {}


def test_a_new_leader(store: Store) -> None:
    made = leader(store, TODAY - timedelta(days=29))
    assert on(store) == {"new_leader": [made.handle]}
    people.edit(store, made, NOW, since=TODAY - timedelta(days=30))
    assert on(store) == {}


@pytest.mark.parametrize(
    "win", [Win(number="188"), Win(document="register"), Win(witnesses=("L1",))]
)
def test_a_claim_older_than_five_workdays(store: Store, win: Win) -> None:
    made = wrote(store, "win", back(6))
    wrote(store, "win", back(5))
    assert on(store) == {"win_without_evidence": [made.handle]}
    entries.edit(store, made, NOW, win=win)
    assert on(store) == {}


def test_a_quiet_leader(store: Store) -> None:
    made = leader(store)
    later = CHINA.add(TODAY, 15)
    assert on(store, CHINA.add(TODAY, 14)) == {}
    assert on(store, later) == {"quiet_leader": [f"{made.handle}:{later:%Y-%m}"]}
    wrote(store, "note", CHINA.add(TODAY, 3), links=[made.id])
    assert on(store, later) == {}


@pytest.mark.parametrize(
    "touch",
    [
        lambda db, who, day: matters.add(
            db, title="x", kind="waiting", day=day, now=NOW, person_id=who.id
        ),
        lambda db, who, day: events.add(
            db,
            title="x",
            kind="meeting",
            starts_on=day,
            people=[who.id],
            state="held",
            now=NOW,
        ),
        lambda db, who, day: situations.add(
            db,
            line="x",
            kind="decision",
            day=day,
            now=NOW,
            person_id=who.id,
            state="void",
        ),
    ],
    ids=["matter", "event", "situation"],
)
def test_whatever_happens_with_the_leader_ends_the_silence(
    store: Store, touch: Callable[[Store, Any, date], Any]
) -> None:
    made = leader(store)
    later = CHINA.add(TODAY, 15)
    assert "quiet_leader" in on(store, later)
    touch(store, made, CHINA.add(TODAY, 5))
    assert "quiet_leader" not in on(store, later)


def everything(db: Store) -> None:
    """All at once, but those that two months and three weeks of quiet turn on."""
    boss = leader(db, TODAY - timedelta(days=3))
    hard(db, "emergency")
    matters.add(db, title="driver", nature="grey", day=TODAY, now=NOW)
    hard(db, "contradiction", person_id=boss.id)
    hard(db, "decision")
    talk(db, date(2024, 9, 19))
    talk(db, TODAY, "held")
    matters.add(db, title="x", kind="promise", day=TODAY, now=NOW, due=TODAY)
    wrote(db, "surprise", TODAY)
    hard(db, "decision", state="closed", closed_on=TODAY)
    goal(db, 10)
    wrote(db, "setback", TODAY)
    years.save(db, 2024, NOW, theme="x", appraisal_on=TODAY)
    wrote(db, "win", back(6))


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_trigger_has_a_question_and_a_reason_in_words(
    store: Store, language: str
) -> None:
    everything(store)
    found = on(store)
    assert {*found, "quiet_leader", "no_own_course"} == set(TRIGGER_ORDER)
    i18n.use(language)
    bank = load_bank()
    from plannertui.core.picked import Pick, Why, why_text

    said = set()
    for trigger in TRIGGER_ORDER:
        prompts = bank.opened_by(trigger)
        assert prompts
        lens = bank.lens(prompts[0].lens)
        assert lens is not None
        words = why_text(
            Pick(prompts[0], Why(lens, None, trigger, "LABEL"), 0, trigger)
        )
        assert "LABEL" in words
        said.add(words)
    assert len(said) == len(TRIGGER_ORDER)


def test_they_come_in_their_order_and_leave_room_for_ordinary_questions(
    store: Store,
) -> None:
    everything(store)
    asking = Questions(store, load_bank(), CHINA)
    day, asked = TODAY, []
    for _day in range(10):
        found = asking.of(day, day)
        assert found is not None
        asked.append(found.asked.trigger)
        asked_rows.mark(store, found.asked, "skipped")
        day = CHINA.next(day)
    urgent = [trigger for trigger in asked if trigger in TRIGGER_ORDER[:2]]
    assert asked[0] == "situation_open_emergency"
    assert urgent == sorted(urgent, key=TRIGGER_ORDER.index)
    assert "boundary_open" in urgent
    context_of_day = [t for t in asked if t and t not in urgent]
    assert context_of_day == sorted(context_of_day, key=TRIGGER_ORDER.index)
    rank = {trigger: n for n, trigger in enumerate(TRIGGER_ORDER)}
    for place in range(5, len(asked) + 1):
        window = asked[place - 5 : place]
        ordinary = [t for t in window if t and rank[t] > 1]
        assert len(ordinary) <= 3


def test_three_of_five_holds_for_what_is_not_urgent(store: Store) -> None:
    for _number in range(4):
        wrote(store, "setback", TODAY)
    for number in range(4):
        matters.add(
            store,
            title=f"promise {number}",
            kind="promise",
            day=TODAY,
            now=NOW,
            due=date(2024, 9, 19),
        )
    asking = Questions(store, load_bank(), CHINA)
    day, asked = TODAY, []
    for _day in range(6):
        found = asking.of(day, day)
        assert found is not None
        asked.append(bool(found.asked.trigger))
        day = CHINA.next(day)
    assert asked[:5] == [True, True, True, False, False]
    assert not asked[5]


def test_the_reason_names_what_it_is_about(store: Store, now: datetime) -> None:
    made = matters.add(
        store, title="list of 30", kind="promise", day=TODAY, now=now, due=TODAY
    )
    found = Questions(store, load_bank(), CHINA).of(TODAY, TODAY)
    assert found is not None
    assert (found.asked.trigger, found.asked.instance) == ("promise_due", made.handle)
    assert found.why == "promise due: list of 30"
