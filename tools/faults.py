"""Write docs/faults.md: what is promised in each numbered case, and which test holds it.

``python -m tools.faults --files`` prints the test files in which a case is held.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.cases import CASES, GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
PAGE = ROOT / "docs" / "faults.md"

HEAD = """\
# What may go wrong

Nothing that was said to be kept may be lost, and nobody may be let in. This page lists what may go
wrong, what is promised then, and the tests that hold it. `make faults` makes each of these things
happen, many of them hundreds of times at random moments, and prints how often it tried and what was
lost; `make test` tries a few of each. The page is made from the tests themselves (`python -m
tools.faults`), and a test compares them. Cases 48 to 55 are those of imports and 75 to 104 those of
syncing; they are not in this list.

The faults are real ones: processes that are killed, a disk that is full, files with flipped bits, and
every call of the C library that changes a file, each of which fails once, is cut short, or is the last
before the process is killed. A power cut is tried in the same way: at a call, part of what was written
and not yet synced is taken back, in any order, and the process is gone. That the disk itself keeps what
it says it has kept cannot be tried here.
"""


def held() -> dict[int, list[str]]:
    """The tests of each case, as ``path::name``, by the marks in the source."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for path in files():
        where = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        module = [
            number
            for node in tree.body
            if isinstance(node, ast.Assign) and _names(node) == ["pytestmark"]
            for number in _numbers(node.value)
        ]
        for name, numbers in _tests(tree.body, module):
            for number in sorted(set(numbers)):
                found[number].append(f"{where}::{name}")
    return dict(found)


def files() -> list[Path]:
    """The test files in which a case is held."""
    return [
        path
        for path in sorted(TESTS.rglob("test_*.py"))
        if "mark.case(" in path.read_text("utf-8")
    ]


def _names(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _tests(body: list[ast.stmt], above: list[int]) -> Iterator[tuple[str, list[int]]]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        own = [n for decorator in node.decorator_list for n in _numbers(decorator)]
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, [*above, *own])
        elif node.name.startswith("test"):
            yield node.name, [*above, *own]


def _numbers(node: ast.expr) -> Iterator[int]:
    """The numbers in each ``pytest.mark.case(…)`` inside an expression."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.case":
            for argument in call.args:
                if isinstance(argument, ast.Constant) and type(argument.value) is int:
                    yield argument.value


def page() -> str:
    """The text of docs/faults.md."""
    tests = held()
    parts = [HEAD]
    for letter, title in GROUPS.items():
        parts.append(f"\n## {letter}. {title}\n")
        parts.append("| | what may happen | what is promised | held by |")
        parts.append("| --- | --- | --- | --- |")
        for number, case in CASES.items():
            if case.group != letter:
                continue
            shown = "<br>".join(_link(test) for test in tests.get(number, []))
            parts.append(f"| {number} | {case.what} | {case.promise} | {shown} |")
    return "\n".join(parts) + "\n"


def _link(test: str) -> str:
    """A test in words that link to its file."""
    path, _colons, name = test.partition("::")
    words = name.removeprefix("test_").replace("_", " ")
    return f"[{words}](../{path})"


def main() -> None:
    """Write the page, or print the files."""
    if "--files" in sys.argv[1:]:
        print(*(path.relative_to(ROOT) for path in files()))
        return
    PAGE.write_text(page(), "utf-8")
    tests = held()
    left = [number for number in CASES if number not in tests]
    print(f"{PAGE.relative_to(ROOT)}: {len(CASES)} cases, {len(left)} without a test")


if __name__ == "__main__":
    main()
