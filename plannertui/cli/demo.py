"""``--demo``: the screen on an invented year that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import timedelta

from plannertui import i18n
from plannertui.store.settings import save

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime


def run_demo() -> int:
    """Show the screen on the sample year in a private folder; the exit code."""
    from plannertui.exchange.demo import CALENDAR, demo_now, make
    from plannertui.tui.app import run

    begun = time.monotonic()

    def now() -> datetime:
        """The sample's evening, going on."""
        return demo_now() + timedelta(seconds=time.monotonic() - begun)

    folder = tempfile.mkdtemp(prefix="plannertui-demo-")
    try:
        config = os.path.join(folder, "config.toml")
        save(config, {"language": i18n.language(), "calendar": CALENDAR})
        return run(
            db_path=make(folder, i18n.language()),
            config_path=config,
            now=now,
            demo=True,
            language=i18n.language(),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
