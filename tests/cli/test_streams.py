"""What cannot be written at the end does not take the place of the exit code."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys
from plannertui.cli.streams import let_go
print("nobody can take this")
{call}
sys.exit(7)
"""


def test_a_stream_that_takes_nothing_leaves_the_exit_code() -> None:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    codes = []
    for call in ("", "let_go()"):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run(
                [sys.executable, "-c", SCRIPT.format(call=call)],
                stdout=full,
                stderr=subprocess.DEVNULL,
                env=env,
                check=False,
            )
        codes.append(done.returncode)
    # Without it, the interpreter's own end gives 120.
    assert codes == [120, 7]
