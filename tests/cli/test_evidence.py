"""Evidence from the shell: strips, claims, gaps, witnesses, and proving a win."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ptui


@pytest.fixture
def year(ptui: Ptui) -> Ptui:
    """Two goals, a person, a proved win, a claim, and an old one."""
    for line in (
        ("goal", "add", "Licence backlog"),
        ("goal", "add", "One form"),
        ("leader", "add", "Director"),
        ("win", "Twelve cases closed @G1"),
        ("win", "Outstanding service @G1"),
        ("win", "Form agreed @G2", "--on", "2024-06-14"),
    ):
        assert ptui(*line).code == 0, line
    assert ptui("evidence", "prove", "J1", "--number", "12 of 34").code == 0
    assert ptui("evidence", "prove", "J3", "--witness", "director").code == 0
    return ptui


def test_by_goal_and_month(year: Ptui) -> None:
    found = year("evidence", "--json").json
    assert [(g["goal"], g["evidence"], g["claims"]) for g in found["goals"]] == [
        ("G1", 1, 1),
        ("G2", 1, 0),
    ]
    assert found["goals"][0]["months"][8] == {"evidence": 1, "claims": 1}
    assert found["goals"][1]["last"] == "2024-06-14"
    assert found["claims"] == ["J2"]
    said = year("evidence").out
    assert "1 proved, 1 claim" in said
    assert "1 proved, none since 2024-06" in said
    assert "1 claim to be proved" in said


def test_claims_gaps_and_witnesses(year: Ptui) -> None:
    assert [win["handle"] for win in year("evidence", "--claims", "--json").json] == [
        "J2"
    ]
    assert "add a number, a document or a witness" in year("evidence", "--claims").out
    assert [gap["goal"] for gap in year("evidence", "--gaps", "--json").json] == ["G2"]
    assert year("evidence", "--witnesses", "--json").json == [
        {"name": "L1", "alias": "Director", "wins": ["J3"]}
    ]
    only = year("evidence", "--all", "--goal", "G2", "--json").json
    assert [win["handle"] for win in only] == ["J3"]


def test_proof_is_added_kept_and_taken_away(year: Ptui) -> None:
    year("evidence", "prove", "J1", "--witness", "L1", "--credit", "Officer B, IT")
    win = year("evidence", "prove", "J1", "--did", "sorted by deadline", "--json").json
    assert win["win"] | {"used_on": None} == {
        "before": "",
        "did": "sorted by deadline",
        "after": "",
        "number": "12 of 34",
        "document": "",
        "witnesses": ["L1"],
        "credit": ["Officer B", "IT"],
        "used_on": None,
    }
    year("evidence", "prove", "J1", "--number", "none", "--witness", "none")
    assert year("evidence", "--json").json["claims"] == ["J2", "J1"]
    assert year("undo").code == 0
    assert year("evidence", "--json").json["claims"] == ["J2"]


@pytest.mark.parametrize(
    "given",
    [("--number", ""), ("--document", " \t"), ("--witness", ""), ("--used", " ")],
)
def test_nothing_proves_nothing(year: Ptui, given: tuple[str, str]) -> None:
    before = year("show", "J2", "--json").json
    refused = year("evidence", "prove", "J2", "--did", "sorted", *given)
    assert (refused.code, refused.out) == (2, "")
    assert f"{given[0]} is empty" in refused.err
    assert "none takes it away" in refused.err
    assert year("show", "J2", "--json").json == before


def test_blanks_are_no_proof(year: Ptui) -> None:
    year("edit", "J2", "--number", "  ", "--document", "")
    assert year("show", "J2", "--json").json["proof"] == "claim"


def test_ready_and_used(year: Ptui) -> None:
    done = year(
        "evidence", "prove", "J1", "--share", "ready", "--used", "fri", "--json"
    )
    assert done.json["share"] == "ready"
    assert done.json["win"]["used_on"] == "2024-09-13"
    assert year("evidence", "prove", "J1", "--share", "all").code == 2


def test_what_it_refuses(year: Ptui) -> None:
    assert year("evidence", "prove", "J1").code == 2
    assert year("evidence", "prove", "J9", "--number", "1").code == 3
    year("note", "nothing to prove")
    assert year("evidence", "prove", "J4", "--number", "1").code == 2


def test_a_win_that_praises_is_told(ptui: Ptui) -> None:
    said = ptui("win", "Excellent service at counter 2").out
    assert "“Excellent” is a claim: add a number, a document or a witness" in said
    assert "claim" not in ptui("note", "Excellent service at counter 2").out
    said = ptui("win", "表现卓越", "--lang", "zh").out
    assert "卓越" in said


def test_an_empty_year_says_what_to_do(ptui: Ptui) -> None:
    ran = ptui("evidence")
    assert (ran.code, ran.out.strip()) == (0, "")
    assert "ptui win" in ran.err
    assert ptui("evidence", "--claims", "--json").json == []
