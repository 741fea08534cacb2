"""The mirror from the shell: the same figures, each with its list, and an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ptui


@pytest.fixture
def lived(ptui: Ptui) -> Ptui:
    """A kept promise upward, a broken one downward, a warning, a surprise, standards."""
    for line in (
        ("leader", "add", "Director"),
        ("person", "add", "Officer", "--relation", "below"),
        ("promise", "the list", "--to", "director", "--by", "2024-09-10"),
        ("promise", "a free day", "--to", "officer", "--by", "2024-09-11"),
        ("done", "M1", "--on", "2024-09-09"),
        ("warn", "the budget may come back"),
        ("year", "set", "--standard", "tell me early", "--standard", "say who helped"),
    ):
        ran = ptui(*line)
        assert ran.code == 0, (line, ran.err)
    return ptui


def test_it_prints_the_figures_up_beside_down(lived: Ptui) -> None:
    said = lived("mirror").out
    assert "no score, no rank, yours alone" in said
    up = next(line for line in said.splitlines() if " up " in line)
    down = next(line for line in said.splitlines() if " down " in line)
    assert up.endswith("1 of 1")
    assert down.endswith("0 of 1")
    assert "1 : 0" in said


def test_json_is_the_snapshot(lived: Ptui) -> None:
    found = lived("mirror", "--json").json
    assert found["figures"]["kept"] == {"count": 1, "of": 2, "percent": None}
    assert found["figures"]["kept_down"]["count"] == 0
    assert (found["first"], found["last"]) == ("2024-06-17", "2024-09-14")
    assert lived("mirror", "--year", "--json").json["first"] == "2024-01-01"
    assert lived("mirror", "--quarter", "--json").json["first"] == "2024-07-01"
    assert lived("mirror", "--days", "1", "--json").json["first"] == "2024-09-14"


def test_every_figure_opens_to_what_it_counts(lived: Ptui) -> None:
    figures = lived("mirror", "--json").json["figures"]
    for name, data in figures.items():
        opened = lived("mirror", "--open", name, "--json").json
        assert sum(case["counts"] for case in opened["cases"]) == data["count"], name
        if "of" in data:
            assert len(opened["cases"]) == data["of"], name
    kept = lived("mirror", "--open", "kept-up").out
    assert "M1" in kept
    assert "M2" not in kept


def test_a_standard_is_answered_in_turn(lived: Ptui) -> None:
    first = lived("mirror", "answer", "partly", "a day late", "--json").json
    assert (first["standard"], first["answers"]) == (1, ["partly"])
    second = lived("mirror", "answer", "yes", "--json").json
    assert second["standard"] == 2
    third = lived("mirror", "answer", "1", "no", "--json").json
    assert third["answers"] == ["partly", "no"]
    assert "partly no" in lived("mirror").out
    assert lived("show", "J2", "--json").json["text"] == "a day late"
    assert lived("undo").code == 0
    assert lived("mirror", "answer", "1", "yes", "--json").json["answers"] == [
        "partly",
        "yes",
    ]


def test_what_it_refuses(ptui: Ptui) -> None:
    assert ptui("mirror", "answer", "yes").code == 3
    assert ptui("mirror", "answer", "often").code == 2
    assert ptui("mirror", "--open", "mood").code == 3
    assert ptui("mirror", "--days", "0").code == 2
    assert ptui("mirror", "--days", "30", "--year").code == 2


def test_an_empty_store_is_no_fault(ptui: Ptui) -> None:
    ran = ptui("mirror")
    assert ran.code == 0
    assert "0 : 0" in ran.out
    assert ptui("mirror", "--lang", "zh").code == 0


def test_the_year_is_drawn_and_listed(lived: Ptui) -> None:
    before = lived("mirror", "--year").out.splitlines()[-8:]
    assert [line.count("#") for line in before[:7]] == [0] * 7
    days = lived("mirror", "--json").json
    assert (days["reflected_on"], days["weeks_kept"]) == ([], 0)
    assert lived("reflect", "asked early today").code == 0
    after = lived("mirror", "--year").out.splitlines()[-8:]
    assert [line.count("#") for line in after[:7]] == [0, 0, 0, 0, 0, 1, 0]
    assert lived("mirror", "--json").json["reflected_on"] == ["2024-09-14"]
