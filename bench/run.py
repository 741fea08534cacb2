"""Measure the planner beside its floors and its peers, into bench/results.md.

make bench                            everything; allow it an hour
make bench ARGS='--sizes 0,10000 --large 0 --runs 5 --only capture,read --no-peers'

What was measured is written after each part: whoever stops it keeps what there is.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import events, floor, peers, screens
from bench.abbench import Command, Timing, check, compare
from bench.calm import say
from bench.fill import GOAL, NOW, RARE, RARE_ZH, fill, seal
from bench.report import load, machine, shown, table
from bench.tuibench import Key, Scenario, measure

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results.md"
TEXT = "one more line about the counter"
MOST_OF_PEERS = 100_000
MOST_TURNS = 5
PARTS = ("capture", "read", "screen", "calendar", "exchange")
# All three panes are filled: the goal, the count over today's lines, the month.
READY = rf"(?=.*{GOAL})(?=.*today · \d+ lines?)(?=.*September 2024)"


Filling = Callable[[Path, int], None]


class Bench:
    """The stores of one size, and what runs on them."""

    def __init__(self, folder: Path, size: int, filling: Filling | None = None) -> None:
        self.size = size
        self.folder = folder
        self.store = folder / "planner.db"
        self.floor = folder / "floor.db"
        self.locked = folder / "locked.db"
        # Made last: a store that somebody stopped filling is filled again.
        mark = folder / "filled"
        if mark.exists():
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        say(f"filling stores of {size:,} entries …")
        settings = folder / "config" / "plannertui"
        settings.mkdir(parents=True)
        (settings / "config.toml").write_text('calendar = "CN"\n')
        if filling is None:
            fill(str(self.store), size)
            floor.fill(str(self.floor), size)
            seal(str(self.store), str(self.locked))
        else:
            filling(self.store, size)
        mark.touch()

    def sealed(self, name: str, *args: str) -> Command:
        """The same as ``ptui``, on the locked copy; what waits is taken away before."""
        command = self.ptui(name, *args)
        inbox = Path(f"{self.locked}.inbox")
        env = {**command.env, "PLANNERTUI_DB": str(self.locked)}

        def clear() -> None:
            inbox.write_bytes(b"")

        return Command(name, command.argv, env, before=clear)

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


def timed(
    commands: Sequence[Command], runs: int, patience: float
) -> list[tuple[str, Timing]]:
    """Timings of those commands that work; one that fails is said and left out."""
    good = []
    for command in commands:
        try:
            check(command)
            good.append(command)
        except (OSError, RuntimeError) as error:
            say(f"left out: {error}")
    return list(compare(good, runs=runs, patience=patience).items())


def shell(
    what: str, benches: Sequence[Bench], rivals: Rivals, asked: argparse.Namespace
) -> str:
    """One table: a column for each size, a row for each program."""
    cells: dict[str, dict[int, str]] = {}
    for bench in benches:
        say(f"{what}, {bench.size:,} entries …")
        commands = OURS[what](bench)
        commands += [peer.command(what) for peer in rivals(bench.size)]
        base: float | None = None
        for name, timing in timed(commands, asked.runs, asked.patience):
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
        bench.sealed("ptui note, locked", "note", TEXT),
        bench.ptui("ptui promise --by fri", "promise", TEXT, "--by", "fri"),
        bench.sealed("ptui promise --by fri, locked", "promise", TEXT, "--by", "fri"),
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


def screen(
    benches: Sequence[Bench], others: Sequence[Scenario], asked: argparse.Namespace
) -> str:
    """The screen at every size, beside an empty Textual program and other screens."""
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
                    Key("t", "today"),
                    Key("/", "open the search"),
                    *(Key(letter, "search key") for letter in "counter"),
                    Key("<esc>", "Esc"),
                    Key("a", "open the capture line"),
                    *(Key(letter, "typing") for letter in "one more line"),
                    Key("<esc>"),
                ],
                command.env,
                idle=3,
            )
        )
    runs = min(asked.runs, MOST_TURNS)
    figures = measure([*scenarios, *others], runs=runs, patience=3 * asked.patience)
    return shown("screen: median (p95), ms", figures)


def calendar(work: Path, asked: argparse.Namespace) -> str:
    """The calendar on the full screen, with few events and with many."""
    scenarios = []
    for size in events.SIZES:
        bench = Bench(work / f"events-{size}", size, events.fill_events)
        command = bench.ptui("")
        scenarios.append(
            Scenario(
                f"ptui, {size:,} events",
                command.argv,
                r"September 2024",
                "<c-q>",
                events.KEYS,
                command.env,
            )
        )
    runs = min(asked.runs, MOST_TURNS)
    figures = measure(scenarios, runs=runs, patience=3 * asked.patience)
    return shown("calendar: median (p95), ms", figures)


def exchange(benches: Sequence[Bench], asked: argparse.Namespace) -> str:
    """Everything out as JSON, into an empty store again, and into a used one."""
    rows = []
    for bench in benches:
        say(f"exchange, {bench.size:,} entries …")
        dump, fresh = bench.folder / "all.json", bench.folder / "fresh.db"
        out = bench.ptui("export", "export", "--json", "--force", str(dump))
        put = bench.ptui("import", "import", "--json", str(dump))

        def clear(path: Path = fresh) -> None:
            for end in ("", "-wal", "-shm"):
                Path(str(path) + end).unlink(missing_ok=True)

        env = {**put.env, "PLANNERTUI_DB": str(fresh)}
        put = Command(put.name, put.argv, env, before=clear)
        used = bench.ptui("import into a store of 1,000", *put.argv[-3:])

        def use(path: Path = bench.folder / "used.db", clear: Path = fresh) -> None:
            for end in ("", "-wal", "-shm"):
                Path(str(path) + end).unlink(missing_ok=True)
            fill(str(path), 1000)

        used = Command(
            used.name,
            used.argv,
            {**used.env, "PLANNERTUI_DB": str(bench.folder / "used.db")},
            before=use,
        )
        timings = timed([out, put, used], min(asked.runs, 3), asked.patience)
        rows += [
            [f"{name}, {bench.size:,} entries", f"{timing.median:.0f}"]
            for name, timing in timings
        ]
    return table(["exchange", "ms"], rows)


def main() -> None:
    """Measure what is asked for and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,10000,100000")
    parser.add_argument("--large", type=int, default=1_000_000, help="ours alone")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument(
        "--patience",
        type=float,
        default=60,
        help="seconds to wait for calm, each table",
    )
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument(
        "--no-install", action="store_true", help="only the peers that are here already"
    )
    parser.add_argument("--work", type=Path, help="a folder whose stores are kept")
    parser.add_argument("--output", type=Path, default=RESULTS)
    asked = parser.parse_args()
    parts = asked.only.split(",")
    work = asked.work or Path(tempfile.mkdtemp(prefix="plannertui-bench-"))
    report: list[str] = []
    try:
        for part in measured(asked, parts, work):
            report.append(part)
            asked.output.write_text("\n".join(report), "utf-8")
    finally:
        if not asked.work:
            shutil.rmtree(work, ignore_errors=True)
    print("\n".join(report))
    say(f"done: {asked.output}")


