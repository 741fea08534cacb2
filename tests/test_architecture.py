"""The rules of the house that a program can check."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest

from tests import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "plannertui"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 350

CAPTURES = {
    "note": ["note", "the counter was quiet"],
    "win": ["win", "form passes 9 of 10 checks", "#forms"],
    "promise": ["promise", "list of the 30 oldest", "--by", "fri"],
    "add": ["add", "+ one line with a mark"],
}
NOT_FOR_CAPTURE = {
    *("argparse", "asyncio", "contextlib", "dataclasses", "dateutil", "gettext"),
    *("holidays", "json", "pathlib", "platformdirs", "re", "rich", "sqlite_utils"),
    *("textual", "tomlkit", "typing"),
}
NOT_FOR_SEALED = {"sqlcipher3", "tomllib", "hashlib", "socket", "subprocess"}
READINGS = {
    "today": ["today"],
    "ls": ["ls", "-n", "10"],
    "search": ["search", "counter"],
}
NOT_FOR_READING = {"asyncio", "rich", "sqlite_utils", "textual"}

# -I and -S keep what a site folder imports at every start out of the answer.
PROBE = """
import os, sys
sys.path[:0] = sys.argv[1].split(os.pathsep)
from plannertui.cli.main import main
code = main(sys.argv[2:])
sys.stdout.flush()
names = sorted({name.partition(".")[0] for name in sys.modules})
print("modules", code, *names, file=sys.stderr)
"""
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


def loaded(folder: Path, args: list[str]) -> set[str]:
    """The top-level modules that the command has imported when it is done."""
    paths = [str(ROOT), *(path for path in sys.path if path.endswith("-packages"))]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROBE, os.pathsep.join(paths), *args],
        env={
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "Asia/Shanghai",
            "PLANNERTUI_DB": str(folder / "planner.db"),
            "PLANNERTUI_NOW": "2024-09-14T18:10:00+08:00",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    tag, code, *names = done.stderr.splitlines()[-1].split()
    assert (tag, code) == ("modules", "0"), done.stderr
    return set(names)


@pytest.mark.parametrize("verb", CAPTURES)
def test_capture_imports_next_to_nothing(tmp_path: Path, verb: str) -> None:
    loaded(tmp_path, CAPTURES[verb])  # the first call makes the store
    assert not loaded(tmp_path, CAPTURES[verb]) & NOT_FOR_CAPTURE


@pytest.mark.parametrize("verb", CAPTURES)
def test_sealed_capture_imports_even_less(tmp_path: Path, verb: str) -> None:
    sealed.planned(tmp_path / "planner.db")
    settings = tmp_path / ".config" / "plannertui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('calendar = "CN"\n')
    found = loaded(tmp_path, CAPTURES[verb])
    assert "pyrage" in found
    assert not found & (NOT_FOR_CAPTURE | NOT_FOR_SEALED)


@pytest.mark.parametrize("verb", READINGS)
def test_the_daily_verbs_need_no_interface(tmp_path: Path, verb: str) -> None:
    loaded(tmp_path, CAPTURES["note"])
    assert not loaded(tmp_path, READINGS[verb]) & NOT_FOR_READING


@pytest.mark.parametrize("verb", ["ls", "search"])
def test_lists_import_next_to_nothing(tmp_path: Path, verb: str) -> None:
    loaded(tmp_path, CAPTURES["note"])
    assert not loaded(tmp_path, READINGS[verb]) & NOT_FOR_CAPTURE


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_thing(path: Path) -> None:
    length = path.read_text("utf-8").count("\n")
    assert length <= LONGEST


def test_every_binding_has_an_id_and_says_what_it_does() -> None:
    from textual.binding import Binding

    tui = import_module("plannertui.tui")
    wrong = []
    for info in walk_packages(tui.__path__, "plannertui.tui."):
        for owner in vars(import_module(info.name)).values():
            if not isinstance(owner, type) or owner.__module__ != info.name:
                continue
            for binding in vars(owner).get("BINDINGS", ()):
                if not (
                    isinstance(binding, Binding)
                    and re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", binding.id or "")
                    and binding.description
                    and binding.tooltip
                ):
                    wrong.append((owner.__qualname__, binding))
    assert not wrong


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls in a file, each with the last word of what is called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def where(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:80]}"


def test_strings_for_people_are_whole() -> None:
    """Inside _() stands a literal, or a msgid that was marked elsewhere."""
    wrong = [
        where(path, call)
        for path in SOURCES
        for name, call in calls(path)
        if name in ("_", "N_", "gettext", "ngettext")
        for argument in call.args[:2]
        if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert not [line for line in wrong if "plannertui/i18n.py" not in line]


# What reads markup in a bare str, and whether markup=False turns that off.
READS_MARKUP = {
    **dict.fromkeys(("Static", "Label", "notify"), True),
    **dict.fromkeys(
        ("Button", "Checkbox", "RadioButton", "Option", "Selection"), False
    ),
    **dict.fromkeys(("Tab", "TabPane", "Collapsible", "Tooltip", "update"), False),
}
TITLES = {"border_title", "border_subtitle", "tooltip", "placeholder"}
# Fields that hold what somebody wrote.
WRITTEN = {
    *(
        "alias",
        "body",
        "detail",
        "how",
        "measure",
        "message",
        "name",
        "note",
        "obstacle",
    ),
    *("place", "plan", "real_name", "snippet", "text", "theme", "title", "told", "why"),
}


def bare(node: ast.expr, known: dict[str, ast.expr]) -> bool:
    """Whether ``node`` is a str that can hold what somebody wrote."""
    match node:
        case ast.JoinedStr():
            return any(
                bare(part.value, known) or getattr(part.value, "id", "") in WRITTEN
                for part in node.values
                if isinstance(part, ast.FormattedValue)
            )
        case ast.BinOp():
            return bare(node.left, known) or bare(node.right, known)
        case ast.BoolOp():
            return any(bare(value, known) for value in node.values)
        case ast.IfExp():
            return bare(node.body, known) or bare(node.orelse, known)
        case ast.Attribute():
            return node.attr in WRITTEN
        case ast.Call(func=ast.Attribute(attr="format")):
            return True
        case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant())):
            return True
        case ast.Call(func=ast.Name(id="str" | "safe" | "visible" | "clean" | "fit")):
            return True
        case ast.Name():
            value = known.pop(node.id, None)
            return value is not None and bare(value, known)
    return False


def assigned(tree: ast.AST) -> dict[str, ast.expr]:
    """The last value that each name is given in ``tree``."""
    return {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def markup_risks(source: str) -> list[ast.expr | ast.stmt]:
    """The places in ``source`` where somebody's text could be read as markup."""
    found: list[ast.expr | ast.stmt] = []
    tree = ast.parse(source)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        known = assigned(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name not in READS_MARKUP:
                    continue
                given = {word.arg: word.value for word in node.keywords}
                off = given.get("markup")
                if (
                    READS_MARKUP[name]
                    and isinstance(off, ast.Constant)
                    and off.value is False
                ):
                    continue
                shown = [*node.args[:1], *(given[k] for k in given if k in SHOWN)]
                if any(bare(value, dict(known)) for value in shown):
                    found.append(node)
            elif (
                isinstance(node, ast.Assign)
                and any(
                    getattr(target, "attr", "") in TITLES for target in node.targets
                )
                and bare(node.value, dict(known))
            ):
                found.append(node)
    return list(dict.fromkeys(found))


SHOWN = {"content", "label", "message", "prompt", "title"}


@pytest.mark.parametrize(
    ("line", "risky"),
    [
        ('Static("fixed")', False),
        ("Static(words(goal.title))", False),
        ("Static(goal.title, markup=False)", False),
        ("Static(goal.title)", True),
        ('Static(f"{goal.handle} {goal.title}")', True),
        ('Label(_("{who} waits").format(who=who))', True),
        ('Button(_("Save"))', False),
        ("Button(person.alias)", True),
        ("self.notify(error.message)", True),
        ("self.notify(error.message, markup=False)", False),
        ('line = "x " + entry.text; self.update(line)', True),
        ('self.update(f"{title}: {count}")', True),
        ('self.update(f"{length}/{limit}")', False),
        ("line = words(entry.text); self.update(line)", False),
        ("self.border_title = goal.title", True),
        ("self.border_title = words(goal.title)", False),
    ],
)
def test_the_check_for_markup_sees(line: str, risky: bool) -> None:
    assert bool(markup_risks(f"def shown(self):\n    {line}")) is risky


def test_nobodys_text_is_read_as_markup() -> None:
    assert not [
        where(path, node)
        for path in sorted((PACKAGE / "tui").rglob("*.py"))
        for node in markup_risks(path.read_text("utf-8"))
    ]


def test_no_property_keeps_the_profile_from_looking_harder() -> None:
    """``HYPOTHESIS_PROFILE=thorough`` counts for the costly ones, too."""
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        if path.name not in ("conftest.py", "examples.py", Path(__file__).name):
            own = "max_examples=" in path.read_text("utf-8")
            assert not own, f"{path.name}: tests.examples.costly gives fewer of them"
