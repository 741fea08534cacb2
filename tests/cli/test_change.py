"""done, move, drop, reopen; rm, trash, restore, purge; undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


# After the first due date, before the second.
LATER = {"PLANNERTUI_NOW": "2024-09-26T18:00:00+08:00"}


def outcome(ptui: Ptui, handle: str) -> str:
    return str(ptui("show", handle, "--json").json["outcome"])


def test_a_promise_kept(ptui: Ptui) -> None:
    ptui("promise", "x", "--by", "fri")
    done = ptui("done", "M1")
    assert done.out == "M1  kept  x\n"
    assert outcome(ptui, "M1") == "kept"


def test_a_promise_moved_in_time(ptui: Ptui) -> None:
    ptui("promise", "x", "--by", "fri")
    done = ptui("move", "M1", "--to", "+2w", "--told")
    assert done.out == "M1  open  due Sat 2024-09-28  x\n"
    ptui("done", "M1", "--on", "today", env=LATER)
    assert outcome(ptui, "M1") == "renegotiated"


def test_a_promise_moved_without_telling(ptui: Ptui) -> None:
    ptui("promise", "x", "--by", "fri")
    assert "does not know" in ptui("move", "M1", "--to", "+2w", "--not-told").out
    ptui("done", "M1", env=LATER)
    assert outcome(ptui, "M1") == "late"


def test_a_promise_done_by_its_first_date_is_kept(ptui: Ptui) -> None:
    ptui("promise", "x", "--by", "fri")
    ptui("move", "M1", "--to", "+2w", "--not-told")
    assert ptui("done", "M1").out.startswith("M1  kept")
    again = ptui("done", "M1", env=LATER)
    assert (again.code, again.out) == (4, "")
    assert "ptui reopen M1" in again.err


def test_a_script_must_say_whether_they_know(ptui: Ptui) -> None:
    ptui("promise", "x", "--by", "fri")
    for args in (("move", "M1", "--to", "+2w"), ("drop", "M1")):
        done = ptui(*args)
        assert (done.code, done.out) == (2, "")
        assert "--told" in done.err
    assert ptui("show", "M1", "--json").json["moves"] == []


@pytest.mark.parametrize(
    ("keys", "told"),
    [("y\n", "2024-09-14"), ("yesterday\n", "2024-09-13"), ("\n", None), ("n\n", None)],
)
def test_a_terminal_is_asked(
    ptui: Ptui, terminal: OnTerminal, keys: str, told: str | None
) -> None:
    ptui("promise", "x", "--by", "fri")
    assert terminal("move", "M1", "--to", "+2w", keys=keys).code == 0
    (move,) = ptui("show", "M1", "--json").json["moves"]
    assert move == {"old_due": "2024-09-20", "told_on": told}


def test_the_first_date_is_no_move(ptui: Ptui) -> None:
    ptui("promise", "x")
    assert ptui("move", "M1", "--to", "fri").code == 0
    assert ptui("show", "M1", "--json").json["moves"] == []


def test_other_matters_just_move(ptui: Ptui) -> None:
    ptui("waiting", "x", "--by", "fri")
    assert ptui("move", "M1", "--to", "+2w").code == 0
    assert ptui("show", "M1", "--json").json["due"] == "2024-09-28"


def test_dropped(ptui: Ptui) -> None:
    ptui("promise", "x", "--by", "fri")
    ptui("promise", "y", "--by", "fri")
    assert ptui("drop", "M1", "--told").out == "M1  released  x\n"
    assert ptui("drop", "M2", "--not-told").out == "M2  broken  y\n"
    assert ptui("reopen", "M2").out == "M2  open  due Fri 2024-09-20  y\n"


def test_a_grey_matter_needs_its_decision(ptui: Ptui) -> None:
    ptui("grey", "the driver")
    done = ptui("done", "M1")
    assert (done.code, done.out) == (4, "")
    assert "ptui boundary check M1" in done.err
    assert ptui("edit", "M1", "--decision", "declined").code == 0
    assert ptui("done", "M1").code == 0
    assert ptui("show", "M1", "--json").json["decision"] == "declined"
    assert ptui("boundary", "M1", "--json").json["decided_on"] == "2024-09-14"


def test_milestones_and_goals(ptui: Ptui, planned: Store) -> None:
    assert ptui("done", "G2.1", "--on", "yesterday").out == "G2.1  done  Draft agreed\n"
    goal = ptui("show", "G2", "--json").json
    assert goal["milestones"][0]["done_on"] == "2024-09-13"
    assert goal["progress"] == 50
    assert ptui("reopen", "G2.1").code == 0
    assert ptui("move", "G2.2", "--to", "2024-12-01").code == 0
    step = ptui("show", "G2", "--json").json["milestones"][1]
    assert (step["title"], step["due"]) == ("Online", "2024-12-01")
    assert ptui("done", "G2").out == "G2  done  One form\n"


def test_several_are_one_step(ptui: Ptui) -> None:
    for text in "xyz":
        ptui("ask", text)
    assert ptui("done", "M1", "M2", "M3").code == 0
    assert ptui("undo").out == "Undone: done M1 M2 M3\n"
    assert len(ptui("ls", "--state", "open", "--json").json) == 3


def test_all_or_nothing(ptui: Ptui) -> None:
    ptui("ask", "x")
    ptui("note", "y")
    assert ptui("done", "M1", "M9").code == 3
    assert ptui("done", "M1", "J1").code == 4
    ptui("grey", "z")
    assert ptui("done", "M1", "M2").code == 4
    assert len(ptui("ls", "--state", "open", "--json").json) == 2


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("done",), 2),
        (("move", "M1"), 2),
        (("move", "M1", "--to", "someday", "--told"), 2),
        (("move", "M1", "--to", "fri", "--told", "--not-told"), 2),
        (("move", "M1", "--to", "fri", "--told", "tomorrow"), 2),
        (("move", "J1", "--to", "fri"), 4),
        (("drop", "J1", "--told"), 4),
        (("reopen", "J1"), 4),
        (("done", "M9"), 3),
        (("rm",), 2),
        (("rm", "M9"), 3),
        (("rm", "G2.1"), 4),
        (("restore", "M1"), 4),
        (("restore", "M9"), 3),
        (("purge", "M1", "--yes"), 4),
        (("purge",), 2),
        (("purge", "--all", "M1", "--yes"), 2),
        (("undo", "M1"), 2),
        (("redo",), 3),
    ],
)
def test_refusals(ptui: Ptui, planned: Store, args: tuple[str, ...], code: int) -> None:
    ptui("promise", "x", "--by", "fri")
    ptui("note", "y")
    before = ptui("show", "M1", "J1", "--json").out
    done = ptui(*args)
    assert (done.code, done.out) == (code, "")
    assert ptui(*args, "--json").error["message"]
    assert ptui("show", "M1", "J1", "--json").out == before


def test_the_trash(ptui: Ptui) -> None:
    ptui("note", "keep")
    ptui("note", "away")
    assert ptui("rm", "J2").code == 0
    assert [item["handle"] for item in ptui("ls", "--json").json] == ["J1"]
    assert [item["handle"] for item in ptui("trash", "--json").json] == ["J2"]
    assert "away" in ptui("trash").out
    assert "in the trash" in ptui("show", "J2").out
    assert ptui("edit", "J2", "--text", "z").code == 4
    assert ptui("restore", "J2").code == 0
    assert len(ptui("ls", "--json").json) == 2


def test_removing_several_is_asked_about(ptui: Ptui, terminal: OnTerminal) -> None:
    for text in "xyz":
        ptui("note", text)
    done = ptui("rm", "J1", "J2")
    assert (done.code, done.out) == (4, "")
    assert "--yes" in done.err
    assert terminal("rm", "J1", "J2", keys="n\n").code == 4
    assert len(ptui("ls", "--json").json) == 3
    assert terminal("rm", "J1", "J2", keys="y\n").code == 0
    assert len(ptui("ls", "--json").json) == 1
    assert ptui("undo").code == 0
    assert ptui("rm", "J1", "J2", "J3", "--yes").code == 0
    assert ptui("ls", "--json").json == []


def test_purge(ptui: Ptui, terminal: OnTerminal) -> None:
    ptui("note", "secret words")
    ptui("note", "other")
    ptui("rm", "J1", "J2", "--yes")
    assert ptui("purge", "J1").code == 4
    assert terminal("purge", "J1", keys="n\n").code == 4
    assert terminal("purge", "J1", keys="y\n").code == 0
    assert ptui("show", "J1").code == 3
    assert ptui("search", "secret", "--json").json == []
    assert ptui("purge", "--all", "--yes", "--json").json == [
        {"handle": "J2", "type": "entry"}
    ]
    assert ptui("trash", "--json").json == []
    assert ptui("purge", "--all", "--yes").code == 0
    # A handle is never given again.
    assert ptui("note", "-q", "next").out == "J3\n"


def test_undo_and_redo(ptui: Ptui) -> None:
    assert ptui("undo").code == 3
    ptui("note", "one")
    ptui("edit", "J1", "--text", "two")
    assert ptui("undo").out == "Undone: edit J1\n"
    assert ptui("show", "J1", "--json").json["text"] == "one"
    assert ptui("redo").out == "Done again: edit J1\n"
    assert ptui("show", "J1", "--json").json["text"] == "two"
    ptui("undo")
    step = ptui("undo", "--json").json
    assert step["handles"] == ["J1"]
    assert ptui("ls", "--json").json == []
