"""leader, leader priority and person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plannertui.store.open import Store
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
