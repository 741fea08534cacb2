"""Days as the screen names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.daywords import day_near as day_near
from plannertui.core.daywords import long_day as long_day
from plannertui.core.daywords import short_day as short_day

if TYPE_CHECKING:
    from plannertui.tui.themes import Frame

SINGLE = {ord("“"): "‘", ord("”"): "’", ord("「"): "『", ord("」"): "』"}
"""Quotation marks, and which stand for them inside of others."""


def quoted(text: str, frame: Frame) -> str:
    """``text`` in quotation marks; those that stand in it are single then."""
    inside = text.translate(SINGLE)
    if frame.quote_open == '"':
        inside = inside.replace('"', "'")
    return f"{frame.quote_open}{inside}{frame.quote_close}"
