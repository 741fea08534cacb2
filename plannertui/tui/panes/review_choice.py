"""Which review to hold: what is due, begun, to come, and what was held."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message

from plannertui.core import reviews as rules
from plannertui.i18n import gettext as _
from plannertui.store import reviews
from plannertui.store.reviewing.standing import Standing, standings
from plannertui.tui.keys import N_, bind
from plannertui.tui.widgets import review_rows
from plannertui.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from plannertui.store.reviews import Review
    from plannertui.tui.planner import Planner

LAST_HELD = 12


class ReviewChoice(Vertical):
    """The reviews, one line each; Enter begins or goes on with the one under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind(
            "enter",
            "begin",
            N_("begin"),
            id="review.begin",
            tooltip=N_("Begin this review, or go on with it."),
        ),
        bind(
            "left_square_bracket,left",
            "shift(-1)",
            N_("period before"),
            id="review.before",
            tooltip=N_("Hold it for the period before."),
        ),
        bind(
            "right_square_bracket,right",
            "shift(1)",
            N_("period after"),
            id="review.after",
            tooltip=N_("Hold it for the period after."),
        ),
    ]

    class Chosen(Message):
        """Somebody wants to hold ``review``."""

        def __init__(self, review: Review) -> None:
            self.review = review
            super().__init__()

    def __init__(self, planner: Planner, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.planner = planner
        self.found: list[Standing] = []
        self.held: list[Review] = []
        self.moved: dict[str, Review] = {}
        self.list = RowList(planner, self._build, id="review-choice-rows")

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.list

    def reload(self) -> None:
        """Read how the reviews stand."""
        planner = self.planner
        start = planner.settings.year_start
        self.border_title = _("Reviews")
        self.found = [
            self._as_moved(each)
            for each in standings(planner.db, planner.today, planner.calendar, start)
        ]
        every = reviews.ls(planner.db, start, limit=3 * LAST_HELD)
        self.held = [each for each in every if each.closed][:LAST_HELD]
        self.list.reload()

    def _as_moved(self, each: Standing) -> Standing:
        """``each``, or the period that was chosen in its place."""
        moved = self.moved.get(each.kind)
        if moved is None:
            return each
        planner = self.planner
        review = reviews.get(planner.db, moved.kind, moved.period)
        on = rules.due_on(moved.kind, moved.period, planner.calendar)
        state = each.state if moved.period == each.period else "coming"
        return Standing(review, state, on, each.held)

    def _build(self, width: int) -> list[Row]:
        return review_rows.choice(self.found, self.held, self.planner, width)

    def action_shift(self, by: int) -> None:
        """Take the period before or after."""
        row = self.list.row
        if row is None or row.kind != "review":
            return
        review = self.found[row.key].review
        try:
            day = (
                review.period.first - timedelta(days=1)
                if by < 0
                else review.period.last + timedelta(days=1)
            )
        except OverflowError:
            return
        start = self.planner.settings.year_start
        period = rules.period_of(review.kind, day, start)
        self.moved[review.kind] = reviews.get(self.planner.db, review.kind, period)
        self.reload()

    @on(RowList.Chosen)
    def action_begin(self) -> None:
        """Hold the review one is on."""
        row = self.list.row
        if row is None:
            return
        if row.kind == "review":
            self.post_message(self.Chosen(self.found[row.key].review))
            return
        for each in self.held:
            if each.entry is not None and each.entry.id == row.key:
                self.post_message(self.Chosen(each))
