"""What a review begins and ends with: the draft of its report, the figures of its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.errors import PlannerError
from plannertui.store import reviews
from plannertui.store.figures import snapshot

if TYPE_CHECKING:
    from plannertui.store.reviewing import Desk
    from plannertui.store.reviews import Review
    from plannertui.tui.planner import Planner


def draft(planner: Planner, review: Review, kind: str = "weekly") -> str:
    """A report of the period as Markdown, or the words for why there is none."""
    from plannertui.outputs.report import make

    try:
        return make(
            planner.db,
            kind,
            now=planner.now(),
            today=planner.today,
            calendar=planner.calendar,
            settings=planner.settings,
            period=review.period.label,
        ).markdown
    except PlannerError as error:
        return error.message


def close(planner: Planner, review: Review) -> Review:
    """Close ``review`` with the figures as they are now."""
    start, today = planner.settings.year_start, planner.today
    figures = snapshot(planner.db, today, planner.calendar, start)
    return reviews.close(planner.db, review, figures, today=today, now=planner.now())


def desk_for(planner: Planner, review: Review) -> Desk:
    """The desk that ``review`` is held at."""
    from plannertui.store.questions import bank
    from plannertui.store.reviewing import Desk

    return Desk(
        planner.db,
        review,
        planner.today,
        planner.calendar,
        planner.settings.year_start,
        bank(planner.settings),
    )
