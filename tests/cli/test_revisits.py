"""``revisit`` and ``--revisit``: seen again, answered, put off, ended, from the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Ptui

LATER = {"PLANNERTUI_NOW": "2024-10-14T18:10:00+08:00"}


def test_an_entry_is_seen_again_and_answered(ptui: Ptui) -> None:
    made = ptui("note", "the pilot will be dropped", "--revisit", "30d")
    assert "again on Mon 2024-10-14" in made.out
    assert ptui("revisit", "--json").json == []
    assert [each["due"] for each in ptui("revisit", "--all", "--json").json] == [False]
    assert "see again" not in ptui("today").out
    assert "1 entry to see again: ptui revisit" in ptui("today", env=LATER).out
    listed = ptui("revisit", env=LATER)
    assert "the pilot will be dropped" in listed.out
    answered = ptui("revisit", "J1", "Half of it came true.", env=LATER)
    assert answered.code == 0
    assert "the pilot will be dropped" in answered.err
    assert "answers J1" in answered.out
    assert ptui("revisit", "--json", env=LATER).json == []
    assert ptui("show", "J2", "--json", env=LATER).json["kind"] == "reflection"


def test_the_token_in_a_line_and_the_other_verbs(ptui: Ptui) -> None:
    ptui("add", "+ under 200 revisit:2w")
    found = ptui("show", "J1", "--json").json
    assert (found["text"], found["revisit_on"]) == ("under 200", "2024-09-28")
    assert ptui("edit", "J1", "--revisit", "2024-12-01").code == 0
    assert ptui("show", "J1", "--json").json["revisit_on"] == "2024-12-01"
    assert "2024-12-01" in ptui("revisit", "J1", "--on", "2024-12-01").out
    assert ptui("revisit", "J1", "--end").code == 0
    assert ptui("show", "J1", "--json").json["revisit_on"] is None


def test_what_cannot_be_is_said_and_changes_nothing(ptui: Ptui) -> None:
    ptui("note", "one")
    for words, code in (
        (("note", "two", "--revisit", "soon"), 2),
        (("note", "two", "--revisit", "yesterday"), 2),
        (("add", "> two", "--revisit", "30d"), 2),
        (("promise", "two", "--revisit", "30d"), 2),
        (("revisit", "J9", "text"), 3),
        (("revisit", "J1", "--on", "never"), 2),
        (("revisit", "J1", "--on", "30d", "--end"), 2),
        (("revisit", "--end"), 2),
    ):
        assert ptui(*words).code == code, words
    assert len(ptui("ls", "--json").json) == 1
