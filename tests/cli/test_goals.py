"""goal and goal milestone: add, ls, show, set, check-in, steps, ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


def test_a_goal_with_everything(ptui: Ptui) -> None:
    ptui("leader", "add", "Director")
    ptui("leader", "priority", "add", "L1", "No complaint older than 30 days")
    added = ptui(
        *("goal", "add", "Licence", "backlog", "--measure", "open cases"),
        *("--unit", "cases", "--from", "412", "--to", "100", "--why", "people wait"),
        *("--obstacle", "easy first", "--if-then", "the ten oldest"),
        *("--milestone", "Sort", "--milestone", "Train", "--serves", "L1.1"),
        *("--how", "fewer old files", "--due", "2024-12-20"),
    )
    assert added.code == 0
    assert added.out.startswith("G1  Licence backlog  412 of 412→100, 0 %,")
    goal = ptui("goal", "G1", "--json").json
    assert goal["measure"] == {
        "name": "open cases",
        "unit": "cases",
        "start": 412.0,
        "target": 100.0,
        "now": 412.0,
        "direction": "down",
    }
    assert [m["handle"] for m in goal["milestones"]] == ["G1.1", "G1.2"]
    assert [(s["handle"], s["how"]) for s in goal["serves"]] == [
        ("L1.1", "fewer old files")
    ]
    assert (goal["start"], goal["due"]) == ("2024-01-01", "2024-12-20")
    assert (goal["obstacle"], goal["if_then"]) == ("easy first", "the ten oldest")
    # One step, taken back as one.
    ptui("undo")
    assert ptui("goal", "ls", "--json").json == []


def test_the_list(ptui: Ptui, planned: Store) -> None:
    listed = ptui("goal").out.splitlines()
    assert [line.split()[0] for line in listed] == ["G1", "G2", "G3"]
    assert "Cut the backlog" in listed[0]
    assert "[" in listed[0]
    assert "|" in listed[0]
    found = ptui("goal", "ls", "--json").json
    assert (found[0]["handle"], round(found[0]["progress"])) == ("G1", 68)
    assert ptui("goal", "ls", "--year", "2023", "--json").json == []
    assert "No goals for 2023" in ptui("goal", "ls", "--year", "2023").err


def test_show_prints_its_parts(ptui: Ptui, planned: Store) -> None:
    ptui("win", "Form ready", "--goal", "G2")
    shown = ptui("goal", "show", "g2").out
    for words in ("One form", "Milestones", "G2.1", "Wed 2024-09-18", "Form ready"):
        assert words in shown


def test_set_changes_what_is_named_and_nothing_else(ptui: Ptui, planned: Store) -> None:
    ptui("goal", "set", "G1", "--title", "Backlog", "--obstacle", "x", "--to", "90")
    goal = ptui("goal", "G1", "--json").json
    assert (goal["title"], goal["obstacle"]) == ("Backlog", "x")
    assert (goal["measure"]["target"], goal["measure"]["start"]) == (90, 412)
    assert goal["measure"]["now"] == 200
    ptui("goal", "set", "G1", "--obstacle", "none", "--measure", "none")
    goal = ptui("goal", "G1", "--json").json
    assert (goal["obstacle"], goal["measure"]) == ("", None)
    ptui("goal", "set", "G1", "--state", "paused", "--due", "2024-11-30")
    goal = ptui("goal", "G1", "--json").json
    assert (goal["state"], goal["due"]) == ("paused", "2024-11-30")


def test_check_in(ptui: Ptui, planned: Store) -> None:
    said = ptui("goal", "check-in", "G1", "188", "down", "12")
    assert said.out.startswith("G1  Cut the backlog  188 of 412→100, 72 %")
    ptui("goal", "check-in", "G1", "195", "--on", "fri")
    goal = ptui("goal", "G1", "--json").json
    assert goal["measure"]["now"] == 188
    assert [(c["day"], c["value"], c["note"]) for c in goal["check_ins"]][-2:] == [
        ("2024-09-13", 195.0, ""),
        ("2024-09-14", 188.0, "down 12"),
    ]
    ptui("goal", "check-in", "G2", input="waiting for IT\n")
    assert ptui("goal", "G2", "--json").json["check_ins"][0]["note"] == "waiting for IT"
    ptui("goal", "check-in", "G1", input="180 by pipe\n")
    last = ptui("goal", "G1", "--json").json["check_ins"][-1]
    assert (last["value"], last["note"]) == (180.0, "by pipe")


def test_milestones(ptui: Ptui, planned: Store) -> None:
    added = ptui("goal", "milestone", "add", "G2", "Old", "ones", "--due", "fri")
    assert added.out.splitlines()[0] == "G2.3  [ ]  Old ones  Fri 2024-09-20"
    done = ptui("goal", "milestone", "done", "G2.3", "--on", "yesterday")
    assert done.out.splitlines()[0] == "G2.3  [x]  Old ones  Fri 2024-09-13"
    assert "1 of 3 milestones" in done.out
    ptui("goal", "milestone", "done", "G2.3", "--not")
    ptui("goal", "milestone", "edit", "G2.3", "--title", "Oldest", "--due", "none")
    found = ptui("goal", "milestone", "ls", "G2", "--json").json
    assert [(m["handle"], m["due"], m["done_on"]) for m in found] == [
        ("G2.1", "2024-09-18", None),
        ("G2.2", "2024-11-01", None),
        ("G2.3", None, None),
    ]
    assert found[2]["title"] == "Oldest"
    ptui("goal", "milestone", "rm", "G2.3")
    assert len(ptui("goal", "milestone", "ls", "G2", "--json").json) == 2
    ptui("undo")
    assert len(ptui("goal", "milestone", "ls", "G2", "--json").json) == 3


def test_ends(ptui: Ptui, planned: Store) -> None:
    assert ptui("goal", "done", "G2").out == "G2  One form  done\n"
    bare = ptui("goal", "release", "G3")
    assert (bare.code, bare.out) == (2, "")
    assert "who was told" in bare.err
    ptui("goal", "release", "G3", "--why", "not mine", "--told", "L1")
    goal = ptui("goal", "G3", "--json").json
    assert (goal["state"], goal["released_why"], goal["told"]) == (
        "released",
        "not mine",
        "L1",
    )
    assert ptui("goal", "carry", "G1").out == "G4  G1 goes on as G4 in 2025\n"
    assert ptui("goal", "ls", "--json").json == []
    assert [g["handle"] for g in ptui("goal", "ls", "--all", "--json").json] == [
        "G1",
        "G2",
        "G3",
    ]
    assert [
        g["handle"] for g in ptui("goal", "ls", "--year", "2025", "--json").json
    ] == ["G4"]


def test_release_asks_on_a_terminal(
    terminal: OnTerminal, ptui: Ptui, planned: Store
) -> None:
    shown = terminal("goal", "release", "G3", "--told", "L1", keys="not mine\r")
    assert shown.code == 0
    assert "Why, in one sentence?" in shown.text
    assert ptui("goal", "G3", "--json").json["released_why"] == "not mine"


def test_serve_and_order(ptui: Ptui, planned: Store) -> None:
    ptui("leader", "priority", "add", "director", "Inspection", "--basis", "said")
    assert ptui("goal", "serve", "G1", "L1.1", "--how", "x").out.endswith("L1.1\n")
    assert ptui("goal", "serve", "G1", "L1.1", "--not").out.endswith("own course\n")
    assert ptui("goal", "move", "G3", "first").out.endswith("1 of 3 goals\n")
    assert ptui("goal", "move", "G3", "down").out.endswith("2 of 3 goals\n")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("add", "x", "--to", "many"), 2),
        (("add", "x", "--due", "31.31."), 2),
        (("add", "x", "--due", "2023-01-01"), 2),
        (("add", "x", "--serves", "L9.9"), 3),
        (("add", "x", "--serves", "G1"), 3),
        (("add", "x", "--from", "3"), 2),
        (("add", "x" * 81), 2),
        (("add",), 2),
        (("show", "G99"), 3),
        (("show", "L1"), 3),
        (("show",), 2),
        (("set", "G1"), 2),
        (("set", "G1", "--state", "asleep"), 2),
        (("set", "G1", "G2"), 2),
        (("check-in", "G1", "abc"), 2),
        (("check-in", "G2"), 2),
        (("check-in",), 2),
        (("milestone", "done", "G1"), 3),
        (("milestone", "done", "G2.9"), 3),
        (("milestone", "edit", "G2.1"), 2),
        (("move", "G1", "sideways"), 2),
        (("carry", "G1", "--to", "MMXXV"), 2),
        (("carry", "G1", "--to", "2024"), 4),
        (("serve", "G1", "G2"), 3),
        (("ls", "--year", "soon"), 2),
        (("ls", "what"), 2),
        (("frobnicate", "x"), 2),
    ],
)
def test_bad_calls_change_nothing(
    ptui: Ptui, planned: Store, call: tuple[str, ...], code: int
) -> None:
    before = planned.read("SELECT count(*), max(rev) FROM goal")
    ran = ptui("goal", *call, "--json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.error["message"]
    assert planned.read("SELECT count(*), max(rev) FROM goal") == before
