"""ls and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plannertui.core.text import cell_width

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui

LONG = "counter 窗口 " * 30


@pytest.fixture
def written(ptui: Ptui, planned: Store) -> None:
    """Ten lines of several kinds and days: J1 to J6, M1 to M4."""
    for args in (
        ("note", "--on", "2024-08-30", "the old form #forms"),
        ("win", "--on", "2024-09-02", "form passes 9 of 10 checks @G2 #forms"),
        ("note", "--on", "yesterday", "Finance called about the budget @P1"),
        ("lesson", "deadlines first, then the queue"),
        ("warn", "the budget may come back", "--by", "9-23"),
        ("note", "counter was calm\nall day"),
        ("promise", "list of the oldest", "--to", "L1", "--by", "fri", "--goal", "G1"),
        ("waiting", "answer on the form", "--from", "P1"),
        ("ask", "does the inspection start with the form?", "--with", "L1"),
        ("grey", "the driver for an errand", "--from", "L1"),
    ):
        assert ptui(*args).code == 0


def handles(ptui: Ptui, *args: str) -> list[str]:
    done = ptui("ls", *args, "--json")
    assert (done.code, done.err) == (0, "")
    return [item["handle"] for item in done.json]


@pytest.mark.usefixtures("written")
def test_filters(ptui: Ptui) -> None:
    assert handles(ptui, "--kind", "win") == ["J2"]
    assert handles(ptui, "--kind", "win,lessons", "--kind", "ask") == ["J2", "J4", "M3"]
    assert handles(ptui, "--kind", "grey") == ["M4"]
    assert handles(ptui, "--on", "yesterday") == ["J3"]
    assert handles(ptui, "--on", "2024-08") == ["J1"]
    assert handles(ptui, "--to", "2024-09-02") == ["J1", "J2"]
    assert handles(ptui, "--since", "mon", "--until", "fri") == ["J3"]
    assert handles(ptui, "--tag", "#forms") == ["J1", "J2"]
    assert handles(ptui, "--goal", "G2") == ["J2"]
    assert handles(ptui, "--person", "finance") == ["J3", "M2"]
    assert handles(ptui, "--person", "@L1") == ["M1", "M3", "M4"]
    assert handles(ptui, "--text", "form") == ["J1", "J2", "M2", "M3"]
    assert handles(ptui, "--state", "done") == []
    assert handles(ptui, "--state", "open", "--kind", "promise") == ["M1"]
    assert handles(ptui, "--tag", "forms", "--kind", "note") == ["J1"]


@pytest.mark.usefixtures("written")
def test_the_newest_are_below_and_n_takes_the_newest(ptui: Ptui) -> None:
    every = handles(ptui)
    assert every[:3] == ["J1", "J2", "J3"]
    done = ptui("ls", "-n", "2", "--json")
    assert [item["handle"] for item in done.json] == every[-2:]
    assert "--all" in done.err


def test_twenty_unless_more_is_asked_for(ptui: Ptui) -> None:
    for number in range(22):
        ptui("note", str(number))
    done = ptui("ls")
    assert done.out.count("\n") == 20
    assert "--all" in done.err
    assert ptui("ls", "-q").err == ""
    assert ptui("ls", "--all").out.count("\n") == 22
    assert ptui("ls", "--on", "today").out.count("\n") == 22


@pytest.mark.usefixtures("written")
def test_a_table_tells_state_and_person(ptui: Ptui) -> None:
    out = ptui("ls", "--kind", "promise").out
    assert out == "M1  2024-09-14  promise  due 09-20  list of the oldest  @Director\n"
    assert ptui("ls", "--kind", "warn").out.split("  ")[3] == "for 09-23"
    late = {"PLANNERTUI_NOW": "2025-01-02T10:00:00+08:00"}
    assert "late 2024-09-20" in ptui("ls", "--kind", "promise", env=late).out


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--on", "garbage"), 2),
        (("--from", "2024-13-01"), 2),
        (("--since", "mon", "--from", "tue"), 2),
        (("--on", "mon", "--to", "fri"), 2),
        (("--from", "2024-09-10", "--to", "2024-09-01"), 2),
        (("--kind", "wim"), 2),
        (("--state", "opne"), 2),
        (("-n", "0"), 2),
        (("-n", "x"), 2),
        (("-n", "1", "--all"), 2),
        (("words",), 2),
        (("--nope",), 2),
        (("--person", "nobody"), 3),
        (("--person", "G1"), 3),
        (("--goal", "L1"), 3),
    ],
)
@pytest.mark.parametrize("verb", ["ls", "search"])
def test_a_filter_that_cannot_be_read_lists_nothing(
    ptui: Ptui, planned: Store, verb: str, args: tuple[str, ...], code: int
) -> None:
    if verb == "search":
        if args in [("words",), ("-n", "1", "--all")]:
            return
        args = ("form", *args)
    done = ptui(verb, *args)
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") == 1
    assert ptui(verb, *args, "--json").out == ""


def test_an_empty_planner_is_an_empty_list(ptui: Ptui) -> None:
    for args in (("ls",), ("search", "x"), ("trash",)):
        done = ptui(*args, "--json")
        assert (done.code, done.json) == (0, [])
        assert ptui(*args).code == 0


@pytest.mark.usefixtures("written")
def test_search_shows_where(ptui: Ptui) -> None:
    found = ptui("search", "check", "--json").json
    assert [hit["handle"] for hit in found] == ["J2"]
    (start, end) = found[0]["spans"][0]
    assert found[0]["snippet"][start:end] == "check"
    assert ptui("search", "form", "--kind", "win", "--json").json[0]["handle"] == "J2"
    assert len(ptui("search", "form", "-n", "1", "--json").json) == 1
    assert len(ptui("search", "form", "--best", "--json").json) == 5
    assert ptui("search", "nothing like this").out == ""


def test_search_finds_chinese_words(ptui: Ptui) -> None:
    ptui("note", "今天窗口很安静，领导没有来")
    assert [hit["handle"] for hit in ptui("search", "窗口", "--json").json] == ["J1"]
    assert ptui("search", "口窗", "--json").json == []


@pytest.mark.parametrize("query", ['"', "*", "AND", "a OR", "-x", "NEAR(", "'", "\\"])
def test_no_query_is_syntax(ptui: Ptui, query: str) -> None:
    ptui("note", "plain")
    assert ptui("search", "--", query).code == 0


def test_search_wants_words(ptui: Ptui) -> None:
    assert ptui("search").code == 2
    assert ptui("search", " ").code == 2


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_never_wider_than_the_terminal(
    ptui: Ptui, planned: Store, terminal: OnTerminal, columns: int
) -> None:
    ptui("promise", LONG, "--to", "director", "--by", "fri")
    ptui("win", LONG)
    env = {"NO_COLOR": "1"}
    for args in (("ls",), ("search", "窗口"), ("today",)):
        shown = terminal(*args, columns=columns, env=env)
        assert shown.code == 0
        assert all(cell_width(line) <= columns for line in shown.lines), shown.text


def test_the_whole_text_when_piped(ptui: Ptui) -> None:
    ptui("note", LONG)
    assert LONG.strip() in ptui("ls").out


def test_colours_only_on_a_terminal(ptui: Ptui, terminal: OnTerminal) -> None:
    ptui("note", "x")
    assert "\x1b[" in terminal("ls").text
    assert "\x1b" not in terminal("ls", env={"NO_COLOR": "1"}).text
    assert "\x1b" not in terminal("ls", env={"TERM": "dumb"}).text
    assert "\x1b" not in ptui("ls").out
    assert "\x1b" not in terminal("ls", "--json").text
