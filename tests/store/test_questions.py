"""The day's question in the store: kept, answered, passed over, then and now."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from plannertui import i18n
from plannertui.core.errors import BadSettings, Conflict
from plannertui.core.prompts import load_bank
from plannertui.core.workdays import WorkCalendar, build_year
from plannertui.store import (
    asked,
    entries,
    events,
    history,
    matters,
    people,
    questions,
    situations,
    tonight,
)
from plannertui.store.open import Store, open_store
from plannertui.store.questions import Question, Questions
from plannertui.store.settings import Settings
from tests.conftest import NOW

TODAY = date(2024, 9, 14)
CHINA = WorkCalendar(lambda year: build_year("CN", year))


def asking(db: Store) -> Questions:
    return Questions(db, load_bank(), CHINA)


def ask(db: Store, day: date = TODAY) -> Question:
    found = asking(db).of(day, day)
    assert found is not None
    return found


def test_opening_twice_changes_nothing(store: Store) -> None:
    first = ask(store)
    store.close()
    store = open_store(store.path, now=NOW)
    assert ask(store) == first
    assert first.asked.state == "planned"
    assert "not visited" in first.why
    assert store.one("SELECT count(*) FROM asked") == (1,)
    assert tonight.words(store, TODAY, "en") == (first.prompt.text("en"), first.why)
    assert tonight.words(store, TODAY, "zh_Hans") is None
    assert tonight.words(store, TODAY + timedelta(days=1), "en") is None
    store.close()


def test_an_answer_is_a_reflection_of_its_day(store: Store) -> None:
    found = ask(store)
    entry = asking(store).answer(found, "It moved by one step", now=NOW)
    assert (entry.kind, entry.day, entry.prompt) == (
        "reflection",
        TODAY,
        found.prompt.id,
    )
    again = ask(store)
    assert again.answer == entry
    assert again.asked.state == "answered"
    changed = asking(store).answer(again, "By two steps", now=NOW)
    assert changed.id == entry.id
    with pytest.raises(Conflict):
        asking(store).answer(again, "By three", now=NOW)


def test_another_question_up_to_three(store: Store) -> None:
    ids = [ask(store).prompt.id]
    for _ in range(3):
        found = asking(store).another(TODAY)
        assert found is not None
        ids.append(found.prompt.id)
    assert asking(store).another(TODAY) is None
    assert len(set(ids)) == 4
    assert ask(store).prompt.id == ids[-1]
    assert not ask(store).more


def test_nothing_is_asked_on_a_day_off(store: Store) -> None:
    sunday = date(2024, 9, 15)
    assert asking(store).of(sunday, sunday) is None
    assert asking(store).of(TODAY - timedelta(days=1), TODAY) is None


def test_an_earlier_day_shows_what_was_asked_and_why(store: Store) -> None:
    first = ask(store)
    later = asking(store).of(TODAY, TODAY + timedelta(days=3))
    assert later is not None
    assert (later.prompt, later.why) == (first.prompt, first.why)
    i18n.use("zh_Hans")
    later = asking(store).of(TODAY, TODAY + timedelta(days=3))
    assert later is not None
    assert later.why == ""


def test_the_old_answer_stands_beside_the_new_one(store: Store) -> None:
    found = ask(store)
    old = entries.add(
        store,
        text="The oldest case is 34 days.",
        kind="reflection",
        day=date(2024, 6, 12),
        now=NOW,
        prompt=found.prompt.id,
    )
    assert ask(store).before == old
    asking(store).answer(ask(store), "Now 21 days", now=NOW)
    assert ask(store).before == old


def test_an_undecided_grey_matter_comes_first_and_the_planned_one_follows(
    store: Store,
) -> None:
    planned = ask(store)
    matters.add(store, title="errand", day=TODAY, now=NOW, nature="grey")
    first = ask(store)
    assert first.asked.trigger == "boundary_open"
    assert first.why == "not decided yet: errand"
    following = asking(store).another(TODAY)
    assert following is not None
    assert following.prompt == planned.prompt
    assert ask(store).prompt == planned.prompt


def test_an_answer_taken_back_leaves_the_question_open(store: Store) -> None:
    asking(store).answer(ask(store), "too soon", now=NOW)
    assert history.undo(store, NOW) == history.Step("answer the question", ("J1",))
    assert ask(store).answer is None
    history.redo(store, NOW)
    again = ask(store).answer
    assert again is not None
    assert again.text == "too soon"


def test_the_context_opens_questions(store: Store) -> None:
    leader = people.add(store, alias="Director", now=NOW, since=date(2024, 9, 1))
    events.add(
        store,
        title="Director",
        kind="one_on_one",
        starts_on=date(2024, 9, 18),
        now=NOW,
        people=[leader.id],
    )
    found = ask(store)
    assert found.asked.trigger == "one_on_one_soon"
    assert found.why == "one-on-one soon: Director"


def test_in_chinese_the_words_are_chinese(store: Store) -> None:
    i18n.use("zh_Hans")
    found = ask(store)
    assert tonight.words(store, TODAY, "zh_Hans") == (
        found.prompt.text("zh_Hans"),
        found.why,
    )


def test_the_users_own_prompts(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("config")
    settings = Settings(str(folder / "config.toml"), {})
    shipped = questions.bank(settings)
    (folder / "prompts.toml").write_text("disable = ['course-01']\n")
    assert len(questions.bank(settings).prompts) == len(shipped.prompts) - 1
    (folder / "prompts.toml").write_text("disable = [\n")
    with pytest.raises(BadSettings, match=r"prompts\.toml"):
        questions.bank(settings)


def test_a_store_that_cannot_be_written_asks_nothing_new(
    store: Store, now: datetime
) -> None:
    store.readonly = True
    assert asking(store).of(TODAY, TODAY) is None


def test_a_planned_question_whose_occasion_is_over_gives_way(
    store: Store, now: datetime
) -> None:
    people.add(store, alias="Director", relation="leader", now=now)
    errand = matters.add(
        store, title="errand", kind="task", nature="grey", day=now.date(), now=now
    )
    fire = situations.add(store, line="system down", day=now.date(), now=now)
    daily = asking(store)
    first = daily.of(now.date(), now.date())
    assert first is not None
    assert (first.asked.trigger, first.asked.instance) == (
        "situation_open_emergency",
        fire.handle,
    )
    situations.edit(store, fire, now, state="closed", closed_on=now.date())
    second = daily.of(now.date(), now.date())
    assert second is not None
    assert (second.asked.trigger, second.asked.instance) == (
        "boundary_open",
        errand.handle,
    )
    assert [one.trigger for one in asked.on_day(store, now.date())] == ["boundary_open"]


def test_an_answered_question_stays_when_its_occasion_is_over(
    store: Store, now: datetime
) -> None:
    fire = situations.add(store, line="system down", day=now.date(), now=now)
    daily = asking(store)
    first = daily.of(now.date(), now.date())
    assert first is not None
    daily.answer(first, "One line.", now=now)
    situations.edit(store, fire, now, state="closed", closed_on=now.date())
    again = daily.of(now.date(), now.date())
    assert again is not None
    assert again.asked.prompt == first.asked.prompt
    assert again.answer is not None


def test_an_answer_keeps_its_question_when_the_prompt_is_gone(store: Store) -> None:
    found = ask(store)
    asking(store).answer(found, "It moved by one step", now=NOW)
    without = Questions(store, load_bank(f"disable = ['{found.prompt.id}']\n"), CHINA)
    bare = without.bank._replace(disabled=())
    assert bare.get(found.prompt.id) is None
    later = Questions(store, bare, CHINA).of(TODAY, TODAY + timedelta(days=2))
    assert later is not None
    assert later.prompt.text("en") == found.prompt.text("en")
    assert later.prompt.lens == found.prompt.lens
    assert later.answer is not None
    assert later.answer.text == "It moved by one step"


def test_a_question_that_was_not_answered_goes_with_its_prompt(store: Store) -> None:
    found = ask(store)
    bare = load_bank(f"disable = ['{found.prompt.id}']\n")._replace(disabled=())
    assert Questions(store, bare, CHINA).of(TODAY, TODAY + timedelta(days=2)) is None
    today = Questions(store, bare, CHINA).of(TODAY, TODAY)
    assert today is not None
    assert today.prompt.id != found.prompt.id
