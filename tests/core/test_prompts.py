"""The bank of questions, and what a user's own file may say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from plannertui.core import prompts
from plannertui.core.errors import BadSettings
from plannertui.core.promptfile import PromptFile
from plannertui.core.prompts import (
    CADENCES,
    POINTS,
    TRIGGERS,
    YIELDS,
    Bank,
    Prompt,
    load_bank,
)

# lens: daily, weekly, monthly, quarterly, yearly, situational
COUNTS = {
    "course": (5, 1, 1, 1, 2, 2),
    "goals": (5, 1, 1, 1, 1, 1),
    "pressures": (5, 1, 1, 1, 0, 1),
    "reversal": (6, 1, 1, 0, 1, 1),
    "upward": (5, 1, 1, 0, 0, 4),
    "credit": (5, 1, 1, 1, 1, 2),
    "downward": (6, 1, 1, 1, 1, 0),
    "boundary": (5, 0, 1, 1, 1, 3),
    "contradiction": (5, 1, 0, 1, 0, 3),
    "relation": (5, 1, 1, 1, 1, 2),
    "peers": (5, 1, 1, 1, 0, 1),
    "emergency": (5, 1, 1, 0, 0, 4),
}

OWN = """
[[prompt]]
id = "my-01"
lens = "course"
cadence = "daily"
text_en = "What did I put off today?"
"""


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def test_the_bank_is_whole(bank: Bank) -> None:
    assert len(bank.prompts) == 125
    assert [lens.id for lens in bank.lenses] == list(COUNTS)
    assert [lens.order for lens in bank.lenses] == list(range(1, 13))
    counts = Counter((prompt.lens, prompt.cadence) for prompt in bank.prompts)
    for lens, row in COUNTS.items():
        assert tuple(counts[lens, cadence] for cadence in CADENCES) == row
    sums = [len(bank.of(cadence)) for cadence in CADENCES]
    assert sums == [62, 11, 11, 9, 8, 24]
    points = Counter(prompt.point for prompt in bank.prompts)
    assert points == {"a": 13, "b": 25, "c": 39, "d": 48}
    assert set(bank.points) == set(POINTS)
    assert bank.disabled == ()


def test_ids_and_texts_are_unique(bank: Bank) -> None:
    for texts in (
        [prompt.id for prompt in bank.prompts],
        [prompt.text_en for prompt in bank.prompts],
        [prompt.text_zh for prompt in bank.prompts],
        [lens.name_en for lens in bank.lenses],
        [lens.name_zh for lens in bank.lenses],
    ):
        assert len(set(texts)) == len(texts)


def test_every_value_is_an_allowed_one(bank: Bank) -> None:
    for prompt in bank.prompts:
        assert prompt.lens in COUNTS
        assert prompt.id.startswith(prompt.lens + "-")
        assert prompt.cadence in CADENCES
        assert prompt.point in POINTS
        assert prompt.yields in ("", *YIELDS)
        # One question of the year is asked on its occasion as well.
        opened = prompt.cadence == "situational" or prompt.id == "course-10"
        assert (prompt.trigger in TRIGGERS) == opened
    assert {prompt.trigger for prompt in bank.prompts} - {""} == set(TRIGGERS)


def test_questions_are_short_and_well_written(bank: Bank) -> None:
    for prompt in bank.prompts:
        assert 20 <= len(prompt.text_en) <= 160, prompt.id
        assert 8 <= len(prompt.text_zh) <= 60, prompt.id
        assert prompt.text_en.isprintable()
        assert prompt.text_zh.isprintable()
        # No placeholders, so that both languages stay grammatical.
        assert not set("{}<>%") & set(prompt.text_en + prompt.text_zh)
    for text in (
        *(prompt.text_zh for prompt in bank.prompts),
        *(lens.name_zh for lens in bank.lenses),
    ):
        assert not any(char.isascii() for char in text), text


def test_a_question_speaks_both_languages(bank: Bank) -> None:
    prompt = bank.get("course-01")
    assert prompt is not None
    assert prompt.text("en").startswith("What one thing moved")
    assert prompt.text("zh_Hans").startswith("今天有哪一件事")
    lens = bank.lens("course")
    assert lens is not None
    assert (lens.name("en"), lens.name("zh_Hans")) == ("My own course", "我的方向")
    assert bank.get("nothing") is None
    assert bank.lens("nothing") is None


def test_situational_questions_keep_the_order_of_the_file(bank: Bank) -> None:
    opened = bank.opened_by("boundary_open")
    assert len(opened) == 3
    assert [p.id for p in opened] == sorted(p.id for p in opened)


def test_the_users_file_adds_and_leaves_off() -> None:
    bank = load_bank('disable = ["course-01", "my-02"]\n' + OWN + OWN.replace("1", "2"))
    assert bank.get("my-01") == Prompt(
        id="my-01",
        lens="course",
        cadence="daily",
        point="",
        text_en="What did I put off today?",
        text_zh="What did I put off today?",
    )
    assert [p.id for p in bank.of("daily")][-1] == "my-01"
    assert "course-01" not in [p.id for p in bank.prompts]
    assert [p.id for p in bank.disabled] == ["course-01", "my-02"]
    # An old answer still finds its question.
    old = bank.get("course-01")
    assert old is not None


def test_one_language_stands_for_both() -> None:
    bank = load_bank(OWN.replace("text_en", "text_zh").replace("What did I", "今天我"))
    prompt = bank.get("my-01")
    assert prompt is not None
    assert prompt.text("en") == prompt.text("zh_Hans") == "今天我 put off today?"


def test_a_lens_of_ones_own() -> None:
    bank = load_bank(
        '[[lens]]\nid = "health"\nname_zh = "身体"\n'
        + OWN.replace('lens = "course"', 'lens = "health"')
    )
    assert bank.lenses[-1].id == "health"
    assert bank.lenses[-1].order == 13
    assert bank.lenses[-1].name("en") == "身体"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", b"", b"\xef\xbb\xbf# bom\n"])
def test_an_empty_file_changes_nothing(text: str | bytes, bank: Bank) -> None:
    assert load_bank(text) == bank


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x = \n", ["line 1", "TOML"]),
        ("x = ", ["end of document", "TOML"]),
        ('\n[[prompt]]\nid = "a\n', ["line 3"]),
        (b"# ok\n# \xff\n", ["line 2", "UTF-8"]),
        ("[" * 5000, ["p.toml"]),
        ("colour = 1\n", ["line 1", "colour", "disable"]),
        ("prompt = 3\n", ["line 1", "[[prompt]]"]),
        ("prompt = [1]\n", ["line 1", "[[prompt]]"]),
        ("points = 3\n", ["line 1", "points"]),
        ("[[prompt]]\nlens = 'course'\n", ["line 1", "[[prompt]]", "id"]),
        (OWN.replace("my-01", "my 01"), ["line 2", "my 01"]),
        (OWN.replace("my-01", "course-01"), ["line 2", "course-01", "taken"]),
        (OWN + OWN, ["line 8", "my-01", "taken"]),
        (OWN.replace('"course"', '"curse"'), ["line 4", "my-01", "lens", "curse"]),
        (OWN.replace('lens = "course"\n', ""), ["my-01", "lens is missing"]),
        (OWN.replace("daily", "hourly"), ["line 5", "cadence", "hourly", "weekly"]),
        (OWN.replace('"daily"', "3"), ["line 5", "cadence", "3"]),
        (OWN + 'yields = "praise"', ["line 7", "yields", "praise", "promise"]),
        (OWN + 'point = "e"', ["point", "e"]),
        (OWN + 'trigger = "setback"', ["my-01", "trigger", "situational"]),
        (OWN.replace("daily", "situational"), ["trigger is missing", "setback"]),
        (OWN.replace("text_en", "text"), ["line 6", "text", "text_en"]),
        (OWN.replace("What did I put off today?", " "), ["text_en, text_zh"]),
        (OWN.replace('"What did I put off today?"', "3"), ["text_en is not text"]),
        (OWN.replace("What", "What" * 100), ["text_en", "300"]),
        (OWN + 'disable = ["course-01"]', ["line 7", "disable", "above"]),
        ('disable = "course-01"', ["line 1", "disable", "list"]),
        ('disable = ["course-99"]', ["line 1", "disable", "course-99"]),
        ('[[lens]]\nid = "course"\nname_en = "x"', ["lens", "course", "taken"]),
        ('[[lens]]\nid = "new"\n', ["lens", "new", "name_en"]),
        ('[[lens]]\nid = "new"\norder = "1"\n', ["lens", "new", "order"]),
        ('[[lens]]\nid = "new"\ncolour = 1\n', ["line 3", "colour"]),
        ("[lens]\nid = 'new'\n", ["line 1", "[[lens]]"]),
    ],
)
def test_a_broken_file_says_where(text: str | bytes, parts: list[str]) -> None:
    with pytest.raises(BadSettings) as caught:
        load_bank(text, "/home/me/p.toml")
    words = caught.value.message
    assert words.startswith("/home/me/p.toml")
    assert "\n" not in words
    for part in parts:
        assert part in words, words


def test_one_daily_question_has_to_stay(bank: Bank) -> None:
    off = [prompt.id for prompt in bank.of("daily")]
    with pytest.raises(BadSettings, match="leave at least one"):
        load_bank(f"disable = {off}")
    assert load_bank(f"disable = {off[1:]}").of("daily") == bank.of("daily")[:1]


def test_the_plain_reading_of_the_shipped_file_is_what_toml_says(bank: Bank) -> None:
    path = Path(prompts.__file__).parent.parent / "data" / "prompts.toml"
    assert PromptFile(path.read_bytes(), str(path)).bank(None) == bank
