"""``--demo``: an invented year, on the terminal that one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.cli.demo import look
from plannertui.store.settings import load, save
from tests.terminal import planner

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
language = "zh_Hans"
calendar = "DE-BY"
theme = "planner-light"
frame = "ascii"
ambiguous = 2
[keys]
"main.capture" = "z"
"""


def test_it_looks_as_the_settings_say(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(OWN)
    before = config.read_bytes()
    env = {"PLANNERTUI_CONFIG": str(config), "TERM": "xterm-256color"}
    with planner(tmp_path / "none.db", "--demo", env=env) as terminal:
        terminal.wait_for("+- 目标")
        assert "╭" not in terminal.text
        terminal.press("z")
        terminal.wait_for("记一笔 -")
    assert config.read_bytes() == before
    assert not (tmp_path / "none.db").exists()


def test_what_is_taken_over_can_be_saved_and_read(tmp_path: Path) -> None:
    config, private = str(tmp_path / "config.toml"), str(tmp_path / "private.toml")
    (tmp_path / "config.toml").write_text(OWN)
    own = look(load(config, {}))
    save(private, own)
    assert look(load(private, {})) == own
    assert "calendar" not in own
