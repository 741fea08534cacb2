"""leader, leader priority and person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


def test_a_leader_and_how_they_work(ptui: Ptui) -> None:
    added = ptui("leader", "add", "Head", "of", "Office", "--takes-in", "hears")
    assert added.out == "L1  Head of Office  leader  primary\n"
    ptui("leader", "set", "head-of-office", "--depth", "headline", "--basis", "seen")
    ptui("leader", "set", "L1", "--in-room", "--since", "2022-06-01")
    found = ptui("leader", "L1", "--json").json
    assert found["style"]["takes_in"]["basis"] == "guess"
    assert found["style"]["depth"] == {
        "text": "headline",
        "basis": "seen",
        "checked_on": "2024-09-14",
    }
    assert (found["in_room"], found["since"]) == (True, "2022-06-01")
    ptui("leader", "set", "L1", "--takes-in", "none", "--not-in-room")
    found = ptui("leader", "L1", "--json").json
    assert "takes_in" not in found["style"]
    assert not found["in_room"]


def test_only_one_is_primary(ptui: Ptui) -> None:
    ptui("leader", "add", "A")
    ptui("leader", "add", "B", "--primary")
    found = ptui("leader", "--json").json
    assert [(p["handle"], p["primary"]) for p in found] == [("L2", True), ("L1", False)]


def test_the_real_name_shows_only_when_asked(ptui: Ptui) -> None:
    added = ptui("leader", "add", "Director", "--name", "Ada Real")
    assert "Ada" not in added.out
    for call in (
        ("leader", "L1"),
        ("leader", "L1", "--json"),
        ("leader", "ls", "--json"),
        ("show", "L1"),
        ("export", "--json"),
    ):
        ran = ptui(*call)
        assert ran.code == 0
        assert "Ada Real" not in ran.out + ran.err
    assert "Ada Real" in ptui("leader", "show", "L1", "--names").out
    left_out = ptui("export", "--json").err
    assert "1 real name was left out" in left_out
    assert "Ada Real" in ptui("export", "--json", "--names").out


def test_priorities(ptui: Ptui, planned: Store) -> None:
    added = ptui(
        *("leader", "priority", "add", "L1", "No complaint", "--basis", "said"),
        *("--kind", "pressure", "--rank", "2"),
    )
    assert added.out == "L1.1  2  pressure  said Sat 2024-09-14  No complaint\n"
    ptui("leader", "priority", "add", "director", input="Calm counters\n")
    ptui("leader", "priority", "set", "L1.2", "--basis", "seen", "--checked", "fri")
    found = ptui("leader", "priority", "ls", "L1", "--json").json
    assert [(p["handle"], p["basis"], p["checked_on"]) for p in found] == [
        ("L1.1", "said", "2024-09-14"),
        ("L1.2", "seen", "2024-09-13"),
    ]
    changed = ptui(
        "leader", "priority", "changed", "L1.1", "No", "complaint", "at", "all"
    )
    assert changed.out.startswith("L1.3  2  pressure  said")
    old = ptui("show", "L1.1", "--json").json
    assert (old["state"], old["until"]) == ("changed", "2024-09-14")
    ptui("leader", "priority", "met", "L1.2", "--on", "yesterday")
    ptui("leader", "priority", "dropped", "L1.3")
    assert ptui("leader", "priority", "ls", "--json").json == []
    every = ptui("leader", "priority", "ls", "--all", "--json").json
    assert [p["state"] for p in every] == ["changed", "met", "dropped"]


def test_a_stale_guess_asks_for_a_look(ptui: Ptui, planned: Store) -> None:
    ptui("leader", "priority", "add", "L1", "x", "--checked", "2024-06-01")
    assert "look again" in ptui("leader", "priority").out
    assert ptui("leader", "priority", "--json").json[0]["stale"]


def test_show_says_what_is_open(ptui: Ptui, planned: Store) -> None:
    ptui("promise", "list of 30", "--to", "L1", "--by", "fri")
    ptui("leader", "priority", "add", "L1", "Calm", "--basis", "said")
    shown = ptui("leader", "L1").out
    for words in ("Director", "Answers for", "Calm", "Open", "list of 30"):
        assert words in shown


def test_people(ptui: Ptui, planned: Store) -> None:
    added = ptui("person", "add", "小许", "--relation", "below")
    assert added.out == "P2  小许  below\n"
    ptui("person", "set", "小许", "--relation", "peer", "--alias", "Officer B")
    found = ptui("person", "ls", "--json").json
    assert [(p["handle"], p["alias"], p["relation"]) for p in found] == [
        ("P1", "Finance", "peer"),
        ("P2", "Officer B", "peer"),
    ]
    ptui("person", "set", "P2", "--past")
    assert [p["handle"] for p in ptui("person", "--json").json] == ["P1"]
    every = ptui("person", "ls", "--all", "--json").json
    assert [(p["handle"], p["state"]) for p in every][1] == ("P2", "past")
    ptui("person", "set", "P2", "--active")
    assert ptui("person", "P2", "--json").json["state"] == "active"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("leader", "add"), 2),
        (("leader", "add", "L7"), 2),
        (("leader", "add", "Director"), 2),
        (("leader", "add", "a" * 21), 2),
        (("leader", "add", "X", "--basis", "rumour"), 2),
        (("leader", "show", "L9"), 3),
        (("leader", "show", "G1"), 3),
        (("leader", "set", "L1"), 2),
        (("person", "add", "X", "--relation", "friend"), 2),
        (("leader", "priority", "add", "L1", "x", "--rank", "9"), 2),
        (("leader", "priority", "add", "G1", "x"), 3),
        (("leader", "priority", "add", "L1", "x", "--kind", "wish"), 2),
        (("leader", "priority", "set", "L1.9", "--rank", "1"), 3),
        (("leader", "priority", "met", "L1"), 3),
        (("leader", "priority", "met"), 2),
        (("leader", "priority", "met", "G2.1"), 3),
    ],
)
def test_bad_calls_change_nothing(
    ptui: Ptui, planned: Store, call: tuple[str, ...], code: int
) -> None:
    before = planned.read("SELECT count(*) FROM handle")
    ran = ptui(*call, "--json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.error["message"]
    assert planned.read("SELECT count(*) FROM handle") == before


def test_checking_a_belief(ptui: Ptui, planned: Store) -> None:
    ptui("leader", "priority", "add", "L1", "Calm counters", "--checked", "2024-06-01")
    ptui("leader", "priority", "add", "L1", "Speed")
    asked = ptui("leader", "priority", "ask", "L1.1")
    assert asked.out == "M1  Calm counters. Is that right?\n"
    assert ptui("leader", "priority", "ask", "L1.1").code == 4
    held = ptui(
        "leader", "priority", "check", "L1.1", "yes", "--basis", "seen", "--json"
    )
    assert held.json["checks"] == [{"on": "2024-09-14", "was": "guess", "right": "yes"}]
    assert (held.json["basis"], held.json["stale"]) == ("seen", False)
    assert held.json["successor"] is None
    assert ptui("show", "M1", "--json").json["state"] == "done"
    wrong = ptui(
        "leader", "priority", "check", "L1.2", "no", "Fewer", "returns", "--json"
    )
    assert wrong.json["state"] == "changed"
    assert wrong.json["successor"]["text"] == "Fewer returns"
    assert wrong.json["successor"]["handle"] == "L1.3"
    shown = ptui("leader", "L1").out
    assert "guess, checked Sat 2024-09-14: wrong" in shown
    of = ptui("leader", "coverage", "--json").json
    assert of["guesses"] == {"checked": 2, "right": 1, "partly": 0}
    assert of["unserved"] == ["L1.1", "L1.3"]
    for call in (("L1.1",), ("L1.1", "maybe"), ()):
        assert ptui("leader", "priority", "check", *call).code == 2
    assert ptui("leader", "priority", "check", "L1.2", "yes").code == 4


def test_ranks(ptui: Ptui, planned: Store) -> None:
    for text in ("one", "two", "three"):
        ptui("leader", "priority", "add", "L1", text)
    ptui("leader", "priority", "rank", "L1.3", "up")
    up = ptui("leader", "priority", "rank", "L1.3", "up", "--json").json
    assert [(p["handle"], p["rank"]) for p in up] == [
        *(("L1.3", 1), ("L1.1", 2), ("L1.2", 3)),
    ]
    assert "first already" in ptui("leader", "priority", "rank", "L1.3", "up").err
    assert ptui("leader", "priority", "rank", "L1.1", "sideways").code == 2
    by = ptui("leader", "priority", "rank", "L1.2", "1", "--json").json
    assert [p["handle"] for p in by] == ["L1.2", "L1.3", "L1.1"]


def test_goals_are_shown_with_what_they_serve(ptui: Ptui, planned: Store) -> None:
    ptui("leader", "priority", "add", "L1", "Calm")
    ptui("goal", "serve", "G1", "L1.1", "--how", "fewer people wait")
    shown = ptui("leader", "L1")
    assert "G1 fewer people wait" in shown.out
    document = ptui("leader", "L1", "--json").json
    (row,) = document["priorities"]
    assert [(g["handle"], g["how"]) for g in row["goals"]] == [
        ("G1", "fewer people wait")
    ]
    assert document["coverage"] == {"served": 1, "priorities": 1, "own": 2}
    assert "Where is your own goal?" not in ptui("leader", "coverage").out
    for goal in ("G2", "G3"):
        ptui("goal", "serve", goal, "L1.1")
    # What is whole is asked about, never praised.
    assert "Where is your own goal?" in ptui("leader", "coverage").out


def test_the_room(ptui: Ptui, planned: Store) -> None:
    assert ptui("leader", "room", "--json").json == []
    ptui("leader", "set", "L1", "--in-room")
    ptui("person", "set", "P1", "--in-room")
    ptui("win", "Twelve cases closed")
    ptui("edit", "J1", "--witness", "director")
    room = ptui("leader", "room", "--json").json
    assert [(p["handle"], [w["handle"] for w in p["seen"]]) for p in room] == [
        ("P1", []),
        ("L1", ["J1"]),
    ]
    assert "Twelve cases closed" in ptui("leader", "room").out
    assert "Has seen at first hand" in ptui("leader", "L1").out


def test_a_way_of_working(ptui: Ptui, planned: Store) -> None:
    call = ("--depth", "the headline first", "--basis", "seen", "--checked", "fri")
    ptui("leader", "style", "L1", *call)
    shown = ptui("leader", "style", "L1").out
    assert "depth      the headline first  seen Fri 2024-09-13" in shown
    assert shown.count("not known yet") == 5
    style = ptui("leader", "style", "L1", "--json").json
    assert style["depth"]["basis"] == "seen"
    assert ptui("leader", "style", "L1", "--rhythm", "x" * 81).code == 2


def test_a_change_of_leader(ptui: Ptui, planned: Store) -> None:
    ptui("leader", "priority", "add", "L1", "Calm", "--basis", "said")
    changed = ptui("leader", "change", "Director")
    assert changed.out == "L1  Director  leader  past\nL2  Director  leader  primary\n"
    assert [p["handle"] for p in ptui("leader", "--json").json] == ["L2"]
    assert "Calm" in ptui("leader", "L1").out
    assert ptui("leader", "change", "L2").code == 4
    ptui("leader", "change", "Finance", "--stays", "above")
    people = ptui("person", "ls", "--json").json
    assert [(p["handle"], p["relation"]) for p in people] == [("L2", "above")]
    ptui("undo")
    ptui("undo")
    (back,) = ptui("leader", "--json").json
    assert (back["handle"], back["primary"], back["since"]) == ("L1", True, None)


def test_forgetting_asks(ptui: Ptui, planned: Store) -> None:
    ptui("note", "Finance was late @finance")
    ptui("promise", "list", "--to", "finance", "--by", "fri")
    refused = ptui("person", "forget", "P1")
    assert refused.code == 4
    assert "To be erased: 1 note about nobody else" in refused.err
    assert ptui("person", "P1", "--json").json["alias"] == "Finance"
    done = ptui("person", "forget", "P1", "--yes", "--json").json
    assert (done["handle"], done["notes"]) == ("P1", 1)
    gone = ptui("person", "P1", "--json").json
    assert (gone["alias"], gone["state"]) == ("somebody", "forgotten")
    assert gone["open"] == ["M1"]
    assert "inance" not in ptui("export", "--json").out
    for _turn in range(4):
        ptui("undo")
    assert ptui("person", "P1", "--json").json["state"] == "forgotten"
    assert ptui("person", "forget", "P1", "--yes").code == 4


def test_forgetting_asks_twice_on_a_terminal(
    terminal: OnTerminal, ptui: Ptui, planned: Store
) -> None:
    ask = {"keys": "y\n", "after": "[y/N] "}
    no = terminal("person", "forget", "P1", **ask, then=[("to do it: ", "no\n")])
    assert no.code == 4
    assert ptui("person", "P1", "--json").json["alias"] == "Finance"
    yes = terminal("person", "forget", "P1", **ask, then=[("to do it: ", "P1\n")])
    assert yes.code == 0
    assert ptui("person", "P1", "--json").json["state"] == "forgotten"
