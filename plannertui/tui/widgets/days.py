"""Days in words, as the widgets of the calendar know them."""

from __future__ import annotations

from plannertui.core.daywords import (
    ONE_DAY,
    WEEKS,
    day_month,
    day_short,
    kind_words,
    month_title,
    month_word,
    run_label,
    runs,
    shift_days,
    shift_months,
    weekday_heads,
)

__all__ = [
    "ONE_DAY",
    "WEEKS",
    "day_month",
    "day_short",
    "kind_words",
    "month_title",
    "month_word",
    "run_label",
    "runs",
    "shift_days",
    "shift_months",
    "weekday_heads",
]
