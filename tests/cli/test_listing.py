"""Lists: one's own form, NUL between, a period and a count alike in every one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plannertui.cli.main import VERBS, find
from plannertui.cli.options import Command, Group
from plannertui.cli.template import Field, read
from plannertui.core.errors import Usage
from plannertui.core.text import cell_width, visible
from plannertui.store import entries, matters
from plannertui.store.open import Store
from tests.said import Shell

NAMES = ("handle", "text", "day")


def filled(template: str, **values: str) -> str:
    return "".join(
        part if isinstance(part, str) else part.fill(values.get(part.name, ""), 1)
        for part in read(template, NAMES)
    )


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{handle} {text}", "J1 反馈 ok"),
        ("{handle:>4}|{text:<10}|", "  J1|反馈 ok   |"),
        ("{text:^11}|", "  反馈 ok  |"),
        ("{text:4}|{text:.3}|{text:<6.3}|", "反馈 ok|反…|反…   |"),
        ("{{{handle}}}", "{J1}"),
        (r"{handle}\t{day}\n", "J1\t\n"),
        (r"a\\t\x", r"a\t\x"),
        ("", ""),
        ("no field", "no field"),
    ],
)
def test_a_line_of_ones_own(template: str, line: str) -> None:
    assert filled(template, handle="J1", text="反馈 ok") == line


@pytest.mark.parametrize(
    "template",
    [
        *("{nothing}", "{}", "{0}", "{handle.id}", "{handle[0]}", "{handle!r}"),
        *("{handle", "handle}", "{handle:}", "{handle:x}", "{handle:<}", "{handle:.}"),
        *("{handle:1.}", "{handle:-3}", "{handle:２}", "{handle:9999999999999}", "{{}"),
        *("{__class__}", "{handle:{day}}", "{ handle}"),
    ],
)
def test_what_is_no_template_is_an_error(template: str) -> None:
    with pytest.raises(Usage):
        read(template, NAMES)


def test_an_unknown_field_is_told_which_there_are() -> None:
    with pytest.raises(Usage, match=r'no field "x"\. There are: handle, text, day\.'):
        read("{x}", NAMES)


@given(text=st.text(), width=st.integers(0, 60), most=st.integers(1, 60))
def test_what_is_written_never_commands_a_terminal(
    text: str, width: int, most: int
) -> None:
    shown = Field("text", "<", width, 0).fill(text, 1)
    assert shown == visible(shown)
    assert not {"\n", "\t", "\x1b", "\r", "\0"} & set(shown)
    assert cell_width(shown) >= width
    assert cell_width(Field("text", ">", 0, most).fill(text, 1)) <= most


@given(template=st.text(alphabet="{}:<>.h1\\n\x1b handle", max_size=20))
def test_any_template_is_read_or_refused(template: str) -> None:
    try:
        parts = read(template, NAMES)
    except Usage:
        return
    assert "\x1b" not in "".join(part for part in parts if isinstance(part, str))


@pytest.fixture
def shell(store: Store, tmp_path: Path, now: datetime) -> Shell:
    """A shell with three notes and two tasks, one text of which is hostile."""
    for day, text in ((1, "one"), (2, "two\x1b[2J\nlines"), (3, "three")):
        on = date(2024, 9, day)
        entries.add(store, text=text, day=on, now=now, timed=False)
    matters.add(
        store, title="fri", day=date(2024, 9, 3), due=date(2024, 9, 20), now=now
    )
    matters.add(
        store, title="late", day=date(2024, 9, 3), due=date(2024, 9, 6), now=now
    )
    return Shell(tmp_path / "planner.db", now.isoformat())


def test_a_form_of_ones_own_in_the_shell(shell: Shell) -> None:
    told = shell("ls", "--kind", "note", "--format", "{handle}: {text}")
    assert told.lines == ["J1: one", "J2: two␛[2J ⏎ lines", "J3: three"]
    told = shell("ls", "--kind", "note", "-0", "--format", "{handle}")
    assert told.out == "J1\0J2\0J3\0"
    told = shell("today", "--list", "due", "--format", "{handle} {due}")
    assert told.lines == ["M2 2024-09-06", "M1 2024-09-20"]
    assert (
        shell("today", "--list", "due", "-n", "1", "--json").json[0]["handle"] == "M2"
    )
    assert shell("search", "three", "--format", "{snippet}").out == "three\n"
    # An unknown field is an error where nothing is listed, too.
    told = shell("ls", "--tag", "none", "--format", "{x}")
    assert (told.code, told.out) == (2, "")
    assert "There are: handle, type, kind, text, day" in told.err


@pytest.mark.parametrize(
    "words",
    [
        ("ls", "--format", "{handle}", "--json"),
        ("ls", "--null"),
        ("ls", "-n", "0"),
        ("matters", "--from", "2024-09-10", "--to", "2024-09-01"),
        ("matters", "--from", "mon", "--since", "mon"),
        ("matters", "--on", "someday"),
        ("today", "--format", "{handle}"),
        ("today", "--list", "nothing"),
    ],
)
def test_what_does_not_go_together(shell: Shell, words: tuple[str, ...]) -> None:
    told = shell(*words)
    assert (told.code, told.out) == (2, "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("matters --until 2024-09-10", "M2"),
        ("matters --since 2024-09-10", "M1"),
        ("matters --from 2024-09-10 --to 2024-09-30", "M1"),
        ("matters --on 2024-W38", "M1"),
        ("matters -n 1", "M2"),
        ("matters --until fri", "M2 M1"),
        ("carry --on 2024-09-06", ""),
        ("ls --kind note --on 2024-09-02", "J2"),
        ("ls --kind note -n 1", "J3"),
        ("trash --since 2024-09-01", ""),
    ],
)
def test_periods_and_counts_are_alike(shell: Shell, line: str, found: str) -> None:
    told = shell(*line.split(), "--format", "{handle}")
    assert told.code == 0, told.err
    assert " ".join(told.lines) == found


def test_every_list_takes_them() -> None:
    """What lists takes -n and --format; what has days, a period as well."""

    def under(path: str, command: Command | Group | None) -> dict[str, Command]:
        if isinstance(command, Command):
            return {path: command}
        assert command is not None
        found: dict[str, Command] = {}
        for name, one in command.commands.items():
            found |= under(f"{path} {name}", one)
        return found

    every: dict[str, Command] = {}
    for verb in VERBS:
        every |= under(verb, find(verb))
    lists = [path for path in every if path.split()[-1] == "ls"]
    lists += ["search", "carry", "one", "onthisday", "trash", "revisit"]
    dateless = {"leader ls", "person ls", "leader priority ls", "year ls"}
    for path in sorted(set(lists) - {"meet agenda ls"}):
        names = {option.name for option in every[path].options}
        wanted = {"n", "format", "null"}
        if path not in dateless:
            wanted |= {"from", "to", "on", "since", "until"}
        assert wanted <= names, path
        assert len(names) == len(every[path].options), path
