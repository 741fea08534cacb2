"""What the tests of the numbered cases stand on; loaded for all tests by tests/conftest.py.

``pytest.mark.case(5, 7)`` says which cases a test holds; a text may follow. FAULTS says how
hard is tried: ``small`` (what ``make test`` does), ``full`` (``make faults``: only the
tests with the mark, at full strength, with the table at the end), ``none`` (all other
tests, where ``make faults`` follows).
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.cases import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

STRENGTHS = ("small", "full", "none")
TALLY = pytest.StashKey["Tally"]()
LEFT = pytest.StashKey[dict[str, int]]()
CASE, TRIES, LOSSES = "case", "tries", "losses"


@dataclass(slots=True)
class Tally:
    """What a test did and what was lost by it; fed by the test."""

    tries: int = 0
    lost: list[str] = field(default_factory=list)

    def tried(self, count: int = 1) -> None:
        """Count ``count`` faults that were made to happen."""
        self.tries += count

    def loses(self, *what: object) -> None:
        """Count each of ``what`` as lost; the test fails at its end."""
        self.lost += [str(one) for one in what]


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard to try: ``strength(4, 200)`` is 4 in ``make test``, 200 at full strength."""

    full: bool

    def __call__(self, small: int, full: int) -> int:
        return full if self.full else small


def _chosen() -> str:
    chosen = os.environ.get("FAULTS", "small")
    if chosen not in STRENGTHS:
        raise pytest.UsageError(f"FAULTS={chosen}: one of {', '.join(STRENGTHS)}")
    return chosen


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Counts tries and losses; a test that asks for it must have tried something."""
    tally = request.node.stash[TALLY] = Tally()
    yield tally
    assert not tally.lost, f"{len(tally.lost)} lost: {tally.lost[:20]}"
    assert tally.tries, "nothing was tried"


@pytest.fixture(scope="session")
def strength() -> Strength:
    """How hard this run tries."""
    return Strength(_chosen() == "full")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT] = {}
    config.addinivalue_line(
        "markers",
        "case(number, ...): the numbered cases that it holds (docs/faults.md)",
    )
    config.addinivalue_line("markers", "slow_fault: only at full strength")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table(config), "faults-table")


def numbers_of(item: pytest.Item) -> list[int]:
    """The cases that a test holds; raises UsageError for one that is not in the list."""
    found = [
        number
        for mark in item.iter_markers("case")
        for number in mark.args
        if not isinstance(number, str)
    ]
    wrong = [number for number in found if number not in CASES]
    if wrong:
        raise pytest.UsageError(f"{item.nodeid}: no such case: {wrong}")
    return sorted(set(found))


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Note the cases of each test, and leave out what is not for this strength."""
    chosen = _chosen()
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        numbers = numbers_of(item)
        item.user_properties.append((CASE, numbers))
        slow = item.get_closest_marker("slow_fault") is not None
        if slow and not numbers:
            raise pytest.UsageError(f"{item.nodeid}: slow_fault without a case")
        stays = {
            "small": not slow,
            "full": bool(numbers),
            "none": not numbers,
        }[chosen]
        (kept if stays else left).append(item)
    if left:
        items[:] = kept
        config.hook.pytest_deselected(items=left)
        if chosen != "full":
            config.stash[LEFT]["tests"] = len(left)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Put what was tried and lost beside the outcome, where the last report has it."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when == "teardown" and (tally := item.stash.get(TALLY, None)):
        report.user_properties = [
            *report.user_properties,
            (TRIES, tally.tries),
            (LOSSES, len(tally.lost)),
        ]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that gathers the results what this worker left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["faults_left"] = session.config.stash[LEFT].get("tests", 0)


@dataclass(slots=True)
class Line:
    """What became of one case."""

    tests: int = 0
    tries: int = 0
    losses: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)


class Table:
    """Gathers what all workers report and prints it at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.lines: defaultdict[int, Line] = defaultdict(Line)
        self.total = Line()
        self.left = 0
        self._seen: dict[str, tuple[bool, str]] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        output = getattr(node, "workeroutput", {})
        self.left = max(self.left, output.get("faults_left", 0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        about = dict(report.user_properties)
        numbers: Any = about.get(CASE)
        if not numbers:
            return
        failed, why = self._seen.pop(report.nodeid, (False, ""))
        failed = failed or report.failed
        if report.skipped and isinstance(report.longrepr, tuple):
            why = str(report.longrepr[2]).removeprefix("Skipped: ")
        if report.when != "teardown":
            self._seen[report.nodeid] = (failed, why)
            return
        # Without a tally one test is one try; one that fails has lost something.
        tries = int(str(about.get(TRIES, 0 if why else 1)))
        losses = max(int(str(about.get(LOSSES, 0))), int(failed))
        for line in (self.total, *(self.lines[number] for number in numbers)):
            line.tests += 1
            line.tries += tries
            line.losses += losses
            line.failed += failed
            if why:
                line.skipped.append(why)

    @property
    def missing(self) -> list[int]:
        """Cases that no test holds; none where only some tests were asked for."""
        option = self.config.option
        if _chosen() != "full" or option.keyword or option.markexpr:
            return []
        return [number for number in CASES if number not in self.lines]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.missing and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        if _chosen() != "full":
            left = max(self.left, self.config.stash[LEFT].get("tests", 0))
            if left:
                terminalreporter.write_line(
                    f"{left} tests of numbered cases are left to: make faults"
                )
            return
        terminalreporter.section("faults: what is promised is in docs/faults.md")
        for text in self.rows():
            terminalreporter.write_line(text)

    def rows(self) -> Iterator[str]:
        """The table, line by line."""
        yield f"{'case':>4}  {'what':<62}{'tests':>6}{'tries':>8}{'losses':>8}"
        for number in sorted({*self.lines, *self.missing}):
            what = CASES[number].what.replace("`", "")
            what = what if len(what) <= 60 else what[:59].rstrip() + "…"
            if number not in self.lines:
                yield f"{number:>4}  {what:<62}MISSING"
                continue
            line = self.lines[number]
            said = f"{number:>4}  {what:<62}{line.tests:>6}{line.tries:>8}"
            said += f"{line.losses:>8}"
            if line.failed:
                said += f"  {line.failed} FAILED"
            if line.skipped:
                said += f"  {len(line.skipped)} not tried here: {line.skipped[0]}"
            yield said
        total = self.total
        cases = f"{len(self.lines)} cases"
        yield f"{'all':>4}  {cases:<62}{total.tests:>6}{total.tries:>8}{total.losses:>8}"
        if self.missing:
            yield f"No test holds {len(self.missing)} of {len(CASES)} cases."
