"""The boundary record as it leaves: word for word, in the words of the language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plannertui.outputs.report import make
from plannertui.store import boundaries, matters
from plannertui.store.calendar import work_calendar
from plannertui.store.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from plannertui.store.open import Store

DAY = date(2024, 9, 14)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("gift or hospitality", "yes · – · unsure", "declined (2024-09-14)")),
        ("zh_Hans", ("礼物或宴请", "是 · – · 不确定", "没有答应（2024-09-14）")),
    ],
)
def test_its_fixed_words_are_in_the_language_of_the_page(
    store: Store, now: datetime, language: str, told: tuple[str, ...]
) -> None:
    matter = matters.add(store, title="tea", nature="grey", day=DAY, now=now)
    check = boundaries.Check(
        words="take it",
        facts={"kind": "gift"},
        tests=("yes", "", "unsure"),
        decision="declined",
    )
    boundaries.record(store, matter, check, DAY, now)
    settings = Settings("", {})
    made = make(
        store,
        "boundary",
        now=now,
        today=DAY,
        calendar=work_calendar(store, settings, language, DAY),
        settings=settings,
        language=language,
    )
    for words in (*told, "take it"):
        assert words in made.markdown
