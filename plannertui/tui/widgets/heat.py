"""The year as a heatmap on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.outputs.calendar.heat import heat, strip
from plannertui.tui.widgets.drawn import Line, line
from plannertui.tui.widgets.view_lines import pen_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from plannertui.core.figures import Week
    from plannertui.tui.themes import Frame
    from plannertui.tui.widgets.drawn import Span


def heat_lines(
    weeks: Sequence[Week], today: date, width: int, frame: Frame
) -> list[Line]:
    """The heatmap in ``width`` cells, as it is drawn on the board of the year, too."""
    return [line(*spans) for spans in heat(weeks, today, width, pen_of(frame))]


def strip_line(marks: Sequence[bool], frame: Frame) -> tuple[Span, ...]:
    """Days as one cell each: full where something was done, a dot where not."""
    return strip(marks, pen_of(frame))
