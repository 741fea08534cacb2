"""Reviews in the store: kept at each step, resumed, closed with figures, undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from plannertui.core import reviews as rules
from plannertui.core.goals import Measure
from plannertui.core.prompts import load_bank
from plannertui.store import (
    asked,
    entries,
    figures,
    goals,
    history,
    matters,
    people,
    reviews,
    years,
)
from plannertui.store.calendar import work_calendar
from plannertui.store.dump import export_all
from plannertui.store.merge import import_all
from plannertui.store.open import open_store
from plannertui.store.questions import Questions
from plannertui.store.reviewing import Desk, lay_out, planpage
from plannertui.store.reviewing.mirror import answer_standard, standard_in_turn
from plannertui.store.reviewing.questions import posed
from plannertui.store.reviewing.standing import due, standings
from plannertui.store.settings import Settings
from tests.tui.sample import fill

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.core.workdays import WorkCalendar
    from plannertui.store.open import Store
    from plannertui.store.reviews import Review

TODAY = date(2024, 9, 14)
WEEK = rules.read_period("week", "2024-W37")


@pytest.fixture
def calendar(store: Store) -> WorkCalendar:
    settings = Settings("", {})
    settings.calendar = "CN"
    return work_calendar(store, settings, "en", TODAY)


def desk(store: Store, review: Review, calendar: WorkCalendar) -> Desk:
    return Desk(store, review, TODAY, calendar, 1, load_bank())


def shown(found: Desk, shows: str) -> str:
    return "\n".join(
        line
        for group in lay_out(found, shows)
        for line in (
            group.title,
            *(f"{part.handle} {part.text} {part.about}" for part in group.parts),
            "" if group.parts else group.empty,
        )
    )


# -- progress --------------------------------------------------------------------------


def test_each_step_is_kept_at_once_and_found_again(store: Store, now: datetime) -> None:
    blank = reviews.get(store, "week", WEEK)
    assert blank.entry is None
    assert blank.at == 0
    reviews.keep(store, blank, "clear", today=TODAY, now=now)
    reviews.keep(store, blank, "goals", today=TODAY, now=now, text="G2 waits for legal")
    reviews.keep(store, blank, "promises", today=TODAY, now=now, state="skipped")
    found = reviews.get(store, "week", WEEK)
    assert [found.step(name).state for name in ("clear", "promises", "goals")] == [
        "done",
        "skipped",
        "done",
    ]
    assert found.at == 3
    assert found.passed == 3
    assert not found.closed
    assert found.entry is not None
    assert found.entry.text == "Week 2024-W37\nGoals: G2 waits for legal"
    assert found.entry.kind == "review"
    assert found.entry.period == "2024-W37"
    assert len(reviews.ls(store)) == 1


def test_the_plan_of_a_leader_of_whom_nothing_is_known_says_so(
    store: Store, now: datetime
) -> None:
    people.add(store, alias="Boss", now=now)
    page = planpage.page(store, 2025)
    assert "## Boss answers for\nNothing is known of it yet." in page


def test_a_changed_sentence_takes_the_place_of_the_old_one(
    store: Store, now: datetime
) -> None:
    review = reviews.get(store, "week", WEEK)
    review = reviews.keep(store, review, "goals", today=TODAY, now=now, text="one")
    review = reviews.keep(store, review, "ahead", today=TODAY, now=now, text="three")
    review = reviews.keep(store, review, "goals", today=TODAY, now=now, text="two")
    assert review.entry is not None
    assert review.entry.text == "Week 2024-W37\nGoals: two\nAhead: three"
    review = reviews.keep(store, review, "goals", today=TODAY, now=now, text="")
    assert review.entry is not None
    assert review.entry.text == "Week 2024-W37\nAhead: three"


def test_what_was_edited_by_hand_in_the_entry_stays(
    store: Store, now: datetime
) -> None:
    review = reviews.get(store, "week", WEEK)
    review = reviews.keep(store, review, "goals", today=TODAY, now=now, text="one")
    assert review.entry is not None
    entries.edit(store, review.entry, now, text="My own words, one.")
    review = reviews.keep(store, review, "goals", today=TODAY, now=now, text="two")
    assert review.entry is not None
    assert review.entry.text == "My own words, one.\nGoals: two"


def test_two_who_write_one_step_both_keep_their_words(
    store: Store, now: datetime
) -> None:
    mine = theirs = reviews.get(store, "week", WEEK)
    reviews.keep(store, theirs, "goals", today=TODAY, now=now, text="from the shell")
    found = reviews.keep(store, mine, "goals", today=TODAY, now=now, text="from here")
    assert found.step("goals").text == "from the shell\nfrom here"


def test_a_step_is_undone_as_everything_else_is(store: Store, now: datetime) -> None:
    review = reviews.get(store, "week", WEEK)
    review = reviews.keep(store, review, "clear", today=TODAY, now=now)
    reviews.keep(store, review, "goals", today=TODAY, now=now, text="one")
    history.undo(store, now)
    assert reviews.get(store, "week", WEEK).step("goals").state == ""
    history.undo(store, now)
    assert reviews.get(store, "week", WEEK).entry is None
    history.redo(store, now)
    assert reviews.get(store, "week", WEEK).step("clear").state == "done"


def test_a_closed_review_keeps_the_numbers_and_the_next_compares(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    fill(store, now)
    goal = goals.ls(store, 2024)[0]
    before = goals.check_in(store, goal, 212, day=TODAY, now=now)
    last = reviews.get(store, "week", rules.read_period("week", "2024-W36"))
    last = reviews.close(
        store, last, {"kept": {"count": 1}}, today=date(2024, 9, 6), now=now
    )
    assert last.closed
    assert last.snapshot["figures"] == {"kept": {"count": 1}}
    assert last.snapshot["numbers"][goal.handle] == 212
    goals.check_in(store, before, 188, day=TODAY, now=now)
    found = desk(store, reviews.get(store, "week", WEEK), calendar)
    assert "212 → 188" in shown(found, "goals")
    assert "2024-W36" in shown(found, "goals")
    again = reviews.reopen(store, last, now)
    assert not again.closed


def test_a_year_is_closed_and_planned_under_one_label(
    store: Store, now: datetime
) -> None:
    year = rules.read_period("year-close", "2024")
    for kind in ("year-close", "year-open", "plan"):
        review = reviews.get(store, kind, year)
        step = rules.steps_of(review.kind)[0].name
        reviews.keep(store, review, step, today=TODAY, now=now, text=kind)
    assert sorted(each.kind for each in reviews.ls(store)) == [
        "plan",
        "year-close",
        "year-open",
    ]


def test_a_review_in_the_trash_is_begun_anew(store: Store, now: datetime) -> None:
    from plannertui.store import trash

    review = reviews.get(store, "week", WEEK)
    review = reviews.keep(store, review, "clear", today=TODAY, now=now)
    assert review.entry is not None
    trash.remove(store, review.entry.id, now)
    assert reviews.get(store, "week", WEEK).entry is None
    assert reviews.ls(store) == []


# -- which are due ---------------------------------------------------------------------


def test_a_new_store_is_asked_for_a_plan_and_for_nothing_else(
    store: Store, calendar: WorkCalendar
) -> None:
    assert [each.kind for each in due(store, TODAY, calendar)] == ["year-open"]


def test_the_week_is_due_on_its_last_workday_and_then_begun_and_held(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    fill(store, now)
    entries.add(store, text="note", day=date(2024, 9, 9), now=now)

    def week(day: date) -> tuple[str, str]:
        found = standings(store, day, calendar)[0]
        return found.state, found.period.label

    assert week(date(2024, 9, 13)) == ("due", "2024-W36")
    before = reviews.get(store, "week", rules.read_period("week", "2024-W36"))
    reviews.close(store, before, {}, today=date(2024, 9, 13), now=now)
    assert week(date(2024, 9, 13)) == ("coming", "2024-W37")
    assert week(TODAY) == ("due", "2024-W37")
    assert week(date(2024, 9, 18)) == ("due", "2024-W37")
    review = reviews.get(store, "week", WEEK)
    review = reviews.keep(store, review, "clear", today=TODAY, now=now)
    assert week(date(2024, 9, 30)) == ("open", "2024-W37")
    reviews.close(store, review, {}, today=TODAY, now=now)
    assert week(TODAY) == ("coming", "2024-W38")


def test_one_that_was_begun_long_ago_does_not_hide_the_next(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    def stand(place: int, day: date) -> tuple[str, str]:
        found = standings(store, day, calendar)[place]
        return found.state, found.period.label

    day = date(2024, 3, 6)
    for kind in ("week", "year-open"):
        review = reviews.get(store, kind, rules.period_of(kind, day))
        reviews.begin(store, review, today=day, now=now)
    assert stand(0, date(2024, 3, 29)) == ("open", "2024-W10")
    assert stand(0, TODAY) == ("due", "2024-W37")
    assert stand(4, TODAY) == ("open", "2024")
    assert stand(4, date(2025, 1, 2)) == ("due", "2025")
    assert reviews.get(store, "week", rules.period_of("week", day)).entry is not None


# -- what the steps lay out ------------------------------------------------------------


@pytest.mark.parametrize("kind", rules.KINDS)
@pytest.mark.parametrize("full", [True, False], ids=["sample", "empty"])
def test_every_step_lays_something_out_or_says_what_is_missing(
    store: Store, now: datetime, calendar: WorkCalendar, kind: rules.Kind, full: bool
) -> None:
    if full:
        fill(store, now)
    period = rules.period_of(kind, TODAY)
    at = desk(store, reviews.get(store, kind, period), calendar)
    for step in rules.steps_of(kind):
        groups = lay_out(at, step.shows)
        for group in groups:
            assert group.title
            assert group.parts or group.empty
            assert all(part.text.strip() for part in group.parts)
        assert groups or step.asks_questions or step.shows == "report"


def test_a_note_that_is_linked_or_tagged_is_filed(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    fill(store, now)
    goal = goals.ls(store, 2024)[0]
    day = date(2024, 9, 10)
    entries.add(store, text="alone", day=day, now=now)
    entries.add(store, text="linked", day=day, now=now, links=[goal.id])
    entries.add(store, text="tagged", day=day, now=now, tags=["desk"])
    entries.add(store, text="long ago", day=date(2024, 8, 1), now=now)
    said = shown(desk(store, reviews.get(store, "week", WEEK), calendar), "unfiled")
    assert "alone" in said
    assert not any(word in said for word in ("linked", "tagged", "long ago"))


def test_a_promise_that_is_late_stands_before_one_of_next_week(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    for title, due_on in (("late", 12), ("next", 20), ("far", 29)):
        matters.add(
            store,
            title=title,
            kind="promise",
            day=TODAY,
            now=now,
            due=date(2024, 9, due_on),
        )
    groups = lay_out(
        desk(store, reviews.get(store, "week", WEEK), calendar), "promises"
    )
    assert [[part.text for part in group.parts] for group in groups] == [
        ["late"],
        ["next"],
    ]
    assert groups[0].parts[0].role == "behind"


def test_standards_take_turns_and_the_answer_is_an_entry_of_the_review(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    years.save(store, 2024, now, standards=["Tell me early", "Say who helped"])
    for number, label in enumerate(("2024-W36", "2024-W37")):
        review = reviews.get(store, "week", rules.read_period("week", label))
        at = desk(store, review, calendar)
        in_turn = standard_in_turn(at)
        assert in_turn is not None
        assert in_turn[0] == number + 1
        entry, review = answer_standard(
            at, "partly", now + timedelta(minutes=number), "the Tuesday list"
        )
        assert entry.mirror == {"standard": number + 1, "answer": "partly"}
        again, _review = answer_standard(desk(store, review, calendar), "no", now)
        assert again.id == entry.id
        assert again.text == "the Tuesday list"
    mirrors = list(store.read("SELECT 1 FROM entry WHERE kind = 'mirror'"))
    assert len(mirrors) == 2


def test_the_grey_matters_of_a_month_are_shown_to_the_user_alone(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    matters.add(store, title="driver", day=TODAY, now=now, nature="grey")
    period = rules.read_period("month", "2024-09")
    review = reviews.get(store, "month", period)
    assert "driver" in shown(desk(store, review, calendar), "grey")
    review = reviews.close(store, review, {}, today=TODAY, now=now)
    assert review.entry is not None
    assert "driver" not in str(review.entry)


# -- questions -------------------------------------------------------------------------


def test_a_review_asks_as_many_questions_as_the_design_says_and_asks_them_again(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    counts = {}
    for kind in rules.KINDS:
        period = rules.period_of(kind, TODAY)
        at = desk(store, reviews.get(store, kind, period), calendar)
        ids = [
            one.prompt.id
            for step in rules.steps_of(kind)
            for one in posed(at, step, note=True)
        ]
        assert len(ids) == len(set(ids))
        again = [
            one.prompt.id for step in rules.steps_of(kind) for one in posed(at, step)
        ]
        assert again == ids
        counts[kind] = len(ids)
    assert counts == {
        "week": 1,
        "month": 4,
        "quarter": 5,
        "year-close": 5,
        "year-open": 3,
        "plan": 0,
    }


def test_an_answer_is_a_reflection_linked_to_its_review_and_comes_back_as_then(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    review = reviews.get(store, "quarter", rules.read_period("quarter", "2024-Q3"))
    entry = reviews.answer(
        store, review, "relation-08", "Both gain.", today=TODAY, now=now
    )
    assert entry.kind == "reflection"
    assert entry.prompt == "relation-08"
    review = reviews.get(store, "quarter", review.period)
    assert reviews.answers(store, review)["relation-08"].text == "Both gain."
    changed = reviews.answer(
        store, review, "relation-08", "Both give.", today=TODAY, now=now
    )
    assert changed.id == entry.id
    later = reviews.get(store, "quarter", rules.read_period("quarter", "2024-Q4"))
    at = Desk(store, later, date(2024, 12, 31), calendar, 1, load_bank())
    step = next(s for s in rules.steps_of("quarter") if s.name == "relation")
    (one,) = posed(at, step)
    assert one.answer is None
    assert one.before is not None
    assert one.before.text == "Both give."


def test_the_question_of_a_review_leaves_that_of_the_day_alone(
    store: Store, now: datetime, calendar: WorkCalendar
) -> None:
    questions = Questions(store, load_bank(), calendar)
    tonight = questions.of(TODAY, TODAY)
    assert tonight is not None
    questions.answer(tonight, "My answer.", now=now)
    at = desk(store, reviews.get(store, "week", WEEK), calendar)
    for step in rules.steps_of("week"):
        posed(at, step, note=True)
    again = questions.of(TODAY, TODAY)
    assert again is not None
    assert again.prompt.id == tonight.prompt.id
    assert again.answer is not None
    assert again.answer.text == "My answer."
    assert [one.prompt for one in asked.on_day(store, TODAY)] == [tonight.prompt.id]


@pytest.mark.parametrize(
    ("kind", "label", "step"),
    [("month", "2024-09", "grey"), ("year-close", "2024", "boundary")],
)
def test_what_is_written_about_grey_matters_stands_in_no_text_of_the_review(
    store: Store, now: datetime, kind: rules.Kind, label: str, step: str
) -> None:
    review = reviews.get(store, kind, rules.read_period(kind, label))
    reviews.keep(store, review, step, today=TODAY, now=now, text="the zzgift")
    kept = reviews.get(store, kind, review.period)
    assert kept.step(step).text == "the zzgift"
    assert kept.entry is not None
    assert "zzgift" not in kept.entry.text


def test_a_review_that_moves_into_a_store_in_use_names_its_goals_as_they_are_there(
    store: Store, now: datetime, tmp_path: Path, calendar: WorkCalendar
) -> None:
    def aim(db: Store, title: str) -> None:
        goals.add(
            db,
            year=2024,
            title=title,
            start=date(2024, 1, 1),
            due=date(2024, 12, 31),
            state="active",
            measure=Measure("cases", "", 400, 100, 188, "down"),
            now=now,
        )

    aim(store, "backlog")
    review = reviews.begin(
        store, reviews.get(store, "week", WEEK), today=TODAY, now=now
    )
    told = figures.snapshot(store, TODAY, calendar)
    reviews.close(store, review, told, today=TODAY, now=now)
    other = open_store(str(tmp_path / "other.db"), now=now)
    try:
        aim(other, "another")
        assert import_all(other, export_all(store, now=now), now).moved["G1"] == "G2"
        kept = reviews.get(other, "week", WEEK).snapshot
        assert kept["numbers"] == {"G2": 188}
        assert [each["goal"] for each in kept["figures"]["goals"]] == ["G2"]
        assert [each["goal"] for each in kept["figures"]["evidence"]] == ["G2"]
        again = import_all(other, export_all(store, now=now), now)
        assert (again.clashes, again.added) == ([], {})
    finally:
        other.close()
