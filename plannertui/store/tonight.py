"""The words of the day's question once it was chosen, without reading the prompt bank."""

from __future__ import annotations

from datetime import date

from plannertui.store.open import Store


def words(db: Store, day: date, language: str) -> tuple[str, str] | None:
    """The question of ``day`` and why it was chosen.

    None when none was chosen yet, or it was in another language.
    """
    row = db.one(
        "SELECT why FROM asked WHERE day = ? AND cadence IN ('daily', 'situational') "
        "ORDER BY id DESC LIMIT 1",
        (day.isoformat(),),
    )
    spoken, _newline, rest = (row[0] if row is not None else "").partition("\n")
    if spoken != language:
        return None
    text, _newline, why = rest.partition("\n")
    return text, why
