"""situation: every answer from the shell, and the guided way through at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


@pytest.fixture
def s1(ptui: Ptui) -> Ptui:
    """A leader with two priorities, and a situation that was just opened."""
    ptui("leader", "add", "Director")
    ptui("leader", "priority", "add", "L1", "No old complaint", "--basis", "said")
    ptui("leader", "priority", "add", "L1", "Stable staff", "--basis", "seen")
    ptui("situation", "add", "system", "down", "--clock", "6 cases end today")
    return ptui


def step(ptui: Ptui, name: str, *options: str) -> Any:
    done = ptui("situation", "step", "S1", name, *options, "--json")
    assert done.code == 0, done.err
    return done.json


def test_add(ptui: Ptui) -> None:
    ptui("leader", "add", "Director")
    done = ptui("situation", "add", "two orders  clash", "--kind", "contradiction")
    assert done.out == "S1  open  contradiction  two orders clash\n"
    assert "ptui situation step S1 facts" in done.err
    found = ptui("situation", "S1", "--json").json
    assert found["person"]["handle"] == "L1"
    assert (found["next_step"], found["answered"]) == ("facts", ["line"])
    ptui("situation", "add", "alone", "--person", "none")
    assert ptui("situation", "S2", "--json").json["person"] is None


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("add", "x", "--kind", "party"), 2, "emergency"),
        (("add", "x" * 141), 2, "140"),
        (("add", "x", "--on", "tomorrow"), 2, "has come"),
        (("add", "x", "--person", "S1"), 3, "no person"),
        (("step", "S1"), 2, "2 words"),
        (("step", "S1", "face"), 2, "line, facts, chair"),
        (("step", "S1", "facts"), 2, "--confirmed --reported --unknown"),
        (("step", "S1", "facts", "--pick", "A"), 2, "--pick does not fit"),
        (("step", "S1", "heart", "--a", "x"), 2, "--a does not fit"),
        (("step", "S1", "options", "--pick", "D"), 2, "A, B or C"),
        (("step", "S1", "options", "--a", "1|2|3|4"), 2, "three parts"),
        (("step", "S1", "options", "--public", "perhaps"), 2, "unsure"),
        (("step", "S1", "chair", "--priority", "L1"), 3, "no priority"),
        (("show", "L1"), 3, "no situation"),
        (("close", "S1", "--match", "maybe"), 2, "partly"),
        (("resume", "S1"), 4, "step S1"),
        (("shwo", "S1"), 2, "show"),
    ],
)
def test_what_is_refused_changes_nothing(
    s1: Ptui, args: tuple[str, ...], code: int, words: str
) -> None:
    before = s1("situation", "S1", "--json").json
    done = s1("situation", *args)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert s1("situation", "S1", "--json").json == before


def test_facts_are_added_to_and_can_be_emptied(s1: Ptui) -> None:
    step(s1, "facts", "--confirmed", "a", "--confirmed", "b", "--unknown", "when")
    found = step(s1, "facts", "--confirmed", "b", "--confirmed", "c")
    assert found["facts"] == {"confirmed": ["a", "b", "c"], "unknown": ["when"]}
    found = step(s1, "facts", "--confirmed", "none", "--confirmed", "d")
    assert found["facts"]["confirmed"] == ["d"]


def test_every_step_by_options(s1: Ptui) -> None:
    step(s1, "line", "--clock", "none", "--kind", "decision")
    step(
        s1,
        "chair",
        *("--answerable", "order", "--priority", "L1.2", "--asked-by", "bureau"),
        *("--asked-what", "how long", "--only-they", "paper", "--predicted", "close"),
    )
    step(s1, "heart", "--between", "deadline / entry", "--symptom", "queue")
    step(
        s1,
        "options",
        *("--a", "paper | 2 staff | us", "--c", "| 6 late", "--pick", "a"),
        *("--public", "yes"),
    )
    found = step(
        s1,
        "move",
        *("--type", "decide", "--propose", "paper for today", "--needed", "approval"),
        *("--by", "15:00", "--next", "the 6 cases", "--report-at", "16"),
    )
    assert (found["clock"], found["kind"], found["predicted"]) == (
        "",
        "decision",
        "close",
    )
    assert found["chair"] == {
        "answerable_for": "order",
        "priorities": ["L1.2"],
        "asked_by": "bureau",
        "asked_what": "how long",
        "only_they_decide": "paper",
    }
    assert [way["text"] for way in found["options"]["options"]] == [
        "paper",
        "",
        "do nothing",
    ]
    assert found["options"]["pick"] == 1
    assert found["move"]["report_again_at"] == "16:00"
    assert found["promise"] == "report again 16:00: system down"
    assert (found["unsettled"], found["next_step"]) == (False, "move")
    shown = s1("situation", "show", "S1").out
    for line in (
        "touches           Stable staff",
        "ways              A  paper · 2 staff · borne by us",
        "C  do nothing · 6 late",
        "really about    deadline / entry",
    ):
        assert line in shown
    changed = step(s1, "options", "--b", "close|6 late|them", "--pick", "2")
    assert [way["text"] for way in changed["options"]["options"]] == [
        "paper",
        "close",
        "do nothing",
    ]


def test_a_step_can_be_undone(s1: Ptui) -> None:
    step(s1, "heart", "--symptom", "queue")
    assert "step of S1" in s1("undo").out
    assert s1("situation", "S1", "--json").json["heart"] == {}


def test_the_message_has_the_conclusion_first(s1: Ptui) -> None:
    step(s1, "facts", "--confirmed", "fault", "--reported", "others too")
    step(s1, "chair", "--predicted", "would rather close")
    step(s1, "heart", "--between", "deadline / entry", "--symptom", "queue")
    step(s1, "options", "--a", "paper|2 staff", "--b", "close", "--pick", "A")
    step(s1, "move", "--needed", "approval", "--by", "15:00", "--report-at", "16")
    lines = s1("situation", "message", "S1").out.split("\n")
    assert lines[0] == (
        "**NOT SETTLED · DECIDE by 15:00 - system down; propose paper.**"
    )
    text = "\n".join(lines)
    assert "it is deadline against entry, not queue" in text
    assert "**Reported, unchecked:** others too" in text
    assert "would rather close" not in text
    step(s1, "options", "--public", "yes")
    step(s1, "move", "--type", "inform", "--propose", "paper is used")
    text = s1("situation", "message", "S1", "--json").json["markdown"]
    assert text.startswith("**INFORM by 15:00 - system down; paper is used.**")
    assert "Options" not in text
    assert "approval" not in text


def test_unsettled_is_said_and_its_boundary_looked_at(s1: Ptui) -> None:
    done = s1("situation", "step", "S1", "options", "--public", "unsure")
    assert "ptui situation boundary S1" in done.err
    done = s1("situation", "boundary", "S1")
    assert done.out == "M1  grey  system down\n"
    assert s1("situation", "boundary", "S1", "--json").json["handle"] == "M1"


def test_send_makes_one_promise(s1: Ptui) -> None:
    step(s1, "move", "--report-at", "16:00")
    done = s1("situation", "send", "S1")
    assert done.out.split("\n")[1] == "M1  promise  report again 16:00: system down"
    found = s1("show", "M1", "--json").json
    assert (found["due"], found["person"]["handle"]) == ("2024-09-14", "L1")
    assert s1("situation", "send", "S1", "--json").json["report"] == "M1"
    s1("undo")
    assert s1("situation", "ls", "--json").json[0]["state"] == "open"


def test_send_without_a_time(s1: Ptui) -> None:
    done = s1("situation", "send", "S1")
    assert done.out == "S1  sent  emergency  system down\n"
    assert "nothing is promised" in done.err


def test_close_and_reopen(s1: Ptui) -> None:
    step(s1, "chair", "--predicted", "close")
    done = s1(
        *("situation", "close", "S1", "--expected", "closing", "--happened", "paper"),
        *("--why", "deadlines", "--keep", "the six", "--actual", "approved"),
        *("--match", "no", "--lesson", "deadlines before queues"),
    )
    assert done.out == (
        "S1  closed  emergency  system down\nJ1  lesson  deadlines before queues\n"
    )
    found = s1("situation", "S1", "--json").json
    assert (found["match"], found["actual"], found["closed_on"]) == (
        "no",
        "approved",
        "2024-09-14",
    )
    assert found["linked"] == ["J1"]
    assert s1("situation", "ls").out == ""
    assert "S1" in s1("situation", "ls", "--all").out
    assert s1("situation", "void", "S1").code == 4
    assert s1("situation", "reopen", "S1").out.startswith("S1  open")


def test_without_a_terminal_it_lists(s1: Ptui) -> None:
    assert s1("situation").out.startswith("S1  Sat 2024-09-14 18:10  emergency  open")
    assert [row["handle"] for row in s1("situation", "--json").json] == ["S1"]
    s1("situation", "void", "S1")
    done = s1("situation", "--json")
    assert done.json == []
    assert "Nothing is open" in s1("situation").err


# -- at a terminal ---------------------------------------------------------------------

LATER = (
    ("when? ", "6 cases\n"),
    ("decision: ", "\n"),
    ("  > ", "fault\n"),
    ("  > ", "\n"),
    ("  > ", "\n"),
    ("  > ", "when\n"),
    ("  > ", "\n"),
    ("here? ", "order\n"),
    ("1 3: ", "2\n"),
    ("about it? ", "\n"),
    ("ask? ", "\n"),
    ("decide? ", "\n"),
    ("later) ", "close\n"),
    ("…? ", "deadline / entry\n"),
    ("symptom? ", "\n"),
    ("A > ", "paper\n"),
    ("costs > ", "2 staff\n"),
    ("bears it > ", "us\n"),
    ("B > ", "\n"),
    ("A B C: ", "x\n"),
    ("A B C: ", "a\n"),
    ("unsure: ", "1\n"),
    ("inform: ", "dec\n"),
    ("propose? ", "paper for today\n"),
    ("them? ", "approval\n"),
    ("when? ", "15:00\n"),
    ("minutes? ", "\n"),
    ("again? ", "16\n"),
)


def test_the_whole_way_at_plain_prompts(terminal: OnTerminal, ptui: Ptui) -> None:
    ptui("leader", "add", "Director")
    ptui("leader", "priority", "add", "L1", "No old complaint", "--basis", "said")
    ptui("leader", "priority", "add", "L1", "Stable staff", "--basis", "seen")
    shown = terminal(
        "situation", after="one line? ", keys="system down\n", then=LATER, columns=200
    )
    assert shown.code == 0
    assert "You sit in Director's chair." in shown.text
    assert "3/6 Chair   1:15" in shown.text
    found = ptui("situation", "S1", "--json").json
    assert (found["line"], found["clock"], found["predicted"]) == (
        "system down",
        "6 cases",
        "close",
    )
    assert found["facts"] == {"confirmed": ["fault"], "unknown": ["when"]}
    assert found["chair"] == {"answerable_for": "order", "priorities": ["L1.2"]}
    assert found["options"]["pick"] == 1
    assert found["options"]["public_test"] == "yes"
    assert found["move"] == {
        "type": "decide",
        "propose": "paper for today",
        "decision": "approval",
        "by": "15:00",
        "report_again_at": "16:00",
    }


def test_leaving_keeps_the_steps_that_are_done(
    terminal: OnTerminal, ptui: Ptui
) -> None:
    terminal(
        "situation", after="one line? ", keys="x\n", then=(*LATER[:6], ("  > ", "\x03"))
    )
    found = ptui("situation", "S1", "--json").json
    assert (found["clock"], found["next_step"]) == ("6 cases", "facts")
    terminal("situation", after="  > ", keys="fault\n", then=[("  > ", "\x03")])
    assert ptui("situation", "ls", "--json").json[0]["handle"] == "S1"
    assert len(ptui("situation", "ls", "--all", "--json").json) == 1


def test_what_is_out_is_asked_to_be_closed(terminal: OnTerminal, ptui: Ptui) -> None:
    ptui("situation", "add", "system down")
    ptui("situation", "step", "S1", "chair", "--predicted", "close")
    ptui("situation", "send", "S1")
    shown = terminal(
        "situation",
        after="[y/N] ",
        keys="y\n",
        then=[
            ("expected: ", "closing\n"),
            ("happened: ", "paper\n"),
            ("why: ", "\n"),
            ("change: ", "\n"),
            ("want? ", "paper too\n"),
            ("no: ", "no\n"),
            ("there is one: ", "deadlines first\n"),
        ],
    )
    assert "You predicted: close" in shown.text
    found = ptui("situation", "S1", "--json").json
    assert (found["state"], found["match"], found["actual"]) == (
        "closed",
        "no",
        "paper too",
    )
    assert found["close"]["lesson"] == "deadlines first"


def test_in_chinese(s1: Ptui) -> None:
    step(
        s1, "options", "--a", "纸质受理｜两个人｜我们", "--pick", "A", "--public", "no"
    )
    done = s1("--lang", "zh", "situation", "show", "S1")
    assert "办法" in done.out
    assert "A  纸质受理 · 两个人 · 由我们承担" in done.out
    done = s1("--lang", "zh", "situation", "message", "S1")
    assert done.out.startswith("**未定稿 · 请示：system down；建议纸质受理。**")
