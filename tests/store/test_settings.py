"""Settings: defaults, mistakes named by line and key, comments kept, remembered."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from plannertui.core.errors import BadSettings
from plannertui.store import settings
from plannertui.store.open import Store

GOOD = """
# how I like it
language = "zh_Hans"
calendar = "CN"
day_start = "05:30"
year_start = 4
theme = "ansi"
frame = "ascii"
ambiguous = 2
title = "Notes"
backup_dirs = ["/media/usb/planner", "~/Sync"]
backup_hours = 12

[keys]
"goals.edit" = "e"
calendar.today = "T"
"""


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    found = settings.load(str(tmp_path / "config.toml"), {"LANG": "zh_CN.UTF-8"})
    assert not found.exists
    assert (found.language, found.day_start, found.year_start) == ("zh_Hans", 240, 1)
    assert found.calendar == "mon-fri"


@pytest.mark.parametrize("remembered", [False, True])
def test_what_the_file_says(tmp_path: Path, store: Store, remembered: bool) -> None:
    path = tmp_path / "config.toml"
    path.write_text(GOOD)
    if remembered:
        settings.load(str(path), {}, store)
        path_text = path.read_text()
        assert path_text == GOOD
    found = settings.load(str(path), {}, store if remembered else None)
    assert found.exists
    assert found.language == "zh_Hans"
    assert found.calendar == "CN"
    assert (found.day_start, found.year_start) == (330, 4)
    assert (found.theme, found.frame, found.ambiguous) == ("ansi", "ascii", 2)
    assert found.title == "Notes"
    home = os.path.expanduser("~")
    assert found.backup_dirs == ("/media/usb/planner", f"{home}/Sync")
    assert found.backup_hours == 12
    assert found.keys == {"goals.edit": "e", "calendar.today": "T"}


def test_a_changed_file_is_read_again(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "config.toml"
    path.write_text('calendar = "CN"\n')
    settings.load(str(path), {}, store)
    path.write_text('calendar = "DE-BY"\n')
    assert settings.load(str(path), {}, store).calendar == "DE-BY"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("language = \n", "line 1"),
        ('theme = "x"\nday_start = 25:00', "line 2"),
        ('day_start = "25:00"', "day_start"),
        ("day_start = 4", "day_start"),
        ("year_start = 13", "year_start"),
        ("year_start = true", "year_start"),
        ('language = "fr"', "language"),
        ('frame = "round"', "frame"),
        ("ambiguous = 3", "ambiguous"),
        ("title = 3", "title"),
        ("colour = 1", "colour"),
        ("keys = 1", "keys"),
        ("[keys]\ngoals = 1", "keys"),
        ("theme = 1", "theme"),
        ('backup_dirs = "/media/usb"', "backup_dirs"),
        ('backup_dirs = ["usb"]', "backup_dirs"),
        ("backup_hours = -1", "backup_hours"),
        ("backup_hours = true", "backup_hours"),
        ("backup_hours = 1.5", "backup_hours"),
        ("lock_after = 10", "lock_after"),
        ('lock_after = "0m"', "lock_after"),
        ('lock_after = "²m"', "lock_after"),
        ('lock_after = "25h"', "lock_after"),
        ('lock_after = "ten"', "lock_after"),
        ('unlock_for = "off"', "unlock_for"),
        ('unlock_for = "13h"', "unlock_for"),
        ("keyring = 1", "keyring"),
        ('curtain_return = "any"', "curtain_return"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(BadSettings) as caught:
        settings.load(str(path), {})
    assert words in caught.value.message
    assert str(path) in caught.value.message
    assert path.read_text() == text


def test_a_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    for wrong in ("colour = 1", "year_start = 13", '"frame" = "round"', "keys = 1"):
        path.write_text(f"# mine\n\n{wrong}\n")
        with pytest.raises(BadSettings) as caught:
            settings.load(str(path), {})
        assert f"{path}, line 3" in caught.value.message


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("10m", 600), ("90s", 90), ("1h", 3600), ("24h", 86_400), ("off", 0)],
)
def test_when_it_locks_of_itself(
    tmp_path: Path, store: Store, said: str, seconds: int
) -> None:
    path = tmp_path / "config.toml"
    assert settings.load(str(path), {}).lock_after == 600
    path.write_text(f'lock_after = "{said}"\ncurtain_return = "passphrase"\n')
    for _remembered in range(2):
        found = settings.load(str(path), {}, store)
        assert (found.lock_after, found.curtain_return) == (seconds, "passphrase")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"theme = '\xff'")
    with pytest.raises(BadSettings, match=r"config\.toml"):
        settings.load(str(path), {})


def test_saving_keeps_comments(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "config.toml"
    settings.save(str(path), {"calendar": "CN"})
    path.write_text(GOOD)
    settings.save(str(path), {"calendar": "DE", "theme": "planner-dark"})
    text = path.read_text()
    assert "# how I like it" in text
    assert settings.load(str(path), {}).calendar == "DE"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["config.toml"]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text('theme = "ansi"\n')
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    settings.save(str(link), {"calendar": "CN"})
    assert link.is_symlink()
    assert 'calendar = "CN"' in real.read_text()


def test_where_things_lie() -> None:
    env = {"HOME": "/home/a", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/config"}
    assert settings.data_path(env) == "/data/plannertui/planner.db"
    assert settings.config_path(env) == "/config/plannertui/config.toml"
    assert settings.data_path(env | {"PLANNERTUI_DB": "/x.db"}) == "/x.db"
    assert settings.data_path(env | {"PLANNERTUI_DB": "/x.db"}, "/y.db") == "/y.db"
    assert settings.prompts_path("/c/config.toml") == "/c/prompts.toml"


def test_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    import platformdirs

    for value in ("/somewhere", "", "relative"):
        monkeypatch.setenv("XDG_DATA_HOME", value)
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        data = platformdirs.user_data_dir("plannertui", appauthor=False)
        config = platformdirs.user_config_dir("plannertui", appauthor=False)
        assert settings.data_path(os.environ) == f"{data}/planner.db"
        assert settings.config_path(os.environ) == f"{config}/config.toml"


def test_without_a_language_the_surroundings_decide_each_time(
    tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('calendar = "CN"\n')
    for lang, expected in (("zh_CN.UTF-8", "zh_Hans"), ("en_US.UTF-8", "en")):
        for _remembered in range(2):
            found = settings.load(str(path), {"LANG": lang}, store)
            assert found.language == expected
    path.write_text('language = "en"\n')
    for _remembered in range(2):
        assert settings.load(str(path), {"LANG": "zh_CN"}, store).language == "en"


@pytest.mark.parametrize(
    "text",
    [
        'day_start = "²:00"',
        'day_start = "0004:00"',
        'year_start = "²"',
        '[keys]\n"a\\nday_start\\tx" = "e"',
    ],
)
def test_odd_figures_and_keys_are_told(tmp_path: Path, store: Store, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(BadSettings):
        settings.load(str(path), {}, store)


def test_a_settings_file_that_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    with pytest.raises(BadSettings, match="no ordinary file"):
        settings.load(str(tmp_path / "config.toml"), {})


def test_what_is_not_utf8_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"# \xff\n")
    with pytest.raises(BadSettings):
        settings.save(str(path), {"calendar": "CN"})
    assert path.read_bytes() == b"# \xff\n"


def test_a_setting_is_added_above_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\n\n[keys]\n"goals.edit" = "e"\n')
    settings.save(str(path), {"calendar": "CN"})
    found = settings.load(str(path), {})
    assert (found.calendar, found.keys) == ("CN", {"goals.edit": "e"})
