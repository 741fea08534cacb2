"""Time whole commands in turn (A B C A B C …), from spawn to reaped."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.calm import Patience, busy_ms, surroundings


@dataclass(frozen=True)
class Command:
    """What to run; ``env`` adds to ours, ``before`` runs untimed before each run."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] | None = None


@dataclass(frozen=True)
class Timing:
    """Milliseconds of a command's runs, and the greatest resident size in MiB."""

    median: float
    low: float
    p95: float
    cpu: float
    rss: float
    runs: int
    codes: tuple[int, ...]


@dataclass(frozen=True)
class _Run:
    wall: float
    cpu: float
    rss: float
    code: int


def p95(values: Sequence[float]) -> float:
    """The 95th percentile of ``values``, one of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def spawn(command: Command) -> _Run:
    """One run, with nothing to read and its output thrown away."""
    if command.before:
        command.before()
    quiet = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    env = surroundings(command.env)
    start = time.perf_counter()
    pid = os.posix_spawnp(command.argv[0], list(command.argv), env, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    return _Run(
        wall * 1000,
        (usage.ru_utime + usage.ru_stime) * 1000,
        usage.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
    )


def _calm_run(command: Command, patience: Patience) -> _Run:
    """A run that others did not disturb, as far as patience lasts."""
    for _attempt in range(5):
        patience.wait()
        busy, own = busy_ms(), time.process_time()
        run = spawn(command)
        foreign = busy_ms() - busy - run.cpu - (time.process_time() - own) * 1000
        if foreign <= max(15.0, 0.12 * run.wall) or patience.left <= 0:
            break
    return run


def compare(
    commands: Sequence[Command],
    *,
    runs: int,
    warmup: int = 2,
    patience: float = 60.0,
    longest: float = 20.0,
) -> dict[str, Timing]:
    """Timings by name. A command gets fewer runs once it took ``longest`` seconds."""
    calm = Patience(patience)
    done: dict[str, list[_Run]] = {command.name: [] for command in commands}
    spent = dict.fromkeys(done, 0.0)
    for turn in range(-warmup, runs):
        for command in commands:
            if spent[command.name] > longest and len(done[command.name]) >= 2:
                continue
            run = _calm_run(command, calm)
            spent[command.name] += run.wall / 1000
            if turn >= 0 or spent[command.name] > longest:
                done[command.name].append(run)
    return {name: _timing(measured) for name, measured in done.items()}


def _timing(measured: Sequence[_Run]) -> Timing:
    walls = [run.wall for run in measured]
    return Timing(
        statistics.median(walls),
        min(walls),
        p95(walls),
        statistics.median(run.cpu for run in measured),
        max(run.rss for run in measured),
        len(walls),
        tuple(sorted({run.code for run in measured})),
    )


def check(command: Command) -> str:
    """What ``command`` prints, once, before it is timed; raises when it fails."""
    if command.before:
        command.before()
    done = subprocess.run(
        command.argv,
        env=surroundings(command.env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command.name}: exit {done.returncode}: {done.stderr}")
    return done.stdout
