"""``review`` from the shell: what is due, step by step from a script, closed, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Ptui


def test_an_empty_planner_lists_every_review(ptui: Ptui) -> None:
    found = ptui("review", "--json").json
    assert [each["review"] for each in found] == [
        "week",
        "month",
        "quarter",
        "year-close",
        "year-open",
        "plan",
    ]
    assert [each["state"] for each in found].count("due") == 1


def test_a_script_holds_a_week_step_by_step(ptui: Ptui) -> None:
    ptui("year", "set", "--standard", "Tell me early")
    ran = ptui("review", "week", "--step", "goals", "--text", "G2 waits for legal")
    assert ran.code == 0
    assert "1 of 8" in ran.out
    assert "begun" in ran.out
    assert ptui("review", "week", "--step", "promises", "--skip").code == 0
    kept = ptui(
        "review", "week", "--step", "mirror", "--answer", "partly", "--text", "Tuesday"
    )
    assert kept.code == 0
    piped = ptui("review", "week", "--step", "ahead", "-", input="three things\n")
    assert piped.code == 0
    found = ptui("review", "week", "--json").json
    states = {step["step"]: (step["state"], step["text"]) for step in found["steps"]}
    assert states["goals"] == ("done", "G2 waits for legal")
    assert states["promises"] == ("skipped", "")
    assert states["ahead"] == ("done", "three things")
    assert states["clear"] == (None, "")
    closed = ptui("review", "week", "--close", "--json").json
    assert closed["closed"] is True
    assert closed["period"] == "2024-W37"
    assert ptui("ls", "--kind", "mirror", "--json").json[0]["text"] == "Tuesday"
    listed = ptui("review", "ls", "--json").json
    assert [each["period"] for each in listed] == ["2024-W37"]
    shown = ptui("review", "show", "2024-w37")
    assert "Goals: G2 waits for legal" in shown.out
    assert ptui("review", "week", "--reopen").code == 0
    assert ptui("review", "week", "--reopen").code == 4


def test_show_lays_out_every_step_and_keeps_nothing(ptui: Ptui) -> None:
    ptui("promise", "list of the oldest", "--by", "2024-09-12")
    ran = ptui("review", "week", "--show")
    assert "1/8 Clear" in ran.out
    assert "8/8 Report" in ran.out
    assert "list of the oldest" in ran.out
    assert "2 days late" in ran.out
    assert ptui("review", "ls", "--json").json == []


def test_a_half_year_goes_by_the_steps_of_a_quarter(ptui: Ptui) -> None:
    found = ptui("review", "quarter", "--period", "2024-H1", "--json").json
    assert (found["from"], found["to"]) == ("2024-01-01", "2024-06-30")
    assert len(found["steps"]) == 8


def test_without_a_terminal_it_says_what_a_script_does(ptui: Ptui) -> None:
    ran = ptui("review", "week")
    assert ran.code == 4
    assert "--step" in ran.err


def test_bad_input_is_named_and_keeps_nothing(ptui: Ptui) -> None:
    for words, code in (
        (("week", "--period", "2024-09"), 2),
        (("week", "--step", "nonsense"), 2),
        (("week", "--text", "alone"), 2),
        (("week", "--step", "goals", "--skip", "--text", "x"), 2),
        (("week", "--step", "goals", "--answer", "yes"), 2),
        (("week", "--step", "mirror", "--answer", "maybe"), 2),
        (("week", "--step", "mirror", "--answer", "yes"), 3),
        (("week", "--show", "--close"), 2),
        (("show", "2019-W01"), 3),
    ):
        assert ptui("review", *words).code == code, words
    assert ptui("review", "ls", "--json").json == []


def test_in_chinese_it_speaks_chinese(ptui: Ptui) -> None:
    ran = ptui("review", "week", "--show", "--lang", "zh_Hans")
    assert "Clear" not in ran.out
