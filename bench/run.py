"""Measure the planner beside its floors and its peers, into bench/results.md.

make bench                            everything; allow it an hour
make bench ARGS='--sizes 0,10000 --runs 5 --only capture,read --no-peers'
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import floor, peers
from bench.abbench import Command, Timing, check, compare
from bench.fill import GOAL, NOW, RARE, RARE_ZH, fill
from bench.tuibench import Key, Scenario, Spread, measure

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results.md"
TEXT = "one more line about the counter"
PARTS = ("capture", "read", "screen", "exchange")
# All three panes are filled: the goal, the count over today's lines, the month.
READY = rf"(?=.*{GOAL})(?=.*today · \d+ lines?)(?=.*September 2024)"


class Bench:
    """The stores of one size, and what runs on them."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.folder = folder
        self.store = folder / "planner.db"
        self.floor = folder / "floor.db"
        folder.mkdir(parents=True)
        print(f"Filling stores of {size:,} entries …", file=sys.stderr)
        settings = folder / "config" / "plannertui"
        settings.mkdir(parents=True)
        (settings / "config.toml").write_text('calendar = "CN"\n')
        fill(str(self.store), size)
        floor.fill(str(self.floor), size)

    def ptui(self, name: str, *args: str) -> Command:
        """The planner's own command, as it is installed beside this Python."""
        script = Path(sys.executable).with_name("ptui")
        run = [str(script)] if script.exists() else [sys.executable, "-m", "plannertui"]
        return Command(name, [*run, *args], self.env)

    @property
    def env(self) -> dict[str, str]:
        """An environment of the store's own, at the moment it was filled up to."""
        return {
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "LANG": "C.UTF-8",
            "TZ": "Asia/Shanghai",
            "PLANNERTUI_DB": str(self.store),
            "PLANNERTUI_NOW": NOW.isoformat(),
            "PYTHONPATH": str(ROOT),
        }

    def least(self, name: str, *args: str) -> Command:
        """The hand-written floor."""
        script = str(ROOT / "bench" / "floor.py")
        return Command(
            name, [sys.executable, "-I", script, args[0], str(self.floor), *args[1:]]
        )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def timed(commands: Sequence[Command], runs: int) -> list[tuple[str, Timing]]:
    """Timings of those commands that work; one that fails is said and left out."""
    good = []
    for command in commands:
        try:
            check(command)
            good.append(command)
        except (OSError, RuntimeError) as error:
            print(f"left out: {error}", file=sys.stderr)
    return list(compare(good, runs=runs).items())


def shell(what: str, benches: Sequence[Bench], rivals: Rivals, runs: int) -> str:
    """One table: a column for each size, a row for each program."""
    cells: dict[str, dict[int, str]] = {}
    for bench in benches:
        commands = OURS[what](bench)
        commands += [peer.command(what) for peer in rivals(bench.size)]
        base: float | None = None
        for name, timing in timed(commands, runs):
            base = base or timing.median
            cells.setdefault(name, {})[bench.size] = (
                f"{timing.median:.1f} ({timing.median / base:.1f}×)"
            )
    sizes = [bench.size for bench in benches]
    head = [f"{what}, ms (× floor)", *(f"{size:,} entries" for size in sizes)]
    return table(
        head, [[name, *(row.get(s, "") for s in sizes)] for name, row in cells.items()]
    )


Rivals = Callable[[int], list[peers.Peer]]
OURS: dict[str, Callable[[Bench], list[Command]]] = {
    "capture": lambda bench: [
        bench.least("floor: insert", "insert", TEXT),
        bench.ptui("ptui note", "note", TEXT),
        bench.ptui("ptui promise --by fri", "promise", TEXT, "--by", "fri"),
    ],
    "search": lambda bench: [
        bench.least("floor: FTS5", "search", RARE),
        bench.ptui("ptui search, rare word", "search", RARE),
        bench.ptui("ptui search, rare Chinese word", "search", RARE_ZH),
        bench.ptui("ptui search, common word", "search", "counter"),
    ],
    "last": lambda bench: [
        bench.least("floor: last ten", "last"),
        bench.ptui("ptui ls -n 10", "ls", "-n", "10"),
        bench.ptui("ptui today", "today"),
    ],
}


