"""log: the versions of a thing; restore HANDLE@NUMBER brings one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


@pytest.fixture
def edited(ptui: Ptui) -> Ptui:
    """A planner with one entry in three versions."""
    assert ptui("note", "The old budget was late #money").code == 0
    assert ptui("edit", "J1", "--text", "The new budget is late #money").code == 0
    assert ptui("edit", "J1", "--untag", "money", "--day", "2024-09-12").code == 0
    return ptui


def test_the_newest_version_stands_first(edited: Ptui) -> None:
    ran = edited("log", "J1")
    assert ran.code == 0
    lines = ran.out.split("\n")
    assert lines[0] == "J1  entry  The new budget is late #money"
    heads = [line for line in lines if line.startswith("J1@")]
    assert [head.split("  ")[0] for head in heads] == ["J1@3", "J1@2", "J1@1"]
    assert heads[1] == "J1@2  2024-09-14 18:10  edit J1"
    assert "  day  [-2024-09-14-]{+2024-09-12+}" in lines
    assert "  tags  [-#money-]" in lines
    assert "  text  The [-old-]{+new+} budget [-was-]{+is+} late #money" in lines
    assert "  text  The old budget was late #money" in lines
    assert "ptui restore J1@NUMBER" in ran.err


def test_characters_are_words_where_no_blanks_part_them(ptui: Ptui) -> None:
    ptui("note", "预算下周五交给主任")
    ptui("edit", "J1", "--text", "预算本周五交给主任")
    assert "预算[-下-]{+本+}周五交给主任" in ptui("log", "J1").out
    assert "{+" in ptui("log", "J1", "--lang", "zh_Hans").out


def test_one_version_and_the_newest_few(edited: Ptui) -> None:
    alone = edited("log", "J1@2", "--json").json
    assert [each["version"] for each in alone["versions"]] == [2]
    assert alone["versions"][0]["changes"][0]["pieces"][1] == ["-", "old"]
    few = edited("log", "J1", "-n", "2", "--json").json
    assert [each["version"] for each in few["versions"]] == [3, 2]
    assert edited("log", "J1@9").code == 3
    assert edited("log", "J1@x").code == 2
    assert edited("log").code == 2


def test_a_thing_that_never_changed(ptui: Ptui) -> None:
    ptui("note", "once")
    ran = ptui("log", "J1")
    assert (ran.code, ran.out.count("J1@")) == (0, 1)
    assert "never changed" in ran.err


def test_a_version_comes_back_and_can_be_undone(edited: Ptui) -> None:
    ran = edited("restore", "J1@1")
    assert ran.code == 0
    assert "J1 says again what version 1 said." in ran.out
    assert "  text  The [-new-]{+old+} budget [-is-]{+was+} late #money" in ran.out
    assert edited("show", "J1", "--json").json["tags"] == ["money"]
    assert "J1@4" in edited("log", "J1").out
    assert "restore J1@1" in edited("undo").out
    assert edited("show", "J1", "--json").json["text"].startswith("The new")
    same = edited("restore", "@J1@3")
    assert (same.code, "nothing was changed" in same.out) == (0, True)
    assert edited("restore", "J1@1", "--json").json[0]["version"] == 1


def test_several_versions_are_one_step(edited: Ptui) -> None:
    edited("note", "two")
    edited("edit", "J2", "--text", "three")
    assert edited("restore", "J1@1", "J2@1").code == 0
    edited("undo")
    assert edited("show", "J2", "--json").json["text"] == "three"
    assert edited("show", "J1", "--json").json["text"].startswith("The new")
    # All or none.
    assert edited("restore", "J2@1", "J1@9").code == 3
    assert edited("show", "J2", "--json").json["text"] == "three"
    assert edited("restore", "J2@1", "J1").code == 2


def test_from_the_trash_and_after_a_purge(edited: Ptui) -> None:
    edited("rm", "J1")
    assert "in the trash" in edited("log", "J1").out.split("\n")[0]
    ran = edited("restore", "J1@1")
    assert "J1 is back, and says what version 1 said." in ran.out
    edited("rm", "J1")
    edited("purge", "J1", "--yes")
    for ran in (edited("log", "J1"), edited("restore", "J1@1")):
        assert (ran.code, ran.out) == (3, "")
        assert "erased for good" in ran.err


def test_colours_only_add_to_the_marks(edited: Ptui, terminal: OnTerminal) -> None:
    assert edited("log", "J1").out.count("\x1b") == 0
    shown = terminal("log", "J1").text
    assert "\x1b[31m[-old-]\x1b[0m" in shown
    assert "\x1b[32m{+new+}\x1b[0m" in shown


def test_what_commands_a_terminal_is_made_visible(ptui: Ptui) -> None:
    ptui("note", "\x1b]0;owned\x07 one")
    ptui("edit", "J1", "--text", "\x1b]0;owned\x07 two")
    for args in (("log", "J1"), ("log", "J1", "--json"), ("restore", "J1@1")):
        assert not set(ptui(*args).out) & set("\x1b\x07")
