"""A text that cannot be stored is given back, never swallowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Ptui


@pytest.mark.parametrize("lang", ["en", "zh_Hans"])
def test_a_piped_text_that_cannot_be_stored_is_given_back(
    ptui: Ptui, tmp_path: Path, lang: str
) -> None:
    text = "what the director said 领导说的\nsecond line"
    config = tmp_path / "config.toml"
    config.write_text("day_start = 9\n")
    blocked = tmp_path / "file"
    blocked.write_text("")
    for call in (
        ("note", "--config", str(config)),
        ("note", "--db", str(blocked / "planner.db")),
        ("promise", "--to", "nobody"),
        ("win", "--on", "someday"),
    ):
        done = ptui(*call, "--lang", lang, input=text)
        assert done.code != 0
        assert done.out == ""
        assert done.err.endswith(text + "\n")
        done = ptui(*call, "--lang", lang, "--json", input=text)
        assert json.loads(done.err)["error"]["text"] == text
    assert ptui("note", "x", "--config", str(config)).err.count("\n") == 1
    assert ptui("ls", "--json").json == []