def screen(benches: Sequence[Bench], runs: int) -> str:
    """The screen at every size, beside an empty Textual program."""
    empty = [sys.executable, str(ROOT / "bench" / "empty_app.py")]
    scenarios = [Scenario("floor: empty Textual", empty, r"Quit", "q", idle=3)]
    for bench in benches:
        command = bench.ptui("")
        scenarios.append(
            Scenario(
                f"ptui, {bench.size:,} entries",
                command.argv,
                READY,
                "<c-q>",
                [
                    Key("3"),
                    Key("l", "next day", times=5),
                    Key("h", "previous day", times=10),
                    Key("t"),
                    Key("/"),
                    *(Key(letter, "search key") for letter in "counter"),
                    Key("<esc>", "Esc"),
                    Key("a"),
                    *(Key(letter, "typing") for letter in "one more line"),
                    Key("<esc>"),
                ],
                command.env,
                idle=3,
            )
        )
    figures = measure(scenarios, runs=runs)
    names = list(dict.fromkeys(name for each in figures.values() for name in each))
    return table(
        ["screen: median (p95), ms", *figures],
        [
            [name, *(_spread(each.get(name)) for each in figures.values())]
            for name in names
        ],
    )


def _spread(spread: Spread | None) -> str:
    return f"{spread.median:.1f} ({spread.p95:.1f})" if spread else ""


def exchange(benches: Sequence[Bench], runs: int) -> str:
    """Everything out as JSON, and into an empty store again."""
    rows = []
    for bench in benches:
        dump, fresh = bench.folder / "all.json", bench.folder / "fresh.db"
        out = bench.ptui("export", "export", "--json", "--force", str(dump))
        put = bench.ptui("import", "import", "--json", str(dump))

        def clear(path: Path = fresh) -> None:
            for end in ("", "-wal", "-shm"):
                Path(str(path) + end).unlink(missing_ok=True)

        env = {**put.env, "PLANNERTUI_DB": str(fresh)}
        put = Command(put.name, put.argv, env, before=clear)
        timings = timed([out, put], min(runs, 3))
        rows += [
            [f"{name}, {bench.size:,} entries", f"{timing.median:.0f}"]
            for name, timing in timings
        ]
    return table(["exchange", "ms"], rows)


def machine() -> str:
    """The processor, memory and versions that the figures belong to."""
    info = Path("/proc/cpuinfo")
    model = platform.machine()
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.platform()}, "
        f"Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"
    )


def main() -> None:
    """Measure what is asked for and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,10000,100000")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--output", type=Path, default=RESULTS)
    asked = parser.parse_args()
    parts = asked.only.split(",")
    work = Path(tempfile.mkdtemp(prefix="plannertui-bench-"))
    try:
        report = measured(asked, parts, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    asked.output.write_text(report, "utf-8")
    print(report)


def measured(asked: argparse.Namespace, parts: Sequence[str], work: Path) -> str:
    """The report on ``parts``, with its stores in the folder ``work``."""
    benches = [Bench(work / size, int(size)) for size in asked.sizes.split(",")]
    found: dict[str, str] = {}
    missing = ["peers were not asked for"]
    if not asked.no_peers and {"capture", "read"} & set(parts):
        found, missing = peers.programs(ROOT / ".bench", install=True)
    made: dict[int, list[peers.Peer]] = {}

    def rivals(size: int) -> list[peers.Peer]:
        if size not in made:
            each = [
                peers.prepare(name, program, work / f"{name}-{size}", size)
                for name, program in found.items()
            ]
            made[size] = [peer for peer in each if peer]
        return made[size]

    report = [f"# Measured\n\n{machine()}; {asked.runs} runs in turn, medians.\n"]
    if "capture" in parts:
        report.append(shell("capture", benches, rivals, asked.runs))
    if "read" in parts:
        report.append(shell("search", benches, rivals, asked.runs))
        report.append(shell("last", benches, rivals, asked.runs))
    if "screen" in parts:
        report.append(screen(benches, asked.runs))
    if "exchange" in parts:
        report.append(exchange(benches, asked.runs))
    report.append("".join(f"- {line}\n" for line in missing))
    return "\n".join(report)


if __name__ == "__main__":
    main()
