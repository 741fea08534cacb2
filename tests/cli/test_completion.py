"""Completion: the scripts, and what the hidden verb offers to them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from plannertui.store.open import Store
    from tests.conftest import Ptui


def offers(ptui: Ptui, *words: str, shell: str = "fish") -> list[str]:
    ran = ptui("__complete", "--", shell, *words)
    assert (ran.code, ran.err) == (0, "")
    return [line.split("\t")[0] for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "some", "none"),
    [
        (("",), ["note", "goal", "doctor"], ["__complete"]),
        (("go",), ["goal"], ["note"]),
        (("--d",), ["--db", "--demo"], ["--json"]),
        (("goal", ""), ["add", "check-in", "milestone"], ["G1"]),
        (("goal", "G"), ["G1", "G2"], ["add"]),
        (("goal", "milestone", ""), ["add", "done"], []),
        (("goal", "add", "--m"), ["--measure", "--milestone"], ["--title"]),
        (("goal", "add", "--serves", ""), ["L1.1"], ["G1", "L1"]),
        (("goal", "done", ""), ["G1", "G2", "G3"], ["L1"]),
        (("goal", "milestone", "done", "G2."), ["G2.1", "G2.2"], ["G1"]),
        (("goal", "set", "G1", "--state", ""), ["active", "paused"], ["held"]),
        (("leader", "priority", "add", "L"), ["L1"], ["P1"]),
        (("leader", "priority", "add", "--basis", ""), ["said", "guess"], []),
        (("person", "add", "--relation", "p"), ["peer"], ["below"]),
        (("leader", "change", "--stays", ""), ["leader", "above"], ["peer"]),
        (("leader", "priority", "check", "L1.1", ""), ["yes", "partly", "no"], []),
        (("leader", "priority", "rank", "L1.1", "u"), ["up"], ["down"]),
        (("person", "forget", "P"), ["P1"], ["L1"]),
        (("ls", "--kind", "w"), ["win", "warn"], ["note"]),
        (("ls", "--kind=w"), ["--kind=win"], []),
        (("ls", "--state", "o"), ["open"], []),
        (("ls", "--on", "to"), ["today", "tomorrow"], []),
        (("search", "--kind", "w"), ["win", "warn"], ["note"]),
        (("event", "ls", "--kind", ""), ["one_on_one", "leave"], ["win"]),
        (("today", "--list", ""), ["next", "due", "unfinished"], []),
        (("onthisday", "to"), ["today", "tomorrow"], []),
        (("schema", "goal", ""), ["ls", "show", "milestone"], ["add", "today"]),
        (("schema", "t"), ["today", "trash"], ["ls"]),
        (("ls", "--person", "di"), ["director"], []),
        (("ls", "--tag", "bud"), ["budget"], []),
        (("ls", "--goal", "G"), ["G1"], ["L1"]),
        (("event", "add", "--kind", ""), ["one_on_one", "leave"], ["win"]),
        (("event", "add", "--with", ""), ["L1", "P1"], ["G1"]),
        (("import", "--from", ""), ["ics", "jrnl"], ["html"]),
        (("export", "--to", "i"), ["ics"], ["html"]),
        (("note", "about", "@dir"), ["@director"], []),
        (("note", "about", "@G"), ["@G1"], []),
        (("note", "about", "#bud"), ["#budget"], []),
        (("note", "plain"), [], ["plain"]),
        (("completion", ""), ["bash", "zsh", "fish"], []),
        (("list", "--kind", "wi"), ["win"], []),
        (("nonsense", ""), [], ["note"]),
        (("goal", "nonsense", "x", ""), [], ["add"]),
    ],
)
def test_what_is_offered(
    ptui: Ptui, planned: Store, words: tuple[str, ...], some: list[str], none: list[str]
) -> None:
    ptui("leader", "priority", "add", "L1", "x")
    ptui("note", "secret plan #budget")
    found = offers(ptui, *words)
    assert set(some) <= set(found)
    assert not set(none) & set(found)


def test_bash_splits_and_cuts(ptui: Ptui, planned: Store) -> None:
    assert offers(ptui, "ptui goal G", shell="bash") == ["G1", "G2", "G3"]
    assert "director" in offers(ptui, "ptui note about @dir", shell="bash")
    assert "win" in offers(ptui, "ptui ls --kind=w", shell="bash")
    assert "add" in offers(ptui, "ptui goal ", shell="bash")


def test_no_text_of_entries_is_told(ptui: Ptui, planned: Store) -> None:
    ptui("promise", "secret plan", "--to", "L1", "--by", "fri")
    ran = ptui("__complete", "--", "fish", "done", "M")
    assert "M1" in ran.out
    assert "secret" not in ran.out


def test_completing_makes_no_store(ptui: Ptui, tmp_path: Path) -> None:
    assert offers(ptui, "goal", "done", "") == []
    assert not (tmp_path / "planner.db").exists()


def test_the_store_named_in_the_line_is_asked(
    ptui: Ptui, planned: Store, tmp_path: Path
) -> None:
    elsewhere = {"PLANNERTUI_DB": str(tmp_path / "none.db")}
    ran = ptui(
        *("__complete", "--", "fish", "--db", str(tmp_path / "planner.db")),
        *("goal", "done", ""),
        env=elsewhere,
    )
    assert "G1" in ran.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_sound(ptui: Ptui, shell: str) -> None:
    ran = ptui("completion", shell)
    assert ran.code == 0
    assert "__complete" in ran.out
    program = shutil.which(shell)
    if program is not None:
        checked = subprocess.run(
            [program, "-n"], input=ran.out, text=True, capture_output=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_an_unknown_shell(ptui: Ptui) -> None:
    assert ptui("completion", "tcsh").code == 2
    assert ptui("completion").code == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_really_completes(ptui: Ptui, planned: Store, tmp_path: Path) -> None:
    script = tmp_path / "ptui.bash"
    script.write_text(ptui("completion", "bash").out, encoding="utf-8")
    command = tmp_path / "ptui"
    root = Path(__file__).parent.parent.parent
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={root} exec {sys.executable} -m plannertui "$@"\n'
    )
    command.chmod(0o755)
    asked = subprocess.run(
        [
            "bash",
            "-c",
            f"source {script}; COMP_LINE='ptui goal done G'; COMP_POINT=16; "
            f"COMP_WORDS=(ptui goal done G); COMP_CWORD=3; _ptui {command}; "
            'printf "%s\\n" "${COMPREPLY[@]}"',
        ],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "PLANNERTUI_DB": str(tmp_path / "planner.db"),
        },
    )
    assert asked.stdout.split() == ["G1", "G2", "G3"]
