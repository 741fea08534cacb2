"""Drawings of values over time, as the widgets know them."""

from __future__ import annotations

from plannertui.core.chart import at, chart

__all__ = ["at", "chart"]
