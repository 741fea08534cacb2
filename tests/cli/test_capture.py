"""One line into the planner, from the shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from plannertui.cli.main import main
from tests.examples import costly

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui

ROOT = Path(__file__).parent.parent.parent
ENTRIES = ("note", "win", "lesson", "warn")
MATTERS = ("promise", "waiting", "ask", "grey")


@pytest.mark.parametrize("verb", [*ENTRIES, *MATTERS])
def test_each_verb_stores_its_kind(ptui: Ptui, verb: str) -> None:
    done = ptui(verb, "the", "counter", "was", "calm")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(("J1  ", "M1  "))
    (item,) = ptui("ls", "--json").json
    assert item["text"] == "the counter was calm"
    assert item["day"] == "2024-09-14"
    if verb == "grey":
        assert (item["kind"], item["nature"]) == ("task", "grey")
    else:
        assert item["kind"] == verb


def test_a_verb_takes_no_mark_off(ptui: Ptui) -> None:
    ptui("note", "+ not a win")
    ptui("add", "+ a win")
    first, second = ptui("ls", "--json").json
    assert (first["kind"], first["text"]) == ("note", "+ not a win")
    assert (second["kind"], second["text"]) == ("win", "a win")


def test_a_promise_says_all_it_knows(ptui: Ptui, planned: Store) -> None:
    done = ptui("promise", "list of the oldest", "--to", "L1", "--by", "fri")
    assert done.out == (
        "M1  Sat 2024-09-14  promise  due Fri 2024-09-20  @L1 Director\n"
    )
    shown = ptui("show", "M1", "--json").json
    assert shown["due"] == "2024-09-20"
    assert shown["person"]["handle"] == "L1"
    assert shown["outcome"] == "open"


def test_a_promise_without_a_date_says_how_to_give_one(ptui: Ptui) -> None:
    assert "ptui edit M1 --due fri" in ptui("promise", "a list").out
    assert ptui("edit", "M1", "--due", "fri").code == 0
    assert ptui("show", "M1", "--json").json["due"] == "2024-09-20"


def test_what_a_goal_gains_is_said(ptui: Ptui, planned: Store) -> None:
    done = ptui("win", "Twelve old cases closed", "--goal", "G1", "--n", "12")
    assert done.code == 0
    assert "G1 188 of 412→100, 72 %, " in done.out
    assert "on pace" in done.out
    goal = ptui("show", "G1", "--json").json
    assert goal["measure"]["now"] == 188
    assert goal["linked"] == ["J1"]


def test_the_goal_may_be_named_in_the_text(ptui: Ptui, planned: Store) -> None:
    done = ptui("add", "+ twelve closed @G1 n:12")
    assert "188 of 412→100" in done.out
    assert ptui("show", "J1", "--json").json["text"] == "twelve closed @G1"


def test_a_goal_without_a_measure_takes_no_number(ptui: Ptui, planned: Store) -> None:
    done = ptui("win", "x", "--goal", "G2", "--n", "3")
    assert done.code == 0
    assert "3 not added: G2 has no measure" in done.out


def test_the_reply_as_json(ptui: Ptui, planned: Store) -> None:
    reply = ptui(
        "waiting",
        "answer on the form @nobody #budget",
        "--from",
        "finance",
        "--by",
        "9-23",
        "--json",
    ).json
    assert reply == {
        "handle": "M1",
        "type": "matter",
        "kind": "waiting",
        "text": "answer on the form @nobody #budget",
        "day": "2024-09-14",
        "due": "2024-09-23",
        "revisit_on": None,
        "refs": [{"handle": "P1", "label": "Finance", "type": "person"}],
        "tags": ["budget"],
        "unresolved": ["@nobody"],
        "moved": False,
        "goal": None,
    }


def test_what_does_not_resolve_is_told_and_kept(ptui: Ptui) -> None:
    done = ptui("note", "met @nobody")
    assert "@nobody kept as text" in done.out
    assert ptui("ls", "--json").json[0]["text"] == "met @nobody"


def test_quiet_prints_the_handle_alone(ptui: Ptui) -> None:
    assert ptui("note", "-q", "x").out == "J1\n"


def test_another_day(ptui: Ptui) -> None:
    assert "Fri 2024-09-13" in ptui("note", "--on", "yesterday", "x").out
    assert ptui("show", "J1", "--json").json["at"] is None
    assert "Mon 2024-09-09" in ptui("win", "--on", "mon", "y").out
    assert ptui("ls", "--on", "yesterday", "--json").json[0]["handle"] == "J1"


def test_text_after_two_hyphens(ptui: Ptui) -> None:
    ptui("note", "--", "--by", "fri", "is", "an", "option")
    assert ptui("ls", "--json").json[0]["text"] == "--by fri is an option"


@pytest.mark.parametrize("args", [(), ("-",)])
def test_several_lines_from_a_pipe_are_one_entry(
    ptui: Ptui, args: tuple[str, ...]
) -> None:
    text = "first line\n[2020-01-01 10:00] Ann: no stamp\n\n  indented\n"
    assert ptui("note", *args, input=text).code == 0
    (item,) = ptui("ls", "--json").json
    assert item["text"] == text.removesuffix("\n")


def test_arguments_leave_the_pipe_alone(tmp_path: Path, ptui: Ptui) -> None:
    done = subprocess.run(
        f"for i in 1 2 3; do echo $i; done | while read line; do "
        f"{sys.executable} -m plannertui note got $line; done",
        shell=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PLANNERTUI_DB": str(tmp_path / "planner.db"),
        },
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    texts = [item["text"] for item in ptui("ls", "--all", "--json").json]
    assert sorted(texts) == ["got 1", "got 2", "got 3"]


@pytest.mark.parametrize(
    "args", [("note",), ("note", ""), ("note", "  "), ("add", "+ "), ("win", "-")]
)
def test_nothing_is_not_stored(ptui: Ptui, args: tuple[str, ...]) -> None:
    done = ptui(*args, input="")
    assert (done.code, done.out) == (2, "")
    assert ptui("ls", "--json").json == []


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("promise", "x", "--by", "someday"), 2),
        (("note", "x", "--on", "32 may"), 2),
        (("note", "x", "--by", "fri"), 2),
        (("add", "x", "--by", "fri"), 2),
        (("win", "x", "--n", "3"), 2),
        (("win", "x", "--goal", "G1", "--n", "three"), 2),
        (("note", "x", "--tag", "two words"), 2),
        (("note", "x ^mon", "--on", "yesterday"), 2),
        (("promise", "x", "--to", "nobody"), 3),
        (("promise", "x", "--to", "G1"), 3),
        (("note", "x", "--goal", "L1"), 3),
        (("note", "x", "--goal", "G9"), 3),
        (("note", "--nope", "x"), 2),
    ],
)
def test_what_is_refused_stores_nothing(
    ptui: Ptui, planned: Store, args: tuple[str, ...], code: int
) -> None:
    done = ptui(*args)
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") == 1
    again = ptui(*args, "--json")
    assert (again.code, again.out) == (code, "")
    assert set(again.error) == {"code", "message"}
    assert ptui("ls", "--json").json == []


def test_no_word_is_taken_for_a_date_or_a_verb(ptui: Ptui) -> None:
    lines = [
        "March review: went fine",
        "Sat down with Ann: she agreed",
        "Sun is out: nice day",
        "today I said no",
        "[/ [b] [@click=app.quit]x[/]",
        '"; DROP TABLE entry; --',
        "undo this",
    ]
    for line in lines:
        assert ptui("note", line).code == 0
    assert [item["text"] for item in ptui("ls", "--all", "--json").json] == lines


@pytest.mark.process
@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8"},
    ],
)
def test_text_is_utf8_in_every_locale(ptui: Ptui, env: dict[str, str]) -> None:
    done = ptui("note", "预算 – café 😀".encode(), env=env)
    assert (done.code, done.err) == (0, "")
    assert ptui("note", input="窗口\n".encode(), env=env).code == 0
    one, two = ptui("ls", "--json", env=env).json
    assert one["text"] == "预算 – café 😀"
    assert two["text"] == "窗口"
    assert "预算 – café 😀" in ptui("ls", env=env).out


@pytest.mark.process
def test_bytes_that_are_no_text_are_told(ptui: Ptui) -> None:
    done = ptui("note", b"a \xff\xfe b")
    assert done.code == 0
    assert "UTF-8" in done.err
    piped = ptui("note", input=b"c \xff d")
    assert "UTF-8" in piped.err
    texts = [item["text"] for item in ptui("ls", "--json").json]
    assert texts == ["a \ufffd\ufffd b", "c \ufffd d"]


def test_a_byte_order_mark_is_no_text(ptui: Ptui) -> None:
    ptui("note", input=b"\xef\xbb\xbfx\n")
    assert ptui("ls", "--json").json[0]["text"] == "x"


def test_fifty_at_once(tmp_path: Path, ptui: Ptui) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PLANNERTUI_DB": str(tmp_path / "planner.db"),
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "plannertui", "add", f"parallel entry {number}"],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(50)
    ]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 50, said
    items = ptui("ls", "--all", "--json").json
    assert len({item["handle"] for item in items}) == 50
    assert {item["text"] for item in items} == {
        f"parallel entry {number}" for number in range(50)
    }


def test_the_prompt_takes_a_line(terminal: OnTerminal, ptui: Ptui) -> None:
    shown = terminal("promise", keys="a list ^fri\n")
    assert shown.code == 0
    (item,) = ptui("ls", "--json").json
    assert (item["text"], item["due"]) == ("a list", "2024-09-20")


def test_a_paste_of_several_lines_stays_whole(terminal: OnTerminal, ptui: Ptui) -> None:
    assert terminal("note", keys="one\nrm -rf /\nthree\n").code == 0
    (item,) = ptui("ls", "--json").json
    assert item["text"] == "one\nrm -rf /\nthree"


def test_leaving_the_prompt_stores_nothing(terminal: OnTerminal, ptui: Ptui) -> None:
    assert terminal("note", keys="\x04").code == 2
    assert terminal("note", keys="\x03").code == 130
    assert ptui("ls", "--json").json == []


@costly(
    30,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(st.text(min_size=1).filter(lambda text: text.strip() and "^" not in text))
def test_any_text_comes_back(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    text: str,
) -> None:
    """The verbs take nothing off; only what no program can keep is replaced."""
    from plannertui.core.text import clean
    from plannertui.store.items import Filter, ls
    from plannertui.store.open import open_store
    from tests.conftest import NOW

    if not clean(text).strip():
        return
    path = str(tmp_path / "any.db")
    monkeypatch.setenv("PLANNERTUI_NOW", NOW.isoformat())
    assert main(["note", "--db", path, "--", text]) == 0
    capfd.readouterr()
    db = open_store(path, now=NOW)
    newest = ls(db, Filter(), limit=1)[0]
    db.close()
    assert newest.text == clean(text).removesuffix("\n")