def measured(
    asked: argparse.Namespace, parts: Sequence[str], work: Path
) -> Iterator[str]:
    """The report on ``parts``, piece by piece, its stores in the folder ``work``."""
    yield f"# Measured\n\n{machine()}; {asked.runs} runs in turn, medians.\n"
    found: dict[str, str] = {}
    missing = ["peers were not asked for"]
    if not asked.no_peers and {"capture", "read", "screen"} & set(parts):
        found, missing = peers.programs(ROOT / ".bench", install=not asked.no_install)
    sizes = [int(size) for size in asked.sizes.split(",")]
    benches = [Bench(work / str(size), size) for size in sizes]
    if asked.large:
        benches.append(Bench(work / "large", asked.large))
    made: dict[int, list[peers.Peer]] = {}

    def rivals(size: int) -> list[peers.Peer]:
        if size > MOST_OF_PEERS:
            return []
        if size not in made:
            made[size] = list(prepared(size, found, work))
        return made[size]

    yield f"Load when it began: {load()}.\n"
    if "capture" in parts:
        yield shell("capture", benches, rivals, asked)
    if "read" in parts:
        yield shell("search", benches, rivals, asked)
        yield shell("last", benches, rivals, asked)
    if "screen" in parts:
        others = screens.scenarios(found, work)
        yield screen(benches, others, asked)
    if "calendar" in parts:
        yield calendar(work, asked)
    if "exchange" in parts:
        yield exchange([b for b in benches if b.size in sizes and b.size], asked)
    yield f"Load when it ended: {load()}.\n"
    yield "".join(f"- {line}\n" for line in missing)


def prepared(size: int, found: dict[str, str], work: Path) -> Iterator[peers.Peer]:
    """The peers of the shell with stores of ``size`` lines; one that fails is said."""
    for name in peers.SHELL_PEERS:
        if name not in found:
            continue
        say(f"filling {name} with {size:,} entries …")
        try:
            home = work / f"{name}-{size}"
            shutil.rmtree(home, ignore_errors=True)
            peer = peers.prepare(name, found[name], home, size)
        except (OSError, subprocess.SubprocessError) as error:
            say(f"left out: {name}: {error}")
            continue
        if peer:
            yield peer


if __name__ == "__main__":
    main()
