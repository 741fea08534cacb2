"""today: the day in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.conftest import Ptui


def test_an_empty_planner_has_a_day(ptui: Ptui) -> None:
    done = ptui("today")
    assert done.code == 0
    assert done.out.startswith("Sat 2024-09-14  weekend  W37  71 % of the year, ")
    found = ptui("today", "--json").json
    assert (found["date"], found["week"]) == ("2024-09-14", "2024-W37")
    assert (found["next"], found["due"], found["goals"]) == ([], [], [])


def test_the_day_of_a_civil_servant(
    ptui: Ptui, planned: Store, now: datetime, tmp_path: Path
) -> None:
    from plannertui.store import events, people, years

    config = tmp_path / "config.toml"
    config.write_text('calendar = "CN"\n')
    env = {"PLANNERTUI_CONFIG": str(config)}
    leader = people.get(planned, "L1")
    events.add(
        planned,
        kind="one_on_one",
        title="counter hours",
        starts_on=date(2024, 9, 19),
        time="10:00",
        people=[leader.id],
        now=now,
    )
    years.save(planned, 2024, now, theme="Fewer, finished")
    ptui("promise", "list of the oldest", "--to", "L1", "--by", "2024-09-20")
    ptui("promise", "late one", "--to", "L1", "--by", "2024-09-12")
    ptui("win", "twelve closed", "--goal", "G1", "--n", "12")
    done = ptui("today", env=env)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("Sat 2024-09-14  make-up workday")
    assert "71 % of the year, 179 of 251 workdays" in lines[0]
    assert lines[0].endswith("Fewer, finished")
    text = done.out
    assert "Thu 2024-09-19 10:00" in text
    assert "Sun 2024-09-15 to 09-17" in text
    assert "Mid-Autumn" in text
    assert "2 days late" in text
    assert "in 3 workdays" in text
    assert (
        "G1  on pace  Cut the backlog: 188 of 412→100, 72 %, 71 % of its time gone"
        in text
    )
    assert "1 win without proof" in text
    found = ptui("today", "--json", env=env).json
    assert found["kind"] == "makeup"
    assert found["year"]["workdays"] == 251
    assert found["year"]["gone"] == 179
    assert [item["handle"] for item in found["due"]] == ["M2", "G2.1", "M1"]
    assert found["goals"][0]["health"] == "on_pace"
    assert found["notices"] == {"claims": 1}


def test_today_takes_no_words(ptui: Ptui) -> None:
    assert ptui("today", "tomorrow").code == 2


def test_tonight_has_a_question(ptui: Ptui, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('calendar = "CN"\n')
    env = {"PLANNERTUI_CONFIG": str(config)}
    first = ptui("today", "--json", env=env).json["question"]
    assert len(first["text"]) > 20
    # The same all day, and asked again by reflect.
    assert ptui("today", "--json", env=env).json["question"] == first
    assert first["text"] in ptui("today", env=env).out
    chinese = ptui("today", "--json", "--lang", "zh", env=env).json["question"]
    assert not chinese["text"].isascii()


def test_a_broken_prompt_file_hides_no_day(ptui: Ptui, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('calendar = "CN"\n')
    (tmp_path / "prompts.toml").write_text("[[prompt]\n")
    done = ptui("today", env={"PLANNERTUI_CONFIG": str(config)})
    assert done.code == 1
    assert done.out.startswith("Sat 2024-09-14")
    assert "prompts.toml" in done.err
    assert done.err.count("\n") == 1
