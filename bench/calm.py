"""How busy the rest of the machine is, so that it does not decide the figures."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


STARTED = time.monotonic()


def say(line: str) -> None:
    """Tell how far it is, with the minutes since the beginning."""
    passed = int(time.monotonic() - STARTED)
    print(f"[{passed // 60:2}:{passed % 60:02}] {line}", file=sys.stderr, flush=True)


def surroundings(own: Mapping[str, str]) -> dict[str, str]:
    """Our environment and ``own``, less what would slow down every Python alike."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**kept, **own}


def busy_ms() -> float:
    """CPU time that everybody on this machine has used, ms."""
    with open("/proc/stat") as file:
        used = [int(word) for word in file.readline().split()[1:9]]
    idle, waiting = used[3], used[4]
    return (sum(used) - idle - waiting) * TICK_MS


class Patience:
    """A budget of seconds to wait for calm and to repeat what was disturbed."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def wait(self) -> None:
        """Return when others used under 15 % of a core for 0.1 s, or after 15 s."""
        start = time.monotonic()
        while self.left > 0 and time.monotonic() < start + 15:
            before = busy_ms()
            time.sleep(0.1)
            if busy_ms() - before <= 15:
                break
            time.sleep(0.2)
        self.left -= max(0.0, time.monotonic() - start - 0.1)
