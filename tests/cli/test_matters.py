"""matters and boundary: the shell's side of what is open, and of what is grey."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from plannertui.store import matters, people, years

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.conftest import Ptui

DAY = date(2024, 9, 10)


@pytest.fixture
def full(planned: Store, now: datetime) -> Store:
    """Six matters: up, across and down; late, today, this week, later, no date; closed."""
    people.add(planned, alias="Officer B", relation="below", now=now)
    rows: tuple[tuple[str, str, int | None, str, dict[str, Any]], ...] = (
        ("promise", "oldest", 1, "2024-09-12", {"urgent": True, "important": True}),
        ("waiting", "budget", 2, "2024-09-14", {"urgent": True}),
        ("promise", "sorting", 8, "2024-09-15", {}),
        ("ask", "inspection", 1, "2024-09-20", {"important": True}),
        ("task", "clear desk", None, "", {"goal_id": 3}),
        ("promise", "kept one", 1, "2024-09-13", {"state": "done", "closed_on": DAY}),
    )
    ids = {each.handle: each.id for each in people.ls(planned)}
    named = {1: ids["L1"], 2: ids["P1"], 8: ids["P2"], None: None}
    for kind, title, who, due, fields in rows:
        matters.add(
            planned,
            kind=kind,
            title=title,
            day=DAY,
            now=now,
            person_id=named[who],
            due=date.fromisoformat(due) if due else None,
            **fields,
        )
    return planned


def titles(ptui: Ptui, *args: str) -> list[str]:
    return [each["title"] for each in ptui("matters", *args, "--json").json]


def test_groups_by_when_they_are_due(ptui: Ptui, full: Store) -> None:
    lines = ptui("matters").out.split("\n")
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings == ["Overdue", "Today", "This week", "Later", "No date"]
    assert lines[1].split() == [
        "M1",
        "promise",
        "1",
        "workday",
        "late",
        "oldest",
        "@Director",
        "urgent",
        "and",
        "important",
        "·",
        "open",
        "3",
        "workdays",
    ]
    assert "kept one" not in "".join(lines)
    closed = ptui("matters", "--state", "done").out
    assert closed.startswith("Closed\n    M6  promise  kept")


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (("--kind", "promise"), ["oldest", "sorting"]),
        (("--kind", "promises", "--side", "up"), ["oldest"]),
        (("--side", "peers"), ["budget"]),
        (("--side", "down"), ["sorting"]),
        (("--person", "director"), ["oldest", "inspection"]),
        (("--goal", "G1"), ["clear desk"]),
        (("--state", "done"), ["kept one"]),
        (("--state", "dropped"), []),
        (("--nature", "grey"), []),
    ],
)
def test_filters(
    ptui: Ptui, full: Store, args: tuple[str, ...], found: list[str]
) -> None:
    assert titles(ptui, *args) == found


def test_boxes_are_the_two_flags(ptui: Ptui, full: Store) -> None:
    boxes = ptui("matters", "--quadrants", "--json").json
    assert {box: [m["title"] for m in found] for box, found in boxes.items()} == {
        "now": ["oldest"],
        "plan": ["inspection"],
        "quick": ["budget"],
        "rest": ["sorting", "clear desk"],
    }
    words = ptui("matters", "--quadrants").out
    assert words.index("Urgent and important") < words.index("Neither")
    ptui("edit", "M3", "--important", "yes", "--origin", "asked")
    edited = ptui("matters", "--side", "down", "--json").json[0]
    assert (edited["quadrant"], edited["origin"]) == ("plan", "asked")


def test_a_matter_serves_a_priority(ptui: Ptui, full: Store) -> None:
    ptui("leader", "priority", "add", "L1", "No complaint older than 30 days")
    assert ptui("edit", "M1", "--priority", "L1.1").code == 0
    assert isinstance(ptui("show", "M1", "--json").json["priority_id"], int)
    assert ptui("edit", "M1", "--priority", "G1").code == 3
    ptui("edit", "M1", "--priority", "none")
    assert ptui("show", "M1", "--json").json["priority_id"] is None


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--kind", "nonsense"), 2),
        (("--side", "sideways"), 2),
        (("--person", "nobody"), 3),
        (("carry",), 2),
        (("carry", "G1"), 3),
        (("first", "M1", "M2"), 2),
        (("carry", "M6"), 4),
    ],
)
def test_what_is_wrong_is_said(
    ptui: Ptui, full: Store, args: tuple[str, ...], code: int
) -> None:
    assert ptui("matters", *args).code == code


def test_taken_up_today_and_shown_there(ptui: Ptui, full: Store) -> None:
    before = ptui("show", "M4", "--json").json
    assert ptui("matters", "carry", "M4", "M5").code == 0
    assert "first on Sat 2024-09-14" in ptui("matters", "first", "M5").out
    found = ptui("today", "--json").json
    assert [item["handle"] for item in found["today"]] == ["M5", "M4"]
    lines = ptui("today").out.split("\n")
    assert lines[lines.index("The one thing") + 1].split()[:3] == ["[", "]", "M5"]
    assert lines[lines.index("Today") + 1].split()[:4] == ["[", "]", "M4", "ask"]
    after = ptui("show", "M4", "--json").json
    assert after["carried"] == ["2024-09-14"]
    assert (after["day"], after["due"]) == (before["day"], before["due"])
    ptui("matters", "leave", "M5")
    ptui("undo")
    assert len(ptui("today", "--json").json["today"]) == 2


def test_m41_alone_shows_it(ptui: Ptui, full: Store) -> None:
    assert ptui("matters", "M1").out == ptui("show", "M1").out


# -- boundary --------------------------------------------------------------------------


def test_a_check_by_options_closes_what_is_decided(ptui: Ptui, full: Store) -> None:
    ptui("grey", "the driver", "--from", "L1")
    assert ptui("done", "M7").code == 4
    assert ptui("drop", "M7", "--not-told").code == 4
    said = ("--words", "-", "--kind", "errand", "--where", "corridor", "--known", "no")
    assert ptui("boundary", "M7", *said, input="fetch my son").code == 0
    assert ptui("show", "M7", "--json").json["state"] == "open"
    ptui(
        "boundary", "M7", "--decision", "declined", "--sentence", "I would rather not."
    )
    record = ptui("boundary", "M7", "--json").json
    assert record == {
        "handle": "M7",
        "title": "the driver",
        "day": "2024-09-14",
        "state": "done",
        "nature": "grey",
        "words": "fetch my son",
        "kind": "errand",
        "when": None,
        "where": "corridor",
        "present": None,
        "tests": {"same": None, "known": "no", "rule": None},
        "decision": "declined",
        "decided_on": "2024-09-14",
        "consulted": None,
        "sentence": "I would rather not.",
    }
    printed = ptui("boundary", "M7").out
    assert "private errand" in printed
    assert "Would I be content for it to be known?" in printed
    assert ptui("boundary", "M7", "--decision", "none").code == 4


def test_later_words_are_dated_and_the_first_stay(
    ptui: Ptui, full: Store, now: datetime
) -> None:
    ptui("grey", "the driver")
    ptui("boundary", "M7", "--words", "first", "--where", "corridor")
    later = {"PLANNERTUI_NOW": "2024-09-18T09:00:00+08:00"}
    ptui("boundary", "M7", "--words", "second", "--where", "office", env=later)
    record = ptui("boundary", "M7", "--json", env=later).json
    assert record["words"].split("\n") == [
        "first",
        "2024-09-18: second",
        "2024-09-18: where was: corridor",
    ]
    for _n in range(8):
        ptui("undo", env=later)
    # Taken back with what was recorded on an earlier day, it lies in the trash.
    assert ptui("restore", "M7", env=later).code == 0
    assert ptui("boundary", "M7", "--json", env=later).json["words"] == "first"


def test_other_natures_are_not_closed_by_it(ptui: Ptui, full: Store) -> None:
    ptui("grey", "the driver")
    ptui("boundary", "M7", "--nature", "official", "--decision", "did")
    assert ptui("show", "M7", "--json").json["state"] == "open"
    ptui("grey", "again")
    ptui("boundary", "M8", "--decision", "did", "--open")
    assert ptui("show", "M8", "--json").json["state"] == "open"


def test_its_words_are_in_no_list(ptui: Ptui, full: Store) -> None:
    ptui("grey", "the driver", "--by", "today")
    ptui("boundary", "M7", "--words", "canarybird", "--sentence", "canarybird")
    for call in (
        ("ls", "--all"),
        ("search", "driver"),
        ("search", "canarybird"),
        ("matters",),
        ("matters", "--quadrants"),
        ("boundary",),
        ("today",),
        ("show", "M7"),
        ("show", "M7", "--log"),
        ("edit", "M7", "--important", "yes"),
        ("trash",),
    ):
        assert "canarybird" not in ptui(*call).out
        assert "canarybird" not in ptui(*call, "--json").out
    ptui("boundary", "M7", "--decision", "declined")
    shown = ptui("show", "M7")
    assert "decision" in shown.out
    assert "canarybird" not in shown.out + shown.err
    assert "ptui boundary M7" in shown.err
    told = ptui("show", "M7", "--json", "--log").json
    assert told["decision"] == "declined"
    assert "boundary" not in told
    assert "canarybird" in ptui("boundary", "M7").out
    assert ptui("boundary", "M7", "--json").json["words"] == "canarybird"


def test_after_three_workdays_today_says_one_line(ptui: Ptui, full: Store) -> None:
    ptui("grey", "the driver", "--on", "2024-09-10")
    ptui("grey", "another", "--on", "2024-09-09")
    thursday = {"PLANNERTUI_NOW": "2024-09-12T09:00:00+08:00"}
    friday = {"PLANNERTUI_NOW": "2024-09-13T09:00:00+08:00"}
    line = "a grey matter waits for its decision: ptui boundary M8"
    assert ptui("today", env=friday).out.count("grey matter") == 1
    assert line in ptui("today", env=friday).out
    assert ptui("today", "--json", env=friday).json["undecided"] == "M8"
    assert line in ptui("today", env=thursday).out
    ptui("boundary", "M8", "--decision", "did")
    assert ptui("today", "--json", env=thursday).json["undecided"] is None
    assert ptui("today", "--json", env=friday).json["undecided"] == "M7"


def test_the_steps_are_asked_on_a_terminal(
    full: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plannertui.cli.main import main
    from plannertui.cli.session import Session

    years.save(full, 2024, now, askers=["Legal", "Union"])
    matter = matters.add(full, title="the driver", day=DAY, now=now, nature="grey")
    keys = [
        "fetch him",
        "",
        "corridor",
        "",
        "2",
        "",
        "n",
        "x",
        "3",
        "",
        "asked",
        "Legal",
        "",
    ]
    asked: list[str] = []

    def ask(self: Session, question: str) -> str:
        asked.append(question)
        return keys[len(asked) - 1]

    monkeypatch.setattr(Session, "interactive", property(lambda self: True))
    monkeypatch.setattr(Session, "ask", ask)
    monkeypatch.setenv("PLANNERTUI_NOW", now.isoformat())
    assert main(["boundary", matter.handle, "--db", full.path]) == 0
    assert len(asked) == len(keys)
    kept = matters.get(full, matter.id)
    record = kept.boundary or {}
    assert (record["words"], record["where"]) == ("fetch him", "corridor")
    assert (record["kind"], record["decision"]) == ("errand", "asked_advice")
    # What was no answer was asked again; an empty one leaves it open.
    assert record["tests"] == ["no", "unsure", ""]
    assert (record["consulted"], kept.state) == ("Legal", "done")


def test_the_rules_with_ones_own_on_top(ptui: Ptui, full: Store) -> None:
    empty = ptui("boundary", "rule", "--json").json
    assert empty["own"] is None
    assert len(empty["rules"]) == 4
    ptui("boundary", "rule", "-", input="Gifts: none, ever.\nSee 3.2")
    assert ptui("boundary", "rule", "--json").json["own"].endswith("See 3.2")
    chinese = ptui("boundary", "rule", "--json", "--lang", "zh").json
    assert "公务员法" in chinese["rules"][-1]["text"]
    ptui("boundary", "rule", "--clear")
    assert ptui("boundary", "rule", "--json").json["own"] is None
    ptui("undo")
    assert ptui("boundary", "rule", "--json").json["own"].startswith("Gifts")
