"""What the tests of foreign formats share: asking, reading, taking in, and hostile files."""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from plannertui.exchange import importing
from plannertui.exchange.files import Source
from plannertui.exchange.formats import FORMATS, Asked
from plannertui.store.items import Filter, ls

if TYPE_CHECKING:
    from pathlib import Path

    from plannertui.exchange.importing import Plan
    from plannertui.exchange.reading import Reading
    from plannertui.store.items import Item
    from plannertui.store.open import Store

NOW = datetime(2024, 9, 14, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def asked(options: dict[str, str] | None = None) -> Asked:
    """Somebody in Shanghai who asks on 14 September 2024."""
    return Asked(
        now=NOW,
        today=date(2024, 9, 14),
        zone="Asia/Shanghai",
        private=True,
        options=options or {},
    )


def reading(form: str, given: bytes | str | Path, **options: str) -> Reading:
    """What the reader of ``form`` makes of some bytes, a text, or a file or folder."""
    module = import_module("plannertui.exchange." + FORMATS[form].module)
    if isinstance(given, str):
        given = given.encode()
    source = (
        Source.of(given, "file") if isinstance(given, bytes) else Source(str(given))
    )
    made: Reading = module.read(source, asked(options))
    return made


def take(db: Store, form: str, given: bytes | str | Path, **options: str) -> Plan:
    """Take it in, and get the plan that was followed."""
    plan = importing.plan(db, form, reading(form, given, **options))
    importing.apply(db, plan, NOW)
    return plan


def changes(plan: Plan) -> tuple[int, int, int]:
    """How many are added, changed, and noted anew."""
    return len(plan.added), len(plan.changed), len(plan.noted)


def shown(db: Store) -> list[Item]:
    """Everything in the store, the oldest first."""
    return ls(db, Filter(), newest=False)
