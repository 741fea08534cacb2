"""Days as the screen names them."""

from __future__ import annotations

from plannertui.core.daywords import day_near as day_near
from plannertui.core.daywords import long_day as long_day
from plannertui.core.daywords import short_day as short_day
