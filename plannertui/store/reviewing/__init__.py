"""What the steps of a review lay out, read from the store and put into words."""

from __future__ import annotations

from plannertui.store.reviewing.desk import Desk, Group, Part

__all__ = ["Desk", "Group", "Part", "lay_out"]


def lay_out(desk: Desk, shows: str) -> list[Group]:
    """What a step that ``shows`` this lays out; nothing for an empty name.

    A group without parts says in ``empty`` what that means.
    """
    if not shows:
        return []
    from plannertui.store.reviewing import month, quarter, week, years

    for page in (week.PAGES, month.PAGES, quarter.PAGES, years.PAGES):
        if shows in page:
            return page[shows](desk)
    raise KeyError(shows)
