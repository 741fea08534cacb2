"""Where things stand on a timetable: hours as lines, blocks side by side, lanes of days.

Pure sums on whole numbers: minutes of a day, lines of a drawing, days of a window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = 24 * 60
USUAL = 60
"""Minutes that something takes which does not say."""


class Place(NamedTuple):
    """From which column on, up to which one, of how many: half of a day is (0, 1, 2)."""

    first: int
    end: int
    of: int


def lines_of(start: int, minutes: int | None, per_hour: int) -> tuple[int, int]:
    """The lines of a day, half open, that ``minutes`` from ``start`` on take.

    At least one line, and none after midnight.
    """
    end = min(DAY, start + max(1, USUAL if minutes is None else minutes))
    first = start * per_hour // 60
    last = -(-end * per_hour // 60)
    return first, max(first + 1, last)


def side_by_side(spans: Sequence[tuple[int, int]]) -> list[Place]:
    """A place for each half-open span of lines so that none covers another.

    Those that touch one another, also by way of others, share the width; each is as
    wide as the columns at its right stay free.
    """
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], n))
    column = [0] * len(spans)
    found: list[Place] = [Place(0, 1, 1)] * len(spans)
    group: list[int] = []
    ends: list[int] = []

    def settle() -> None:
        for n in group:
            end = column[n] + 1
            while end < len(ends) and not any(
                column[other] == end and _meet(spans[other], spans[n])
                for other in group
            ):
                end += 1
            found[n] = Place(column[n], end, len(ends))

    for n in order:
        start, end = spans[n]
        if group and start >= max(ends):
            settle()
            group, ends = [], []
        free = next((at for at, until in enumerate(ends) if until <= start), len(ends))
        if free == len(ends):
            ends.append(end)
        else:
            ends[free] = end
        column[n] = free
        group.append(n)
    settle()
    return found


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def cells(place: Place, width: int) -> tuple[int, int]:
    """The cells, half open, of ``place`` in ``width`` cells; its columns are equal."""
    return place.first * width // place.of, place.end * width // place.of


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The lane, from 0 on, of each span of days (both included), in the order given.

    Every one takes the first lane that is free on all of its days.
    """
    taken: list[set[int]] = []
    found = []
    for first, last in spans:
        days = set(range(first, last + 1))
        lane = next((n for n, used in enumerate(taken) if not used & days), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= days
        found.append(lane)
    return found


class Packed(NamedTuple):
    """What is drawn of the lanes of some days: pieces, and how many more a day has.

    A piece is (number of the span, its lane, first day, last day).
    """

    pieces: tuple[tuple[int, int, int, int], ...]
    more: dict[int, int]


def pack(
    spans: Sequence[tuple[int, int]], days: int, room: int, kept: int = 1
) -> Packed:
    """``spans`` of days in ``room`` lanes; a day with more keeps its last for "+3".

    With ``kept`` 0 that stands elsewhere, and no lane is kept for it. Spans may begin
    before day 0 and end after the last; only what is inside counts.
    """
    inside = [(max(0, a), min(days - 1, b)) for a, b in spans]
    lane = lanes(inside)
    of: dict[int, list[int]] = {day: [] for day in range(days)}
    for n, (first, last) in enumerate(inside):
        for day in range(first, last + 1):
            of[day].append(n)
    more: dict[int, int] = {}
    for day, there in of.items():
        if any(lane[n] >= room for n in there):
            more[day] = sum(1 for n in there if lane[n] >= room - kept)
    pieces = []
    for n, (first, last) in enumerate(inside):
        start: int | None = None
        for day in range(first, last + 2):
            limit = room - kept if day in more else room
            seen = day <= last and lane[n] < limit
            if seen and start is None:
                start = day
            elif not seen and start is not None:
                pieces.append((n, lane[n], start, day - 1))
                start = None
    return Packed(tuple(pieces), more)
