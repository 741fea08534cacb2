"""Pictures of the main screen: what changes in them is looked at before it is kept.

After a change that is meant: pytest tests/tui/test_snapshots.py --snapshot-update
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plannertui import i18n
from plannertui.tui.app import PlannerApp
from tests.tui.sample import fill, planner

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from plannertui.store.open import Store


@pytest.mark.parametrize(
    "size", [(120, 36), (80, 24), (60, 20)], ids="{0[0]}x{0[1]}".format
)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_main_screen(
    snap_compare: Callable[..., bool],
    store: Store,
    now: datetime,
    language: str,
    size: tuple[int, int],
) -> None:
    i18n.use(language)
    # Which question comes is decided by the seed of the store.
    store.conn.execute("UPDATE meta SET value = '1' WHERE key = 'seed'")
    fill(store, now, language)
    app = PlannerApp(planner(store, now, language))
    assert snap_compare(app, terminal_size=size)
