"""Full-text search in English and Chinese, and the lines of a journal."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.core.errors import Usage
from plannertui.store import entries, events, goals, items, matters, people, search
from plannertui.store.items import Filter
from plannertui.store.open import Store, open_store
from tests.conftest import NOW

DAY = date(2024, 9, 14)

TEXTS = (
    "The licences were reissued within a week",
    "给领导写了工作报告，窗口运行平稳",
    "Finance may return the budget for forms",
    "今天没有投诉，学习了新的系统",
    "café déjà vu",
    "C# and C++ and a.b@example.org",
)


@pytest.fixture
def filled(store: Store) -> Store:
    for number, text in enumerate(TEXTS):
        entries.add(store, text=text, day=DAY + timedelta(days=number), now=NOW)
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("licence", ["J1"]),
        ("LICENCES", ["J1"]),
        ("reissue week", ["J1"]),
        ("licence budget", []),
        ("工作", ["J2"]),
        ("报告", ["J2"]),
        ("作报", ["J2"]),
        ("工作报告", ["J2"]),
        ("报工", []),
        ("系统 投诉", ["J4"]),
        ("投", ["J4"]),
        ("cafe", ["J5"]),
        ("bud", ["J3"]),
        ('"budget for forms"', ["J3"]),
        ('"forms for budget"', []),
        ("“return the budget”", ["J3"]),
        ("example.org", ["J6"]),
        ("the", ["J3", "J1"]),
        ("", []),
        ("   ", []),
        ('"', []),
        ("***", []),
        ("NEAR(budget forms)", []),
        ("budget AND forms", []),
        ("-budget", ["J3"]),
        ("text:budget", []),
    ],
)
def test_words_are_found_newest_first(
    filled: Store, query: str, found: list[str]
) -> None:
    assert [hit.item.handle for hit in search.search(filled, query)] == found


@pytest.mark.case(47)
@given(st.text(max_size=60))
def test_no_query_is_ever_an_error(
    tmp_path_factory: pytest.TempPathFactory, query: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "queries"
    folder.mkdir(exist_ok=True)
    db = open_store(str(folder / "planner.db"), now=NOW)
    query = query.encode("utf-8", "ignore").decode()
    search.search(db, query)
    search.search(db, query, ranked=True)
    search.search(db, query, only=Filter(kinds=["win"]))
    db.close()


def test_the_snippet_shows_the_match(store: Store) -> None:
    text = "before " * 40 + "the needle in it" + " after" * 40
    entries.add(store, text=text, day=DAY, now=NOW)
    hit = search.search(store, "needle")[0]
    assert [hit.snippet[a:b] for a, b in hit.spans] == ["needle"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert len(hit.snippet) <= search.SNIPPET + 2


def test_a_match_in_another_form_is_marked(store: Store) -> None:
    entries.add(store, text="Two licences, one licensing office", day=DAY, now=NOW)
    hit = search.search(store, "licence")[0]
    assert [hit.snippet[a:b] for a, b in hit.spans] == ["licence"]
    entries.add(store, text="reissued at once", day=DAY, now=NOW)
    hit = search.search(store, "reissuing")[0]
    assert [hit.snippet[a:b] for a, b in hit.spans] == ["reissued"]


def test_ranking_prefers_the_better_match(store: Store) -> None:
    entries.add(store, text="budget budget budget", day=DAY, now=NOW)
    entries.add(store, text="a long line that says budget once, late", day=DAY, now=NOW)
    found = search.search(store, "budget", ranked=True)
    assert [hit.item.handle for hit in found] == ["J1", "J2"]


def test_search_reaches_every_noun_but_real_names(store: Store) -> None:
    people.add(store, alias="Searched", name="Canary Realname", now=NOW)
    goals.add(store, year=2024, title="searched goal", start=DAY, due=DAY, now=NOW)
    matters.add(store, title="searched list", kind="promise", day=DAY, now=NOW)
    found = {hit.item.handle for hit in search.search(store, "searched")}
    assert found == {"L1", "G1", "M1"}
    assert search.search(store, "canary") == []


def test_an_edit_moves_in_the_index(filled: Store) -> None:
    entries.edit(filled, entries.get(filled, "J1"), NOW, text="quite different")
    assert search.search(filled, "licence") == []
    assert [h.item.handle for h in search.search(filled, "different")] == ["J1"]


def test_lists_filter_by_everything_at_once(store: Store) -> None:
    leader = people.add(store, alias="Director", now=NOW)
    goal = goals.add(store, year=2024, title="Backlog", start=DAY, due=DAY, now=NOW)
    entries.add(
        store,
        text="passes nine of ten",
        kind="win",
        day=DAY,
        now=NOW,
        links=[goal.id, leader.id],
        tags=["form"],
    )
    entries.add(store, text="other day", day=DAY - timedelta(days=1), now=NOW)
    matters.add(
        store,
        title="oldest cases",
        kind="promise",
        day=DAY,
        now=NOW,
        person_id=leader.id,
    )
    matters.add(store, title="errand", day=DAY, now=NOW, nature="grey")

    def handles(**only: object) -> list[str]:
        return [i.handle for i in items.ls(store, Filter(**only))]  # type: ignore[arg-type]

    assert handles() == ["M2", "M1", "J1", "J2"]
    assert handles(since=DAY) == ["M2", "M1", "J1"]
    assert handles(until=DAY - timedelta(days=1)) == ["J2"]
    assert handles(kinds=["win"]) == ["J1"]
    assert handles(kinds=["promise", "note"]) == ["M1", "J2"]
    assert handles(kinds=["grey"]) == ["M2"]
    assert handles(person_id=leader.id) == ["M1", "J1"]
    assert handles(goal_id=goal.id) == ["J1"]
    assert handles(tag="form") == ["J1"]
    assert handles(tag="FORM") == ["J1"]
    assert handles(tag="for") == []
    assert handles(text="nine") == ["J1"]
    assert handles(state="open") == ["M2", "M1"]
    assert handles(person_id=leader.id, goal_id=goal.id) == ["J1"]
    assert handles(trashed=True) == []
    newest = items.ls(store, Filter(), limit=2, newest=False)
    assert [item.handle for item in newest] == ["J2", "J1"]


def test_counts_and_what_falls_due(store: Store, now: datetime) -> None:
    goal = goals.add(store, year=2024, title="Backlog", start=DAY, due=DAY, now=now)
    goals.add_milestone(store, goal, "form", DAY + timedelta(days=3), now)
    matter = matters.add(
        store,
        title="list",
        kind="promise",
        day=DAY,
        now=now,
        due=DAY + timedelta(days=2),
    )
    entries.add(store, text="one", day=DAY, now=now)
    assert items.counts(store, DAY, DAY) == {DAY: 2}
    due = items.due_between(store, DAY, DAY + timedelta(days=14))
    assert [(i.handle, i.day) for i in due] == [
        ("M1", DAY + timedelta(days=2)),
        ("G1.1", DAY + timedelta(days=3)),
    ]
    matters.done(store, matter, DAY, now)
    goals.tick(store, goals.get(store, "G1"), due[1].id, DAY, now)
    assert items.due_between(store, DAY, DAY + timedelta(days=14)) == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ＡＢＣ form １２", "abc"),
        ("form ABC 12", "ＡＢＣ １２"),
        ("ﬁnance is eﬃcient", "finance"),
        ("ﬁnance is eﬃcient", "efficient"),
        ("Große Straße", "STRASSE"),
        ("GROSSE STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("istanbul", "İSTANBUL"),
        ("二〇二四年", "〇二"),
        ("用Ｅｘｃｅｌ做表", "excel"),
    ],
)
def test_letters_written_otherwise_are_the_same(
    store: Store, text: str, query: str
) -> None:
    entries.add(store, text=text, day=DAY, now=NOW)
    assert [hit.item.text for hit in search.search(store, query)] == [text]


def test_a_match_keeps_its_place_among_other_letters(store: Store) -> None:
    entries.add(store, text="İZMİR, then Ａnkara", day=DAY, now=NOW)
    (hit,) = search.search(store, "ankara")
    assert [hit.snippet[a:b] for a, b in hit.spans] == ["Ａnkara"]


def test_everything_is_everything(store: Store) -> None:
    for number in range(3):
        entries.add(store, text=f"budget {number}", day=DAY, now=NOW)
        entries.add(store, text=f"budgeting {number}", day=DAY, now=NOW, kind="win")
    notes = Filter(kinds=["note"])
    assert len(search.search(store, "budg", limit=None)) == 6
    assert len(search.search(store, "budget", limit=None, only=notes)) == 3
    assert len(search.search(store, "budget", limit=2, offset=1, only=notes)) == 2


def test_all_hits_of_a_common_word(store: Store) -> None:
    """More than one query can take."""
    with store.write("many", NOW):
        for number in range(1200):
            entries.add(store, text=f"common {number}", day=DAY, now=NOW)
    assert len(search.search(store, "common", limit=None)) == 1200


def test_the_best_of_what_a_filter_lets_through(store: Store) -> None:
    entries.add(store, text="queue queue queue", day=DAY, now=NOW, kind="win")
    entries.add(store, text="queue " + "and more " * 30, day=DAY, now=NOW, kind="win")
    entries.add(store, text="queue queue queue queue", day=DAY, now=NOW)
    wins = Filter(kinds=["win"])
    best = search.search(store, "queue", ranked=True, only=wins)
    assert [hit.item.handle for hit in best] == ["J1", "J2"]
    newest = search.search(store, "queue", only=wins)
    assert [hit.item.handle for hit in newest] == ["J2", "J1"]


def test_a_page_of_words_is_refused(store: Store) -> None:
    with pytest.raises(Usage, match="fewer words"):
        search.search(store, "word " * 1000)
    assert search.search(store, "word " * 100) == []


def test_a_matter_is_listed_under_its_goal(store: Store) -> None:
    goal = goals.add(store, year=2024, title="Queue", start=DAY, due=DAY, now=NOW)
    matter = matters.add(store, title="call IT", day=DAY, now=NOW)
    matters.edit(store, matter, NOW, goal_id=goal.id)
    found = items.ls(store, Filter(goal_id=goal.id))
    assert [item.handle for item in found] == ["M1"]


def test_what_was_written_after_midnight_ends_its_day(store: Store) -> None:
    entries.add(store, text="evening", day=DAY, now=NOW)
    late = NOW + timedelta(hours=7)
    entries.add(store, text="night", day=DAY, now=late)
    events.add(store, title="talk", starts_on=DAY, now=NOW, time="09:30")
    texts = [item.text for item in items.on_day(store, DAY)]
    assert texts == ["talk", "evening", "night"]


def test_a_day_is_in_the_order_of_its_hours_whoever_came_first(store: Store) -> None:
    for hour in (17, 8, 11):
        then = NOW.replace(day=DAY.day, month=DAY.month, year=DAY.year, hour=hour)
        entries.add(store, text=f"at {hour}", day=DAY, now=then)
    texts = [item.text for item in items.on_day(store, DAY)]
    assert texts == ["at 8", "at 11", "at 17"]


def test_a_tag_is_the_same_in_capitals_and_in_small_letters(
    store: Store, now: datetime
) -> None:
    for text, tag in (("one", "Büro"), ("two", "BÜRO"), ("three", "büros")):
        entries.add(store, text=text, day=DAY, now=now, tags=[tag])
    for asked in ("büro", "Büro", "BÜRO"):
        found = items.ls(store, Filter(tag=asked))
        assert [item.text for item in found] == ["two", "one"]
        hits = search.search(store, "one", only=Filter(tag=asked))
        assert [hit.item.text for hit in hits] == ["one"]
    assert items.ls(store, Filter(tag="bür")) == []
