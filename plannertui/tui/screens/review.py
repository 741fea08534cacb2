"""Reviews: which is due, and a guided way through the steps of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from plannertui.core.reviews import minutes_of, name_of, steps_of
from plannertui.i18n import gettext as _
from plannertui.store import entries, reviews
from plannertui.tui.panes.review import ReviewPane
from plannertui.tui.panes.review_choice import ReviewChoice
from plannertui.tui.safety import say, telling
from plannertui.tui.screens.base import Going, WorkScreen
from plannertui.tui.widgets import review_rows
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from plannertui.tui.planner import Planner

STEPS_WIDTH, NARROW_STEPS = 31, 29
ROOM_FOR_STEPS, ROOM = 76, 100


class ReviewScreen(WorkScreen):
    """The choice of a review, or its steps at the left and the one at hand."""

    def __init__(self, planner: Planner, subject: int = 0) -> None:
        super().__init__(planner, subject)
        self.choice = ReviewChoice(planner, id="review-choice")
        self.pane = ReviewPane(planner, id="review-pane")
        self.steps = RowList(planner, self._steps, id="review-steps")
        self.holding = False

    def panels(self) -> Iterable[Widget]:
        """The choice; or the steps, and the one at hand."""
        return (self.choice, self.steps, self.pane)

    def reload(self) -> None:
        """Read again what is shown."""
        if self.holding:
            self.pane.reload()
            self._tell_steps()
        else:
            self.choice.reload()

    def begin(self) -> None:
        """Begin with the choice, or with the review that one came for."""
        review = None
        if self.subject:
            with telling(self):
                entry = entries.get(self.planner.db, self.subject)
                if entry.kind == "review":
                    review = reviews.of(entry, self.planner.settings.year_start)
        if review is not None:
            self._hold(review)
        else:
            self._choose()

    def make_room(self, width: int) -> None:
        """The steps need room beside them."""
        self.choice.display = not self.holding
        self.pane.display = self.holding
        self.steps.display = self.holding and width >= ROOM_FOR_STEPS
        self.steps.styles.width = STEPS_WIDTH if width >= ROOM else NARROW_STEPS

    def _choose(self) -> None:
        self.holding = False
        self.make_room(self.app.size.width)
        self.choice.moved.clear()
        self.choice.reload()
        self.choice.list.focus(scroll_visible=False)

    def _hold(self, review: reviews.Review) -> None:
        self.holding = True
        self.make_room(self.app.size.width)
        self.pane.hold(review)

    @on(ReviewChoice.Chosen)
    def chosen(self, event: ReviewChoice.Chosen) -> None:
        """Hold that review."""
        event.stop()
        self._hold(event.review)

    # -- the steps ---------------------------------------------------------------------

    def _steps(self, width: int) -> list[Row]:
        review = self.pane.review
        if review is None:
            return []
        return review_rows.steps(review, self.pane.at, width, self.planner.frame)

    @on(ReviewPane.Stepped)
    def stepped(self, event: ReviewPane.Stepped) -> None:
        """Show which step is at hand."""
        event.stop()
        self._tell_steps()

    def _tell_steps(self) -> None:
        review = self.pane.review
        if review is None:
            return
        self.steps.border_title = Content(name_of(review.kind))
        gone = sum(
            step.minutes
            for step in steps_of(review.kind)
            if review.step(step.name).state
        )
        self.steps.border_subtitle = Content(
            _("{gone} of {minutes} min").format(
                gone=gone, minutes=minutes_of(review.kind)
            )
        )
        self.steps.reload()
        if not self.steps.has_focus:
            self.steps.go_to("step", (self.pane.at,))

    @on(RowList.Moved, "#review-steps")
    def step_moved(self, event: RowList.Moved) -> None:
        """Go to the step under the cursor, where one moves among them."""
        event.stop()
        if self.steps.has_focus and event.row.key != self.pane.at:
            self.pane.go_to(event.row.key)

    # -- leaving -----------------------------------------------------------------------

    @on(ReviewPane.Finished)
    def finished(self, event: ReviewPane.Finished) -> None:
        """Back to the choice; the review is closed."""
        event.stop()
        if event.said:
            say(self, event.said)
        self._choose()

    def action_back(self) -> None:
        """Save and go back: from a review to the choice, from there to the screen before."""
        if self.holding:
            if self.pane.writing.save():
                self._choose()
            return
        self.leave()

    def leave(self, going: Going | None = None) -> None:
        """Nothing that was written stays behind."""
        if self.holding and not self.pane.writing.save():
            return
        super().leave(going)

    def standing_on(self) -> int:
        """The review one holds, where it is kept already."""
        review = self.pane.review
        entry = None if review is None or not self.holding else review.entry
        return 0 if entry is None else entry.id
