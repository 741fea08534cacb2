"""Bars of progress, as the widgets know them."""

from __future__ import annotations

from plannertui.core.bars import bar, mark_at, merge

__all__ = ["bar", "mark_at", "merge"]
