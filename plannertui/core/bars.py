"""A bar of progress with a mark where time stands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    Span = tuple[str, str]

    class Signs(Protocol):
        """The characters that bars and charts are drawn with."""

        @property
        def name(self) -> str: ...
        @property
        def full(self) -> str: ...
        @property
        def track(self) -> str: ...
        @property
        def time(self) -> str: ...
        @property
        def partials(self) -> str: ...


def bar(
    width: int, progress: float, elapsed: float | None, frame: Signs, role: str
) -> tuple[Span, ...]:
    """``progress`` percent of ``width`` cells, and ``frame.time`` at ``elapsed`` percent.

    Precise to an eighth of a cell where the frame has such characters. What is not yet
    nothing shows, and what is not yet all leaves a gap. Without ``elapsed`` no mark.
    """
    if width < 1:
        return ()
    steps = len(frame.partials) + 1
    whole = width * steps
    filled = round(whole * min(100.0, max(0.0, progress)) / 100.0)
    if progress > 0:
        filled = max(1, filled)
    if progress < 100:
        filled = min(whole - 1, filled)
    full, rest = divmod(filled, steps)
    cells = [(frame.full, role)] * full
    if rest:
        cells.append((frame.partials[rest - 1], role))
    cells += [(frame.track, "track")] * (width - len(cells))
    if elapsed is not None:
        cells[mark_at(width, elapsed)] = (frame.time, "time")
    return merge(cells)


def mark_at(width: int, elapsed: float) -> int:
    """The cell in which ``elapsed`` percent of ``width`` cells ends."""
    return min(width - 1, max(0, int(width * elapsed / 100.0)))


def merge(cells: list[Span]) -> tuple[Span, ...]:
    """``cells`` with neighbours of one role put together."""
    spans: list[Span] = []
    for text, role in cells:
        if spans and spans[-1][1] == role:
            spans[-1] = (spans[-1][0] + text, role)
        else:
            spans.append((text, role))
    return tuple(spans)
