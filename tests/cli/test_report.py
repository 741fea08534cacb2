"""``report`` and ``ready`` from the shell."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ptui


@pytest.fixture
def written(ptui: Ptui) -> Ptui:
    """A leader, a goal, and one entry of each sort, none of them ready."""
    for line in (
        ("leader", "add", "Director"),
        ("leader", "priority", "add", "L1", "No old complaint", "--basis", "said"),
        (
            "goal",
            "add",
            "Backlog",
            "--measure",
            "cases",
            "--from",
            "400",
            "--to",
            "100",
        ),
        ("goal", "serve", "G1", "L1.1", "--how", "fewer old cases"),
        ("win", "Twelve old cases closed @G1", "--on", "2024-09-10"),
        ("note", "A quiet afternoon"),
    ):
        done = ptui(*line)
        assert done.code == 0, done.err
    return ptui


def test_alone_it_lists_the_reports(ptui: Ptui) -> None:
    done = ptui("report")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [
        *("brief", "weekly", "message", "nominate", "self", "year", "handover", "plan"),
        "boundary",
    ]
    assert len(ptui("report", "--json").json) == 9


def test_only_what_is_ready_goes_in(written: Ptui) -> None:
    ptui = written
    before = ptui("report", "weekly")
    assert before.code == 0
    assert "Twelve" not in before.out
    assert "J1" in before.err
    assert "private" in before.err
    assert ptui("ready", "J1").out == "J1 may go into reports.\n"
    after = ptui("report", "weekly")
    assert "Twelve old cases closed" in after.out
    assert "quiet afternoon" not in after.out
    assert "@G1" not in after.out
    found = ptui("report", "weekly", "--json").json
    assert found["markdown"].rstrip() == after.out.rstrip()
    assert [one["handle"] for one in found["left_out"]] == ["J2"]
    ptui("ready", "J1", "--private")
    assert ptui("report", "weekly").out == before.out
    assert ptui("undo").code == 0
    assert ptui("report", "weekly").out == after.out


def test_a_matter_leaves_when_it_is_marked_unless_it_is_grey(written: Ptui) -> None:
    ptui = written
    ptui("promise", "list of the oldest", "--to", "L1", "--by", "fri")
    ptui("grey", "a favour for a cousin")
    assert "oldest" not in ptui("report", "handover").out
    assert ptui("ready", "M1").code == 0
    assert "list of the oldest" in ptui("report", "handover").out
    refused = ptui("ready", "M2")
    assert refused.code == 4
    assert "never" in refused.err
    assert ptui("ready", "G1").code == 4
    assert ptui("ready").code == 2
    assert ptui("ready", "J99").code == 3


@pytest.mark.case(56, 57)
def test_it_writes_a_file_for_its_owner_and_never_over_another(
    written: Ptui, tmp_path: Path
) -> None:
    ptui = written
    ptui("ready", "J1")
    done = ptui("report", "weekly", "--to", "week.md")
    assert done.code == 0
    made = tmp_path / "week.md"
    assert done.out.strip() == str(made)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert "Twelve old cases closed" in made.read_text("utf-8")
    again = ptui("report", "weekly", "--to", "week.md")
    assert again.code == 4
    assert "--yes" in again.err
    assert ptui("report", "weekly", "--to", "week.md", "--yes").code == 0
    (tmp_path / "other.md").symlink_to(made)
    assert ptui("report", "weekly", "--to", "other.md", "--yes").code == 4
    assert ptui("report", "weekly", "--to", "week.docx").code == 2
    assert ptui("report", "weekly", "--to", "nowhere/week.md").code == 3
    page = ptui("report", "weekly", "--to", "week.html")
    assert page.code == 0
    assert "<h1>" in (tmp_path / "week.html").read_text("utf-8")
    assert not list(tmp_path.glob("*.part"))


def test_without_the_extra_a_pdf_says_what_to_install(
    written: Ptui, tmp_path: Path
) -> None:
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        done = written("report", "weekly", "--to", "week.pdf")
        assert done.code == 4
        assert "pip install 'plannertui[pdf]'" in done.err
        assert not (tmp_path / "week.pdf").exists()


def test_wins_told_are_used_only_when_asked(written: Ptui) -> None:
    ptui = written
    ptui("ready", "J1")
    ptui("edit", "J1", "--number", "12")
    ptui("report", "weekly")
    assert not ptui("show", "J1", "--json").json["win"]["used_on"]
    done = ptui("report", "weekly", "--used", "--json")
    assert done.json["used"] == ["J1"]
    assert ptui("show", "J1", "--json").json["win"]["used_on"] == "2024-09-14"
    assert ptui("report", "weekly", "--used", "--json").json["used"] == []


def test_the_boundary_record_is_asked_for_twice(written: Ptui) -> None:
    ptui = written
    ptui("grey", "a favour for a cousin")
    for tries in ((), ("--yes",)):
        done = ptui("report", "boundary", *tries)
        assert done.code == 4
        assert "cousin" not in done.out + done.err
    done = ptui("report", "boundary", "--yes", "--yes")
    assert done.code == 0
    assert "a favour for a cousin" in done.out
    for kind in ("weekly", "handover", "year", "nominate", "self"):
        other = ptui("report", kind, "--all")
        assert "cousin" not in other.out + other.err


def test_problems_cannot_stay_empty(written: Ptui, tmp_path: Path) -> None:
    ptui = written
    ptui("ready", "J1")
    shown = ptui("report", "self", "--profile", "cn-5")
    assert shown.code == 0
    assert "cannot stay empty" in shown.err
    refused = ptui("report", "self", "--profile", "cn-5", "--to", "a.md")
    assert refused.code == 4
    assert not (tmp_path / "a.md").exists()
    ptui("add", "* triage failed")
    ptui("edit", "J3", "--kind", "setback", "--share", "ready")
    assert ptui("report", "self", "--profile", "cn-5", "--to", "a.md").code == 0


def test_own_templates_win_and_bad_ones_are_named(written: Ptui, home: Path) -> None:
    ptui = written
    done = ptui("report", "--templates")
    folder = home / ".config" / "plannertui" / "templates"
    assert done.out.strip() == str(folder)
    assert (folder / "zh_Hans" / "weekly.md").exists()
    assert (folder / "profiles" / "cn-5.toml").exists()
    own = folder / "en" / "weekly.md"
    own.write_text("# Ours {{ period.label }}\n", "utf-8")
    assert ptui("report", "--templates").code == 0
    assert ptui("report", "weekly").out == "# Ours Week 37\n"
    own.write_text("# Ours\n\n{{ nobody }}\n", "utf-8")
    bad = ptui("report", "weekly")
    assert bad.code != 0
    assert f"{own}, line 3" in bad.err
    assert "Mend the template" in bad.err


def test_the_language_is_chosen(written: Ptui) -> None:
    done = written("report", "weekly", "--lang", "zh_Hans")
    assert done.out.startswith("# 第37周（2024年9月9日至14日）")


def test_what_is_asked_wrongly_is_told(written: Ptui) -> None:
    ptui = written
    assert "Did you mean: ptui report weekly" in ptui("report", "weakly").err
    assert ptui("report", "weekly", "--period", "sometime").code == 2
    assert ptui("report", "self", "--period", "2025").code == 2
    assert "has not begun" in ptui("report", "weekly", "--period", "2024-W38").err
    assert ptui("report", "plan", "--period", "2025").code == 0
    assert ptui("report", "self", "--profile", "nope").code == 3
    assert ptui("report", "weekly", "--profile", "star").code == 2
    assert ptui("report", "self", "--profile", "../plain").code == 3
    assert ptui("report", "message").code == 3
    assert ptui("report", "weekly", "--names", "L1").code == 2
    assert ptui("report", "brief", "L9").code == 3


def test_a_claim_does_not_become_a_fact_by_being_told(written: Ptui) -> None:
    ptui = written
    ptui("ready", "J1")
    assert ptui("report", "weekly", "--used", "--json").json["used"] == ["J1"]
    page = ptui("report", "nominate", "--json").json
    assert "Twelve" not in page["markdown"]
    assert [one["handle"] for one in page["left_out"] if one["code"] == "claim"] == [
        "J1"
    ]


def test_what_was_set_aside_is_no_message(written: Ptui) -> None:
    ptui = written
    ptui("situation", "add", "A false alarm")
    assert "A false alarm" in ptui("report", "message").out
    assert ptui("situation", "void", "S1").code == 0
    assert ptui("report", "message").code == 3


def test_real_names_stay_in_the_store(written: Ptui) -> None:
    ptui = written
    ptui("person", "edit", "L1", "--real-name")
    named = ptui("report", "brief", "--names", "L1=Ms Li")
    assert "Ms Li" in named.out
    assert "One-on-one: Director" in ptui("report", "brief").out


def test_praise_is_pointed_out_and_a_report_is_about_what_fits(written: Ptui) -> None:
    ptui = written
    ptui("edit", "J1", "--text", "Tireless work on twelve old cases @G1")
    ptui("ready", "J1")
    done = ptui("report", "weekly")
    assert "Praise, where a number" in done.err
    assert "Tireless" in done.err
    assert ptui("report", "weekly", "--json").json["notes"]
    assert ptui("report", "weekly", "J1").code == 2
    assert ptui("report", "message", "L1").code == 2
    assert ptui("report", "boundary", "L1", "--yes", "--yes").code == 2
    assert ptui("report", "weekly", "L1").code == 0
    ptui("leader", "add", "Deputy")
    ptui("event", "add", "Talk", "--kind", "one_on_one", "--on", "9-18", "--with", "L2")
    assert "Deputy" in ptui("report", "brief", "L2").out


def test_a_decision_asked_for_has_its_day(written: Ptui) -> None:
    ptui = written
    assert ptui("edit", "J2", "--due", "9-20").code == 2
    ptui("note", "Counter hours: I propose B. #decide")
    assert ptui("show", "J3", "--json").json["tags"] == ["decide"]
    assert ptui("edit", "J3", "--due", "9-20").code == 0
    ptui("ready", "J3")
    told = ptui("report", "weekly").out
    assert "One decision needed by Fri 20 Sep" in told
    assert "- Counter hours: I propose B. By Fri 20 Sep." in told
