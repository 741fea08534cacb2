"""``meet``: one-on-ones from the shell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plannertui.store import events, matters, meetings, people, priorities

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui

# Saturday 14 September 2024; without a country's calendar every Monday to Friday works.


def test_a_series_is_prepared_held_and_followed_up(ptui: Ptui, planned: Store) -> None:
    made = ptui(
        *("meet", "add", "L1", "--on", "2024-09-12", "--at", "10"),
        *("--every", "2w", "--minutes", "30", "--json"),
    ).json
    assert (made["handle"], made["time"], made["rhythm"]) == (
        "E1",
        "10:00",
        "fortnightly",
    )
    assert "held?" in ptui("meet").out
    listed = ptui("meet", "ls", "L1", "--json").json
    assert [(one["handle"], one["starts_on"], one["computed"]) for one in listed] == [
        ("E1", "2024-09-12", False),
        ("", "2024-09-26", True),
    ]
    ptui("meet", "agenda", "add", "E1", "a deputy for counter 2")
    assert ptui("meet", "hold").out.startswith("E1")
    assert "2024-09-26" in ptui("meet", "want", "October hours: A or B").out
    ptui("meet", "agenda", "add", "@L1", "A or B", "--decide")
    agenda = ptui("meet", "agenda", "--json").json
    assert [(one["text"], one["kind"], one["carried"]) for one in agenda] == [
        ("a deputy for counter 2", "inform", "E1"),
        ("A or B", "decide", ""),
    ]
    ptui("meet", "agenda", "up", "2")
    ptui("meet", "agenda", "set", "2", "--text", "naming a deputy", "--ask")
    changed = ptui("meet", "agenda", "--json").json[1]
    assert (changed["text"], changed["kind"]) == ("naming a deputy", "ask")
    ptui("meet", "agenda", "tick", "1")
    ptui("meet", "agenda", "drop", "2")
    assert ptui("meet", "agenda", "--json").json == [
        {
            "number": 1,
            "text": "A or B",
            "ref": "",
            "kind": "decide",
            "done": True,
            "carried": "",
        }
    ]
    shown = ptui(
        *("meet", "follow-up", "E1", "--heard", "Counters first as:pressure"),
        *("--promised", "a draft ^fri", "--promised", "< a word with Finance"),
        *("--assumed", "She reads it on the way", "--json"),
    ).json
    assert shown["state"] == "followed_up"
    assert [line["became"] for line in shown["follow_up"]["promised"]] == ["M1", "M2"]
    assert priorities.get(planned, "L1.1").basis == "said"
    assert matters.get(planned, "M1").due == date(2024, 9, 20)
    ledger = ptui("meet", "ledger", "--json").json
    assert ledger["totals"]["mine"]["open"] == 1
    assert ledger["theirs"][0]["origin"] == "E1"
    assert [line["text"] for line in ledger["asks"]] == ["She reads it on the way"]
    told = ptui("meet", "ledger", "director").out
    assert "from E1" in told
    assert "new" in told
    brief = ptui("meet", "brief", "L1").out
    assert "October hours: A or B" in brief
    assert "a draft" in brief
    undone = ptui("undo")
    assert undone.code == 0
    assert [one.state for one in meetings.ls(planned)] == ["held", "prepared"]


def test_moving_and_cancelling(ptui: Ptui, planned: Store) -> None:
    ptui("meet", "add", "L1", "--on", "thu", "--at", "10:00", "--every", "1w")
    moved = ptui("meet", "move", "L1", "--on", "2024-09-18", "--at", "14", "--json")
    assert (moved.json["starts_on"], moved.json["time"]) == ("2024-09-18", "14:00")
    ptui("meet", "cancel")
    assert [one.state for one in meetings.ls(planned)] == ["cancelled", "planned"]
    assert meetings.ls(planned)[1].starts_on == date(2024, 9, 26)
    ptui("meet", "every", "L1", "none")
    ptui("meet", "cancel")
    gone = ptui("meet", "brief")
    assert gone.code == 3
    assert "ptui meet add" in gone.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "L1"), 2, "When?"),
        (("add", "L1", "--on", "thu", "--every", "3d"), 2, "rhythm"),
        (("add", "G1", "--on", "thu"), 3, "no person"),
        (("want", "x" * 121), 2, "120"),
        (("agenda", "tick", "7"), 3, "no item 7"),
        (("agenda", "set", "1"), 2, "What should change"),
        (("agenda", "tick", "x"), 2, "no number"),
        (("agenda", "add", "x", "--ask", "--decide"), 2, "one of"),
        (("hold",), 3, "waits for that"),
        (("hold", "E1"), 4, "still to come"),
        (("follow-up", "E1"), 2, "--heard"),
        (("follow-up", "E1", "--promised", "no day"), 2, "needs its day"),
        (("follow-up", "E1", "--heard", "x", "--promised", "y ^moon"), 2, "moon"),
        (("move",), 2, "To when"),
        (("every",), 2, "How often"),
        (("show", "E2"), 3, "no one-on-one"),
        (("ledger", "E1"), 3, "no person"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    ptui: Ptui,
    planned: Store,
    now: datetime,
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    leader = people.get(planned, "L1")
    meetings.add(planned, leader, starts_on=date(2024, 9, 19), now=now)
    events.add(planned, title="Round", starts_on=date(2024, 9, 19), now=now)
    before = [events.get(planned, handle) for handle in ("E1", "E2")]
    ran = ptui("meet", *words)
    assert ran.code == code
    assert said in ran.err
    assert [events.get(planned, handle) for handle in ("E1", "E2")] == before


def test_an_empty_planner_says_what_to_do(ptui: Ptui, store: Store) -> None:
    ran = ptui("meet")
    assert ran.code == 0
    assert "ptui meet add L1" in ran.err
    assert ptui("meet", "--json").json == []


def test_in_chinese(ptui: Ptui, planned: Store) -> None:
    ptui("meet", "add", "L1", "--on", "周四", "--at", "10：00", "--every", "每两周")
    ran = ptui("--lang", "zh", "meet", "show", "L1")
    assert "每两周" in ran.out
    done = ptui("meet", "agenda", "add", "L1", "十月窗口时间：A 还是 B", "--decide")
    assert "十月窗口时间：A 还是 B" in done.out


def test_the_event_verbs_know_of_series(ptui: Ptui, planned: Store) -> None:
    ptui("meet", "add", "L1", "--on", "2024-09-12", "--every", "1w")
    ptui("event", "set", "E1", "--state", "held", "--notes", "short")
    assert [one.starts_on for one in meetings.ls(planned)] == [
        date(2024, 9, 12),
        date(2024, 9, 19),
    ]
    ptui("undo")
    assert [one.state for one in meetings.ls(planned)] == ["planned"]


def test_on_a_terminal_it_asks_line_by_line(
    terminal: OnTerminal, planned: Store, now: datetime
) -> None:
    leader = people.get(planned, "L1")
    meetings.add(planned, leader, starts_on=date(2024, 9, 13), now=now)
    prompt = "  > "
    shown = terminal(
        *("meet", "follow-up", "E1"),
        keys="Counters first as:goal\r",
        after=prompt,
        then=[
            (prompt, text + "\r")
            for text in ("", "a table", "a table ^fri", "", "She reads", "")
        ],
    )
    assert shown.code == 0
    assert "A promise needs its day" in shown.text
    done = events.get(planned, "E1")
    assert done.state == "followed_up"
    assert [line["became"] for line in done.follow_up["promised"]] == ["M1"]
    assert priorities.get(planned, "L1.1").text == "Counters first"
    assert matters.get(planned, "M2").kind == "ask"


def test_people_stand_there_by_their_aliases(ptui: Ptui, planned: Store) -> None:
    ptui("promise", "the list for @P1, soon @L1", "--to", "L1", "--by", "fri")
    ptui("meet", "add", "L1", "--on", "thu")
    ptui("meet", "agenda", "add", "E1", "what @P1 needs")
    shown = ptui("meet", "show", "L1").out
    ledger = ptui("meet", "ledger", "L1").out
    matters = ptui("matters").out
    for text in (shown, ledger, matters):
        assert "@P1" not in text
        assert "the list for @Finance, soon" in text
    assert "what @Finance needs" in shown
    assert ptui("show", "M1", "--json").json["title"] == "the list for @P1, soon @L1"
