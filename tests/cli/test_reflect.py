"""reflect: the question on stderr, the answer from words, a pipe or a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui

# Saturday 14 September is a day off from Monday to Friday; Friday is not.
FRIDAY = {"PLANNERTUI_NOW": "2024-09-13T18:10:00+08:00"}
LATE = {"PLANNERTUI_NOW": "2024-09-14T02:30:00+08:00"}


def test_the_question_alone(ptui: Ptui) -> None:
    shown = ptui("reflect", "--show", env=FRIDAY)
    assert shown.code == 0
    assert shown.out.count("\n") == 1
    assert len(shown.out) > 20
    assert "not visited yet" in shown.err
    again = ptui("reflect", "--show", "--json", env=FRIDAY).json
    assert again["question"] + "\n" == shown.out
    assert (again["day"], again["answer"], again["before"]) == (
        "2024-09-13",
        None,
        None,
    )
    assert again["more"]


def test_stdout_is_data(ptui: Ptui, planned: Store) -> None:
    question = ptui("reflect", "--show", env=FRIDAY).out.strip()
    answered = ptui("reflect", input="The backlog @G1 #queue\n", env=FRIDAY)
    assert answered.out == "J1  Fri 2024-09-13  reflection\n"
    assert question in answered.err
    entry = ptui("show", "J1", "--json").json
    assert entry["text"] == "The backlog @G1 #queue"
    assert [ref["handle"] for ref in entry["refs"]] == ["G1"]
    assert entry["tags"] == ["queue"]
    assert entry["prompt"]


def test_an_answer_in_words_and_one_more(ptui: Ptui) -> None:
    first = ptui("reflect", "One", "line", "--json", env=FRIDAY)
    assert first.json["text"] == "One line"
    second = ptui("reflect", "and another", env=LATE)
    assert "Answered today as J1" in second.err
    assert ptui("show", "J1", "--json").json["text"] == "One line\nand another"
    assert len(ptui("ls", "--kind", "reflection", "--json").json) == 1


def test_another_and_skip(ptui: Ptui) -> None:
    seen = {ptui("reflect", "--show", env=FRIDAY).out}
    for _time in range(3):
        ran = ptui("reflect", "--another", "--show", env=FRIDAY)
        assert ran.code == 0
        seen.add(ran.out)
    assert len(seen) == 4
    refused = ptui("reflect", "--another", "--show", "--json", env=FRIDAY)
    assert (refused.code, refused.out, refused.error["code"]) == (3, "", "not_found")
    ran = ptui("reflect", "--skip", env=FRIDAY)
    assert (ran.code, ran.out) == (0, "")
    assert ptui("ls", "--json").json == []


def test_then_and_now(ptui: Ptui, store: Store) -> None:
    from datetime import date, datetime

    from plannertui.store import entries

    prompt = ptui("reflect", "--show", "--json", env=FRIDAY).json["prompt"]
    at = datetime.fromisoformat("2024-06-12T18:00:00+08:00")
    entries.add(
        store,
        text="Then",
        kind="reflection",
        day=date(2024, 6, 12),
        now=at,
        prompt=prompt,
    )
    shown = ptui("reflect", "--show", env=FRIDAY)
    assert "Wed 2024-06-12: Then" in shown.err
    found = ptui("reflect", "--show", "--json", env=FRIDAY).json
    assert found["before"] == {"handle": "J1", "day": "2024-06-12", "text": "Then"}


def test_on_a_day_off_a_thought_is_kept(ptui: Ptui) -> None:
    assert ptui("reflect", "--show", "--json").json is None
    kept = ptui("reflect", "A free thought")
    assert kept.out == "J1  Sat 2024-09-14  reflection\n"
    assert "A day off" in kept.err
    assert ptui("show", "J1", "--json").json["prompt"] is None


def test_nothing_written(ptui: Ptui) -> None:
    ran = ptui("reflect", "--json", input=" \n", env=FRIDAY)
    assert (ran.code, ran.out, ran.error["code"]) == (2, "", "empty_text")
    ran = ptui("reflect", "--show", "words", env=FRIDAY)
    assert ran.code == 2


def test_in_chinese(ptui: Ptui) -> None:
    shown = ptui("reflect", "--show", "--lang", "zh_Hans", env=FRIDAY).out
    assert any("\u4e00" <= char <= "\u9fff" for char in shown)


def test_on_a_terminal(terminal: OnTerminal, ptui: Ptui) -> None:
    shown = terminal("reflect", keys="We answered ten\r", after="> ", env=FRIDAY)
    assert shown.code == 0
    assert "not visited yet" in shown.text
    assert ptui("show", "J1", "--json").json["text"] == "We answered ten"


def test_a_broken_prompt_file_is_named(ptui: Ptui, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "config"
    folder.mkdir()
    (folder / "prompts.toml").write_text("[[prompt]]\nid = 5\n", encoding="utf-8")
    ran = ptui("reflect", "--config", str(folder / "config.toml"), "--json", env=FRIDAY)
    assert (ran.code, ran.error["code"]) == (1, "bad_settings")
    assert "prompts.toml" in ran.error["message"]
