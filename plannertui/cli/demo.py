"""``--demo``: the screen on an invented year that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import timedelta

from plannertui import i18n
from plannertui.store.settings import load, save

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.settings import Settings


def look(settings: Settings) -> dict[str, object]:
    """What of ``settings`` is about the terminal and the hands, not about the year."""
    kept: dict[str, object] = {
        "title": settings.title,
        "theme": settings.theme,
        "frame": settings.frame,
        "ambiguous": settings.ambiguous,
        "keys": dict(settings.keys),
    }
    return {name: value for name, value in kept.items() if value or name == "title"}


def run_demo(config: str) -> int:
    """Show the screen on the sample year in a private folder; the exit code.

    It looks, and listens to keys, as the settings at ``config`` say.
    """
    from plannertui.exchange.demo import CALENDAR, demo_now, make
    from plannertui.tui.running import run

    begun = time.monotonic()

    def now() -> datetime:
        """The sample's evening, going on."""
        return demo_now() + timedelta(seconds=time.monotonic() - begun)

    folder = tempfile.mkdtemp(prefix="plannertui-demo-")
    try:
        private = os.path.join(folder, "config.toml")
        own = look(load(config, os.environ))
        save(private, {"language": i18n.language(), "calendar": CALENDAR, **own})
        return run(
            db_path=make(folder, i18n.language()),
            config_path=private,
            now=now,
            demo=True,
            language=i18n.language(),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
