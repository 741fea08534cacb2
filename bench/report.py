"""What was measured, as Markdown tables, and on which machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.tuibench import Spread


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def shown(what: str, figures: Mapping[str, Mapping[str, Spread]]) -> str:
    """A table: a row for each program, a column for each figure."""
    names = list(dict.fromkeys(name for each in figures.values() for name in each))
    return table(
        [what, *names],
        [
            [each, *(_spread(name, found.get(name)) for name in names)]
            for each, found in figures.items()
        ],
    )


def _spread(name: str, spread: Spread | None) -> str:
    if not spread:
        return ""
    if name.endswith("bytes"):
        return f"{spread.median:,.0f} ({spread.p95:,.0f})"
    if name == "idle %":
        return f"{spread.median:.2f} ({spread.p95:.2f})"
    return f"{spread.median:.1f} ({spread.p95:.1f})"


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


def load() -> str:
    """How many programs wanted a processor in the last minutes."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())
