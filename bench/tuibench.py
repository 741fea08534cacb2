"""Measure screens from outside, through a pty, in turn (A B A B …)."""

from __future__ import annotations

import random
import re
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.abbench import p95
from bench.calm import Patience, busy_ms, say
from bench.terminal import Terminal

QUIET = 0.06
NAMES = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
}


@dataclass(frozen=True)
class Key:
    """Keys pressed ``times`` times: text with <names> such as <enter> or <c-q>.

    ``name`` is what the figures go under; without one the keys only lead the way.
    ``expect`` is the screen that ends the wait, otherwise any change does.
    """

    keys: str
    name: str = ""
    times: int = 1
    expect: str = ""

    @property
    def data(self) -> bytes:
        """What a terminal sends for these keys."""

        def one(match: re.Match[str]) -> str:
            name = match.group(1)
            return NAMES[name] if name in NAMES else chr(ord(name[2].upper()) & 31)

        return re.sub(r"<([a-z-]+)>", one, self.keys).encode()


@dataclass(frozen=True)
class Scenario:
    """A program, the screen on which it is ready, keys, how it quits.

    Without ``quit`` it is ended from outside. Of a ``peer`` that gets stuck what was
    measured until then counts.
    """

    name: str
    argv: Sequence[str]
    ready: str
    quit: str
    keys: Sequence[Key] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    size: tuple[int, int] = (120, 36)
    idle: float = 0.0
    peer: bool = False


Figures = dict[str, list[float]]


def memory(pid: int) -> float:
    """Resident size of a process in MiB."""
    with open(f"/proc/{pid}/status") as file:
        found = re.search(r"VmRSS:\s+(\d+)", file.read())
    return int(found.group(1)) / 1024 if found else 0.0


def cpu_ms(pid: int) -> float:
    """CPU time that a process has used, ms."""
    return time.clock_gettime_ns((~pid << 3) | 2) / 1e6


def once(scenario: Scenario) -> tuple[Figures, float]:
    """The figures of one run by name, and the CPU it used, ms; raises if it is stuck."""
    figures: Figures = {}
    terminal = Terminal(scenario.argv, env=scenario.env, size=scenario.size)
    try:
        _measure(scenario, terminal, figures)
    except RuntimeError as error:
        if not scenario.peer:
            raise
        say(str(error).partition("\n")[0])
    finally:
        terminal.close()
    if terminal.status and not scenario.peer:
        raise RuntimeError(f"{scenario.name}: exit {terminal.status}")
    return figures, terminal.cpu_ms


def _measure(scenario: Scenario, terminal: Terminal, figures: Figures) -> None:
    ready = re.compile(scenario.ready, re.DOTALL)
    seen: list[float] = []

    def is_ready() -> bool:
        text = terminal.screen.text()
        if not seen and text.strip():
            seen.append(terminal.last or 0.0)
        return bool(ready.search(text))

    if not terminal.pump(is_ready, 30):
        raise RuntimeError(f"{scenario.name} never ready:\n{terminal.screen.text()}")
    figures["first text"] = [(seen[0] - terminal.started) * 1000]
    figures["ready"] = [((terminal.last or 0.0) - terminal.started) * 1000]
    figures["CPU until ready"] = [cpu_ms(terminal.pid)]
    terminal.settle(0.3)
    figures["RSS MiB"] = [memory(terminal.pid)]
    if scenario.idle:
        _idle(scenario.idle, terminal, figures)
    for key in scenario.keys:
        for _turn in range(key.times):
            _press(scenario, key, terminal, figures)
    terminal.settle(QUIET)
    if not scenario.quit:
        return
    pressed = terminal.write(Key(scenario.quit).data)
    terminal.pump(None, 10)
    if terminal.exited is None:
        raise RuntimeError(f"{scenario.name} did not quit:\n{terminal.screen.text()}")
    figures["quit"] = [(terminal.exited - pressed) * 1000]


def _idle(seconds: float, terminal: Terminal, figures: Figures) -> None:
    cpu, size, start = cpu_ms(terminal.pid), terminal.bytes, time.perf_counter()
    terminal.pump(None, seconds)
    spent = (time.perf_counter() - start) * 1000
    figures["idle %"] = [(cpu_ms(terminal.pid) - cpu) / spent * 100]
    figures["idle bytes"] = [float(terminal.bytes - size)]


def _press(scenario: Scenario, key: Key, terminal: Terminal, figures: Figures) -> None:
    terminal.settle(QUIET)
    # Off the beat of any frame timer.
    time.sleep(random.random() * 0.02)
    terminal.screen.mark()
    expect = re.compile(key.expect, re.DOTALL) if key.expect else None

    def painted() -> bool:
        if expect is None:
            return terminal.screen.changed()
        return bool(expect.search(terminal.screen.text()))

    size = terminal.bytes
    pressed = terminal.write(key.data)
    if not terminal.pump(painted, 10):
        raise RuntimeError(
            f"{scenario.name}: nothing came of {key.keys!r}:\n{terminal.screen.text()}"
        )
    paint = ((terminal.last or 0.0) - pressed) * 1000
    terminal.settle(QUIET)
    if key.name:
        figures.setdefault(key.name, []).append(paint)
        figures.setdefault(f"{key.name} bytes", []).append(float(terminal.bytes - size))


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile of a figure over all runs."""

    median: float
    p95: float
    count: int


def measure(
    scenarios: Sequence[Scenario],
    *,
    runs: int,
    warmup: int = 1,
    patience: float = 60.0,
) -> dict[str, dict[str, Spread]]:
    """For each scenario by name, its figures by name."""
    sys.setswitchinterval(0.0002)
    calm = Patience(patience)
    merged: dict[str, Figures] = {scenario.name: {} for scenario in scenarios}
    for turn in range(-warmup, runs):
        say(f"screens, turn {turn + warmup + 1} of {runs + warmup} …")
        for scenario in scenarios:
            figures = _calm_run(scenario, calm)
            if turn < 0:
                continue
            for name, values in figures.items():
                merged[scenario.name].setdefault(name, []).extend(values)
    return {
        scenario: {
            name: Spread(statistics.median(values), p95(values), len(values))
            for name, values in figures.items()
        }
        for scenario, figures in merged.items()
    }


def _calm_run(scenario: Scenario, calm: Patience) -> Figures:
    for _attempt in range(4):
        calm.wait()
        start, busy, own = time.perf_counter(), busy_ms(), time.process_time()
        figures, cpu = once(scenario)
        wall = (time.perf_counter() - start) * 1000
        foreign = busy_ms() - busy - cpu - (time.process_time() - own) * 1000
        if foreign <= max(25.0, 0.12 * wall) or calm.left <= 0:
            break
        calm.left -= wall / 1000
    return figures
