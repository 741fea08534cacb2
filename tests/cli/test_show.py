"""show: everything about one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui

HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m [/ [@click=app.quit]x[/] \u202eabc\u2066 \U000e0041"
)


def test_every_noun(ptui: Ptui, planned: Store, now: datetime) -> None:
    from plannertui.store import events, people, priorities, situations, years

    leader = people.get(planned, "L1")
    priorities.add(planned, leader, text="no complaint", basis="said", now=now)
    events.add(planned, title="talk", starts_on=now.date(), people=[leader.id], now=now)
    situations.add(planned, line="system down", day=now.date(), now=now)
    years.save(planned, 2024, now, theme="Fewer, finished")
    ptui("win", "x", "--goal", "G1")
    ptui("promise", "y", "--to", "L1", "--by", "fri")
    for handle, noun in (
        ("J1", "entry"),
        ("M1", "matter"),
        ("G1", "goal"),
        ("G2.1", "goal"),
        ("L1", "person"),
        ("director", "person"),
        ("@finance", "person"),
        ("L1.1", "priority"),
        ("E1", "event"),
        ("S1", "situation"),
        ("Y1", "year"),
    ):
        found = ptui("show", handle, "--json").json
        assert found["type"] == noun
        text = ptui("show", handle)
        assert (text.code, text.err) == (0, "")
        assert text.out.startswith(found["handle"])


def test_things_are_named_and_not_numbered(
    ptui: Ptui, planned: Store, now: datetime
) -> None:
    from plannertui.store import meetings, people, priorities

    leader = people.get(planned, "L1")
    priorities.add(planned, leader, text="no complaint", basis="said", now=now)
    meetings.add(planned, leader, starts_on=now.date(), repeat="2w", now=now)
    ptui("win", "x")
    ptui("edit", "J1", "--witness", "L1", "--credit", "the other office")
    ptui("add", "> y")
    ptui("edit", "M1", "--priority", "L1.1")
    words = " ".join(ptui("show", "M1").out.split())
    assert "priority L1.1 no complaint" in words
    win = ptui("show", "J1").out
    assert "witnesses: Director, credit: the other office" in win
    assert ptui("show", "J1", "--json").json["win"]["witnesses"] == ["L1"]
    assert "series id" not in ptui("show", "E1").out


def test_several_are_a_list(ptui: Ptui) -> None:
    ptui("note", "a")
    ptui("note", "b")
    assert ptui("show", "J1", "--json").json["text"] == "a"
    both = ptui("show", "J1", "J2", "--json").json
    assert [row["text"] for row in both] == ["a", "b"]


def test_the_history(ptui: Ptui) -> None:
    ptui("note", "first")
    ptui("edit", "J1", "--text", "second")
    out = ptui("show", "J1", "--log").out
    assert "edit J1" in out
    assert "was first" in out
    log = ptui("show", "J1", "--log", "--json").json["log"]
    assert [step["op"] for step in log] == ["insert", "update"]


def test_what_refers_to_it(ptui: Ptui, planned: Store) -> None:
    ptui("win", "twelve closed", "--goal", "G1")
    assert "twelve closed" in ptui("show", "G1").out
    assert ptui("show", "G1", "--json").json["linked"] == ["J1"]


def test_a_real_name_is_shown_only_when_asked_for(
    ptui: Ptui, store: Store, now: datetime
) -> None:
    from plannertui.store import people

    people.add(store, alias="Boss", name="Wang Xiaoming", now=now)
    assert "Wang" not in ptui("show", "L1").out + ptui("show", "L1", "--json").out
    assert "Wang Xiaoming" in ptui("show", "L1", "--names").out
    assert ptui("show", "L1", "--names", "--json").json["name"] == "Wang Xiaoming"


@pytest.mark.parametrize("handle", ["J9", "X1", "nobody", "G1.1", "", "\x1b[2J"])
def test_what_is_not_there(ptui: Ptui, handle: str) -> None:
    done = ptui("show", handle)
    assert (done.code, done.out) == (3, "")
    assert "\x1b" not in done.err
    assert ptui("show", handle, "--json").error["code"] == "not_found"


@pytest.mark.case(38)
def test_hostile_text_never_reaches_the_terminal(
    ptui: Ptui, planned: Store, terminal: OnTerminal
) -> None:
    assert ptui("note", "--", HOSTILE).code == 0
    assert ptui("promise", "--by", "fri", "--", HOSTILE).code == 0
    assert ptui("show", "J1", "--json").json["text"] == HOSTILE
    env = {"NO_COLOR": "1"}
    for args in (
        ("ls",),
        ("show", "J1", "M1", "--log"),
        ("search", "click"),
        ("today",),
        ("ls", "--json"),
        ("note", "--", HOSTILE),
        ("done", "M1"),
        ("rm", "J1"),
        ("trash",),
        ("restore", "J1"),
        (HOSTILE,),
        ("ls", "--on", HOSTILE),
        ("ls", "--kind", HOSTILE),
        ("show", HOSTILE),
        ("--" + HOSTILE,),
    ):
        shown = terminal(*args, env=env).text
        assert not set("\x1b\x07\x9b\u202e\u2066\U000e0041") & set(shown), args
    assert "[/ [@click=app.quit]x[/]" in ptui("ls").out
