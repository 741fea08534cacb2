"""Calendar files (iCalendar, RFC 5545), in and out."""

from __future__ import annotations

from plannertui.exchange.icsread import read
from plannertui.exchange.icswrite import write

__all__ = ["read", "write"]
