"""Which question is asked, and why."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest

from plannertui import i18n
from plannertui.core.picker import (
    TRIGGER_ORDER,
    Pick,
    Shown,
    another,
    h64,
    pick,
    pick_review,
    why_text,
    year_questions,
)
from plannertui.core.prompts import Bank, load_bank

# Two years of Mondays to Fridays.
DAYS = [
    day for i in range(731) if (day := date(2024, 1, 1) + timedelta(i)).weekday() < 5
]
INDEX = {day: i for i, day in enumerate(DAYS)}
Active = dict[str, list[tuple[str, str]]]


def workdays(first: date, last: date) -> int:
    return INDEX[last] - INDEX[first]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def ask(
    bank: Bank,
    shown: Sequence[Shown] = (),
    active: Active | None = None,
    *,
    day: date = DAYS[0],
    seed: int = 42,
) -> Pick:
    return pick(
        bank, seed=seed, day=day, shown=shown, active=active or {}, workdays=workdays
    )


def more(
    bank: Bank, shown: Sequence[Shown], active: Active | None = None
) -> Pick | None:
    return another(
        bank,
        seed=42,
        day=DAYS[0],
        shown=shown,
        active=active or {},
        workdays=workdays,
    )


OFTEN = [trigger for trigger in TRIGGER_ORDER if trigger != "no_own_course"]
"""Those that may come any day; the last one comes once a year at the most."""


def run(bank: Bank, seed: int, context: float = 0.0) -> list[Shown]:
    """Two years of questions; on a share of the days something opens one."""
    chance = random.Random(seed)
    shown: list[Shown] = []
    for i, day in enumerate(DAYS):
        active: Active = {}
        if context and chance.random() < context:
            active[chance.choice(OFTEN)] = [(f"M{i}", "it")]
        found = ask(bank, shown, active, day=day, seed=seed)
        shown.append(found.shown(day, "answered"))
    return shown


def test_the_hash_is_the_one_everybody_gets() -> None:
    assert h64("") == 0xF52A15E9A9B5E89B
    assert h64("42|0|course-01") == 0x379C684A8EAC7671
    assert 0 <= h64("换位") < 1 << 64


def test_the_first_five_questions_of_seed_42(bank: Bank) -> None:
    assert [entry.prompt_id for entry in run(bank, 42)[:5]] == [
        "reversal-03",
        "downward-06",
        "course-04",
        "goals-03",
        "pressures-01",
    ]


@pytest.mark.parametrize("seed", [42, 7, 123456789])
@pytest.mark.parametrize(("context", "longest"), [(0.0, 14), (0.35, 25)])
def test_two_years_of_questions(
    bank: Bank, seed: int, context: float, longest: int
) -> None:
    shown = run(bank, seed, context)
    ordinary = [entry for entry in shown if not entry.trigger]
    share = 1 - len(ordinary) / len(shown)
    assert 0.30 <= share <= 0.34 if context else share == 0
    # Nothing comes twice before all were asked, in any turn of the bank.
    for turn in range(ordinary[-1].turn + 1):
        ids = [entry.prompt_id for entry in ordinary if entry.turn == turn]
        assert len(ids) == len(set(ids))
        assert len(ids) == 62 or turn == ordinary[-1].turn
    last: dict[str, int] = {}
    for i, entry in enumerate(ordinary):
        assert i - last.get(entry.prompt_id, -62) >= 21
        last[entry.prompt_id] = i
    # Every lens comes round.
    visited: dict[str, int] = {}
    for i, entry in enumerate(shown):
        assert i - visited.get(entry.lens, i) <= longest
        visited[entry.lens] = i
    assert len(visited) == 12
    for before, after in pairwise(shown):
        assert after.trigger or before.lens != after.lens


def test_the_same_inputs_give_the_same_question(bank: Bank) -> None:
    assert run(bank, 5, 0.3) == run(load_bank(), 5, 0.3)
    assert run(bank, 5) != run(bank, 6)


def test_opening_twice_changes_nothing(bank: Bank) -> None:
    first = ask(bank)
    planned = [first.shown(DAYS[0])]
    assert ask(bank, planned) == first
    # Not even when something comes up that is no emergency.
    assert ask(bank, planned, {"promise_due": [("M1", "list")]}) == first
    for state in ("asked", "answered", "skipped"):
        assert ask(bank, [first.shown(DAYS[0], state)]) == first


def test_the_reason_stays_that_of_the_day_it_was_chosen(bank: Bank) -> None:
    shown = run(bank, 42)[:40]
    found = ask(bank, shown, day=DAYS[40])
    again = ask(bank, [*shown, found.shown(DAYS[40])], day=DAYS[40])
    assert again == found
    assert (found.why.workdays or 0) > 0


def test_context_opens_its_question_once_for_each_instance(bank: Bank) -> None:
    active = {"promise_due": [("M1", "list of cases"), ("M2", "call IT")]}
    first = ask(bank, [], active)
    assert (first.trigger, first.instance) == ("promise_due", "M1")
    assert first.prompt == bank.opened_by("promise_due")[0]
    shown = [first.shown(DAYS[0])]
    second = ask(bank, shown, active, day=DAYS[1])
    assert (second.prompt, second.instance) == (first.prompt, "M2")
    shown.append(second.shown(DAYS[1]))
    assert ask(bank, shown, active, day=DAYS[2]).trigger == ""


def test_the_order_of_triggers(bank: Bank) -> None:
    active = {trigger: [("X1", "it")] for trigger in reversed(TRIGGER_ORDER)}
    shown: list[Shown] = []
    for day, trigger in zip(DAYS, TRIGGER_ORDER, strict=False):
        found = ask(bank, [], active, day=day)
        assert found.trigger == trigger
        shown.append(found.shown(day))
        del active[trigger]


def test_context_takes_three_of_five_days_at_most(bank: Bank) -> None:
    active = {"promise_due": [(f"M{i}", "it") for i in range(99)]}
    shown: list[Shown] = []
    for day in DAYS[:60]:
        shown.append(ask(bank, shown, active, day=day).shown(day))
    for i in range(56):
        assert sum(1 for entry in shown[i : i + 5] if entry.trigger) <= 3


@pytest.mark.parametrize("trigger", TRIGGER_ORDER[:2])
def test_what_is_urgent_comes_before_the_planned_question(
    bank: Bank, trigger: str
) -> None:
    planned = ask(bank)
    shown = [planned.shown(DAYS[0])]
    active = {trigger: [("S1", "system down")]}
    urgent = ask(bank, shown, active)
    assert (urgent.trigger, urgent.instance) == (trigger, "S1")
    shown.append(urgent.shown(DAYS[0], "asked"))
    # Opening again shows it again; once it is answered it is not followed by its like.
    assert ask(bank, shown, active) == urgent
    shown[-1] = urgent.shown(DAYS[0], "answered")
    assert ask(bank, shown, active).prompt == urgent.prompt
    # The planned one follows on "another".
    following = more(bank, shown, active)
    assert following == planned
    shown = [shown[1], planned.shown(DAYS[0], "asked")]
    assert ask(bank, shown, active) == planned
    # The next day the next question about it comes.
    tomorrow = ask(bank, shown, active, day=DAYS[1])
    assert tomorrow.trigger == trigger
    assert tomorrow.prompt == bank.opened_by(trigger)[1]


def test_what_is_urgent_is_asked_even_after_three_contextual_days(bank: Bank) -> None:
    promises = {"promise_due": [(f"M{i}", "it") for i in range(9)]}
    shown: list[Shown] = []
    for day in DAYS[:3]:
        shown.append(ask(bank, shown, promises, day=day).shown(day))
    assert ask(bank, shown, promises, day=DAYS[3]).trigger == ""
    urgent = {"boundary_open": [("M9", "errand")], **promises}
    assert ask(bank, shown, urgent, day=DAYS[3]).trigger == "boundary_open"


def test_another_three_times_a_day(bank: Bank) -> None:
    active = {"promise_due": [("M1", "list")]}
    shown = [ask(bank, [], active).shown(DAYS[0])]
    lenses = {shown[0].lens}
    for _ in range(3):
        found = more(bank, shown, active)
        assert found is not None
        assert found.trigger == ""
        assert found.prompt.id not in [entry.prompt_id for entry in shown]
        shown[-1] = shown[-1]._replace(state="skipped")
        shown.append(found.shown(DAYS[0], "asked"))
        lenses.add(found.prompt.lens)
        assert ask(bank, shown, active) == found
    assert len(lenses) == 4
    assert more(bank, shown, active) is None


def test_a_skipped_question_counts_as_visited(bank: Bank) -> None:
    shown = [ask(bank).shown(DAYS[0], "skipped")]
    assert ask(bank, shown, day=DAYS[1]).prompt.lens != shown[0].lens


def test_a_question_of_a_lens_the_user_added_is_asked_too() -> None:
    bank = load_bank(
        '[[lens]]\nid = "health"\nname_en = "Health"\n'
        + "\n".join(
            f'[[prompt]]\nid = "health-{i}"\nlens = "health"\ncadence = "daily"\n'
            f'text_en = "How did I sleep, {i}?"'
            for i in range(7)
        )
    )
    # Seven make it the heaviest lens.
    assert ask(bank).prompt.lens == "health"


def test_a_question_that_is_gone_does_not_stop_anything(bank: Bank) -> None:
    shown = [
        Shown(DAYS[0], "mine-01", "mine", 0, "", "", "answered"),
        Shown(DAYS[1], "mine-02", "mine", 0, "gone_trigger", "X", "planned"),
    ]
    assert ask(bank, shown, day=DAYS[1]).prompt.id == "reversal-03"
    small = load_bank('disable = ["reversal-03"]')
    old = [ask(bank).shown(DAYS[0])]
    assert ask(small, old).prompt.id == "reversal-03"
    assert ask(small).prompt.id != "reversal-03"


def test_one_question_alone_is_asked_every_day(bank: Bank) -> None:
    off = [prompt.id for prompt in bank.of("daily")[1:]]
    small = load_bank(f"disable = {off}")
    shown: list[Shown] = []
    for turn, day in enumerate(DAYS[:3]):
        found = ask(small, shown, day=day)
        assert (found.prompt.id, found.turn) == (bank.of("daily")[0].id, turn)
        shown.append(found.shown(day))


def review(
    bank: Bank,
    cadence: str,
    shown: Sequence[Shown],
    day: date,
    since: date | None = None,
) -> list[Pick]:
    return pick_review(
        bank,
        cadence,  # type: ignore[arg-type]
        seed=42,
        day=day,
        shown=shown,
        workdays=workdays,
        since=since,
    )


@pytest.mark.parametrize(
    ("cadence", "step", "count"),
    [("weekly", 5, 1), ("monthly", 21, 2), ("quarterly", 62, 3)],
)
def test_reviews_go_through_their_own_questions(
    bank: Bank, cadence: str, step: int, count: int
) -> None:
    shown: list[Shown] = []
    asked = []
    for day in DAYS[::step]:
        found = review(bank, cadence, shown, day)
        assert len(found) == count
        assert {item.prompt.cadence for item in found} == {cadence}
        assert review(bank, cadence, [*shown, found[0].shown(day)], day) == found
        shown += [item.shown(day, "answered") for item in found]
        asked += [item.prompt.id for item in found]
    size = sum(1 for prompt in bank.prompts if prompt.cadence == cadence)
    for turn in range(len(asked) // size):
        assert len(set(asked[turn * size : (turn + 1) * size])) == size
    # The day's question is not moved on by a review.
    assert ask(bank, shown, day=DAYS[-1]).turn == 0


def test_a_review_is_taken_up_where_it_was_left(bank: Bank) -> None:
    begun = review(bank, "monthly", [], DAYS[0])
    shown = [begun[0].shown(DAYS[0], "answered")]
    assert review(bank, "monthly", shown, DAYS[2], since=DAYS[0])[0] == begun[0]
    assert begun[0] not in review(bank, "monthly", shown, DAYS[2])


def test_the_year_has_its_questions_in_order(bank: Bank) -> None:
    close = [prompt.id for prompt in year_questions(bank, "close")]
    opening = [prompt.id for prompt in year_questions(bank, "open")]
    assert close == [
        *("credit-09", "relation-09", "boundary-08", "downward-10", "reversal-09")
    ]
    assert opening == ["course-09", "course-10", "goals-09"]
    assert len(bank.of("yearly")) == len(close) + len(opening)
    own = load_bank(
        'disable = ["course-10"]\n[[prompt]]\nid = "my-01"\nlens = "course"\n'
        'cadence = "yearly"\ntext_zh = "这一年呢？"'
    )
    assert [p.id for p in year_questions(own, "close")] == [*close, "my-01"]
    assert [p.id for p in year_questions(own, "open")] == ["course-09", "goals-09"]


def test_the_reason_in_words(bank: Bank) -> None:
    first = ask(bank)
    assert why_text(first) == "“If I were my own leader” not visited yet"
    shown = run(bank, 42)[:30]
    found = ask(bank, shown, day=DAYS[30])
    count = found.why.workdays
    lens = found.why.lens.name_en
    assert why_text(found) == f"“{lens}” not visited for {count} workdays"
    opened = ask(bank, [], {"promise_due": [("M1", "list {of} cases")]})
    assert why_text(opened) == "promise due: list {of} cases"
    again = more(bank, [ask(bank).shown(DAYS[0])])
    assert again is not None
    assert why_text(again) == (
        "“Downward: as I would want it done for me” not visited yet"
    )


def test_every_trigger_has_its_words(bank: Bank) -> None:
    words = {
        why_text(ask(bank, [], {trigger: [("X1", "THAT")]}))
        for trigger in TRIGGER_ORDER
    }
    assert len(words) == len(TRIGGER_ORDER)
    assert all("THAT" in text for text in words)


def test_the_lens_is_named_in_the_readers_language(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(bank)
    monkeypatch.setattr(i18n, "_language", "zh_Hans")
    assert "换位" in why_text(first)
